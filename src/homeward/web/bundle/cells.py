"""How a value stands in a cell of a bundle's table, and what a cell says."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from homeward.core.dates import FORMS
from homeward.web.journal.fields import PartialDateField
from homeward.web.journal.recorded import plain

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a text for a formula."""
SHORT = 60
"""Cells up to this length come again and again, so what they say is worth remembering."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_TRUTH = {"true": True, "false": False}


class CellError(Exception):
    """What a cell says is not possible: what is wrong, and how to mend it."""

    def __init__(self, what: str, fix: str) -> None:
        self.what, self.fix = what, fix
        super().__init__(f"{what} {fix}")


def shielded(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula: an apostrophe before what would begin one."""
    begins_formula = text[:1] in FORMULA_STARTS or (text[:1] == "'" and text[1:2] in (*FORMULA_STARTS, "'"))
    return f"'{text}" if begins_formula else text


def unshielded(cell: str) -> str:
    """Return the text of a cell that `shielded` made; any other cell is its own text."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in (*FORMULA_STARTS, "'") else cell


def is_text(field: models.Field[Any, Any]) -> bool:
    """Whether a column holds text, which may look like a formula, and not numbers, days or truths."""
    return not isinstance(field, models.DecimalField | models.IntegerField | models.DateField | models.BooleanField)


def write_cell(field: models.Field[Any, Any], value: Any) -> str:
    """Return a value as a cell; nothing is an empty cell."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return shielded(str(value)) if is_text(field) else str(value)


def cell_reader(field: models.Field[Any, Any]) -> Callable[[str], Any]:
    """Return what reads the cells of a column that is no link: it returns the value, or raises CellError."""

    def read(cell: str) -> Any:
        if control := _CONTROL.search(cell):
            raise CellError(
                f"There is a control character (U+{ord(control[0]):04X}) in this cell.", "Remove it; it cannot be seen."
            )
        text = unshielded(cell).replace("\r\n", "\n") if is_text(field) else cell.strip()
        try:
            return field.clean(_typed(field, text), None)
        except ValidationError as error:
            raise _cell_error(field, text, error) from error

    remembered = lru_cache(maxsize=4_096)(read)
    return lambda cell: remembered(cell) if len(cell) <= SHORT else read(cell)


def _typed(field: models.Field[Any, Any], text: str) -> Any:
    """A text as Django reads it into a column of this type; only the plain forms of numbers and truths are taken."""
    if not text and not field.blank and field.has_default():
        usual = field.get_default()
        return str(usual) if isinstance(usual, str) else usual
    if not text and (field.null or not field.empty_strings_allowed):
        return None
    if isinstance(field, models.BooleanField):
        return _TRUTH.get(text, text)
    if isinstance(field, models.DecimalField | models.IntegerField):
        if not _NUMBER.fullmatch(text):
            raise ValidationError(f"{text!r} is not a number.")
        return Decimal(text) + 0 if isinstance(field, models.DecimalField) else text  # 0 and -0 are one number
    return text


def _cell_error(field: models.Field[Any, Any], text: str, error: ValidationError) -> CellError:
    """What Django says of a cell, in words that say what to write instead."""
    fix = _fix(field)
    if not text:
        return CellError("This cell is empty.", f"Fill it in. {fix}".strip())
    if field.choices:
        return CellError(f"{text!r} is not one of the words that can stand here.", fix)
    return CellError(" ".join(error.messages), fix or "Correct the cell.")


def _fix(field: models.Field[Any, Any]) -> str:
    """What to write into a column."""
    if field.choices:
        return f"Write one of: {', '.join(str(word) or '(empty)' for word, _ in field.flatchoices)}."
    if isinstance(field, PartialDateField):
        return f"Write it as {FORMS}."
    if isinstance(field, models.DateField):
        return "Write a day of the calendar, such as 2018-07-12."
    if isinstance(field, models.BooleanField):
        return "Write true or false."
    if isinstance(field, models.IntegerField):
        return "Write a whole number without separators, such as 7697."
    if isinstance(field, models.DecimalField):
        return "Write a number with a decimal point and without separators, such as 7697 or -157.95."
    return ""
