"""Which missing persons the typed relatives can tell anything about, directly or through each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.genetics.case import Family


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
    relatives = [set(family.pedigree.blood_relatives(m.position)) for m in family.missing]
    typed = set(map(int, np.flatnonzero(family.profiles.typed.any(axis=1))))
    direct = [bool(of & typed) for of in relatives]
    related = [
        [j for j, other in enumerate(family.missing) if j != i and other.position in of]
        for i, of in enumerate(relatives)
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
