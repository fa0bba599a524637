"""How often a search finds the right person: places, recall and its interval."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from homeward.genetics.screening.selection import Pairs

TIE_LOG10_LR = 1e-4
"""Scores nearer than this are taken as equal: they are sums in single precision."""
Z_95 = 1.959964


@dataclass(frozen=True, slots=True, eq=False)
class Searches:
    """Samples of missing persons, and how a search for each went; n samples.

    structure: (n,) position of the family structure of the right person.
    n_loci: (n,) loci at which the sample is typed.
    degraded: (n,) whether loci could fail and alleles drop out.
    place: (n,) of the right person among all missing persons, 1 the best; 0 if not among the best that were kept.
    log10_lr, expected_log10_lr: (n,) of the right pair; NaN where nothing can be told about the person.
    """

    structure: NDArray[np.integer]
    n_loci: NDArray[np.integer]
    degraded: NDArray[np.bool_]
    place: NDArray[np.integer]
    log10_lr: NDArray[np.float64]
    expected_log10_lr: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.place)

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Searches:
        return Searches(*(getattr(self, field.name)[chosen] for field in fields(self)))


def join_searches(parts: list[Searches]) -> Searches:
    """Return the searches of several cases."""
    return Searches(*(np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Searches)))


def places(pairs: Pairs, right: NDArray[np.integer], top: int) -> NDArray[np.integer]:
    """Return the place of the right person for each sample: 1 and how many others score higher.

    Missing persons of whom the family says the same, such as two missing brothers, share a place.

    Parameters
    ----------
    pairs : Pairs
        Holding the best ``top`` of every sample, whatever else they hold.
    right : (S,) int array
        Position of the right person among the people sought; -1 if there is none.
    top : int

    Returns
    -------
    (S,) int array
        0 where the right person is not among the best.
    """
    best = pairs[pairs.rank_for_sample < top]
    is_right = best.sought == right[best.sample]
    score = np.full(len(right), np.nan)
    score[best.sample[is_right]] = best.score[is_right]
    higher = best.sample[best.score > score[best.sample] + TIE_LOG10_LR]
    return np.where(np.isnan(score), 0, 1 + np.bincount(higher, minlength=len(right)))


@dataclass(frozen=True, slots=True)
class Share:
    """A share of n, with its Wilson 95 % interval (Wilson 1927, J. Am. Stat. Assoc. 22:209-212)."""

    found: int
    n: int

    @property
    def share(self) -> float:
        """The share itself; NaN of nothing."""
        return self.found / self.n if self.n else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end."""
        if not self.n:
            return 0.0, 1.0
        p, z2 = self.share, Z_95**2 / self.n
        half = Z_95 * np.sqrt(p * (1 - p) / self.n + z2 / (4 * self.n))
        low, high = ((p + z2 / 2 + sign * half) / (1 + z2) for sign in (-1, 1))
        return max(0.0, float(low)), min(1.0, float(high))


def recall(place: NDArray[np.integer], rank: int) -> Share:
    """Return how many right persons stand at this rank or better."""
    return Share(int(((place > 0) & (place <= rank)).sum()), len(place))
