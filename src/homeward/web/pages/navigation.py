"""The links at the head of every page: the work that a user may see, grouped by whose work it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from homeward.web.accounts.models import User
from homeward.web.journal.recorded import VIEW


@dataclass(frozen=True, slots=True)
class Destination:
    """A page that is linked: how it is called there, where it is, and who is shown it."""

    title: str
    view: str
    permission: str = VIEW
    noun: str = ""

    @property
    def address(self) -> str:
        """The address of the page."""
        return reverse(self.view, args=[self.noun] if self.noun else [])


@dataclass(frozen=True, slots=True)
class Link:
    """A link as a page shows it. here: whether it leads to the page itself, or to a page below it."""

    title: str
    address: str
    here: bool


GROUPS = {
    "Talks and sources": (
        Destination("Timeline", "engagement:timeline"),
        Destination("Parties", "record:rows", noun="party"),
        Destination("Agreements", "record:rows", noun="agreement"),
        Destination("Sources", "sources:documents"),
        Destination("Figures", "record:rows", noun="series"),
        Destination("Conflicts", "sources:conflicts"),
        Destination("All rows", "record:everything"),
    ),
    "Roll and register": (
        Destination("Roll", "roll:search"),
        Destination("Families", "roll:due", "roll.view_families"),
        Destination("Register", "remains:register"),
        Destination("Numbers", "identity:numbers"),
    ),
    "Identification": (
        Destination("Compare", "laboratory:compare", "laboratory.view_profiles"),
        Destination("Suspicions", "laboratory:suspicions", "laboratory.view_profiles"),
        Destination("Analyses", "casework:analyses", "casework.view_analysis"),
        Destination("Cases", "casework:cases", "casework.view_cases"),
        Destination("Waiting", "casework:waiting"),
    ),
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Give every template the links that its user is shown."""
    user = getattr(request, "user", None)
    return {"navigation": _groups_for(user, request.path)} if isinstance(user, User) else {}


def _groups_for(user: User, path: str) -> dict[str, list[Link]]:
    """The links of each group that has any; the longest address that a page lies under is where it is."""
    shown = {group: [one for one in links if user.has_perm(one.permission)] for group, links in GROUPS.items()}
    addresses = [one.address for links in shown.values() for one in links]
    here = max((address for address in addresses if path.startswith(address)), key=len, default="")
    return {group: list(_links(links, here)) for group, links in shown.items() if links}


def _links(destinations: list[Destination], here: str) -> Iterator[Link]:
    """The links of a group."""
    return (Link(one.title, one.address, one.address == here) for one in destinations)
