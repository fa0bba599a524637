"""The links at the head of every page: the work that a user may see, grouped by whose work it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from homeward.web.accounts.models import User
from homeward.web.journal.recorded import VIEW


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that is linked: how it is called there, where it is, and who is shown it.

    noun: where it is the list of a noun. rows: nouns whose pages lie under it too.
    """

    title: str
    view: str
    permission: str = VIEW
    noun: str = ""
    rows: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """The address of the page."""
        return reverse(self.view, args=[self.noun] if self.noun else [])

    def holds(self, path: str) -> int:
        """Return how much of a path leads here; 0 if it does not."""
        under = [self.address, *(reverse("record:rows", args=[noun]) for noun in self.rows)]
        return max((len(address) for address in under if path.startswith(address)), default=0)


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a page shows it. here: whether it leads to the page itself, or to a page below it."""

    title: str
    address: str
    here: bool


OF_REGISTER = ("transfercase", "accession", "specimen", "sample", "effect", "transfer", "store", "site", "find")
GROUPS = {
    "Talks and sources": (
        Destination("Timeline", "engagement:timeline"),
        Destination("Parties", "record:rows", noun="party"),
        Destination("Agreements", "record:rows", noun="agreement"),
        Destination("Sources", "sources:documents", rows=("document",)),
        Destination("Figures", "record:rows", noun="series"),
        Destination("Conflicts", "sources:conflicts", rows=("conflict",)),
        Destination("All rows", "record:everything"),
    ),
    "Roll and register": (
        Destination("Roll", "roll:search", rows=("missingperson", "incident", "calamity")),
        Destination("Families", "roll:due", "roll.view_families", rows=("family", "relative", "nextofkin", "donor")),
        Destination("Register", "remains:register", rows=OF_REGISTER),
        Destination("Numbers", "identity:numbers"),
    ),
    "Identification": (
        Destination("Compare", "laboratory:compare", "laboratory.view_profiles"),
        Destination("Suspicions", "laboratory:suspicions", "laboratory.view_profiles"),
        Destination("Analyses", "casework:analyses", "casework.view_analysis"),
        Destination("Cases", "casework:cases", "casework.view_cases", rows=("identification", "individual")),
        Destination("Waiting", "casework:waiting"),
    ),
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the links that its user is shown."""
    user = getattr(request, "user", None)
    return {"navigation": _groups_for(user, request.path)} if isinstance(user, User) else {}


def _groups_for(user: User, path: str) -> dict[str, list[Link]]:
    """The links of each group that has any; the one that a page lies under most closely is where it is."""
    shown = {group: [one for one in links if user.has_perm(one.permission)] for group, links in GROUPS.items()}
    held = {one: one.holds(path) for links in shown.values() for one in links}
    closest = max(held.values(), default=0)
    return {
        group: [Link(one.title, one.address, closest > 0 and held[one] == closest) for one in links]
        for group, links in shown.items()
        if links
    }
