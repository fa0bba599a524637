"""Profiles: the alleles seen in each person or sample."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Genotypes of n people or samples at the loci of a panel.

    ids: names, each once.
    sex: (n,) int8 array of :class:`Sex`.
    alleles: (n, n_loci, 2) int16 allele codes; ``MISSING`` (-1) in both places where untyped, and in the second only
        where one allele was seen and the other could not be read. The silent allele twice: the typing was done and
        showed nothing. A male at an X-linked locus has his one allele twice.
    dropout: (n, n_loci) float64, probability that one allele of the true genotype was not seen, in [0, 1).
    dropin: (n, n_loci) float64, probability that one allele of somebody else appears, in [0, 1); none if not given.
    """

    ids: tuple[str, ...]
    sex: IntArray
    alleles: IntArray
    dropout: FloatArray
    dropin: FloatArray = field(default_factory=lambda: np.zeros((0, 0)))

    def __post_init__(self) -> None:
        if self.dropin.shape != self.dropout.shape and not self.dropin.size:
            object.__setattr__(self, "dropin", np.zeros(self.dropout.shape))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def typed(self) -> BoolArray:
        """(n, n_loci): whether anything is known of the genotype there."""
        return np.asarray(self.alleles[:, :, 0] != MISSING)

    @property
    def is_partial(self) -> BoolArray:
        """(n, n_loci): whether one of the two alleles could not be read."""
        return np.asarray(self.typed & (self.alleles[:, :, 1] == MISSING))

    def position(self, name: str) -> int:
        """Return the position of a person or sample by name; raises ValueError if absent."""
        return self.ids.index(name)

    def genotype(self, row: int, locus: int, panel: Panel) -> tuple[str, str] | None:
        """Return the two allele names at a locus ("?" for one that could not be read), or None if untyped."""
        first, second = (int(code) for code in self.alleles[row, locus])
        if first == MISSING:
            return None
        return panel.loci[locus].allele_name(first), panel.loci[locus].allele_name(second)


def make_profiles(
    ids: tuple[str, ...],
    n_loci: int,
    *,
    sex: IntArray | None = None,
    alleles: IntArray | None = None,
    dropout: FloatArray | None = None,
    dropin: FloatArray | None = None,
) -> Profiles:
    """Return profiles, untyped, of unknown sex and without dropout and drop-in where nothing is given."""
    n = len(ids)
    return Profiles(
        ids=ids,
        sex=np.full(n, Sex.UNKNOWN, dtype=np.int8) if sex is None else np.asarray(sex, dtype=np.int8),
        alleles=np.full((n, n_loci, 2), MISSING, dtype=np.int16) if alleles is None else np.asarray(alleles, np.int16),
        dropout=np.zeros((n, n_loci)) if dropout is None else np.asarray(dropout, dtype=np.float64),
        dropin=np.zeros((n, n_loci)) if dropin is None else np.asarray(dropin, dtype=np.float64),
    )


def with_untyped(profiles: Profiles) -> Profiles:
    """Return the profiles with an untyped one of a stranger at their end."""
    n_loci = profiles.alleles.shape[1]
    return Profiles(
        ids=(*profiles.ids, "(stranger)"),
        sex=np.append(profiles.sex, np.int8(Sex.UNKNOWN)),
        alleles=np.concatenate([profiles.alleles, np.full((1, n_loci, 2), MISSING, dtype=np.int16)]),
        dropout=np.concatenate([profiles.dropout, np.zeros((1, n_loci))]),
        dropin=np.concatenate([profiles.dropin, np.zeros((1, n_loci))]),
    )


def choose_profiles(profiles: Profiles, chosen: IntArray | list[int]) -> Profiles:
    """Return some of the profiles, in the order in which their positions are given."""
    ids = tuple(profiles.ids[int(i)] for i in chosen)
    return Profiles(
        ids, profiles.sex[chosen], profiles.alleles[chosen], profiles.dropout[chosen], profiles.dropin[chosen]
    )
