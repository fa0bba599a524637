"""The text of a document with the passages that rows of the record cite marked in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

PART_LENGTH = 60_000
"""Characters of a text that one page shows; longer texts are shown in parts."""

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage that a row cites: where it starts and ends, and the number, name and address of the row."""

    start: int
    end: int
    number: int
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text without a boundary in it: the numbers of the marks that cover it, and those that end there."""

    text: str
    covering: tuple[int, ...]
    ending: tuple[Mark, ...]

    @property
    def is_cited(self) -> bool:
        """Whether a mark covers it."""
        return bool(self.covering)


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One part of a text: what stands before the passage that was asked for, the passage, and what stands after it.

    Where no passage was asked for, or it is in another part, everything stands before it.
    """

    before: tuple[Piece, ...]
    passage: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


def asked_span(asked: str, length: int) -> tuple[int, int] | None:
    """Return the start and end that an address asks to be marked, as ``120-164``; ``None`` if there is no such span.

    Parameters
    ----------
    asked : str
        Whatever stands in the address.
    length : int
        Number of characters of the text.
    """
    match = _SPAN.fullmatch(asked)
    if match is None:
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end <= length else None


def parts_of(text: str, longest: int = PART_LENGTH) -> list[tuple[int, int]]:
    """Return start and end of each part of a text, divided at line breaks where there are any; at least one part."""
    parts: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > longest:
        end = text.rfind("\n", start + longest // 2, start + longest) + 1 or start + longest
        parts.append((start, end))
        start = end
    return [*parts, (start, len(text))]


def mark_text(text: str, marks: Sequence[Mark], part: tuple[int, int], asked: tuple[int, int] | None) -> MarkedText:
    """Return one part of a text with what rows cite in it, and the passage that was asked for, set apart.

    Parameters
    ----------
    text : str
        The whole text.
    marks : sequence of Mark
        In characters of the whole text; they may overlap and may reach beyond the part.
    part : (int, int)
        Start and end of the part.
    asked : (int, int) or None
        Start and end of the passage that was asked for.
    """
    first, last = part
    shown = [mark for mark in marks if mark.start < last and mark.end > first]
    if asked is None or asked[0] >= last or asked[1] <= first:
        return MarkedText(_pieces(text, shown, first, last))
    start, end = max(asked[0], first), min(asked[1], last)
    return MarkedText(
        _pieces(text, shown, first, start), _pieces(text, shown, start, end), _pieces(text, shown, end, last)
    )


def _pieces(text: str, marks: Sequence[Mark], first: int, last: int) -> tuple[Piece, ...]:
    """The stretches between two places of a text."""
    starting: dict[int, list[int]] = {}
    stopping: dict[int, list[int]] = {}
    ending: dict[int, list[Mark]] = {}
    for mark in marks:
        start, end = max(mark.start, first), min(mark.end, last)
        if start < end:
            starting.setdefault(start, []).append(mark.number)
            stopping.setdefault(end, []).append(mark.number)
        if first < mark.end <= last:
            ending.setdefault(mark.end, []).append(mark)
    cuts = sorted({first, last, *starting, *stopping})
    pieces: list[Piece] = []
    covering: list[int] = []
    for start, end in pairwise(cuts):
        for number in stopping.get(start, ()):
            covering.remove(number)
        covering += starting.get(start, ())
        pieces.append(Piece(text[start:end], tuple(covering), tuple(ending.get(end, ()))))
    return tuple(pieces)
