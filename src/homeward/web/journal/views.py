"""The journal, and the history of one row."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.core.dates import NotADate, parse_date
from homeward.web.journal.access import visible
from homeward.web.journal.history import PERMISSION, Sought, history_of, journal_page
from homeward.web.journal.recorded import nouns

MOST_OF_ONE_ROW = 500


@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show the lines of the journal, newest first."""
    if not request.user.has_perm(PERMISSION):
        raise Http404
    asked = {name: request.GET.get(name, "").strip() for name in ("noun", "code", "by", "action", "day")}
    problem = ""
    try:
        day = parse_date(asked["day"]) if asked["day"] else None
    except NotADate as error:
        day, problem = None, str(error)
    sought = Sought(
        noun=asked["noun"],
        code=asked["code"],
        by=asked["by"],
        action=asked["action"],
        first_day=day.earliest if day else None,
        last_day=day.latest if day else None,
    )
    before = request.GET.get("before", "")
    page = journal_page(request.user, before_number=int(before) if before.isdecimal() else None, sought=sought)
    context = {"page": page, "asked": asked, "problem": problem, "nouns": sorted(nouns())}
    return render(request, "journal/journal.html", context, status=422 if problem else 200)


@require_safe
def history(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Show every change of a row."""
    model = nouns().get(noun)
    row = visible(request.user, model).filter(pk=code).first() if model else None
    if row is None or not request.user.has_perm(PERMISSION):
        raise Http404
    lines = history_of(request.user, noun, code, MOST_OF_ONE_ROW)
    return render(request, "journal/history.html", {"row": row, "noun": noun, "lines": lines})
