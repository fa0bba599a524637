"""Which missing persons the typed relatives can tell anything about, directly or through each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.genetics.case import Family
from homeward.genetics.pedigree import FOUNDER, Pedigree


@dataclass(frozen=True, slots=True)
class Reach:
    """How a missing person is joined to typed members of the family.

    has_typed_relative: a typed member shares an ancestor with this person, or is one, or a descendant.
    through: other missing members, ids, related to this person by blood, through whom an answer may come.
    is_reachable: a typed relative exists, or a chain of missing relatives leads to one.
    """

    has_typed_relative: bool
    through: tuple[str, ...]
    is_reachable: bool


def reach_of_missing(family: Family) -> list[Reach]:
    """Return the reach of each missing member of a family, in order."""
    lineages = [_ancestors_and_self(family.pedigree, i) for i in range(len(family.pedigree))]
    typed = np.flatnonzero(family.profiles.typed.any(axis=1))
    direct = [any(lineages[i] & lineages[m.position] for i in typed) for m in family.missing]
    related = [
        [j for j, other in enumerate(family.missing) if j != i and lineages[other.position] & lineages[m.position]]
        for i, m in enumerate(family.missing)
    ]
    reached = {i for i, is_direct in enumerate(direct) if is_direct}
    stack = list(reached)
    while stack:
        for j in related[stack.pop()]:
            if j not in reached:
                reached.add(j)
                stack.append(j)
    return [
        Reach(direct[i], tuple(family.missing[j].id for j in related[i]), i in reached)
        for i in range(len(family.missing))
    ]


def _ancestors_and_self(pedigree: Pedigree, person: int) -> set[int]:
    found, stack = {person}, [person]
    while stack:
        for parent in pedigree.parents[stack.pop()]:
            if parent != FOUNDER and int(parent) not in found:
                found.add(int(parent))
                stack.append(int(parent))
    return found
