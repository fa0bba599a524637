"""Every number that the record holds or ever held, as it is compared: kept up with the journal, made again from it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from homeward.web.identity.identifiers import compared
from homeward.web.journal.fields import MAX_CODE
from homeward.web.journal.models import Entry

LONGEST = 160
NUMBERED: Mapping[str, tuple[str, ...]] = {
    "identifier": ("value",),
    "transfercase": ("number",),
    "accession": ("number",),
    "specimen": ("provenance_1", "provenance_2", "designator"),
    "effect": ("designator",),
    "sample": ("number",),
    "individual": ("number",),
    "donor": ("number",),
    "find": ("bag",),
}
"""The columns that make the number of a row of a noun, taken together."""
WITHIN = {"specimen": "accession", "effect": "accession", "sample": "specimen"}
"""The column of what a number is given within."""


class NumberKey(models.Model):
    """A number, and the row that says it. It stays when the number is changed: old numbers must still be found.

    noun, code: the row that says it: an identifier, or the thing itself.
    within: the code of the row that the thing is a part of, where numbers are given within something.
    """

    compared = models.CharField(max_length=LONGEST)
    written = models.CharField(max_length=LONGEST * 2)
    noun = models.CharField(max_length=40)
    code = models.CharField(max_length=MAX_CODE)
    within = models.CharField(max_length=MAX_CODE, blank=True)

    class Meta:
        """Found by number, and by number within something; a row has a number once."""

        default_permissions = ()
        indexes = [models.Index(fields=["within", "compared"], name="numberkey_within")]
        constraints = [models.UniqueConstraint(fields=["compared", "noun", "code"], name="numberkey_once")]

    def __str__(self) -> str:
        return self.written


def index_numbers(lines: Sequence[Entry]) -> None:
    """Keep the numbers of rows that were just written, in their transaction."""
    keys = [key for line in lines if line.noun in NUMBERED and line.version is not None and (key := _key(line))]
    if keys:
        NumberKey.objects.bulk_create(keys, batch_size=500, ignore_conflicts=True)


def _key(line: Entry) -> NumberKey | None:
    """The number of a row as a line left it."""
    content: dict[str, Any] = json.loads(line.after)
    parts = _written(content.get(name) for name in NUMBERED[line.noun])
    number = compared("".join(parts))
    if not number:
        return None
    return NumberKey(
        compared=number[:LONGEST],
        written=" · ".join(parts)[: LONGEST * 2],
        noun=line.noun,
        code=line.code,
        within=content.get(WITHIN.get(line.noun, ""), "") or "",
    )


def _written(values: Iterable[Any]) -> list[str]:
    """The parts of a number that are written."""
    return [str(value) for value in values if value]
