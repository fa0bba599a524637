"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.engagement import changing_pages, dealing_pages, list_pages
from homeward.web.pages.noun_page import NounPage

PAGES: dict[str, NounPage] = {
    "meeting": NounPage(
        "engagement/meeting.html",
        changing_pages.meeting,
        list_template="engagement/changing_rows.html",
        list_context=list_pages.changing_list,
        arranged=list_pages.by_first_change,
    ),
    "request": NounPage(
        "engagement/request.html",
        changing_pages.request,
        list_template="engagement/changing_rows.html",
        list_context=list_pages.changing_list,
        arranged=list_pages.by_first_change,
    ),
    "operation": NounPage(
        "engagement/operation.html",
        changing_pages.operation,
        list_template="engagement/changing_rows.html",
        list_context=list_pages.changing_list,
        arranged=list_pages.by_first_change,
    ),
    "delivery": NounPage(
        "engagement/delivery.html",
        changing_pages.delivery,
        list_template="engagement/changing_rows.html",
        list_context=list_pages.changing_list,
        arranged=list_pages.by_first_change,
    ),
    "handover": NounPage(
        "engagement/handover.html",
        changing_pages.handover,
        list_template="engagement/handovers.html",
        list_context=list_pages.handover_list,
        arranged=list_pages.by_first_change,
    ),
    "agreement": NounPage(
        "engagement/agreement.html",
        dealing_pages.agreement,
        list_template="engagement/agreements.html",
        list_context=list_pages.agreement_list,
        arranged=list_pages.newest_first,
    ),
    "commitment": NounPage("engagement/commitment.html", dealing_pages.commitment),
    "contact": NounPage("engagement/contact.html", dealing_pages.contact, arranged=list_pages.newest_first),
    "workinggroup": NounPage(
        "engagement/working_group.html", dealing_pages.working_group, arranged=list_pages.newest_first
    ),
    "event": NounPage("engagement/event.html", dealing_pages.event, arranged=list_pages.newest_first),
}
