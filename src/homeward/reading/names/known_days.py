"""Days that the Korean War record knows, by which a text that leaves out the year can be dated."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from homeward.core.dates import parse_date
from homeward.reading.names.lexicon import RECORD

TABLES = (
    ("meetingchange.csv", "meeting", "meeting.csv"),
    ("handoverchange.csv", "handover", "handover.csv"),
    ("operationchange.csv", "operation", "operation.csv"),
)
_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "in",
        "to",
        "at",
        "for",
        "on",
        "by",
        "a",
        "an",
        "first",
        "its",
        "with",
        "from",
        "united",
        "states",
        "remains",
        "return",
        "korea",
        "korean",
        "north",
        "south",
        "under",
        "point",
        "meeting",
        "talks",
        "set",
        "sets",
    ]
)


@dataclass(frozen=True, slots=True)
class KnownDay:
    """A day on which something happened: its name in the record, and the words that tell that a text means it."""

    day: date
    name: str
    words: frozenset[str]
    places: frozenset[str]


@lru_cache(maxsize=1)
def known_days() -> dict[tuple[int, int], tuple[KnownDay, ...]]:
    """Return the days that are known, by month and day."""
    found: dict[tuple[int, int], list[KnownDay]] = {}
    for one in dict.fromkeys(_days()):
        found.setdefault((one.day.month, one.day.day), []).append(one)
    return {key: tuple(days) for key, days in found.items()}


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files(RECORD).joinpath(name).read_text("utf-8"))))


def _days() -> Iterator[KnownDay]:
    places = {row["code"]: row["name"] for row in _rows("place.csv")}
    for changes, noun, things in TABLES:
        rows = {row["code"]: row for row in _rows(things)}
        for change in _rows(changes):
            thing = rows[change[noun]]
            words = f"{thing['name']} {change.get('level', '')}"
            for column in ("happened", "scheduled"):
                yield from _day(change.get(column, ""), thing["name"], words, places.get(thing.get("place", ""), ""))
    for name in ("event.csv", "agreement.csv"):
        for row in _rows(name):
            words = f"{row['name']} {row['kind'].replace('-', ' ')}"
            yield from _day(row["happened"], row["name"], words, places.get(row["place"], ""))
    for row in _rows("statement.csv"):
        if row["place"]:
            yield from _day(row["said"], row["claim"], row["claim"], places[row["place"]])


def _day(text: str, name: str, words: str, place: str) -> Iterator[KnownDay]:
    """One known day, if the record has a day and not an interval."""
    if not text or not text[0].isdigit():
        return
    when = parse_date(text)
    if when.is_day:
        where = frozenset(re.findall(r"[a-z]{6,}", place.lower())) - _COMMON
        telling = frozenset(re.findall(r"[a-z]{4,}", words.lower())) - _COMMON
        yield KnownDay(when.earliest, name, telling | where, where)
