"""Text in pieces, those marked that were asked for. Pieces are never HTML: the template escapes each of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from homeward.web.search.folding import APOSTROPHES, HYPHENS, joined_words_of, words_of
from homeward.web.search.questions import Question, Run, Term

LONGEST = 280
BEFORE = 80
"""How much of a text is shown at most, and how much of it before the first word that was asked for."""

_CHUNK = re.compile(rf"\w+(?:[{APOSTROPHES}{HYPHENS},]+\w+)*")
_PART = re.compile(rf"[^{HYPHENS}]+")
_SPACES = re.compile(r"\s+")

Placed = tuple[str, int, int]
"""A word of a text as it is compared, and where it begins and ends."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text, and whether it was asked for."""

    text: str
    is_marked: bool = False


def marked(text: str, question: Question, *, longest: int = LONGEST) -> list[Piece]:
    """Return the part of a text around the first word that was asked for, in pieces; its beginning if there is none."""
    text = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    spans = _spans(_placed(text), question)
    first = next(spans, None)
    start = _start(text, first[0] if first else 0, longest)
    end = _end(text, start + longest)
    pieces = [Piece("… ")] if start else []
    at = start
    while first is not None and first[0] < end:
        pieces += [Piece(text[at : first[0]]), Piece(text[first[0] : min(first[1], end)], is_marked=True)]
        at, first = min(first[1], end), next(spans, None)
    pieces += [Piece(text[at:end]), *([Piece(" …")] if end < len(text) else [])]
    return [piece for piece in pieces if piece.text]


def has_marks(pieces: Sequence[Piece]) -> bool:
    """Return whether anything that was asked for is in some pieces."""
    return any(piece.is_marked for piece in pieces)


def _start(text: str, first: int, longest: int) -> int:
    """Where to begin, at a space, so that the first word that was asked for is seen with what stands before it."""
    if len(text) <= longest or first <= BEFORE:
        return 0
    space = text.find(" ", first - BEFORE, first)
    return first - BEFORE if space < 0 else space + 1


def _end(text: str, end: int) -> int:
    """Where to end, at a space if there is one not far before."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - BEFORE, end)
    return end if space < 0 else space


def _spans(words: Sequence[Placed], question: Question) -> Iterator[tuple[int, int]]:
    """The stretches of a text that were asked for, in order and apart from each other."""
    reached = 0
    for place, (_, start, _end) in enumerate(words):
        ends = [end for term in question.terms if (end := _end_of(term, words, place)) is not None]
        if ends and max(ends) > reached:
            yield max(start, reached), max(ends)
            reached = max(ends)


def _end_of(term: Term, words: Sequence[Placed], place: int) -> int | None:
    """Where a term ends that begins with this word; ``None`` if it does not begin here."""
    for run in term.runs:
        if words[place][0].startswith(run[0]) and _stands_at(run, words, place, is_beginning=term.is_beginning):
            return words[place + len(run) - 1][2]
    return None


def _stands_at(run: Run, words: Sequence[Placed], place: int, *, is_beginning: bool) -> bool:
    """Whether words stand side by side from a place on."""
    found = [word for word, _, _ in words[place : place + len(run)]]
    if len(found) < len(run) or tuple(found[:-1]) != run[:-1]:
        return False
    return found[-1].startswith(run[-1]) if is_beginning else found[-1] == run[-1]


def _placed(text: str) -> list[Placed]:
    """The words of a text, and where each stands; of one that has accents or hyphens, the whole is where it stands."""
    placed: list[Placed] = []
    for chunk in _CHUNK.finditer(text):
        start = chunk.start()
        placed += [(word, start + begins, start + ends) for word, begins, ends in _placed_in_chunk(chunk[0])]
    return placed


@lru_cache(maxsize=20_000)
def _placed_in_chunk(chunk: str) -> tuple[Placed, ...]:
    """The words in what is written without a space: parts between hyphens, single characters, and the whole."""
    placed: list[Placed] = []
    for part in _PART.finditer(chunk):
        words = words_of(part[0])
        at = part.start()
        for word in words:
            found = chunk.find(word, at) if len(words) > 1 and len(word) == 1 else -1
            placed.append((word, *part.span()) if found < 0 else (word, found, found + 1))
            at = max(at, found + 1)
    return (*placed, *((word, 0, len(chunk)) for word in joined_words_of(chunk)))
