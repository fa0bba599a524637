"""An inventory and its numbers as JSON; ``docs/json-results.md`` describes every key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.osteology.counting import Division, InventoryCount, PlaceCount
from homeward.osteology.inventory import Inventory, references
from homeward.osteology.minimum_numbers import MinimumCount, MinimumNumber
from homeward.osteology.number_posterior import LEVEL, NumberPosterior
from homeward.osteology.pair_numbers import NumbersTogether, PairNumbers
from homeward.reports.documents import Document, json_number

MOST_PROBABILITIES = 1000
"""Numbers of people whose probability is listed one by one."""


def inventory_document(count: InventoryCount, inputs: Iterable[InputFile], notes: Iterable[str]) -> Document:
    """Return all numbers of an inventory as one JSON object."""
    inventory = count.inventory
    return {
        "homeward": __version__,
        "case": bones_document(inventory, inputs, [*notes, *count.notes]),
        "elements": [
            {
                "element": one.element,
                "left": one.left,
                "right": one.right,
                "axial": one.axial,
                "unknown": one.unknown,
                "total": one.total,
                "zones": dict(one.zones),
            }
            for one in count.elements
        ],
        "mni": minimum_document(inventory, count.minimum),
        "pairs": count.pairs and together_document(inventory, count.pairs),
        "divisions": [_division(one) for one in count.divisions],
    }


def bones_document(inventory: Inventory, inputs: Iterable[InputFile], notes: Iterable[str]) -> Document:
    """Return what was read."""
    return {
        "specimens": len(inventory),
        "inputs": [{"name": one.name, "sha256": one.sha256, "bytes": one.n_bytes} for one in inputs],
        "notes": list(dict.fromkeys(notes)),
    }


def specimen_documents(inventory: Inventory, rows: Sequence[int]) -> list[Document]:
    """Return specimens by what tells them apart."""
    return [{"id": inventory.ids[i], "element": inventory.elements[i], "side": inventory.sides[i].value} for i in rows]


def minimum_document(inventory: Inventory, minimum: MinimumNumber) -> Document:
    """Return the MNI with every count behind it."""
    return {
        "value": minimum.value,
        "everybody": minimum.everybody,
        "by_age": minimum.by_age,
        "rests_on": [_minimum_count(inventory, one) for one in minimum.rests_on],
        "counts": [_minimum_count(inventory, one) for one in minimum.counts],
    }


def _minimum_count(inventory: Inventory, one: MinimumCount) -> Document:
    return {
        "element": one.element,
        "zone": one.zone,
        "age_class": one.age_class and one.age_class.value,
        "sides": [side.value for side in one.sides],
        "minimum": one.minimum,
        "specimens": specimen_documents(inventory, one.specimens),
    }


def together_document(inventory: Inventory, pairs: NumbersTogether) -> Document:
    """Return the numbers from pairs."""
    return {
        "grand_minimum": pairs.grand_minimum,
        "prior": pairs.prior.value,
        "posterior": _posterior(pairs.posterior),
        "elements": [_element(inventory, one) for one in pairs.elements],
    }


def _element(inventory: Inventory, one: PairNumbers) -> Document:
    ids = references(inventory)
    return {
        "element": one.element,
        "zone": one.zone,
        "left": one.count.left,
        "right": one.count.right,
        "pairs": one.count.pairs,
        "grand_minimum": one.grand_minimum,
        "lincoln_index": json_number(one.lincoln_index),
        "mlni": one.mlni,
        "interval": list(one.interval),
        "recovery": one.recovery,
        "recovery_se": json_number(one.recovery_se),
        "posterior": _posterior(one.posterior),
        "lefts": [ids[i] for i in one.lefts],
        "rights": [ids[i] for i in one.rights],
        "paired": [[ids[a], ids[b]] for a, b in one.pairs],
    }


def _posterior(posterior: NumberPosterior | None) -> Document | None:
    if posterior is None:
        return None
    low, high = posterior.highest_set()
    listed = posterior.probabilities[:MOST_PROBABILITIES]
    return {
        "mode": posterior.mode,
        "level": LEVEL,
        "low": low,
        "high": high,
        "first": posterior.first,
        "probabilities": listed.tolist(),
        "beyond": max(0.0, 1.0 - float(listed.sum())),
    }


def _division(division: Division) -> Document:
    return {
        "column": division.column,
        "if_commingled": division.if_commingled,
        "if_apart": division.if_apart,
        "places": [_place(one) for one in division.places],
    }


def _place(place: PlaceCount) -> Document:
    return {
        "place": place.place,
        "specimens": place.specimens,
        "mni": place.minimum.value,
        "grand_minimum": place.pairs and place.pairs.grand_minimum,
        "posterior": place.pairs and _posterior(place.pairs.posterior),
        "elements": [
            {
                "element": one.element,
                "zone": one.zone,
                "left": one.count.left,
                "right": one.count.right,
                "pairs": one.count.pairs,
                "mlni": one.mlni,
            }
            for one in (place.pairs.elements if place.pairs else ())
        ],
    }
