"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.pages.noun_page import NounPage
from homeward.web.places.place_page import place

PAGES: dict[str, NounPage] = {
    "place": NounPage("places/place.html", place, arranged=lambda rows: rows.order_by("name", "code")),
}
