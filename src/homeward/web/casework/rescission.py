"""Rescinding an identification: both books are unwound, and what rests on it is listed to be put right by people."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.afterwards import Burial, Correction, Disposition, Notification, Obligation
from homeward.web.casework.identifications import SIGN, Identification, IdentificationChange, IdentificationStep
from homeward.web.casework.signing import new_status
from homeward.web.casework.steps import require_state, state_of_person, take_step
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.keeping import amend, require
from homeward.web.journal.recorded import Recorded, content_fields, nouns
from homeward.web.roll.people import Status, StatusKind

IN_FORCE = frozenset({"signed", "told", "announced", "released", "buried", "closed"})
TO_DO = {
    Notification: "The next of kin were told of it: a person tells them of the correction.",
    Disposition: "It was decided for these remains as those of this person: ask again.",
    Burial: "Buried under this name: grave, marker and register.",
    Obligation: "Done or owed under this name: undo it, or let it go.",
}
ANNOUNCED = "It was announced: announce the correction."
RELEASED = "The remains were released: get them back, or agree what happens."
ACCOUNTED = "The roll had the person as accounted for: counts and lists made since say so too."
CITES = "This cites it: see what it says, and correct it."


def rescind(identification: Identification, *, reason: str, by: User) -> Identification:
    """Rescind an identification: the individual is free again, the person unaccounted for, both with the reason.

    Lists everything that rests on it, to be put right by people. Sends nothing.

    Raises
    ------
    PermissionDenied
        The user may not sign.
    ValidationError
        It is not in force, or no reason is given.
    """
    with transaction.atomic():
        queue()
        require(by, SIGN)
        identification.refresh_from_db()
        require_state(identification, IN_FORCE, "it is rescinded")
        if not reason.strip():
            raise ValidationError({"reason": "Say why."})
        corrections = list(_corrections(identification, by))
        accounted = state_of_person(identification.missing) == "accounted"
        reopened = [new_status(identification, StatusKind.REOPENED, reason)] if accounted else []
        rescinded = amend(
            identification,
            {"in_force": False},
            by=by,
            why=reason,
            read_version=identification.version,
            action="identification.rescinded",
            permission=SIGN,
        )
        parts = [*reopened, *corrections]
        take_step(rescinded, IdentificationStep.RESCINDED, by=by, permission=SIGN, reason=reason, parts=parts)
    return rescinded


def _corrections(identification: Identification, by: User) -> Iterator[Correction]:
    """What is to be put right, each thing once."""
    for about, what in dict(_downstream(identification)).items():
        yield Correction(
            code=opaque_code(),
            known_on=timezone.localdate(),
            made_up=identification.made_up,
            identification=identification,
            about=about,
            what=what,
            owner=by.get_username(),
        )


def _downstream(identification: Identification) -> Iterator[tuple[str, str]]:
    """The references of what rests on an identification, and what is to be put right there."""
    rests: list[str] = [identification.reference]
    for status in Status.objects.filter(identification=identification, withdrawn=""):
        rests.append(status.reference)
        yield status.reference, ACCOUNTED
    for model, what in TO_DO.items():
        for row in model.objects.filter(identification=identification, withdrawn=""):
            rests.append(row.reference)
            yield row.reference, what
    for step in IdentificationChange.objects.filter(identification=identification, withdrawn=""):
        rests.append(step.reference)
        if step.kind in {"announced", "released"}:
            yield step.reference, ANNOUNCED if step.kind == "announced" else RELEASED
    for row in _citing(rests):
        yield row.reference, CITES


def _citing(references: list[str]) -> Iterator[Recorded]:
    """The rows of any noun that refer to one of these: citations, statements, figures, proofs, identifiers."""
    for model in nouns().values():
        columns = [field.name for field in content_fields(model) if isinstance(field, ReferenceField)]
        for column in columns if model is not Correction else ():
            yield from model.objects.filter(**{f"{column}__in": references}, withdrawn="")
