"""Commingled people with known truth, and evidence as sorting would give it."""

from __future__ import annotations

import numpy as np

from homeward.osteology.grouping.evidence import Evidence
from homeward.osteology.inventory import AgeClass, Inventory
from homeward.osteology.specimens import Side

ELEMENTS = ("clavicle", "humerus", "radius", "ulna", "os coxa", "femur", "tibia", "fibula", "calcaneus", "talus")
SPREAD = 6.0
"""How much more two people differ in a measurement than the two sides of one person."""
STRONGEST = 2.0
"""log10 LR are capped, as a reference of a hundred people allows."""


def commingled(
    rng: np.random.Generator, n_people: int, *, recovery: float = 0.75, n_measurements: int = 2, dna: float = 0.1
) -> tuple[Inventory, list[Evidence], np.ndarray]:
    """Bones, evidence and the person of each bone.

    Every left bone is compared with every right one of its element, and every bone with those of the next element on
    its side. A difference is normal with standard deviation 1 within a person and ``SPREAD`` between people (twice that
    within for articulations), and the LR is that of the true densities. A share of the bones has DNA, strong but not
    certain.
    """
    present = rng.random((n_people, len(ELEMENTS), 2)) < recovery
    person, element, side = np.nonzero(present)
    order = rng.permutation(len(person))
    person, element, side = person[order], element[order], side[order]
    evidence: list[Evidence] = []

    def compare(first: np.ndarray, second: np.ndarray, kind: str, within: float) -> None:
        own = person[first][:, None] == person[second][None, :]
        differences = rng.normal(0.0, within, (n_measurements, len(first), len(second)))
        differences += np.where(own, 0.0, rng.normal(0.0, SPREAD, (n_measurements, len(first), len(second))))
        between = np.hypot(within, SPREAD)
        log_lr = np.log(between / within) - differences**2 / 2 * (1 / within**2 - 1 / between**2)
        lrs = np.clip(log_lr.sum(axis=0) / np.log(10), -4.0, STRONGEST)
        evidence.extend(
            Evidence(int(a), int(b), kind, float(lrs[i, j])) for i, a in enumerate(first) for j, b in enumerate(second)
        )

    for e in range(len(ELEMENTS)):
        left, right = (np.flatnonzero((element == e) & (side == s)) for s in (0, 1))
        compare(left, right, "pair", 1.0)
        if e + 1 < len(ELEMENTS):
            for s in (0, 1):
                here, there = (np.flatnonzero((element == k) & (side == s)) for k in (e, e + 1))
                compare(here, there, "articulation", 2.0)
    sampled = np.flatnonzero(rng.random(len(person)) < dna)
    for k, a in enumerate(sampled):
        for b in sampled[k + 1 :]:
            evidence.append(Evidence(int(a), int(b), "dna", 6.0 if person[a] == person[b] else -6.0))
    inventory = Inventory(
        ids=tuple(f"b{i}" for i in range(len(person))),
        elements=tuple(ELEMENTS[e] for e in element),
        sides=tuple((Side.LEFT, Side.RIGHT)[s] for s in side),
        zones=(frozenset(),) * len(person),
        age_classes=(AgeClass.UNKNOWN,) * len(person),
    )
    return inventory, evidence, person
