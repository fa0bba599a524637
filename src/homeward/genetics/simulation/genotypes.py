"""Unordered genotypes of a locus as numbers, and what typing shows of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.alleles import MISSING


@dataclass(frozen=True, slots=True, eq=False)
class Typing:
    """What typing one person at one locus can show; G genotypes, S things that can be seen.

    shown: (S, 2) int16 allele codes, the smaller first; ``MISSING`` where nothing is seen, in the last place if at all.
    showing: (G, S) float64, P(shown | genotype), genotypes in the order of :func:`genotype_alleles`.
    """

    shown: IntArray
    showing: FloatArray

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
def typing_at(n_alleles: int, dropout: float = 0.0) -> Typing:
    """Return what typing can show where each allele goes unseen with probability d.

    ab shows as ab with (1-d)^2, as a alone and as b alone with d(1-d); aa shows with 1 - d^2; nothing shows with d^2.
    """
    alleles = genotype_alleles(n_alleles)
    genotype = np.arange(len(alleles))
    if dropout == 0.0:
        return Typing(alleles, np.eye(len(alleles)))
    homozygous = alleles[:, 0] == alleles[:, 1]
    probability = np.zeros((len(alleles), len(alleles) + 1))
    probability[genotype, genotype] = np.where(homozygous, 1.0 - dropout**2, (1.0 - dropout) ** 2)
    for side in range(2):
        alone = genotype_numbers(alleles[:, [side, side]])
        probability[genotype, alone] += np.where(homozygous, 0.0, dropout * (1.0 - dropout))
    probability[:, -1] = dropout**2
    return Typing(np.vstack([alleles, np.full((1, 2), MISSING, dtype=np.int16)]), probability)
