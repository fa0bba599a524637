"""Which column of somebody's table is what, and what holds for all of its rows: guessed, and then told by a person."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.formats.source_text import read_source

COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("service number", "serviceno", "svc no", "serial number", "number", "id", "case number", "refno", "no"),
    "name": ("name", "full name", "person", "missing person"),
    "family_name": ("family name", "last name", "surname", "lastname"),
    "given_name": ("given name", "first name", "forename", "given names", "firstname"),
    "other_names": ("other names", "aliases", "also known as", "alternate names", "original name", "name in hangul"),
    "sex": ("sex", "gender"),
    "born": ("born", "date of birth", "birth date", "dob", "birthdate", "year of birth"),
    "birthplace": ("birthplace", "place of birth", "home of record", "hometown"),
    "nationality": ("nationality", "citizenship"),
    "service": ("service", "branch", "branch of service", "force", "employer"),
    "rank": ("rank", "grade"),
    "unit": ("unit", "organization", "regiment"),
    "last_seen": ("last seen", "date of loss", "loss date", "incident date", "date missing", "date of casualty"),
    "place": ("place", "place of loss", "location", "loss place", "last seen place"),
    "incident": ("incident", "loss incident", "aircraft", "event"),
    "status": ("status", "current status", "category"),
    "status_date": ("status date", "date of status", "date accounted for", "as of"),
    "height_cm": ("height cm", "height", "stature cm"),
    "features": ("features", "distinguishing features", "description", "marks"),
    "note": ("note", "notes", "remarks", "comment"),
}
"""What a table can say of a missing person, and the headers by which it is guessed."""
DATE_ORDERS = ("", "day-first", "month-first")


@dataclass(frozen=True, slots=True)
class RollMapping:
    """How a table is read.

    columns: header of the table by what it says, a key of `COLUMNS`. statuses: kind of status by the word of the table.
    calamity: code of the war or disaster. issuer: code of the party that gave the numbers. kind: what sort of number it
    is. known_on: the day from which this counts as known; today if empty. dates: how days written with strokes are
    meant. new_incidents: whether incidents that the record does not have are entered. made_up: whether it is invented.
    """

    columns: Mapping[str, str]
    statuses: Mapping[str, str] = field(default_factory=dict)
    calamity: str = ""
    issuer: str = ""
    kind: str = "service"
    known_on: str = ""
    dates: str = ""
    new_incidents: bool = False
    made_up: bool = False


def guessed(header: Sequence[str]) -> RollMapping:
    """Return the mapping that the headers of a table suggest; each column is taken once."""
    left = {_plain(name): name for name in reversed(header)}
    columns = {}
    for what, names in COLUMNS.items():
        found = next((name for name in (_plain(what), *names) if name in left), None)
        if found is not None:
            columns[what] = left.pop(found)
    return RollMapping(columns)


def told(path: Path, mapping: RollMapping, header: Sequence[str]) -> RollMapping:
    """Return a mapping as a TOML file changes it: what the file says counts, what it leaves out stays as guessed.

    Raises
    ------
    InputError
        The file cannot be read, or names what is not there; every problem is listed.
    """
    try:
        asked = tomllib.loads(read_source(path).text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(
            Problem(f"This is no TOML: {error}.", path.name, "See docs/roll.md for an example.")
        ) from error
    log = ProblemLog()
    columns = _columns(asked.pop("columns", {}), header, path.name, log)
    _check_settings(asked, path.name, log)
    log.raise_if_any()
    kept = {what: name for what, name in mapping.columns.items() if name not in columns.values()}
    whole = {what: name for what, name in {**kept, **columns}.items() if name}
    return replace(mapping, columns=whole, **asked)


def as_toml(mapping: RollMapping) -> str:
    """Return a mapping as the TOML file that `told` reads, to be corrected and given back."""
    settings = [one.name for one in fields(RollMapping) if one.name not in {"columns", "statuses"}]
    lines = [f"{name} = {json.dumps(getattr(mapping, name), ensure_ascii=False)}" for name in settings]
    for table in ("columns", "statuses"):
        lines += ["", f"[{table}]"]
        lines += [
            f"{json.dumps(key, ensure_ascii=False)} = {json.dumps(value, ensure_ascii=False)}"
            for key, value in getattr(mapping, table).items()
        ]
    return "\n".join(lines) + "\n"


def _columns(asked: Any, header: Sequence[str], where: str, log: ProblemLog) -> dict[str, str]:
    """The columns that a file names; an empty name takes a guess away."""
    if not isinstance(asked, dict):
        log.add("'columns' is no table.", where=where, fix="Write [columns] on a line of its own.")
        return {}
    for what, name in asked.items():
        if what not in COLUMNS:
            log.add(f"Nobody is described by '{what}'.", where=where, fix=f"Use one of: {', '.join(COLUMNS)}.")
        elif not isinstance(name, str) or (name and name not in header):
            log.add(f"The table has no column {name!r}.", where=where, fix=f"It has: {', '.join(header)}.")
    return asked


def _check_settings(asked: Mapping[str, Any], where: str, log: ProblemLog) -> None:
    """Note settings that there are not, or that are of another sort."""
    defaults = RollMapping({})
    names = [one.name for one in fields(RollMapping) if one.name != "columns"]
    for name, value in asked.items():
        if name not in names:
            log.add(f"There is no setting '{name}'.", where=where, fix=f"Use: {', '.join(names)}.")
        elif not isinstance(value, type(getattr(defaults, name))):
            log.add(f"The setting '{name}' cannot be {value!r}.", where=where, fix="See docs/roll.md for an example.")
    if asked.get("dates", "") not in DATE_ORDERS:
        log.add("Dates are day-first or month-first.", where=where, fix='Write dates = "day-first", or leave it out.')


def _plain(header: str) -> str:
    """A header as it is compared."""
    return re.sub(r"[\W_]+", " ", header).strip().casefold()
