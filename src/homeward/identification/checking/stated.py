"""Pairs of typed people with what the pedigrees state of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.relatedness.catalogue import UNRELATED
from homeward.genetics.relatedness.identity import N_STATES, Descent, kinship_matrix
from homeward.genetics.relatedness.words import relationship_words
from homeward.identification.checking.people import People

PAIRS_AT_ONCE = 20_000
UNRELATED_STATE, IDENTICAL_STATE = 8, 6
"""States 9 and 7 of Jacquard, counted from 0."""


@dataclass(frozen=True, slots=True, eq=False)
class StatedPairs:
    """P pairs by their rows among the people.

    delta: (P, 9) float64, identity coefficients by the pedigree; people of different families are unrelated.
    is_parent: (P,) 1 where the first is a parent of the second, -1 the other way round, 0 elsewhere.
    within: (P,) whether both are of one family.
    """

    first: IntArray
    second: IntArray
    delta: FloatArray
    is_parent: IntArray
    within: BoolArray

    def __len__(self) -> int:
        return len(self.first)

    def part(self, chosen: IntArray) -> StatedPairs:
        """Return some of the pairs."""
        return StatedPairs(
            self.first[chosen], self.second[chosen], self.delta[chosen], self.is_parent[chosen], self.within[chosen]
        )

    @property
    def are_related(self) -> BoolArray:
        """(P,): whether the pedigree joins them."""
        return np.asarray(self.delta[:, UNRELATED_STATE] < 1.0)

    @property
    def are_identical(self) -> BoolArray:
        """(P,): whether the pedigree states identical twins."""
        return np.asarray(self.delta[:, [0, IDENTICAL_STATE]].sum(axis=1) == 1.0)


class Statements:
    """What the pedigrees of the families state of their members."""

    def __init__(self, people: People) -> None:
        self._people = people
        self._kinship: dict[int, FloatArray] = {}
        self._descent: dict[int, Descent] = {}

    def pairs(self, min_loci: int, *, across_families: bool, chosen: Collection[int]) -> Iterator[StatedPairs]:
        """Yield all pairs with at least so many loci at which both are typed, a part at a time.

        Only pairs with somebody of the chosen families are yielded. Somebody with the same id in two families is one
        person and makes no pair.
        """
        members = self._people.members
        family = np.array([member.family for member in members], dtype=np.intp)
        _, name = np.unique([member.id for member in members], return_inverse=True)
        is_chosen = np.isin(family, list(chosen))
        typed = self._people.profiles.typed.astype(np.float32)
        rows_at_once = max(1, PAIRS_AT_ONCE // max(1, len(members)))
        for start in range(0, len(members), rows_at_once):
            rows = np.arange(start, min(start + rows_at_once, len(members)))
            wanted = typed[rows] @ typed.T >= min_loci
            wanted &= np.arange(len(members)) > rows[:, None]
            within = family[rows, None] == family
            wanted &= is_chosen[rows, None] | is_chosen
            wanted &= within | (across_families & (name[rows, None] != name))
            at, second = np.nonzero(wanted)
            if len(at):
                yield self._state(rows[at], second, within[at, second])

    def words(self, first: int, second: int) -> str:
        """Return what two people are to each other by the pedigree."""
        a, b = self._people.members[first], self._people.members[second]
        if a.family != b.family:
            return UNRELATED
        return relationship_words(self._people.families[a.family].pedigree, a.position, b.position)

    def _state(self, first: IntArray, second: IntArray, within: BoolArray) -> StatedPairs:
        delta = np.zeros((len(first), N_STATES))
        delta[:, UNRELATED_STATE] = 1.0
        is_parent = np.zeros(len(first), dtype=np.intp)
        for pair in np.flatnonzero(within):
            a, b = self._people.members[first[pair]], self._people.members[second[pair]]
            pedigree = self._people.families[a.family].pedigree
            if a.family not in self._kinship:
                self._kinship[a.family], self._descent[a.family] = kinship_matrix(pedigree), Descent(pedigree)
            if self._is_joined(a.family, a.position, b.position):
                delta[pair] = self._descent[a.family].coefficients(a.position, b.position).delta
            is_parent[pair] = int(a.position in pedigree.parents[b.position]) - int(
                b.position in pedigree.parents[a.position]
            )
        return StatedPairs(first, second, delta, is_parent, within)

    def _is_joined(self, family: int, a: int, b: int) -> bool:
        """Whether two people are related or one of them is inbred."""
        kinship = self._kinship[family]
        return bool(kinship[a, b] > 0 or kinship[a, a] > 0.5 or kinship[b, b] > 0.5)
