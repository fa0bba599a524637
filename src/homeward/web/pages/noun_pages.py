"""Which page each noun has."""

from __future__ import annotations

from functools import cache

from homeward.web.engagement.pages import PAGES as ENGAGEMENT
from homeward.web.journal.recorded import nouns
from homeward.web.laboratory.pages import PAGES as LABORATORY
from homeward.web.pages.noun_page import NounPage
from homeward.web.parties.pages import PAGES as PARTIES
from homeward.web.places.pages import PAGES as PLACES
from homeward.web.sources.pages import PAGES as SOURCES


@cache
def noun_pages() -> dict[str, NounPage]:
    """Return the page of every noun; those without one of their own show their columns."""
    own: dict[str, NounPage] = {**PLACES, **PARTIES, **SOURCES, **ENGAGEMENT, **LABORATORY}
    return {noun: own.get(noun, NounPage()) for noun in nouns()}
