"""What is there: bones and fragments with the parts of them that are present."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from homeward.core.errors import InputError, Problem
from homeward.osteology.specimens import Side, Specimens

WHOLE = "whole"
"""Name of the only zone of an element for which no zones were recorded: every specimen is taken to be one bone."""

NUMBER_ON_A_SIDE = {
    "rib": 12,
    "cervical vertebra": 7,
    "thoracic vertebra": 12,
    "lumbar vertebra": 5,
    "metacarpal": 5,
    "metatarsal": 5,
    "hand phalanx": 14,
    "proximal hand phalanx": 5,
    "intermediate hand phalanx": 4,
    "distal hand phalanx": 5,
    "foot phalanx": 14,
    "proximal foot phalanx": 5,
    "intermediate foot phalanx": 4,
    "distal foot phalanx": 5,
}
"""Bones that go by one name though a person has several of them on a side (or, unpaired, in all)."""


class AgeClass(StrEnum):
    """Adult or not; nobody is both, so the two are counted apart."""

    ADULT = "adult"
    SUBADULT = "subadult"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, eq=False)
class Inventory:
    """n bones or fragments as inventoried.

    ids: names, each once together with element and side.
    elements: element of each, by its name in the catalogue.
    sides: side of each.
    zones: the zones of the element that are there; empty where none was recorded; ``WHOLE`` stands for all zones.
    age_classes: age class of each.
    columns: further columns by name (box, site, accession, event, individual, pair ...), "" where not given.
    number_on_a_side: how many bones of an element one person has on a side; 1 for elements not named.
    """

    ids: tuple[str, ...]
    elements: tuple[str, ...]
    sides: tuple[Side, ...]
    zones: tuple[frozenset[str], ...]
    age_classes: tuple[AgeClass, ...]
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    number_on_a_side: Mapping[str, int] = field(default_factory=lambda: NUMBER_ON_A_SIDE)

    def __len__(self) -> int:
        return len(self.ids)

    def named(self, i: int) -> str:
        """Return a specimen in words."""
        return f"{self.ids[i]} ({bone_name(self.elements[i], self.sides[i])})"


@dataclass(frozen=True, slots=True)
class ElementCount:
    """Specimens of one element by side, and how many of them show each zone.

    left, right, axial, unknown: specimens of each side.
    zones: for each zone that is there the number of specimens that show it.
    """

    element: str
    left: int
    right: int
    axial: int
    unknown: int
    zones: Mapping[str, int]

    @property
    def total(self) -> int:
        """Specimens of all sides."""
        return self.left + self.right + self.axial + self.unknown


def references(inventory: Inventory) -> tuple[str, ...]:
    """Return what to call each specimen in a table: its id, or id:element:side where the id repeats."""
    given = Counter(inventory.ids)
    return tuple(
        name if given[name] == 1 else f"{name}:{element}:{side}"
        for name, element, side in zip(inventory.ids, inventory.elements, inventory.sides, strict=True)
    )


def bone_name(element: str, side: Side) -> str:
    """Return element and side in words."""
    if side == Side.AXIAL:
        return element
    return f"{element}, side unknown" if side == Side.UNKNOWN else f"{side} {element}"


def inventory_of(
    specimens: Specimens,
    *,
    zones: Sequence[frozenset[str]] | None = None,
    age_classes: Sequence[AgeClass] | None = None,
    columns: Mapping[str, tuple[str, ...]] | None = None,
) -> Inventory:
    """Return the inventory of specimens, with what was noted of each beside its measurements.

    Raises
    ------
    InputError
        A bone is given twice: the same name, element and side.
    """
    n = len(specimens)
    columns = dict(columns or {})
    if specimens.groups:
        columns.setdefault("group", specimens.groups)
    inventory = Inventory(
        ids=specimens.ids,
        elements=specimens.elements,
        sides=specimens.sides,
        zones=tuple(zones) if zones is not None else (frozenset(),) * n,
        age_classes=tuple(age_classes) if age_classes is not None else (AgeClass.UNKNOWN,) * n,
        columns=columns,
    )
    check_given_once(inventory)
    return inventory


def check_given_once(inventory: Inventory) -> None:
    """Refuse an inventory that names a bone twice.

    Raises
    ------
    InputError
        The same name, element and side stand twice; every such bone is named.
    """
    given = Counter(zip(inventory.ids, inventory.elements, inventory.sides, strict=True))
    problems = [
        Problem(
            what=f"This bone is given {n} times.",
            where=f"specimen {name} ({bone_name(element, side)})",
            fix="Keep one line for each specimen, and give fragments names of their own.",
        )
        for (name, element, side), n in given.items()
        if n > 1
    ]
    if problems:
        raise InputError(*problems)


def choose_inventory(inventory: Inventory, rows: Sequence[int]) -> Inventory:
    """Return some of the specimens, in the order in which their positions are given."""
    return Inventory(
        ids=tuple(inventory.ids[i] for i in rows),
        elements=tuple(inventory.elements[i] for i in rows),
        sides=tuple(inventory.sides[i] for i in rows),
        zones=tuple(inventory.zones[i] for i in rows),
        age_classes=tuple(inventory.age_classes[i] for i in rows),
        columns={name: tuple(values[i] for i in rows) for name, values in inventory.columns.items()},
        number_on_a_side=inventory.number_on_a_side,
    )


def zones_counted(inventory: Inventory) -> tuple[frozenset[str], ...]:
    """Return the zones in which each specimen counts.

    An element for which no specimen has zones is counted by specimen, in the one zone ``WHOLE``. Where some specimens
    of an element have zones, a whole one counts in each zone that is seen, and one without zones in none: a fragment
    that could be any part of the bone says nothing about who it may be one person with.
    """
    seen: dict[str, set[str]] = {}
    for element, zones in zip(inventory.elements, inventory.zones, strict=True):
        seen.setdefault(element, set()).update(zones - {WHOLE})
    return tuple(
        frozenset({WHOLE}) if not seen[element] else frozenset(seen[element]) if WHOLE in zones else frozenset(zones)
        for element, zones in zip(inventory.elements, inventory.zones, strict=True)
    )


def count_elements(inventory: Inventory) -> tuple[ElementCount, ...]:
    """Return what is there of each element, in the order of their names."""
    sides: dict[str, Counter[Side]] = {}
    zones: dict[str, Counter[str]] = {}
    for element, side, shown in zip(inventory.elements, inventory.sides, zones_counted(inventory), strict=True):
        sides.setdefault(element, Counter())[side] += 1
        zones.setdefault(element, Counter()).update(shown)
    return tuple(
        ElementCount(
            element=element,
            left=sides[element][Side.LEFT],
            right=sides[element][Side.RIGHT],
            axial=sides[element][Side.AXIAL],
            unknown=sides[element][Side.UNKNOWN],
            zones=dict(sorted(zones[element].items())),
        )
        for element in sorted(sides)
    )
