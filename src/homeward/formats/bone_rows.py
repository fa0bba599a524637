"""Rows of a sheet of measured bones, made into bones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.bone_columns import ELEMENT, ID, MEASUREMENT, SIDE, VALUE, Columns
from homeward.formats.bone_values import BLANK_CELLS, BLANKS, NotTaken, parse_bone, parse_measurement, parse_side
from homeward.formats.sheets import Sheet
from homeward.osteology.catalogue import (
    Element,
    Measurement,
    elements,
    find_measurement,
    nearest_elements,
    nearest_measurements,
)
from homeward.osteology.specimens import Side

MOST_NAMED = 20
"""Cells that are named one by one; further ones are counted."""

Key = tuple[str, str, Side]
"""Id, element and side: what tells one bone from another."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where bones were read from."""

    sheet: Sheet
    columns: Columns

    def cell(self, number: int, code: str) -> str:
        """Return where a measurement stands."""
        return self.sheet.where(number, self.column_of(code))

    def column_of(self, code: str) -> int:
        """Return the position of the column of a measurement."""
        if self.columns.tidy:
            return self.columns.named[VALUE]
        return next(i for i, measurement in self.columns.measured.items() if measurement.code == code)


@dataclass(frozen=True, slots=True)
class Bone:
    """One bone of a file.

    number: of its row in the file; in a tidy table, of the first.
    values: what was taken, by code. numbers: in a tidy table, the row of each.
    other: further columns by name.
    """

    id: str
    element: str
    side: Side
    source: Source
    number: int
    values: dict[str, float]
    numbers: dict[str, int]
    other: dict[str, str]

    @property
    def where(self) -> str:
        """File and row."""
        return self.source.sheet.where(self.number)

    def where_of(self, code: str) -> str:
        """Return file, row and column of a measurement."""
        return self.source.cell(self.numbers.get(code, self.number), code)

    @property
    def key(self) -> Key:
        """What tells it from other bones."""
        return self.id, self.element, self.side

    @property
    def name(self) -> str:
        """The bone in words."""
        return f"{self.id} ({self.element}{'' if self.side is Side.AXIAL else f', {self.side}'})"


@dataclass(frozen=True, slots=True)
class Relevant:
    """Columns of a wide table that measure an element, and those that measure others."""

    own: tuple[tuple[int, str], ...]
    foreign: tuple[int, ...]


@dataclass(slots=True)
class Gathered:
    """What was found in a sheet so far; bones by what tells them apart."""

    source: Source
    log: ProblemLog
    bones: dict[Key, Bone] = field(default_factory=dict)
    not_taken: Counter[NotTaken] = field(default_factory=Counter)
    unknown: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    relevant: dict[str, Relevant] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class BonesRead:
    """The bones of a sheet, how many cells hold no measurement by reason, and where words stand in their place."""

    bones: list[Bone]
    not_taken: Counter[NotTaken]
    notes: tuple[str, ...]


def read_bones(sheet: Sheet, columns: Columns, log: ProblemLog) -> BonesRead:
    """Return the bones of a sheet.

    A blank cell counts only in a column that measures the bone in question. What is wrong is noted in ``log``; a word
    that is unknown on many rows is noted once.
    """
    gathered = Gathered(Source(sheet, columns), log)
    for number, cells in sheet.rows:
        bone = _identified(gathered, number, cells)
        if bone is None:
            continue
        if columns.tidy:
            _add_measurement(gathered, bone, number, cells)
        else:
            _add_bone(gathered, bone, number, cells)
    _note_unknown(gathered)
    notes = gathered.words[:MOST_NAMED]
    if len(gathered.words) > MOST_NAMED:
        notes.append(f"{sheet.file}: {len(gathered.words) - MOST_NAMED} further cells hold no positive number.")
    return BonesRead(list(gathered.bones.values()), gathered.not_taken, tuple(notes))


def _identified(gathered: Gathered, number: int, cells: Sequence[str]) -> Bone | None:
    """Return the bone that a row is about, without measurements; None if that cannot be told."""
    columns, where = gathered.source.columns, gathered.source.sheet.where(number)
    name = columns.cell(ID, cells)
    if not name:
        gathered.log.add("The row names no bone.", where=where, fix="Give each bone an id; fragments have their own.")
    element, side_in_name = _element(gathered, cells, where)
    side = parse_side(columns.cell(SIDE, cells))
    if side is None:
        gathered.unknown.setdefault((SIDE, columns.cell(SIDE, cells)), []).append(where)
    if not name or element is None or side is None:
        return None
    if Side.UNKNOWN not in (side, side_in_name) and side != side_in_name:
        what = f"The side is {side}, but the element is '{columns.cell(ELEMENT, cells)}'."
        gathered.log.add(what, where=where, fix="Correct one of them.")
    side = side_in_name if side is Side.UNKNOWN else side
    if element.paired and side is Side.AXIAL:
        fix = "Write left or right, or unknown if it cannot be told."
        gathered.log.add(f"The {element.name} is never {side}.", where=where, fix=fix)
    if not element.paired and side in (Side.LEFT, Side.RIGHT):
        fix = "Leave the side blank; if a part of one side is there, say so as a zone."
        gathered.log.add(f"There is no {side} {element.name}.", where=where, fix=fix)
    if not element.paired:
        side = Side.AXIAL
    other = {title: cells[i].strip() for title, i in columns.other.items()}
    return Bone(name, element.name, side, gathered.source, number, {}, {}, other)


def _element(gathered: Gathered, cells: Sequence[str], where: str) -> tuple[Element | None, Side]:
    """Return the element of a row, and the side that its name says; a tidy table may leave it to the measurement."""
    text = gathered.source.columns.cell(ELEMENT, cells)
    if gathered.source.columns.tidy and not text:
        measurement = find_measurement(gathered.source.columns.cell(MEASUREMENT, cells))
        return (elements()[measurement.element] if measurement else None), Side.UNKNOWN
    element, side = parse_bone(text)
    if element is None:
        gathered.unknown.setdefault((ELEMENT, text), []).append(where)
    return element, side


def _add_bone(gathered: Gathered, bone: Bone, number: int, cells: Sequence[str]) -> None:
    """Add the bone on a row of a wide table."""
    first = gathered.bones.setdefault(bone.key, bone)
    if first is not bone:
        gathered.log.add(
            f"Bone {bone.name} is given twice.",
            where=f"{first.where} and {bone.where}",
            fix="Keep one row for each bone, and give fragments and further bones ids of their own.",
        )
    relevant = gathered.relevant.get(bone.element) or _note_relevant(gathered, bone.element)
    for i, code in relevant.own:
        _take(gathered, bone, code, cells[i].strip(), number, 1.0)
    if not BLANK_CELLS.issuperset([cells[i] for i in relevant.foreign]):
        for i in relevant.foreign:
            if cells[i].strip().casefold() not in BLANKS:
                _refuse_other(
                    gathered, bone, gathered.source.columns.measured[i], gathered.source.sheet.where(number, i)
                )


def _note_relevant(gathered: Gathered, element: str) -> Relevant:
    """Sort the columns of a wide table into those that measure an element and others."""
    measured = gathered.source.columns.measured
    own = tuple((i, one.code) for i, one in measured.items() if one.element == element)
    gathered.relevant[element] = Relevant(own, tuple(i for i, one in measured.items() if one.element != element))
    return gathered.relevant[element]


def _add_measurement(gathered: Gathered, bone: Bone, number: int, cells: Sequence[str]) -> None:
    """Add the measurement on a row of a tidy table to its bone."""
    columns = gathered.source.columns
    first = gathered.bones.setdefault(bone.key, bone)
    for title, value in bone.other.items():
        if first.other[title] != value:
            what = f"Bone {bone.name} has '{first.other[title]}' in column {title} on one row and '{value}' on another."
            gathered.log.add(what, where=f"{first.where} and {bone.where}", fix="Give a bone the same on all its rows.")
    text = columns.cell(MEASUREMENT, cells)
    measurement = find_measurement(text)
    if measurement is None:
        gathered.unknown.setdefault((MEASUREMENT, text), []).append(bone.where)
    elif measurement.element != bone.element:
        where = gathered.source.sheet.where(number, columns.named[MEASUREMENT])
        _refuse_other(gathered, bone, measurement, where)
    elif measurement.code in first.values:
        gathered.log.add(
            f"{measurement.code} of bone {bone.name} is given twice.",
            where=f"{first.where_of(measurement.code)} and {bone.where}",
            fix="Keep one of the two.",
        )
    else:
        factor = columns.factor if measurement.unit == "mm" else 1.0
        first.numbers[measurement.code] = number
        _take(gathered, first, measurement.code, columns.cell(VALUE, cells), number, factor)


def _take(gathered: Gathered, bone: Bone, code: str, text: str, number: int, factor: float) -> None:
    """Add a value to a bone, or count why it is none."""
    value = parse_measurement(text)
    if not isinstance(value, NotTaken):
        bone.values[code] = value * factor
        return
    gathered.not_taken[value] += 1
    if value not in (NotTaken.BLANK, NotTaken.ZERO):
        where = gathered.source.cell(number, code)
        gathered.words.append(
            f"{where}: '{text}' is {value.in_words}. It was not taken; write a number or leave it blank."
        )


def _refuse_other(gathered: Gathered, bone: Bone, measurement: Measurement, where: str) -> None:
    gathered.log.add(
        f"{measurement.code} belongs to the {measurement.element}, but bone {bone.id} is a {bone.element}.",
        where=where,
        fix="Correct the element, or move the value to its column.",
    )


def _note_unknown(gathered: Gathered) -> None:
    """Note the words that are no element, side or measurement, each with the first row that has it."""
    for (column, text), places in gathered.unknown.items():
        where = places[0] if len(places) == 1 else f"{places[0]}, and {len(places) - 1} more"
        near: Mapping[str, tuple[str, ...]] = {
            ELEMENT: nearest_elements(text),
            MEASUREMENT: nearest_measurements(text),
            SIDE: ("left", "right", "unknown"),
        }
        words = ", ".join(near[column]) or {ELEMENT: "humerus, os coxa, metacarpal 1", MEASUREMENT: "Hum_01"}[column]
        what = f"There is no {column} '{text}'." if text else f"The {column} is blank."
        gathered.log.add(what, where=where, fix=f"Write a name of the catalogue, such as {words}.")
