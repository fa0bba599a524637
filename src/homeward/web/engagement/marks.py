"""Which mark stands for what happened; each has a form of its own, so that none is told by colour alone."""

from __future__ import annotations

from typing import Any

from homeward.web.engagement.meetings import MeetingKind, Standing

MARKS: dict[str, dict[str, str]] = {
    "meetingchange": {
        "declined": "refused",
        "moved": "moved",
        "level-raised": "raised",
        "missed": "missed",
        "held": "held",
        "cancelled": "cancelled",
    },
    "requestchange": {
        "made": "asked",
        "repeated": "asked",
        "partly-granted": "granted",
        "granted": "granted",
        "refused": "refused",
        "withdrawn": "cancelled",
        "lapsed": "cancelled",
    },
    "operationchange": {
        "planned": "planned",
        "approved": "agreed",
        "begun": "begun",
        "suspended": "suspended",
        "resumed": "begun",
        "completed": "completed",
        "cancelled": "cancelled",
    },
    "deliverychange": {
        "planned": "box-planned",
        "moved": "box-moved",
        "received": "box-received",
        "used": "box-received",
        "returned": "box-moved",
        "cancelled": "cancelled",
    },
    "handoverchange": {
        "offered": "box-planned",
        "scheduled": "box-planned",
        "received": "box-received",
        "cancelled": "cancelled",
    },
}
"""Names of marks by noun and kind; a noun that is not here has one mark, of its own name."""


def mark_of(row: Any, standing: Standing | None = None) -> str:
    """Return the name of the mark of a row; for a meeting that is planned it says whether both sides agreed."""
    kinds = MARKS.get(row.noun())
    if kinds is None:
        return str(row.noun())
    if row.kind in (MeetingKind.ANNOUNCED, MeetingKind.CONFIRMED):
        return "agreed" if standing is not None and not standing.one_sided else "one-sided"
    return kinds[row.kind]
