"""Mitochondrial DNA and Y-STR beside a candidate: how the sample differs from the relatives of the same line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from homeward.genetics.lineage.mitochondrial import MtHaplotype, read_mt_haplotype
from homeward.genetics.lineage.mt_comparison import compare_mt
from homeward.genetics.lineage.y_str import Haplotype, compare_y
from homeward.genetics.pedigree import Sex
from homeward.web.accounts.models import User
from homeward.web.laboratory.alleles import read_typing, seen_alleles
from homeward.web.laboratory.chosen_profiles import Chosen, choose_profiles
from homeward.web.laboratory.pedigree_rows import FamilyRows
from homeward.web.laboratory.profiles import System


@dataclass(frozen=True, slots=True)
class LineResult:
    """The comparison with the relative of the line who differs least.

    n_differences: positions for mtDNA, repeats for Y-STR. n_compared: positions or loci read of both.
    """

    n_differences: int
    n_compared: int
    reading: str


@dataclass(frozen=True, slots=True)
class Lineages:
    """The haplotypes of samples, and of the relatives in the maternal and paternal lines of the missing.

    used: the profiles that they were read from.
    """

    mt: Mapping[str, MtHaplotype]
    y: Mapping[str, Haplotype]
    used: Sequence[Chosen]
    families: Mapping[str, FamilyRows]
    relative_of: Mapping[str, str]

    def mt_result(self, samples: Collection[str], family: str, missing: str) -> LineResult | None:
        """Compare samples with the relatives in the maternal line of somebody missing; ``None`` if there is nothing."""
        results = []
        for own in (self.mt[f"sample:{code}"] for code in samples if f"sample:{code}" in self.mt):
            for donor in self._in_line(family, missing, "mother"):
                if (other := self.mt.get(f"donor:{donor}")) is not None:
                    found = compare_mt(own, other)
                    results.append(LineResult(found.n_differences, found.n_shared, found.reading.value))
        return min(results, key=_by_weight, default=None)

    def y_result(self, samples: Collection[str], family: str, missing: str) -> LineResult | None:
        """Do the same for the paternal line."""
        results = []
        for own in (self.y[f"sample:{code}"] for code in samples if f"sample:{code}" in self.y):
            for donor in self._in_line(family, missing, "father"):
                if (other := self.y.get(f"donor:{donor}")) is not None:
                    found = compare_y(own, other)
                    results.append(LineResult(found.n_steps, found.n_loci, found.reading))
        return min(results, key=_by_weight, default=None)

    def _in_line(self, family: str, missing: str, through: str) -> list[str]:
        """The donors of a family who have a haplotype from the same ancestor as somebody missing."""
        people = self.families[family].people
        line = _first_of_line(self.families[family], missing, through)
        donors = [donor for donor, relative in self.relative_of.items() if relative in people and relative != missing]
        return [
            donor
            for donor in donors
            if _first_of_line(self.families[family], self.relative_of[donor], through) == line
            and (through == "mother" or people[self.relative_of[donor]].sex is Sex.MALE)
        ]


def _by_weight(one: LineResult) -> tuple[bool, int, int]:
    """What makes a comparison the one to show: that there is one at all, few differences, much that was compared."""
    return one.reading == "no comparison", one.n_differences, -one.n_compared


def _first_of_line(family: FamilyRows, person: str, through: str) -> str:
    """The earliest ancestor of somebody through mothers, or through fathers."""
    seen: set[str] = set()
    while person not in seen:
        seen.add(person)
        parent: str | None = getattr(family.people[person], through)
        if parent is not None and parent in family.people:
            person = parent
    return person


def read_lineages(
    user: User, samples: Collection[str] | None, families: Mapping[str, FamilyRows], relative_of: Mapping[str, str]
) -> Lineages:
    """Return the haplotypes of samples and of the donors of families, as far as a user may see and use them."""
    mt = choose_profiles(user, System.MT, samples=samples, donors=relative_of.keys()).profiles
    y = choose_profiles(user, System.Y_STR, samples=samples, donors=relative_of.keys()).profiles
    return Lineages(
        {owner: read_mt_haplotype(one.text, one.regions, where=one.code) for owner, one in mt.items() if one.regions},
        {owner: _y_alleles(one.text) for owner, one in y.items()},
        (*mt.values(), *y.values()),
        families,
        relative_of,
    )


def _y_alleles(text: str) -> dict[str, tuple[str, ...]]:
    """The loci of a Y haplotype whose alleles are all numbers."""
    seen = seen_alleles(read_typing(text))
    return {locus: alleles for locus, alleles in seen.items() if all(allele[0].isdigit() for allele in alleles)}
