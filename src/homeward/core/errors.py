"""Errors that say what was wrong, where, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where it stands and how to mend it."""

    what: str
    where: str
    fix: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.fix}"


class HomewardError(Exception):
    """Root of every error that Homeward raises on purpose."""


class InputError(HomewardError):
    """The user's data cannot be used as they stand; carries every problem found."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("An InputError needs at least one problem.")
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


class ProblemLog:
    """Gathers problems so that all of them can be reported at once."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, what: str, *, where: str, fix: str) -> None:
        """Note one problem and go on."""
        self.problems.append(Problem(what=what, where=where, fix=fix))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        self.problems.extend(problems)

    @contextmanager
    def collecting(self) -> Iterator[None]:
        """Run a block; an InputError raised inside adds its problems here instead of ending the work."""
        try:
            yield
        except InputError as error:
            self.extend(error.problems)

    def __bool__(self) -> bool:
        return bool(self.problems)

    def raise_if_any(self) -> None:
        """Raise one InputError with every problem noted so far, each once."""
        if self.problems:
            raise InputError(*dict.fromkeys(self.problems))
