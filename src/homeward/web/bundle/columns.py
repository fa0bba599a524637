"""Which columns the table of each noun has in a bundle."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import models

from homeward.web.accounts.models import User
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.recorded import Recorded, content_fields, nouns
from homeward.web.sources.documents import Original

VERSION_KNOWN_ON = "version_known_on"
"""A column that an import understands beside the written ones: from when an amended row counts as known."""
ORIGINAL, USER = "original", "user"
"""What cells name that are no rows of the record."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a noun's table.

    points_to: the noun of the rows that its cells name, or `ORIGINAL` or `USER`; empty if they name none.
    required: whether a table must have it.
    """

    field: models.Field[Any, Any]
    points_to: str
    required: bool

    @property
    def name(self) -> str:
        """Its name in the first line of the table."""
        return self.field.name

    @property
    def attribute(self) -> str:
        """The attribute of a row that holds its value, or the code of the row that it names."""
        return self.field.attname


def file_name(noun: str) -> str:
    """Return the name of the table of a noun."""
    return f"{noun}.csv"


@cache
def columns(model: type[Recorded]) -> tuple[Column, ...]:
    """Return the columns of a noun, in the order of its table: all that a row says, without what follows from it."""
    return tuple(
        Column(field, _target(field), required=not field.blank and not field.has_default())
        for field in content_fields(model)
        if field.editable or field.name == "withdrawn"
    )


def named_rows(row: Recorded) -> list[tuple[str, str]]:
    """Return the rows of the record that a row names, by link or by reference, as (noun, code)."""
    found: list[tuple[str, str]] = []
    for column in columns(type(row)):
        named = getattr(row, column.attribute)
        if named and column.points_to in nouns():
            found.append((column.points_to, named))
        elif named and isinstance(column.field, ReferenceField):
            noun, _, code = named.partition(":")
            found.append((noun, code))
    return found


def _target(field: models.Field[Any, Any]) -> str:
    """What the cells of a column name."""
    if not isinstance(field, models.ForeignKey):
        return ""
    target = field.related_model
    if isinstance(target, type) and issubclass(target, Recorded):
        assert nouns()[target.noun()] is target  # noqa: S101 - each noun is one model
        return target.noun()
    known = {Original: ORIGINAL, User: USER}
    assert target in known, f"{field} points to what no bundle holds."  # noqa: S101
    return known[target]
