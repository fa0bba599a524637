"""Leaving the search for garbage until later."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def searched_later() -> Iterator[None]:
    """Search nothing for garbage meanwhile.

    For work that makes very many objects and drops few: searching them all again and again can take a third of its
    time. What was dropped meanwhile is found by the next search after it.
    """
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()
