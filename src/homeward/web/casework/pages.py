"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.casework.case_page import case
from homeward.web.casework.individual_page import individual
from homeward.web.pages.noun_page import NounPage

PAGES: dict[str, NounPage] = {
    "identification": NounPage("casework/case.html", case, list_page="casework:cases"),
    "individual": NounPage(
        "casework/individual.html", individual, arranged=lambda rows: rows.order_by("number", "code")
    ),
}
