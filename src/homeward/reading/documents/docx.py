"""Text of a DOCX file, with each paragraph's number as its place. Only the text part is opened, and no more than a bound."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree.ElementTree import Element, ParseError

from homeward.core.errors import InputError, Problem
from homeward.reading.documents.clean import Block, BlockBuilder
from homeward.reading.documents.document import CleanDocument, PrintedDate
from homeward.reading.documents.plain import clean_document

LARGEST_PART = 40_000_000
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TERMS = "{http://purl.org/dc/terms/}"
ELEMENTS = "{http://purl.org/dc/elements/1.1/}"


def read_docx(content: bytes, name: str) -> CleanDocument:
    """Return the clean text of a DOCX file.

    Raises
    ------
    InputError
        The file is damaged, or its text part is larger than may be read.
    """
    body, core = _open(content, name)
    found = clean_document(_blocks(body), "docx")
    title = _said(core, f"{ELEMENTS}title")
    created = _said(core, f"{TERMS}created")
    return CleanDocument(
        text=found.text,
        runs=found.runs,
        format="docx",
        title=found.title or title,
        publisher=found.publisher,
        by_line=found.by_line or _said(core, f"{ELEMENTS}creator"),
        dates=(*found.dates, PrintedDate(created[:10], "clock")) if created else found.dates,
        body_start=found.body_start,
        notes=found.notes,
        headings=found.headings,
        whole=found.whole,
    )


def docx_blocks(content: bytes, name: str) -> list[Block]:
    """Return the paragraphs and rows of a DOCX file.

    Raises
    ------
    InputError
        As for `read_docx`.
    """
    return _blocks(_open(content, name)[0])


def _open(content: bytes, name: str) -> tuple[Element, Element | None]:
    """The text part of a file, and what it says of itself if it says anything."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            body = _part(archive, "word/document.xml", name)
            core = _part(archive, "docProps/core.xml", name) if "docProps/core.xml" in archive.namelist() else None
        return body, core
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ParseError,
        EOFError,
    ) as error:
        raise InputError(
            Problem("The file is not a readable DOCX document.", name, "Open it in a word processor and save it again.")
        ) from error


def _part(archive: zipfile.ZipFile, part: str, name: str) -> Element:
    """One part of the archive as XML, after a look at its size; entities are refused."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with archive.open(part) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise InputError(
            Problem(
                f"The text of the document unpacks to more than {LARGEST_PART // 1_000_000} MB.",
                name,
                "Split the document.",
            )
        )
    try:
        return fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ValueError(str(error)) from error


def _said(core: Element | None, tag: str) -> str | None:
    found = core.findtext(tag) if core is not None else None
    return found.strip() or None if found else None


def _blocks(body: Element) -> list[Block]:
    """One block for each paragraph, one for each row of a table; what was deleted in tracked changes is left out."""
    blocks: list[Block] = []
    number = 0
    inside = {id(paragraph) for row in body.iter(f"{WORD}tr") for paragraph in row.iter(f"{WORD}p")}
    for element in body.iter():
        if element.tag == f"{WORD}tr":
            kind = "row"
        elif element.tag == f"{WORD}p" and id(element) not in inside:
            kind = "paragraph"
        else:
            continue
        number += 1
        builder = BlockBuilder(kind)
        for part in element.iter():
            if part.tag == f"{WORD}t" and part.text:
                builder.add_decoded(part.text, number, number)
            elif part.tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}tc", f"{WORD}cr"):
                builder.add_decoded(" ", number, number)
        block = builder.build()
        if block is not None:
            blocks.append(block)
    return blocks
