"""The problems of a bundle, all of them noted, as many listed as a person can read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NoReturn

from homeward.core.errors import InputError, Problem, ProblemLog

MOST_LISTED = 200


class BundleProblems(ProblemLog):
    """Notes problems; beyond the first two hundred it only counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.n_unlisted = 0

    def add(self, what: str, *, where: str, fix: str) -> None:
        """Note one problem and go on."""
        self.extend([Problem(what, where, fix)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that were found elsewhere."""
        for problem in problems:
            if len(self.problems) < MOST_LISTED:
                self.problems.append(problem)
            else:
                self.n_unlisted += 1

    def raise_if_any(self) -> None:
        """Raise one InputError with the problems, and how many more there are."""
        if self.problems:
            self._raise()

    def _raise(self) -> NoReturn:
        """Raise them."""
        listed = list(dict.fromkeys(self.problems))
        if self.n_unlisted:
            listed.append(
                Problem(
                    what=f"{self.n_unlisted:,} more problems were found.",
                    where="not listed here",
                    fix="Mend the ones above, then import again to see the rest.",
                )
            )
        raise InputError(*listed)
