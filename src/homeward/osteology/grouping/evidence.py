"""What is known of pairs of specimens: that they are one person's, or are not."""

from __future__ import annotations

import math
from dataclasses import dataclass

MUST = math.inf
"""log10 LR of what is certain: the two are one person's."""
CANNOT = -math.inf
"""log10 LR of what is excluded: the two are not one person's."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One finding about two specimens.

    a, b: their positions in the inventory.
    kind: what sort of finding: pair, articulation, refit, dna, excluded ...
    log10_lr: H1 the two come from one person, H2 from two; ``MUST`` or ``CANNOT`` where no doubt is allowed.
    reason: in words, for the report; may be empty.
    where: the line that it was read from; may be empty.
    """

    a: int
    b: int
    kind: str
    log10_lr: float
    reason: str = ""
    where: str = ""

    @property
    def is_certain(self) -> bool:
        """Whether it is a constraint, and not a number to be weighed."""
        return math.isinf(self.log10_lr)
