"""The best pairs of a stream of scores, in memory that does not grow with the number of scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from homeward.genetics.arrays import BoolArray, IntArray
from homeward.genetics.screening.devices import Device
from homeward.genetics.screening.tables import Float32Array

MANY_PENDING = 1_000_000
"""Pairs that are gathered before the best of them are picked out."""

CROWDED = 0.05
"""Share of passing scores from which on it pays to look for better thresholds first."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which pairs of a sample and a person sought become candidates.

    top: a pair is kept if it is among this many best of its sample or of its person sought.
    min_log10_lr: and if its score is at least this.
    max_inconsistencies: loci that may be impossible; a pair with more is never kept.
    inconsistency_log10_lr: what an impossible locus counts in the score of a pair, in place of -inf; below 0.
    """

    top: int
    min_log10_lr: float
    max_inconsistencies: int
    inconsistency_log10_lr: float


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Pairs of a sample and a person sought with their scores.

    sample, sought: (n,) int32 positions.
    score: (n,) float32, log10 LR with what the selection puts in place of impossible loci.
    """

    sample: IntArray
    sought: IntArray
    score: Float32Array

    def __len__(self) -> int:
        return len(self.score)

    def __getitem__(self, chosen: BoolArray | IntArray) -> Pairs:
        return Pairs(self.sample[chosen], self.sought[chosen], self.score[chosen])

    @property
    def rank_for_sample(self) -> IntArray:
        """(n,): place among the pairs of the same sample, 0 the best; of equal ones the first person sought."""
        return rank_within(self.sample, self.score, self.sought)

    @property
    def rank_for_sought(self) -> IntArray:
        """(n,): place among the pairs of the same person sought, 0 the best; of equal ones the first sample."""
        return rank_within(self.sought, self.score, self.sample)


NO_PAIRS = Pairs(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.float32))


def join_pairs(parts: Iterable[Pairs]) -> Pairs:
    """Return the pairs of several parts."""
    parts = [NO_PAIRS, *parts]
    return Pairs(
        np.concatenate([part.sample for part in parts]),
        np.concatenate([part.sought for part in parts]),
        np.concatenate([part.score for part in parts]),
    )


def rank_within(group: IntArray, score: np.ndarray[Any, Any], tie: IntArray) -> IntArray:
    """Return the place of each entry in its group by falling score, then by rising ``tie``; 0 is the first."""
    order = np.lexsort((tie, -score, group))
    ordered = group[order]
    begins = np.flatnonzero(np.diff(ordered, prepend=-1))
    rank = np.empty(len(group), dtype=np.intp)
    rank[order] = np.arange(len(group)) - np.repeat(begins, np.diff(begins, append=len(group)))
    return rank


def keep_best(pairs: Pairs, top: int) -> Pairs:
    """Return the pairs that are among the best of their sample or of their person sought, by sample and place."""
    rank = pairs.rank_for_sample
    kept = (rank < top) | (pairs.rank_for_sought < top)
    order = np.lexsort((rank[kept], pairs.sample[kept]))
    return pairs[np.flatnonzero(kept)[order]]


class BestPairs:
    """Takes scores in pieces and keeps the best pairs; the order of the pieces does not matter to what is kept.

    A pair that falls out has ``top`` better ones at its sample and at its person sought already, so it could not come
    back whatever follows.
    """

    def __init__(self, selection: Selection, n_samples: int, n_sought: int) -> None:
        self._top = selection.top
        # A pair that is ruled out has a score of -inf and never comes in.
        self._least = max(selection.min_log10_lr, float(np.finfo(np.float32).min))
        self._sample_floor = np.full(n_samples, self._least, dtype=np.float32)
        self._sought_floor = np.full(n_sought, self._least, dtype=np.float32)
        self._pending: list[Pairs] = []
        self._n_pending = 0

    def add(self, scores: Any, first_sample: int, first_sought: int, device: Device) -> None:
        """Take a piece of the scores: (rows, columns) on the device, rows are samples."""
        xp = device.xp
        rows = slice(first_sample, first_sample + scores.shape[0])
        columns = slice(first_sought, first_sought + scores.shape[1])
        passing = scores >= self._least
        if float(xp.mean(xp.astype(passing, xp.float32))) > CROWDED:
            self._raise_floors(scores, rows, columns, device)
            by_sample = device.send(self._sample_floor[rows])[:, None]
            by_sought = device.send(self._sought_floor[columns])[None, :]
            passing = scores >= xp.minimum(by_sample, by_sought)
        sample, sought = xp.nonzero(passing)
        found = Pairs(
            device.fetch(sample).astype(np.int32) + np.int32(first_sample),
            device.fetch(sought).astype(np.int32) + np.int32(first_sought),
            device.fetch(scores[passing]),
        )
        if len(found):
            self._pending.append(found)
            self._n_pending += len(found)
        if self._n_pending > MANY_PENDING:
            self._settle()

    def _raise_floors(self, scores: Any, rows: slice, columns: slice, device: Device) -> None:
        """Raise the least score of each sample and each person sought to the last of the best in this piece."""
        top = self._top
        for axis, floor in ((1, self._sample_floor[rows]), (0, self._sought_floor[columns])):
            if scores.shape[axis] >= top:
                at = device.send(np.array([scores.shape[axis] - top]))
                last = device.xp.take(device.xp.sort(scores, axis=axis), at, axis=axis)
                np.maximum(floor, device.fetch(device.xp.squeeze(last, axis=axis)), out=floor)

    def _settle(self) -> None:
        kept = keep_best(join_pairs(self._pending), self._top)
        self._pending, self._n_pending = [kept], 0

    def result(self) -> Pairs:
        """Return the best pairs of all that was added, by sample and place."""
        return keep_best(join_pairs(self._pending), self._top)
