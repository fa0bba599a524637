"""The page of what was found."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.web.journal.recorded import VIEW
from homeward.web.pages.as_of import reader_of
from homeward.web.search.finding import MOST_IN_OVERVIEW, MOST_IN_SECTION, find, show
from homeward.web.search.questions import read_question
from homeward.web.search.sections import SECTIONS

SHOWN_IN_OVERVIEW = 5
PAGE_SIZE = 25


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show where the words asked for stand: the best of each section, or one section page by page."""
    if not request.user.has_perm(VIEW):
        raise Http404
    words = request.GET.get("q", "")
    section = request.GET.get("in", "")
    if section not in {"", *(one.name for one in SECTIONS)}:
        raise Http404
    question = read_question(words)
    findings = find(reader_of(request), question, section=section)
    context = {"words": words, "question": question, "most": MOST_IN_SECTION if section else MOST_IN_OVERVIEW}
    if section:
        found = findings[0] if findings else None
        page = Paginator(found.rows if found else [], PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {"found": found, "page": page, "rows": show(list(page.object_list), question)}
        return render(request, "search/section.html", context)
    shown = iter(show([row for found in findings for row in found.rows[:SHOWN_IN_OVERVIEW]], question))
    overview = [(found, [next(shown) for _ in found.rows[:SHOWN_IN_OVERVIEW]]) for found in findings]
    return render(request, "search/overview.html", {**context, "overview": overview})
