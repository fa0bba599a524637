"""Linkage groups: loci of a panel on one chromosome, and the recombination fractions between neighbours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray


@dataclass(frozen=True, slots=True)
class LinkageGroup:
    """Two loci or more, in order along a chromosome.

    loci: positions in the panel.
    male, female: recombination fraction between each locus and the next, by sex of the parent, in [0, 0.5].
    """

    loci: tuple[int, ...]
    male: tuple[float, ...]
    female: tuple[float, ...]

    @property
    def fractions(self) -> FloatArray:
        """(2, n_loci - 1) float64: male, then female."""
        return np.array([self.male, self.female])
