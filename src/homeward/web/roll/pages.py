"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.pages.noun_page import NounPage
from homeward.web.roll.family_page import family
from homeward.web.roll.incident_pages import calamity, incident
from homeward.web.roll.person_page import person

PAGES: dict[str, NounPage] = {
    "calamity": NounPage(
        "roll/calamity.html", calamity, arranged=lambda rows: rows.order_by("-happened_earliest", "code")
    ),
    "incident": NounPage(
        "roll/incident.html", incident, arranged=lambda rows: rows.order_by("happened_earliest", "code")
    ),
    "missingperson": NounPage("roll/person.html", person, list_page="roll:search"),
    "family": NounPage("roll/family.html", family, arranged=lambda rows: rows.order_by("name", "code")),
}
