"""A case: samples, families with missing members, and competing pedigrees."""

from __future__ import annotations

from dataclasses import dataclass, field

from homeward.core.provenance import InputFile
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles, make_profiles


@dataclass(frozen=True, slots=True, eq=False)
class MissingPerson:
    """Somebody a family has lost.

    id: name that is unique in the case.
    position: place in the family's pedigree.
    """

    id: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class Family:
    """A pedigree with its typed members and the members who are missing.

    profiles: row i belongs to person i of the pedigree; the missing are untyped.
    """

    id: str
    pedigree: Pedigree
    profiles: Profiles
    missing: tuple[MissingPerson, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Hypothesis:
    """One pedigree that could join the people of a kinship case.

    profiles: row i belongs to person i of the pedigree.
    prior: weight before the DNA was seen, not below 0; weights need not sum to one.
    """

    name: str
    pedigree: Pedigree
    profiles: Profiles
    prior: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Population:
    """A population that the people of a case may come from: the loci of the case with its own frequencies and theta."""

    name: str
    panel: Panel


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """Everything that one case file holds.

    samples: profiles of unidentified remains (one row per individual believed distinct).
    sample_members: for each row of ``samples``, the samples that were merged into it.
    families: who is missing and what their relatives tell.
    hypotheses: competing pedigrees for the same people; the last is the reference.
    notes: what the reader had to decide, in sentences, for the report.
    inputs: the files read, with their digests.
    description, source: what the case is and where it comes from, in the words of the file.
    synthetic: whether the file says that the case is made up.
    sites: sample and the place where it was found, for the samples that have one.
    options: choices that the file makes for its analysis, by name; what they may be is the policy's business.
    elimination: profiles of staff and others who may have touched the remains, against which every sample is compared
        for contamination; no family, hypothesis or sample is among them, and they take no part in an identification.
        Empty if not given, with the loci of the panel.
    populations: the populations to compare, each with all loci of the panel; empty if there is one only.
    population: which of them ``panel`` belongs to; "" if there is one only.
    """

    title: str
    panel: Panel
    samples: Profiles
    families: tuple[Family, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    sample_members: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    inputs: tuple[InputFile, ...] = ()
    description: str = ""
    source: str = ""
    synthetic: bool = False
    sites: tuple[tuple[str, str], ...] = ()
    options: tuple[tuple[str, str | float], ...] = ()
    elimination: Profiles = field(default_factory=lambda: make_profiles((), 0))
    populations: tuple[Population, ...] = ()
    population: str = ""

    def __post_init__(self) -> None:
        if not len(self.elimination):
            object.__setattr__(self, "elimination", make_profiles((), len(self.panel)))

    @property
    def missing_ids(self) -> tuple[str, ...]:
        """The unique ids of all missing persons, in order of family."""
        return tuple(person.id for family in self.families for person in family.missing)
