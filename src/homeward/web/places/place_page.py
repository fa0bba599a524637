"""What the page of a place shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from homeward.web.engagement.timeline import latest_moments
from homeward.web.engagement.timeline_lines import Scope
from homeward.web.journal.reader import Reader
from homeward.web.places.belonging import parts_among
from homeward.web.places.homonyms import homonyms
from homeward.web.places.models import Place, PlaceName
from homeward.web.places.neighbourhood import neighbourhood


def place(row: Place, reader: Reader) -> Mapping[str, Any]:
    """Return the names of a place, where it lies, what it must not be mistaken for, and what happened there."""
    names = reader.known(reader.rows(PlaceName).filter(place=row).order_by("script", "code"))
    part_of = dict(reader.rows(Place).values_list("code", "part_of"))
    beside = reader.known(
        reader.rows(Place).filter(Q(part_of=row) | Q(now=row) | Q(pk__in=[row.part_of_id or "", row.now_id or ""]))
    )
    located = reader.known(reader.rows(Place).filter(latitude__isnull=False)) if row.latitude is not None else []
    return {
        "names": names,
        "whole": next((one for one in beside if one.code == row.part_of_id), None),
        "now": next((one for one in beside if one.code == row.now_id), None),
        "once": [one for one in beside if one.now_id == row.code],
        "parts": [one for one in beside if one.part_of_id == row.code],
        "homonyms": homonyms(row, names, reader),
        "neighbourhood": neighbourhood(row, located),
        "timeline": latest_moments(reader, Scope(places=parts_among({row.code}, part_of))),
    }
