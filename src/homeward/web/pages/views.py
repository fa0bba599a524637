"""Lists and pages of any noun."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.apps import apps
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from homeward.web.identity.known_as import KnownAs, known_as
from homeward.web.journal.access import may_view, visible
from homeward.web.journal.book import InBook
from homeward.web.journal.looks import looked_at
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import VIEW, Recorded, nouns
from homeward.web.pages.as_of import reader_of
from homeward.web.pages.noun_page import columns
from homeward.web.pages.noun_pages import noun_pages
from homeward.web.sources.documents import Citation, FromDocument

PAGE_SIZE = 50


def model_of(noun: str, request: HttpRequest) -> type[Recorded]:
    """Return the model of a noun for somebody who may read the record.

    Raises
    ------
    Http404
        There is no such noun, or the user may not read the record.
    """
    model = nouns().get(noun)
    if model is None or not request.user.has_perm(VIEW):
        raise Http404
    return model


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """Show all nouns that the user may see, with the number of rows that can be known at the time asked for."""
    if not request.user.has_perm(VIEW):
        raise Http404
    reader = reader_of(request)
    by_app: dict[str, list[tuple[str, Any, int]]] = {}
    models = [model for model in nouns().values() if may_view(request.user, model)]
    for model, number in reader.counts(models).items():
        heading = str(apps.get_app_config(model._meta.app_label).verbose_name)
        by_app.setdefault(heading, []).append((model.noun(), model._meta, number))
    return render(request, "record/everything.html", {"by_app": by_app})


@require_safe
def rows(request: HttpRequest, noun: str) -> HttpResponse:
    """Show the rows of a noun, as known at the time asked for."""
    model = model_of(noun, request)
    if own_list := noun_pages()[noun].list_page:
        return redirect(f"{reverse(own_list)}?{request.GET.urlencode()}".rstrip("?"))
    reader = reader_of(request)
    noun_page = noun_pages()[noun]
    # Codes first: a page far in is found in an index, without reading the rows of all pages before it.
    pages = Paginator(noun_page.arranged(reader.rows(model)).values_list("pk", flat=True), PAGE_SIZE)
    pages.count = reader.count(model)
    page = pages.get_page(request.GET.get("page"))
    codes = list(page.object_list)
    listed = model.objects.in_bulk(codes)
    known = reader.known(listed[code] for code in codes)
    context = {
        "noun": noun,
        "model": model._meta,
        "page": page,
        "rows": known,
        "may_keep": model.may_be_entered_by(request.user),
        **noun_page.list_context(known, reader),
    }
    return render(request, noun_page.list_template, context)


@require_safe
def row(request: HttpRequest, noun: str, code: str) -> HttpResponse:
    """Show one row, as known at the time asked for."""
    model = model_of(noun, request)
    reader = reader_of(request)
    found = reader.get(model, code)
    if found is None:
        return _not_known(request, reader, model, code)
    looked_at(noun, [code], request.user, "page")
    page = noun_pages()[noun]
    context: dict[str, Any] = {
        "row": found,
        "noun": noun,
        "model": model._meta,
        "columns": partial(columns, found),
        "known": partial(_known_as, found, reader),
        "citations": citations_of(found, reader),
        "may_keep": request.user.has_perm(model.keep_permission),
        **page.context(found, reader),
        **page.asked(found, reader, request.GET),
    }
    return render(request, page.template, context)


def _known_as(found: Recorded, reader: Reader) -> KnownAs | None:
    """What a row of the two books is known as, and what became of it."""
    return known_as([found.reference], reader)[found.reference] if isinstance(found, InBook) else None


def citations_of(found: Recorded, reader: Reader) -> list[Any]:
    """Return what a row rests on: itself if it was taken from a document, and its citations."""
    cited = (
        reader.rows_about(Citation, [found.reference])
        .select_related("document")
        .order_by("document__published_earliest", "code")
    )
    own = [found] if isinstance(found, FromDocument) else []
    return [*own, *reader.known(cited)]


def _not_known(request: HttpRequest, reader: Reader, model: type[Recorded], code: str) -> HttpResponse:
    """Say that a row was not known then, or no longer stands; otherwise there is no such page."""
    found = visible(reader.user, model).filter(pk=code).first()
    if found is None:
        raise Http404
    return render(
        request, "record/not_known.html", {"row": found, "noun": model.noun(), "model": model._meta}, status=404
    )
