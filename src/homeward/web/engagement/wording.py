"""What happened, in words: one sentence for each kind of change, the same on every page."""

from __future__ import annotations

from typing import Any

from homeward.web.engagement.meetings import Level, MeetingChange, MeetingKind
from homeward.web.engagement.works import DeliveryChange, HandoverChange, HandoverStep, OperationChange

LEVELS: dict[str, str] = {
    Level.WORKING: "working level",
    Level.GENERAL: "general-officer level",
    Level.MINISTERS: "ministerial level",
    Level.SUMMIT: "summit level",
}


def change_words(change: Any) -> str:
    """Return what a change was, by whom, and what it set; its ``by`` and ``place`` are loaded.

    Of a handover that was received it does not say by whom: giver and receiver are columns of the handover, and either
    side may be the one that the source names.
    """
    if isinstance(change, MeetingChange):
        return _meeting_words(change)
    if isinstance(change, OperationChange):
        return f"{deed_words(change)}: {change.reason.rstrip('.')}" if change.reason else deed_words(change)
    if isinstance(change, DeliveryChange):
        return f"{deed_words(change)}{_amount(change)}{_where(change)}"
    if isinstance(change, HandoverChange):
        when = f" for {change.scheduled.words}" if change.scheduled else ""
        kind = deed_words(change) if change.kind in (HandoverStep.OFFERED, HandoverStep.CANCELLED) else _kind(change)
        return f"{kind}{when}{_amount(change)}{_where(change)}"
    return f"Request {change.get_kind_display()}{f' by {change.by.short_name}' if change.by_id else ''}"


def _kind(change: Any) -> str:
    """The kind of the change."""
    kind = str(change.get_kind_display())
    return f"{kind[0].upper()}{kind[1:]}"


def deed_words(change: Any) -> str:
    """Return the kind of a change and who did it, without what it set, for where that stands beside it."""
    return f"{_kind(change)} by {change.by.short_name}" if change.by_id else _kind(change)


def _where(change: Any) -> str:
    """The place, where the change has one."""
    return f", {change.place.name}" if change.place_id else ""


def _meeting_words(change: MeetingChange) -> str:
    """The words for a change of a meeting."""
    level = f", {LEVELS[change.level]}" if change.level else ""
    when = change.scheduled.words if change.scheduled else ""
    match change.kind:
        case MeetingKind.ANNOUNCED:
            return f"{deed_words(change)} for {when}{level}"
        case MeetingKind.CONFIRMED:
            by = f"Confirmed by {change.by.short_name}" if change.by_id else "Confirmed"
            return f"{by}{f' for {when}' if when else ''}{level}"
        case MeetingKind.MOVED:
            return f"{deed_words(change)} to {when}{level}"
        case MeetingKind.LEVEL_RAISED:
            raised = f"Raised to {LEVELS.get(change.level, 'another level')}"
            return f"{raised} by {change.by.short_name}" if change.by_id else raised
        case MeetingKind.HELD:
            return f"Held{level}"
    return f"{deed_words(change)}{level}"


def _amount(change: DeliveryChange | HandoverChange) -> str:
    """How many a change concerned, and of what; its delivery is loaded."""
    if isinstance(change, HandoverChange):
        count, what = range_words(change.containers_low, change.containers_high), change.container
        return f": {count} {what or 'containers'}" if count else f": {what}" if what else ""
    count = range_words(change.quantity_low, change.quantity_high)
    return f": {count} {change.delivery.thing}" if count else ""


def range_words(low: int | None, high: int | None) -> str:
    """Return a count or a range in words; empty where no source gives one."""
    if low is None or high is None:
        return ""
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"
