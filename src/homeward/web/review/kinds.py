"""Which changes of the books the reader's kinds of events are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Becomes:
    """The change that an event is of the thing that it happened to.

    doer: the role of the party that did it. sets_date: whether the event's date is the one that was set, and not the
    day on which it was set.
    """

    subject: str
    kind: str
    doer: str = "who"
    sets_date: bool = False


CHANGES: Mapping[str, Becomes] = {
    "meeting-scheduled": Becomes("meeting", "announced", sets_date=True),
    "meeting-held": Becomes("meeting", "held"),
    "meeting-missed": Becomes("meeting", "missed"),
    "meeting-moved": Becomes("meeting", "moved", sets_date=True),
    "meeting-cancelled": Becomes("meeting", "cancelled"),
    "level-raised": Becomes("meeting", "level-raised"),
    "operation-begun": Becomes("operation", "begun"),
    "operation-suspended": Becomes("operation", "suspended"),
    "delivery": Becomes("delivery", "moved", doer="from"),
}
TO_COME = frozenset({"meeting-scheduled", "meeting-moved", "level-raised", "meeting-cancelled"})
"""Events that are rows of the books even while what they are about is still to come."""
IDENTIFICATION, RESULT = "identification", "operation-result"
"""What the reader calls events that have a number."""
HANDOVER_SET = "handover-scheduled"
"""A handover of which a document says that it is to come: the reader calls it a planned handover."""
TOLD_AS: Mapping[tuple[str, str], str] = {
    **{(becomes.subject, becomes.kind): kind for kind, becomes in CHANGES.items()},
    ("meeting", "confirmed"): "meeting-scheduled",
    ("delivery", "received"): "delivery",
    ("delivery", "used"): "delivery",
    ("handover", "received"): "handover",
    ("handover", "scheduled"): HANDOVER_SET,
    ("request", "made"): "request",
    ("request", "repeated"): "request",
    ("event", "identification"): IDENTIFICATION,
}
"""The reader's kind of what the books hold, by noun and kind."""
EXCLUDING = frozenset(
    frozenset(pair)
    for pair in (
        ("meeting-held", "meeting-missed"),
        ("meeting-held", "meeting-cancelled"),
        ("meeting-missed", "meeting-cancelled"),
    )
)
"""What cannot both have become of one meeting on one day."""
