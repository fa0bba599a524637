"""An inventory of bones as a table: one line for each bone or fragment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from homeward.core.errors import ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.bone_tables import read_table
from homeward.formats.bone_values import parse_bone, parse_side
from homeward.osteology.catalogue import Element
from homeward.osteology.inventory import WHOLE, AgeClass, Inventory, bone_name, check_given_once
from homeward.osteology.specimens import Side

AGES = {
    **dict.fromkeys(("adult", "a", "young adult", "middle adult", "old adult", "mature"), AgeClass.ADULT),
    **dict.fromkeys(
        ("subadult", "sub-adult", "s", "juvenile", "child", "infant", "adolescent", "perinate", "neonate", "fetus"),
        AgeClass.SUBADULT,
    ),
    **dict.fromkeys(("", "unknown", "u", "?", "na", "n/a", "indeterminate"), AgeClass.UNKNOWN),
}
WHOLE_WORDS = frozenset({"whole", "complete", "all"})
COLUMNS = ("id", "element", "side", "zones", "age_class")
REQUIRED = ("id", "element", "side")
ALIKE = {"zone": "zones", "age": "age_class", "specimen": "id", "bone": "element"}


@dataclass(frozen=True, slots=True, eq=False)
class InventoryFile:
    """What was in the file, the file, and what was decided on reading it."""

    inventory: Inventory
    input: InputFile
    notes: tuple[str, ...]


def read_inventory(path: Path) -> InventoryFile:
    """Return the inventory in a table.

    Columns: ``id``, ``element``, ``side``; ``zones`` (several with +, ; or a blank between; "whole" for all) and
    ``age_class`` (adult, subadult, or a finer word) if recorded; all others are kept by name and can be used to divide
    by.

    Raises
    ------
    InputError
        Missing columns, lines without id or element, unknown sides or age classes, a bone given twice: every problem.
    """
    log = ProblemLog()
    table = read_table(path, REQUIRED, log, ALIKE)
    ids, elements, sides, zones, ages = [], [], [], [], []
    unsided = 0
    for row in table.rows:
        element, known, side_in_name = _element(row["element"])
        for column, value in (("id", row["id"]), ("element", element)):
            if not value and column in table.columns:
                log.add(f"The line has no {column}.", where=row.where, fix="Fill it in, or take the line out.")
        side = side_in_name if not row["side"] else parse_side(row["side"])
        if side is None:
            fix = "Write left, right, axial or unknown."
            log.add(f"'{row['side']}' is no side.", where=f"{row.where}, {row['id']}", fix=fix)
        elif side == Side.UNKNOWN and known is not None and not known.paired:
            side = Side.AXIAL
        age = AGES.get(row["age_class"].casefold())
        if age is None:
            fix = "Write adult, subadult or unknown; finer words that are known: " + ", ".join(
                sorted(w for w in AGES if len(w) > 3)
            )
            log.add(f"'{row['age_class']}' is no age class.", where=f"{row.where}, {row['id']}", fix=f"{fix}.")
        unsided += side == Side.UNKNOWN
        ids.append(row["id"])
        elements.append(element)
        sides.append(side or Side.UNKNOWN)
        zones.append(_zones(row["zones"]))
        ages.append(age or AgeClass.UNKNOWN)
    others = [column for column in table.columns if column not in COLUMNS]
    inventory = Inventory(
        ids=tuple(ids),
        elements=tuple(elements),
        sides=tuple(sides),
        zones=tuple(zones),
        age_classes=tuple(ages),
        columns={name: tuple(row[name] for row in table.rows) for name in others},
    )
    with log.collecting():
        check_given_once(inventory)
    if not table.rows and not log:
        log.add("There is no bone in the table.", where=path.name, fix="Add a line for each bone or fragment.")
    log.raise_if_any()
    notes = [f"Specimens of which the side is not known: {unsided}."] if unsided else []
    return InventoryFile(inventory, table.input, (*table.notes, *notes))


def _element(text: str) -> tuple[str, Element | None, Side]:
    """The name of an element, its entry in the catalogue if it has one, and the side if that is part of the name.

    A bone that the catalogue does not know keeps its own name, in lower case.
    """
    known, side = parse_bone(text)
    return (known.name if known is not None else " ".join(text.casefold().replace("_", " ").split())), known, side


def _zones(text: str) -> frozenset[str]:
    """The zones in a cell."""
    words = [word for word in re.split(r"[+;,|\s]+", text.casefold()) if word]
    return frozenset(WHOLE if word in WHOLE_WORDS else word for word in words)


class SpecimenNames:
    """Finds specimens by what a table calls them."""

    def __init__(self, inventory: Inventory) -> None:
        self._inventory = inventory
        self._rows: dict[str, list[int]] = {}
        for i, name in enumerate(inventory.ids):
            self._rows.setdefault(name, []).append(i)

    def find(
        self, name: str, where: str, log: ProblemLog, *, element: str = "", side: Side | None = None
    ) -> int | None:
        """Return the position of a specimen, or None if there is not exactly one; the problem is noted.

        Parameters
        ----------
        name : str
            Its id, or id:element:side where ids repeat.
        where : str
            The line, for the problem.
        log : ProblemLog
            Gets the problem.
        element, side : str, Side or None
            What else is said of it.
        """
        rows = self._rows.get(name, [])
        if not rows and name.count(":") >= 2:
            name, element, told = name.rsplit(":", 2)
            rows, side = self._rows.get(name, []), parse_side(told.strip()) or side
        if not rows:
            log.add(f"There is no specimen '{name}'.", where=where, fix="Name one of the inventory.")
            return None
        wanted, _, _ = _element(element)
        fitting = [
            i for i in rows if wanted in ("", self._inventory.elements[i]) and side in (None, self._inventory.sides[i])
        ]
        if len(fitting) == 1:
            return fitting[0]
        there = ", ".join(bone_name(self._inventory.elements[i], self._inventory.sides[i]) for i in fitting or rows)
        what, fix = f"could be several specimens: {there}", "Write id:element:side, as in 12:humerus:left."
        if not fitting:
            what = f"is no {bone_name(wanted or 'bone', side or Side.AXIAL)}: it is {there}"
            fix = "Correct the id, the element or the side, or change columns."
        log.add(f"'{name}' {what}.", where=where, fix=fix)
        return None
