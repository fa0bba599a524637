"""People whose bones and statures are known, made up."""

from __future__ import annotations

import numpy as np

from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side, Specimens

BONES = (("femur", "Fem_01", 465.0, 2.4), ("tibia", "Tib_01", 385.0, 2.3), ("humerus", "Hum_01", 333.0, 1.7))
CODES = tuple(code for _, code, _, _ in BONES)


def made_reference(n: int, seed: int, *, missing: float = 0.0, both_sexes: bool = False) -> ReferenceSample:
    """n people with left femur, tibia and humerus; lengths of one person depend on each other beyond stature."""
    rng = np.random.default_rng(seed)
    sexes = tuple("m" if not both_sexes or i % 2 == 0 else "f" for i in range(n))
    stature = np.array([173.0 if sex == "m" else 161.0 for sex in sexes]) + rng.normal(0, 6.5, n)
    shared = rng.normal(0, 9.0, n)
    rows = []
    for i, (_, _, mean, slope) in enumerate(BONES):
        lengths = mean + slope * (stature - 173.0) + shared + rng.normal(0, 6.0, n)
        values = np.full((n, len(BONES)), np.nan)
        values[:, i] = np.where(rng.random(n) < missing, np.nan, lengths)
        rows.append(values)
    persons = tuple(f"P{i}" for i in range(n)) * len(BONES)
    specimens = Specimens(
        persons,
        tuple(element for element, *_ in BONES for _ in range(n)),
        (Side.LEFT,) * len(persons),
        CODES,
        np.concatenate(rows),
    )
    blank = ("",) * len(persons)
    return ReferenceSample("made.ref", "made up", persons, specimens, np.tile(stature, 3), sexes * 3, blank)
