"""What the books hold of an event that a document tells of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from homeward.core.dates import PartialDate
from homeward.web.review.draft_dates import date_of, told_date
from homeward.web.review.event_proposals import role_of
from homeward.web.review.happenings import Happening
from homeward.web.review.kinds import CHANGES, EXCLUDING, HANDOVER_SET, IDENTIFICATION, TO_COME
from homeward.web.review.meaning import words_in
from homeward.web.review.models import Draft
from homeward.web.review.relations import AGREES, ALSO, DIFFERS, DISAGREES, Beside, conflict_address
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Unit

ROLES = ("who", "with", "to", "from", "by")
VAGUE = timedelta(days=31)
"""A date that leaves more days open tells too little of one event."""
DEALINGS = frozenset({"contact", "request", "agreement"})
"""Events that nothing but their parties and their day tells from others."""
IDENTIFIED = words_in("identified remains")
"""Words that tell no identification from another."""


@dataclass(frozen=True, slots=True)
class Told:
    """An event as a document tells of it, in the terms in which the books are asked.

    day: the date in its words, if there is one. denied: whether it is said not to have happened. is_to_come: whether
    it is said to be wished or planned, where that is no row of the books. words: what tells it from others of its kind.
    """

    kind: str
    when: PartialDate
    day: PartialDate | None
    doer: str
    parties: frozenset[str]
    place: str
    place_words: str
    low: float | None
    high: float | None
    denied: bool
    is_to_come: bool
    words: frozenset[str]


def beside_event(draft: Draft, columns: Mapping[str, str], document: Document, around: Surroundings) -> list[Beside]:
    """Return what the books hold of an event, or of the same thing on the same days."""
    told = _told(draft, columns, document, around)
    others = (held for held in around.happenings if held.row.reference != draft.row and held.when.overlaps(told.when))
    found = (_compared(told, held, around) for held in others)
    return [one for one in found if one is not None]


def _told(draft: Draft, columns: Mapping[str, str], document: Document, around: Surroundings) -> Told:
    """A draft in these terms."""
    kind, polarity = str(draft.said("kind")), draft.said("polarity")
    becomes = CHANGES.get(kind)
    place, count = draft.said("place_named") or {}, _count(draft, around)
    return Told(
        HANDOVER_SET if kind == "handover" and polarity == "planned" else kind,
        date_of(draft, document),
        told_date(draft),
        around.party_of(role_of(draft, becomes.doer if becomes else "who")),
        frozenset(filter(None, (around.party_of(role_of(draft, name)) for name in ROLES))),
        around.code_of(place),
        str(place.get("name", "")),
        count.said("low") if count else None,
        count.said("high") if count else None,
        polarity == "denied",
        polarity == "planned" and kind not in TO_COME | {"handover", "request"},
        words_in(columns.get("name") or str(draft)) - IDENTIFIED,
    )


def _count(draft: Draft, around: Surroundings) -> Draft | None:
    """The quantity of boxes or things that were moved, if the event has one."""
    return next((one for one in around.drafts.counted_in(draft) if one.said("figure_unit") == Unit.BOX), None)


def _compared(told: Told, held: Happening, around: Surroundings) -> Beside | None:
    """How an event stands to something that the books hold of the same days; ``None`` if to nothing."""
    apart = bool(told.parties and held.parties) and not around.sides.are_one(told.parties, held.parties)
    if told.kind == held.kind:
        return _of_one_kind(told, held, apart, around)
    if apart or _noun(told.kind) != held.thing.noun():
        return None
    if frozenset((told.kind, held.kind)) in EXCLUDING and not _why_open(told, held, around):
        return _beside(DISAGREES, held, ["If it is one meeting, both cannot be of one day."], told)
    return _beside(ALSO, held, ["The same days, but something else that happened."], told)


def _of_one_kind(told: Told, held: Happening, apart: bool, around: Surroundings) -> Beside:
    """How an event stands to one of the same kind and days, between the same parties or others."""
    if apart:
        others = f"Between others: {around.sides.words(held.parties)} there, {around.sides.words(told.parties)} here."
        return _beside(ALSO, held, [others], told)
    reasons = [f"The same kind of event, and the days overlap: {held.when.words}."]
    if told.parties & held.parties:
        reasons.append(f"The same parties: {around.sides.words(told.parties & held.parties)}.")
    if why_open := _why_open(told, held, around):
        return _beside(ALSO, held, [why_open, *reasons], told)
    if told.denied:
        return _beside(DISAGREES, held, ["This document says that it did not happen.", *reasons], told)
    if clash := _clash(told, held, around):
        return _beside(DIFFERS, held, [clash, *reasons], told)
    return _beside(AGREES, held, reasons, told, _added(told, held, around))


def _why_open(told: Told, held: Happening, around: Surroundings) -> str:
    """Why a person must say whether two events of the same days are one; empty if they are taken for one."""
    if told.is_to_come:
        return "Here it is still to come."
    if told.day is None:
        return "This document gives no day."
    if told.day.latest - told.day.earliest > VAGUE:
        return f"This document gives no more than {told.day.words}."
    if told.kind in DEALINGS and not around.sides.are_one(told.parties, held.parties):
        return "One of the two does not say between whom it was."
    if told.kind == IDENTIFICATION and not told.words & words_in(f"{held.row.title} {held.row.summary}"):
        return "They have no name and no number in common."
    return ""


def _noun(kind: str) -> str:
    """The noun of the thing that events of a kind happen to."""
    becomes = CHANGES.get(kind)
    return becomes.subject if becomes else "handover" if kind in ("handover", HANDOVER_SET) else kind


def _clash(told: Told, held: Happening, around: Surroundings) -> str:
    """What two tellings of one event say that cannot both be right, or not of the same part of it; empty if nothing."""
    if told.doer and held.doer and not around.sides.are_one({told.doer}, {held.doer}):
        return f"By {around.sides.words([held.doer])} there, by {around.sides.words([told.doer])} here."
    if told.low is None or told.high is None or held.low is None or held.high is None:
        return ""
    if told.high < held.low or held.high < told.low:
        here = f"{told.low:,g}" if told.low == told.high else f"{told.low:,g} to {told.high:,g}"
        return f"The number is another: {held.count_words} there, {here} here."
    return ""


def _added(told: Told, held: Happening, around: Surroundings) -> list[str]:
    """What the document tells of an event that the books do not have."""
    found = []
    if told.day is not None and (told.day.latest - told.day.earliest) < (held.when.latest - held.when.earliest):
        found.append(f"It gives the date more exactly: {told.day.words}.")
    if told.place and not held.place:
        found.append(f"It names the place: {told.place_words}.")
    new = {code for code in told.parties if not around.sides.are_one({code}, held.parties)}
    if new:
        found.append(f"It names who: {around.sides.words(new)}.")
    if told.low is not None and held.low is None and hasattr(held.row, "quantity_low"):
        found.append(f"It gives the number: {told.low:,g}.")
    return found


def _beside(relation: str, held: Happening, reasons: list[str], told: Told, adds: list[str] | None = None) -> Beside:
    """The row of the books with what was found; a conflict can be opened where the two cannot both be right."""
    conflict = conflict_address(f"What became of {held.thing.title}, {told.when.words}?", held.thing.reference)
    clashes = relation in (DISAGREES, DIFFERS)
    address = held.thing.get_absolute_url()
    return Beside(relation, held.words, address, reasons, adds or [], conflict if clashes else "")
