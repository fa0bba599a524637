"""Stretches of text without the signs and spaces at their ends."""

from __future__ import annotations

import re

from homeward.reading.drafts import Span
from homeward.reading.text.sentences import Sentence

_TAIL = re.compile(r"[\s,.;:—–-]+$")


def skip(text: str, at: int, end: int) -> int:
    """Return the next place that is no space and no sign between clauses."""
    while at < end and text[at] in " ,:;—–":
        at += 1
    return at


def strip_end(text: str, start: int, end: int) -> int:
    """Return the end of a stretch without spaces and signs at its end."""
    match = _TAIL.search(text, start, end)
    return match.start() if match else end


def end_of(text: str, sentence: Sentence) -> int:
    """Return the end of a sentence without its full stop."""
    end = sentence.end
    while end > sentence.start and text[end - 1] in ".!?…":
        end -= 1
    return end


def trimmed(text: str, span: Span) -> Span:
    """Return a stretch without spaces at its ends and without a comma at its end."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return start, end
