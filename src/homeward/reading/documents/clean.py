"""Clean text in blocks, each character with the place in the original that it came from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

Run = tuple[int, int, int, int]
"""Start and end in the text, start and end in the original."""


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item or table row.

    kind: ``paragraph``, ``heading``, ``item`` or ``row``.
    runs: where its characters stood; inside a run of equal lengths character for character.
    linked: how many of its characters stand in links.
    marks: what the page says of the part it stands in, such as ``navigation``, ``article`` or ``hidden``.
    """

    text: str = ""
    kind: str = "paragraph"
    runs: list[Run] = field(default_factory=list)
    linked: int = 0
    marks: frozenset[str] = frozenset()

    @property
    def link_share(self) -> float:
        """Share of its characters that stand in links, 0 to 1."""
        return self.linked / len(self.text) if self.text else 0.0


class BlockBuilder:
    """Gathers the characters of one block, with white space made single; a tab stands between the cells of a row."""

    def __init__(self, kind: str = "paragraph", marks: frozenset[str] = frozenset()) -> None:
        self.kind, self.marks = kind, marks
        self.pieces: list[str] = []
        self.runs: list[Run] = []
        self.length = self.linked = 0
        self.space_at: int | None = None
        self.n_cells = 0

    def cell(self, source: int) -> None:
        """Begin another cell of a table row; cells before the first word are left out."""
        if self.length:
            self._space(source)
            self.n_cells += 1

    def add(self, text: str, source: int, *, linked: bool = False) -> None:
        """Add text that stands in the original as it is, at ``source``."""
        position = 0
        for word in text.split():
            start = text.index(word, position)
            if start > position:
                self._space(source + position)
            self._word(word, source + start, source + start + len(word), linked)
            position = start + len(word)
        if position < len(text):
            self._space(source + position)

    def add_decoded(self, text: str, start: int, end: int, *, linked: bool = False) -> None:
        """Add text that the original writes otherwise, from ``start`` to ``end``: a character reference."""
        if text[:1].isspace():
            self._space(start)
        if words := " ".join(text.split()):
            self._word(words, start, end, linked)
            if text[-1:].isspace():
                self._space(end)

    def _space(self, source: int) -> None:
        if self.length and self.space_at is None:
            self.space_at = source

    def _word(self, word: str, start: int, end: int, linked: bool) -> None:
        if self.space_at is not None and self.n_cells:
            self._put("\t" * self.n_cells, self.space_at, start)
            self.space_at, self.n_cells = None, 0
        elif self.space_at is not None:
            exact = start > self.space_at
            self._put(" ", self.space_at, self.space_at + 1 if exact else start)
            self.space_at = None
        self._put(word, start, end)
        if linked:
            self.linked += len(word)

    def _put(self, text: str, start: int, end: int) -> None:
        begin, self.length = self.length, self.length + len(text)
        self.pieces.append(text)
        exact = end - start == len(text)
        if self.runs and (exact or start == end):
            a, b, c, d = self.runs[-1]
            if (d == start and b - a == d - c) or (c == d == start == end):
                self.runs[-1] = (a, self.length, c, end)
                return
        self.runs.append((begin, self.length, start, end))

    def build(self) -> Block | None:
        """Return the block, ``None`` if nothing but white space was added."""
        if not self.length:
            return None
        return Block("".join(self.pieces), self.kind, self.runs, self.linked, self.marks)


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[Run, ...]]:
    """Return the text of blocks, one a line, and where all of it came from."""
    lines: list[str] = []
    runs: list[Run] = []
    at = 0
    for block in blocks:
        lines.append(block.text)
        runs += [(a + at, b + at, c, d) for a, b, c, d in block.runs]
        at += len(block.text) + 1
    return "\n".join(lines), tuple(runs)
