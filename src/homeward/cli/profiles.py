"""The command that brings genetic profiles into the record: profiles."""

from __future__ import annotations

import json
import tomllib
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.acting import AsOption, acting_user
from homeward.cli.exchange import refusals_told
from homeward.cli.progress import shown_progress
from homeward.cli.record import DataOption, JsonOption, open_record
from homeward.core.errors import InputError, Problem
from homeward.formats.typed_profiles import ProfileFormat

if TYPE_CHECKING:
    from homeward.web.laboratory.profile_import import ImportChoice, ProfileImport

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A table, a CODIS import file, a case folder or a Familias file.")
]
FormatOption = Annotated[
    ProfileFormat | None,
    typer.Option("--format", help="long or wide: a table; codis: CMF; case: folder or .fam. Guessed from the name."),
]
MappingOption = Annotated[
    Path | None,
    typer.Option("--mapping", metavar="MAP", help="TOML: issuer, one_allele, run, [columns] and [owners]."),
]
IssuerOption = Annotated[
    str, typer.Option("--issuer", help="Whose names the file uses, such as the laboratory; else its file name.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Check everything, and keep nothing.")]
KnownOption = Annotated[
    datetime | None, typer.Option("--known", formats=["%Y-%m-%d"], help="From when they are known; today if not given.")
]
KEYS = frozenset({"issuer", "one_allele", "run", "made_up", "columns", "owners"})


def bring_in_profiles(
    file: FileArgument,
    form: FormatOption = None,
    mapping: MappingOption = None,
    issuer: IssuerOption = "",
    known: KnownOption = None,
    dry_run: DryRunOption = False,
    user: AsOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Bring profiles from a laboratory's file into the record, all or nothing. Doing so again changes nothing."""
    from homeward.formats.profile_files import read_profiles

    told = _mapping(mapping)
    typed = read_profiles(file, form, told.get("columns"))
    open_record(data)
    from homeward.web.laboratory.profile_import import import_profiles

    by = acting_user(user)
    choice = _choice(told, issuer or file.name, known.date() if known else None)
    with refusals_told(by.get_username()), shown_progress() as progress:
        done = import_profiles(typed, choice, by=by, title=file.name, dry_run=dry_run, progress=progress)
    if as_json:
        typer.echo(json.dumps(_document(done, dry_run), indent=2, ensure_ascii=False))
        return
    count = done.result.counts["profile"]
    would = "would be " if dry_run else ""
    typer.echo(f"{count.entered:,} profiles {would}entered, {count.amended:,} amended; {count.unchanged:,} were there.")
    for match in done.matches.values():
        typer.echo(f"  {match.name}: {match.owners[0]} ({match.by})")


def _mapping(path: Path | None) -> dict[str, Any]:
    """What a mapping file says."""
    if path is None:
        return {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(Problem(f"The mapping cannot be read: {error}.", path.name, "Write it as TOML.")) from error
    if unknown := sorted(told.keys() - KEYS):
        fix = f"Write some of: {', '.join(sorted(KEYS))}."
        raise InputError(*(Problem(f"There is no '{name}' in a mapping.", path.name, fix) for name in unknown))
    return told


def _choice(told: dict[str, Any], issuer: str, known: date | None) -> ImportChoice:
    """How the file is to be understood."""
    from django.utils import timezone

    from homeward.web.laboratory.profile_import import ImportChoice, OneAllele

    meaning = told.get("one_allele", OneAllele.UNREAD.value)
    if meaning not in list(OneAllele):
        fix = f"Write one of: {', '.join(OneAllele)}."
        raise InputError(Problem(f"'{meaning}' says nothing of a single allele.", "mapping, one_allele", fix))
    return ImportChoice(
        issuer=told.get("issuer", issuer),
        known_on=known or timezone.localdate(),
        one_allele=OneAllele(meaning),
        told=told.get("owners"),
        run=told.get("run", ""),
        made_up=bool(told.get("made_up", False)),
    )


def _document(done: ProfileImport, dry_run: bool) -> dict[str, Any]:
    """What was done, for programs."""
    return {
        "homeward": __version__,
        "dry_run": dry_run,
        "profiles": asdict(done.result.counts["profile"]),
        "matches": [{"name": match.name, "row": match.owners[0], "by": match.by} for match in done.matches.values()],
    }
