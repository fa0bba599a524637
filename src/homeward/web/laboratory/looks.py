"""Noting every look at a genetic profile."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.web.accounts.models import User
from homeward.web.laboratory.profiles import Profile, ProfileLook

BATCH = 1000


def note_looks(profiles: Iterable[str], by: User, where: str) -> None:
    """Note that somebody was shown what profiles say, one look for each.

    Parameters
    ----------
    profiles : iterable of str
        Codes; one that no profile has is passed over, as a line of the journal can name it.
    where : str
        Which kind of page, file or run it was.
    """
    codes = list(dict.fromkeys(profiles))
    for start in range(0, len(codes), BATCH):
        there = Profile.objects.filter(pk__in=codes[start : start + BATCH]).order_by().values_list("pk", flat=True)
        ProfileLook.objects.bulk_create(ProfileLook(profile_id=code, by=by, where=where) for code in there)
