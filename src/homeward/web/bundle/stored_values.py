"""How a backup writes the values of columns as JSON, so that any database takes them back."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models

from homeward.core.dates import PartialDate


def encoder(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Return the function that writes the values of a column as JSON can hold them."""
    if isinstance(field, models.JSONField):
        return lambda value: value
    return _encode


def decoder(field: models.Field[Any, Any]) -> Callable[[Any], Any]:
    """Return the function that reads what `encoder` wrote, as the column has it in Python."""
    if isinstance(field, models.JSONField):
        return lambda value: value
    if isinstance(field, models.BinaryField):
        return lambda text: None if text is None else base64.b64decode(text, validate=True)
    if isinstance(field, models.ForeignKey):
        return decoder(field.target_field)
    return lambda value: None if value is None else field.to_python(value)


def _encode(value: Any) -> Any:
    """A value, or the text that its column reads as the same value."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    assert isinstance(value, Decimal | UUID | PartialDate), f"A backup does not know how to write {value!r}."  # noqa: S101
    return str(value)
