"""What a check of families returns."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homeward.core.provenance import InputFile
from homeward.genetics.case import Case, Family
from homeward.identification.checking.corrections import Correction
from homeward.identification.checking.inheritance import InheritanceError
from homeward.identification.checking.pairs import PairChecks
from homeward.identification.checking.settings import CheckSettings, Grade
from homeward.identification.checking.sexes import SexCheck


class FindingKind(StrEnum):
    """What a finding is about."""

    INHERITANCE = "inheritance"
    SEX = "sex"
    DUPLICATE = "duplicate"
    RELATIONSHIP = "relationship"
    UNEXPECTED_RELATIVES = "unexpected relatives"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should look at before the family is used.

    families: one, or two where it is between families.
    people: ids.
    """

    grade: Grade
    kind: FindingKind
    families: tuple[str, ...]
    people: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class FamilyCheck:
    """One family, or one of several competing pedigrees.

    is_hypothesis: whether it is a competing pedigree: then contradictions are evidence against it, not errors.
    log10_likelihood: of all its profiles, with mutation and without theta; -inf if impossible.
    corrections: the best single ones, best first; none were looked for where nothing was found.
    """

    family: Family
    is_hypothesis: bool
    n_typed: int
    log10_likelihood: float
    errors: tuple[InheritanceError, ...]
    sexes: tuple[SexCheck, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True, eq=False)
class CheckResult:
    """Families, pairs and findings, the serious findings first.

    n_corrections: how many single corrections were tried in all families together.
    """

    case: Case
    settings: CheckSettings
    families: tuple[FamilyCheck, ...]
    pairs: PairChecks
    n_corrections: int
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    software_version: str
    inputs: tuple[InputFile, ...]

    @property
    def is_serious(self) -> bool:
        """Whether any finding is serious."""
        return any(finding.grade is Grade.SERIOUS for finding in self.findings)
