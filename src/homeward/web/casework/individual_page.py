"""What the page of one individual shows: its bones from head to foot, what contradicts, profiles, and who it may be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from homeward.osteology.catalogue import elements
from homeward.web.casework.case_list import with_sides
from homeward.web.casework.case_page import members
from homeward.web.casework.deeds import DEEDS
from homeward.web.casework.grouped import groups_of
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association, Individual
from homeward.web.casework.rules import contradictions, doubts
from homeward.web.journal.reader import Reader
from homeward.web.laboratory.profiles import Profile

HERE = ("associate", "propose")
"""The deeds that the page of an individual offers."""


def individual(row: Individual, reader: Reader) -> Mapping[str, Any]:
    """Return all that the page of an individual shows."""
    bones = members(row, reader)
    now = reader.as_of.is_now
    group = groups_of([row.code])[row.code] if now else None
    profiles = reader.rows(Profile).filter(sample__specimen__in=[one.specimen_id for one in bones])
    shown = profiles.select_related("sample__specimen").order_by("sample__specimen", "system", "code")
    cases = reader.known(reader.rows(Identification).filter(individual=row).order_by("-known_on", "code"))
    may_take_out = now and reader.user.has_perm(DEEDS["dissociate"].permission)
    return {
        "regions": _by_region(bones),
        "n_bones": len(bones),
        "contradictions": contradictions(group) if group else [],
        "doubts": doubts(group) if group else [],
        "profiles": reader.known(shown),
        "cases": with_sides(cases, reader),
        "may_take_out": may_take_out,
        "deeds": [(name, DEEDS[name]) for name in HERE if now and reader.user.has_perm(DEEDS[name].permission)],
    }


def _by_region(bones: Iterable[Association]) -> list[tuple[str, list[Association]]]:
    """Bones by region of the skeleton, in the order of the catalogue, from head to foot."""
    order = {name: number for number, name in enumerate(elements())}
    found: dict[str, list[Association]] = {}
    for one in sorted(bones, key=lambda one: (order[one.specimen.element], one.specimen.side, one.specimen_id)):
        found.setdefault(elements()[one.specimen.element].region, []).append(one)
    return list(found.items())
