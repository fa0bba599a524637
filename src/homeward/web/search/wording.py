"""What a row says in words: its names, its text, its date, as searching and its results need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from django.db import models

from homeward.core.dates import PartialDate
from homeward.web.journal.fields import Bound, PartialDateField, ReferenceField
from homeward.web.journal.recorded import Recorded, content_fields, plain
from homeward.web.places.names import WrittenName
from homeward.web.search.folding import joined_words_of, searched_words, words_of

UNSAID = frozenset({"withdrawn", "known_on", "original", "reach", "holding", "grade", "language", "script", "order"})
"""Columns by which nobody looks for a row."""
NOT_READ = frozenset({"address", "by_line", "country", "locator", "published_basis", "publisher"})
"""Columns of text by which a row is found, but which say nothing where it is listed."""
NAMES = frozenset({"name", "short_name", "headline", "question"})
BETWEEN_NAMES = " · "
"""Stands between names, so that no phrase goes from one to the next; nobody can ask for it."""
DATES = ("happened", "said", "counted", "published", "held", "existed", "used")
PUBLISHED = "published"
"""The one date that is no date of an event: a document tells of what was before it."""


@dataclass(frozen=True, slots=True)
class Worded:
    """What a row says.

    title, text: to be read by people; the text is what it says beside its title.
    names: its folded names and its code, parted by `BETWEEN_NAMES`.
    words: by which it is found beside its text: of names, title, choices, numbers, dates and codes of linked rows.
    """

    title: str
    text: str
    names: str
    words: tuple[str, ...]


def worded(row: Recorded, *, is_part: bool) -> Worded:
    """Return what a row says; one that is read on the page of another has its title in the text."""
    title = row.title
    names = [name for column in _name_columns(type(row)) if (name := getattr(row, column))]
    folded_names = BETWEEN_NAMES.join(" ".join(words_of(name)) for name in [row.code, *names])
    said = [(field, said_there) for field in _other_columns(type(row)) if (said_there := _in_words(row, field))]
    words = folded_names.split(" ")
    words += [word for name in names for word in joined_words_of(name)]
    words += [word for field, one in said for word in _words_of_short(one, is_code=_is_link(field))]
    if title not in names:
        words += searched_words(title)
    if isinstance(row, WrittenName):
        words += _side_by_side(words_of(row.text))
    texts = [text for field in _text_columns(type(row)) if (text := getattr(row, field.attname)) not in ("", title)]
    return Worded(title, "\n".join([title, *texts] if is_part else texts), folded_names, tuple(words))


def date_of(row: Recorded) -> PartialDate | None:
    """Return the date under which a row is listed."""
    found = (getattr(row, name, None) for name in DATES)
    return next((moment for moment in found if isinstance(moment, PartialDate)), None)


def beginning_of(row: Recorded) -> date | None:
    """Return the day before which what a row tells of had not begun; ``None`` if it always had."""
    bounds = (field for field in row._meta.concrete_fields if isinstance(field, Bound) and field.end == "earliest")
    days = [day for bound in bounds if bound.of != PUBLISHED and (day := getattr(row, bound.attname)) is not None]
    return max(days, default=None)


@cache
def _name_columns(model: type[Recorded]) -> tuple[str, ...]:
    """The columns that hold names."""
    if issubclass(model, WrittenName):
        return ("text",)
    return tuple(field.name for field in content_fields(model) if field.name in NAMES)


@cache
def _text_columns(model: type[Recorded]) -> tuple[models.Field[Any, Any], ...]:
    """The columns that hold text of its author or of this record."""
    return tuple(
        field
        for field in content_fields(model)
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, ReferenceField)
        and not field.choices
        and field.name not in UNSAID | NAMES | NOT_READ | {"code"}
    )


@cache
def _other_columns(model: type[Recorded]) -> tuple[models.Field[Any, Any], ...]:
    """The columns that hold neither: choices, dates, numbers, links."""
    passed = {field.name for field in _text_columns(model)} | NAMES | UNSAID | {"code", "passage_start", "passage_end"}
    return tuple(field for field in content_fields(model) if field.name not in passed)


@cache
def _labels(field: models.Field[Any, Any]) -> dict[Any, str]:
    """The choices of a column in words."""
    return {value: str(label) for value, label in field.flatchoices}


def _in_words(row: Recorded, field: models.Field[Any, Any]) -> str:
    """What a row says in one column."""
    value = getattr(row, field.attname)
    if value in (None, ""):
        return ""
    if field.choices:
        return _labels(field).get(value, str(value))
    if isinstance(field, PartialDateField):
        return f"{value.text} {value.words}"
    return str(plain(value))


def _is_link(field: models.Field[Any, Any]) -> bool:
    """Whether a column holds the code of another row."""
    return isinstance(field, models.ForeignKey | ReferenceField)


@lru_cache(maxsize=20_000)
def _words_of_short(text: str, *, is_code: bool) -> tuple[str, ...]:
    """The words of a choice, a date or a code, which come again and again; of a code no more than its parts."""
    return tuple(words_of(text) if is_code else searched_words(text))


def _side_by_side(words: list[str]) -> list[str]:
    """Each two words of a name as one: Kim Jong Un is also asked for as Kim Jongun."""
    return [f"{first}{second}" for first, second in pairwise(words)]
