"""The kinds of things on the timeline, the tables that they are in, and which of them concern a party or a place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from homeward.web.engagement.dealings import Agreement, Contact, RequestChange
from homeward.web.engagement.histories import Change
from homeward.web.engagement.meetings import MeetingChange
from homeward.web.engagement.works import DeliveryChange, Event, HandoverChange, Involvement, OperationChange
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded
from homeward.web.sources.statements import Statement


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of thing on the timeline.

    name: in addresses. label: on the page. subject: the column that leads to the thing whose change it is. when: the
        column of its date. parties, places: the columns that lead to the parties and places that it concerns.
    beside: what is shown together with it.
    """

    name: str
    label: str
    model: type[Recorded]
    subject: str = ""
    when: str = "happened"
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def change(self) -> type[Change]:
        """The model, of a line that has a subject."""
        assert issubclass(self.model, Change)  # noqa: S101
        return self.model

    @property
    def day(self) -> str:
        """The column of the first day that its date can mean; it is indexed."""
        return f"{self.when}_earliest"


LINES = {
    line.name: line
    for line in (
        Line(
            "meeting",
            "Meetings",
            MeetingChange,
            "meeting",
            parties=("by",),
            places=("meeting__place",),
            beside=("by", "meeting__place"),
        ),
        Line("contact", "Contacts", Contact, parties=("sender", "receiver"), beside=("sender", "receiver")),
        Line(
            "request",
            "Requests",
            RequestChange,
            "request",
            parties=("by", "request__sender", "request__receiver"),
            beside=("by", "request"),
        ),
        Line("agreement", "Agreements", Agreement, places=("place",), beside=("place",)),
        Line(
            "operation",
            "Operations",
            OperationChange,
            "operation",
            parties=("by",),
            places=("operation__place",),
            beside=("by", "operation__place"),
        ),
        Line(
            "delivery",
            "Deliveries",
            DeliveryChange,
            "delivery",
            parties=("by", "delivery__sender", "delivery__receiver"),
            places=("place", "delivery__place"),
            beside=("by", "place", "delivery__place"),
        ),
        Line(
            "handover",
            "Handovers",
            HandoverChange,
            "handover",
            parties=("by", "handover__giver", "handover__receiver"),
            places=("place", "handover__place"),
            beside=("by", "place", "handover__place"),
        ),
        Line("event", "Other events", Event, places=("place",), beside=("place",)),
        Line(
            "statement",
            "Statements",
            Statement,
            when="said",
            parties=("party",),
            places=("place",),
            beside=("party", "speaker", "document"),
        ),
    )
}
WITHOUT_STATEMENTS = tuple(name for name in LINES if name != "statement")


FEW = 2_000
"""A scope names up to so many things that its parties had to do with; beyond that each row is looked up by itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a timeline is about: everything, or what concerns some parties or some places, by their codes.

    involved: references of what the parties had to do with; ``None`` if these are many, so that nearly every row is one
        of them and a page of rows is soon found.
    """

    parties: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    involved: frozenset[str] | None = frozenset()

    @classmethod
    def of_parties(cls, codes: frozenset[str], reader: Reader) -> Scope:
        """Return the scope of what parties did, received or had to do with."""
        about = list(
            reader.rows(Involvement).filter(party__in=codes).order_by().values_list("about", flat=True)[: FEW + 1]
        )
        return cls(parties=codes, involved=None if len(about) > FEW else frozenset(about))

    @property
    def is_wide(self) -> bool:
        """Whether nearly everything is in the scope."""
        return not self.places and (not self.parties or self.involved is None)

    def rows(self, line: Line, reader: Reader) -> QuerySet[Any]:
        """Return the rows of a line that are in the scope and can be known."""
        rows: QuerySet[Any] = reader.rows(line.model)
        if self.places:
            rows = rows.filter(_any_of(line.places, self.places))
        if self.parties:
            named = self._looked_up(line, reader) if self.involved is None else self._named(line, reader)
            rows = rows.filter(_any_of(line.parties, self.parties) | named)
        return rows

    def _named(self, line: Line, reader: Reader) -> Q:
        """The rows that the parties had to do with, or that are changes of such a thing, by their codes."""
        assert self.involved is not None  # noqa: S101
        codes: dict[str, list[str]] = {}
        for reference in self.involved:
            noun, _, code = reference.partition(":")
            codes.setdefault(noun, []).append(code)
        found = Q(pk__in=codes.get(line.model.noun(), []))
        if line.subject:
            theirs = reader.rows(line.change).filter(by__in=self.parties).values(line.subject)
            found |= Q(**{f"{line.subject}__in": codes.get(line.subject, [])}) | Q(**{f"{line.subject}__in": theirs})
        return found

    def _looked_up(self, line: Line, reader: Reader) -> Q:
        """The same as a question that is asked of each row."""
        involved = reader.rows(Involvement).filter(party__in=self.parties)
        found = Q(Exists(involved.filter(about=Concat(Value(f"{line.model.noun()}:"), OuterRef("code")))))
        if line.subject:
            column = f"{line.subject}_id"
            theirs = reader.rows(line.change).filter(**{column: OuterRef(column)}, by__in=self.parties)
            found |= Q(Exists(involved.filter(about=Concat(Value(f"{line.subject}:"), OuterRef(column)))))
            found |= Q(Exists(theirs))
        return found


def _any_of(columns: tuple[str, ...], codes: frozenset[str]) -> Q:
    """One of the columns leads to one of the rows."""
    found = Q(pk__in=[])
    for column in columns:
        found |= Q(**{f"{column}__in": codes})
    return found
