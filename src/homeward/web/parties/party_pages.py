"""What the pages of parties and people show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from homeward.web.engagement.changing_pages import with_states
from homeward.web.engagement.dealings import Agreement, Request, RequestChange, RequestKind
from homeward.web.engagement.standing import had_happened
from homeward.web.engagement.timeline import latest_moments
from homeward.web.engagement.timeline_lines import Scope
from homeward.web.engagement.works import Involvement
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Office, Party, PartyName, Person, PersonName, Tenure
from homeward.web.places.belonging import parts_among
from homeward.web.sources.statements import Statement

MOST_STATEMENTS = 100
MOST_REQUESTS = 50
OPEN = frozenset({"open", "partly-granted"})
LEAVES_OPEN = (RequestKind.MADE, RequestKind.REPEATED, RequestKind.PARTLY_GRANTED)

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who held an office, and whether they did on the reader's day."""

    tenure: Tenure
    then: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An office and who held it, in the order of time."""

    office: Office
    holders: Sequence[Holder]


def party(row: Party, reader: Reader) -> Context:
    """Return what a party is called, what it is a part of, who spoke for it, and what it had to do with."""
    every = {one.code: one for one in reader.known(reader.rows(Party))}
    codes = parts_among({row.code}, {code: one.part_of_id for code, one in every.items()})
    offices = reader.known(reader.rows(Office).filter(party=row).order_by("name", "code"))
    tenures = reader.known(
        reader.rows(Tenure).filter(office__in=offices).select_related("person").order_by("held_earliest", "code")
    )
    fill(tenures, reader, "person")
    return {
        "names": reader.known(reader.rows(PartyName).filter(party=row).order_by("script", "code")),
        "whole": every.get(row.part_of_id or ""),
        "parts": [one for one in every.values() if one.part_of_id == row.code],
        "offices": [Held(office, _holders(office, tenures, reader)) for office in offices],
        "timeline": latest_moments(reader, Scope.of_parties(codes, reader)),
        "agreements": _agreements(codes, reader),
        "requests": _open_requests(codes, reader),
    }


def _holders(office: Office, tenures: Iterable[Tenure], reader: Reader) -> list[Holder]:
    """Who held an office by the reader's day."""
    day = reader.as_of.on or timezone.localdate()
    return [
        Holder(tenure, _holds_on(tenure, day))
        for tenure in tenures
        if tenure.office_id == office.code and tenure.held.earliest <= day
    ]


def _holds_on(tenure: Tenure, day: date) -> bool:
    """Whether somebody can have held an office on a day."""
    return bool(tenure.held.earliest <= day <= tenure.held.latest)


def _agreements(codes: Iterable[str], reader: Reader) -> list[Agreement]:
    """The agreements that parties had to do with, newest first."""
    about = (
        reader.rows(Involvement).filter(party__in=codes, about__startswith="agreement:").values_list("about", flat=True)
    )
    agreements = reader.rows(Agreement).filter(pk__in={reference.partition(":")[2] for reference in about})
    return had_happened(reader.known(agreements.order_by("-happened_earliest", "code")), reader.as_of.on)


def _open_requests(codes: Iterable[str], reader: Reader) -> list[Any]:
    """The requests by and to parties that are neither granted, refused nor given up, those that changed last first."""
    changes = reader.rows(RequestChange).filter(request=OuterRef("pk"))
    if reader.as_of.on is not None:
        changes = changes.filter(happened_earliest__lte=reader.as_of.on)
    last = changes.order_by("-happened_earliest", "-order", "-code")[:1]
    rows = (
        reader.rows(Request)
        .filter(Q(sender__in=codes) | Q(receiver__in=codes))
        .annotate(last_kind=Subquery(last.values("kind")), last_day=Subquery(last.values("happened_earliest")))
        .filter(last_kind__in=LEAVES_OPEN)
        .order_by("-last_day", "code")
    )
    return [one for one in with_states(reader.known(rows[:MOST_REQUESTS]), reader) if one.state in OPEN]


def person(row: Person, reader: Reader) -> Context:
    """Return what a person is called, which offices they held, what they said and where they took part."""
    tenures = reader.known(
        reader.rows(Tenure).filter(person=row).select_related("office__party").order_by("held_earliest", "code")
    )
    fill(tenures, reader, "office")
    fill([tenure.office for tenure in tenures], reader, "party")
    day = reader.as_of.on or timezone.localdate()
    said = reader.rows(Statement).filter(speaker=row).select_related("document")
    if reader.as_of.on is not None:
        said = said.filter(said_earliest__lte=reader.as_of.on)
    statements = reader.known(said.order_by("-said_earliest", "code")[:MOST_STATEMENTS])
    fill(statements, reader, "document")
    involvements = reader.known(reader.rows(Involvement).filter(person=row).select_related("party"))
    fill(involvements, reader, "party")
    things = reader.by_reference(involvement.about for involvement in involvements)
    return {
        "names": reader.known(reader.rows(PersonName).filter(person=row).order_by("script", "code")),
        "tenures": [Holder(tenure, _holds_on(tenure, day)) for tenure in tenures if tenure.held.earliest <= day],
        "statements": statements,
        "took_part": [(one, things[one.about]) for one in involvements if one.about in things],
    }
