"""What one person cannot have: a bone twice, bones of two ages, specimens that are excluded from each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from homeward.core.arrays import BoolArray, IntArray
from homeward.osteology.inventory import WHOLE, AgeClass, Inventory, bone_name, zones_counted
from homeward.osteology.specimens import Side

AGE_CLASSES = (AgeClass.ADULT, AgeClass.SUBADULT)
CHUNK = 20_000
"""Pairs that are checked in one go; bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Constraints:
    """What limits the groups of n bundles of specimens (single specimens, or those joined for certain).

    rules: in words, r of them: "left femur, zone 3".
    use: (n, r) how many bones of each rule a bundle has.
    room: (r,) how many one person can have.
    ages: (n, 2) whether a bundle holds bones of an adult, of a subadult.
    cannot: (n, n) symmetric; which bundles are excluded from each other.
    """

    rules: tuple[str, ...]
    use: sparse.csr_array
    room: IntArray
    ages: BoolArray
    cannot: sparse.csr_array

    def __len__(self) -> int:
        return len(self.ages)

    def barred(self, first: IntArray, second: IntArray) -> BoolArray:
        """Return which pairs of bundles, first[i] with second[i], cannot be one person's."""
        barred = np.zeros(len(first), dtype=np.bool_)
        for start in range(0, len(first), CHUNK):
            a, b = first[start : start + CHUNK], second[start : start + CHUNK]
            together = (self.use[a] + self.use[b]).toarray()
            ages = self.ages[a] | self.ages[b]
            excluded = np.asarray(self.cannot[a, b]).reshape(-1) > 0
            barred[start : start + CHUNK] = (together > self.room).any(axis=1) | ages.all(axis=1) | excluded
        return barred

    def is_person(self, members: Sequence[int] | IntArray) -> bool:
        """Return whether bundles can all be one person's."""
        rows = np.asarray(members, dtype=np.intp)
        if len(rows) < 2 and not len(rows):
            return True
        return bool(
            (np.asarray(self.use[rows].sum(axis=0)) <= self.room).all()
            and not self.ages[rows].any(axis=0).all()
            and self.cannot[rows][:, rows].nnz == 0
        )

    def chosen(self, rows: IntArray) -> Constraints:
        """Return the constraints among some of the bundles, in the order in which their positions are given."""
        use = self.use[rows]
        kept = np.flatnonzero(np.asarray(use.sum(axis=0)) > 0)
        return Constraints(
            rules=tuple(self.rules[i] for i in kept),
            use=sparse.csr_array(use[:, kept]),
            room=self.room[kept],
            ages=self.ages[rows],
            cannot=sparse.csr_array(self.cannot[rows][:, rows]),
        )

    def bundled(self, bundle_of: IntArray, n_bundles: int) -> Constraints:
        """Return the constraints of larger bundles; ``bundle_of`` says for each present one where it goes."""
        n = len(self)
        into = sparse.csr_array((np.ones(n, dtype=np.int64), (bundle_of, np.arange(n))), shape=(n_bundles, n))
        cannot = sparse.csr_array(into @ self.cannot @ into.T)
        cannot.data = np.minimum(cannot.data, 1)
        return Constraints(
            rules=self.rules,
            use=sparse.csr_array(into @ self.use),
            room=self.room,
            ages=(into @ self.ages.astype(np.int64)) > 0,
            cannot=cannot,
        )

    def cliques(self) -> list[IntArray]:
        """Return sets of bundles of which no two are one person's; each bundle is in exactly one of them.

        The largest rules of which a person has one bone come first; whatever they leave is a set by itself.
        """
        single = (self.use[:, np.flatnonzero(self.room == 1)] > 0).tocsc()
        sizes = np.diff(single.indptr)
        free = np.ones(len(self), dtype=np.bool_)
        cliques = []
        for rule in np.argsort(-sizes, kind="stable"):
            members = single.indices[single.indptr[rule] : single.indptr[rule + 1]]
            members = np.sort(members[free[members]])
            if len(members):
                cliques.append(members.astype(np.intp))
                free[members] = False
        return [*cliques, *(np.array([i], dtype=np.intp) for i in np.flatnonzero(free))]


def constraints_of(inventory: Inventory, cannot: Iterable[tuple[int, int]] = ()) -> Constraints:
    """Return what limits the groups of the specimens of an inventory.

    No person has a zone of a bone twice on one side, nor a zone of unsided and sided bones together more often than
    there are sides, nor bones of an adult and of a subadult.
    """
    n = len(inventory)
    members: dict[tuple[str, str], dict[Side, list[int]]] = {}
    for i, zones in enumerate(zones_counted(inventory)):
        for zone in sorted(zones):
            members.setdefault((inventory.elements[i], zone), {}).setdefault(inventory.sides[i], []).append(i)
    rules: list[str] = []
    room: list[int] = []
    columns: list[list[int]] = []
    for (element, zone), by_side in sorted(members.items()):
        per_side = inventory.number_on_a_side.get(element, 1)
        suffix = "" if zone == WHOLE else f", zone {zone}"
        for side, found in sorted(by_side.items()):
            if side != Side.UNKNOWN and len(found) > per_side:
                rules.append(bone_name(element, side) + suffix)
                room.append(per_side)
                columns.append(found)
        everything = [i for found in by_side.values() for i in found]
        places = per_side * (1 if by_side.keys() == {Side.AXIAL, Side.UNKNOWN} else 2)
        if Side.UNKNOWN in by_side and len(everything) > places:
            rules.append(f"{element}{suffix}, both sides")
            room.append(places)
            columns.append(everything)
    rows = np.array([i for column in columns for i in column], dtype=np.intp)
    rule_of = np.repeat(np.arange(len(rules)), [len(column) for column in columns])
    use = sparse.csr_array((np.ones(len(rows), dtype=np.int64), (rows, rule_of)), shape=(n, len(rules)))
    ages = np.array([[age == one for one in AGE_CLASSES] for age in inventory.age_classes], np.bool_).reshape(n, 2)
    excluded = np.array(sorted({(a, b) for one, other in cannot for a, b in ((one, other), (other, one))}), np.intp)
    excluded = excluded.reshape(-1, 2)
    shut = sparse.csr_array((np.ones(len(excluded), np.int64), (excluded[:, 0], excluded[:, 1])), shape=(n, n))
    return Constraints(tuple(rules), use, np.array(room, dtype=np.int64), ages, shut)
