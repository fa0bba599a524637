"""What rests on a profile: consensuses, analyses and lines of evidence that are to be looked at when it changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from homeward.web.accounts.models import User
from homeward.web.casework.evidence import Evidence
from homeward.web.journal.access import visible
from homeward.web.laboratory.comparisons import ComparedProfile
from homeward.web.laboratory.profiles import ConsensusPart, Profile

MOST = 200


@dataclass(frozen=True, slots=True)
class Resting:
    """Something that rests on a profile: what it is called, its address, and what to do."""

    words: str
    address: str


def what_rests_on(profiles: Collection[Profile], user: User) -> list[Resting]:
    """Return what rests on profiles, as far as a user may see it."""
    codes = [one.code for one in profiles]
    parts = visible(user, ConsensusPart).filter(typing__in=codes, withdrawn="", consensus__withdrawn="")
    found = [
        Resting("A consensus was made of it. Make it anew.", part.consensus.get_absolute_url())
        for part in parts.select_related("consensus")[:MOST]
    ]
    if user.has_perm("casework.view_analysis"):
        compared = ComparedProfile.objects.filter(profile__in=codes).select_related("comparison__analysis")
        found += [
            Resting(
                f"The analysis “{one.comparison.analysis.title}” compared version {one.version} of it. Run it again.",
                f"/analyses/{one.comparison.analysis.public_id}/",
            )
            for one in compared[:MOST]
        ]
    evidence = visible(user, Evidence).filter(_naming(profiles), withdrawn="").select_related("identification")
    found += [
        Resting("A line of evidence rests on it. Look at the case again.", one.get_absolute_url())
        for one in evidence.order_by("pk")[:MOST]
    ]
    return found


def _naming(profiles: Collection[Profile]) -> Q:
    """The condition of the lines of evidence that name a profile or what it is of."""
    names = Q(pk__in=[])
    for one in profiles:
        names |= Q(sources__contains=f"profile:{one.code}") | Q(sources__contains=one.owner_reference)
    return names
