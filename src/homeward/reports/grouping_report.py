"""The report of groups of specimens: who goes with whom, why, and what else is possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.identification.numbers import counted, format_log10
from homeward.osteology.grouping.evidence import Evidence
from homeward.osteology.grouping.individuals import EXACT_WITHIN, Grouping, Place
from homeward.reports.page import environment, html_page

MOST_LISTED = 200
"""Places and findings that are listed; the JSON has all."""


def grouping_page(
    grouping: Grouping, title: str, inputs: Iterable[InputFile], notes: Iterable[str], prior_log10_odds: float
) -> str:
    """Return one self-contained HTML file with every group, the findings behind it and the specimens in doubt."""
    rows = group_rows(grouping)
    places = place_rows(grouping)
    fragment = (
        environment()
        .get_template("grouping.html.j2")
        .render(
            title=title,
            version=__version__,
            sentences=summary_sentences(grouping),
            notes=list(dict.fromkeys(notes)),
            groups=[row for row in rows if len(row.specimens) > 1],
            single=[row.specimens[0] for row in rows if len(row.specimens) == 1],
            places=places[:MOST_LISTED],
            not_followed=[finding_row(grouping, one) for one in grouping.not_followed[:MOST_LISTED]],
            n_not_followed=len(grouping.not_followed),
            n_places=len(places),
            divided=_part_rows(grouping),
            prior=format_log10(prior_log10_odds),
            inputs=list(inputs),
        )
    )
    return html_page(title, fragment, kind="Groups of bones")


def summary_sentences(grouping: Grouping) -> list[str]:
    """Say what came out and how sure it is to be the best."""
    gap = grouping.upper_bound - grouping.log10_lr
    quality = (
        "No other division allowed has a larger sum"
        if gap <= EXACT_WITHIN
        else f"No division has a sum larger by more than {gap:.2f}"
    )
    n_uncertain = sum(place is not None and place.is_uncertain for place in grouping.places)
    return [
        f"{counted(len(grouping.inventory), 'specimen')} in {counted(grouping.n_individuals, 'group')} of two or more; "
        f"{grouping.n_single} by themselves.",
        f"At least {counted(grouping.minimum.value, 'person', 'people')} by the bones alone (MNI); groups and single "
        f"specimens together: {len(grouping.groups)}.",
        f"Sum of log10 LR within groups {format_log10(grouping.log10_lr)}. {quality}.",
        f"{counted(n_uncertain, 'specimen').capitalize()} could nearly as well be elsewhere.",
    ]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding as text."""

    a: str
    b: str
    kind: str
    log10_lr: str
    reason: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group as text: specimens, findings within it, those that join its specimens only through others."""

    number: int
    specimens: list[str]
    findings: list[FindingRow]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """The next best place of a specimen as text."""

    specimen: str
    group: int
    elsewhere: str
    loss: str
    is_uncertain: bool


def finding_row(grouping: Grouping, one: Evidence) -> FindingRow:
    """Return one finding as text."""
    certain = "must" if one.log10_lr > 0 else "cannot"
    return FindingRow(
        a=grouping.inventory.named(one.a),
        b=grouping.inventory.named(one.b),
        kind=one.kind,
        log10_lr=certain if one.is_certain else format_log10(one.log10_lr),
        reason=one.reason,
    )


def group_rows(grouping: Grouping) -> list[GroupRow]:
    """Return every group with the findings within it, the strongest first."""
    group_of = grouping.group_of()
    inside: list[list[Evidence]] = [[] for _ in grouping.groups]
    for one in grouping.evidence:
        if group_of[one.a] == group_of[one.b]:
            inside[group_of[one.a]].append(one)
    return [
        GroupRow(
            number=k + 1,
            specimens=[grouping.inventory.named(i) for i in group],
            findings=[finding_row(grouping, one) for one in sorted(inside[k], key=lambda one: -one.log10_lr)],
        )
        for k, group in enumerate(grouping.groups)
    ]


def place_rows(grouping: Grouping) -> list[PlaceRow]:
    """Return the next best places, those that cost least first."""
    group_of = grouping.group_of()
    found = sorted((one for one in grouping.places if one is not None), key=lambda one: (one.loss, one.specimen))
    return [
        PlaceRow(
            specimen=grouping.inventory.named(one.specimen),
            group=int(group_of[one.specimen]) + 1,
            elsewhere=_elsewhere(grouping, one),
            loss=format_log10(one.loss),
            is_uncertain=one.is_uncertain,
        )
        for one in found
    ]


def _elsewhere(grouping: Grouping, place: Place) -> str:
    def named(rows: Sequence[int]) -> str:
        return ", ".join(grouping.inventory.named(i) for i in rows)

    words = [f"with {named(place.with_specimens)}" if place.with_specimens else "alone"]
    if place.displaced:
        words.append(f"in the place of {named(place.displaced)}")
    if place.moving:
        words.append(f"together with {named(place.moving)}")
    return "; ".join(words)


@dataclass(frozen=True, slots=True)
class _AlternativeRow:
    groups: list[str]
    loss: str


@dataclass(frozen=True, slots=True)
class _PartRow:
    n_specimens: int
    method: str
    log10_lr: str
    within: str
    alternatives: list[_AlternativeRow]


def _part_rows(grouping: Grouping) -> list[_PartRow]:
    named = grouping.inventory.named
    return [
        _PartRow(
            n_specimens=len(part.specimens),
            method=part.method.value,
            log10_lr=format_log10(part.log10_lr),
            within="exact" if part.is_exact else f"within {part.upper_bound - part.log10_lr:.2f}",
            alternatives=[
                _AlternativeRow([", ".join(named(i) for i in group) for group in one.groups], format_log10(one.loss))
                for one in part.alternatives
            ],
        )
        for part in sorted(grouping.parts, key=lambda part: -len(part.specimens))[:MOST_LISTED]
    ]
