"""Inventories for tests: written by hand, and simulated with known people."""

from __future__ import annotations

import numpy as np

from homeward.osteology.inventory import AgeClass, Inventory
from homeward.osteology.specimens import Side

SIDES = {"L": Side.LEFT, "R": Side.RIGHT, "A": Side.AXIAL, "?": Side.UNKNOWN}
AGES = {"a": AgeClass.ADULT, "s": AgeClass.SUBADULT, "": AgeClass.UNKNOWN}


def inventory_from(text: str, **columns: tuple[str, ...]) -> Inventory:
    """One specimen for each line: id, element, L R A or ?, then zones and age class (a, s) if any, by commas."""
    rows = [[*line.split(","), "", ""][:5] for line in text.split()]
    return Inventory(
        ids=tuple(row[0] for row in rows),
        elements=tuple(row[1] for row in rows),
        sides=tuple(SIDES[row[2]] for row in rows),
        zones=tuple(frozenset(row[3].split("+")) - {""} for row in rows),
        age_classes=tuple(AGES[row[4]] for row in rows),
        columns=columns,
    )


def simulated(
    rng: np.random.Generator,
    n_people: int,
    *,
    elements: tuple[str, ...] = ("humerus", "femur", "tibia"),
    recovery: float = 0.6,
    fragments: bool = False,
) -> tuple[Inventory, np.ndarray, list[tuple[int, int]]]:
    """Bones recovered one by one from adults and subadults; the person of each, and the true pairs.

    With fragments a bone falls into up to three parts, each with zones of its own; some sides and ages are not told.
    """
    rows, people = [], []
    for person in range(n_people):
        age = AgeClass.SUBADULT if rng.random() < 0.3 else AgeClass.ADULT
        for element in elements:
            for side in (Side.LEFT, Side.RIGHT):
                if rng.random() > recovery:
                    continue
                parts = [frozenset[str]()]
                if fragments:
                    part_of = rng.integers(3, size=5)
                    parts = [frozenset(f"z{z}" for z in np.flatnonzero(part_of == k)) for k in np.unique(part_of)]
                for zones in parts:
                    told = Side.UNKNOWN if fragments and rng.random() < 0.2 else side
                    seen = AgeClass.UNKNOWN if fragments and rng.random() < 0.3 else age
                    rows.append((element, told, zones, seen))
                    people.append(person)
    order = rng.permutation(len(rows))
    rows = [rows[i] for i in order]
    owners = np.array(people, dtype=np.intp)[order]
    inventory = Inventory(
        ids=tuple(f"s{i}" for i in range(len(rows))),
        elements=tuple(row[0] for row in rows),
        sides=tuple(row[1] for row in rows),
        zones=tuple(row[2] for row in rows),
        age_classes=tuple(row[3] for row in rows),
    )
    at = {(owners[i], row[0], row[1]): i for i, row in enumerate(rows)}
    pairs = [
        (i, at[person, element, Side.RIGHT])
        for (person, element, side), i in at.items()
        if side == Side.LEFT and (person, element, Side.RIGHT) in at
    ]
    return inventory, owners, pairs
