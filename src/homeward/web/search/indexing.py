"""Keeping the index up with the record: each line of the journal changes it in the same transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from homeward.core.progress import Progress, no_progress
from homeward.web.journal.chain import queue
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, from_snapshot, nouns
from homeward.web.search.folding import searched_words
from homeward.web.search.models import Indexed
from homeward.web.search.sections import SECTION_OF, shown_row
from homeward.web.search.structures import TABLE, are_whole, empty
from homeward.web.search.wording import beginning_of, date_of, worded
from homeward.web.sources.documents import Document, Original
from homeward.web.sources.figures import Figure
from homeward.web.sources.statements import Statement

STRETCH = 6_000
"""Characters of a document that are searched together. PostgreSQL remembers where a word stands 256 times at most."""
OVERLAP = 300
GROUP = 1_000
"""How many lines, or stretches, are in memory at once."""
SHORT_TEXT = 64_000
"""Originals of up to this many bytes are read together."""
CLAIMS: dict[str, type[Statement] | type[Figure]] = {"statement": Statement, "figure": Figure}
"""What a row can name that comes from a document, by the column that names it."""

Key = tuple[str, str]
Columns = dict[str, Any]


def index_lines(lines: Sequence[Entry]) -> None:
    """Bring the index up to lines of the journal that were just written, in their transaction."""
    for start in range(0, len(lines), GROUP):
        _Update(lines[start : start + GROUP]).write()


def rebuild(*, progress: Progress = no_progress) -> int:
    """Make the index anew from the journal; return how many lines were read. Nobody can write meanwhile."""
    with transaction.atomic():
        queue()
        empty()
        total = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
        for lines in _lines_in_groups():
            group, until = _Group(lines), {line.number: line.followed_on for line in lines}
            for line, row, shown, content in group.rows:
                if row.stands:
                    entries = group.entries(line, row, shown, content)
                    group.add({**entry, "known_until": until[line.number]} for entry in entries)
            group.insert()
            progress("Indexing the record", lines[-1].number, total)
    return total


def mend(**_: Any) -> None:
    """Make the index anew if it cannot be right: after a migration, or where a record came without one."""
    if TABLE not in connection.introspection.table_names():
        return
    lines = Entry.objects.filter(version__isnull=False)
    if not are_whole() or (lines.exists() and not Indexed.objects.exists()):
        rebuild()


class _Group:
    """Some lines, the rows as they left them, and what is to be inserted into the index."""

    def __init__(self, lines: Sequence[Entry]) -> None:
        self.rows = list(_searched(lines))
        self._documents = _documents_of_claims(content for *_, content in self.rows)
        self._texts = _texts(content for *_, content in self.rows)
        self._new: list[Columns] = []

    def add(self, entries: Iterable[Columns]) -> None:
        """Insert entries, many at a time."""
        for entry in entries:
            self._new.append(entry)
            if len(self._new) >= GROUP:
                self.insert()

    def insert(self) -> None:
        """Insert what is left, with one prepared statement."""
        if self._new:
            names = list(self._new[0])
            places = ", ".join(["%s"] * len(names))
            with connection.cursor() as cursor:
                statement = f"INSERT INTO {TABLE} ({', '.join(names)}) VALUES ({places})"  # noqa: S608 - our own names
                cursor.executemany(statement, [tuple(entry.values()) for entry in self._new])
            self._new.clear()

    def entries(self, line: Entry, row: Recorded, shown: Key, content: Mapping[str, Any]) -> Iterator[Columns]:
        """What is indexed of one version of a row: one entry, or several where it is long."""
        is_document = line.noun == Document.noun()
        said, moment = worded(row, is_part=line.noun not in SECTION_OF), date_of(row)
        words = [*said.words, *(searched_words(said.text[:STRETCH]) if is_document else ())]
        entry: Columns = {
            "noun": line.noun,
            "code": line.code,
            "shown_noun": shown[0],
            "shown_code": shown[1],
            "section": SECTION_OF[shown[0]],
            "document_id": self._document_of(line, content),
            "known_from": row.version_known_on,
            "known_until": None,
            "began": beginning_of(row),
            "dated": row.known_on if moment is None else moment.earliest,
            "date_words": "" if moment is None else moment.words,
            "title": said.title,
            "names": said.names,
        }
        for stretch, (starts_at, text) in enumerate(_parts(self._whole_text(content) if is_document else said.text)):
            yield {
                **entry,
                "stretch": stretch,
                "starts_at": starts_at,
                "text": said.text[:STRETCH] if is_document else text,
                "words": " ".join([*words, *searched_words(text)]),
            }

    def _document_of(self, line: Entry, content: Mapping[str, Any]) -> str | None:
        """The document that a row says something of."""
        if line.noun == Document.noun():
            return line.code
        claims = (self._documents.get((noun, content[noun])) for noun in CLAIMS if content.get(noun))
        found: str | None = content.get("document") or next(claims, None)
        return found

    def _whole_text(self, content: Mapping[str, Any]) -> str:
        """The text of the original that a document holds."""
        digest = content.get("original")
        if not digest:
            return ""
        found = self._texts.get(digest)
        return Original.objects.values_list("text", flat=True).get(pk=digest) if found is None else found


class _Update(_Group):
    """What some lines that were just written change in the index."""

    def __init__(self, lines: Sequence[Entry]) -> None:
        super().__init__(lines)
        self.before = _open_before(line for line, *_ in self.rows)
        self.last = {(line.noun, line.code): line.version for line, *_ in self.rows}
        self.waiting: dict[Key, list[Columns]] = {}
        self.gone: list[int] = []
        self.ended: dict[date, list[int]] = {}

    def write(self) -> None:
        """Work the lines off in their order, then write what came of them."""
        for line, row, shown, content in self.rows:
            key = (line.noun, line.code)
            self._end(key, row.version_known_on)
            if row.stands:
                entries = self.entries(line, row, shown, content)
                if self.last[key] == line.version:
                    self.add(entries)
                else:
                    self.waiting.setdefault(key, []).extend(entries)
        for known_until, keys in self.ended.items():
            Indexed.objects.filter(pk__in=keys).update(known_until=known_until)
        Indexed.objects.filter(pk__in=self.gone).delete()
        self.insert()

    def _end(self, key: Key, known_on: date) -> None:
        """Say until when the version before was the newest known; it never was if the new one is known as long."""
        for pk, known_from in self.before.pop(key, ()):
            if known_from < known_on:
                self.ended.setdefault(known_on, []).append(pk)
            else:
                self.gone.append(pk)
        for entry in self.waiting.pop(key, ()):
            if entry["known_from"] < known_on:
                self.add([{**entry, "known_until": known_on}])


def _searched(lines: Iterable[Entry]) -> Iterator[tuple[Entry, Recorded, Key, dict[str, Any]]]:
    """The lines of rows that are searched, with the row as each left it and the row on whose page it is read."""
    for line in lines:
        if line.version is None or line.noun not in nouns():
            continue
        content = json.loads(line.after)
        shown = shown_row(line.noun, content)
        if shown is not None:
            yield line, from_snapshot(nouns()[line.noun], content, version_known_on=line.known_on), shown, content


def _open_before(lines: Iterable[Entry]) -> dict[Key, list[tuple[int, date]]]:
    """What is indexed of the newest known version of rows before these lines: its keys, and from when it was known."""
    codes: dict[str, set[str]] = {}
    for line in lines:
        if line.version != 1:
            codes.setdefault(line.noun, set()).add(line.code)
    found: dict[Key, list[tuple[int, date]]] = {}
    for noun, wanted in codes.items():
        still_open = Indexed.objects.filter(noun=noun, code__in=wanted, known_until=None)
        for code, pk, known_from in still_open.values_list("code", "pk", "known_from"):
            found.setdefault((noun, code), []).append((pk, known_from))
    return found


def _documents_of_claims(contents: Iterable[Mapping[str, Any]]) -> dict[Key, str]:
    """The documents of the statements and figures that rows name."""
    named: dict[str, set[str]] = {}
    for content in contents:
        for noun in CLAIMS:
            if content.get(noun):
                named.setdefault(noun, set()).add(content[noun])
    return {
        (noun, code): document
        for noun, codes in named.items()
        for code, document in CLAIMS[noun].objects.filter(pk__in=codes).values_list("pk", "document")
    }


def _texts(contents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The texts of originals that documents hold, as far as they are short; longer ones are read one by one."""
    digests = {content["original"] for content in contents if content.get("original")}
    return dict(Original.objects.filter(pk__in=digests, size__lte=SHORT_TEXT).values_list("pk", "text"))


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """The stretches of a text, each beginning at a space before the last one ended; one if there is no text."""
    start = 0
    while True:
        yield start, text[start : start + STRETCH]
        if start + STRETCH >= len(text):
            return
        start += STRETCH - OVERLAP
        space = text.find(" ", start, start + OVERLAP // 2)
        start = max(start, space)


def _lines_in_groups() -> Iterator[list[Any]]:
    """The lines of all versions that ever were the newest known, in order, each with the day when it was no longer."""
    after = Entry.objects.filter(noun=OuterRef("noun"), code=OuterRef("code"), number__gt=OuterRef("number"))
    followed_on = Subquery(after.filter(version__isnull=False).order_by("number").values("known_on")[:1])
    lines = Entry.objects.filter(version__isnull=False).order_by("number").defer("before", "why")
    lines = lines.annotate(followed_on=followed_on).filter(known_on__lt=Coalesce("followed_on", Value(date.max)))
    number = 0
    while group := list(lines.filter(number__gt=number)[:GROUP]):
        number = group[-1].number
        yield group
