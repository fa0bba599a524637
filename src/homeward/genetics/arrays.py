"""Array types and the marker of a missing allele."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.integer[Any]]
BoolArray = NDArray[np.bool_]

MISSING: Final = -1
"""Allele code of an untyped allele."""
