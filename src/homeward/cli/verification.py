"""The commands that prove that nothing was altered: verify, heads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.record import DataOption, JsonOption, open_record
from homeward.core.errors import InputError, Problem

if TYPE_CHECKING:
    from homeward.web.journal.heads import SignedHead
    from homeward.web.journal.verification import VerifyResult

EXIT_FOUND = 1

HeadsOption = Annotated[
    list[Path] | None,
    typer.Option("--head", metavar="FILE", help="A head that was kept elsewhere. May be given several times."),
]
TrustedKeyOption = Annotated[
    Path | None,
    typer.Option(
        "--public-key",
        metavar="FILE",
        help="The public key that heads must be signed with, as you kept it. Default: that of this record.",
    ),
]

KnownOption = Annotated[
    datetime | None,
    typer.Option("--known", formats=["%Y-%m-%d"], help="Prove the balance of the books as known on this day."),
]


def verify(
    head: HeadsOption = None,
    public_key: TrustedKeyOption = None,
    known: KnownOption = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Check that nothing was altered and that the books balance: recompute the journal, compare every row with it.

    Ends with 0 if everything holds and with 1 if something was found.
    """
    folder = open_record(data)
    from homeward.cli.progress import shown_progress
    from homeward.web.journal.heads import KEY_NAME, check_head, read_head, read_public_key, signing_key
    from homeward.web.journal.verification import verify_record

    heads = [(path, read_head(path)) for path in head or []]
    trusted = None
    if public_key is not None:
        trusted = read_public_key(public_key)
    elif heads and (folder / KEY_NAME).is_file():
        trusted = signing_key(folder).public_key()
    with shown_progress() as progress:
        result = verify_record(progress=progress, as_of=known.date() if known else None)
    checked = [(path, signed, check_head(signed, trusted, where=str(path))) for path, signed in heads]
    if as_json:
        _print_json(_verify_document(result, checked))
    else:
        _print_result(result, checked)
    if not result.holds or any(problems for *_, problems in checked):
        raise typer.Exit(EXIT_FOUND)


def heads(
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the signed head into this file, which must be new.")
    ] = None,
    public_key: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the public key into this file, which must be new.")
    ] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Sign the last line of the journal, to be kept where nobody who can write to this record can reach it."""
    folder = open_record(data)
    from homeward.web.journal.heads import current_head, sign, signing_key

    _check_new(path for path in (out, public_key) if path is not None)
    signed = sign(current_head(), signing_key(folder))
    content = {"homeward": __version__, **signed.as_json()}
    if out is not None:
        out.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    if public_key is not None:
        public_key.write_text(signed.public_key, encoding="utf-8")
    if as_json:
        _print_json(content)
        return
    typer.echo(f"The journal ends at line {signed.head.number:,}, written at {signed.head.at}.")
    typer.echo(f"Its digest is {signed.head.digest}")
    if out is not None:
        typer.echo(f"The signed head is in {out}. Keep it away from this machine; 'homeward verify --head' checks it.")
    else:
        typer.echo("Nothing was kept: give --out FILE for a signed head that 'homeward verify --head' can check.")
    typer.echo("It is signed with the key of this record. Others should keep its public part:")
    typer.echo(signed.public_key, nl=False)


Checked = list[tuple[Path, "SignedHead", list[Problem]]]
"""The heads that were given: file, head, and what is wrong with it."""


def _verify_document(result: VerifyResult, checked: Checked) -> dict[str, Any]:
    """The result as the JSON object that docs/journal.md describes."""
    return {
        "homeward": __version__,
        "holds": result.holds and not any(problems for *_, problems in checked),
        "record": result.record,
        "lines": result.lines,
        "head": result.head,
        "rows": result.rows,
        "originals": result.originals,
        "first_altered_line": result.first_altered,
        "counts": {name: dict(counts) for name, counts in result.counts.items()},
        "findings": [_problem_document(problem) for problem in result.findings],
        "findings_not_told": result.not_told,
        "heads": [
            {
                "file": str(path),
                "number": signed.head.number,
                "holds": not problems,
                "findings": [_problem_document(problem) for problem in problems],
            }
            for path, signed, problems in checked
        ],
    }


def _problem_document(problem: Problem) -> dict[str, str]:
    """A finding as JSON."""
    return {"what": problem.what, "where": problem.where, "fix": problem.fix}


def _print_result(result: VerifyResult, checked: Checked) -> None:
    """Print what was checked and what was found, for people."""
    typer.echo(
        f"Checked {result.lines:,} lines of the journal, {result.rows:,} rows and {result.originals:,} originals."
    )
    for name, counts in result.counts.items():
        words = ", ".join(f"{number:,} {what.replace('_', ' ')}" for what, number in counts.items())
        typer.echo(f"{name.capitalize()}: {words}.")
    for path, signed, problems in checked:
        if not problems:
            typer.echo(f"The head in {path} is line {signed.head.number:,} of this journal, and its signature is good.")
    found = [*result.findings, *(problem for *_, problems in checked for problem in problems)]
    if not found:
        typer.echo("Everything is as it was written.")
        return
    n = len(found) + result.not_told
    typer.echo(f"{n:,} {'finding' if n == 1 else 'findings'}:")
    for problem in found:
        typer.echo(f"\n  {problem.where}\n    {problem.what}\n    {problem.fix}")
    if result.not_told:
        typer.echo(f"\n  and {result.not_told:,} more")


def _check_new(paths: Iterable[Path]) -> None:
    """Refuse to write over a file, as an older head or key may be the only one of its kind, or into no folder."""
    problems = [
        Problem(what="There is a file of this name already.", where=str(path), fix="Choose another name.")
        if path.exists()
        else Problem(what="There is no folder of this name.", where=str(path.parent), fix="Create it first.")
        for path in paths
        if path.exists() or not path.parent.is_dir()
    ]
    if problems:
        raise InputError(*problems)


def _print_json(content: dict[str, Any]) -> None:
    """Print one JSON object."""
    typer.echo(json.dumps(content, indent=2, ensure_ascii=False))
