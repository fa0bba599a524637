"""Codes drawn by lot, which tell nothing of what they stand for."""

from __future__ import annotations

import secrets

LETTERS = "23456789abcdefghjkmnpqrstvwxyz"
"""Digits and letters that are not taken for each other, on a label or read aloud."""
CODE_LENGTH = 10


def opaque_code() -> str:
    """Return a new code: one of 30 to the tenth, so that in practice no two are drawn alike."""
    drawn = secrets.randbelow(len(LETTERS) ** CODE_LENGTH)  # once: an import draws some hundred thousand
    letters = []
    for _ in range(CODE_LENGTH):
        drawn, place = divmod(drawn, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)
