"""Comparing what was typed of two specimens: how far they differ, where both were typed. Nothing of it is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MtType:
    """Differences from the reference sequence, and the stretches that were read; no stretch: all that matters."""

    differences: frozenset[str]
    read: tuple[Range, ...]

    def covers(self, position: int) -> bool:
        """Return whether a position was read."""
        return not self.read or any(first <= position <= last for first, last in self.read)


@dataclass(frozen=True)
class Typed:
    """One profile of a specimen, as its columns give it."""

    system: str
    alleles: str
    regions: str

    @cached_property
    def mt_type(self) -> MtType:
        """What it says of mtDNA: tokens such as ``16311C`` or ``315.1C``, and ranges such as ``16024-16365``."""
        ranges = (part.partition("-") for part in self.regions.replace(",", " ").split())
        read = tuple((int(first), int(last)) for first, _, last in ranges if first.isdigit() and last.isdigit())
        return MtType(frozenset(self.alleles.upper().split()), read)

    @cached_property
    def genotypes(self) -> Mapping[str, frozenset[str]]:
        """What it says of autosomal loci, by locus; a locus without alleles was not typed."""
        lines = (line.split() for line in self.alleles.splitlines())
        return {locus: frozenset(alleles) for locus, *alleles in lines if alleles}


def mt_differences(first: Typed, second: Typed) -> int:
    """Return at how many positions two mtDNA types differ, over what was read in both."""
    one, other = first.mt_type, second.mt_type
    positions = {_position(token) for token in one.differences ^ other.differences}
    return sum(one.covers(position) and other.covers(position) for position in positions)


def differing_loci(first: Typed, second: Typed) -> int:
    """Return at how many autosomal loci each shows an allele that the other lacks; dropout alone never makes one."""
    return sum(bool(one - other) and bool(other - one) for one, other in _both_typed(first, second))


def unequal_loci(first: Typed, second: Typed) -> int:
    """Return at how many autosomal loci two profiles are not equal, what dropout would explain included."""
    return sum(one != other for one, other in _both_typed(first, second))


def _both_typed(first: Typed, second: Typed) -> Collection[tuple[frozenset[str], frozenset[str]]]:
    """The genotypes at the loci that were typed in both."""
    shared = first.genotypes.keys() & second.genotypes.keys()
    return [(first.genotypes[locus], second.genotypes[locus]) for locus in shared]


def _position(token: str) -> int:
    """The position of a difference: 315 of ``315.1C``, 263 of ``A263G``."""
    digits = token.lstrip("ACGTNRYKMSWBDHV-").partition(".")[0]
    number = "".join(character for character in digits if character.isdigit())
    return int(number) if number else 0
