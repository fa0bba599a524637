"""Reading dental charts: one person a line, one tooth a column."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.formats.plain_tables import read_plain_table
from homeward.osteology.dental_charts import UNOBSERVED, DentalCharts, Notation, read_code, tooth_position

ID_COLUMN = "id"


def read_dental_charts(path: Path, *, notation: Notation = Notation.FDI) -> DentalCharts:
    """Return the charts in a table with a column ``id`` and one for each permanent tooth, named by its number.

    Teeth without a column were not observed. Codes are those of
    :func:`homeward.osteology.dental_charts.read_code`. Use it for the charts of a case, of a list, and of a reference.

    Raises
    ------
    InputError
        There is no column ``id`` or none of a tooth, a column is neither, an id is blank or there twice, or a value is
        no code; lists everything.
    """
    table = read_plain_table(path)
    log = ProblemLog()
    if ID_COLUMN not in table.header:
        log.add("There is no column 'id'.", where=table.name, fix="Give every person a name in a column 'id'.")
    places = {name: tooth_position(name, notation) for name in table.header if name != ID_COLUMN}
    for name in [name for name, place in places.items() if place is None]:
        log.add(
            f"The column '{name}' is no permanent tooth by {notation} numbers.",
            where=table.name,
            fix="Rename or remove it, or choose the other notation.",
        )
    if not places:
        log.add("There is no column of a tooth.", where=table.name, fix="Add one for each tooth, named by its number.")
    log.raise_if_any()
    # Patterns are looked for tooth by tooth, so that the codes of one tooth lie together.
    codes = np.full((len(table.rows), 32), UNOBSERVED, dtype=np.uint8, order="F")
    known: dict[str, int | None] = {}
    for i, name in enumerate(table.header):
        place = places.get(name)
        if place is None:
            continue
        for k, row in enumerate(table.rows):
            text = row[i]
            if text not in known:
                known[text] = read_code(text)
            code = known[text]
            if code is None:
                log.add(
                    f"'{text}' is no code of a tooth.",
                    where=f"{table.name} line {table.lines[k]}, tooth {name}",
                    fix="Write X, V, R, surfaces out of M O D F L, or nothing.",
                )
            else:
                codes[k, place] = code
    ids = tuple(row[table.header.index(ID_COLUMN)] for row in table.rows)
    seen: set[str] = set()
    for name, line in zip(ids, table.lines, strict=True):
        if not name or name in seen:
            what = f"The id '{name}' is there twice." if name else "The id is blank."
            log.add(what, where=f"{table.name} line {line}", fix="Give every person one name and one line.")
        seen.add(name)
    log.raise_if_any()
    return DentalCharts(ids, codes, f"{table.name} (SHA-256 {table.input.sha256})")
