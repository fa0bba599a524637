"""Things that stand somewhere in a text, found by place without looking at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Generic, TypeVar

Thing = TypeVar("Thing")


class Spans(Generic[Thing]):
    """Things by the stretch of text on which they stand, in order."""

    def __init__(self, things: Iterable[tuple[tuple[int, int], Thing]] = ()) -> None:
        self.pairs = sorted(things, key=lambda pair: pair[0])
        self.starts = [span[0] for span, _ in self.pairs]
        self.longest = max((end - start for (start, end), _ in self.pairs), default=0)

    def overlapping(self, start: int, end: int) -> list[tuple[tuple[int, int], Thing]]:
        """Return what shares a character with a stretch of text, in order."""
        first = bisect_left(self.starts, start - self.longest)
        last = bisect_left(self.starts, end)
        return [pair for pair in self.pairs[first:last] if pair[0][1] > start]

    def inside(self, start: int, end: int) -> list[tuple[tuple[int, int], Thing]]:
        """Return what stands wholly inside a stretch of text, in order."""
        first, last = bisect_left(self.starts, start), bisect_left(self.starts, end)
        return [pair for pair in self.pairs[first:last] if pair[0][1] <= end]

    def beginning(self, start: int, end: int) -> list[tuple[tuple[int, int], Thing]]:
        """Return what begins inside a stretch of text, in order."""
        return self.pairs[bisect_left(self.starts, start) : bisect_left(self.starts, end)]

    def before(self, position: int) -> tuple[tuple[int, int], Thing] | None:
        """Return what begins last before a place, ``None`` if nothing does."""
        at = bisect_left(self.starts, position)
        return self.pairs[at - 1] if at else None
