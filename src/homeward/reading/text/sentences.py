"""Sentences of a text, with their paragraphs; a language says which abbreviations end with a full stop."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass, field

from homeward.reading.text.tokens import Token, tokens_of

_END = re.compile(r"""(?:[.?!…]|\.{3})+["”'’»)\]]*(?=\s+["“'‘«(\[]?[A-Z0-9À-Þ$€£가-힣])""")
_LAST_WORD = re.compile(r"[\w.'’]+$")
LONGEST_SENTENCE, LONGEST_WORD = 2_000, 60


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
            for first, last in _bounded(text, at + start, at + end):
                tokens = tokens_of(text, first, last)
                if tokens:
                    found.append(Sentence(tokens[0].start, tokens[-1].end, number, tokens))
        at += len(paragraph) + 1
    return found


def _bounded(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A stretch cut at spaces where it is longer than any sentence is, so that the time to read it stays bounded."""
    cuts = [start]
    while end - cuts[-1] > LONGEST_SENTENCE:
        cut = text.rfind(" ", cuts[-1] + 1, cuts[-1] + LONGEST_SENTENCE)
        cuts.append(cut if cut > cuts[-1] else cuts[-1] + LONGEST_SENTENCE)
    return list(zip(cuts, [*cuts[1:], end], strict=True))


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
    last = _LAST_WORD.search(paragraph, max(start, end.start() - LONGEST_WORD), end.start())
    word = last[0] if last else ""
    following = re.match(r"\s+[\"“'‘«(\[]?([\w'’]+)", paragraph[end.end() : end.end() + 40])
    after = following[1] if following else ""
    if re.fullmatch(r"(?:[A-Z]\.)+[A-Z]", word):
        return after.lower() not in starters
    if re.fullmatch(r"[A-Z]", word):
        return True
    if word.lower() in ("no", "nos"):
        return after[:1].isdigit()
    return word.lower() in abbreviations and (after[:1].isupper() or after[:1].isdigit())
