"""The commands that exchange people of the roll in PFIF 1.4: pfif read, pfif write."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from homeward import __version__
from homeward.cli.acting import AsOption, acting_user
from homeward.cli.exchange import refusals_told
from homeward.cli.progress import shown_progress
from homeward.cli.record import DataOption, JsonOption, open_record

pfif = typer.Typer(help="Exchange people who are sought in PFIF 1.4.", no_args_is_help=True)


@pfif.command("read")
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A PFIF 1.4 file, or a feed of its records.")],
    calamity: Annotated[str, typer.Option("--calamity", help="Code of the war or disaster in which people were lost.")],
    why: Annotated[str, typer.Option("--why", help="Reason, for the journal.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything, and keep nothing.")] = False,
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Bring people of a PFIF file into the roll, all or nothing. Doing so again changes nothing."""
    open_record(data)
    from homeward.web.roll.pfif_reading import bring_in

    by = acting_user(user)
    with refusals_told(by.get_username()), shown_progress() as progress:
        result = bring_in(file, calamity=calamity, by=by, why=why, dry_run=dry_run, progress=progress)
    if as_json:
        _print_json({"dry_run": dry_run, **asdict(result)})
        return
    verb = "Would bring in" if dry_run else "Brought in"
    typer.echo(f"{verb} {result.entered:,} people; {result.amended:,} amended, {result.unchanged:,} as before.")
    if result.expired:
        typer.echo(f"{result.expired:,} records have expired and were not read.")
    if result.linked:
        typer.echo(f"{result.linked:,} pairs are linked by notes. Decide at /roll/duplicates/; nothing was merged.")


@pfif.command("write")
def write(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.")],
    domain: Annotated[str, typer.Option("--domain", help="Domain of the ids of people who have none from elsewhere.")],
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write the people of the roll that the user may see as PFIF 1.4: no family, no contact, nothing unannounced."""
    open_record(data)
    from homeward.web.roll.pfif_writing import write_roll

    by = acting_user(user)
    with refusals_told(by.get_username()):
        n_people = write_roll(file, domain=domain, by=by)
    if as_json:
        _print_json({"file": str(file), "people": n_people})
    else:
        typer.echo(f"Wrote {n_people:,} people to {file}")


def _print_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps({"homeward": __version__, **content}, indent=2, ensure_ascii=False))
