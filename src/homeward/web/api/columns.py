"""What the columns of the record are in JSON: the type of each, with its limits, for reading and for writing."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from django.db import models
from pydantic import AfterValidator, BeforeValidator, Field, StrictBool, WithJsonSchema
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from typing_extensions import TypeAliasType

from homeward.core.dates import FORMS, NotADate, parse_date
from homeward.web.journal.fields import MAX_CODE, MAX_DATE, PartialDateField, ReferenceField
from homeward.web.journal.recorded import Recorded

CODE_PATTERN = r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$"
REFERENCE_PATTERN = r"^[a-z]+:[a-z0-9]+(?:[-.][a-z0-9]+)*$"
DIGEST_PATTERN = r"^[0-9a-f]{64}$"

_POINT = "[0-9]{2}[0-9X]{2}[0-9XTZ:+-]*[?~%]?"
DATE_PATTERN = rf"^\[?(?:\.\.|{_POINT})(?:(?:/|\.\.)(?:\.\.|{_POINT})?)?\]?(?:\[[A-Za-z0-9_+/-]+\])?$"
"""What every partial date looks like; not all that looks so is one, as a month has only so many days."""

GREATEST_INTEGER = {"PositiveSmallIntegerField": 2**15 - 1, "PositiveIntegerField": 2**31 - 1}
"""The largest number that a column holds on every database."""


def _partial_date(text: str) -> str:
    """A date in the notation of the record."""
    try:
        if not re.fullmatch(DATE_PATTERN, text):
            raise NotADate(f"{text!r} is not a date.", f"Write it as {FORMS}.")
        return parse_date(text).text
    except NotADate as error:
        raise PydanticCustomError("not_a_date", "{what}", {"what": error.what, "fix": error.fix}) from error


def _whole(value: Any) -> Any:
    """A whole number, however it is written: 12.0 is 12, but neither "12" nor true is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _day(value: Any) -> date:
    """A calendar day; pydantic would also take a time of day, or seconds since 1970."""
    try:
        if not isinstance(value, str) or len(value) != len("2018-07-12"):
            raise ValueError
        return date.fromisoformat(value)
    except ValueError as error:
        problem = {"what": "This is not a calendar day.", "fix": "Write year, month and day, such as 2018-07-12."}
        raise PydanticCustomError("not_a_date", "{what}", problem) from error


def _last_day(value: Any) -> date:
    """The last day that a date can mean."""
    return parse_date(_partial_date(str(value))).latest


_DATE_SCHEMA = {
    "type": "string",
    "maxLength": MAX_DATE,
    "pattern": DATE_PATTERN,
    "description": f"A date with the precision of its source, written as {FORMS}.",
}
Code = TypeAliasType("Code", Annotated[str, Field(pattern=CODE_PATTERN, max_length=MAX_CODE)])
Reference = TypeAliasType("Reference", Annotated[str, Field(pattern=REFERENCE_PATTERN, max_length=MAX_CODE + 40)])
PartialDate = TypeAliasType(
    "PartialDate",
    Annotated[str, Field(max_length=MAX_DATE), AfterValidator(_partial_date), WithJsonSchema(_DATE_SCHEMA)],
)
Day = Annotated[date, BeforeValidator(_day)]
AskedDay = TypeAliasType("AskedDay", Annotated[date, BeforeValidator(_last_day), WithJsonSchema(_DATE_SCHEMA)])
"""A day that the record is asked about; of a month or a year, its last."""


def whole_number(least: int, most: int) -> Any:
    """Return the type of whole numbers between two, themselves included."""
    return Annotated[int, Field(strict=True, ge=least, le=most), BeforeValidator(_whole)]


def column_type(column: models.Field[Any, Any]) -> Any:
    """Return the type that a column has in JSON.

    A link is the code of its row, a partial date its text, a decimal number a text, so that nothing is rounded.
    """
    found = _type_of_choices(column) if column.choices else _type(column)
    return found | None if column.null else found


def described(column: models.Field[Any, Any], default: Any = ...) -> FieldInfo:
    """Return the description of a column, which must be given if it has no default."""
    sentences = [str(column.help_text)]
    if isinstance(column, models.ForeignKey) and issubclass(column.remote_field.model, Recorded):
        sentences.append(f"Code of a {column.remote_field.model._meta.verbose_name}.")
    if column.choices:
        sentences.append("; ".join(f"{value or 'empty'}: {label}" for value, label in column.flatchoices) + ".")
    text = " ".join(sentence for sentence in sentences if sentence) or f"The {column.verbose_name}."
    description: FieldInfo = Field(default, title=str(column.verbose_name), description=text)
    return description


def default_of(column: models.Field[Any, Any]) -> Any:
    """Return what a column holds in a new row that does not say; ``...`` if a new row must say."""
    if not column.has_default() and not column.null and not column.blank:
        return ...
    value = column.get_default()
    return value.value if isinstance(value, models.Choices) else value


def _type_of_choices(column: models.Field[Any, Any]) -> Any:
    """One of the values; the empty one where the column may be left out."""
    values = [str(value) for value, _ in column.flatchoices]
    if column.blank and "" not in values:
        values.append("")
    return Literal[tuple(values)]


def _type(column: models.Field[Any, Any]) -> Any:
    """The type of a column without choices, empty values aside."""
    if isinstance(column, PartialDateField):
        return PartialDate
    if isinstance(column, models.ForeignKey):
        return _type_of_link(column.remote_field.model)
    if isinstance(column, models.DateField):
        return Day
    if isinstance(column, models.BooleanField):
        return StrictBool
    if isinstance(column, models.DecimalField):
        whole = column.max_digits - column.decimal_places
        return Annotated[str, Field(pattern=rf"^-?[0-9]{{1,{whole}}}(?:\.[0-9]{{1,{column.decimal_places}}})?$")]
    if isinstance(column, models.PositiveIntegerField | models.PositiveSmallIntegerField):
        return whole_number(0, GREATEST_INTEGER[column.get_internal_type()])
    assert isinstance(column, models.CharField | models.TextField), f"{column} has no form in JSON yet."  # noqa: S101
    return _type_of_text(column)


def _type_of_link(to: type[models.Model]) -> Any:
    """The key of a row elsewhere: a code; the digest of an original; the name of a user."""
    if issubclass(to, Recorded):
        return Code
    return (
        Annotated[str, Field(pattern=DIGEST_PATTERN)]
        if to._meta.model_name == "original"
        else Annotated[str, Field(min_length=1, max_length=150)]
    )


def _type_of_text(column: models.Field[Any, Any]) -> Any:
    """A text; the empty one where the column may be left out."""
    if column.primary_key:
        return Code
    if isinstance(column, ReferenceField):
        return Reference | Literal[""] if column.blank else Reference
    return Annotated[str, Field(min_length=0 if column.blank else 1, max_length=column.max_length)]
