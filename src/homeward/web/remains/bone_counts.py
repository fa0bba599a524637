"""How many bones of each kind an accession holds, and of how many people they are at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.osteology.inventory import WHOLE, AgeClass, ElementCount, Inventory, count_elements
from homeward.osteology.minimum_numbers import MinimumNumber, minimum_number
from homeward.osteology.specimens import Side as BoneSide
from homeward.web.remains.specimens import Completeness, Side, Specimen

SIDES = {
    Side.LEFT: BoneSide.LEFT,
    Side.RIGHT: BoneSide.RIGHT,
    Side.MIDDLE: BoneSide.AXIAL,
    Side.UNKNOWN: BoneSide.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class BoneCounts:
    """Bones by element and side, and the minimum number of individuals (MNI)."""

    elements: tuple[ElementCount, ...]
    minimum: MinimumNumber

    @property
    def rests_on(self) -> str:
        """The bone that asks for so many people, in words."""
        return " and ".join(
            f"{' or '.join(str(side) for side in count.sides)} {count.element}" for count in self.minimum.rests_on
        )


def inventory_of_rows(rows: Sequence[Specimen]) -> Inventory:
    """Return bones of the register as the science counts them."""
    return Inventory(
        ids=tuple(row.code for row in rows),
        elements=tuple(row.element for row in rows),
        sides=tuple(SIDES[Side(row.side)] for row in rows),
        zones=tuple(_zones(row) for row in rows),
        age_classes=(AgeClass.UNKNOWN,) * len(rows),
    )


def bone_counts(rows: Sequence[Specimen]) -> BoneCounts:
    """Return the counts of bones."""
    inventory = inventory_of_rows(rows)
    return BoneCounts(count_elements(inventory), minimum_number(inventory))


def _zones(row: Specimen) -> frozenset[str]:
    """The zones of a bone; a complete one has all of them."""
    return frozenset({WHOLE}) if row.completeness == Completeness.COMPLETE else frozenset(row.zones.split())
