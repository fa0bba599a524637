"""The teeth of both dentitions in the numbering of the FDI and in the Universal one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from homeward.osteology.specimens import Side

PERMANENT_KINDS = (
    *("central incisor", "lateral incisor", "canine", "first premolar", "second premolar"),
    *("first molar", "second molar", "third molar"),
)
DECIDUOUS_KINDS = ("central incisor", "lateral incisor", "canine", "first molar", "second molar")
"""From the midline backwards."""


class Numbering(StrEnum):
    """How teeth are numbered. "11" is a central incisor in one and a canine in the other: never guess."""

    FDI = "FDI"
    UNIVERSAL = "Universal"


@dataclass(frozen=True, slots=True)
class Tooth:
    """One tooth.

    fdi: quadrant and position, "11" to "48", deciduous "51" to "85" (ISO 3950).
    universal: "1" to "32", deciduous "A" to "T" (American Dental Association).
    kind: such as "first molar". side: of the person, not of the observer.
    """

    fdi: str
    universal: str
    permanent: bool
    upper: bool
    side: Side
    kind: str

    @property
    def name(self) -> str:
        """The tooth in words."""
        words = "" if self.permanent else "deciduous "
        return f"{'upper' if self.upper else 'lower'} {self.side} {words}{self.kind}"


@cache
def teeth() -> tuple[Tooth, ...]:
    """Return all teeth, the permanent ones first, each dentition in the order of the Universal numbering.

    That order runs from the upper right to the upper left and back from the lower left to the lower right.
    """
    permanent = [str(number) for number in range(1, 33)]
    deciduous = [chr(ord("A") + i) for i in range(20)]
    return (*_dentition(permanent, PERMANENT_KINDS, 1), *_dentition(deciduous, DECIDUOUS_KINDS, 5))


def find_tooth(number: str, numbering: Numbering) -> Tooth | None:
    """Return the tooth of a number such as "16" or "1.6" (FDI), "3" or "b" (Universal); None if there is none."""
    plain = number.strip().upper().replace(".", "").removeprefix("#")
    return _by_number()[numbering].get(plain)


@cache
def _by_number() -> Mapping[Numbering, Mapping[str, Tooth]]:
    """Teeth by their number."""
    return {
        Numbering.FDI: {tooth.fdi: tooth for tooth in teeth()},
        Numbering.UNIVERSAL: {tooth.universal: tooth for tooth in teeth()},
    }


def _dentition(universal: list[str], kinds: tuple[str, ...], first_quadrant: int) -> list[Tooth]:
    """Return the teeth of one dentition: quadrants upper right, upper left, lower left, lower right."""
    n = len(kinds)
    sides = (Side.RIGHT, Side.LEFT, Side.LEFT, Side.RIGHT)
    found = []
    for i, number in enumerate(universal):
        quadrant, place = divmod(i, n)
        # Right quadrants are gone through from the back to the midline above, and the other way round on the left.
        position = n - place if quadrant in (0, 2) else place + 1
        found.append(
            Tooth(
                fdi=f"{first_quadrant + quadrant}{position}",
                universal=number,
                permanent=first_quadrant == 1,
                upper=quadrant < 2,
                side=sides[quadrant],
                kind=kinds[position - 1],
            )
        )
    return found
