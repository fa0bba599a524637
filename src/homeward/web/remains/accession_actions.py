"""Opening a container, and accounting for what was in it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from homeward.web.accounts.models import User
from homeward.web.journal.chain import queue
from homeward.web.journal.keeping import amend, enter, require
from homeward.web.journal.knowledge import AsOf
from homeward.web.remains.accessions import KEEP, Accession, Effect
from homeward.web.remains.holders import custody_lines
from homeward.web.remains.specimens import Specimen


def open_case(accession: Accession, *, by: User, why: str = "") -> Accession:
    """Enter an accession: what was signed for when a container was opened, by two people, with its seal as found.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    ValidationError
        The laboratory does not hold the container on that day, nobody witnessed it, or its items were not counted.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        problems: dict[str, str] = {}
        if not accession.witness.strip():
            problems["witness"] = "Two people open a container. Say who was there."
        if accession.n_items is None:
            problems["n_items"] = "Count what is in it before anything is taken away."
        if accession.transfer_case_id and (elsewhere := _not_held(accession)):
            problems["transfer_case"] = elsewhere
        elif accession.transfer_case_id and accession.transfer_case.seal and not accession.seal_as_found.strip():
            problems["seal_as_found"] = f"It came with seal {accession.transfer_case.seal}. Say how the seal was found."
        if problems:
            raise ValidationError(problems)
        return enter(accession, by=by, why=why, action="accession.opened")


def _not_held(accession: Accession) -> str:
    """Why a laboratory cannot open a container; empty if it can."""
    reference = accession.transfer_case.reference
    line = custody_lines([reference], AsOf(on=accession.opened.latest)).get(reference)
    if line is None:
        return f"Nothing says that anybody held it on {accession.opened.words}."
    if line.under_way is not None:
        return "It is on its way, and nobody has received it. Receive it first."
    if line.holder != accession.laboratory_id:
        return f"It is with {line.holder} since {line.since.words}. It must be handed to the laboratory first."
    return ""


def complete_inventory(accession: Accession, *, by: User, why: str = "") -> Accession:
    """Say that every item that was counted has its own row.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    ValidationError
        More or fewer bones and effects stand in the inventory than were counted.
    """
    return _set(accession, {"inventoried": True}, by=by, why=why or "Complete.", action="accession.inventoried")


def open_inventory_again(accession: Accession, *, by: User, why: str) -> Accession:
    """Say that an inventory is not complete after all."""
    return _set(accession, {"inventoried": False}, by=by, why=why, action="accession.inventory-reopened")


def amend_count(accession: Accession, n_items: int, *, by: User, why: str) -> Accession:
    """Correct how many items were counted, with the reason.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    ValidationError
        No reason is given, or the inventory is complete and would no longer be.
    """
    return _set(accession, {"n_items": n_items}, by=by, why=why, action="accession.counted-again")


def add_later_find(row: Specimen | Effect, *, by: User, why: str) -> Specimen | Effect:
    """Enter a bone or an effect that was found after the inventory was complete; the count grows by it.

    Raises
    ------
    PermissionDenied
        The user may not keep remains.
    ValidationError
        No reason is given, or the row is not possible. Nothing was written.
    """
    with transaction.atomic():
        queue()
        accession = Accession.objects.select_for_update().get(pk=row.accession_id)
        if not accession.inventoried:
            raise ValidationError("The inventory is not complete yet. Enter this as one of its items.")
        n_items = (accession.n_items or 0) + 1
        changes = {"inventoried": False, "n_items": n_items}
        accession = _set(accession, changes, by=by, why=why, action="accession.counted-again")
        enter(row, by=by, why=why)
        complete_inventory(accession, by=by, why=why)
    return row


def _set(accession: Accession, changes: dict[str, object], *, by: User, why: str, action: str) -> Accession:
    """Amend the count of an accession."""
    return amend(accession, changes, by=by, why=why, read_version=accession.version, action=action)
