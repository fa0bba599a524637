"""The visible text of an HTML page, whatever the page is made of.

The time is proportional to the length of the page: what makes a parser read the same stretch again and again, comments
and tags that never end, is taken out in one pass before the parser sees it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

LONGEST_TAG = 4_000
UNSEEN = ("script", "style", "template", "noscript", "title", "iframe", "object", "svg", "math", "select", "textarea")
"""Elements whose content a reader of the page does not see as text."""
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog", "div"}
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "head"}
    | {"header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table"}
    | {"tbody", "tfoot", "thead", "tr", "ul"}
)
CELLS = frozenset({"td", "th"})

_NOT_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?:svg|math)\b[^>]*/>"
    rf"|<(?P<unseen>{'|'.join(UNSEEN)})\b.*?(?:</(?P=unseen)\b[^>]*(?:>|\Z)|\Z)"
    r"|(?P<tag></?[a-z][^>]*>)"
    r"|<[!?/a-z][^>]*(?:>|\Z)"
    r"|(?P<sign><)",
    re.DOTALL | re.IGNORECASE,
)


def visible_text(page: str) -> str:
    """Return what a reader of a page sees as text: one line for each block, entities decoded, without scripts."""
    reader = _Reader()
    reader.feed(_NOT_TEXT.sub(_kept, page.replace("\0", "�")))
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _kept(match: re.Match[str]) -> str:
    """A tag of bearable length, or a sign that begins no tag; nothing for what is no text."""
    if match["sign"]:
        return "&lt;"
    tag = match["tag"]
    return tag if tag is not None and len(tag) <= LONGEST_TAG else ""


class _Reader(HTMLParser):
    """Gathers text, with a line break at each end of a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._mark(tag)

    def handle_endtag(self, tag: str) -> None:
        self._mark(tag)

    def handle_data(self, data: str) -> None:
        self.pieces.append(data.replace("\n", " "))

    def _mark(self, tag: str) -> None:
        """Begin a new line at a block, leave a space between cells."""
        if tag in BLOCKS:
            self.pieces.append("\n")
        elif tag in CELLS:
            self.pieces.append(" ")
