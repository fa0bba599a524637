"""The journal as people read it: what became of one row, and the lines of all, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet

from homeward.core.dates import NotADate, parse_date
from homeward.web.accounts.models import User
from homeward.web.journal.access import hidden_from, may_view, visible
from homeward.web.journal.fields import PartialDateField, ReferenceField
from homeward.web.journal.looks import looked_at
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, content_fields, nouns
from homeward.web.sources.documents import Document

PERMISSION = "journal.view_journal"
PAGE = 50
NEEDED = {"user": "accounts.view_user", "analysis": "casework.view_analysis"}
"""The permission that lines about other things than rows need beside that for the journal."""

Reading = User | AnonymousUser


@dataclass(frozen=True, slots=True)
class ColumnChange:
    """A column that a line changed: its label, and what it said before and after, in words; empty for nothing."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A line of the journal for somebody to read.

    entry: the line. Where it is withheld, nothing of it may be shown but its number and its moment.
    changes: the columns that it changed; for a new row those that are not empty.
    withheld: it tells of something that this user may not see.
    """

    entry: Entry
    changes: tuple[ColumnChange, ...] = ()
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """Which lines are asked for; what is empty does not matter.

    first_day, last_day: when they were written, both included, in UTC; ``date.max`` for no end.
    """

    noun: str = ""
    code: str = ""
    by: str = ""
    action: str = ""
    first_day: date | None = None
    last_day: date | None = None

    @property
    def is_about_something(self) -> bool:
        """Whether lines are asked for by anything but their day."""
        return any((self.noun, self.code, self.by, self.action))


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Some lines, newest first, and the number to ask for those before them with; None if there are none."""

    lines: tuple[HistoryLine, ...]
    before_number: int | None


def history_of(user: Reading, noun: str, code: str, limit: int = PAGE) -> list[HistoryLine]:
    """Return what became of a row, newest first.

    Raises
    ------
    PermissionDenied
        The user may not read the journal.
    """
    return list(journal_page(user, sought=Sought(noun=noun, code=code), size=limit).lines)


def journal_page(
    user: Reading, *, before_number: int | None = None, sought: Sought | None = None, size: int = PAGE
) -> JournalPage:
    """Return the newest lines before a number. However long the journal is, it takes the same time.

    Raises
    ------
    PermissionDenied
        The user may not read the journal.
    """
    if not user.has_perm(PERMISSION):
        raise PermissionDenied("This role may not read the journal.")
    sought = sought or Sought()
    entries = _narrowed(sought)
    if sought.is_about_something:
        entries = _without_hidden(user, entries, sought.noun)
    if before_number is not None:
        entries = entries.filter(number__lt=before_number)
    found = list(entries.order_by("-number")[: size + 1])
    shown = found[:size]
    return JournalPage(tuple(readable(user, shown)), shown[-1].number if len(found) > size else None)


def _narrowed(sought: Sought) -> QuerySet[Entry]:
    """The lines that are asked for; each condition has its index, in order of the number."""
    equal = {"noun": sought.noun, "code": sought.code, "by_name": sought.by, "action": sought.action}
    entries = Entry.objects.filter(**{name: value for name, value in equal.items() if value})
    if sought.first_day is not None:
        start = datetime.combine(sought.first_day, time(), UTC)
        first = Entry.objects.filter(at__gte=start).order_by("at", "number").values_list("number", flat=True).first()
        entries = entries.none() if first is None else entries.filter(number__gte=first)
    if sought.last_day not in (None, date.max):
        end = datetime.combine(sought.last_day + timedelta(days=1), time(), UTC)
        last = Entry.objects.filter(at__lt=end).order_by("-at", "-number").values_list("number", flat=True).first()
        entries = entries.none() if last is None else entries.filter(number__lte=last)
    return entries


def _without_hidden(user: Reading, entries: QuerySet[Entry], noun: str) -> QuerySet[Entry]:
    """Lines without those about rows that a user may not see.

    In the whole journal such lines are withheld, so that no number is missing. Where lines are asked for by what they
    are about, one that is withheld would tell that there is such a thing, and when it was done.
    """
    unseen: list[str] = []
    for name, model in nouns().items():
        hidden = hidden_from(user, model) if noun in ("", name) else None
        if hidden is None:
            continue
        if not may_view(user, model):
            unseen.append(name)
        else:
            entries = entries.exclude(noun=name, code__in=model.objects.filter(hidden).order_by().values("pk"))
    return entries.exclude(noun__in=unseen) if unseen else entries


def readable(user: Reading, entries: list[Entry]) -> list[HistoryLine]:
    """Return lines as a user may read them."""
    codes: dict[str, set[str]] = {}
    for entry in entries:
        codes.setdefault(entry.noun, set()).add(entry.code)
    seen = {noun: _visible_codes(user, noun, wanted) for noun, wanted in codes.items()}
    for noun, shown in seen.items():
        looked_at(noun, shown, user, "journal")
    said = {entry.number: _said(entry) for entry in entries if entry.code in seen[entry.noun]}
    titles = _titles(user, said.values())
    return [
        HistoryLine(entry, tuple(_change(*column, titles) for column in said[entry.number]) or _other_content(entry))
        if entry.number in said
        else HistoryLine(entry, withheld=True)
        for entry in entries
    ]


def _visible_codes(user: Reading, noun: str, codes: set[str]) -> set[str]:
    """Which of some rows a user may see, or may know that they were removed."""
    if noun in nouns():
        model = nouns()[noun]
        if user.has_perm(VIEW) and hidden_from(user, model) is None:
            return codes
        return set(visible(user, model).filter(pk__in=codes).values_list("pk", flat=True))
    if noun == "original":
        documents = visible(user, Document).filter(original__in=codes)
        return set(documents.values_list("original_id", flat=True))
    if noun in NEEDED and not user.has_perm(NEEDED[noun]):
        return codes & {user.get_username()} if noun == "user" else set()
    return codes


Said = tuple["models.Field[Any, Any]", Any, Any]
"""A column, and what it said before and after, as the journal holds it."""


def _said(entry: Entry) -> list[Said]:
    """The columns that a line changed."""
    before, after = _content(entry.before), _content(entry.after)
    model = nouns().get(entry.noun)
    if model is None:
        return []
    return [
        (field, before.get(field.name), after.get(field.name))
        for field in content_fields(model)
        if (field.name in before if entry.before else field.name != "code" and after.get(field.name) not in (None, ""))
    ]


def _other_content(entry: Entry) -> tuple[ColumnChange, ...]:
    """What a line about something else than a row says: an account, an original."""
    if entry.noun in nouns():
        return ()
    content = _content(entry.after)
    return tuple(ColumnChange(name, name.replace("_", " "), "", str(value)) for name, value in content.items() if value)


def _content(text: str) -> Mapping[str, Any]:
    """What a line holds; nothing if it was made unreadable."""
    try:
        content = json.loads(text or "{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _titles(user: Reading, said: Iterable[list[Said]]) -> dict[str, str]:
    """What the rows that columns point to are called, by reference: those that the user may see."""
    values = {(field, value) for columns in said for field, *both in columns for value in both if value}
    references = {reference for field, value in values if (reference := _reference(field, value))}
    return {reference: row.title for reference, row in Reader(user).by_reference(references).items()}


def _reference(field: models.Field[Any, Any], value: Any) -> str:
    """The reference that a column holds; empty if it holds something else."""
    if isinstance(field, ReferenceField):
        return str(value)
    target = field.related_model if isinstance(field, models.ForeignKey) else None
    noun = target._meta.model_name if isinstance(target, type) and issubclass(target, models.Model) else None
    return f"{noun}:{value}" if noun in nouns() else ""


def _change(field: models.Field[Any, Any], before: Any, after: Any, titles: Mapping[str, str]) -> ColumnChange:
    """A changed column in words."""
    return ColumnChange(
        field.name, str(field.verbose_name), _words(field, before, titles), _words(field, after, titles)
    )


def _words(field: models.Field[Any, Any], value: Any, titles: Mapping[str, str]) -> str:
    """A value of a column in words."""
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if reference := _reference(field, value):
        return titles.get(reference, str(value))
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, PartialDateField | models.DateField):
        try:
            return parse_date(str(value)).words
        except NotADate:
            return str(value)
    return str(value)
