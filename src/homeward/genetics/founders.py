"""The founder alleles of a pedigree that are not known, and the ways in which they may be copies of each other.

Founders of one subpopulation are related through ancestors outside the pedigree: two founder alleles may be one
draw from the population. Alleles of which the likelihood never uses more than one share a *slot* here: those of a
founder with one child, who passes on one of the two, for example.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Set
from dataclasses import dataclass
from functools import lru_cache

from homeward.genetics.network import KNOWN, FounderDraws
from homeward.genetics.pedigree import FOUNDER, ParentRows

MOST_SHARINGS = 20_000
"""Ways of sharing draws that are still summed over."""


@dataclass(frozen=True, slots=True)
class FounderSlots:
    """The unknown founder alleles of a pedigree.

    slot: (paternal, maternal) of everybody: the slot of each founder allele; ``KNOWN`` where none is needed.
    owner: whom each slot belongs to, as a number; two slots of one owner are each other's equals.
    """

    slot: FounderDraws
    owner: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.owner)

    def assign(self, draw_of: tuple[int, ...]) -> FounderDraws:
        """Return the draw that each founder allele is, given the draw of each slot."""

        def draw(slot: int) -> int:
            return KNOWN if slot == KNOWN else draw_of[slot]

        return tuple((draw(paternal), draw(maternal)) for paternal, maternal in self.slot)


@dataclass(frozen=True, slots=True)
class Sharing:
    """One way in which slots share draws.

    draw_of: the draw of each slot.
    sizes: the number of slots of each draw.
    n_alike: how many set partitions of the slots are this one, but for the order of an owner's two slots.
    """

    draw_of: tuple[int, ...]
    sizes: tuple[int, ...]
    n_alike: int

    @property
    def weight(self) -> int:
        """The number of seatings of the Chinese restaurant that give this sharing."""
        return self.n_alike * math.prod(math.factorial(size - 1) for size in self.sizes)


def founder_slots(
    parents: ParentRows,
    people: Set[int],
    one_allele: tuple[bool, ...],
    known: tuple[tuple[bool, bool], ...],
    one_draw: Set[int],
    kept_apart: Set[int],
    open_person: int | None,
) -> FounderSlots:
    """Return the slots of the founder alleles of these people.

    Parameters
    ----------
    parents : tuple of (father, mother)
        From whom everybody has an allele, see :func:`~homeward.genetics.network.carried_from`.
    people : set of int
        Whoever matters for the likelihood: somebody observed, or an ancestor of one.
    one_allele : tuple of bool
        Who carries the maternal allele only.
    known : tuple of (bool, bool)
        Of everybody: whether the (paternal, maternal) allele is accounted for.
    one_draw : set of int
        Founders whose two alleles are the same draw.
    kept_apart : set of int
        People whose two alleles both matter whatever their children: those observed, open or with options.
    open_person : int or None
        Whose alleles stay in order.
    """
    passing = people_passing_one_allele(parents, people, kept_apart)
    slot = [[KNOWN, KNOWN] for _ in parents]
    owner: list[int] = []

    def new_slot(of: int) -> int:
        owner.append(of)
        return len(owner) - 1

    def share(person: int, number: int) -> None:
        for side in range(one_allele[person], 2):
            parent = parents[person][side]
            if parent == FOUNDER:
                slot[person][side] = number
            else:
                share(parent, number)

    for person in sorted(people):
        is_top = not any(person in parents[child] for child in passing if child != person)
        if person in passing and is_top:
            share(person, new_slot(person))
        elif person not in passing:
            for side in range(one_allele[person], 2):
                if parents[person][side] != FOUNDER or known[person][side]:
                    continue
                if side == 1 and person in one_draw and slot[person][0] != KNOWN:
                    slot[person][1] = slot[person][0]
                else:
                    in_order = person == open_person or parents[person] != (FOUNDER, FOUNDER)
                    slot[person][side] = new_slot(-1 - 2 * person - side if in_order else person)
    return FounderSlots(tuple((first, second) for first, second in slot), tuple(owner))


def people_passing_one_allele(parents: ParentRows, people: Set[int], kept_apart: Set[int]) -> set[int]:
    """Return those of whose founder alleles, their own and their ancestors', the likelihood uses only one at a time.

    That is somebody unobserved with one child among the people, whose parents, if any, are such people too.
    """
    n_children = Counter(parent for person in people for parent in parents[person])
    found: set[int] = set()

    def passes_one(person: int) -> bool:
        if person in kept_apart or n_children[person] != 1:
            return False
        return all(parent == FOUNDER or passes_one(parent) for parent in parents[person])

    for person in people:
        if passes_one(person):
            found.add(person)
    return found


@lru_cache(maxsize=256)
def sharings(owner: tuple[int, ...]) -> tuple[Sharing, ...] | None:
    """Return every way in which slots can share draws, or None if there are more than ``MOST_SHARINGS``.

    Parameters
    ----------
    owner : tuple of int
        Whom each slot belongs to; exchanging two slots of one owner gives the same way.
    """
    # A way is known, up to such exchanges, by the owners of the slots of each draw.
    ways: dict[tuple[tuple[int, ...], ...], int] = {(): 1}
    for new in owner:
        grown: Counter[tuple[tuple[int, ...], ...]] = Counter()
        for way, n_alike in ways.items():
            grown[tuple(sorted([*way, (new,)]))] += n_alike
            for place, block in enumerate(way):
                joined = tuple(sorted([*block, new]))
                grown[tuple(sorted([*way[:place], joined, *way[place + 1 :]]))] += n_alike
        if len(grown) > MOST_SHARINGS:
            return None
        ways = dict(grown)
    return tuple(_as_sharing(way, n_alike, owner) for way, n_alike in ways.items())


def _as_sharing(way: tuple[tuple[int, ...], ...], n_alike: int, owner: tuple[int, ...]) -> Sharing:
    draws: dict[int, list[int]] = {}
    for number, block in enumerate(way):
        for of in block:
            draws.setdefault(of, []).append(number)
    return Sharing(tuple(draws[of].pop(0) for of in owner), tuple(map(len, way)), n_alike)
