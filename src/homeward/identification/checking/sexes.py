"""Recorded sex against what the loci on the sex chromosomes show."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Family
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles
from homeward.identification.checking.people import is_amelogenin


@dataclass(frozen=True, slots=True)
class SexCheck:
    """The sex of one member as recorded (parents: as their role says), and as the profile shows it.

    evidence: what in the profile shows it.
    """

    person: str
    recorded: Sex
    shown: Sex
    evidence: str

    @property
    def disagrees(self) -> bool:
        """Whether both are known and differ."""
        return Sex.UNKNOWN not in (self.recorded, self.shown) and self.recorded != self.shown


def check_sexes(family: Family, panel: Panel) -> tuple[SexCheck, ...]:
    """Return everybody whose profile shows a sex, with the sex on record."""
    checks = []
    for row in range(len(family.pedigree)):
        shown, evidence = shown_sex(family.profiles, row, panel)
        if shown is not Sex.UNKNOWN:
            recorded = Sex(int(family.pedigree.sex[row]))
            checks.append(SexCheck(family.pedigree.ids[row], recorded, shown, evidence))
    return tuple(checks)


def has_sex_loci(panel: Panel) -> bool:
    """Whether any locus tells the sexes apart."""
    return any(locus.chromosome in ("X", "Y") or is_amelogenin(locus) for locus in panel.loci)


def shown_sex(profiles: Profiles, row: int, panel: Panel) -> tuple[Sex, str]:
    """Return the sex that a profile shows and what shows it; unknown where nothing does or the loci contradict each
    other.

    A Y at amelogenin or an allele on the Y chromosome shows a man, two X at amelogenin or two different alleles of a
    locus on the X chromosome a woman.
    """
    male: list[str] = []
    female: list[str] = []
    for i, locus in enumerate(panel.loci):
        codes = profiles.alleles[row, i]
        genotype = [locus.alleles[int(code)] for code in codes if MISSING < code < len(locus.alleles)]
        if not genotype:
            continue
        if is_amelogenin(locus):
            (male if "Y" in genotype else female).append(f"{locus.name} {', '.join(genotype)}")
        elif locus.chromosome == "Y":
            male.append(f"{locus.name} typed")
        elif locus.chromosome == "X" and len(set(genotype)) == 2:
            female.append(f"{locus.name} {', '.join(genotype)}")
    if bool(male) == bool(female):
        return Sex.UNKNOWN, "; ".join([*male, *female])
    return (Sex.MALE, "; ".join(male)) if male else (Sex.FEMALE, "; ".join(female))


def sex_log10_probability(pedigree: Pedigree, profiles: Profiles, panel: Panel, sex_error: float) -> float:
    """Return log10 P(sexes that the profiles show | recorded sexes), which may be wrong; 1/2 where none is recorded."""
    total = 0.0
    for row in range(len(pedigree)):
        shown, recorded = shown_sex(profiles, row, panel)[0], Sex(int(pedigree.sex[row]))
        if shown is not Sex.UNKNOWN:
            by_recorded = {shown: 1.0 - sex_error, Sex.UNKNOWN: 0.5}
            total += float(np.log10(by_recorded.get(recorded, sex_error)))
    return total
