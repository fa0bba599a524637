"""The figures of the same series that other documents give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation

from homeward.core.dates import parse_date
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.review.proposals import Proposal
from homeward.web.review.relations import ADDS, AGREES, ALSO, DIFFERS, DISAGREES, Beside, conflict_address
from homeward.web.sources.differences import (
    NO_RULES,
    TRUE_CONTRADICTION,
    covers,
    different_things,
    explain_difference,
    stated_range,
)
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Figure

MOST = 500
"""Figures of all series together that are looked at."""


def figures_of(proposals: Iterable[Proposal], reader: Reader) -> dict[str, list[Figure]]:
    """Return the figures of the series that proposals name, by the code of the series."""
    codes = {code for proposal in proposals if (code := proposal.columns.get("series"))}
    rows = reader.known(reader.rows(Figure).filter(series__in=codes).order_by("counted_earliest", "code")[:MOST])
    fill(rows, reader, "document", "asserter", "rule")
    found: dict[str, list[Figure]] = {}
    for row in rows:
        found.setdefault(row.series_id, []).append(row)
    return found


def beside_figure(proposal: Proposal, document: Document, figures: Mapping[str, list[Figure]]) -> list[Beside]:
    """Return the figures of the same series, those of the nearest days first, and why they differ."""
    figure = _as_figure(proposal, document)
    if figure is None:
        return []
    others = [row for row in figures.get(figure.series_id, ()) if row.document_id != document.code]
    others.sort(key=lambda row: abs(row.counted.earliest - figure.counted.earliest))
    return [_compared(figure, row) for row in others]


def _compared(figure: Figure, row: Figure) -> Beside:
    """How a drafted figure stands to one of its series."""
    reasons, unlike = explain_difference(figure, row), different_things(figure, row)
    same_number = (row.low, row.high) == (figure.low, figure.high) or covers(figure, row) or covers(row, figure)
    same_days = row.counted.overlaps(figure.counted)
    if unlike:
        relation = DIFFERS if same_days and len(unlike) == 1 else ALSO
        reasons = [*unlike, *(one for one in reasons if one not in unlike)]
    elif same_number:
        relation = AGREES
    elif not same_days:
        relation = ADDS
    else:
        cannot_be = reasons[0] in (NO_RULES, TRUE_CONTRADICTION) and not _meet(figure, row)
        relation = DISAGREES if cannot_be else DIFFERS
    # Whether two scopes in other words are the same is for a person to say.
    may_differ = relation == DIFFERS and same_days and not same_number and figure.unit == row.unit
    adds = [f"It adds another day: {figure.counted.words}."] if relation == AGREES and not same_days else []
    conflict = conflict_address(f"How many: {row.scope}, {row.counted.words}?", f"series:{row.series_id}")
    return Beside(
        relation,
        f"{row.words} {row.get_unit_display()}, {row.counted.words}, in “{row.document.headline}”",
        row.get_absolute_url(),
        reasons,
        adds,
        conflict if relation == DISAGREES or may_differ else "",
    )


def _meet(figure: Figure, row: Figure) -> bool:
    """Whether one number can be what both say, as rough words reach to both sides."""
    (low, high), (other_low, other_high) = stated_range(figure), stated_range(row)
    return (other_high is None or low <= other_high) and (high is None or other_low <= high)


def _as_figure(proposal: Proposal, document: Document) -> Figure | None:
    """The figure that a draft would become, not in the record; ``None`` while its series or its number is not known."""
    columns = proposal.columns
    try:
        low, high = Decimal(columns["low"]), Decimal(columns["high"])
    except InvalidOperation:
        return None
    if not columns["series"]:
        return None
    return Figure(
        series_id=columns["series"],
        document=document,
        low=low,
        high=high,
        qualifier=columns["qualifier"],
        unit=columns["unit"],
        scope=columns["scope"],
        counted=parse_date(columns["counted"]),
    )
