"""The list of a liaison officer: which families are owed a call, and which have given no sample."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.web.journal.access import may_view
from homeward.web.pages.as_of import reader_of
from homeward.web.roll.families import Family
from homeward.web.roll.liaison import calls_due, liaisons, without_donor

PAGE_SIZE = 50


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Show who is owed a call, by day, and the families without any donor; of one liaison officer if asked."""
    if not may_view(request.user, Family):
        raise Http404
    reader, liaison = reader_of(request), request.GET.get("liaison", "")
    calls = Paginator(calls_due(reader, liaison), PAGE_SIZE).get_page(request.GET.get("page"))
    found = list(without_donor(reader, liaison)[: PAGE_SIZE + 1])
    context = {
        "liaison": liaison,
        "liaisons": liaisons(reader),
        "page": calls,
        "without_donor": found[:PAGE_SIZE],
        "has_more": len(found) > PAGE_SIZE,
    }
    return render(request, "roll/due.html", context)
