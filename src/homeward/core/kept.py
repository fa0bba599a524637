"""Results that take long to work out, kept in memory for as long as there is room."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import RLock
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Kept(Generic[Result]):
    """Results by what they follow from. All are let go when there are too many.

    A key has to name everything that the result depends on. Of threads that ask for one at once, one works it out.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._results: dict[Hashable, Result] = {}
        self._at_work: dict[Hashable, RLock] = {}

    def get(self, key: Hashable, work_out: Callable[[], Result]) -> Result:
        """Return what is kept, or work it out and keep it."""
        try:
            return self._results[key]
        except KeyError:
            lock = self._at_work.setdefault(key, RLock())
        with lock:
            if key in self._results:
                return self._results[key]
            try:
                result = work_out()
            finally:
                self._at_work.pop(key, None)
            if len(self._results) >= self._most:
                self._results.clear()
            self._results[key] = result
        return result
