"""Asking for texts by how they begin."""

from __future__ import annotations

from django.db import connection
from django.db.models import Q


def begins_with(column: str, text: str) -> Q:
    """Return the condition that a column begins with a text, in the form that each database answers by its index."""
    if connection.vendor == "postgresql":
        return Q(**{f"{column}__startswith": text})
    return Q(**{f"{column}__gte": text, f"{column}__lt": text + "\U0010ffff"})
