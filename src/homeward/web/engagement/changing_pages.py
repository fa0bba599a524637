"""What the pages of meetings, requests, operations, deliveries and handovers show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils import timezone

from homeward.web.engagement.change_list import possible_next, shown_changes
from homeward.web.engagement.commitments import ground
from homeward.web.engagement.dealings import Agreement, Contact, Request
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.meeting_dates import MeetingStory, PlannedDate
from homeward.web.engagement.meetings import Meeting
from homeward.web.engagement.register_count import register_count
from homeward.web.engagement.said import said_about
from homeward.web.engagement.standing import History, had_happened, histories, history_of
from homeward.web.engagement.surroundings import surroundings
from homeward.web.engagement.wording import range_words
from homeward.web.engagement.works import Delivery, DeliveryKind, Handover, Operation
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WithState:
    """A thing, its state and the words for it, and the last that happened to it."""

    row: Any
    state: str
    stands: str
    last: Any


@dataclass(frozen=True, slots=True)
class DateSet:
    """A date that was set for a meeting, and the parties that announced or confirmed it."""

    planned: PlannedDate
    agreed_by: Sequence[str]


@dataclass(frozen=True, slots=True)
class Quantity:
    """How many things or containers a change concerned; empty where no source says."""

    change: Any
    number: str


def with_states(rows: Iterable[Changing], reader: Reader) -> list[WithState]:
    """Return things of one noun with where each stands."""
    rows = list(rows)
    past = histories(type(rows[0]), [row.code for row in rows], reader) if rows else {}
    return [
        WithState(row, history.state, state_words(row, history), history.last)
        for row in rows
        for history in [past.get(row.code, History())]
    ]


def state_words(row: Changing, history: History) -> str:
    """Return where a thing stands, in words."""
    if isinstance(row, Meeting) and history.state == "planned":
        return row.standings(history.changes)[0][-1][1].words
    return row.machine.labels.get(history.state, "nothing of it had happened")


def meeting(row: Meeting, reader: Reader) -> Context:
    """Return where a meeting stands, every date that was set for it, and what surrounds it."""
    context = _changing(row, reader)
    history: History = context["history"]
    fill([row], reader, "place")
    story = MeetingStory.of(history.changes)
    names = {change.by_id: change.by.short_name for change in history.changes if change.by_id}
    contacts = reader.rows(Contact).filter(meeting=row).select_related("sender", "receiver")
    contacts_known = had_happened(reader.known(contacts.order_by("happened_earliest", "code")), reader.as_of.on)
    fill(contacts_known, reader, "sender", "receiver")
    beside = reader.known(reader.rows(Meeting).filter(Q(follows=row) | Q(pk=row.follows_id)))
    stated = with_states(beside, reader)
    return {
        **context,
        "sentence": _sentence(story, names),
        "mark": _mark(story),
        "dates": [DateSet(planned, [names.get(code, code) for code in planned.agreed_by]) for planned in story.dates],
        "overdue": _is_overdue(story.to_come, reader),
        "follows": [one for one in stated if one.row.code == row.follows_id],
        "followed_by": [one for one in stated if one.row.code != row.follows_id],
        "contacts": contacts_known,
        "agreements": had_happened(reader.known(reader.rows(Agreement).filter(meeting=row)), reader.as_of.on),
    }


def request(row: Request, reader: Reader) -> Context:
    """Return what a request was, and what became of it."""
    fill([row], reader, "sender", "receiver")
    return _changing(row, reader)


def operation(row: Operation, reader: Reader) -> Context:
    """Return what an operation is a part of, what it found, and what became of it."""
    fill([row], reader, "place", "agreement", "part_of")
    return {
        **_changing(row, reader),
        "parts": with_states(reader.known(reader.rows(Operation).filter(part_of=row)), reader),
        "handovers": with_states(reader.known(reader.rows(Handover).filter(operation=row)), reader),
    }


def delivery(row: Delivery, reader: Reader) -> Context:
    """Return what was planned, moved, taken over and used of a delivery, side by side."""
    fill([row], reader, "sender", "receiver", "place", "handover")
    context = _changing(row, reader)
    return {**context, "quantities": quantities(context["history"])}


def quantities(history: History) -> list[tuple[str, list[Quantity]]]:
    """Return the changes of a delivery by their kind, with the number that each concerned; no kind is left out."""
    by_kind: dict[str, list[Quantity]] = {kind: [] for kind in ("planned", "moved", "received", "used")}
    for change in history.changes:
        number = range_words(change.quantity_low, change.quantity_high)
        by_kind.setdefault(change.kind, []).append(Quantity(change, number))
    return [(str(DeliveryKind(kind).label), found) for kind, found in by_kind.items()]


def handover(row: Handover, reader: Reader) -> Context:
    """Return what was handed over, in whose words and by which count, and what it answers."""
    fill([row], reader, "giver", "receiver", "place", "operation", "commitment")
    context = _changing(row, reader)
    if row.commitment_id:
        fill([row.commitment], reader, "agreement")
    return {
        **context,
        "containers": containers(context["history"]),
        "register": register_count(row, context["history"], reader),
        "deliveries": with_states(reader.known(reader.rows(Delivery).filter(handover=row)), reader),
    }


def containers(history: History) -> list[Quantity]:
    """Return the numbers of containers that the book of a handover gives, with the change that gives each."""
    numbers = [
        Quantity(change, range_words(change.containers_low, change.containers_high)) for change in history.changes
    ]
    return [quantity for quantity in numbers if quantity.number]


def _changing(row: Changing, reader: Reader) -> dict[str, Any]:
    """What is shown of everything that has a history."""
    history = history_of(row, reader)
    parts = [change.reference for change in history.changes]
    around = surroundings(row.reference, parts, reader)
    said = said_about([row.reference, *parts], reader, history)
    return {
        **around,
        "history": history,
        "stands": state_words(row, history),
        "shown": shown_changes(type(row), history, around["roles_of_parts"], reader),
        "possible": possible_next(row, history, reader),
        "said": said,
        "contradicted": any(one.contradicts for one in said),
        "grounds": [ground(proof, row, history) for proof in around["proofs"]],
    }


def _is_overdue(to_come: PlannedDate | None, reader: Reader) -> bool:
    """Whether the date that is planned has passed, and nothing is known of what became of it."""
    day = reader.as_of.on or timezone.localdate()
    return to_come is not None and to_come.scheduled.latest < day


def _sentence(story: MeetingStory, names: Mapping[str, str]) -> str:
    """Where a meeting stands, in one sentence."""
    standing, to_come = story.standing, story.to_come
    if standing is None or not story.dates:
        return "Nothing is known of it yet."
    last = story.dates[-1]
    by = " and ".join(names.get(code, code) for code in (to_come or last).agreed_by)
    if to_come is not None:
        sides = f"announced by one side only, {by}" if to_come.one_sided else f"agreed by both sides, {by}"
        return f"Planned for {to_come.words}: {sides}."
    if standing.state == "missed":
        return f"Missed by {' and '.join(names.get(code, code) for code in standing.missed_by)} on {last.words}."
    if standing.state == "held" and last.fate is not None:
        held = replace(last, scheduled=last.fate.happened)
        return f"Held on {held.words}."
    return f"{Meeting.machine.labels[standing.state].capitalize()}. It had been set for {last.words}."


def _mark(story: MeetingStory) -> str:
    """The mark of where a meeting stands."""
    if story.to_come is not None:
        return "one-sided" if story.to_come.one_sided else "agreed"
    state = story.standing.state if story.standing else ""
    return {"declined": "refused"}.get(state, state)
