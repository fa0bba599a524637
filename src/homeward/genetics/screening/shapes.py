"""Who is related how to the person sought, whatever the names and the order: families of one shape go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.arrays import BoolArray, IntArray
from homeward.genetics.case import Family
from homeward.genetics.network import relevant_people
from homeward.genetics.pedigree import FOUNDER, ParentRows, blood_relatives, lineage


@dataclass(frozen=True, slots=True)
class Sought:
    """One person to look for, and the family that tells about them.

    family: with the profiles of the relatives.
    position: of the person in the family's pedigree; untyped.
    """

    family: Family
    position: int


@dataclass(frozen=True, slots=True)
class Shape:
    """A pedigree without names, as far as it matters for one person.

    parents: (father, mother) of everybody, as positions; ``FOUNDER`` where not in the pedigree.
    is_typed: whether somebody is typed at any locus.
    sought: position of the person sought.
    """

    parents: ParentRows
    is_typed: tuple[bool, ...]
    sought: int

    @property
    def is_relative(self) -> BoolArray:
        """(n,): who is related by blood to the person sought; that person included."""
        relatives = blood_relatives(self.parents, self.sought)
        return np.isin(np.arange(len(self.parents)), relatives)

    @property
    def is_inbred(self) -> bool:
        """Whether the parents of the person sought share an ancestor, or one is the other's."""
        father, mother = self.parents[self.sought]
        if FOUNDER in (father, mother):
            return False
        return bool(lineage(self.parents, father) & lineage(self.parents, mother))


@dataclass(frozen=True, slots=True, eq=False)
class ShapeGroup:
    """People sought whose families have one shape.

    members: (m,) positions in the list that was grouped.
    people: (m, n) position in the member's own pedigree of each person of the shape.
    """

    shape: Shape
    members: IntArray
    people: IntArray


def group_by_shape(sought: Sequence[Sought]) -> list[ShapeGroup]:
    """Return the people sought in groups of one shape, in order of first appearance.

    Families of one shape whose people are listed in another order, or have further untyped members who join nobody,
    come together. Two listings of one shape may in rare cases be told apart (a symmetry that is not seen); each is
    then worked out for itself, with the same result.
    """
    groups: dict[Shape, tuple[list[int], list[tuple[int, ...]]]] = {}
    for i, one in enumerate(sought):
        typed = tuple(map(bool, np.asarray(one.family.profiles.typed.any(axis=1))))
        shape, people = _canonical(one.family.pedigree.parent_rows, typed, one.position)
        members, orders = groups.setdefault(shape, ([], []))
        members.append(i)
        orders.append(people)
    return [
        ShapeGroup(shape, np.array(members), np.array(orders, dtype=np.intp))
        for shape, (members, orders) in groups.items()
    ]


@lru_cache(maxsize=65536)
def _canonical(parents: ParentRows, typed: tuple[bool, ...], sought: int) -> tuple[Shape, tuple[int, ...]]:
    """Return the shape round one person, and who stands at each of its places."""
    people = relevant_people(parents, [sought, *(i for i, is_typed in enumerate(typed) if is_typed)])
    colour = _refine({i: (1 if i == sought else 2 if typed[i] else 3) for i in people}, parents)
    while len(set(colour.values())) < len(people):
        # People who look alike are told apart one at a time; which of them comes first does not matter if they
        # can be exchanged for each other, as two typed brothers can.
        counts = np.bincount(list(colour.values()))
        crowded = int(np.flatnonzero(counts > 1)[0])
        chosen = next(i for i in people if colour[i] == crowded)
        colour = _refine({i: 2 * c + (c == crowded and i != chosen) for i, c in colour.items()}, parents)
    order = tuple(sorted(people, key=colour.__getitem__))
    place = {person: i for i, person in enumerate(order)} | {FOUNDER: FOUNDER}
    return Shape(
        parents=tuple((place[parents[i][0]], place[parents[i][1]]) for i in order),
        is_typed=tuple(typed[i] for i in order),
        sought=place[sought],
    ), order


def _refine(colour: dict[int, int], parents: ParentRows) -> dict[int, int]:
    """Tell people apart by their parents, partners and children until nothing changes (Weisfeiler-Leman refinement)."""
    while True:
        signature = {
            i: (
                c,
                tuple(colour.get(parent, -1) for parent in parents[i]),
                tuple(
                    sorted(
                        (colour[j], parents[j].index(i), colour.get(parents[j][1 - parents[j].index(i)], -1))
                        for j in colour
                        if i in parents[j]
                    )
                ),
            )
            for i, c in colour.items()
        }
        rank = {s: r for r, s in enumerate(sorted(set(signature.values())))}
        refined = {i: rank[s] for i, s in signature.items()}
        if len(rank) == len(set(colour.values())):
            return refined
        colour = refined
