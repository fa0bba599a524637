"""Cases that come with Homeward, all of them synthetic."""

from __future__ import annotations

from pathlib import Path
from typing import Final

WORKED_CASE: Final = Path(__file__).parent / "worked_case"
"""Case folder of the worked case: five families, six missing persons, eight samples."""
