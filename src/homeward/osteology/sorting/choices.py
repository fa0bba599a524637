"""What can be chosen when bones are sorted; loads nothing, so that a command can offer it at once."""

from __future__ import annotations

from enum import StrEnum


class Method(StrEnum):
    """What is compared."""

    PAIR = "pair"
    ARTICULATION = "articulation"
    REGRESSION = "regression"
    MULTIVARIATE = "multivariate"
    Z_TRANSFORM = "z-transform"


class Density(StrEnum):
    """How the densities of a likelihood ratio follow from a reference: Student's t, or a Gaussian kernel."""

    T = "t"
    KERNEL = "kernel"


class Keep(StrEnum):
    """Which pairs are kept, besides the counts: all that were tested, those not excluded, or none."""

    ALL = "all"
    NOT_EXCLUDED = "not-excluded"
    NONE = "none"


ALPHA = 0.10
"""Level at which a pair is excluded: Byrd & Adams 2003 (J. Forensic Sci. 48:717) and OsteoSort."""
TAILS = 2
DENSITY = Density.T
