"""The relationships that a pair of people is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from homeward.core.arrays import FloatArray

PARENT_CHILD: Final = "parent and child"
UNRELATED: Final = "unrelated"
IDENTICAL: Final = "same person or identical twins"


@dataclass(frozen=True, slots=True)
class PairRelationship:
    """A relationship of two people who are not inbred; unlinked loci tell relationships of one kappa apart by nothing.

    kappa: probabilities of sharing 0, 1, 2 genes identical by descent.
    short: to write beside a point of a drawing.
    """

    name: str
    kappa: tuple[float, float, float]
    short: str

    @property
    def delta(self) -> FloatArray:
        """(9,): its condensed identity coefficients."""
        delta = np.zeros(9)
        delta[[8, 7, 6]] = self.kappa
        return delta


STANDARD_RELATIONSHIPS: Final = (
    PairRelationship(IDENTICAL, (0.0, 0.0, 1.0), "same"),
    PairRelationship(PARENT_CHILD, (0.0, 1.0, 0.0), "PO"),
    PairRelationship("full siblings", (0.25, 0.5, 0.25), "S"),
    PairRelationship("half siblings, grandparent or uncle/aunt", (0.5, 0.5, 0.0), "H, U, G"),
    PairRelationship("first cousins", (0.75, 0.25, 0.0), "FC"),
    PairRelationship(UNRELATED, (1.0, 0.0, 0.0), "UN"),
)
"""What every pair is compared with (letters as in Vigeland 2022, BMC Bioinformatics 23:220)."""

FURTHER_RELATIONSHIPS: Final = (
    PairRelationship("three-quarter siblings", (3 / 8, 0.5, 1 / 8), "3/4S"),
    PairRelationship("double first cousins", (9 / 16, 6 / 16, 1 / 16), "DFC"),
    PairRelationship("half first cousins or first cousins once removed", (7 / 8, 1 / 8, 0.0), "HFC"),
    PairRelationship("second cousins", (15 / 16, 1 / 16, 0.0), "SC"),
)
"""Others that are tried when the relationship of one pair is reconstructed."""
