"""Releases of remains that would tell of an identification before it is announced."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr

from homeward.web.casework.identifications import IdentificationChange
from homeward.web.casework.individuals import Association
from homeward.web.remains.custody import TransferItem, TransferKind
from homeward.web.remains.specimens import Sample


@cache
def unannounced_releases() -> QuerySet[Any, Any]:
    """Return the keys of the releases that list a bone, or a sample of one, of somebody identified and not announced.

    A release lists its bones one by one, those packed inside a box too. The query goes from the few releases to their
    bones, as it stands inside most others. It is made once, and asked anew each time.
    """
    bones = _identified(Association, "specimen", "specimen_id", "individual")
    samples = _identified(Sample, "sample", "pk", "specimen__associations__individual")
    of_somebody = Q(Exists(bones), about__startswith="specimen:") | Q(Exists(samples), about__startswith="sample:")
    items = TransferItem.objects.filter(of_somebody, transfer__kind=TransferKind.RELEASE)
    return items.order_by().values("transfer")


def _identified(model: Any, noun: str, column: str, individual: str) -> QuerySet[Any, Any]:
    """The rows of the thing that an item lists which are of an identification that is signed and not announced."""
    path = f"{individual}__identifications"
    announced = IdentificationChange.objects.filter(identification=OuterRef(path), kind="announced", withdrawn="")
    code = Substr(OuterRef("about"), len(f"{noun}:") + 1)
    rows: QuerySet[Any, Any] = model.objects.filter(~Exists(announced), **{column: code, f"{path}__signed_by__gt": ""})
    return rows.order_by()
