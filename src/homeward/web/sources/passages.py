"""Finding exact words in the text of a document."""

from __future__ import annotations

import re


def find_passage(passage: str, text: str) -> tuple[int, int] | None:
    """Return where a passage starts and ends in a text, in characters; ``None`` if it is not there.

    Words must be the same; spaces and line breaks between them need not be, as pages break lines where they like.
    """
    start = text.find(passage)
    if start >= 0:
        return start, start + len(passage)
    words = passage.split()
    if not words:
        return None
    match = re.search(r"\s+".join(map(re.escape, words)), text)
    return match.span() if match else None
