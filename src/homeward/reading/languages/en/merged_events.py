"""One draft for an event that several sentences tell of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from homeward.reading.drafts import EventDraft, Role
from homeward.reading.languages.interface import Words

TOLD_AGAIN = frozenset(
    (
        "meeting-held", "meeting-missed", "meeting-cancelled", "handover", "delivery", "identification", "operation-begun", "operation-result",
        "operation-suspended", "agreement", "level-raised",
    )
)  # fmt: skip
"""Kinds of which a second telling on the same day is taken for the same event. Requests and figures can be several."""


def merged(drafts: Sequence[EventDraft], text: str, words: Words) -> list[EventDraft]:
    """Return the drafts with those of one kind, polarity and date joined, where what is said of them agrees.

    The first draft is kept, with the roles that only a later one tells and the passages of both.
    """
    days = {one.id: (one.earliest, one.latest) for one in words.dates if one.earliest}
    kept: list[EventDraft] = []
    for one in sorted(drafts, key=lambda draft: (draft.span, draft.cue)):
        same = next((at for at, two in enumerate(kept) if _is_same(two, one, text, days)), None)
        if same is None:
            kept.append(replace(one, passages=(one.span,)))
        else:
            kept[same] = _joined(kept[same], one)
    return kept


def _is_same(one: EventDraft, two: EventDraft, text: str, days: Mapping[str, tuple[str | None, str | None]]) -> bool:
    if one.kind != two.kind or one.polarity != two.polarity or one.kind not in TOLD_AGAIN or one.span == two.span:
        return False
    if one.date is None or two.date is None or one.date not in days or days[one.date] != days.get(two.date):
        return False
    if one.place and two.place and one.place != two.place:
        return False
    shared = one.roles.keys() & two.roles.keys()
    return bool(shared or not one.roles or not two.roles) and all(
        _agree(one.roles[name], two.roles[name], text) for name in shared
    )


def _agree(one: Role, two: Role, text: str) -> bool:
    """Whether two roles are the same: by their drafts where both are known, or else by their words."""
    if one.id is not None and two.id is not None and one.id[0] == two.id[0] != "q":
        return one.id == two.id
    first, second = text[slice(*one.span)].lower(), text[slice(*two.span)].lower()
    return first == second or first.endswith(f" {second}") or second.endswith(f" {first}")


def _joined(one: EventDraft, two: EventDraft) -> EventDraft:
    return replace(
        one,
        roles={**two.roles, **one.roles},
        points=one.points or two.points,
        place=one.place or two.place,
        reason=one.reason or two.reason,
        according_to=tuple(dict.fromkeys((*one.according_to, *two.according_to))),
        quantities=tuple(dict.fromkeys((*one.quantities, *two.quantities))),
        passages=tuple(dict.fromkeys((*one.passages, two.span))),
    )
