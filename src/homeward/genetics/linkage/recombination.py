"""Recombination fractions: from map distances, and over several intervals."""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np

from homeward.core.arrays import FloatArray


class MapFunction(StrEnum):
    """How a distance on the genetic map becomes a recombination fraction."""

    HALDANE = "haldane"
    KOSAMBI = "kosambi"

    def recombination_fraction(self, distance_cm: float) -> float:
        """Return the recombination fraction over a distance of 0 cM or more; it is in [0, 0.5].

        References
        ----------
        Haldane (1919), J. Genet. 8:299-309: (1 - exp(-2d)) / 2, crossovers without interference. Kosambi (1943),
        Ann. Eugen. 12:172-175: tanh(2d) / 2. d is in Morgans.
        """
        morgans = distance_cm / 100.0
        if self is MapFunction.HALDANE:
            return -0.5 * math.expm1(-2.0 * morgans)
        return 0.5 * math.tanh(2.0 * morgans)


def combined_fraction(fractions: FloatArray) -> float:
    """Return the recombination fraction over consecutive intervals that recombine independently of each other.

    Two intervals with r and s together have r(1 - s) + s(1 - r); no interval at all has 0.
    """
    return float(0.5 * (1.0 - np.prod(1.0 - 2.0 * np.asarray(fractions))))
