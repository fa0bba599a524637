"""The timeline: of everything, of a party, of a place."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.web.engagement.timeline import EVERYTHING, timeline
from homeward.web.engagement.timeline_lines import LINES, WITHOUT_STATEMENTS, Scope
from homeward.web.engagement.timeline_window import Edge, Window
from homeward.web.journal.recorded import VIEW
from homeward.web.pages.as_of import reader_of
from homeward.web.parties.models import Party
from homeward.web.places.belonging import with_parts
from homeward.web.places.models import Place


@require_safe
def whole_timeline(request: HttpRequest) -> HttpResponse:
    """Show what happened, as known at the time asked for."""
    return _timeline(request, EVERYTHING)


@require_safe
def timeline_of_party(request: HttpRequest, code: str) -> HttpResponse:
    """Show what a party and its parts did or had to do with."""
    reader = reader_of(request)
    if (party := reader.get(Party, code)) is None:
        raise Http404
    return _timeline(request, Scope.of_parties(with_parts(party, reader), reader), party)


@require_safe
def timeline_of_place(request: HttpRequest, code: str) -> HttpResponse:
    """Show what happened at a place and in what lies within it."""
    reader = reader_of(request)
    if (place := reader.get(Place, code)) is None:
        raise Http404
    return _timeline(request, Scope(places=with_parts(place, reader)), place)


def _timeline(request: HttpRequest, scope: Scope, about: Party | Place | None = None) -> HttpResponse:
    """One page of a timeline."""
    if not request.user.has_perm(VIEW):
        raise Http404
    names = [name for name in request.GET.getlist("kind") if name in LINES] or list(WITHOUT_STATEMENTS)
    found = timeline(reader_of(request), scope, names, _window(request))
    kinds = [(line, line.name in names) for line in LINES.values()]
    return render(request, "engagement/timeline.html", {"timeline": found, "kinds": kinds, "about": about})


def _window(request: HttpRequest) -> Window:
    """The part of the timeline that an address asks for; the last page if it asks for none that can be."""
    if (after := Edge.read(request.GET.get("after", ""))) or (after := Edge.of_year(request.GET.get("from", ""))):
        return Window(after=after)
    return Window(before=Edge.read(request.GET.get("before", "")))
