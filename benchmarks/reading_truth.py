"""The annotated pages: what a careful person finds in each, read from `reading_corpus/` and laid onto its text.

The notation is explained in `reading_corpus/README.md`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "reading_corpus"
CORPUS_DATE = "2026-11-26"
DEVELOPMENT, HELD_OUT = "development", "held_out"
MENTIONED = ("people", "parties", "places")
KINDS = ("dates", *MENTIONED, "quantities", "statements", "events")
POLARITIES = ("happened", "denied", "claimed", "planned", "said")
EVENT_KINDS = (
    "meeting-scheduled",
    "meeting-held",
    "meeting-missed",
    "meeting-moved",
    "level-raised",
    "meeting-cancelled",
    "contact",
    "request",
    "agreement",
    "delivery",
    "handover",
    "operation-begun",
    "operation-result",
    "operation-suspended",
    "identification",
    "figure-announced",
)
GAP = " ... "  # "first words ... last words" stands for a whole passage

Span = tuple[int, int]


class TruthError(ValueError):
    """A truth file that does not fit its page."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from earliest to latest; None is open. A vague one need not be met to the day."""

    earliest: dt.date | None
    latest: dt.date | None
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as it stands in the text."""

    words: str
    span: Span
    interval: Interval


@dataclass(frozen=True, slots=True)
class Named:
    """A person, party or place with every form in which the text mentions it."""

    name: str
    forms: tuple[str, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity as it stands in the text; None is an open end."""

    words: str
    span: Span
    low: float | None
    high: float | None
    unit: str
    qualifier: str


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: who said it, in which form, and the passage that holds what was said."""

    speaker: str
    form: str
    words: str
    span: Span
    via: tuple[str, ...] = ()
    hedge: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event and every passage that tells of it."""

    kind: str
    polarity: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    date: Interval | None
    roles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """An annotated page: its file, its article and what is in the article."""

    name: str
    path: Path
    title: str
    frame: tuple[str, ...]
    published: Interval
    basis: str
    text: str
    dates: tuple[Dated, ...]
    people: tuple[Named, ...]
    parties: tuple[Named, ...]
    places: tuple[Named, ...]
    quantities: tuple[Counted, ...]
    statements: tuple[Said, ...]
    events: tuple[Happening, ...]
    undecided: dict[str, tuple[Span, ...]] = field(default_factory=dict)


def day_bounds(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a year, a month or a day in ISO form."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if match is None:
        raise TruthError(f"not a date: {text!r}")
    year, month, day = (int(part) if part else 0 for part in match.groups())
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return dt.date(year, month or 1, day or 1), dt.date(year, last_month, last_day)


def interval_of(text: str) -> Interval:
    """Read ``2018-07``, ``1996/2005``, ``1990/..`` or, vague, ``~2018-06-21/2018-06-30``."""
    is_vague, text = text.startswith("~"), text.removeprefix("~")
    start, _, end = text.partition("/")
    earliest = None if start == ".." else day_bounds(start)[0]
    latest = None if end == ".." else day_bounds(end or start)[1]
    return Interval(earliest, latest, is_vague)


def amount_of(text: str) -> tuple[float | None, float | None, str, str]:
    """Read ``50..55 set of remains``, ``600.. person [at least]`` as low, high, unit and qualifier."""
    match = re.fullmatch(r"(_|[\d.]*?)(?:(\.\.)([\d.]*))?(?:\s+([^\[]+?))?(?:\s*\[(.+)\])?", text)
    if match is None:
        raise TruthError(f"not an amount: {text!r}")
    low, is_range, high, unit, qualifier = match.groups()
    high = high if is_range else low.strip("_")
    return float(low) if low.strip("_") else None, float(high) if high else None, unit or "", qualifier or ""


def places_of(words: str, text: str) -> list[Span]:
    """Return where words stand in a text, as whole words; with a gap, from the first to the next end."""
    if GAP in words:
        beginning, end = words.split(GAP)
        start = text.find(beginning)
        stop = text.find(end, start + len(beginning)) if start >= 0 else -1
        return [(start, stop + len(end))] if stop >= 0 else []
    pattern = rf"(?<!\w){re.escape(words)}(?!\w)"
    return [match.span() for match in re.finditer(pattern, text)]


def chosen(words: str, text: str) -> tuple[str, list[Span]]:
    """Return words without their number, and where they stand: all places, or the one after ``#``."""
    plain, mark, number = words.rpartition("#")
    if not (mark and number.isdigit()):
        plain, number = words, ""
    found = places_of(plain, text)
    if number:
        found = found[int(number) - 1 : int(number)]
    if not found:
        raise TruthError(f"not in the text: {words!r}")
    return plain, found


def one_place(words: str, text: str) -> tuple[str, Span]:
    """Return words and the one place where they stand."""
    plain, found = chosen(words, text)
    if len(found) > 1:
        raise TruthError(f"stands {len(found)} times, so it needs a number: {words!r}")
    return plain, found[0]


def is_inside(inner: Span, outer: Span) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def outermost(found: Sequence[tuple[Span, Any]]) -> list[tuple[Span, Any]]:
    """Drop what stands inside a longer one of the same list, put what remains in the order of the text."""
    spans = [span for span, _ in found]
    kept = [one for one in found if not any(is_inside(one[0], other) for other in spans)]
    if len({span for span, _ in kept}) < len(kept):
        twice = sorted(span for span, _ in kept)
        raise TruthError(f"annotated twice: {[a for a, b in itertools.pairwise(twice) if a == b]}")
    return sorted(kept, key=lambda one: one[0])


def entries(lines: Sequence[str], text: str) -> list[tuple[Span, tuple[str, str]]]:
    """Lay lines ``words = value`` onto a text; a line stands for each place where its words occur."""
    found = []
    for line in lines:
        words, sign, value = line.rpartition(" = ")
        if not sign:
            raise TruthError(f"no ' = ' in {line!r}")
        plain, spans = chosen(words, text)
        found += [(span, (plain, value)) for span in spans]
    return outermost(found)


def named(lines: Sequence[str], text: str) -> tuple[Named, ...]:
    """Lay lines ``Name = form | form`` onto a text; the forms together are the mentions."""
    found: list[tuple[Span, str]] = []
    forms: dict[str, tuple[str, ...]] = {}
    for line in lines:
        name, _, given = line.partition(" = ")
        parts = [part.strip() for part in (given or name).split("|")]
        forms[name] = tuple(re.sub(r"#\d+$", "", part) for part in parts)
        found += [(span, name) for part in parts for span in chosen(part, text)[1]]
    kept = outermost(found)
    if unnamed := forms.keys() - {who for _, who in kept}:
        raise TruthError(f"mentioned nowhere but in longer names: {sorted(unnamed)}")
    return tuple(Named(name, forms[name], tuple(span for span, who in kept if who == name)) for name in forms)


def said(given: dict[str, Any], text: str) -> Said:
    """Lay a statement onto a text."""
    words, span = one_place(given["words"], text)
    if given["form"] not in ("direct", "indirect", "mixed"):
        raise TruthError(f"unknown form {given['form']!r}")
    return Said(given["by"], given["form"], words, span, tuple(given.get("via", ())), given.get("hedge", ""))


def happening(given: dict[str, Any], text: str) -> Happening:
    """Lay an event onto a text."""
    kind, polarity = given["kind"], given.get("polarity", "happened")
    if kind not in EVENT_KINDS or polarity not in POLARITIES:
        raise TruthError(f"unknown kind or polarity: {kind!r}, {polarity!r}")
    given_words = given["words"]
    words = [given_words] if isinstance(given_words, str) else given_words
    laid = [one_place(one, text) for one in words]
    date = interval_of(given["date"]) if "date" in given else None
    roles = {key: str(value) for key, value in given.items() if key not in ("kind", "polarity", "words", "date")}
    return Happening(kind, polarity, tuple(w for w, _ in laid), tuple(s for _, s in laid), date, roles)


def read_page(truth: Path) -> Page:
    """Read one truth file and lay it onto its text; raise TruthError if the two do not fit."""
    given = tomllib.loads(truth.read_text(encoding="utf-8"))
    text = given["text"].strip()
    try:
        return Page(
            name=truth.stem,
            path=truth.with_suffix("." + given["format"]),
            title=given["title"],
            frame=(given["title"], *given.get("frame", ())),
            published=interval_of(given["published"]),
            basis=given["basis"],
            text=text,
            dates=tuple(Dated(w, span, interval_of(v)) for span, (w, v) in entries(given.get("dates", ()), text)),
            people=named(given.get("people", ()), text),
            parties=named(given.get("parties", ()), text),
            places=named(given.get("places", ()), text),
            quantities=tuple(
                Counted(w, span, *amount_of(v)) for span, (w, v) in entries(given.get("quantities", ()), text)
            ),
            statements=tuple(said(one, text) for one in given.get("statements", ())),
            events=tuple(happening(one, text) for one in given.get("events", ())),
            undecided={
                kind: tuple(span for words in lines for span in chosen(words, text)[1])
                for kind, lines in given.get("undecided", {}).items()
            },
        )
    except TruthError as error:
        raise TruthError(f"{truth.name}: {error}") from error


def read_pages(part: str, corpus: Path = CORPUS) -> Iterator[Page]:
    """Read the annotated pages of a part of the corpus, in the order of their names."""
    for truth in sorted((corpus / part).glob("*.toml")):
        yield read_page(truth)
