"""Releases of remains that would tell of an identification before it is announced."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from homeward.web.casework.identifications import IdentificationChange
from homeward.web.casework.individuals import Association
from homeward.web.remains.custody import TransferItem, TransferKind
from homeward.web.remains.specimens import Sample


@cache
def unannounced_releases() -> QuerySet[Any, Any]:
    """Return the keys of the releases that list a bone, or a sample of one, of somebody identified and not announced.

    A release lists its bones one by one, those packed inside a box too. Joins rather than queries inside queries: this
    one stands deep inside others, and SQLite reads only so many levels. It is made once, and asked anew each time.
    """
    listed = Q(about__in=_references(Association, "specimen", "specimen_id", "individual"))
    listed |= Q(about__in=_references(Sample, "sample", "pk", "specimen__associations__individual"))
    items = TransferItem.objects.filter(listed, transfer__kind=TransferKind.RELEASE)
    return items.order_by().values("transfer")


def _references(model: Any, noun: str, column: str, individual: str) -> QuerySet[Any, Any]:
    """The references of things that are of an individual with an identification that is signed and not announced."""
    path = f"{individual}__identifications"
    announced = IdentificationChange.objects.filter(identification=OuterRef(path), kind="announced", withdrawn="")
    rows = model.objects.filter(~Exists(announced), **{f"{path}__signed_by__gt": ""}).order_by()
    references: QuerySet[Any, Any] = rows.values_list(Concat(Value(f"{noun}:"), column, output_field=CharField()))
    return references
