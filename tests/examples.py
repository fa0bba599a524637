"""How much a test tries: all that it asks for in a thorough run (CI=true, as .ci/run sets it), less at a desk."""

import os
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import pytest

FEWEST = 12
THOROUGH = os.environ.get("CI") == "true"

One = TypeVar("One")

only_thorough = pytest.mark.skipif(not THOROUGH, reason="takes long: .ci/run runs it, and so does CI=true make test")


def examples(n: int, fewest: int = FEWEST) -> int:
    """Return n in a thorough run, and otherwise a tenth of it, but no fewer than ``fewest`` where it asks for more."""
    return n if THOROUGH else min(n, max(fewest, n // 10))


def one_of_each(everything: Iterable[One], sort: Callable[[One], Hashable]) -> list[One]:
    """Return all in a thorough run, and otherwise the first of each sort."""
    if THOROUGH:
        return list(everything)
    first: dict[Hashable, One] = {}
    for one in everything:
        first.setdefault(sort(one), one)
    return list(first.values())
