"""What is known of a document before its sentences are read."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.reading.documents.clean import Run


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date that a page carries outside of its text, as written.

    basis: ``metadata``, ``dateline`` (printed with the article), ``address``, or ``clock``: printed somewhere on the
    page, such as in its header, where it may be the day on which the page was saved.
    """

    text: str
    basis: str


@dataclass(frozen=True, slots=True)
class CleanDocument:
    """The clean text of a file and what the file says of itself.

    runs: where the text came from. dates: the most trusted first. body_start: where the text begins after the title.
    headings: short lines between the title and the text. whole: all words of the page, navigation too, as far as needed to tell a notice from an article.
    """

    text: str
    runs: tuple[Run, ...]
    format: str
    title: str | None = None
    publisher: str | None = None
    by_line: str | None = None
    declared_language: str | None = None
    dates: tuple[PrintedDate, ...] = ()
    body_start: int = 0
    notes: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    whole: str = ""
