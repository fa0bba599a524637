"""The page of a series: its figures drawn and listed, the current value, and why published figures differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from homeward.core.dates import NotADate, parse_date
from homeward.reports.figure_chart import ChartFigure, draw_figure_chart
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.conflicts import Conflict, Position
from homeward.web.sources.current_value import CurrentValue, current_value
from homeward.web.sources.differences import explain_difference
from homeward.web.sources.figures import CountingRule, Figure, Qualifier, Series, Unit

MOST_FIGURES = 100
"""Figures that one page shows: the latest ones."""
MOST_PAIRS = 40
EXACTNESS = {
    Qualifier.ABOUT: "about",
    Qualifier.MORE: "above",
    Qualifier.AT_LEAST: "above",
    Qualifier.NEARLY: "below",
    Qualifier.UP_TO: "below",
}
COUNTERPART = {Unit.UNACCOUNTED: Unit.ACCOUNTED, Unit.ACCOUNTED: Unit.UNACCOUNTED}


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A figure in the table of its series."""

    figure: Figure
    is_current: bool
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two figures and why they differ."""

    first: Figure
    second: Figure
    reasons: tuple[str, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """Both counts of one document: those unaccounted for and those accounted for, which make up one base."""

    unaccounted: Figure
    accounted: Figure

    @property
    def base(self) -> Decimal:
        """How many there are in all."""
        total: Decimal = self.unaccounted.low + self.accounted.low
        return total

    @property
    def base_words(self) -> str:
        """How many there are in all, as figures are written."""
        return f"{self.base:,.0f}"


def series_page(series: Series, reader: Reader, query: QueryDict) -> Mapping[str, Any]:
    """Return what the page of a series shows beside its columns.

    ``?first=2018&last=2018-09`` shows a stretch of time; ``?a=CODE&b=CODE`` compares two figures.
    """
    figures, left_out = _figures(series, reader)
    first, last, problem = _stretch(query)
    shown = [one for one in figures if first <= one.counted.latest and one.counted.earliest <= last]
    now = current_value(figures, reader.as_of.on or timezone.localdate(), unit=series.unit)
    conflicts = _conflicts(figures, reader)
    return {
        "lines": [FigureLine(one, _is_in(one, now), conflicts.get(one.code, ())) for one in shown],
        "left_out": left_out,
        "figures": figures,
        "chart": _chart(series, shown, now),
        "stretch": {"first": query.get("first", ""), "last": query.get("last", ""), "problem": problem},
        "now": now,
        "rules": _rules(figures),
        "compared": _compared(figures, query, conflicts),
        "asked_pair": (query.get("a", ""), query.get("b", "")),
        "neighbours": _neighbours(shown, conflicts),
        "editions": _editions(series, figures, reader),
    }


def _figures(series: Series, reader: Reader) -> tuple[list[Figure], bool]:
    """The figures of a series by the day they were counted, and whether earlier ones were left out."""
    rows = reader.rows(Figure).filter(series=series.code)
    if reader.as_of.on is not None:
        rows = rows.filter(counted_earliest__lte=reader.as_of.on)
    latest = list(rows.order_by("-counted_earliest", "-code")[: MOST_FIGURES + 1])
    figures = reader.known(latest[:MOST_FIGURES])
    fill(figures, reader, "document", "asserter", "rule")
    return sorted(figures, key=lambda one: (one.counted.sort_key, one.low, one.code)), len(latest) > MOST_FIGURES


def _stretch(query: QueryDict) -> tuple[date, date, str]:
    """The stretch of time that is asked for, and what is wrong with it."""
    try:
        first = parse_date(query.get("first", "")).earliest if query.get("first") else date.min
        last = parse_date(query.get("last", "")).latest if query.get("last") else date.max
    except NotADate as error:
        return date.min, date.max, str(error)
    return first, last, ""


def _is_in(figure: Figure, now: CurrentValue | None) -> bool:
    """Whether the current value is taken from a figure."""
    return now is not None and any(one.code == figure.code for one in now.figures)


def _chart(series: Series, figures: Sequence[Figure], now: CurrentValue | None) -> SafeString:
    """The drawing; every word of the record in it was made safe where it was drawn."""
    drawn = [
        ChartFigure(
            float(one.low),
            float(one.high),
            one.counted.earliest,
            one.counted.latest,
            EXACTNESS.get(Qualifier(one.qualifier), "exact"),
            one.rule.name if one.rule else "",
            one.words,
            f"{one.asserter or one.document.publisher}, as of {one.counted.words}",
            one.get_absolute_url(),
            _is_in(one, now),
        )
        for one in figures
    ]
    return mark_safe(draw_figure_chart(drawn, title=series.name, unit=series.get_unit_display()))  # noqa: S308


def _conflicts(figures: Sequence[Figure], reader: Reader) -> Mapping[str | None, tuple[Conflict, ...]]:
    """The conflicts to which figures give answers, by the code of the figure."""
    positions = reader.known(reader.rows(Position).filter(figure__in=[one.code for one in figures]).order_by("code"))
    known = {
        row.code: row for row in reader.known(reader.rows(Conflict).filter(pk__in={p.conflict_id for p in positions}))
    }
    found: dict[str | None, tuple[Conflict, ...]] = {}
    for position in positions:
        if position.conflict_id in known:
            found[position.figure_id] = (*found.get(position.figure_id, ()), known[position.conflict_id])
    return found


def _rules(figures: Iterable[Figure]) -> list[CountingRule]:
    """The rules by which figures were counted, each once."""
    return list({one.rule.code: one.rule for one in figures if one.rule is not None}.values())


def _difference(first: Figure, second: Figure, conflicts: Mapping[str | None, tuple[Conflict, ...]]) -> Difference:
    """Why two figures differ, and the conflicts that both are answers to."""
    codes = {conflict.code for conflict in conflicts.get(second.code, ())}
    shared = tuple(conflict for conflict in conflicts.get(first.code, ()) if conflict.code in codes)
    return Difference(first, second, tuple(explain_difference(first, second)), shared)


def _compared(
    figures: Sequence[Figure], query: QueryDict, conflicts: Mapping[str | None, tuple[Conflict, ...]]
) -> Difference | None:
    """The two figures that were asked for; ``None`` where they are not two figures of the series."""
    by_code = {one.code: one for one in figures}
    first, second = by_code.get(query.get("a", "")), by_code.get(query.get("b", ""))
    if first is None or second is None or first.code == second.code:
        return None
    return _difference(first, second, conflicts)


def _neighbours(figures: Sequence[Figure], conflicts: Mapping[str | None, tuple[Conflict, ...]]) -> list[Difference]:
    """Why each figure differs from the next one, the latest first."""
    pairs = [pair for pair in pairwise(figures) if (pair[0].low, pair[0].high) != (pair[1].low, pair[1].high)]
    return [_difference(first, second, conflicts) for first, second in reversed(pairs[-MOST_PAIRS:])]


def _editions(series: Series, figures: Sequence[Figure], reader: Reader) -> list[Edition]:
    """The documents that give both counts, for a series of one of them."""
    if series.unit not in COUNTERPART:
        return []
    exact = {(one.document_id, one.scope.casefold(), one.counted.text): one for one in figures if _is_exact(one)}
    documents = {one.document_id for one in exact.values()}
    other = COUNTERPART[Unit(series.unit)]
    rows = reader.rows(Figure).filter(document__in=documents, unit=other).order_by("code")[:MOST_FIGURES]
    found = []
    for counterpart in filter(_is_exact, reader.known(rows)):
        own = exact.get((counterpart.document_id, counterpart.scope.casefold(), counterpart.counted.text))
        if own is not None and own.unit == series.unit:
            found.append(Edition(own, counterpart) if own.unit == Unit.UNACCOUNTED else Edition(counterpart, own))
    fill([edition.unaccounted for edition in found], reader, "document")
    return sorted(found, key=lambda edition: edition.unaccounted.counted.sort_key)


def _is_exact(figure: Figure) -> bool:
    """Whether a figure is one exact number."""
    return figure.qualifier == Qualifier.EXACT and figure.low == figure.high
