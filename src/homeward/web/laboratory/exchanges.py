"""Which two profiles may have been exchanged: the engine's check of the families that do not fit their profiles."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.identification.checking.corrections import CorrectionKind, Corrector
from homeward.identification.checking.people import families_of
from homeward.identification.checking.settings import CheckSettings
from homeward.web.accounts.models import User
from homeward.web.laboratory.case_from_record import case_from_record
from homeward.web.laboratory.looks import note_looks
from homeward.web.laboratory.pedigree_rows import donors_of, read_families
from homeward.web.laboratory.profiles import Profile
from homeward.web.laboratory.suspicions import Suspicion, SuspicionKind

MOST_FAMILIES = 40
"""Families whose profiles are tried in exchange: those that do not fit either."""


@dataclass(frozen=True, slots=True)
class PossibleExchange:
    """Another profile that may have been exchanged with one.

    other: code of the other profile. words: what would be done. log10_gain: how much better it explains both families.
    """

    other: str
    words: str
    log10_gain: float


def possible_exchanges(profile: Profile, user: User) -> list[PossibleExchange]:
    """Return the exchanges of a donor's profile that explain its family better, best first.

    It is tried with profiles of its own family, and of other families that do not fit their profiles.
    """
    if profile.donor is None:
        return []
    home = profile.donor.relative.family_id
    misfits = Suspicion.objects.filter(kind=SuspicionKind.FAMILY, cleared="", profile__donor__isnull=False)
    families = {home, *misfits.values_list("profile__donor__relative__family_id", flat=True)[:MOST_FAMILIES]}
    made = case_from_record(user, families=families, samples=[], with_staff=False, with_suspected=True)
    if home not in {family.id for family in made.case.families}:
        return []
    note_looks([one.code for one in made.used], user, "check of families")
    owner = {one.owner: one.code for one in made.used}
    by_relative = {relative: donor for donor, relative in donors_of(user, read_families(user, families)).items()}
    profile_of = {relative: owner.get(f"donor:{donor}", "") for relative, donor in by_relative.items()}
    me = profile.donor.relative_id
    everybody, settings = families_of(made.case), CheckSettings()
    at = next(place for place, family in enumerate(everybody) if family.id == home)
    corrector = Corrector(
        made.case.panel, everybody, rate=settings.rate, sex_error=settings.sex_error, exchange_across=True
    )
    corrections = corrector.corrections(at, {everybody[at].pedigree.position(me)})
    found = [
        PossibleExchange(profile_of.get(other, ""), correction.words, correction.log10_gain)
        for correction in corrections
        if correction.kind is CorrectionKind.EXCHANGE and me in correction.people
        for other in correction.people
        if other != me
    ]
    return [one for one in found if one.other]
