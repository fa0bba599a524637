"""Which page each noun has."""

from __future__ import annotations

from functools import cache

from homeward.web.casework.pages import PAGES as CASEWORK
from homeward.web.engagement.pages import PAGES as ENGAGEMENT
from homeward.web.journal.recorded import nouns
from homeward.web.laboratory.pages import PAGES as LABORATORY
from homeward.web.pages.noun_page import NounPage
from homeward.web.parties.pages import PAGES as PARTIES
from homeward.web.places.pages import PAGES as PLACES
from homeward.web.recovery.pages import PAGES as RECOVERY
from homeward.web.remains.pages import PAGES as REMAINS
from homeward.web.roll.pages import PAGES as ROLL
from homeward.web.sources.pages import PAGES as SOURCES

OWN = (PLACES, PARTIES, SOURCES, ENGAGEMENT, ROLL, RECOVERY, REMAINS, LABORATORY, CASEWORK)
"""What each app says of the pages of its nouns."""


@cache
def noun_pages() -> dict[str, NounPage]:
    """Return the page of every noun; those without one of their own show their columns."""
    own = {noun: page for pages in OWN for noun, page in pages.items()}
    return {noun: own.get(noun, NounPage()) for noun in nouns()}
