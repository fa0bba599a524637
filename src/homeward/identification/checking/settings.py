"""What a check of families calls a finding; printed with every result."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from homeward.core.errors import ProblemLog


class Grade(StrEnum):
    """How much a finding asks for."""

    SERIOUS = "serious"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """Thresholds and choices of a check.

    serious: a finding is serious if, were everything as stated, the probability that a case of this size shows one like
        it anywhere is at most this. It is bounded by the number of comparisons made over the LR (an LR of x or more
        against a true statement has probability 1/x at most: Royall 1997, Statistical Evidence, section 1.4).
    notice: a stated relationship whose simulated p-value is at most this is worth a look; so many in a hundred are by
        chance.
    min_loci: fewest loci at which both of a pair must be typed.
    most_errors: loci of a family that may need a mutation before that alone is serious.
    sex_error: chance that a recorded sex, or that read from a profile, is wrong.
    rate: mutation rate per meiosis of loci whose model has none, used only to rank corrections.
    simulations: simulated pairs behind each p-value.
    replicates: bootstrap replicates behind each interval.
    level: of the intervals.
    seed: of the simulations; the same seed gives the same result.
    shown: corrections kept for each family.
    """

    serious: float = 0.01
    notice: float = 0.01
    min_loci: int = 8
    most_errors: int = 2
    sex_error: float = 0.01
    rate: float = 0.001
    simulations: int = 1000
    replicates: int = 500
    level: float = 0.95
    seed: int = 1
    shown: int = 5


_LIMITS = {
    "serious": (0.0, 0.5),
    "notice": (0.0, 0.5),
    "min_loci": (1, 1000),
    "most_errors": (0, 1000),
    "sex_error": (0.0001, 0.5),
    "rate": (1e-6, 0.1),
    "simulations": (99, 1_000_000),
    "replicates": (20, 1_000_000),
    "level": (0.5, 0.999),
    "seed": (0, 2**63),
    "shown": (1, 1000),
}


def check_settings(settings: CheckSettings, *, where: str) -> None:
    """Raise one InputError that lists every setting outside its range."""
    log = ProblemLog()
    for name, (least, most) in _LIMITS.items():
        value = getattr(settings, name)
        if not least <= value <= most:
            log.add(f"{value:g} is not from {least:g} to {most:g}.", where=f"{where}, {name}", fix="Correct the value.")
    log.raise_if_any()
