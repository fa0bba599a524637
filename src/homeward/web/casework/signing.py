"""Signing an identification: the double entry that closes a line of the roll against one of the register."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.dates import day
from homeward.web.accounts.models import User
from homeward.web.casework.argument import Argument
from homeward.web.casework.evidence import Evidence, Opinion, ReviewItem
from homeward.web.casework.frozen import changed_since
from homeward.web.casework.identification_actions import obstacles_between
from homeward.web.casework.identifications import SIGN, Identification, IdentificationStep
from homeward.web.casework.owed import opened_at_signing
from homeward.web.casework.review_actions import IN_REVIEW
from homeward.web.casework.steps import require_state, take_step
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, require
from homeward.web.laboratory.profiles import Profile
from homeward.web.roll.people import Status, StatusKind

CHANGED = "The argument changed after you read it. Read what is signed again, then sign."


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the review of one line of evidence stands.

    agreed_by: reviewers who agree with the present version. open_comments: comments that nobody answered.
    """

    evidence: Evidence
    agreed_by: tuple[str, ...]
    open_comments: tuple[ReviewItem, ...]

    @property
    def is_settled(self) -> bool:
        """Whether somebody agrees with it as it is and nothing is open."""
        return bool(self.agreed_by) and not self.open_comments


def standings(argument: Argument) -> list[Standing]:
    """Return where the review of each line of evidence stands."""
    prepared_by = argument.identification.prepared_by
    return [
        Standing(
            evidence,
            tuple(item.reviewer for item in items if _agrees(item, evidence) and item.reviewer != prepared_by),
            tuple(item for item in items if item.opinion != Opinion.AGREE and not item.answer),
        )
        for evidence in argument.evidence
        for items in [[item for item in argument.reviews if item.evidence_id == evidence.code]]
    ]


def obstacles(argument: Argument) -> list[str]:
    """Return why an identification cannot be signed as it stands; empty if it can."""
    identification = argument.identification
    problems = obstacles_between(identification.individual, identification.missing)
    if not any(evidence.direction == "for" for evidence in argument.evidence):
        problems.append("No line of evidence speaks for it.")
    for standing in standings(argument):
        if not standing.agreed_by:
            problems.append(f"Nobody agreed yet with {standing.evidence} in its present version. Have it reviewed.")
        if standing.open_comments:
            problems.append(f"A comment on {standing.evidence} is open. Have the preparer answer it.")
    changed = changed_since(argument.evidence)
    problems += [
        f"{evidence} rests on what changed since: {', '.join(one.reference for one in rows)}. Send it back."
        for evidence in argument.evidence
        if (rows := changed[evidence.code])
    ]
    return [*problems, *_suspicious(argument)]


def sign(identification: Identification, *, by: User, read_digest: str) -> Identification:
    """Sign an identification: from then on it is in force, and accounts for the person.

    The entry in the roll, the signature and the obligations that it opens are written together or not at all.

    Parameters
    ----------
    read_digest : str
        The SHA-256 of the text that the examiner read.

    Raises
    ------
    PermissionDenied
        The user may not sign, or put the identification forward.
    ValidationError
        It is not in review, the argument changed since it was read, or something stands in the way; tells all of it.
    """
    with transaction.atomic():
        queue()
        require(by, SIGN)
        identification.refresh_from_db()
        if by.get_username() == identification.prepared_by:
            raise PermissionDenied("Whoever put an identification forward cannot sign it.")
        require_state(identification, IN_REVIEW, "it is signed")
        argument = Argument.of(identification)
        if argument.digest != read_digest:
            raise ValidationError(CHANGED)
        if problems := obstacles(argument):
            raise ValidationError(problems)
        return _enter_both(identification, argument.digest, by)


def _enter_both(identification: Identification, digest: str, by: User) -> Identification:
    """Write the signature, the status of the person and the obligations."""
    signature = {"signed_by": by.get_username(), "signed_digest": digest, "in_force": True}
    signed = amend(
        identification,
        signature,
        by=by,
        why="Signed.",
        read_version=identification.version,
        action="identification.signed",
        permission=SIGN,
    )
    today = timezone.localdate()
    status = new_status(signed, StatusKind.ACCOUNTED, "Identified.")
    parts = [status, *opened_at_signing(signed, today)]
    take_step(signed, IdentificationStep.SIGNED, by=by, permission=SIGN, parts=parts)
    return signed


def new_status(identification: Identification, kind: str, note: str) -> Status:
    """Return a status of the person that rests on an identification, by the authority of its laboratory."""
    today = timezone.localdate()
    n_today = Status.objects.filter(missing=identification.missing_id, happened_earliest=today).count()
    return Status(
        code=opaque_code(),
        known_on=today,
        made_up=identification.made_up,
        missing_id=identification.missing_id,
        kind=kind,
        happened=day(today),
        order=n_today,
        by_id=identification.individual.laboratory_id,
        note=note,
        identification=identification,
    )


def _agrees(item: ReviewItem, evidence: Evidence) -> bool:
    """Whether a reviewer agrees with a line as it is now."""
    return (
        item.opinion == Opinion.AGREE
        and item.evidence_version == evidence.version
        and item.reviewer != evidence.entered_by
    )


def _suspicious(argument: Argument) -> list[str]:
    """The samples of these bones of which a profile is under suspicion."""
    profiles = Profile.objects.filter(sample__specimen__in=argument.specimens, withdrawn="").exclude(suspicion="")
    samples = sorted(
        {f"{profile.sample.specimen} {profile.sample}" for profile in profiles.select_related("sample__specimen")}
    )
    return [f"A profile of sample {name} is under suspicion. Settle that first." for name in samples]
