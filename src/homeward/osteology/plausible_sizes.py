"""Sizes that bones of adults have, so that a slip of the keyboard is noticed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from homeward.osteology.catalogue import bundled_rows


@dataclass(frozen=True, slots=True)
class PlausibleRange:
    """Between which lengths in millimetres a measurement of an adult lies, from n bones that were measured."""

    smallest: float
    largest: float
    n: int


def plausible_mm(code: str) -> PlausibleRange | None:
    """Return the plausible range of a measurement, None if none is known.

    The range is that of the data file ``plausible_sizes.csv``, which says how it was computed.
    """
    return _ranges().get(code)


@cache
def _ranges() -> Mapping[str, PlausibleRange]:
    """Range of each measurement of which enough bones were measured."""
    return {
        row["code"]: PlausibleRange(float(row["smallest_mm"]), float(row["largest_mm"]), int(row["n"]))
        for row in bundled_rows("plausible_sizes.csv")
    }
