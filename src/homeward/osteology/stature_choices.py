"""What can be chosen for an estimate of stature; light, so that the command line starts quickly."""

from __future__ import annotations

import math
from enum import StrEnum

CM_PER_INCH = 2.54
LEVEL = 0.95
"""Probability content of intervals."""
RECORD_ERROR = 0.001
"""Chance that a record made by people is wrong altogether."""


class Form(StrEnum):
    """How several measurements are used together."""

    MULTIPLE = "multiple"
    SUM = "sum"


class Interval(StrEnum):
    """What an interval rests on."""

    T = "t"
    BOOTSTRAP = "bootstrap"
    NORMAL = "normal"


class AgeCorrection(StrEnum):
    """What age takes off stature, in centimetres for each year over an age."""

    NONE = "none"
    TROTTER_GLESER = "trotter-gleser"
    GALLOWAY = "galloway"


class Rounding(StrEnum):
    """To what a stature on record was rounded."""

    NONE = "none"
    CM = "cm"
    HALF_INCH = "half-inch"
    INCH = "inch"

    @property
    def sd_cm(self) -> float:
        """Standard deviation that rounding adds: the width of the unit over the square root of 12."""
        widths = {
            Rounding.NONE: 0.0,
            Rounding.CM: 1.0,
            Rounding.HALF_INCH: CM_PER_INCH / 2.0,
            Rounding.INCH: CM_PER_INCH,
        }
        return widths[self] / math.sqrt(12.0)


AGE_LOSS = {AgeCorrection.NONE: (0.0, 0), AgeCorrection.TROTTER_GLESER: (0.06, 30), AgeCorrection.GALLOWAY: (0.16, 45)}
"""Centimetres for each year, and from which age on: Trotter & Gleser 1951 (Am. J. Phys. Anthropol. 9:311), as applied
with their equations of 1952 and 1970; Galloway 1988 (J. Forensic Sci. 33:126)."""


def age_loss_cm(age_years: float, correction: AgeCorrection) -> float:
    """Return what age takes off stature, in centimetres; 0 below the age at which the loss begins."""
    rate, start = AGE_LOSS[correction]
    return rate * max(0.0, age_years - start)
