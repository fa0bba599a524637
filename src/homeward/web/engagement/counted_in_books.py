"""Figures beside the counts in the books: containers of a handover, things of a delivery."""

from __future__ import annotations

from typing import Any

from homeward.web.engagement.standing import History
from homeward.web.engagement.wording import change_words
from homeward.web.sources.figures import Figure, Qualifier, Unit

ROUGHLY = 0.1
"""How far a count may be from a rough word ("about 50", "nearly 50") and still agree with it, as a share of it."""

_COUNTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "handover": ("containers_low", "containers_high", ("received",)),
    "delivery": ("quantity_low", "quantity_high", ("used", "received", "moved")),
}
"""The columns of a change that hold its count, by noun, and the kinds of change that count."""

Compared = tuple[bool | None, str, tuple[Any, ...]]
"""Whether the count agrees (``None``: cannot be told), what the books hold, and the changes that hold it."""


def counted_in_books(figure: Figure, history: History) -> Compared | None:
    """Return what the books hold of what a figure counts; ``None`` where they count something else.

    Boxes are compared with containers, never sets of remains or individuals: these are other counts. A figure below the
    count of the book may be of a part, so it is not decided; one above it contradicts it.
    """
    noun = figure.about.partition(":")[0]
    if noun not in _COUNTS or figure.unit != Unit.BOX:
        return None
    low_column, high_column, kinds = _COUNTS[noun]
    done = [change for change in history.by(figure.counted.latest).changes if change.kind in kinds]
    counts = [change for change in done if getattr(change, low_column) is not None]
    if not done:
        return None, "By that day the book holds nothing that was done.", tuple(history.changes[:1])
    if not counts:
        return None, "The book gives no number.", tuple(done)
    largest = max(counts, key=lambda change: getattr(change, high_column))
    low, high = (sum(getattr(change, column) for change in counts) for column in (low_column, high_column))
    if noun == "delivery":
        low, high = getattr(largest, low_column), getattr(largest, high_column)
    words = " ".join(f"{change_words(change)}, {change.happened.words}." for change in counts)
    return _agrees(figure, low, high), words, tuple(counts)


def _agrees(figure: Figure, low: int, high: int) -> bool | None:
    """Whether a figure fits a count between two ends; below it, it may be of a part."""
    least, most = float(figure.low), float(figure.high)
    match figure.qualifier:
        case Qualifier.ABOUT | Qualifier.NEARLY:
            least, most = least * (1 - ROUGHLY), most * (1 + ROUGHLY)
        case Qualifier.MORE | Qualifier.AT_LEAST:
            most = float("inf")
        case Qualifier.UP_TO:
            least = 0.0
    if least <= high and low <= most:
        return True
    return False if least > high else None
