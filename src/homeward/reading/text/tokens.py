"""Words, numbers and signs with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<acronym>(?:[A-Z]\.){2,}(?:[A-Z](?![a-z]))?)"
    r"|(?P<number>[$€£₩]?\d{1,3}(?:,\d{3})+(?:\.\d+)?%?|[$€£₩]?\d+(?:\.\d+)?%?)(?P<ordinal>st|nd|rd|th|s)?(?![^\W_])"
    r"|(?P<possessive>['’][sS](?![^\W\d_]))"
    r"|(?P<word>[^\W_](?:[^\W_]|['’](?=[^\W\d_])(?!s(?![^\W_]))|-(?=[^\W_])|[./&](?=[A-Z]{2,}|[A-Z]\b)(?<=[A-Z][./&]))*)"
    r"|(?P<quote>[\"“”„‟«»]|''|``|(?<!\w)['‘’](?=\w)|(?<=[\w,.!?])['’](?!\w))"
    r"|(?P<sign>\.{3}|…|--+|\S)",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign.

    kind: ``word``, ``number``, ``possessive``, ``quote`` or ``sign``. lower: in lower case, with straight apostrophes.
    """

    text: str
    start: int
    end: int
    kind: str
    lower: str

    @property
    def is_capital(self) -> bool:
        """Whether it is a word that begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


def tokens_of(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a stretch of a text, in order; their places are places in the whole text."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        kind = match.lastgroup or "sign"
        if kind == "ordinal":
            kind = "number"
        elif kind == "acronym":
            kind = "word"
        word = match[0]
        found.append(Token(word, match.start(), match.end(), kind, word.lower().replace("’", "'")))
    return found
