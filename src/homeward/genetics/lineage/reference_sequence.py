"""The revised Cambridge Reference Sequence, against which mitochondrial DNA is written down."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

FILE = Path(__file__).parent.parent / "databases" / "rcrs.txt"

LENGTH: Final = 16569
PLACEHOLDER: Final = 3107
"""A position that no molecule has; it keeps the numbers of the sequence of 1981."""


@lru_cache(maxsize=1)
def reference_sequence() -> str:
    """Return the bases of positions 1 to 16569, position 1 first (GenBank NC_012920.1; Andrews et al. 1999)."""
    lines = FILE.read_text(encoding="ascii").splitlines()
    return "".join(line.strip() for line in lines if not line.startswith(("#", ">")))


def reference_base(position: int) -> str:
    """Return the base of the reference at a position from 1 to 16569."""
    return reference_sequence()[position - 1]
