"""How much posterior a placement can have at most: what may be left out of the sums, and at what price."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.identification.placement_levels import Placement
from homeward.identification.placements import FamilyPlacements

MOST_PLACEMENTS_TO_REARRANGE = 500
"""Families with several missing and more placements than this are not used as the better home of a sample."""


def placement_bounds(families: Sequence[FamilyPlacements]) -> list[FloatArray]:
    """Return, for every placement of every family, an upper bound of its joint posterior.

    An assignment that uses placement p of family f can be changed into others that do not: f keeps a part q
    of the samples in the best way, and one sample s of p, now free, goes to a missing person m of another
    family g, whatever stood there being taken out. Every assignment reached in this way is reached from
    assignments that weigh at most w(p) / w(q) * R(g, m, s) times as much, where R is the largest ratio, over
    placements t of g with s at m, of the total weight of the placements that become t to the weight of t.
    So the posterior of p is at most the smallest such factor, over all choices of q, s, g and m.

    Returns
    -------
    list of (P,) float64 arrays
        In [0, 1]; 1.0 for the empty placement.
    """
    homes = _better_homes(families)
    bounds = []
    for f, family in enumerate(families):
        best_within = _best_by_samples(family)
        bound = np.ones(len(family.placements))
        for i, placement in enumerate(family.placements):
            if not placement:
                continue
            weight = family.log10_weight[i]
            samples = frozenset(s for _, s in placement)
            log10_bound = weight - _best_subset(best_within, samples)
            for s in samples:
                elsewhere = min((ratio for g, ratio in homes.get(s, ()) if g != f), default=np.inf)
                log10_bound = min(log10_bound, weight - _best_subset(best_within, samples - {s}) + elsewhere)
            bound[i] = 10.0 ** min(log10_bound, 0.0)
        bounds.append(bound)
    return bounds


def _best_by_samples(family: FamilyPlacements) -> dict[frozenset[int], float]:
    """Return the best log10 weight for each set of samples that the family can use."""
    best: dict[frozenset[int], float] = {}
    for placement, weight in zip(family.placements, family.log10_weight, strict=True):
        samples = frozenset(s for _, s in placement)
        best[samples] = max(best.get(samples, -np.inf), float(weight))
    return best


def _best_subset(best: dict[frozenset[int], float], samples: frozenset[int]) -> float:
    """Return the best log10 weight of any placement that uses some of these samples and no others."""
    subsets = (frozenset(c) for n in range(len(samples) + 1) for c in combinations(samples, n))
    return max(best.get(subset, -np.inf) for subset in subsets)


def _better_homes(families: Sequence[FamilyPlacements]) -> dict[int, list[tuple[int, float]]]:
    """Return, for each sample, the families that could take it, with log10 R, the two best first."""
    homes: dict[int, list[tuple[int, float]]] = {}
    for g, family in enumerate(families):
        if len(family.placements) > MOST_PLACEMENTS_TO_REARRANGE and max(map(len, family.placements)) > 1:
            continue
        best: dict[int, float] = {}
        for (_, sample), ratio in _taking_ratios(family).items():
            best[sample] = min(best.get(sample, np.inf), ratio)
        for sample, ratio in best.items():
            homes.setdefault(sample, []).append((g, ratio))
    return {sample: sorted(found, key=lambda home: home[1])[:2] for sample, found in homes.items()}


def _taking_ratios(family: FamilyPlacements) -> dict[tuple[int, int], float]:
    """Return log10 R for every pair (missing person, sample) of a family; infinite if some placement has no image."""
    if all(len(placement) < 2 for placement in family.placements):
        return _ratios_of_one_missing(family)
    weight = {frozenset(p): float(w) for p, w in zip(family.placements, family.log10_weight, strict=True)}
    ratios = {}
    for pair in {pair for placement in family.placements for pair in placement}:
        images: dict[frozenset[tuple[int, int]], list[float]] = {}
        for placement, log10_weight in zip(family.placements, family.log10_weight, strict=True):
            if all(s != pair[1] for _, s in placement):
                images.setdefault(_taken_in(placement, pair), []).append(float(log10_weight))
        ratios[pair] = max(
            float(np.log10(np.sum(10.0 ** (np.array(group) - weight.get(image, -np.inf)))))
            if image in weight
            else np.inf
            for image, group in images.items()
        )
    return ratios


def _ratios_of_one_missing(family: FamilyPlacements) -> dict[tuple[int, int], float]:
    """Return log10 of (weight of all placements without the sample) / (weight of the one with it)."""
    natural = family.log10_weight * np.log(10.0)
    top = natural.max()
    total = np.exp(natural - top).sum()
    ratios: dict[tuple[int, int], float] = {}
    by_sample: dict[int, list[int]] = {}
    for i, placement in enumerate(family.placements):
        for _, sample in placement:
            by_sample.setdefault(sample, []).append(i)
    for rows in by_sample.values():
        own = np.exp(natural[rows] - top).sum()
        # A sample that carries nearly all the weight: sum the others again, so that nothing cancels.
        others = total - own if own < 0.5 * total else np.exp(np.delete(natural, rows) - top).sum()
        for i in rows:
            pair = family.placements[i][0]
            ratios[pair] = float((np.log(others) + top - natural[i]) / np.log(10.0))
    return ratios


def _taken_in(placement: Placement, pair: tuple[int, int]) -> frozenset[tuple[int, int]]:
    return frozenset([*(p for p in placement if p[0] != pair[0]), pair])
