"""Families made of one sample each, to find samples that are related to each other."""

from __future__ import annotations

from enum import StrEnum

from homeward.genetics.case import Family
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.screening.shapes import Sought

SOUGHT, SAMPLE = "relative", "sample"


class Relation(StrEnum):
    """How two samples may belong together; what they are called in results."""

    SAME_PERSON = "same person"
    FULL_SIBLINGS = "full siblings"
    PARENT_AND_CHILD = "parent and child"


def seek_relatives(panel: Panel, samples: Profiles, relation: Relation) -> list[Sought]:
    """Return for each sample the family in which a relative of it is sought, with the sample as the only typed member.

    Parameters
    ----------
    panel : Panel
    samples : Profiles
    relation : Relation
        ``FULL_SIBLINGS``: both have the same two parents. ``PARENT_AND_CHILD``: the sample is the parent of the
        relative sought. A sample of unknown sex is taken as a father, which matters only where the two sexes mutate
        at different rates.
    """
    pedigrees = {
        sex: _siblings() if relation is Relation.FULL_SIBLINGS else _parent_and_child(sex)
        for sex in (Sex.UNKNOWN, Sex.MALE, Sex.FEMALE)
    }
    sought = []
    for row, name in enumerate(samples.ids):
        pedigree = pedigrees[Sex(int(samples.sex[row]))]
        place = pedigree.position(SAMPLE)
        profiles = make_profiles(pedigree.ids, len(panel), sex=pedigree.sex)
        profiles.alleles[place] = samples.alleles[row]
        profiles.dropout[place] = samples.dropout[row]
        sought.append(Sought(Family(name, pedigree, profiles, ()), pedigree.position(SOUGHT)))
    return sought


def _siblings() -> Pedigree:
    children = (SOUGHT, SAMPLE)
    fathers, mothers = dict.fromkeys(children, "father"), dict.fromkeys(children, "mother")
    return build_pedigree([*children, "father", "mother"], {}, fathers, mothers, where="full siblings")


def _parent_and_child(sex: Sex) -> Pedigree:
    parent = {SOUGHT: SAMPLE}
    none: dict[str, str] = {}
    fathers, mothers = (none, parent) if sex is Sex.FEMALE else (parent, none)
    return build_pedigree([SOUGHT, SAMPLE], {}, fathers, mothers, where="parent and child")
