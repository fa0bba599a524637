"""From a candidate to its submission: putting it forward, its evidence, the alternatives, and dropping it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.evidence import Alternative, Evidence
from homeward.web.casework.frozen import digest_of, freeze
from homeward.web.casework.grouped import groups_of
from homeward.web.casework.identifications import PREPARE, SIGN, Identification, IdentificationStep
from homeward.web.casework.individuals import Individual
from homeward.web.casework.rules import contradictions
from homeward.web.casework.steps import require_state, state_of, state_of_person, take_step
from homeward.web.identity.successions import check_go_on
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require, withdraw
from homeward.web.roll.people import MissingPerson

CANDIDATE = frozenset({"proposed"})
OPEN = frozenset({"proposed", "in-review"})


def propose(
    individual: Individual, missing: MissingPerson, *, by: User, conclusion: str = "", policy: str = ""
) -> Identification:
    """Put forward that an individual is a missing person.

    Raises
    ------
    PermissionDenied
        The user may not prepare identifications.
    ValidationError
        The individual or the person is in another identification in force, the individual has no specimen or contains
        a contradiction, or the two were put forward before and that is still open.
    """
    with transaction.atomic():
        queue()
        require(by, PREPARE)
        check_go_on([individual])
        problems = obstacles_between(individual, missing)
        earlier = Identification.objects.filter(individual=individual, missing=missing, withdrawn="")
        if any(state_of(one) in OPEN for one in earlier):
            problems.append("These two were put forward before, and that is still open. Go on with that case.")
        if problems:
            raise ValidationError(problems)
        identification = enter(
            Identification(
                code=opaque_code(),
                known_on=timezone.localdate(),
                made_up=individual.made_up or missing.made_up,
                individual=individual,
                missing=missing,
                prepared_by=by.get_username(),
                conclusion=conclusion,
                policy=policy,
            ),
            by=by,
            action="identification.put-forward",
        )
        take_step(identification, IdentificationStep.PROPOSED, by=by, permission=PREPARE)
    return identification


def obstacles_between(individual: Individual, missing: MissingPerson) -> list[str]:
    """Return why an individual and a missing person cannot be brought together as the books stand."""
    in_force = Identification.objects.filter(in_force=True, withdrawn="")
    problems: list[str] = []
    if in_force.filter(missing=missing).exists() or state_of_person(missing) == "accounted":
        problems.append(f"{missing} is accounted for already. Rescind that first, if it is wrong.")
    elif (state := state_of_person(missing)) not in {"", "unaccounted"}:
        problems.append(
            f"{missing} stands in the roll as {MissingPerson.machine.labels[state]}. Reopen that line first."
        )
    if in_force.filter(individual=individual).exists():
        problems.append(f"{individual} is identified already. Rescind that first, if it is wrong.")
    group = groups_of([individual.pk])[individual.pk]
    if not group.bones:
        problems.append(f"{individual} has no specimen. Associate the specimens first.")
    return [*problems, *(found.sentence for found in contradictions(group))]


def conclude(identification: Identification, conclusion: str, *, by: User, policy: str = "") -> Identification:
    """Say what the evidence shows, taken together.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `add_evidence`.
    """
    with transaction.atomic():
        _begin(identification, by)
        changes = {"conclusion": conclusion, "policy": policy or identification.policy}
        return amend(
            identification,
            changes,
            by=by,
            why="What the evidence shows.",
            read_version=identification.version,
            action="identification.concluded",
        )


def add_evidence(
    identification: Identification,
    *,
    line: str,
    direction: str,
    statement: str,
    by: User,
    sources: str = "",
    log10_lr: Decimal | None = None,
    analysis: str = "",
    software: str = "",
) -> Evidence:
    """Add a line of evidence, frozen with the versions and digests of the rows that it rests on.

    Parameters
    ----------
    sources : str
        What it rests on, one ``noun:code`` a line.

    Raises
    ------
    PermissionDenied
        The user may not prepare identifications.
    ValidationError
        The candidate is not open for changes, a source is not there, or the line is not possible.
    """
    with transaction.atomic():
        _begin(identification, by)
        rests_on = freeze(sources.splitlines(), by=by)
        evidence = Evidence(
            code=opaque_code(),
            known_on=timezone.localdate(),
            made_up=identification.made_up,
            identification=identification,
            line=line,
            direction=direction,
            log10_lr=log10_lr,
            statement=statement,
            sources=sources,
            analysis=analysis,
            software=software,
            rests_on=rests_on,
            frozen=digest_of(rests_on),
            entered_by=by.get_username(),
        )
        return enter(evidence, by=by, action="evidence.added")


def revise_evidence(evidence: Evidence, changes: Mapping[str, Any], *, by: User, why: str) -> Evidence:
    """Change a line of evidence, and freeze anew what it rests on; its reviews were of the version before.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `add_evidence`.
    """
    with transaction.atomic():
        _begin(evidence.identification, by)
        rests_on = freeze(str(changes.get("sources", evidence.sources)).splitlines(), by=by)
        frozen = {"rests_on": rests_on, "frozen": digest_of(rests_on)}
        return amend(
            evidence, {**changes, **frozen}, by=by, why=why, read_version=evidence.version, action="evidence.revised"
        )


def take_back_evidence(evidence: Evidence, *, by: User, why: str) -> Evidence:
    """Withdraw a line of evidence, with the reason."""
    with transaction.atomic():
        _begin(evidence.identification, by)
        return withdraw(evidence, by=by, why=why, action="evidence.withdrawn")


def consider(
    identification: Identification, missing: MissingPerson, *, reason: str, by: User, log10_lr: Decimal | None = None
) -> Alternative:
    """Note another missing person who was considered, and why it is not that one.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `add_evidence`; also if it is the person who was put forward.
    """
    with transaction.atomic():
        _begin(identification, by)
        if missing.pk == identification.missing_id:
            raise ValidationError({"missing": "This is the person who was put forward. Name another."})
        alternative = Alternative(
            code=opaque_code(),
            known_on=timezone.localdate(),
            made_up=identification.made_up,
            identification=identification,
            missing=missing,
            reason=reason,
            log10_lr=log10_lr,
        )
        return enter(alternative, by=by, action="alternative.considered")


def submit(identification: Identification, *, by: User) -> Identification:
    """Submit a candidate for review.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `add_evidence`; also if nothing speaks for it or nothing is concluded.
    """
    with transaction.atomic():
        _begin(identification, by)
        problems: list[str] = []
        if not Evidence.objects.filter(identification=identification, direction="for", withdrawn="").exists():
            problems.append("No line of evidence speaks for it. Add one before you submit it.")
        if not identification.conclusion.strip():
            problems.append("Nothing is concluded yet. Say what the evidence shows, taken together.")
        if problems:
            raise ValidationError(problems)
        take_step(identification, IdentificationStep.SUBMITTED, by=by, permission=PREPARE)
    return identification


def drop(identification: Identification, *, reason: str, by: User) -> Identification:
    """Give a candidate up, with the reason; it stays readable.

    Raises
    ------
    PermissionDenied
        The user may neither prepare nor sign identifications.
    ValidationError
        It was signed, or no reason is given.
    """
    with transaction.atomic():
        queue()
        if not (by.has_perm(PREPARE) or by.has_perm(SIGN)):
            raise PermissionDenied("Only those who prepare or sign identifications drop a candidate.")
        require_state(identification, OPEN, "it is dropped")
        permission = PREPARE if by.has_perm(PREPARE) else SIGN
        take_step(identification, IdentificationStep.DROPPED, by=by, permission=permission, reason=reason)
    return identification


def _begin(identification: Identification, by: User) -> None:
    """Wait for the turn, and make sure that the user may work on a candidate that is open for changes."""
    queue()
    require(by, PREPARE)
    require_state(identification, CANDIDATE, "its argument is changed")
    identification.refresh_from_db()
