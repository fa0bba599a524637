"""Who is told of lines as they are written: what follows from the record and is kept up with it.

A listener is called in the transaction of the change. What it raises undoes the change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from homeward.web.journal.models import Entry

Listener = Callable[[Sequence[Entry]], None]

_listeners: list[Listener] = []


def after_append(listener: Listener) -> None:
    """Have a function called with the lines that were just written; once, however often this is asked."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(entries: Sequence[Entry]) -> None:
    """Tell all listeners of lines that were just written."""
    for listener in _listeners:
        listener(entries)
