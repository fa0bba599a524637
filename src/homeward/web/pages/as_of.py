"""The control on every page that says as of when the record is read; kept while a user is signed in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest

from homeward.core.dates import NotADate, parse_date
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.reader import Reader

SESSION_KEY = "as_of"


def read_day(text: str) -> date | None:
    """Return the day that a text names, the last one that it can mean; ``None`` if it is empty.

    Raises
    ------
    NotADate
        It names no day.
    """
    return parse_date(text).latest if text.strip() else None


def as_of_of(request: HttpRequest) -> tuple[AsOf, str]:
    """Return the two times of a request, and what is wrong with those that were asked for.

    ``?on=2018-07-13&known=2018-07-13`` sets them, and they stay for the session; empty ones take the limits away.
    """
    if not ({"on", "known"} & request.GET.keys()):
        return _remembered(request), ""
    try:
        as_of = AsOf(on=read_day(request.GET.get("on", "")), known=read_day(request.GET.get("known", "")))
    except NotADate as error:
        return _remembered(request), str(error)
    if as_of != _remembered(request):
        request.session[SESSION_KEY] = [day.isoformat() if day else "" for day in (as_of.on, as_of.known)]
    return as_of, ""


def reader_of(request: HttpRequest) -> Reader:
    """Return who reads, and as of when."""
    return Reader(request.user, as_of_of(request)[0])


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the two times."""
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return {}
    as_of, problem = as_of_of(request)
    return {"as_of": as_of, "as_of_problem": problem}


def _remembered(request: HttpRequest) -> AsOf:
    """The two times that the session holds."""
    kept = request.session.get(SESSION_KEY)
    if not kept:
        return NOW
    on, known = (date.fromisoformat(text) if text else None for text in kept)
    return AsOf(on, known)
