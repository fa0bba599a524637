"""The command that reads a document: read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.analyses import JsonOption
from homeward.core.errors import InputError, Problem

if TYPE_CHECKING:
    from homeward.core.dates import PartialDate


def read(
    page: Annotated[Path, typer.Argument(metavar="PAGE", help="A saved web page, plain text, PDF or DOCX.")],
    published: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="When it was published, if that is known: 2018-07-13, or 2018-07."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Read what a saved page says: events, statements, figures, people, dates, as drafts with their words."""
    from homeward.reading.read import read_document

    given = _date(published)
    reading = read_document(_content(page), page.name, given=given)
    if as_json:
        import json

        from homeward.reading.json_document import reading_document

        typer.echo(json.dumps(reading_document(reading), indent=2, ensure_ascii=False))
        return
    from homeward.cli.reading_tables import print_reading

    print_reading(reading)


def _date(words: str | None) -> PartialDate | None:
    from homeward.core.dates import NotADate, parse_date

    if words is None:
        return None
    try:
        return parse_date(words)
    except NotADate as error:
        raise InputError(Problem(error.what, "--published", error.fix)) from error


def _content(page: Path) -> bytes:
    from homeward.reading.documents.opening import LARGEST_FILE

    try:
        with page.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except IsADirectoryError as error:
        raise InputError(Problem("This is a folder.", str(page), "Name a file in it.")) from error
    except OSError as error:
        raise InputError(
            Problem(f"The file cannot be read: {error.strerror or error}.", str(page), "Check its name and rights.")
        ) from error
