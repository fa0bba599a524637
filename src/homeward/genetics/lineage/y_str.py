"""How two Y-STR haplotypes differ, in loci and in repeats."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

Haplotype = Mapping[str, tuple[str, ...]]
"""The alleles of a man by locus: one, or several at a locus that the chromosome has more than once."""

INCLUDED: Final = {"DYS389II": "DYS389I"}
"""A locus whose typing includes the repeats of another, which are taken off before comparing."""

LEAST_LOCI: Final = 10
MOST_LOCI_APART: Final = 4
MOST_STEPS: Final = 5
"""Fewest loci for a comparison, and from when on two men are taken to be of two lineages, as other programs have it."""


@dataclass(frozen=True, slots=True)
class YComparison:
    """Outcome of comparing two haplotypes.

    n_loci: typed in both. differing: loci whose alleles differ. n_steps: repeats by which they differ, in all; a part
    of a repeat counts as one.
    """

    n_loci: int
    differing: tuple[str, ...]
    n_steps: int

    @property
    def reading(self) -> str:
        """What the differences say: a step or two is expected between distant relatives, and excludes nobody."""
        if self.n_loci < LEAST_LOCI:
            return "no comparison"
        apart = len(self.differing) > MOST_LOCI_APART or self.n_steps > MOST_STEPS
        return "exclusion" if apart else "cannot exclude" if not self.differing else "possible with mutation"


def compare_y(first: Haplotype, second: Haplotype) -> YComparison:
    """Return how two haplotypes differ at the loci that both have, in the order of the first."""
    differing: list[str] = []
    n_steps = 0
    shared = [locus for locus in first if locus in second]
    for locus in shared:
        steps = _steps(_repeats(first, locus, second), _repeats(second, locus, first))
        if steps:
            differing.append(locus)
            n_steps += steps
    return YComparison(len(shared), tuple(differing), n_steps)


def _repeats(of: Haplotype, locus: str, other: Haplotype) -> list[float]:
    """Repeats at a locus, without those of a locus that is a part of it and that both have."""
    included = INCLUDED.get(locus, "")
    less = float(of[included][0]) if included in of and included in other else 0.0
    return sorted(float(allele) - less for allele in of[locus])


def _steps(first: list[float], second: list[float]) -> int:
    """Repeats between the alleles of a locus, the smaller with the smaller; a copy more or less counts as one."""
    steps = sum(math.ceil(round(abs(a - b), 6)) for a, b in zip(first, second, strict=False))
    return steps + abs(len(first) - len(second))
