"""The command that brings a table of missing people into the record."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.acting import AsOption, acting_user
from homeward.cli.exchange import WhyOption, refusals_told
from homeward.cli.progress import shown_progress
from homeward.cli.record import DataOption, JsonOption, open_record

if TYPE_CHECKING:
    from homeward.web.roll.roll_import import RollImport


def roll(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table: CSV, .xlsx or Parquet. See docs/roll.md.")],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="TOML that says which column is what. Default: guessed.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and keep nothing.")] = False,
    show_mapping: Annotated[
        bool, typer.Option("--show-mapping", help="Print how the table would be read, as a mapping, and stop.")
    ] = False,
    why: WhyOption = "",
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Bring a table of missing people into the record, all or nothing. Doing so again changes nothing."""
    open_record(data)
    from homeward.web.roll.roll_import import import_roll, mapping_of
    from homeward.web.roll.roll_mapping import as_toml

    if show_mapping:
        typer.echo(as_toml(mapping_of(file, mapping)), nl=False)
        return
    by = acting_user(user)
    with refusals_told(by.get_username()), shown_progress() as progress:
        done = import_roll(file, by=by, why=why, mapping_file=mapping, dry_run=dry_run, progress=progress)
    if as_json:
        typer.echo(json.dumps({"homeward": __version__, **_document(done, dry_run)}, indent=2, ensure_ascii=False))
        return
    typer.echo("The table was read so:")
    for what, name in done.mapping.columns.items():
        typer.echo(f"  {what} = {name}")
    totals = [sum(getattr(count, name) for count in done.result.counts.values()) for name in ("entered", "amended")]
    typer.echo(f"{done.n_people:,} people: {totals[0]:,} rows entered, {totals[1]:,} amended.")
    if dry_run:
        typer.echo("Nothing was kept: this was a dry run.")


def _document(done: RollImport, dry_run: bool) -> dict[str, Any]:
    """What an import did, for programs."""
    return {
        "dry_run": dry_run,
        "people": done.n_people,
        "mapping": asdict(done.mapping),
        "nouns": {noun: asdict(count) for noun, count in done.result.counts.items()},
    }
