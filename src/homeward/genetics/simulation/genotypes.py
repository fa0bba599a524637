"""Unordered genotypes of a locus as numbers, and what typing shows of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Locus
from homeward.genetics.pedigree import Sex


@dataclass(frozen=True, slots=True, eq=False)
class Typing:
    """What typing one person at one locus can show; G genotypes, S things that can be seen.

    shown: (S, 2) int16 allele codes, the smaller first; nothing seen, if that can be, in the last place.
    showing: (G, S) float64, P(shown | genotype), genotypes in the order of :func:`genotype_alleles`.
    log10_untyped: log10 P(nothing seen), which is the same for every genotype where a locus has no silent allele;
        such a typing is written as untyped. 0 where nothing seen is written otherwise or cannot be.
    """

    shown: IntArray
    showing: FloatArray
    log10_untyped: float

    def __len__(self) -> int:
        return len(self.shown)


def genotype_alleles(n_alleles: int) -> IntArray:
    """Return (n (n + 1) / 2, 2) allele codes of every genotype; i <= j stands at j (j + 1) / 2 + i."""
    larger, smaller = np.tril_indices(n_alleles)
    return np.column_stack([smaller, larger]).astype(np.int16)


def genotype_numbers(alleles: IntArray) -> IntArray:
    """Return the numbers of (..., 2) genotypes; of an untyped one, -1."""
    smaller, larger = alleles.min(axis=-1).astype(np.int64), alleles.max(axis=-1).astype(np.int64)
    return np.asarray(np.where(larger == MISSING, -1, larger * (larger + 1) // 2 + smaller))


def unordered(tables: FloatArray) -> FloatArray:
    """Return (..., G) probabilities of genotypes from (..., n, n) of ordered ones."""
    smaller, larger = genotype_alleles(tables.shape[-1]).T
    either = tables[..., smaller, larger] + tables[..., larger, smaller]
    return np.asarray(np.where(smaller == larger, 0.5, 1.0) * either)


@lru_cache(maxsize=256)
def typing_at(n_alleles: int, dropout: float = 0.0, *, has_silent: bool = False, is_hemizygous: bool = False) -> Typing:
    """Return what typing can show where each allele goes unseen with probability d, and a silent one always.

    ab shows as ab with (1-d)^2, as a alone and as b alone with d(1-d); aa shows with 1 - d^2; nothing shows with d^2.
    One allele, of somebody hemizygous, shows with 1 - d.

    Parameters
    ----------
    n_alleles : int
        Alleles that can be seen; the code of the silent one, if there is one, follows theirs.
    dropout : float
        d, in [0, 1).
    has_silent : bool
        Whether the locus has a silent allele.
    is_hemizygous : bool
        Whether the person carries one allele; it stands on the diagonal of genotypes.
    """
    n_shown, n = n_alleles * (n_alleles + 1) // 2, n_alleles + has_silent
    alleles = genotype_alleles(n)
    genotype = np.arange(len(alleles))
    equal = alleles[:, 0] == alleles[:, 1]
    sees = np.where(alleles == n_alleles, 0.0, 1.0 - dropout)
    neither = 1.0 - sees[:, 0] if is_hemizygous else (1.0 - sees).prod(axis=1)
    probability = np.zeros((len(alleles), len(alleles) + 1))
    probability[genotype, genotype] = np.where(equal, 1.0 - neither, sees.prod(axis=1))
    for side in range(2):
        alone = genotype_numbers(alleles[:, [side, side]])
        probability[genotype, alone] += np.where(equal, 0.0, sees[:, side] * (1.0 - sees[:, 1 - side]))
    probability[:, -1] = neither
    kept = genotype[:n_shown][equal[:n_shown] | (not is_hemizygous)]
    shown = alleles[kept]
    if not has_silent and dropout == 0.0:
        return Typing(shown, probability[:, kept], 0.0)
    blank = n_alleles if has_silent else MISSING
    log10_untyped = 0.0 if has_silent else (1 if is_hemizygous else 2) * math.log10(dropout)
    shown = np.vstack([shown, np.full((1, 2), blank, dtype=np.int16)])
    return Typing(shown, probability[:, [*kept, -1]], log10_untyped)


def typing_of(locus: Locus, sex: int, dropout: float = 0.0) -> Typing:
    """Return what typing a person of some sex can show at a locus."""
    is_hemizygous = locus.is_x_linked and sex == Sex.MALE
    has_silent = locus.silent_code is not None
    return typing_at(len(locus.alleles), dropout, has_silent=has_silent, is_hemizygous=is_hemizygous)
