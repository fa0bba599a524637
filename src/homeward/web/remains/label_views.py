"""Labels to be printed on sheets."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from homeward.web.journal.reader import Reader
from homeward.web.remains.accessions import Accession
from homeward.web.remains.allowed import let_in
from homeward.web.remains.labels import labels_of
from homeward.web.remains.lineage import contents_of

PER_PAGE = 120
"""Five sheets of 24 labels."""


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """Show the labels of ``?about=NOUN:CODE``, several times; ``&contents=`` for all in accessions among them."""
    let_in(request)
    references = list(dict.fromkeys(request.GET.getlist("about")))
    if "contents" in request.GET:
        references += contents_of([one for one in references if one.startswith(f"{Accession.noun()}:")])
    page = Paginator(references, PER_PAGE).get_page(request.GET.get("page"))
    found = labels_of(page.object_list, Reader(request.user))
    if not found:
        raise Http404
    return render(request, "remains/labels.html", {"labels": found, "page": page})
