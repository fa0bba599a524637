"""What is said to have become of those who are counted: unaccounted for, accounted for, identified, captive."""

from __future__ import annotations

import re

_STATES = (
    (
        "unaccounted",
        re.compile(
            r"(?:cannot|not|unable\s+to)\s+(?:yet\s+)?account\b|\bunaccounted|\bmissing\b|\bMIAs?\b|not\s+(?:been\s+)?accounted",
            re.IGNORECASE,
        ),
    ),
    ("accounted", re.compile(r"(?<!un)(?<!not )(?<!not been )\baccounted\b", re.IGNORECASE)),
    ("identified", re.compile(r"(?<!un)(?<!not be )(?<!not been )\bidentified\b", re.IGNORECASE)),
    ("captive", re.compile(r"\b(?:captured|prisoners?|POWs?|captives?)\b", re.IGNORECASE)),
)


def state_in(words: str) -> str | None:
    """Return the state that words tell, as a unit of the record's figures, ``None`` if they tell none."""
    return next((name for name, pattern in _STATES if pattern.search(words)), None)
