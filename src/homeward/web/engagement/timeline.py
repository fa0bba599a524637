"""The timeline: a window of what happened, gathered from every table by date, and what is still to come.

Each table is asked for one page of rows by its index on the date, and the pages are merged. What was amended or
withdrawn after the day from which the record is read may have had another date then, so those rows are fetched apart
and put where they stood.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Substr
from django.utils import timezone

from homeward.web.engagement.linked import citations_of_rows
from homeward.web.engagement.meetings import Meeting
from homeward.web.engagement.moments import SETS_A_DATE, Ahead, Moment, handovers_ahead, meetings_ahead, moments_of
from homeward.web.engagement.standing import History, histories
from homeward.web.engagement.timeline_lines import LINES, WITHOUT_STATEMENTS, Line, Scope
from homeward.web.engagement.timeline_window import Edge, Window
from homeward.web.engagement.works import Handover, HandoverStep
from homeward.web.journal.reader import Reader

PAGE_SIZE = 40
A_FEW = 8
MOST_AHEAD = 60
"""So many of the newest dates that were set are looked at for what is still to come."""
EVERYTHING = Scope()
LAST_PAGE = Window()
DATE_SET = {"meeting": SETS_A_DATE, "handover": (HandoverStep.SCHEDULED,)}


@dataclass(frozen=True, slots=True)
class Timeline:
    """A page of a timeline.

    moments: in the order in which they happened. earlier, later: where the pages before and after this one begin.
    ahead: what is planned, on the last page only. years: those in which anything happened.
    """

    moments: Sequence[Moment]
    earlier: Edge | None
    later: Edge | None
    ahead: Sequence[Ahead]
    years: Sequence[int]

    @property
    def by_year(self) -> list[tuple[int, list[Moment]]]:
        """The moments under the years in which they began."""
        found: dict[int, list[Moment]] = {}
        for moment in self.moments:
            found.setdefault(moment.happened.earliest.year, []).append(moment)
        return list(found.items())

    @property
    def decades(self) -> list[list[int]]:
        """The years, each decade together."""
        return [list(years) for _, years in groupby(self.years, key=lambda year: year // 10)]

    @property
    def to_come(self) -> list[Ahead]:
        """What is planned for a day that is not over."""
        return [one for one in self.ahead if not one.passed]

    @property
    def unresolved(self) -> list[Ahead]:
        """What was planned for a day that is over, while nothing is known of what became of it."""
        return [one for one in self.ahead if one.passed]


def timeline(
    reader: Reader,
    scope: Scope = EVERYTHING,
    names: Iterable[str] = WITHOUT_STATEMENTS,
    window: Window = LAST_PAGE,
    size: int = PAGE_SIZE,
) -> Timeline:
    """Return one page of a timeline as the reader sees it.

    Parameters
    ----------
    names : iterable of str
        The kinds of things to show, as in `LINES`.
    size : int
        How many things make a page; a day is not cut in two unless it fills more than a page alone.
    """
    lines = [line for name, line in LINES.items() if name in set(names)]
    page, cut = _page(lines, scope, reader, window, size)
    years = _years(lines, scope, reader)
    has_later = cut if window.forwards else window.before is not None
    has_earlier = _has_earlier(window, years) if window.forwards else cut
    past, ahead = _planned(_meetings_in(page), [] if has_later else lines, scope, reader)
    citations = citations_of_rows([one.row.reference for one in page if one.line.name != "statement"], reader)
    listed_ahead = {one.thing.code for one in ahead}
    return Timeline(
        moments=moments_of([(one.line, one.row) for one in page], past, citations, reader, listed_ahead),
        earlier=_first_edge(page, window) if has_earlier else None,
        later=page[-1].edge if page and has_later else None,
        ahead=ahead,
        years=years,
    )


def latest_moments(reader: Reader, scope: Scope, size: int = A_FEW) -> Timeline:
    """Return the last things that happened, for the page of a party or a place."""
    page, cut = _page([LINES[name] for name in WITHOUT_STATEMENTS], scope, reader, LAST_PAGE, size)
    past = histories(Meeting, _meetings_in(page), reader)
    return Timeline(
        moments=moments_of([(one.line, one.row) for one in page], past, {}, reader),
        earlier=page[0].edge if page and cut else None,
        later=None,
        ahead=(),
        years=(),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A row, and its place in the order of everything that is dated."""

    edge: Edge
    line: Line
    row: Any


def _page(lines: Sequence[Line], scope: Scope, reader: Reader, window: Window, size: int) -> tuple[list[_Found], bool]:
    """The rows of a page in the order of their edges, and whether there are more in the direction of the window."""
    found = sorted(_found(lines, scope, reader, window, size), key=lambda one: one.edge, reverse=not window.forwards)
    page = _whole_days(found, size)
    return sorted(page, key=lambda one: one.edge), len(found) > len(page)


def _meetings_in(page: Iterable[_Found]) -> set[str]:
    """The codes of the meetings that occur on a page."""
    return {one.row.subject_code for one in page if one.line.name == "meeting"}


def _found(lines: Sequence[Line], scope: Scope, reader: Reader, window: Window, size: int) -> list[_Found]:
    """The rows of the window, at most one page and one more of each line, and those that stood there before."""
    moved = _changed_later(lines, scope, reader)
    found = []
    for line in lines:
        rows = scope.rows(line, reader).select_related(*line.beside)
        settled = rows.filter(window.condition(line), _until(line, reader))
        if reader.as_of.known is not None:
            settled = settled.filter(version_known_on__lte=reader.as_of.known)
        order = (line.day, "code") if window.forwards else (f"-{line.day}", "-code")
        known = reader.known(settled.order_by(*order)[: size + 1])
        if codes := moved.get(line.model.noun()):
            known += reader.known(rows.filter(pk__in=codes))
        found += [_Found(Edge(getattr(row, line.when).earliest, row.noun(), row.code), line, row) for row in known]
    on = reader.as_of.on
    return [one for one in found if window.holds(one.edge) and (on is None or one.edge.day <= on)]


def _until(line: Line, reader: Reader) -> Q:
    """The condition of rows that had happened by the reader's day."""
    return Q() if reader.as_of.on is None else Q(**{f"{line.day}__lte": reader.as_of.on})


def _changed_later(lines: Sequence[Line], scope: Scope, reader: Reader) -> dict[str, list[str]]:
    """The codes of rows that were amended or withdrawn after the day from which the record is read, by noun."""
    if reader.as_of.known is None or not lines:
        return {}
    changed = [
        scope.rows(line, reader)
        .filter(version_known_on__gt=reader.as_of.known)
        .order_by()
        .values_list(Value(line.model.noun()), "code")
        for line in lines
    ]
    found: dict[str, list[str]] = {}
    for noun, code in _together(changed):
        found.setdefault(noun, []).append(code)
    return found


def _together(queries: Sequence[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    """Several queries of the same columns as one."""
    return queries[0].union(*queries[1:]) if len(queries) > 1 else queries[0].distinct()


def _whole_days(found: Sequence[_Found], size: int) -> list[_Found]:
    """The first page of what was found, without the last day of it where that day goes on beyond the page."""
    if len(found) <= size:
        return list(found)
    page = found[:size]
    return [one for one in page if one.edge.day != found[size].edge.day] or list(page)


def _first_edge(page: Sequence[_Found], window: Window) -> Edge | None:
    """Where the page begins."""
    return page[0].edge if page else window.after


def _has_earlier(window: Window, years: Sequence[int]) -> bool:
    """Whether anything happened before a page that is counted from its beginning."""
    edge = window.after
    return edge is not None and (bool(edge.noun) or any(year < edge.day.year for year in years))


def _years(lines: Sequence[Line], scope: Scope, reader: Reader) -> list[int]:
    """The years in which anything began; of a wide scope those of the whole record, which are sooner found."""
    if not lines:
        return []
    scope = EVERYTHING if scope.is_wide else scope
    found = [
        scope.rows(line, reader)
        .filter(_until(line, reader))
        .order_by()
        .values_list(Substr(Cast(line.day, CharField()), 1, 4))
        for line in lines
    ]
    return sorted(int(year) for (year,) in _together(found))


def _planned(
    codes: set[str], lines: Sequence[Line], scope: Scope, reader: Reader
) -> tuple[dict[str, History], list[Ahead]]:
    """The histories of meetings, and what is still to come of the newest dates that were set."""
    day = reader.as_of.on or timezone.localdate()
    newest = {line.name: _newest_dates(line, scope, reader) for line in lines if line.name in ("meeting", "handover")}
    past = histories(Meeting, codes | newest.get("meeting", set()), reader)
    to_come = {code: history for code, history in past.items() if code in newest.get("meeting", set())}
    ahead = meetings_ahead(to_come, day)
    ahead += handovers_ahead(histories(Handover, newest.get("handover", set()), reader), day)
    return past, sorted(ahead, key=lambda one: (one.scheduled.sort_key, one.thing.code))


def _newest_dates(line: Line, scope: Scope, reader: Reader) -> set[str]:
    """The codes of the things for which dates were set last."""
    rows = scope.rows(line, reader).filter(_until(line, reader), kind__in=DATE_SET[line.name])
    return set(rows.order_by(f"-{line.day}", "-code").values_list(line.subject, flat=True)[:MOST_AHEAD])
