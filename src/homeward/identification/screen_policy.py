"""What a screen keeps: thresholds for searching, beside the policy for concluding."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from homeward.identification.policy import Policy

if TYPE_CHECKING:
    from homeward.genetics.screening.selection import Selection


class Against(StrEnum):
    """What samples are compared with."""

    FAMILIES = "families"
    SAMPLES = "samples"
    KIN = "kin"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class ScreenPolicy:
    """Thresholds of a search; none of them concludes anything.

    top: a pair becomes a candidate if it is among this many best of its sample or of its missing person.
    min_log10_lr: and if its log10 LR is at least this. 2 is low on purpose: a search should miss nobody, and what it
        finds is weighed afterwards. Lower it where families have distant relatives only.
    inconsistency_log10_lr: what a locus that is impossible without a mutation counts in the order of candidates where
        the model has no mutation; -3 is about the rate of mutations per meiosis (AABB 2003: 0.001 to 0.003).
    policy: the policy of the case; its fewest loci, most inconsistencies and use of sex are kept to here.
    """

    top: int = 20
    min_log10_lr: float = 2.0
    inconsistency_log10_lr: float = -3.0
    policy: Policy = field(default_factory=Policy)

    @property
    def selection(self) -> Selection:
        """What becomes a candidate, for the engine."""
        from homeward.genetics.screening.selection import Selection

        return Selection(self.top, self.min_log10_lr, self.policy.max_inconsistencies, self.inconsistency_log10_lr)
