"""Numbers as files print them, whatever the locale."""

from __future__ import annotations

import math
import re

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d{1,18}", re.ASCII)


def parse_number(text: str) -> float | None:
    """Return a finite number with a decimal point or a decimal comma, or None if the text is not one."""
    if len(text) > 100 or not _NUMBER.fullmatch(text):
        return None
    value = float(text.replace(",", "."))
    return value if math.isfinite(value) else None


def parse_whole(text: str) -> int | None:
    """Return a whole number of at most 18 digits, or None if the text is not one."""
    return int(text) if _WHOLE.fullmatch(text) else None
