"""What is known of pairs of specimens: that they are one person's, or are not."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from homeward.core.errors import Problem
from homeward.osteology.inventory import Inventory

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


def evidence_problems(inventory: Inventory, evidence: Sequence[Evidence]) -> list[Problem]:
    """Return what is wrong with findings: about one specimen only, or not a number."""
    problems = []
    for one in evidence:
        if one.a != one.b and not math.isnan(one.log10_lr):
            continue
        where = one.where or f"evidence about {inventory.named(one.a)}"
        if one.a == one.b:
            what = f"{inventory.named(one.a)} is compared with itself."
            problems.append(Problem(what, where, "Name two different specimens."))
        if math.isnan(one.log10_lr):
            problems.append(Problem("The log10 LR is not a number.", where, "Give a number, or must or cannot."))
    return problems
