"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.pages.noun_page import NounPage
from homeward.web.remains import case_pages, thing_pages, transfer_pages

PAGES: dict[str, NounPage] = {
    "transfercase": NounPage(
        "remains/transfer_case.html",
        case_pages.transfer_case,
        list_template="remains/things.html",
        list_context=thing_pages.thing_list,
    ),
    "accession": NounPage(
        "remains/accession.html",
        case_pages.accession,
        asked=case_pages.bones_asked,
        list_template="remains/things.html",
        list_context=thing_pages.thing_list,
    ),
    "specimen": NounPage(
        "remains/specimen.html",
        thing_pages.specimen,
        list_template="remains/things.html",
        list_context=thing_pages.thing_list,
    ),
    "sample": NounPage(
        "remains/sample.html",
        thing_pages.sample,
        list_template="remains/things.html",
        list_context=thing_pages.thing_list,
    ),
    "effect": NounPage(
        "remains/thing.html",
        thing_pages.effect,
        list_template="remains/things.html",
        list_context=thing_pages.thing_list,
    ),
    "store": NounPage("remains/store.html", transfer_pages.store, asked=transfer_pages.things_asked),
    "transfer": NounPage(
        "remains/transfer.html",
        transfer_pages.transfer,
        arranged=lambda rows: rows.order_by("-happened_earliest", "code"),
    ),
}
