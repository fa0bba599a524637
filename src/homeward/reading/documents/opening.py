"""One call that opens a file of any format that can be read."""

from __future__ import annotations

import re
from dataclasses import replace

from homeward.core.errors import InputError, Problem
from homeward.reading.documents.decoding import decode_text
from homeward.reading.documents.document import CleanDocument
from homeward.reading.documents.prose import n_words

LARGEST_FILE = 50_000_000
LONGEST_TEXT = 1_000_000
"""Characters of clean text that are read: some 150,000 words."""
_NOTICE = re.compile(
    r"cookies?|consent|privacy|gdpr|sign in|log ?in|subscrib|registration|enable javascript|javascript (?:is )?(?:disabled|required)|"
    r"are you (?:a )?(?:human|robot)|captcha|access denied|404|page not found|checking your browser|verify you are",
    re.IGNORECASE,
)
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    r"<\s*(?:!doctype\s+html|html|head|body|div|article|p|h1|table|meta|script|title)\b", re.IGNORECASE
)


def open_document(content: bytes, name: str) -> CleanDocument:
    """Return the clean text of a file.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages; the format is told from the content.

    Raises
    ------
    InputError
        The file is too large, empty, of a format that is not read, damaged, or holds a notice and no document.
    """
    if len(content) > LARGEST_FILE:
        size = f"{len(content) / 1e6:.0f} MB"
        raise InputError(
            Problem(
                f"The file has {size}; at most {LARGEST_FILE // 1_000_000} MB are read.",
                name,
                "Give the part that matters.",
            )
        )
    if not content.strip(b" \t\r\n\0\x0b\x0c"):
        raise InputError(Problem("The file is empty.", name, "Save the page again."))
    document = _read(content, name)
    if not any(one.isalnum() for one in document.text):
        raise _nothing(document, name)
    if n_words(document.text) < 120 and _is_notice(document):
        raise _nothing(document, name)
    if len(document.text) > LONGEST_TEXT:
        document = _shortened(document)
    return document


def _read(content: bytes, name: str) -> CleanDocument:
    if content[:1024].lstrip().startswith(b"%PDF-") or b"%PDF-" in content[:1024]:
        from homeward.reading.documents.pdf import read_pdf

        return read_pdf(content, name)
    if content.startswith(b"PK\x03\x04"):
        from homeward.reading.documents.docx import read_docx

        return read_docx(content, name)
    if content.startswith(_OLD_WORD):
        raise InputError(Problem("This is an old binary Office file.", name, "Save it as DOCX, PDF or plain text."))
    text, notes = decode_text(content, name)
    if _MARKUP.search(text[:20_000]):
        from homeward.reading.documents.html_text import read_html

        document = read_html(text)
    else:
        from homeward.reading.documents.plain import read_plain

        document = read_plain(text)
    return replace(document, notes=(*notes, *document.notes))


def _is_notice(document: CleanDocument) -> bool:
    """Whether a short page speaks of cookies, signing in or errors more than of anything else."""
    found = _NOTICE.findall(document.whole)
    return len(found) >= 2 and len(found) * 60 >= n_words(document.whole) / 2 and n_words(document.whole) < 600


def _nothing(document: CleanDocument, name: str) -> InputError:
    if document.whole and _NOTICE.search(document.whole):
        return InputError(
            Problem(
                "The page holds a notice (consent, sign-in, or an error) and not the document.",
                name,
                "Open the page, answer the notice, and save it again with the text in view.",
            )
        )
    return InputError(
        Problem("There is no text in the file that could be read.", name, "Save the page again, with its text.")
    )


def _shortened(document: CleanDocument) -> CleanDocument:
    end = document.text.rfind("\n", 0, LONGEST_TEXT)
    end = end if end > 0 else LONGEST_TEXT
    runs = tuple(
        (a, min(b, end), c, c + min(b, end) - a if d - c == b - a else d) for a, b, c, d in document.runs if a < end
    )
    note = f"Only the first {end:,} of {len(document.text):,} characters of text were read."
    return replace(document, text=document.text[:end], runs=runs, notes=(*document.notes, note))
