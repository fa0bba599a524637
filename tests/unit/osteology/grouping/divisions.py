"""Every division of a few things into groups, and scores by a plain double loop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from homeward.osteology.grouping.evidence import CANNOT, MUST, Evidence
from homeward.osteology.inventory import AgeClass, Inventory, zones_counted
from homeward.osteology.specimens import Side


def divisions(n: int) -> Iterator[list[list[int]]]:
    """All set partitions of 0 .. n-1."""
    if n == 0:
        yield []
        return
    for division in divisions(n - 1):
        for k in range(len(division)):
            yield [[*group, n - 1] if i == k else group for i, group in enumerate(division)]
        yield [*division, [n - 1]]


def could_be_one_person(inventory: Inventory, group: Sequence[int]) -> bool:
    """Count the bones of a group zone by zone."""
    ages = {inventory.age_classes[i] for i in group} - {AgeClass.UNKNOWN}
    if len(ages) > 1:
        return False
    zones = zones_counted(inventory)
    for element in {inventory.elements[i] for i in group}:
        m = inventory.number_on_a_side.get(element, 1)
        axial = any(s == Side.AXIAL for e, s in zip(inventory.elements, inventory.sides, strict=True) if e == element)
        for zone in {zone for i in group if inventory.elements[i] == element for zone in zones[i]}:
            there = [inventory.sides[i] for i in group if inventory.elements[i] == element and zone in zones[i]]
            if max(there.count(side) for side in (Side.LEFT, Side.RIGHT, Side.AXIAL)) > m:
                return False
            if len(there) > (m if axial else 2 * m):
                return False
    return True


def score(evidence: Sequence[Evidence], groups: Sequence[Sequence[int]], prior: float = 0.0) -> float | None:
    """The sum of log10 LR within groups; None if a certain finding is broken."""
    where = {i: k for k, group in enumerate(groups) for i in group}
    total = 0.0
    weighed = set()
    for one in evidence:
        together = where[one.a] == where[one.b]
        if (one.log10_lr == MUST and not together) or (one.log10_lr == CANNOT and together):
            return None
        if together and not one.is_certain:
            total += one.log10_lr
            pair = frozenset((one.a, one.b))
            total += 0.0 if pair in weighed else prior
            weighed.add(pair)
    return total


def all_scores(inventory: Inventory, evidence: Sequence[Evidence], prior: float = 0.0) -> list[float]:
    """The scores of all divisions allowed, best first."""
    found = []
    for groups in divisions(len(inventory)):
        if all(could_be_one_person(inventory, group) for group in groups):
            value = score(evidence, groups, prior)
            if value is not None:
                found.append(value)
    return sorted(found, reverse=True)


def random_evidence(rng: np.random.Generator, n: int, share: float = 0.6) -> list[Evidence]:
    """Findings about some pairs, now and then two about one pair or a certain one."""
    evidence = []
    for a, b in combinations(range(n), 2):
        if rng.random() < share:
            evidence.append(Evidence(a, b, "pair", float(np.round(rng.normal(0.2, 1.0), 2))))
        if rng.random() < 0.05:
            evidence.append(Evidence(b, a, "dna", float(rng.normal(1.0, 1.0))))
        if rng.random() < 0.03:
            evidence.append(Evidence(a, b, "refit", MUST if rng.random() < 0.5 else CANNOT))
    return evidence


def adjusted_rand_index(first: np.ndarray, second: np.ndarray) -> float:
    """Hubert & Arabie (1985): agreement of two divisions, 1 if they are the same, 0 as by chance."""
    table = np.zeros((first.max() + 1, second.max() + 1))
    np.add.at(table, (first, second), 1)
    pairs = lambda counts: float((counts * (counts - 1) / 2).sum())  # noqa: E731
    both, one, other = pairs(table), pairs(table.sum(axis=1)), pairs(table.sum(axis=0))
    chance = one * other / pairs(np.array([table.sum()]))
    return (both - chance) / ((one + other) / 2 - chance)
