"""Labels to be printed on a sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.web.journal.reader import Reader
from homeward.web.remains.accessions import Accession
from homeward.web.remains.allowed import let_in
from homeward.web.remains.labels import MOST_LABELS, labels_of
from homeward.web.remains.lineage import contents_of


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """Show the labels of ``?about=NOUN:CODE``, several times; ``&contents=`` for all that is in them."""
    let_in(request)
    reader = Reader(request.user)
    references = request.GET.getlist("about")[:MOST_LABELS]
    if "contents" in request.GET:
        opened = [one for one in references if one.startswith(f"{Accession.noun()}:")]
        references += contents_of(opened)
    found = labels_of(references, reader)
    if not found:
        raise Http404
    return render(request, "remains/labels.html", {"labels": found, "cut": len(references) > MOST_LABELS})
