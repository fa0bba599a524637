"""All text of a file, navigation and page numbers too: in it, passages are found and cited."""

from __future__ import annotations

from homeward.reading.documents.clean import joined
from homeward.reading.documents.decoding import decode_text

HTML, PLAIN, PDF = "text/html", "text/plain", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def whole_text(content: bytes, name: str, media_type: str) -> str:
    """Return all text that a reader of a file sees: plain text as it is, else one line for each paragraph.

    The clean text of `open_document` is a part of it, paragraph by paragraph, but for a title that only the head of a page
    gives. It is never shortened to the article: what was cited once must be found for ever, also where a later version
    draws the line elsewhere.

    Parameters
    ----------
    content : bytes
        The whole file.
    name : str
        Its name, for messages.
    media_type : str
        One of `HTML`, `PLAIN`, `PDF`, `DOCX`; of any other, no text is read.

    Raises
    ------
    InputError
        The file is damaged, protected, or holds no text.
    """
    if media_type == PLAIN:
        return decode_text(content, name)[0]
    if media_type == HTML:
        from homeward.reading.documents.html_scan import scan

        blocks = scan(decode_text(content, name)[0]).blocks
    elif media_type == PDF:
        from homeward.reading.documents.pdf import pdf_blocks

        blocks = pdf_blocks(content, name)
    elif media_type == DOCX:
        from homeward.reading.documents.docx import docx_blocks

        blocks = docx_blocks(content, name)
    else:
        return ""
    return joined(blocks)[0]
