"""The lines of a brief, section by section. Each is made only when it is wanted, so that only it cites its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import Q

from homeward.reports.brief import DealingLine, MeetingLine, SourceLine
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.linked import citations_of_rows
from homeward.web.engagement.meetings import Meeting, MeetingChange, MeetingKind, Standing
from homeward.web.engagement.models import Delivery, Handover, Involvement, Operation, Request
from homeward.web.engagement.standing import History, histories
from homeward.web.engagement.wording import LEVELS, change_words
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.sources.models import Document

OPEN_REQUEST = ("open", "partly-granted")


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party, with the parties that belong to it, as somebody reads the record.

    reader: with both times set. codes: of the party and of all its parts.
    """

    party: Party
    reader: Reader
    on: date
    codes: frozenset[str]

    def involved(self, noun: str) -> set[str]:
        """Return the codes of the rows of a noun that the party had to do with."""
        rows = self.reader.rows(Involvement).filter(party__in=self.codes, about__startswith=f"{noun}:")
        return {row.about.partition(":")[2] for row in self.reader.known(rows)}


class SourceNumbers:
    """The numbers of the sources of one brief, in the order in which they are first needed."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.numbers: dict[str, int] = {}

    def of(self, documents: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of documents, by their codes."""
        return tuple(self.numbers.setdefault(code, len(self.numbers) + 1) for code in dict.fromkeys(documents))

    def of_rows(self, references: Sequence[str]) -> tuple[int, ...]:
        """Return the numbers of the documents that rows rest on."""
        cited = citations_of_rows(references, self.reader)
        return self.of(citation.document_id for reference in references for citation in cited.get(reference, []))

    def lines(self) -> tuple[SourceLine, ...]:
        """Return the list of sources."""
        rows = self.reader.known(self.reader.rows(Document).filter(pk__in=self.numbers))
        documents = {row.code: row for row in rows}
        return tuple(
            SourceLine(number, code, row.headline, row.publisher, row.published.local_words, row.grade)
            for code, number in self.numbers.items()
            if (row := documents.get(code))
        )


def meeting_lines(
    view: PartyView, numbers: SourceNumbers
) -> tuple[list[Callable[[], MeetingLine]], list[Callable[[], MeetingLine]]]:
    """Return the meetings to come, soonest first, and what became of those before, newest first.

    A meeting that was missed and then moved is in both: the missed date is past, the new date is to come.
    """
    reader = view.reader
    own = {change.meeting_id for change in reader.known(reader.rows(MeetingChange).filter(by__in=view.codes))}
    codes = view.involved("meeting") | own
    meetings = {row.code: row for row in reader.known(reader.rows(Meeting).filter(pk__in=codes))}
    to_come: list[tuple[date, Callable[[], MeetingLine]]] = []
    past: list[tuple[date, Callable[[], MeetingLine]]] = []
    for code, history in histories(Meeting, codes, reader).items():
        standings = Meeting.standings(history.changes)[0]
        for position, (change, standing) in enumerate(standings):
            is_last = position == len(standings) - 1
            if not (is_last or change.kind == MeetingKind.MISSED):
                continue
            due = standing.scheduled or change.happened
            line = partial(_meeting_line, meetings[code], history.changes[: position + 1], standing, view, numbers)
            if standing.state == "planned" and due.latest >= view.on:
                to_come.append((due.earliest, line))
            else:
                past.append((due.latest, line))
    return _lines(to_come), _lines(past, newest_first=True)


def _meeting_line(
    meeting: Meeting, changes: Sequence[Any], standing: Standing, view: PartyView, numbers: SourceNumbers
) -> MeetingLine:
    """A meeting as it stood after some of its changes."""
    last = changes[-1]
    became = standing.words
    if standing.state == "missed":
        became = change_words(last)
    elif standing.state == "planned" and standing.scheduled and standing.scheduled.latest < view.on:
        became = f"{became}; nothing is known of what became of it"
    earlier = (
        f"First set for {', then '.join(day.local_words for day in standing.earlier)}." if standing.earlier else ""
    )
    return MeetingLine(
        name=meeting.name,
        when=(standing.scheduled or last.happened).local_words,
        level=LEVELS.get(standing.level, ""),
        became=became,
        detail=" ".join(filter(None, (earlier, last.note))),
        missed=standing.state == "missed",
        sources=numbers.of_rows([change.reference for change in changes[-2:]]),
    )


def work_lines(view: PartyView, numbers: SourceNumbers) -> list[Callable[[], DealingLine]]:
    """Return the operations, deliveries and handovers of a party, those that changed last first."""
    reader, codes = view.reader, view.codes
    handovers = reader.known(reader.rows(Handover).filter(Q(giver__in=codes) | Q(receiver__in=codes)))
    for_them = Q(sender__in=codes) | Q(receiver__in=codes) | Q(handover__in=[row.code for row in handovers])
    works: dict[type[Changing], list[Any]] = {
        Handover: handovers,
        Delivery: reader.known(reader.rows(Delivery).filter(for_them)),
        Operation: reader.known(reader.rows(Operation).filter(pk__in=view.involved("operation"))),
    }
    found: list[tuple[date, Callable[[], DealingLine]]] = []
    for model, rows in works.items():
        of_noun = histories(model, [row.code for row in rows], reader)
        found += [
            (history.last.happened.latest, partial(_dealing_line, row, history, numbers))
            for row in rows
            if (history := of_noun.get(row.code))
        ]
    return _lines(found, newest_first=True)


def request_lines(view: PartyView, numbers: SourceNumbers) -> list[Callable[[], DealingLine]]:
    """Return the requests by and to a party that are open, oldest first."""
    reader, codes = view.reader, view.codes
    rows = {
        row.code: row for row in reader.known(reader.rows(Request).filter(Q(sender__in=codes) | Q(receiver__in=codes)))
    }
    found = [
        (history.changes[0].happened.earliest, partial(_dealing_line, rows[code], history, numbers))
        for code, history in histories(Request, list(rows), reader).items()
        if history.state in OPEN_REQUEST
    ]
    return _lines(found)


def _dealing_line(row: Any, history: History, numbers: SourceNumbers) -> DealingLine:
    """Where an operation, a delivery, a handover or a request stands."""
    last = history.last
    return DealingLine(
        name=row.name,
        when=last.happened.local_words,
        state=change_words(last),
        detail=last.note,
        sources=numbers.of_rows([last.reference]),
    )


def _lines(dated: list[tuple[date, Any]], *, newest_first: bool = False) -> list[Any]:
    """Lines in the order of their dates."""
    return [line for _, line in sorted(dated, key=lambda pair: pair[0], reverse=newest_first)]
