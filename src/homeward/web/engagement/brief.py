"""The brief on a party: gathered from the record as of two times."""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any

from django.utils import timezone

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.reports.brief import Brief
from homeward.web.engagement.brief_claims import commitment_lines, figure_lines, said_lines
from homeward.web.engagement.brief_lines import PartyView, SourceNumbers, meeting_lines, request_lines, work_lines
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.places.belonging import with_parts

MOST = {"commitments": 8, "next_meetings": 4, "past_meetings": 6, "said": 5, "works": 7, "figures": 5, "requests": 5}
"""How many lines of each section fit two pages; what is left out is counted on the brief."""


def brief_on(party: Party, reader: Reader) -> Brief:
    """Return the brief on a party and the parties that belong to it.

    A time that the reader leaves open is today, by the calendar of the record.
    """
    today = timezone.localdate()
    on, known = reader.as_of.on or today, reader.as_of.known or today
    then = Reader(reader.user, AsOf(on, known))
    view = PartyView(party, then, on, with_parts(party, then))
    numbers = SourceNumbers(view.reader)
    next_meetings, past_meetings = meeting_lines(view, numbers)
    sections: dict[str, list[Callable[[], Any]]] = {
        "commitments": commitment_lines(view, numbers),
        "next_meetings": next_meetings,
        "past_meetings": past_meetings,
        "said": said_lines(view, numbers),
        "works": work_lines(view, numbers),
        "figures": figure_lines(view, numbers),
        "requests": request_lines(view, numbers),
    }
    kept: dict[str, Any] = {name: tuple(line() for line in lines[: MOST[name]]) for name, lines in sections.items()}
    left_out = {name: len(lines) - MOST[name] for name, lines in sections.items() if len(lines) > MOST[name]}
    return Brief(
        party=party.name,
        party_short=party.short_name,
        on=on,
        known=known,
        made_on=today,
        version=__version__,
        left_out=left_out,
        sources=numbers.lines(),
        **kept,
    )


def party_called(name: str, reader: Reader) -> Party:
    """Return the party of a code, a short name or a full name, in any case of letters.

    Raises
    ------
    InputError
        The user may see no such party; names those that are alike.
    """
    parties = reader.known(reader.rows(Party))
    wanted = name.strip().casefold()
    for party in parties:
        if wanted in (party.code, party.short_name.casefold(), party.name.casefold()):
            return party
    alike = get_close_matches(name, [party.short_name for party in parties] + [party.name for party in parties])
    known = f" Is it {' or '.join(alike)}?" if alike else ""
    raise InputError(Problem(f"The record knows no party of this name.{known}", f"--party {name}", "Check the name."))
