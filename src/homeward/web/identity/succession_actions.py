"""Merging, splitting and renumbering: each one event that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.core.dates import PartialDate, parse_date
from homeward.web.accounts.models import User
from homeward.web.casework.individuals import Individual
from homeward.web.identity.identifiers import KEEP, Identifier, IdentifierKind, IdentifierStatus
from homeward.web.identity.individual_plans import plan_of_individuals, plan_of_split
from homeward.web.identity.specimen_plans import plan_of_specimens
from homeward.web.identity.succession_plans import LONGEST_REASON, Decision, Plan, carry_out
from homeward.web.identity.successions import Succession, SuccessionKind, check_go_on
from homeward.web.journal.book import InBook, opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import require
from homeward.web.remains.specimens import Specimen
from homeward.web.roll.people import MissingPerson, Ruling, Status, StatusKind

Planner = Callable[[Sequence[InBook], InBook, Decision, User], Plan]
OWN_NUMBER: Mapping[str, tuple[str, IdentifierKind]] = {
    "transfercase": ("number", IdentifierKind.CONTAINER),
    "accession": ("number", IdentifierKind.ACCESSION),
    "specimen": ("designator", IdentifierKind.SPECIMEN),
    "sample": ("number", IdentifierKind.SAMPLE),
    "individual": ("number", IdentifierKind.INDIVIDUAL),
}
"""The column in which things carry their own number, and what sort of number it is."""


def merge(
    rows: Sequence[InBook], into: InBook, decision: Decision, *, by: User, ruling: Ruling | None = None
) -> Succession:
    """Say that things are one with another, under whose code they go on.

    For missing people, each of ``rows`` becomes a duplicate of ``into``; for individuals, their specimens are
    associated with ``into`` instead; for specimens, which are fragments that fit together, so is the association of
    the refitted bone; for accessions, what was in them keeps its accession and is found under ``into``.

    ruling: the ruling on two entries of the roll that is entered with it, and taken back if it is undone.

    Raises
    ------
    PermissionDenied
        The user may not.
    ValidationError
        It is not possible: says why.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        everything = [*rows, into]
        if not rows or len({row.reference for row in everything}) < len(everything):
            raise ValidationError("Name the thing that goes on, and at least one other that becomes a part of it.")
        planner = MERGEABLE.get(into.noun())
        if planner is None or any(row.noun() != into.noun() for row in rows):
            raise ValidationError("Missing people, accessions, individuals and bones are merged, each with their like.")
        check_go_on(everything)
        plan = planner(rows, into, decision, by)
        if ruling is not None:
            plan = replace(plan, entered=[*plan.entered, ruling])
        return carry_out(plan, decision, by=by)


def split_off(
    individual: Individual, groups: Mapping[str, Sequence[Specimen]], decision: Decision, *, by: User
) -> Succession:
    """Say that an individual is several people, and make a new individual of each group of its specimens.

    Parameters
    ----------
    groups : mapping
        The specimens of each new individual, by the number that it gets. What is in no group stays; if nothing does,
        the individual ends.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `merge`.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        check_go_on([individual])
        return carry_out(plan_of_split(individual, groups, decision, by), decision, by=by)


def renumber(
    row: InBook, number: str, decision: Decision, *, by: User, identifier: Identifier | None = None
) -> Succession:
    """Give a thing another number; the old one stays findable.

    Parameters
    ----------
    identifier : Identifier, optional
        The number that is replaced, if it is one that somebody else gave; default: the number that the thing carries
        itself.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `merge`.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        check_go_on([row])
        if identifier is not None:
            plan = _plan_of_identifier(row, identifier, number.strip(), decision)
        else:
            plan = _plan_of_own_number(row, number.strip(), decision)
        return carry_out(plan, decision, by=by)


def _plan_of_accessions(rows: Sequence[InBook], into: InBook, decision: Decision, by: User) -> Plan:
    """Accessions are consolidated: nothing moves, as a specimen is known by the accession that it was opened under."""
    return Plan(SuccessionKind.MERGED, [*rows, into], [into])


def _plan_of_missing(rows: Sequence[InBook], into: InBook, decision: Decision, by: User) -> Plan:
    """Entries of the roll are one person: all but one get the status of a duplicate."""
    assert isinstance(into, MissingPerson)  # noqa: S101
    statuses = [
        Status(
            code=opaque_code(),
            known_on=timezone.localdate(),
            missing=row,
            kind=StatusKind.DUPLICATE,
            duplicate_of=into,
            happened=decision.happened,
            note=decision.reason,
            made_up=row.made_up,
        )
        for row in rows
        if isinstance(row, MissingPerson)
    ]
    _check_can_be_duplicates(statuses, by)
    return Plan(SuccessionKind.MERGED, [*rows, into], [into], entered=statuses)


def _check_can_be_duplicates(statuses: Sequence[Status], by: User) -> None:
    """Refuse what the histories do not allow, in words that do not tell of a status that the user may not see."""
    for status in statuses:
        hidden = Status.hidden_from(by)
        if hidden is not None and status.missing.changes.filter(hidden, withdrawn="").exists():
            raise ValidationError(
                f"{status.missing.title} cannot be merged by your roles at present. Ask the examiner to look at it."
            )


def _plan_of_identifier(row: InBook, identifier: Identifier, number: str, decision: Decision) -> Plan:
    """A number that somebody gave is replaced by another of the same kind and issuer."""
    if identifier.about != row.reference or not identifier.stands:
        raise ValidationError(f"{identifier.value} is no number of {row.title}.")
    if identifier.status != IdentifierStatus.CURRENT:
        raise ValidationError(f"{identifier.value} is not in use any more, so that nothing can take its place.")
    _check_other(identifier.value, number)
    until = {"used": _until(decision.happened)} if identifier.used is None else {}
    ended = {"status": IdentifierStatus.SUPERSEDED, "reason": _replaced(number, decision), **until}
    new = _identifier(row, IdentifierKind(identifier.kind), number)
    new.issuer_id = identifier.issuer_id
    return Plan(SuccessionKind.RENUMBERED, [row], [row], amended=[(identifier, ended)], entered=[new])


def _plan_of_own_number(row: InBook, number: str, decision: Decision) -> Plan:
    """The number that a thing carries is replaced, and the old one kept as a superseded number of it."""
    if row.noun() not in OWN_NUMBER:
        raise ValidationError(f"A {row._meta.verbose_name} carries no number of its own. Choose one of its numbers.")
    column, kind = OWN_NUMBER[row.noun()]
    old = getattr(row, column)
    _check_other(old, number)
    kept = _identifier(row, kind, old)
    kept.issuer_id = getattr(row, "laboratory_id", None)
    kept.status, kept.reason = IdentifierStatus.SUPERSEDED, _replaced(number, decision)
    kept.used = _until(decision.happened)
    return Plan(SuccessionKind.RENUMBERED, [row], [row], amended=[(row, {column: number})], entered=[kept])


def _check_other(old: str, number: str) -> None:
    """Refuse a number that is none, or the same."""
    if not number or number == old:
        raise ValidationError("Give the new number: it must not be empty, nor the one that it has.")


def _identifier(row: InBook, kind: IdentifierKind, value: str) -> Identifier:
    """A number of a row, not yet entered."""
    return Identifier(
        code=opaque_code(),
        known_on=timezone.localdate(),
        about=row.reference,
        kind=kind,
        value=value,
        made_up=row.made_up,
    )


def _replaced(number: str, decision: Decision) -> str:
    """Why a number is superseded."""
    return f"Renumbered {number}. {decision.reason}"[:LONGEST_REASON]


def _until(happened: PartialDate) -> PartialDate:
    """The period that ended on the last day that a date can mean."""
    return parse_date(f"../{happened.latest.isoformat()}")


MERGEABLE: Mapping[str, Planner] = {
    "missingperson": _plan_of_missing,
    "accession": _plan_of_accessions,
    "individual": plan_of_individuals,
    "specimen": plan_of_specimens,
}
"""What is merged, by noun, and how that is planned."""
