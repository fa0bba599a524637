"""Dental charts: one code for each tooth, before death and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from homeward.core.errors import ProblemLog

CodeArray = NDArray[np.uint8]

FDI = tuple(
    [f"1{i}" for i in range(8, 0, -1)]
    + [f"2{i}" for i in range(1, 9)]
    + [f"3{i}" for i in range(8, 0, -1)]
    + [f"4{i}" for i in range(1, 9)]
)
"""The permanent teeth in the order of the Universal numbers 1 to 32, by FDI number (ISO 3950)."""
THIRD_MOLARS = tuple(i for i, tooth in enumerate(FDI) if tooth.endswith("8"))
WITHOUT_THIRD_MOLARS = tuple(i for i in range(32) if i not in THIRD_MOLARS)

SURFACES = "MODFL"
VIRGIN, MISSING_TOOTH, RESTORED, UNOBSERVED = 0, 32, 64, 255
"""Codes of teeth. A restored tooth whose surfaces are known is 1 to 31: a bit for each of M, O, D, F, L."""


class Notation(StrEnum):
    """Numbers of teeth."""

    FDI = "fdi"
    UNIVERSAL = "universal"


@dataclass(frozen=True, slots=True, eq=False)
class DentalCharts:
    """Charts of n people. ids: their names. codes: (n, 32) uint8, teeth in the order of ``FDI``. source: whence."""

    ids: tuple[str, ...]
    codes: CodeArray
    source: str

    def __len__(self) -> int:
        return len(self.ids)


def tooth_position(tooth: str, notation: Notation = Notation.FDI) -> int | None:
    """Return the position 0 to 31 of a permanent tooth by its number, None if there is no such tooth."""
    if notation is Notation.UNIVERSAL:
        return int(tooth) - 1 if tooth.isdecimal() and 1 <= int(tooth) <= 32 else None
    return FDI.index(tooth) if tooth in FDI else None


def read_code(text: str) -> int | None:
    """Return the code of a tooth as OdontoSearch writes it, None if it is none.

    X missing; V virgin, that is unrestored; R restored; surfaces M, O, D, F, L in any combination and order, with B, I
    read as F, O; empty, "-", "?" or "N" not observed.
    """
    letters = text.strip().upper()
    if letters in ("", "-", "?", "N", "NA"):
        return UNOBSERVED
    simple = {"X": MISSING_TOOTH, "V": VIRGIN, "R": RESTORED}
    if letters in simple:
        return simple[letters]
    surfaces = letters.replace("B", "F").replace("I", "O")
    if len(set(surfaces)) != len(surfaces) or not set(surfaces) <= set(SURFACES):
        return None
    return sum(1 << SURFACES.index(surface) for surface in surfaces)


def write_code(code: int) -> str:
    """Return a code as text, surfaces in the order M, O, D, F, L; "" for a tooth that was not observed."""
    simple = {MISSING_TOOTH: "X", VIRGIN: "V", RESTORED: "R", UNOBSERVED: ""}
    if code in simple:
        return simple[code]
    return "".join(surface for i, surface in enumerate(SURFACES) if code >> i & 1)


def chart_of(teeth: Mapping[str, str], *, where: str, notation: Notation = Notation.FDI) -> CodeArray:
    """Return (32,) codes from texts by tooth; teeth that are not named were not observed.

    Raises
    ------
    InputError
        There is no such tooth, or a text is no code; lists all of them.
    """
    log = ProblemLog()
    codes = np.full(32, UNOBSERVED, dtype=np.uint8)
    for tooth, text in teeth.items():
        position, code = tooth_position(tooth, notation), read_code(text)
        if position is None:
            known = "11 to 18, 21 to 28, 31 to 38, 41 to 48" if notation is Notation.FDI else "1 to 32"
            log.add(f"There is no permanent tooth {tooth}.", where=f"{where}, {notation} number", fix=f"Use {known}.")
        elif code is None:
            log.add(
                f"'{text}' is no code of a tooth.",
                where=f"{where}, tooth {tooth}",
                fix="Write X, V, R, surfaces out of M O D F L, or nothing.",
            )
        else:
            codes[position] = code
    log.raise_if_any()
    return codes


def generic(codes: CodeArray) -> CodeArray:
    """Return codes without surfaces: every restored tooth is R."""
    is_restored = (codes >= 1) & (codes <= 31)
    return np.where(is_restored, RESTORED, codes).astype(np.uint8)


def tooth_names(positions: Sequence[int], notation: Notation = Notation.FDI) -> tuple[str, ...]:
    """Return the numbers of teeth by their positions."""
    return tuple(FDI[i] if notation is Notation.FDI else str(i + 1) for i in positions)
