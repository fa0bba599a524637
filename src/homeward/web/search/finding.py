"""Finding the rows in which all that was asked for stands: those that somebody may see, as they were known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Value
from django.db.models.functions import Substr
from django.urls import reverse

from homeward.web.journal.access import hidden_from
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, nouns
from homeward.web.search.indexing import STRETCH
from homeward.web.search.marking import Piece, has_marks, marked
from homeward.web.search.models import Indexed
from homeward.web.search.questions import Question
from homeward.web.search.sections import SECTIONS, Section
from homeward.web.search.structures import TABLE, WORDS
from homeward.web.search.wording import BETWEEN_NAMES
from homeward.web.sources.documents import Document

MOST_IN_OVERVIEW = 200
MOST_IN_SECTION = 1_000
"""How many places where the words stand are looked at, those entered last first: it bounds what a question costs."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row in which all that was asked for stands.

    place: where in the index it stands, of which there may be others for the same row; is_elsewhere: what stands there
    is not said by the row itself, but of it.
    """

    noun: str
    code: str
    title: str
    date_words: str
    dated: str
    place: int
    is_elsewhere: bool
    rank: int

    @property
    def kind(self) -> str:
        """What sort of row it is, in words."""
        return str(nouns()[self.noun]._meta.verbose_name)

    @property
    def address(self) -> str:
        """Where its page is."""
        return reverse("record:row", args=[self.noun, self.code])


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one section: the best first.

    has_more: whether the words stand in more places than were looked at.
    """

    section: Section
    rows: Sequence[Found]
    has_more: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A row as it is listed: its title and the text around what was asked for, in pieces."""

    row: Found
    title: Sequence[Piece]
    text: Sequence[Piece]


def find(reader: Reader, question: Question, *, section: str = "") -> list[Findings]:
    """Return what was found in one section, or in each; nothing for whoever may not read the record."""
    if not question.terms or not reader.user.has_perm(VIEW):
        return []
    sections = [one for one in SECTIONS if section in ("", one.name)]
    most = MOST_IN_SECTION if section else MOST_IN_OVERVIEW
    places: dict[str, list[tuple[Any, ...]]] = {one.name: [] for one in sections}
    for name, *place in _places(reader, question, sections, most):
        places[name].append(tuple(place))
    return [
        Findings(one, _best_first(places[one.name], question), has_more=len(places[one.name]) >= most)
        for one in sections
        if places[one.name]
    ]


def show(rows: Sequence[Found], question: Question) -> list[Shown]:
    """Return rows as they are listed, with the texts in which they were found; one query for all."""
    original = Substr("document__original__text", F("starts_at") + 1, Value(STRETCH))
    entries = Indexed.objects.filter(pk__in=[row.place for row in rows]).annotate(original=original)
    texts = {
        pk: (text, original or "" if noun == Document.noun() else "")
        for pk, noun, text, original in entries.values_list("pk", "noun", "text", "original")
    }
    shown = []
    for row in rows:
        text = _best_text(texts.get(row.place, ()), question)
        is_worth_reading = has_marks(text) or not row.is_elsewhere
        shown.append(Shown(row, marked(row.title, question), text if is_worth_reading else []))
    return shown


def _best_text(texts: Sequence[str], question: Question) -> list[Piece]:
    """The first of some texts that has what was asked for; else the first that says anything."""
    pieces = [marked(text, question) for text in texts if text]
    return next((one for one in pieces if has_marks(one)), pieces[0] if pieces else [])


def _best_first(places: Sequence[tuple[Any, ...]], question: Question) -> list[Found]:
    """The rows of some places, each once: those with such a name first, then the latest by date."""
    best: dict[tuple[str, str], Found] = {}
    for noun, code, title, date_words, dated, own_names, place_noun, names, place in places:
        rank = max(_rank(own_names, question), _rank(names, question))
        found = Found(noun, code, title, date_words, str(dated), place, place_noun != noun, rank)
        before = best.get((noun, code))
        if before is None or (before.rank, not before.is_elsewhere) < (rank, not found.is_elsewhere):
            best[noun, code] = found
    return sorted(best.values(), key=lambda found: (found.rank, found.dated, found.code), reverse=True)


def _rank(names: str, question: Question) -> int:
    """How well names fit: 2 if one of them is what was asked for, 1 if all that was asked for is in them."""
    if question.words in names.split(BETWEEN_NAMES):
        return 2
    return int(question.is_in(names))


def _places(reader: Reader, question: Question, sections: Sequence[Section], most: int) -> list[tuple[Any, ...]]:
    """The places in the index where a question's words stand, each with the row on whose page that is read."""
    query = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    asked = query(question, sections, most, _readable(reader, "place"), _readable(reader, "own"))
    with connection.cursor() as cursor:
        cursor.execute(asked.sql, asked.parameters)
        return list(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class _Sql:
    """A piece of SQL, with its parameters."""

    sql: str
    parameters: Sequence[Any]


_COLUMNS = (
    "place.section, own.noun, own.code, own.title, own.date_words, own.dated, own.names, "
    "place.noun, place.names, place.id"
)
_OWN_OF_PLACE = "own.noun = place.shown_noun AND own.code = place.shown_code AND own.stretch = 0"


def _on_sqlite(question: Question, sections: Sequence[Section], most: int, place: _Sql, own: _Sql) -> _Sql:
    """The query on SQLite: in the order of the full-text table itself, which stops at the last place that is wanted."""
    statement = (
        f"SELECT {_COLUMNS} FROM {WORDS} JOIN {TABLE} place ON place.id = {WORDS}.rowid "  # noqa: S608 - our own names
        f"JOIN {TABLE} own ON {_OWN_OF_PLACE} AND {own.sql} "
        f"WHERE {WORDS} MATCH %s AND {place.sql} ORDER BY {WORDS}.rowid DESC LIMIT {most}"
    )
    parameters: list[Any] = []
    for section in sections:
        match = f"section : {section.name} AND words : ({question.for_sqlite()})"
        parameters += [*own.parameters, match, *place.parameters]
    return _Sql(" UNION ALL ".join(f"SELECT * FROM ({statement})" for _ in sections), parameters)  # noqa: S608


def _on_postgresql(question: Question, sections: Sequence[Section], most: int, place: _Sql, own: _Sql) -> _Sql:
    """The query on PostgreSQL: the index of words is read once for all sections.

    PostgreSQL misjudges in how many places a phrase stands. OFFSET 0 has it look up the rows of the places one by one,
    the last first, until there are enough: left free, it reads the whole table for them.
    """
    found = (
        "SELECT place.id, place.section, place.noun, place.names, place.shown_noun, place.shown_code "  # noqa: S608
        f"FROM {TABLE} place WHERE place.word_places @@ %s::tsquery AND {place.sql}"
    )
    statement = (
        f"SELECT {_COLUMNS} FROM (SELECT * FROM found WHERE section = %s ORDER BY id DESC) AS place "  # noqa: S608
        f"JOIN LATERAL (SELECT * FROM {TABLE} own WHERE {_OWN_OF_PLACE} AND {own.sql} OFFSET 0) AS own ON TRUE "
        f"ORDER BY place.id DESC LIMIT {most}"
    )
    parameters = [question.for_postgresql(), *place.parameters]
    for section in sections:
        parameters += [section.name, *own.parameters]
    together = " UNION ALL ".join(f"({statement})" for _ in sections)
    return _Sql(f"WITH found AS MATERIALIZED ({found}) {together}", parameters)


def _readable(reader: Reader, table: str) -> _Sql:
    """The condition that somebody may see what stands in the index, and that it was known and had begun."""
    known, on = reader.as_of.known, reader.as_of.on
    conditions, parameters = [f"{table}.known_until IS NULL"], []
    if known is not None:
        conditions = [f"{table}.known_from <= %s AND ({table}.known_until IS NULL OR {table}.known_until > %s)"]
        parameters = [known, known]
    if on is not None:
        conditions.append(f"({table}.began IS NULL OR {table}.began <= %s)")
        parameters.append(on)
    if (hidden := hidden_from(reader.user, Document)) is not None:
        documents = Document.objects.filter(hidden).values("pk").order_by()
        sql, hidden_parameters = documents.query.get_compiler(connection=connection).as_sql()
        conditions.append(f"({table}.document_id IS NULL OR {table}.document_id NOT IN ({sql}))")
        parameters += hidden_parameters
    return _Sql(" AND ".join(conditions), parameters)
