"""The commands that bring the record in and out: import, export-record, backup, restore."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.acting import AsOption, acting_user
from homeward.cli.progress import shown_progress
from homeward.cli.record import DataOption, JsonOption, choose_folder, open_record, start_django
from homeward.core.errors import InputError, Problem
from homeward.web.config.database import record_place
from homeward.web.config.storage import KEY_FILE_NAME, data_folder, prepare_folder

if TYPE_CHECKING:
    from homeward.web.bundle.importing import ImportResult

BundleArgument = Annotated[Path, typer.Argument(metavar="BUNDLE", help="A folder or a .zip; see docs/bundle.md.")]
WhyOption = Annotated[
    str, typer.Option("--why", help="Reason, for the journal. Needed where a row of the record is amended.")
]
DestinationArgument = Annotated[
    Path, typer.Argument(metavar="DESTINATION", help="A new or empty folder, or a new .zip.")
]
OnOption = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Leave out what had not begun by this day.")
]
KnownOption = Annotated[
    datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], help="Write what was known on this day.")
]
TitleOption = Annotated[str, typer.Option("--title", help="What the bundle is called in its manifest.")]


def import_record(
    bundle: BundleArgument,
    why: WhyOption = "",
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Bring the rows and originals of a bundle into the record, all or nothing. Doing so again changes nothing."""
    open_record(data)
    from homeward.web.bundle.importing import import_bundle

    by = acting_user(user)
    with refusals_told(by.get_username()), shown_progress() as progress:
        result = import_bundle(bundle, by=by, why=why, progress=progress)
    if as_json:
        _print_json(_import_document(result))
        return
    totals = _totals(result)
    typer.echo(f"Imported {result.title}: {totals['entered']:,} rows entered, {totals['amended']:,} amended.")
    typer.echo(f"{totals['unchanged']:,} were in the record already.")
    if totals["older"]:
        typer.echo(f"{totals['older']:,} were left alone, as the record has amended them since it said what they say.")


def export_record(
    destination: DestinationArgument,
    on: OnOption = None,
    known: KnownOption = None,
    title: TitleOption = "Homeward record",
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write what the record says as a bundle: a table for each noun, the originals, a manifest."""
    open_record(data)
    from homeward.web.bundle.exporting import export_bundle
    from homeward.web.journal.knowledge import AsOf

    by = acting_user(user)
    as_of = AsOf(_day(on), _day(known))
    with refusals_told(by.get_username()), shown_progress() as progress:
        result = export_bundle(destination, by=by, as_of=as_of, title=title, progress=progress)
    if as_json:
        _print_json({"destination": str(destination), **asdict(result)})
        return
    typer.echo(f"Wrote {sum(result.rows.values()):,} rows and {result.originals:,} originals to {destination}")
    if result.left_out:
        typer.echo(f"{result.left_out:,} rows were left out, as they name rows that are not in the bundle.")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new .zip.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Write the whole record into one file: every table, original and key. Keep it as safe as the record itself."""
    folder = open_record(data)
    from homeward.web.bundle.backup import make_backup

    with shown_progress() as progress:
        result = make_backup(file, folder, progress=progress)
    if as_json:
        _print_json({"file": str(file), **asdict(result)})
        return
    typer.echo(f"Backed up {sum(result.rows.values()):,} rows of {record_place(folder)} to {file}")
    if KEY_FILE_NAME not in result.keys:
        typer.echo("The secret key comes from HOMEWARD_SECRET_KEY and is not in the backup: keep it as well.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .zip that 'homeward backup' wrote.")],
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Make a new record from a backup, in a new folder, and verify it. Fails rather than leave half a record."""
    from homeward.web.bundle.backup_file import opened_backup
    from homeward.web.bundle.writing import new_folder

    folder = data.absolute() if data is not None else data_folder()
    with (
        shown_progress() as progress,
        opened_backup(file, progress=progress) as opened,
        new_folder(folder) as unfinished,
    ):
        choose_folder(unfinished)
        keys = opened.write_keys(unfinished)
        prepare_folder(unfinished)
        start_django()
        from django.db import connections

        from homeward.web.bundle.restoring import restore_record

        result = restore_record(opened, progress=progress)
        connections.close_all()
    if as_json:
        verified = {name: getattr(result.verified, name) for name in ("lines", "rows", "originals", "head")}
        _print_json({"data": str(folder), "rows": result.rows, "keys": keys, "verified": verified})
        return
    typer.echo(f"Restored {sum(result.rows.values()):,} rows to {record_place(folder)}, as of {opened.made_at}.")
    typer.echo(f"Verified: {result.verified.lines:,} lines of the journal, {result.verified.originals:,} originals.")
    if KEY_FILE_NAME not in keys:
        typer.echo("The backup holds no secret key. Set HOMEWARD_SECRET_KEY as it was, or second factors do not work.")


@contextmanager
def refusals_told(name: str) -> Iterator[None]:
    """Turn a missing permission into a problem."""
    from django.core.exceptions import PermissionDenied

    try:
        yield
    except PermissionDenied as error:
        raise InputError(
            Problem(str(error), f"user {name}", "Name another user with --as, or ask an administrator for a role.")
        ) from error


def _day(moment: datetime | None) -> date | None:
    """The day that an option names."""
    return None if moment is None else moment.date()


def _import_document(result: ImportResult) -> dict[str, Any]:
    """What an import did, for programs."""
    return {
        "bundle": {"title": result.title, "digest": result.digest},
        "nouns": {noun: asdict(count) for noun, count in result.counts.items()},
        "totals": _totals(result),
        "originals": result.originals,
    }


def _totals(result: ImportResult) -> dict[str, int]:
    """What became of the rows of all nouns together."""
    counts = [asdict(count) for count in result.counts.values()]
    return {name: sum(count[name] for count in counts) for name in ("entered", "amended", "unchanged", "older")}


def _print_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps({"homeward": __version__, **content}, indent=2, ensure_ascii=False))
