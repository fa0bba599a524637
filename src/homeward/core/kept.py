"""Results that take long to work out, kept in memory for as long as there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Kept(Generic[Result]):
    """Results by what they follow from. All are let go when there are too many.

    A key has to name everything that the result depends on. Two threads may both work out the same one.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: dict[Hashable, Result] = {}

    def get(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        """Return what is kept, or work it out and keep it."""
        try:
            return self._results[key]
        except KeyError:
            result = work_out()
        if len(self._results) >= self._most:
            self._results.clear()
        self._results[key] = result
        return result
