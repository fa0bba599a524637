"""The pages of this app's nouns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from homeward.web.journal.reader import Reader
from homeward.web.pages.noun_page import NounPage
from homeward.web.parties.models import Party
from homeward.web.parties.party_pages import party, person


def _by_kind(rows: Sequence[Party], reader: Reader) -> Mapping[str, Any]:
    """The parties of one page of the list under their kinds."""
    kinds: dict[str, list[Party]] = {}
    for row in rows:
        kinds.setdefault(row.get_kind_display(), []).append(row)
    return {"kinds": list(kinds.items())}


PAGES: dict[str, NounPage] = {
    "party": NounPage(
        "parties/party.html",
        party,
        list_template="parties/parties.html",
        list_context=_by_kind,
        arranged=lambda rows: rows.order_by("kind", "name", "code"),
    ),
    "person": NounPage("parties/person.html", person, arranged=lambda rows: rows.order_by("name", "code")),
}
