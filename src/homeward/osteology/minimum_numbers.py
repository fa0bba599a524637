"""The minimum number of individuals (MNI), and what it rests on.

White (1953) counts the commoner side of an element; counting zones instead of fragments follows Knusel & Outram (2004,
Environ. Archaeol. 9:85-97). With L left, R right and U unsided specimens that show one zone of a bone of which a
person has m on each side, at least max(L/m, R/m, (L + R + U)/(2m)) people are there, each rounded up. An unpaired bone:
(all)/m.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from homeward.osteology.inventory import AgeClass, Inventory, zones_counted
from homeward.osteology.specimens import Side


@dataclass(frozen=True, slots=True)
class MinimumCount:
    """The people that one zone of one element asks for.

    age_class: whose bones were counted; None for those of everybody.
    sides: the sides whose specimens make the number: one, or all of them where bones of unknown side add to it.
    specimens: positions of the specimens that it rests on.
    minimum: that many people at least.
    """

    element: str
    zone: str
    age_class: AgeClass | None
    sides: tuple[Side, ...]
    specimens: tuple[int, ...]
    minimum: int


@dataclass(frozen=True, slots=True)
class MinimumNumber:
    """The MNI of an inventory.

    value: the MNI: the larger of ``everybody`` and ``by_age``.
    everybody: from all specimens whatever their age class.
    by_age: adults and subadults apart, added; specimens of unknown age left out.
    counts: every zone and age class, the largest first.
    rests_on: the counts that give ``value``: one, or one for each age class.
    """

    value: int
    everybody: int
    by_age: int
    counts: tuple[MinimumCount, ...]
    rests_on: tuple[MinimumCount, ...]


def minimum_number(inventory: Inventory) -> MinimumNumber:
    """Return the MNI by element, side, zone and age class, and of all of them together.

    Holds if every specimen is put to the right element, side, zone and age class, and if a zone is recorded only on the
    specimen that has most of it. The two ways of counting are both lower bounds, so the larger one is taken; no larger
    number follows from these data alone.
    """
    everybody = tuple(_counts(inventory, range(len(inventory)), None))
    apart = {
        age: tuple(_counts(inventory, [i for i, a in enumerate(inventory.age_classes) if a == age], age))
        for age in (AgeClass.ADULT, AgeClass.SUBADULT)
    }
    highest = {age: max(counts, key=_rank) for age, counts in apart.items() if counts}
    by_age = sum(count.minimum for count in highest.values())
    together = max((count.minimum for count in everybody), default=0)
    if not everybody:
        rests_on: tuple[MinimumCount, ...] = ()
    elif by_age > together:
        rests_on = tuple(highest.values())
    else:
        rests_on = (max(everybody, key=_rank),)
    counts = (*everybody, *(count for counts in apart.values() for count in counts))
    return MinimumNumber(
        value=max(together, by_age),
        everybody=together,
        by_age=by_age,
        counts=tuple(sorted(counts, key=_rank, reverse=True)),
        rests_on=rests_on,
    )


def _rank(count: MinimumCount) -> tuple[int, int, str, str]:
    """More people, then more specimens behind it, then by name so that the order of the lines does not matter."""
    return count.minimum, len(count.specimens), count.element, count.zone


def _counts(inventory: Inventory, rows: Iterable[int], age_class: AgeClass | None) -> Iterable[MinimumCount]:
    """The people that each zone of each element asks for."""
    shown = zones_counted(inventory)
    members: dict[tuple[str, str], dict[Side, list[int]]] = {}
    for i in rows:
        for zone in shown[i]:
            members.setdefault((inventory.elements[i], zone), {}).setdefault(inventory.sides[i], []).append(i)
    for (element, zone), by_side in sorted(members.items()):
        per_side = inventory.number_on_a_side.get(element, 1)
        options: list[tuple[int, tuple[Side, ...], list[int]]] = [
            (-(-len(found) // per_side), (side,), found) for side, found in by_side.items() if side != Side.UNKNOWN
        ]
        if Side.UNKNOWN in by_side:
            # A bone of unknown side may be either; only next to bones of no side is it known to have none.
            places = 1 if by_side.keys() == {Side.AXIAL, Side.UNKNOWN} else 2
            everything = [i for found in by_side.values() for i in found]
            options.append((-(-len(everything) // (places * per_side)), tuple(by_side), everything))
        minimum, sides, found = max(options, key=lambda option: (option[0], len(option[2]), option[1]))
        yield MinimumCount(element, zone, age_class, sides, tuple(found), minimum)
