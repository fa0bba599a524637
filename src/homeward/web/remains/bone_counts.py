"""How many bones of each kind an accession holds, and of how many people they are at least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward.osteology.inventory import AgeClass, ElementCount, Inventory, count_elements
from homeward.osteology.minimum_numbers import MinimumNumber, minimum_number
from homeward.osteology.specimens import Side as BoneSide
from homeward.web.remains.refitted import whole_bones
from homeward.web.remains.specimens import Side, Specimen

SIDES = {
    Side.LEFT: BoneSide.LEFT,
    Side.RIGHT: BoneSide.RIGHT,
    Side.MIDDLE: BoneSide.AXIAL,
    Side.UNKNOWN: BoneSide.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class BoneCounts:
    """Bones by element and side, and the minimum number of individuals (MNI).

    refitted: how many fragments count with the bone that they were refitted to.
    """

    elements: tuple[ElementCount, ...]
    minimum: MinimumNumber
    refitted: int

    @property
    def rests_on(self) -> str:
        """The bone that asks for so many people, in words."""
        return " and ".join(
            f"{' or '.join(str(side) for side in count.sides)} {count.element}" for count in self.minimum.rests_on
        )


def bone_counts(rows: Sequence[Specimen]) -> BoneCounts:
    """Return the counts of bones; fragments that were refitted are one."""
    bones = whole_bones(rows)
    inventory = Inventory(
        ids=tuple(bone.row.code for bone in bones),
        elements=tuple(bone.row.element for bone in bones),
        sides=tuple(SIDES[Side(bone.row.side)] for bone in bones),
        zones=tuple(bone.zones for bone in bones),
        age_classes=(AgeClass.UNKNOWN,) * len(bones),
    )
    return BoneCounts(count_elements(inventory), minimum_number(inventory), len(rows) - len(bones))
