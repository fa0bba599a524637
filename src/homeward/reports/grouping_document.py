"""Groups of specimens as JSON; ``docs/json-results.md`` describes every key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.osteology.grouping.evidence import Evidence
from homeward.osteology.grouping.individuals import Grouping, Part, Place
from homeward.osteology.inventory import Inventory, references
from homeward.reports.documents import Document, json_number
from homeward.reports.inventory_document import bones_document, specimen_documents


def grouping_document(
    grouping: Grouping, inputs: Iterable[InputFile], notes: Iterable[str], prior_log10_odds: float
) -> Document:
    """Return groups, what they rest on and what else is possible as one JSON object."""
    inventory = grouping.inventory
    names = references(inventory)
    group_of = grouping.group_of()
    inside: list[list[Evidence]] = [[] for _ in grouping.groups]
    for one in grouping.evidence:
        if group_of[one.a] == group_of[one.b]:
            inside[group_of[one.a]].append(one)
    return {
        "homeward": __version__,
        "case": bones_document(inventory, inputs, notes),
        "prior_log10_odds": prior_log10_odds,
        "log10_lr": grouping.log10_lr,
        "upper_bound": grouping.upper_bound,
        "exact": grouping.is_exact,
        "mni": grouping.minimum.value,
        "groups": [
            {
                "group": k + 1,
                "specimens": specimen_documents(inventory, group),
                "evidence": [_evidence(names, one) for one in inside[k]],
            }
            for k, group in enumerate(grouping.groups)
        ],
        "places": [_place(inventory, names, one) for one in grouping.places if one is not None],
        "parts": [_part(names, one) for one in grouping.parts],
        "not_followed": [_evidence(names, one) for one in grouping.not_followed],
    }


def _evidence(names: Sequence[str], one: Evidence) -> Document:
    return {
        "a": names[one.a],
        "b": names[one.b],
        "kind": one.kind,
        "log10_lr": json_number(one.log10_lr),
        "reason": one.reason,
        "where": one.where,
    }


def _place(inventory: Inventory, names: Sequence[str], place: Place) -> Document:
    return {
        "specimen": names[place.specimen],
        "element": inventory.elements[place.specimen],
        "side": inventory.sides[place.specimen].value,
        "next_with": _ids(names, place.with_specimens),
        "moving": _ids(names, place.moving),
        "displaced": _ids(names, place.displaced),
        "loss": place.loss,
        "uncertain": place.is_uncertain,
    }


def _part(names: Sequence[str], part: Part) -> Document:
    return {
        "specimens": _ids(names, part.specimens),
        "method": part.method.value,
        "log10_lr": part.log10_lr,
        "upper_bound": part.upper_bound,
        "exact": part.is_exact,
        "alternatives": [
            {"groups": [_ids(names, group) for group in one.groups], "loss": one.loss} for one in part.alternatives
        ],
    }


def _ids(names: Sequence[str], rows: Sequence[int]) -> list[str]:
    return [names[i] for i in rows]
