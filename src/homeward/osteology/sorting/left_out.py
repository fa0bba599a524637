"""Reference bones that are left out of a comparison on purpose, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import choose_specimens


def leave_out(reference: ReferenceSample, bones: Sequence[str]) -> ReferenceSample:
    """Return a reference without some of its bones.

    Parameters
    ----------
    bones : sequence of str
        Each written person:element:side, such as "138:femur:right".

    Raises
    ------
    InputError
        A bone is not written so, or the reference has none such; lists them all.
    """
    log = ProblemLog()
    row_of = {
        (person, element.lower(), side.lower()): row
        for row, (person, element, side) in enumerate(
            zip(reference.persons, reference.specimens.elements, reference.specimens.sides, strict=True)
        )
    }
    dropped = set()
    for bone in bones:
        person, *rest = bone.rsplit(":", 2)
        key = (person.strip(), *(part.strip().lower() for part in rest))
        if len(key) != 3:
            log.add("This names no bone.", where=f"left out: {bone}", fix="Write person:element:side.")
        elif key not in row_of:
            fix = "Correct it; the bones of a person are in the reference file under the id."
            log.add("The reference has no such bone.", where=f"left out: {bone}", fix=fix)
        else:
            dropped.add(row_of[key])
    log.raise_if_any()
    rows = np.array([row for row in range(len(reference)) if row not in dropped], dtype=np.intp)
    return replace(
        reference,
        persons=tuple(reference.persons[row] for row in rows),
        specimens=choose_specimens(reference.specimens, rows),
        stature_cm=reference.stature_cm[rows],
        sexes=tuple(reference.sexes[row] for row in rows),
        ancestries=tuple(reference.ancestries[row] for row in rows),
    )
