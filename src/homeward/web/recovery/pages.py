"""The pages of this app's nouns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from homeward.web.engagement import list_pages
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.pages.noun_page import NounPage
from homeward.web.recovery.models import Find, Site
from homeward.web.recovery.steps import steps_of
from homeward.web.remains.accessions import TransferCase
from homeward.web.remains.shown import shown_things

PAGE_SIZE = 50

Context = Mapping[str, Any]


def site(row: Site, reader: Reader) -> Context:
    """Return where a site is, what became of it, and whose loss it is thought to belong to."""
    fill([row], reader, "place", "incident")
    return steps_of(row, reader)


def finds_asked(row: Site, reader: Reader, query: QueryDict) -> Context:
    """Return one page of what was found on a site."""
    finds = reader.rows(Find).filter(site=row).order_by("happened_earliest", "bag", "code")
    page = Paginator(finds, PAGE_SIZE).get_page(query.get("page"))
    return {"page": page, "finds": reader.known(page.object_list)}


def find(row: Find, reader: Reader) -> Context:
    """Return where something was found, and the containers that it was packed into."""
    fill([row], reader, "site", "operation")
    cases = reader.known(reader.rows(TransferCase).filter(find=row).order_by("number", "code"))
    return {"things": shown_things(cases, reader)}


PAGES: dict[str, NounPage] = {
    "site": NounPage(
        "recovery/site.html",
        site,
        asked=finds_asked,
        list_template="engagement/changing_rows.html",
        list_context=list_pages.changing_list,
    ),
    "find": NounPage("recovery/find.html", find),
}
