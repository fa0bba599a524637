"""What apps check beside the journal when the record is verified, such as that the books balance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from homeward.core.errors import Problem
from homeward.core.progress import Progress


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    counts: numbers that it rests on, by their names. findings: what is wrong, where, and what to do.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[Problem, ...] = ()


Check = Callable[[date | None, Progress], Checked]
"""Checks the record as known on a day, or as it is now."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A check, and the permission that whoever reads its findings needs."""

    check: Check
    permission: str


_checks: dict[str, _Kept] = {}


def check_too(name: str, check: Check, *, permission: str) -> None:
    """Have a check made whenever the record is verified; once, however often this is asked."""
    _checks[name] = _Kept(check, permission)


def further_checks(as_of: date | None, progress: Progress, may_read: Callable[[str], bool]) -> dict[str, Checked]:
    """Make all checks whose findings may be read; return what each found, by its name."""
    return {name: kept.check(as_of, progress) for name, kept in _checks.items() if may_read(kept.permission)}
