"""Text of a PDF, page by page, with each line's page number as its place."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import dataclass
from typing import Any

from homeward.core.errors import InputError, Problem
from homeward.reading.documents.clean import Block, BlockBuilder
from homeward.reading.documents.decoding import only_text
from homeward.reading.documents.document import CleanDocument, PrintedDate
from homeward.reading.documents.plain import clean_document

MOST_PAGES = 500
MOST_CHARACTERS = 5_000_000


@dataclass(frozen=True, slots=True)
class _Pages:
    """What the pages of a file hold, and what the file says of itself."""

    blocks: list[Block]
    facts: dict[str, Any]
    notes: list[str]


def read_pdf(content: bytes, name: str) -> CleanDocument:
    """Return the clean text of a PDF.

    Raises
    ------
    InputError
        The file is protected, damaged, or holds pictures of pages without text.
    """
    pages = _open(content, name)
    facts, found = pages.facts, clean_document(pages.blocks, "pdf")
    stamp = re.match(r"D?:?(\d{4})(\d\d)(\d\d)", str(facts.get("/CreationDate", "")))
    dates = (*found.dates, PrintedDate("-".join(stamp.groups()), "clock")) if stamp else found.dates
    title = only_text(str(facts.get("/Title", ""))).strip()
    return CleanDocument(
        text=found.text,
        runs=found.runs,
        format="pdf",
        title=found.title or title or None,
        publisher=found.publisher,
        by_line=found.by_line or only_text(str(facts.get("/Author", ""))).strip() or None,
        dates=dates,
        body_start=found.body_start,
        notes=(*found.notes, *pages.notes),
        headings=found.headings,
        whole=found.whole,
    )


def pdf_blocks(content: bytes, name: str) -> list[Block]:
    """Return everything that stands on the pages of a PDF, headers and numbers of pages too.

    Raises
    ------
    InputError
        As for `read_pdf`.
    """
    return _open(content, name).blocks


def _open(content: bytes, name: str) -> _Pages:
    """The pages of a file, as far as they are read."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    notes: list[str] = []
    try:
        reader = pypdf.PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(
                Problem("The PDF is protected by a password.", name, "Save a copy without the password and read that.")
            )
        n_pages = len(reader.pages)
        blocks, length = [], 0
        for number, page in enumerate(reader.pages[:MOST_PAGES], start=1):
            text = only_text(page.extract_text() or "")
            length += len(text)
            blocks += _blocks(text, number)
            if length > MOST_CHARACTERS:
                notes.append(f"Only the first {number} of {n_pages} pages were read.")
                break
        facts = dict(reader.metadata or {})
    except InputError:
        raise
    except (
        PyPdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        NotImplementedError,
        OverflowError,
        MemoryError,
        ArithmeticError,
        AssertionError,
        LookupError,
    ) as error:
        raise InputError(
            Problem(
                "The PDF is damaged and cannot be read.",
                name,
                "Open it in a viewer and save or print it as a PDF again.",
            )
        ) from error
    if not any(block.text.strip() for block in blocks):
        raise InputError(
            Problem(
                f"The PDF has {n_pages} {'page' if n_pages == 1 else 'pages'} but no text: it holds pictures of pages.",
                name,
                "Run text recognition (OCR) on it first, or give the text as a file.",
            )
        )
    if n_pages > MOST_PAGES:
        notes.append(f"Only the first {MOST_PAGES} of {n_pages} pages were read.")
    return _Pages(blocks, facts, notes)


def _blocks(text: str, page: int) -> list[Block]:
    """The paragraphs of a page; lines are joined until one is short or ends a sentence before a capital."""
    lines = [line.strip() for line in text.splitlines()]
    widest = max((len(line) for line in lines), default=0)
    blocks: list[Block] = []
    builder = BlockBuilder()
    for i, line in enumerate(lines):
        if line:
            builder.add_decoded(line, page, page)
            builder.add_decoded(" ", page, page)
        following = lines[i + 1] if i + 1 < len(lines) else ""
        ends = line.endswith((".", "!", "?", ":", '."', ".”")) and len(line) < 0.85 * widest
        if not line or not following or ends or len(line) < 0.5 * widest:
            block = builder.build()
            if block is not None:
                blocks.append(block)
            builder = BlockBuilder()
    return blocks
