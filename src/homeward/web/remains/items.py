"""The things of a transfer, written all at once: an accession passes with hundreds of bones."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.book import opaque_code
from homeward.web.journal.chain import append
from homeward.web.journal.keeping import amended_line, entered_line
from homeward.web.journal.recorded import snapshot
from homeward.web.remains.custody import Transfer, TransferItem


def enter_items(transfer: Transfer, things: Sequence[str], packed: Sequence[str], *, by: User, why: str) -> None:
    """List things and what is packed inside them; the transfer itself is entered after them, which proves its count."""
    now = timezone.now()
    rows = [
        TransferItem(
            code=opaque_code(),
            transfer_id=transfer.code,
            about=about,
            packed=number >= len(things),
            under_way=transfer.is_under_way,
            made_up=transfer.made_up,
            known_on=transfer.known_on,
            version_known_on=transfer.known_on,
            recorded_at=now,
        )
        for number, about in enumerate([*things, *packed])
    ]
    for row in rows:
        row.clean_fields(exclude=["transfer"])
    _refuse_what_is_on_its_way(rows)
    TransferItem.objects.bulk_create(rows)
    append((entered_line(row, "transferitem.listed", why) for row in rows), by=by, at=now)


def end_way(transfer: Transfer, *, by: User, why: str) -> None:
    """Say of the things of a transfer that they are no longer on their way."""
    now = timezone.now()
    rows = list(transfer.items.select_for_update().filter(withdrawn="", under_way=True))
    before = [snapshot(row) for row in rows]
    for row in rows:
        row.under_way, row.version, row.recorded_at = False, row.version + 1, now
    TransferItem.objects.bulk_update(rows, ["under_way", "version", "recorded_at"], batch_size=500)
    lines = (
        amended_line(row, was, snapshot(row), {"under_way"}, "transferitem.arrived", why)
        for row, was in zip(rows, before, strict=True)
    )
    append(lines, by=by, at=now)


def _refuse_what_is_on_its_way(rows: Sequence[TransferItem]) -> None:
    """Refuse to send what somebody else has sent and nobody has received."""
    ways = TransferItem.objects.filter(about__in=[row.about for row in rows], under_way=True, withdrawn="")
    problems = [
        f"{way.about} is on its way since {way.transfer.happened.words} in transfer {way.transfer_id}. "
        "It must be received or called back first."
        for way in ways.select_related("transfer").order_by("pk")
    ]
    if problems:
        raise ValidationError(problems)
