"""Findings of one skeleton that are weighed together: the same trait never twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from homeward.core.errors import InputError, Problem


def check_traits_differ(findings: Iterable[tuple[str, str]]) -> None:
    """Refuse findings that read one trait twice, as two methods for one joint do, or its left and right side.

    Their likelihoods may be multiplied only if they are independent given age or sex, which two readings of one trait
    never are.

    Parameters
    ----------
    findings : iterable of (method, trait)
        What is to be weighed together.

    Raises
    ------
    InputError
        A trait is there more than once; lists every one, with its methods.
    """
    given = list(findings)
    counts = Counter(trait for _, trait in given)
    twice = [
        Problem(
            what=f"It was read by {' and '.join(method for method, trait in given if trait == one)}, which are not "
            "independent of each other.",
            where=f"trait '{one}'",
            fix="Choose one of them before looking at what it says.",
        )
        for one, count in counts.items()
        if count > 1
    ]
    if twice:
        raise InputError(*twice)
