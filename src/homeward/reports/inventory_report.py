"""The report of an inventory: what is there, how many people, and what each number rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.identification.numbers import counted, format_count, format_posterior
from homeward.osteology.catalogue import find_element
from homeward.osteology.counting import Division, InventoryCount
from homeward.osteology.inventory import WHOLE, Inventory
from homeward.osteology.minimum_numbers import MinimumCount
from homeward.osteology.number_posterior import LEVEL, NumberPosterior
from homeward.osteology.pair_numbers import NumbersTogether, PairNumbers
from homeward.osteology.specimens import Side
from homeward.reports.number_chart import draw_number_posterior
from homeward.reports.page import environment, html_page
from homeward.reports.skeleton import draw_skeleton_counts

DASH = "\N{EN DASH}"
MOST_COUNTS = 60
"""Counts of zones that are listed; the JSON has all."""


def inventory_page(count: InventoryCount, title: str, inputs: Iterable[InputFile], notes: Iterable[str]) -> str:
    """Return one self-contained HTML file with every number of an inventory and what it rests on."""
    fragment = (
        environment()
        .get_template("inventory.html.j2")
        .render(
            title=title,
            version=__version__,
            sentences=summary_sentences(count),
            notes=list(dict.fromkeys([*notes, *count.notes])),
            skeleton=skeleton_of(count.inventory.elements, count.inventory.sides),
            elements=count.elements,
            minimum=count.minimum,
            rests_on=[_minimum_row(count.inventory, one) for one in count.minimum.rests_on],
            counts=[_minimum_row(count.inventory, one) for one in count.minimum.counts[:MOST_COUNTS]],
            n_more=max(0, len(count.minimum.counts) - MOST_COUNTS),
            pairs=count.pairs,
            pair_rows=[pair_row(one) for one in (count.pairs.elements if count.pairs else ())],
            drawings=number_drawings(count.pairs),
            divisions=[_division_rows(one) for one in count.divisions],
            level=f"{LEVEL:.0%}",
            inputs=list(inputs),
        )
    )
    return html_page(title, fragment, kind="Inventory of bones")


def skeleton_of(elements: Iterable[str], sides: Iterable[Side]) -> str:
    """Draw how many specimens there are of each bone that the catalogue knows; "" if it knows none of them."""
    counts = Counter(
        (element.name, side)
        for name, side in zip(elements, sides, strict=True)
        if (element := find_element(name)) is not None
    )
    return draw_skeleton_counts(counts, title="Specimens by element and side") if counts else ""


def summary_sentences(count: InventoryCount) -> list[str]:
    """Say the main numbers in sentences, the most certain first."""
    people = counted(count.minimum.value, "person", "people")
    sentences = [f"{counted(len(count.inventory), 'specimen')}: at least {people}."]
    if count.pairs is not None:
        grand = format_count(count.pairs.grand_minimum)
        sentences.append(f"If every true pair was recognised and none made falsely, at least {grand}.")
        sentences.append(f"Number of people, all elements together: {posterior_words(count.pairs.posterior)}.")
    return sentences


def posterior_words(posterior: NumberPosterior | None) -> str:
    """Say a distribution in words."""
    if posterior is None:
        return "not bounded from above, as there are no pairs"
    low, high = posterior.highest_set()
    return f"most probably {format_count(posterior.mode)}, {LEVEL:.0%} from {format_count(low)} to {format_count(high)}"


@dataclass(frozen=True, slots=True)
class PairRow:
    """The numbers of one element from its pairs, as text."""

    element: str
    zone: str
    left: str
    right: str
    pairs: str
    grand_minimum: str
    lincoln_index: str
    mlni: str
    interval: str
    mode: str
    highest_set: str
    recovery: str


def pair_row(one: PairNumbers) -> PairRow:
    """Return the numbers of one element as text."""
    low, high = one.interval
    error = "" if one.recovery_se is None else f" ± {one.recovery_se:.4f}"
    ends = None if one.posterior is None else one.posterior.highest_set()
    return PairRow(
        element=one.element,
        zone=zone_words(one.zone),
        left=format_count(one.count.left),
        right=format_count(one.count.right),
        pairs=format_count(one.count.pairs),
        grand_minimum=format_count(one.grand_minimum),
        lincoln_index=DASH if one.lincoln_index is None else f"{one.lincoln_index:.2f}",
        mlni=format_count(one.mlni),
        interval=f"{format_count(low)} and more" if high is None else f"{format_count(low)}{DASH}{format_count(high)}",
        mode=DASH if one.posterior is None else format_count(one.posterior.mode),
        highest_set=DASH if ends is None else f"{format_count(ends[0])}{DASH}{format_count(ends[1])}",
        recovery=f"{one.recovery:.4f}{error}",
    )


def zone_words(zone: str) -> str:
    """Name a zone; specimens counted as whole bones have none."""
    return "counted by specimen" if zone == WHOLE else zone


@dataclass(frozen=True, slots=True)
class _MinimumRow:
    element: str
    zone: str
    age_class: str
    sides: str
    minimum: int
    specimens: str


def _minimum_row(inventory: Inventory, one: MinimumCount) -> _MinimumRow:
    return _MinimumRow(
        element=one.element,
        zone=zone_words(one.zone),
        age_class="everybody" if one.age_class is None else one.age_class.value,
        sides=", ".join(one.sides),
        minimum=one.minimum,
        specimens=", ".join(inventory.ids[i] for i in one.specimens),
    )


@dataclass(frozen=True, slots=True)
class NumberDrawing:
    """One distribution of the number of people, in words and drawn."""

    title: str
    words: str
    svg: str


def number_drawings(pairs: NumbersTogether | None) -> list[NumberDrawing]:
    """Draw the distribution from all elements, then that from each."""
    if pairs is None:
        return []
    named: Sequence[tuple[str, NumberPosterior | None]] = [
        ("All elements together", pairs.posterior),
        *((one.element, one.posterior) for one in pairs.elements),
    ]
    return [
        NumberDrawing(
            title=title,
            words=f"{posterior_words(posterior)}; more than the scale shows: "
            f"{format_posterior(float(posterior.beyond))}",
            svg=draw_number_posterior(posterior, title=f"Number of people: {title}"),
        )
        for title, posterior in named
        if posterior is not None
    ]


@dataclass(frozen=True, slots=True)
class _PlaceRow:
    place: str
    specimens: str
    mni: str
    grand_minimum: str
    number: str


@dataclass(frozen=True, slots=True)
class _DivisionRows:
    column: str
    if_commingled: int
    if_apart: int
    places: list[_PlaceRow]


def _division_rows(division: Division) -> _DivisionRows:
    return _DivisionRows(
        column=division.column,
        if_commingled=division.if_commingled,
        if_apart=division.if_apart,
        places=[
            _PlaceRow(
                place=one.place,
                specimens=format_count(one.specimens),
                mni=format_count(one.minimum.value),
                grand_minimum=DASH if one.pairs is None else format_count(one.pairs.grand_minimum),
                number=DASH if one.pairs is None else posterior_words(one.pairs.posterior),
            )
            for one in division.places
        ],
    )
