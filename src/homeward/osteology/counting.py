"""An assemblage counted: elements, minimum numbers and numbers from pairs, in all and place by place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.core.errors import InputError, Problem
from homeward.osteology.catalogue import find_element
from homeward.osteology.inventory import WHOLE, ElementCount, Inventory, choose_inventory, count_elements, zones_counted
from homeward.osteology.minimum_numbers import MinimumNumber, minimum_number
from homeward.osteology.number_posterior import Prior
from homeward.osteology.pair_numbers import NumbersTogether, Pair, numbers_together
from homeward.osteology.specimens import Side

NOT_GIVEN = "not given"
"""Name of the place of specimens for which the column is blank."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaceCount:
    """The bones of one box, site, accession or event.

    column, place: by what it was divided, and which part this is. specimens: how many there are.
    """

    column: str
    place: str
    specimens: int
    minimum: MinimumNumber
    pairs: NumbersTogether | None


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """An assemblage divided by a column.

    if_commingled: MNI of all places taken as one: bones of one person may lie in several places.
    if_apart: sum of the MNI of the places: right only if nobody's bones lie in two of them.
    """

    column: str
    places: tuple[PlaceCount, ...]
    if_commingled: int
    if_apart: int


@dataclass(frozen=True, slots=True, eq=False)
class InventoryCount:
    """An inventory and what it amounts to.

    pairs: numbers from pairs; None if it was not said which bones are pairs.
    notes: sentences about what was left out and taken for granted.
    """

    inventory: Inventory
    elements: tuple[ElementCount, ...]
    minimum: MinimumNumber
    pairs: NumbersTogether | None
    divisions: tuple[Division, ...]
    notes: tuple[str, ...]


def count_inventory(
    inventory: Inventory,
    *,
    pairs: Sequence[Pair] | None = None,
    by: Sequence[str] = (),
    prior: Prior = Prior.EACH_ELEMENT,
) -> InventoryCount:
    """Return all numbers of an inventory, and those of each place.

    Parameters
    ----------
    inventory : Inventory
        The bones.
    pairs : sequence of (int, int) or None
        Left and right specimen of each pair; None if pairs were not looked for. An empty sequence says that they were
        looked for and none was found.
    by : sequence of str
        Columns to divide by as well, such as "box".
    prior : Prior
        Of the number of people, where several elements are taken together.

    Raises
    ------
    InputError
        A column that is not there, a pair that is no left and right bone of one element, a bone in two
        pairs: all of them are named.
    """
    problems = [*_column_problems(inventory, by), *_pair_problems(inventory, pairs or ())]
    if problems:
        raise InputError(*problems)
    return InventoryCount(
        inventory=inventory,
        elements=count_elements(inventory),
        minimum=minimum_number(inventory),
        pairs=None if pairs is None else numbers_together(inventory, pairs, prior=prior),
        divisions=tuple(_divide(inventory, pairs, column, prior) for column in by),
        notes=tuple(_notes(inventory, pairs)),
    )


def _divide(inventory: Inventory, pairs: Sequence[Pair] | None, column: str, prior: Prior) -> Division:
    """Count each place of a column."""
    rows: dict[str, list[int]] = {}
    for i, place in enumerate(inventory.columns[column]):
        rows.setdefault(place or NOT_GIVEN, []).append(i)
    places = []
    for place, chosen in sorted(rows.items()):
        part = choose_inventory(inventory, chosen)
        position = {row: i for i, row in enumerate(chosen)}
        inside = pairs and [(position[a], position[b]) for a, b in pairs if a in position and b in position]
        together = None if inside is None else numbers_together(part, inside, prior=prior)
        places.append(PlaceCount(column, place, len(part), minimum_number(part), together))
    return Division(
        column=column,
        places=tuple(places),
        if_commingled=minimum_number(inventory).value,
        if_apart=sum(one.minimum.value for one in places),
    )


def _column_problems(inventory: Inventory, by: Sequence[str]) -> list[Problem]:
    there = ", ".join(inventory.columns) or "none"
    return [
        Problem(f"The inventory has no column '{name}'.", f"--by {name}", f"Name one of its further columns: {there}.")
        for name in by
        if name not in inventory.columns
    ]


def _pair_problems(inventory: Inventory, pairs: Sequence[Pair]) -> list[Problem]:
    problems = []
    partner: dict[int, int] = {}
    for a, b in dict.fromkeys(pairs):
        where = f"pair {inventory.named(a)}, {inventory.named(b)}"
        if (inventory.sides[a], inventory.sides[b]) != (Side.LEFT, Side.RIGHT):
            problems.append(
                Problem("A pair is a left and a right bone.", where, "Put the left bone first; check the sides.")
            )
        elif inventory.elements[a] != inventory.elements[b]:
            problems.append(
                Problem(
                    "A pair is two bones of one element.", where, "Bones that articulate are evidence for grouping."
                )
            )
        for one, other in ((a, b), (b, a)):
            if partner.setdefault(one, other) != other:
                problems.append(
                    Problem(
                        f"{inventory.named(one)} is also paired with {inventory.named(partner[one])}.",
                        where,
                        "A bone has one partner: decide which pair to keep.",
                    )
                )
    return problems


def _notes(inventory: Inventory, pairs: Sequence[Pair] | None) -> list[str]:
    """What a reader of the numbers must know about these data."""
    notes = []
    counted = zones_counted(inventory)
    zoned = {element for element, zones in zip(inventory.elements, counted, strict=True) if zones - {WHOLE}}
    whole = sorted(set(inventory.elements) - zoned)
    if whole:
        notes.append(
            f"No zones were recorded for: {', '.join(whole)}. Each specimen of them counts as one bone; "
            "fragments of one bone would be counted as several people."
        )
    strange = sorted({element for element in inventory.elements if find_element(element) is None})
    if strange:
        notes.append(f"Not in the catalogue, so a person is taken to have one on a side: {', '.join(strange)}.")
    blank = [inventory.named(i) for i, zones in enumerate(counted) if not zones]
    if blank:
        notes.append(f"Without zones, though others of their element have some; not counted: {', '.join(blank)}.")
    if pairs is None:
        notes.append("It was not said which bones are pairs, so only minimum numbers are given.")
    elif not pairs:
        notes.append("No pairs: the number of people has no upper limit, and the Lincoln index does not exist.")
    several = sorted({e for e in inventory.elements if inventory.number_on_a_side.get(e, 1) > 1})
    if several:
        notes.append(f"Of these a person has several on a side, which is allowed for: {', '.join(several)}.")
    return notes
