"""The brief on a party: as a page and as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from homeward.reports.brief import Brief, brief_pdf
from homeward.web.engagement.brief import brief_on
from homeward.web.pages.as_of import reader_of
from homeward.web.parties.models import Party


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Show the brief on a party as of the two times."""
    return render(request, "engagement/brief.html", {"brief": _brief(request, code), "code": code})


@require_safe
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Send the brief on a party as a PDF."""
    brief = _brief(request, code)
    name = f"brief-{code}-{brief.on:%Y-%m-%d}.pdf"
    header = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(brief_pdf(brief), content_type="application/pdf", headers={"Content-Disposition": header or ""})


def _brief(request: HttpRequest, code: str) -> Brief:
    """The brief on a party that the user may see and that was known then."""
    reader = reader_of(request)
    party = reader.get(Party, code)
    if party is None:
        raise Http404
    return brief_on(party, reader)
