"""The command that writes a brief on a party."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from homeward.cli.acting import AsOption, acting_user
from homeward.cli.record import DataOption, JsonOption, open_record
from homeward.core.dates import NotADate, parse_date
from homeward.core.errors import InputError, Problem
from homeward.formats.atomic import write_file
from homeward.reports.brief import Brief, brief_document, brief_pdf

PartyOption = Annotated[str, typer.Option("--party", help="Code, short name or full name of the party.")]
DayOption = Annotated[
    str, typer.Option("--as-of", metavar="DATE", help="Day as of which things are told. Default: today.")
]
KnownOption = Annotated[
    str,
    typer.Option("--known", metavar="DATE", help="Day on which it was known; 'today' for all. Default: as --as-of."),
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="FILE", help="PDF to write. Default: brief-PARTY-DATE.pdf here.")
]


def brief(
    party: PartyOption,
    as_of: DayOption = "",
    known: KnownOption = "",
    out: OutOption = None,
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write the brief on a party: commitments, meetings, what was said against what happened, figures, requests."""
    on = _day(as_of, "--as-of")
    known_on = None if known == "today" else _day(known, "--known") or on
    open_record(data)
    made = _made(party, on, known_on, user)
    if as_json:
        typer.echo(json.dumps(brief_document(made), ensure_ascii=False, indent=2))
        return
    path = out or Path(f"brief-{made.party_short.lower().replace(' ', '-')}-{made.on}.pdf")
    write_file(path, brief_pdf(made))
    typer.echo(f"The brief on {made.party_short} as of {made.on} is in {path}.")


def _made(party: str, on: date | None, known: date | None, user: str | None) -> Brief:
    """The brief, as one user may see it."""
    from homeward.web.engagement.brief import brief_on, party_called
    from homeward.web.journal.knowledge import AsOf
    from homeward.web.journal.reader import Reader

    reader = Reader(acting_user(user), AsOf(on, known))
    return brief_on(party_called(party, reader), reader)


def _day(text: str, option: str) -> date | None:
    """The day that an option names."""
    if not text:
        return None
    try:
        return parse_date(text).latest
    except NotADate as error:
        raise InputError(Problem(error.what, option, error.fix)) from error
