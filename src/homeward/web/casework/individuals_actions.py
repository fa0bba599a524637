"""Putting bones together into individuals, taking them apart, and telling two bones apart."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.dates import PartialDate, day
from homeward.web.accounts.models import User
from homeward.web.casework.grouped import group_with
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import KEEP_ASSOCIATIONS, Association, Basis, Exclusion, Individual
from homeward.web.casework.portions import owe_further_portions
from homeward.web.casework.rules import contradictions, doubts, unlike_pairs
from homeward.web.identity.successions import check_go_on
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import enter, require, withdraw
from homeward.web.remains.specimens import Specimen


def associate(
    specimens: Sequence[Specimen],
    individual: Individual,
    *,
    basis: str,
    reason: str,
    by: User,
    despite: str = "",
    happened: PartialDate | None = None,
) -> list[Association]:
    """Take specimens to belong to an individual, signed; all of them or none.

    Parameters
    ----------
    basis : str
        One of `Basis`. Specimens taken to be one of a pair need the partner, here or in the individual.
    despite : str
        Why it is done all the same, where something makes it unlikely.

    Raises
    ------
    PermissionDenied
        The user may not keep associations.
    ValidationError
        The specimens cannot all be of one person; names the fewest that show it. Or something makes it unlikely, and
        nothing was said of that. Nothing was written.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP_ASSOCIATIONS)
        if not specimens:
            raise ValidationError({"specimens": "Name at least one specimen."})
        if individual.withdrawn:
            raise ValidationError("This individual was withdrawn. Begin another.")
        check_go_on([individual, *specimens])
        _check_free(specimens, individual)
        spoke_against = _check_possible(specimens, individual, basis, despite)
        made = [
            enter(
                Association(
                    code=opaque_code(),
                    known_on=timezone.localdate(),
                    made_up=specimen.made_up or individual.made_up,
                    specimen=specimen,
                    individual=individual,
                    happened=happened or day(timezone.localdate()),
                    basis=basis,
                    signed_by=by.get_username(),
                    reason=reason,
                    despite="\n".join([*spoke_against, despite]) if spoke_against else "",
                ),
                by=by,
                action="association.signed",
            )
            for specimen in specimens
        ]
        owe_further_portions(individual, specimens, by=by)
    return made


def dissociate(association: Association, *, reason: str, by: User) -> Association:
    """Take a specimen out of its individual, with the reason; the association stays in the record as withdrawn.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `associate`; also if it is the last specimen of an individual that is identified.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP_ASSOCIATIONS)
        others = Association.objects.filter(individual=association.individual_id, withdrawn="").exclude(
            pk=association.pk
        )
        in_force = Identification.objects.filter(individual=association.individual_id, in_force=True, withdrawn="")
        if not others.exists() and in_force.exists():
            raise ValidationError(
                "This is the last specimen of an individual that is identified. Rescind the identification first."
            )
        return withdraw(association, by=by, why=reason, action="association.dissolved")


def exclude(
    first: Specimen, second: Specimen, *, basis: str, reason: str, by: User, happened: PartialDate | None = None
) -> Exclusion:
    """Say that two specimens are not of one person, signed, with the grounds.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `associate`; also if both are in one individual.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP_ASSOCIATIONS)
        smaller, larger = sorted((first, second), key=lambda specimen: specimen.pk)
        if smaller.pk == larger.pk:
            raise ValidationError("A specimen cannot be told apart from itself. Name two.")
        individuals = Association.objects.filter(specimen__in=[smaller, larger], withdrawn="")
        codes = list(individuals.values_list("individual_id", flat=True))
        if len(codes) != len(set(codes)):
            raise ValidationError("Both specimens are in one individual. Dissociate one of them first.")
        return enter(
            Exclusion(
                code=opaque_code(),
                known_on=timezone.localdate(),
                made_up=first.made_up or second.made_up,
                first=smaller,
                second=larger,
                happened=happened or day(timezone.localdate()),
                basis=basis,
                signed_by=by.get_username(),
                reason=reason,
            ),
            by=by,
            action="exclusion.signed",
        )


def lift_exclusion(exclusion: Exclusion, *, reason: str, by: User) -> Exclusion:
    """Withdraw an exclusion, with the reason."""
    with transaction.atomic():
        queue()
        require(by, KEEP_ASSOCIATIONS)
        return withdraw(exclusion, by=by, why=reason, action="exclusion.lifted")


def _check_free(specimens: Sequence[Specimen], individual: Individual) -> None:
    """Refuse specimens that belong to an individual already."""
    taken = Association.objects.filter(specimen__in=specimens, withdrawn="").select_related("individual", "specimen")
    problems = [
        f"{one.specimen} belongs to {one.individual} already. Dissociate it there first."
        if one.individual_id != individual.pk
        else f"{one.specimen} is in this individual already."
        for one in taken
    ]
    if problems:
        raise ValidationError({"specimens": problems})


def _check_possible(specimens: Sequence[Specimen], individual: Individual, basis: str, despite: str) -> list[str]:
    """Refuse what cannot be one person, and what is unlikely unless a reason is given; return what spoke against it."""
    codes = [specimen.pk for specimen in specimens]
    group = group_with(individual.pk, codes)
    impossible = [one for one in contradictions(group) if set(one.specimens) & set(codes)]
    if basis == Basis.PAIR:
        impossible += unlike_pairs(group, codes)
    if impossible:
        raise ValidationError({"specimens": [problem.sentence for problem in impossible]})
    unlikely = [doubt.what for doubt in doubts(group) if set(doubt.specimens) & set(codes)]
    if unlikely and not despite.strip():
        raise ValidationError({"despite": [f"{what} Say why you put them together all the same." for what in unlikely]})
    return unlikely
