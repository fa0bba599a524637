"""What the columns of a sheet of measured bones mean."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.formats.sheets import Sheet
from homeward.osteology.catalogue import Measurement, find_measurement, nearest_measurements

ID, SIDE, ELEMENT, MEASUREMENT, VALUE = "id", "side", "element", "measurement", "value"

_WORDS = {
    **dict.fromkeys(("id", "specimen", "specimen id", "bone id"), ID),
    **dict.fromkeys(("side", "laterality"), SIDE),
    **dict.fromkeys(("element", "bone"), ELEMENT),
    **dict.fromkeys(("measurement", "measurement code"), MEASUREMENT),
    **dict.fromkeys(("value", "value mm", "value cm", "value m"), VALUE),
}
_FACTORS = {"value cm": 10.0, "value m": 1000.0}
UNIT_OF = {10.0: "centimetres", 1000.0: "metres"}
"""What is not millimetres, by what it must be multiplied with to become millimetres."""
_LIKE_A_CODE = re.compile(r"[a-z]{2,4}\d?[ _-]?\d{1,2}[lr]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Columns:
    """Position of each column by what it means.

    named: the columns that say which bone it is and, in a tidy table, what was measured.
    measured: in a wide table, position and measurement of each column of values.
    other: further columns, by name as it stands in the file.
    tidy: whether each row is one measurement rather than one bone.
    factor: by which the values of a tidy table are multiplied to become millimetres, as its header says.
    notes: sentences on what was made of the columns.
    """

    named: Mapping[str, int]
    measured: Mapping[int, Measurement]
    other: Mapping[str, int]
    tidy: bool
    factor: float
    notes: tuple[str, ...]

    def cell(self, name: str, cells: Sequence[str]) -> str:
        """Return the cell of a named column, "" if there is no such column."""
        return cells[self.named[name]].strip() if name in self.named else ""


def understand_columns(sheet: Sheet, log: ProblemLog) -> Columns:
    """Return what the columns of a sheet mean; what is wrong with them is noted in ``log``.

    Case, blanks and underscores make no difference. A name that looks like a measurement code and is none is a problem;
    any other unknown name is a further column.
    """
    where = f"{sheet.file}, first {sheet.counted_in}"
    named: dict[str, int] = {}
    measured: dict[int, Measurement] = {}
    other: dict[str, int] = {}
    factor = 1.0
    seen: dict[str, str] = {}
    for i, title in enumerate(sheet.header):
        plain = " ".join(re.sub(r"[\s_]+", " ", title.casefold()).split())
        measurement = find_measurement(title)
        meaning = measurement.code if measurement else _WORDS.get(plain, plain)
        if plain and meaning in seen:
            both = f"'{seen[meaning]}' and '{title}'"
            log.add(f"Two columns mean the same: {both}.", where=where, fix="Keep one of them, or rename one.")
        seen[meaning] = title
        if measurement:
            measured[i] = measurement
        elif plain in _WORDS:
            named[meaning] = i
            factor = _FACTORS.get(plain, factor)
        elif not _refused_code(title, where, log) and title:
            other[title] = i
    tidy = MEASUREMENT in named and VALUE in named
    _check_complete(named, tidy, measured, where, log)
    notes = [f"{sheet.file}: values are turned from {UNIT_OF[factor]} into millimetres."] if factor != 1.0 else []
    if not tidy and not measured:
        notes.append(f"{sheet.file}: there is no column of measurements.")
    return Columns(named, {} if tidy else measured, other, tidy, factor, tuple(notes))


def _refused_code(title: str, where: str, log: ProblemLog) -> bool:
    """Note a column whose name looks like a measurement code and is none."""
    near = nearest_measurements(title) if _LIKE_A_CODE.fullmatch(title) else ()
    if near:
        fix = f"Write a code of the catalogue, such as {', '.join(near)}, or rename the column if it is no measurement."
        log.add(f"There is no measurement '{title}'.", where=where, fix=fix)
    return bool(near)


def _check_complete(
    named: Mapping[str, int], tidy: bool, measured: Mapping[int, Measurement], where: str, log: ProblemLog
) -> None:
    """Note the columns that are missing or make no sense together."""
    required = {ID: "a name for each bone", SIDE: "left, right, or unknown"}
    if not tidy:
        required[ELEMENT] = "the name of the bone, such as humerus"
    for name, meaning in required.items():
        if name not in named:
            log.add(f"There is no column '{name}'.", where=where, fix=f"Add one: {meaning}.")
    if tidy and measured:
        log.add(
            "The table has one measurement on each row, and columns for measurements besides.",
            where=where,
            fix="Keep the columns measurement and value_mm, or a column for each measurement.",
        )
    if not tidy and {MEASUREMENT, VALUE} & set(named):
        missing = "value_mm" if MEASUREMENT in named else "measurement"
        log.add(
            f"There is no column '{missing}'.", where=where, fix="A tidy table needs both measurement and value_mm."
        )
