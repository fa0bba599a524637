"""What a timeline shows of each thing that happened, and of what is still to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from homeward.core.dates import PartialDate
from homeward.web.engagement.marks import mark_of
from homeward.web.engagement.meeting_dates import MeetingStory, PlannedDate
from homeward.web.engagement.meetings import Meeting, MeetingKind
from homeward.web.engagement.standing import History
from homeward.web.engagement.timeline_lines import LINES, Line
from homeward.web.engagement.wording import change_words, deed_words, range_words
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.documents import Citation

SETS_A_DATE = (MeetingKind.ANNOUNCED, MeetingKind.CONFIRMED, MeetingKind.MOVED)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing on a timeline.

    words: what happened. thing: the row whose page tells more. mark: the name of its mark. ended: the date of a meeting
        that no longer stood after it. led_to: the date that took its place, and led_to_address: where that is shown.
        one_sided: whether the date that it set was announced by one side only.
    """

    row: Any
    line: Line
    happened: PartialDate
    words: str
    thing: Any
    mark: str
    place: Any = None
    ended: PlannedDate | None = None
    led_to: PlannedDate | None = None
    led_to_address: str = ""
    one_sided: bool = False
    citations: Sequence[Citation] = ()

    @property
    def anchor(self) -> str:
        """The name of the place on the page where it is shown."""
        return anchor_of(self.row)

    @property
    def sort_key(self) -> tuple[Any, ...]:
        """What orders moments on a page: the day and time, the kind, then the order given to changes of one day."""
        earliest, time, _ = self.happened.sort_key
        return earliest, time, list(LINES).index(self.line.name), getattr(self.row, "order", 0), self.row.code


@dataclass(frozen=True, slots=True)
class Ahead:
    """A date that is planned and of which nothing more is known.

    agreed_by: who announced or confirmed it. passed: whether the day is over.
    """

    thing: Any
    scheduled: PartialDate
    words: str
    agreed_by: Sequence[str] = ()
    one_sided: bool = False
    passed: bool = False


def moments_of(
    rows: Iterable[tuple[Line, Any]],
    meetings: Mapping[str, History],
    citations: Mapping[str, Sequence[Citation]],
    reader: Reader,
    listed_ahead: Collection[str] = (),
) -> list[Moment]:
    """Return what is shown of rows, in the order in which they happened.

    Parameters
    ----------
    rows : iterable of (Line, row)
        As they were known.
    meetings : mapping
        The histories of the meetings that occur in the rows, by code.
    citations : mapping
        What the rows rest on, by reference.
    listed_ahead : collection of str
        Codes of the meetings whose dates to come are listed on the same page.
    """
    rows = list(rows)
    _fill(rows, reader)
    stories = {code: MeetingStory.of(history.changes) for code, history in meetings.items()}
    shown = {row.code for line, row in rows if line.name == "meeting"}
    found = []
    for line, row in rows:
        moment = _moment(line, row, citations)
        if line.name == "meeting" and (story := stories.get(row.subject_code)):
            moment = _of_meeting(moment, story, shown, listed_ahead)
        found.append(moment)
    return sorted(found, key=lambda moment: moment.sort_key)


def _fill(rows: Sequence[tuple[Line, Any]], reader: Reader) -> None:
    """Load what the words of the rows name."""
    fill([row for _, row in rows], reader, "by", "place", "sender", "receiver", "party", "speaker", "document")
    changes = [(line, row) for line, row in rows if line.subject]
    fill([row for _, row in changes], reader, *{line.subject for line, _ in changes})
    fill([getattr(row, line.subject) for line, row in changes], reader, "place")


def _moment(line: Line, row: Any, citations: Mapping[str, Sequence[Citation]]) -> Moment:
    """What is shown of one row."""
    thing = getattr(row, line.subject) if line.subject else row
    return Moment(
        row=row,
        line=line,
        happened=getattr(row, line.when),
        words=_words(line, row),
        thing=thing,
        mark=mark_of(row),
        place=_place(thing) if line.subject and not _place(row) else None if line.subject else _place(row),
        citations=[row] if line.name == "statement" else citations.get(row.reference, ()),
    )


def _of_meeting(moment: Moment, story: MeetingStory, shown: Collection[str], listed_ahead: Collection[str]) -> Moment:
    """The moment with what the meeting's other changes say of it."""
    change = moment.row
    standing = story.standings.get(change.code)
    led_to = story.led_to(change)
    return replace(
        moment,
        words=deed_words(change) if change.kind == MeetingKind.MOVED and led_to else moment.words,
        mark=mark_of(change, standing),
        ended=story.ended_by(change),
        led_to=led_to,
        led_to_address=_where(led_to, moment.thing, shown, listed_ahead) if led_to else "",
        one_sided=standing is not None and standing.one_sided and change.kind in SETS_A_DATE,
    )


def _where(planned: PlannedDate, meeting: Meeting, shown: Collection[str], listed_ahead: Collection[str]) -> str:
    """The address of what became of a date: on this page if it is shown here, or on the meeting's own."""
    if planned.fate is not None:
        anchor = f"#{anchor_of(planned.fate)}"
        return anchor if planned.fate.code in shown else f"{meeting.get_absolute_url()}{anchor}"
    return f"#ahead-{meeting.code}" if meeting.code in listed_ahead else f"{meeting.get_absolute_url()}#dates"


def anchor_of(row: Any) -> str:
    """Return the name of the place on a page where a row is shown."""
    return f"{row.noun()}-{row.code}"


def _place(row: Any) -> Any:
    """The place of a row, if it has one."""
    return row.place if getattr(row, "place_id", None) else None


def _words(line: Line, row: Any) -> str:
    """What happened, in words."""
    if line.subject:
        return change_words(row)
    if line.name == "contact":
        return f"{str(row.get_kind_display()).capitalize()}, {row.between}"
    if line.name == "statement":
        who = row.speaker.name if row.speaker_id else row.speaker_described or row.party.short_name
        return f"{who} {row.get_act_display()}"
    return str(row.get_kind_display()).capitalize()


def meetings_ahead(meetings: Mapping[str, History], day: date) -> list[Ahead]:
    """Return the dates that meetings are planned for, of meetings whose histories are given."""
    found = []
    for history in meetings.values():
        if (planned := MeetingStory.of(history.changes).to_come) is None:
            continue
        names = {change.by_id: change.by.short_name for change in history.changes if change.by_id}
        found.append(
            Ahead(
                thing=history.last.meeting,
                scheduled=planned.scheduled,
                words=planned.words,
                agreed_by=[names.get(code, code) for code in planned.agreed_by],
                one_sided=planned.one_sided,
                passed=planned.scheduled.latest < day,
            )
        )
    return found


def handovers_ahead(handovers: Mapping[str, History], day: date) -> list[Ahead]:
    """Return the dates that handovers are set for, of handovers whose histories are given."""
    found = []
    for history in handovers.values():
        if history.state != "scheduled":
            continue
        change = history.steps[-1].change
        count = range_words(change.containers_low, change.containers_high)
        words = f"{change.scheduled.words}: {count} {change.container or 'containers'}" if count else ""
        passed = change.scheduled.latest < day
        found.append(Ahead(change.handover, change.scheduled, words or change.scheduled.words, passed=passed))
    return found
