"""The command that compares the roll with itself: duplicates."""

from __future__ import annotations

import json
from dataclasses import asdict

import typer

from homeward import __version__
from homeward.cli.acting import AsOption, acting_user
from homeward.cli.exchange import refusals_told
from homeward.cli.progress import shown_progress
from homeward.cli.record import DataOption, JsonOption, open_record


def duplicates(user: AsOption = None, as_json: JsonOption = False, data: DataOption = None) -> None:
    """Find entries of the roll that may be one person, for people to decide. Nothing is merged."""
    open_record(data)
    from homeward.web.identity.duplicates import find_duplicates

    by = acting_user(user)
    with refusals_told(by.get_username()), shown_progress() as progress:
        result = find_duplicates(by=by, progress=progress)
    if as_json:
        typer.echo(json.dumps({"homeward": __version__, **asdict(result)}, indent=2))
        return
    typer.echo(f"Compared {result.compared:,} pairs of {result.people:,} entries that share a key.")
    typer.echo(
        f"{result.likely:,} look likely to be one person, {result.possible:,} possibly. Decide at /roll/duplicates/."
    )
    if result.blocks_left_out:
        typer.echo(
            f"{result.blocks_left_out:,} keys are shared by so many that they say nothing; "
            f"the {result.people_in_them:,} entries with one of them were compared by their other keys only."
        )
