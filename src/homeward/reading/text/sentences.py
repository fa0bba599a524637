"""Sentences of a text, with their paragraphs; a language says which abbreviations end with a full stop."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from homeward.reading.text.tokens import Token, tokens_of

_END = re.compile(r"""(?:[.?!…]|\.{3})+["”’»)\]]*(?=\s+["“‘«(\[]?[A-Z0-9À-Þ$€£가-힣])""")
_LAST_WORD = re.compile(r"[\w.'’]+$")
_OPEN_QUOTE = re.compile(r"[“\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, the number of its paragraph, and its tokens."""

    start: int
    end: int
    paragraph: int
    tokens: list[Token] = field(repr=False)


def sentences_of(text: str, abbreviations: Set[str], starters: Set[str]) -> list[Sentence]:
    """Return the sentences of a text in order.

    Parameters
    ----------
    text : str
        Paragraphs, one a line.
    abbreviations : set of str
        Words that a full stop follows inside a sentence, in lower case without it: ``gen``, ``mr``.
    starters : set of str
        Words that begin a sentence even after an acronym such as "U.S.".
    """
    found: list[Sentence] = []
    at = 0
    for number, paragraph in enumerate(text.split("\n")):
        for start, end in _pieces(paragraph, abbreviations, starters):
            tokens = tokens_of(text, at + start, at + end)
            if tokens:
                found.append(Sentence(tokens[0].start, tokens[-1].end, number, tokens))
        at += len(paragraph) + 1
    return found


def _pieces(paragraph: str, abbreviations: Set[str], starters: Set[str]) -> list[tuple[int, int]]:
    pieces = []
    start = 0
    for match in _END.finditer(paragraph):
        if _is_inside(paragraph, start, match, abbreviations, starters):
            continue
        pieces.append((start, match.end()))
        start = match.end()
    if paragraph[start:].strip():
        pieces.append((start, len(paragraph)))
    return pieces


def _is_inside(paragraph: str, start: int, end: re.Match[str], abbreviations: Set[str], starters: Set[str]) -> bool:
    """Whether a full stop belongs to an abbreviation and the sentence goes on."""
    if end[0][0] != "." or len(end[0]) > 1:
        return False
    last = _LAST_WORD.search(paragraph, start, end.start())
    word = last[0] if last else ""
    following = re.match(r"\s+[\"“‘«(\[]?([\w'’]+)", paragraph[end.end() : end.end() + 40])
    after = following[1] if following else ""
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word):
        return after.lower() not in starters
    if re.fullmatch(r"[A-Z]", word):
        return True
    if word.lower() in ("no", "nos"):
        return after[:1].isdigit()
    return word.lower() in abbreviations and (after[:1].isupper() or after[:1].isdigit())
