"""The pages of this app's nouns."""

from __future__ import annotations

from homeward.web.laboratory.profile_page import profile
from homeward.web.pages.noun_page import NounPage

PAGES: dict[str, NounPage] = {
    "profile": NounPage("laboratory/profile.html", profile, list_template="laboratory/profiles.html"),
}
