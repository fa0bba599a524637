"""Comparing what was typed of two specimens: how far they differ, where both were read. Nothing of it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from homeward.core.errors import InputError
from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.genetics.lineage.mitochondrial import MtHaplotype, read_mt_haplotype
from homeward.genetics.lineage.mt_comparison import compare_mt
from homeward.web.laboratory.alleles import read_typing, seen_alleles


@dataclass(frozen=True)
class Typed:
    """One profile of a specimen, as its columns give it."""

    system: str
    alleles: str
    regions: str

    @cached_property
    def haplotype(self) -> MtHaplotype | None:
        """What it says of mtDNA; ``None`` where nothing can be read."""
        try:
            return read_mt_haplotype(self.alleles, self.regions, where="profile")
        except InputError:
            # What the record keeps can be read. If somebody altered it, the check of the journal says so.
            return None

    @cached_property
    def genotypes(self) -> Mapping[str, tuple[str, ...]]:
        """What it says of autosomal loci, by locus; one that failed or was not typed or not conclusive is left out."""
        return seen_alleles(read_typing(self.alleles))


def mt_differences(first: Typed, second: Typed) -> int:
    """Return how many differences of two mtDNA types count, as `compare_mt` counts them where both were read."""
    if first.haplotype is None or second.haplotype is None:
        return 0
    return compare_mt(first.haplotype, second.haplotype).n_differences


def differing_loci(first: Typed, second: Typed) -> int:
    """Return at how many autosomal loci each shows an allele that the other lacks; dropout alone never makes one."""
    return sum(_shows_more(one, other) and _shows_more(other, one) for one, other in _both_typed(first, second))


def unequal_loci(first: Typed, second: Typed) -> int:
    """Return at how many autosomal loci two profiles are not equal, what dropout would explain included."""
    return sum(_shows_more(one, other) or _shows_more(other, one) for one, other in _both_typed(first, second))


def _both_typed(first: Typed, second: Typed) -> Collection[tuple[Sequence[str], Sequence[str]]]:
    """The alleles at the loci that were typed in both."""
    shared = first.genotypes.keys() & second.genotypes.keys()
    return [(first.genotypes[locus], second.genotypes[locus]) for locus in shared]


def _shows_more(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one shows an allele that the other lacks; what could not be read of the other may be any allele."""
    return len(set(one) - set(other) - {UNKNOWN_ALLELE}) > other.count(UNKNOWN_ALLELE)
