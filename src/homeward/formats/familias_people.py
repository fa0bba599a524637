"""The people of competing pedigrees, as Familias lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.pedigree_people import named_positions
from homeward.genetics.case import Hypothesis
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import Profiles


@dataclass(slots=True)
class Extras:
    """Unnamed people of one pedigree, in the order in which reading names them."""

    females: list[str] = field(default_factory=list)
    males: list[str] = field(default_factory=list)


@dataclass(slots=True)
class MainPeople:
    """Everybody who is listed by name, with sex and profile, and the unnamed people of each pedigree."""

    names: list[str] = field(default_factory=list)
    sexes: dict[str, Sex] = field(default_factory=dict)
    profiles: dict[str, tuple[Profiles, int]] = field(default_factory=dict)
    extras: list[Extras] = field(default_factory=list)


def gather_main_people(hypotheses: Sequence[Hypothesis], log: ProblemLog) -> MainPeople:
    """Return the people of all hypotheses; somebody who differs between two of them is noted in ``log``."""
    people = MainPeople()
    for hypothesis in hypotheses:
        pedigree, profiles = hypothesis.pedigree, hypothesis.profiles
        extras = _extras(hypothesis)
        people.extras.append(extras)
        for position in named_positions(pedigree, profiles):
            name, sex = pedigree.ids[position], Sex(int(pedigree.sex[position]))
            if name in extras.females or name in extras.males:
                continue
            at = f"pedigree {hypothesis.name}, person {name}"
            if sex is Sex.UNKNOWN:
                log.add("Familias needs the sex of everybody.", where=at, fix="Give the sex, or write a case folder.")
            if name not in people.sexes:
                people.names.append(name)
                people.sexes[name] = sex
                people.profiles[name] = (profiles, position)
            elif sex is not people.sexes[name] or not _same(people.profiles[name], (profiles, position)):
                log.add(
                    "This person has another sex or profile in another pedigree; Familias holds one of each.",
                    where=at,
                    fix="Use one name for one person only.",
                )
    return people


def _extras(hypothesis: Hypothesis) -> Extras:
    """Return the people called "extra female 1", "extra female 2" and so on without a gap, and males likewise."""
    pedigree = hypothesis.pedigree
    typed = [bool(row.any()) for row in hypothesis.profiles.typed]
    extras = Extras()
    for sex, names in ((Sex.FEMALE, extras.females), (Sex.MALE, extras.males)):
        while (name := f"extra {sex.name.lower()} {len(names) + 1}") in pedigree.ids:
            position = pedigree.position(name)
            if typed[position] or pedigree.sex[position] != sex:
                break
            names.append(name)
    return extras


def _same(one: tuple[Profiles, int], other: tuple[Profiles, int]) -> bool:
    """Whether two people have the same genotypes and dropout."""
    (profiles, row), (others, other_row) = one, other
    return np.array_equal(np.sort(profiles.alleles[row]), np.sort(others.alleles[other_row])) and np.array_equal(
        profiles.dropout[row], others.dropout[other_row]
    )
