"""Recombination fractions: as given, from map distances, and over several intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Linkage(StrEnum):
    """Whether linkage counts, and by which map function a distance becomes a recombination fraction."""

    NONE = "none"
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
        if self is Linkage.HALDANE:
            return -0.5 * math.expm1(-2.0 * morgans)
        return 0.5 * math.tanh(2.0 * morgans) if self is Linkage.KOSAMBI else 0.5


class GeneticMap(StrEnum):
    """A map on which the usual STR loci have positions.

    HAPMAP: averaged over the sexes, made from the HapMap, as used for kinship cases in Oslo.
    DECODE: of female and of male meioses, deCODE 2019.
    """

    HAPMAP = "hapmap"
    DECODE = "decode"


@dataclass(frozen=True, slots=True)
class NeighbourFractions:
    """Recombination fractions between two neighbouring loci, by sex of the parent, each in [0, 0.5]."""

    first: str
    second: str
    female: float
    male: float


def combined_fraction(fractions: Iterable[float]) -> float:
    """Return the recombination fraction over consecutive intervals that recombine independently of each other.

    Two intervals with r and s together have r(1 - s) + s(1 - r); no interval at all has 0.
    """
    together = 0.0
    for fraction in fractions:
        together += fraction * (1.0 - 2.0 * together)
    return together
