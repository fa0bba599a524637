"""Database columns for partial dates, for references to any row, and for codes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from homeward.core.dates import FORMS, NotADate, PartialDate, parse_date

if TYPE_CHECKING:
    AnyField = models.Field[Any, Any]
    AnyDate = models.DateField[Any, Any]
    AnyText = models.CharField[Any, Any]
else:  # only type checkers give Django's columns type parameters
    AnyField, AnyDate, AnyText = models.Field, models.DateField, models.CharField

MAX_CODE = 100
MAX_DATE = 80

check_code = RegexValidator(
    r"\A[a-z0-9]+(?:[-.][a-z0-9]+)*\Z",
    "A code is made of lower-case letters, digits, hyphens and points, such as panmunjom-2018-07-12.",
)


def read_date(text: str) -> PartialDate:
    """Return the date that a text stands for.

    Raises
    ------
    ValidationError
        It stands for none; says what is wrong and how to mend it.
    """
    if len(text.strip()) > MAX_DATE:
        raise ValidationError(f"A date is written in at most {MAX_DATE} characters.")
    try:
        return parse_date(text)
    except NotADate as error:
        raise ValidationError(str(error)) from error


class PartialDateField(AnyField):
    """A partial date, kept as the text that was given; ``None`` where no date is known.

    A model that searches or orders by the date has two more columns, made with `Bound`.
    """

    description = "A date with the precision of its source"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", MAX_DATE)
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        """Stored as text."""
        return "CharField"

    def from_db_value(self, value: str | None, expression: object, connection: object) -> PartialDate | None:
        """Read what was checked when it was written."""
        return parse_date(value) if value else None

    def to_python(self, value: Any) -> PartialDate | None:
        """Read what was typed."""
        return value if isinstance(value, PartialDate) else read_date(str(value)) if value not in (None, "") else None

    def get_prep_value(self, value: Any) -> str | None:
        """Write the text as given."""
        found = self.to_python(value)
        return None if found is None else found.text

    def value_to_string(self, obj: models.Model) -> str:
        """Write for a file."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """A line of text, with the forms that are understood."""
        help_text = str(self.help_text) or "When it was."
        return super().formfield(
            **{
                "form_class": forms.CharField,
                "empty_value": None,
                "help_text": f"{help_text} Written as {FORMS}.",
                **kwargs,
            }
        )


class Bound(AnyDate):
    """The earliest or the latest day of a partial date in the same row; kept up with it."""

    def __init__(self, of: str = "", end: str = "", **kwargs: Any) -> None:
        self.of, self.end = of, end
        super().__init__(**{"null": True, "editable": False, **kwargs})

    def deconstruct(self) -> Any:
        """For migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "of": self.of, "end": self.end}

    def pre_save(self, model_instance: models.Model, add: bool) -> date | None:
        """Work the bound out of the date."""
        bound = self.of_row(model_instance)
        setattr(model_instance, self.attname, bound)
        return bound

    def of_row(self, row: models.Model) -> date | None:
        """Return the bound of the date in a row."""
        date_field = row._meta.get_field(self.of)
        assert isinstance(date_field, PartialDateField)  # noqa: S101
        whole = date_field.to_python(getattr(row, self.of))
        return None if whole is None else getattr(whole, self.end)


def earliest(of: str) -> Bound:
    """Return the column of the earliest day of a date."""
    return Bound(of=of, end="earliest")


def latest(of: str) -> Bound:
    """Return the column of the latest day of a date."""
    return Bound(of=of, end="latest")


def check_reference(value: str) -> None:
    """Check the form of a reference to a row, ``noun:code``; whether there is such a row is checked when it is kept.

    Raises
    ------
    ValidationError
        It has another form, or there is no such noun.
    """
    from homeward.web.journal.recorded import nouns

    noun, _, code = value.partition(":")
    if noun not in nouns() or not code:
        raise ValidationError(f"{value!r} does not name a row: write noun:code, such as meeting:panmunjom-2018-07-12.")


class ReferenceField(AnyText):
    """A reference to a row of any noun, as ``noun:code``."""

    default_validators = [check_reference]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": MAX_CODE + 40, **kwargs})


def code_field(**options: Any) -> models.CharField[str, str]:
    """Return the column of a row's own code."""
    return models.CharField(
        primary_key=True,
        max_length=MAX_CODE,
        validators=[check_code],
        help_text="Short name that never changes; other rows and the addresses of pages use it.",
        **options,
    )


def text_line(
    help_text: str = "", *, required: bool = True, longest: int = 300, **options: Any
) -> models.CharField[str, str]:
    """Return a column for one line of text."""
    return models.CharField(max_length=longest, blank=not required, help_text=help_text, **options)


def text_block(help_text: str = "", *, required: bool = True, **options: Any) -> models.TextField[str, str]:
    """Return a column for text of any length."""
    return models.TextField(blank=not required, help_text=help_text, **options)


def link(to: str, help_text: str = "", *, required: bool = True, related: str = "+") -> models.ForeignKey[Any, Any]:
    """Return a column that points to a row that can never be deleted."""
    return models.ForeignKey(
        to, on_delete=models.PROTECT, null=not required, blank=not required, help_text=help_text, related_name=related
    )
