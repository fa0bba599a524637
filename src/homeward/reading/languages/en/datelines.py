"""The town, date and agency with which the first sentence of a report begins."""

from __future__ import annotations

import re

from homeward.reading.text.sentences import Sentence

_LEAD = re.compile(
    r"[A-Z][a-z]+(?: [A-Z][a-z]+)?\s(?:--|—|–|-)\s(?=[A-Z][\w’']+\s)|"
    r"[A-Z][\w.’'-]+(?:[ /][A-Z][\w.’'-]+){0,2},\s+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8})(?:,?\s+\d{4})?\s*(?:\([^)\n]{2,30}\)\s*)?(?:--|—|–|\s-)\s+|"
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s*(?:\([^)\n]{2,30}\)\s*)(?:--|—|–|\s-)\s+)|"
    r"[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z.’'-]+)*(?:,\s+[^()—–\n]{2,40}?)?\s*(?:\([^)\n]{2,30}\)\s*)?(?:--|—|–|•|\s-)\s+"
)


def lead_end(text: str, sentence: Sentence) -> int:
    """Return where the words of a sentence begin after "SEOUL, July 13 (Yonhap) --", if it begins so."""
    match = _LEAD.match(text, sentence.start, sentence.end)
    return match.end() if match else sentence.start
