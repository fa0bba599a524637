"""What every row of the record has: a code, the day it became known, versions; and how it is written down."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from homeward.core.dates import PartialDate
from homeward.web.journal.fields import Bound, code_field

if TYPE_CHECKING:
    from homeward.web.accounts.models import User

VIEW = "journal.view_record"
"""The permission to read the record, which every role has."""
BOOKKEEPING = frozenset({"version", "recorded_at"})
"""Columns that say when a row was kept and not what it says."""


Row = TypeVar("Row", bound="Recorded")


class Recorded(models.Model):
    """A row that says something about the world. It is entered, amended and withdrawn by actions, never deleted.

    known_on: the day from which this record counts the row as known: for history, when its source was published; for
        what happens now, the day it was entered. ``version_known_on`` is the same for the newest version.
    withdrawn: why the row no longer stands; empty while it does.
    """

    code = code_field()
    known_on = models.DateField(
        "known from", help_text="The day from which this counts as known: when its source came out, or today."
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    version_known_on = models.DateField(editable=False)
    recorded_at = models.DateTimeField(editable=False)
    withdrawn = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    keep_permission: ClassVar[str]
    """Who may enter and amend such rows."""
    view_permission: ClassVar[str] = VIEW
    """Who may see such rows, beside being allowed to read the record."""
    withdraw_permission: ClassVar[str] = ""
    """Who may withdraw them; empty: whoever may keep them."""
    fixed_fields: ClassVar[frozenset[str]] = frozenset()
    """What can never be amended, as other rows depend on it."""
    action_fields: ClassVar[frozenset[str]] = frozenset()
    """What only an action of its own may set, as it has rules of its own: a new row has the defaults."""
    needs_citation: ClassVar[bool] = False
    """Whether it must rest on a citation of its own."""
    by_action_only: ClassVar[bool] = False
    """Whether such rows are entered and withdrawn by actions of their own, and by no form that every noun has."""
    opaque_codes: ClassVar[bool] = False
    """Whether codes are drawn by lot, so that they tell nothing of what they stand for."""

    class Meta:
        """Checks that hold for every row, on both engines; and what lists are counted and paged by alone."""

        abstract = True
        default_permissions = ()
        ordering = ["code"]
        indexes = [models.Index(fields=["code", "withdrawn", "known_on"], name="%(class)s_listed")]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_known_in_order", condition=Q(version_known_on__gte=F("known_on")) & Q(version__gte=1)
            )
        ]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        """Where its page is."""
        return reverse("record:row", args=[self.noun(), self.code])

    @classmethod
    def noun(cls) -> str:
        """Return what such a row is called in references, files and addresses."""
        return str(cls._meta.model_name)

    @property
    def reference(self) -> str:
        """How other rows refer to this one."""
        return f"{self.noun()}:{self.code}"

    @property
    def stands(self) -> bool:
        """Whether it was not withdrawn."""
        return not self.withdrawn

    @classmethod
    def may_be_entered_by(cls, user: User | AnonymousUser) -> bool:
        """Return whether a user may enter such a row by the form that every noun has."""
        return not cls.by_action_only and user.has_perm(cls.keep_permission)

    @property
    def title(self) -> str:
        """What the row is called where it is listed."""
        return str(self)

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Return the condition of the rows that a user may not see though the noun is open; ``None``: there is none."""
        return None

    def problems_with(self, by: User) -> dict[str, str]:
        """Return what is wrong, by column, if this user says it: where it takes two people, they are two."""
        return {}

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[tuple[str, str, str]]:
        """Return what is wrong between rows that are right one by one, for the histories of these rows.

        Each is (code of the row, what is wrong, how to mend it). Asked after rows were written, before they are kept.
        """
        return _without_citation(cls, list(codes)) if cls.needs_citation else []

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """Return the rows whose history this row is a part of, as (model, code)."""
        return ()


def _without_citation(model: type[Recorded], codes: Sequence[str]) -> list[tuple[str, str, str]]:
    """Rows that stand and that no citation says where they come from."""
    standing = set(model.objects.filter(code__in=codes, withdrawn="").values_list("code", flat=True))
    citations = nouns()["citation"].objects.filter(
        about__in=[f"{model.noun()}:{code}" for code in standing], withdrawn=""
    )
    cited = {about.partition(":")[2] for about in citations.values_list("about", flat=True)}
    what = f"The {model._meta.verbose_name} {{}} rests on no source."
    return [
        (code, what.format(code), "Add a citation of the document that says so.") for code in sorted(standing - cited)
    ]


@cache
def nouns() -> dict[str, type[Recorded]]:
    """Return every kind of row of the record by its noun, each after those that it points to."""
    found = {model.noun(): model for model in apps.get_models() if issubclass(model, Recorded)}
    ordered: dict[str, type[Recorded]] = {}

    def add(model: type[Recorded]) -> None:
        for target in links(model).values():
            if target is not model and target.noun() not in ordered:
                add(target)
        ordered.setdefault(model.noun(), model)

    for model in found.values():
        add(model)
    return ordered


@cache
def links(model: type[Recorded]) -> dict[str, type[Recorded]]:
    """Return the columns that point to other rows of the record, by the name of the column in a file."""
    return {
        field.name: field.related_model
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(field.related_model, type)
        and issubclass(field.related_model, Recorded)
    }


@cache
def content_fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    """Return the columns that say something, in order: all but bookkeeping and what follows from other columns."""
    return tuple(
        field
        for field in model._meta.concrete_fields
        if not isinstance(field, Bound) and field.name not in BOOKKEEPING | {"version_known_on"}
    )


def plain(value: Any) -> Any:
    """Return a column's value as JSON and a journal line can hold it."""
    if value is None or type(value) in (str, int, bool):
        return value
    if isinstance(value, PartialDate):
        return value.text
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        text = format(value or Decimal(0), "f")  # there is no minus nought
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value


def snapshot(row: models.Model) -> dict[str, Any]:
    """Return all that a row says, by column; a link is the code of the row that it points to."""
    return {field.name: plain(getattr(row, field.attname)) for field in content_fields(type(row))}


def canonical(content: dict[str, Any]) -> str:
    """Return the one JSON text of a snapshot: same content, same text."""
    return _encode(content)


_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode


def from_snapshot(model: type[Row], content: dict[str, Any], **bookkeeping: Any) -> Row:
    """Return the row that a snapshot was taken of; it is not in the database in this form."""
    row = model(**bookkeeping)
    for field in content_fields(model):
        if field.name in content:
            setattr(row, field.attname, field.to_python(content[field.name]))
    for field in model._meta.concrete_fields:
        if isinstance(field, Bound):
            setattr(row, field.attname, field.of_row(row))
    return row
