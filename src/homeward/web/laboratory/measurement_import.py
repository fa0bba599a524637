"""Osteometric measurements: bringing in those of a file, and from the record to the sorting of bones."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from pathlib import Path

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.formats.osteometric import check_any_measured, read_specimens
from homeward.osteology.specimens import Side, Specimens
from homeward.web.accounts.models import User
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.bundle.importing import ImportResult
from homeward.web.identity.identifiers import Identifier, compared
from homeward.web.journal.access import visible
from homeward.web.journal.codes import opaque_code
from homeward.web.journal.keeping import require
from homeward.web.laboratory.chosen_profiles import MANY
from homeward.web.laboratory.observations import Measurement
from homeward.web.remains.specimens import Specimen

SIDES = {"left": Side.LEFT, "right": Side.RIGHT, "middle": Side.AXIAL, "unknown": Side.UNKNOWN}


def import_measurements(
    path: Path,
    *,
    measured_by: str,
    known_on: date,
    by: User,
    dry_run: bool = False,
    progress: Progress = no_progress,
) -> ImportResult:
    """Bring in the measurements of a file; its ids are codes, designators or current numbers of specimens.

    The same person's measurement of the same thing is amended where the file says otherwise, and entered once.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    InputError
        The file cannot be read, an id is no specimen or several, or a measurement is none of its bone; all are listed.
    """
    require(by, Measurement.keep_permission)
    measured = read_specimens(path)
    check_any_measured(measured)
    bones = measured.specimens
    log = ProblemLog()
    specimen_of = _specimens(bones, by, path.name, log)
    known = _known(by, measured_by, set(specimen_of.values()))
    rows: list[SourceRow] = []
    for place, column in np.argwhere(bones.taken).tolist():
        specimen, measure = specimen_of.get(place), bones.codes[column]
        if specimen is None:
            continue
        code, day = known.get((specimen, measure), (opaque_code(), known_on))
        values = {"code": code, "known_on": day.isoformat(), "specimen": specimen, "measure": measure}
        values |= {"value": f"{bones.measurements_mm[place, column]:.2f}", "measured_by": measured_by}
        rows.append(SourceRow(f"{path.name}, {bones.ids[place]}, {measure}", values))
    log.raise_if_any()
    why = f"From {path.name}."
    return import_rows({"measurement": rows}, by=by, why=why, title=path.name, dry_run=dry_run, progress=progress)


def _specimens(bones: Specimens, user: User, file: str, log: ProblemLog) -> dict[int, str]:
    """The code of the specimen that each bone of a file is."""
    wanted = sorted(set(bones.ids))
    numbers = {compared(name): name for name in wanted}
    found: dict[str, dict[str, Specimen]] = {}
    for start in range(0, len(wanted), MANY):
        some = wanted[start : start + MANY]
        rows = visible(user, Specimen).filter(withdrawn="")
        for row in rows.filter(pk__in=some):
            found.setdefault(row.code, {})[row.code] = row
        for row in rows.filter(designator__in=some):
            found.setdefault(row.designator, {})[row.code] = row
        shown = visible(user, Identifier).filter(
            compared__in=[compared(one) for one in some], about__startswith="specimen:", status="current", withdrawn=""
        )
        for number, about in shown.values_list("compared", "about"):
            for row in rows.filter(pk=about.partition(":")[2]):
                found.setdefault(numbers[number], {})[row.code] = row
    chosen: dict[int, str] = {}
    for place, name in enumerate(bones.ids):
        fits = [row.code for row in found.get(name, {}).values() if _is_bone(row, bones, place)]
        if len(fits) == 1:
            chosen[place] = fits[0]
        else:
            where = f"{file}, {name}"
            what = (
                f"There {'is no' if not fits else 'are several'} {bones.sides[place]} {bones.elements[place]} {name}."
            )
            log.add(what, where=where, fix="Write the code of the specimen as its id, or enter the specimen first.")
    return chosen


def _is_bone(row: Specimen, bones: Specimens, place: int) -> bool:
    """Whether a specimen can be a bone of a file; a side that is not told fits any."""
    sides = {SIDES[row.side], bones.sides[place]}
    return row.element == bones.elements[place] and (len(sides) == 1 or Side.UNKNOWN in sides)


def _known(user: User, measured_by: str, specimens: Collection[str]) -> dict[tuple[str, str], tuple[str, date]]:
    """Code and day of what this person measured of some specimens before."""
    found: dict[tuple[str, str], tuple[str, date]] = {}
    ordered = sorted(specimens)
    for start in range(0, len(ordered), MANY):
        rows = visible(user, Measurement).filter(
            specimen__in=ordered[start : start + MANY], measured_by=measured_by, withdrawn=""
        )
        columns = rows.values_list("specimen_id", "measure", "pk", "known_on")
        found |= {(specimen, measure): (code, day) for specimen, measure, code, day in columns}
    return found


def specimens_from_record(user: User, *, accession: str = "") -> Specimens:
    """Return measured specimens as the sorting of bones needs them; of several measurements of a thing the mean.

    Parameters
    ----------
    accession : str
        Code; all if empty.
    """
    rows = visible(user, Measurement).filter(withdrawn="", specimen__withdrawn="").order_by("specimen_id", "measure")
    if accession:
        rows = rows.filter(specimen__accession=accession)
    bones: dict[str, tuple[str, str, str]] = {}
    values: dict[tuple[str, str], list[float]] = {}
    columns = ("specimen_id", "specimen__element", "specimen__side", "specimen__accession_id", "measure", "value")
    for code, element, side, group, measure, value in rows.values_list(*columns):
        bones[code] = (element, side, group)
        values.setdefault((code, measure), []).append(float(value))
    ids, codes = sorted(bones), sorted({measure for _, measure in values})
    row_of, column_of = ({name: place for place, name in enumerate(names)} for names in (ids, codes))
    mm = np.full((len(ids), len(codes)), np.nan)
    for (code, measure), found in values.items():
        mm[row_of[code], column_of[measure]] = sum(found) / len(found)
    return Specimens(
        ids=tuple(ids),
        elements=tuple(bones[code][0] for code in ids),
        sides=tuple(SIDES[bones[code][1]] for code in ids),
        codes=tuple(codes),
        measurements_mm=mm,
        groups=tuple(bones[code][2] for code in ids),
    )
