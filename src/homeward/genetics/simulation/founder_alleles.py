"""Alleles of founders: drawn from the population one after the other, as founders of one subpopulation share theirs."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray


class FounderAlleles:
    """The founder alleles of one locus, drawn so far in n families.

    After m draws the next allele is a copy of one of them with probability m theta / (1 + (m - 1) theta), and otherwise
    comes fresh from the population: the draws of Balding & Nichols (1994), Forensic Sci. Int. 64:125-140, as an urn
    (Blackwell & MacQueen 1973, Ann. Stat. 1:353-355). At theta 0 all are fresh.
    """

    def __init__(self, frequencies: FloatArray, theta: float, n_families: int, rng: np.random.Generator) -> None:
        reach = np.cumsum(frequencies)
        self.reach = reach / reach[-1]
        self.theta, self.n_families, self.rng = theta, n_families, rng
        self.drawn: list[IntArray] = []
        self.counts: list[BoolArray] = []

    def draw(self) -> IntArray:
        """Return (n,) allele codes of the next founder allele."""
        drawn: IntArray = np.searchsorted(self.reach, self.rng.random(self.n_families), side="right")
        if self.theta > 0:
            if self.drawn:
                drawn = self._copied_or(drawn)
            self.drawn.append(drawn)
            self.counts.append(np.ones(self.n_families, dtype=bool))
        return drawn

    def draw_beside(self, other: IntArray, inbreeding: float) -> IntArray:
        """Return (n,) codes of a founder's second allele, which may be the same draw as the other one."""
        drawn = self.draw()
        if inbreeding == 0.0:
            return drawn
        is_same = self.rng.random(self.n_families) < inbreeding
        if self.counts:
            self.counts[-1] = ~is_same
        return np.where(is_same, other, drawn)

    def _copied_or(self, fresh: IntArray) -> IntArray:
        counted = np.cumsum(self.counts, axis=0)
        n_drawn = counted[-1]
        is_copy = self.rng.random(self.n_families) * (1.0 + (n_drawn - 1) * self.theta) < n_drawn * self.theta
        chosen = (self.rng.random(self.n_families) * n_drawn).astype(np.intp)
        place = (counted > chosen).argmax(axis=0)
        return np.where(is_copy, np.array(self.drawn)[place, np.arange(self.n_families)], fresh)
