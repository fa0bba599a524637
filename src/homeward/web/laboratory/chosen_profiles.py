"""Which profile stands for each sample, donor and member of staff, and which are left out and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.laboratory.profiles import TYPED, Profile, Quality, System
from homeward.web.laboratory.suspicions import Suspicion

MANY = 900
"""Codes in one question to the database; more are asked for all at once."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The profile that stands for one owner.

    owner: as noun:code. version: of the profile, as it was when it was read. text: a locus a line.
    """

    code: str
    version: int
    owner: str
    text: str
    regions: str
    is_consensus: bool


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something of the record that is not compared, as noun:code, and why."""

    about: str
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One profile for each owner, by owner; and what was left out."""

    profiles: dict[str, Chosen]
    left_out: tuple[LeftOut, ...]


def choose_profiles(
    user: User,
    system: str = System.STR,
    *,
    samples: Collection[str] | None = None,
    donors: Collection[str] | None = None,
    with_staff: bool = False,
    with_suspected: bool = False,
) -> Choice:
    """Return the profiles to compare: a consensus before single typings, the one with most loci before others.

    Withdrawn profiles are not looked at. Those that are suspected, mixed, inconclusive, unassigned or failed, and those
    of donors whose consent has ended, are left out.

    Parameters
    ----------
    user : User
        Only what this user may see is there.
    samples, donors : collection of str
        Codes; all if ``None``.
    with_suspected : bool
        Take suspected profiles like others, to find out what is wrong with them.
    """
    asked = _of("sample", samples) | _of("donor", donors) | (Q(staff__isnull=False) if with_staff else Q(pk__in=[]))
    rows = visible(user, Profile).filter(asked, system=system, withdrawn="").order_by("pk")
    columns = ("pk", "version", "sample_id", "donor_id", "staff_id", "text", "regions", "is_consensus", "quality")
    today = timezone.localdate()
    open_words = {} if with_suspected else dict(Suspicion.objects.filter(cleared="").values_list("profile_id", "words"))
    best: dict[str, Chosen] = {}
    left_out: list[LeftOut] = []
    for values in rows.values_list(*_named(columns), "suspicion", "donor__consent_ended_earliest", "donor__withdrawn"):
        *said, quality, suspicion, ended, withdrawn = values
        code, version, sample, donor, staff, text, regions, is_consensus = said
        owner = f"sample:{sample}" if sample else f"donor:{donor}" if donor else f"staffmember:{staff}"
        suspected = "" if with_suspected else suspicion or open_words.get(code, "")
        if reason := _why_not(quality, suspected, ended, withdrawn, today):
            left_out.append(LeftOut(f"profile:{code}", reason))
            continue
        found = Chosen(code, version, owner, text, regions, is_consensus)
        if owner not in best or _merit(found) > _merit(best[owner]):
            best[owner] = found
    wanted = {"sample": samples, "donor": donors}
    return Choice(
        {owner: one for owner, one in best.items() if _is_wanted(owner, wanted)},
        tuple(left_out),
    )


def _named(columns: Iterable[str]) -> list[str]:
    """The names of columns as the table has them."""
    return ["alleles" if name == "text" else name for name in columns]


def _of(kind: str, codes: Collection[str] | None) -> Q:
    """The condition of the profiles of some samples or donors; a long list is sifted afterwards."""
    if codes is None or len(codes) > MANY:
        return Q(**{f"{kind}__isnull": False})
    return Q(**{f"{kind}__in": list(codes)})


def _is_wanted(owner: str, wanted: dict[str, Collection[str] | None]) -> bool:
    """Whether somebody asked for the profile of an owner."""
    noun, _, code = owner.partition(":")
    codes = wanted.get(noun)
    return codes is None or code in codes


def _why_not(quality: str, suspicion: str, ended: date | None, withdrawn: str | None, today: date) -> str:
    """Why a profile is not compared; empty if it is."""
    if ended is not None and ended <= today:
        return "The donor took consent back."
    if withdrawn:
        return "The donor's entry was withdrawn."
    if suspicion:
        return f"Suspected: {suspicion}"
    if quality not in TYPED:
        return f"The typing is {Quality(quality).label}."
    return ""


def _merit(one: Chosen) -> tuple[Any, ...]:
    """What makes a profile the one to use."""
    return one.is_consensus, one.text.count("\n"), one.code
