"""The command line: arguments, one call, printed result."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from homeward import __version__
from homeward.cli import (
    analyses,
    bones,
    brief,
    checking,
    databases,
    duplicates,
    exchange,
    pfif,
    power,
    profiles,
    reading,
    record,
    roll,
    screening,
    simulation,
    sorting,
    stature,
    verification,
)
from homeward.core.errors import HomewardError, InputError

EXIT_BAD_INPUT = 2
EXIT_CANNOT = 3

app = typer.Typer(
    help="Homeward accounts for the missing: from a case file to named identifications.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command()(analyses.resolve)
app.command()(screening.screen)
app.command()(analyses.explain)
app.command()(analyses.kinship)
app.command()(power.power)
app.command()(checking.check)
app.command()(analyses.export)
app.command()(simulation.simulate)
app.command()(sorting.sort)
app.command()(bones.inventory)
app.command()(bones.group)
app.command()(stature.stature)
app.command()(reading.read)
app.command()(record.init)
app.command()(record.serve)
app.command("roll")(roll.roll)
app.command("import")(exchange.import_record)
app.command("profiles")(profiles.bring_in_profiles)
app.command()(exchange.export_record)
app.command()(exchange.backup)
app.command()(exchange.restore)
app.command()(duplicates.duplicates)
app.command()(brief.brief)
app.command()(verification.verify)
app.command()(verification.heads)
app.add_typer(databases.database, name="database")
app.add_typer(pfif.pfif, name="pfif")
app.add_typer(record.user, name="user")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"homeward {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Homeward accounts for the missing: from a case file to named identifications."""


def run() -> None:
    """Run the command line; problems go to stderr and the exit code says whose they are to mend."""
    try:
        app()
    except InputError as error:
        _report_problems(error)
        sys.exit(EXIT_BAD_INPUT)
    except HomewardError as error:
        print(error, file=sys.stderr)  # noqa: T201
        sys.exit(EXIT_CANNOT)


def _report_problems(error: InputError) -> None:
    n = len(error.problems)
    lines = [f"{n} {'problem' if n == 1 else 'problems'}; nothing was written."]
    for problem in error.problems:
        lines += ["", f"  {problem.where}", f"    {problem.what}", f"    Remedy: {problem.fix}"]
    print("\n".join(lines), file=sys.stderr)  # noqa: T201
