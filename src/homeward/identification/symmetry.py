"""Missing persons who cannot be told apart, such as brothers without children, and the samples they share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.identification.components import Stage
from homeward.identification.placement_levels import Placement
from homeward.identification.placements import FamilyPlacements
from homeward.identification.results import SymmetricMatch

TIE = 1e-7
"""Natural log likelihoods closer than this are equal: rounding over some tens of loci stays far below it."""


def find_symmetric_matches(
    families: Sequence[FamilyPlacements],
    totals: Sequence[FloatArray],
    components: Sequence[Sequence[Stage]],
    log_posterior: Sequence[Sequence[FloatArray]],
) -> tuple[SymmetricMatch, ...]:
    """Return the sets of samples and missing persons that swap places between equally good best assignments.

    Parameters
    ----------
    families : sequence of FamilyPlacements
    totals : sequence of (P,) arrays
        Best assignment with each placement of each family, natural log.
    components, log_posterior
        The stages of the joint sum and the log posterior of each of their placements.
    """
    stage_of = {
        stage.family: (stage, log_p)
        for stages, by_stage in zip(components, log_posterior, strict=True)
        for stage, log_p in zip(stages, by_stage, strict=True)
    }
    matches = []
    for f, (family, total) in enumerate(zip(families, totals, strict=True)):
        if np.isnan(total).all():
            continue
        tied = [family.placements[i] for i in np.flatnonzero(total >= np.nanmax(total) - TIE)]
        if len(tied) < 2 or f not in stage_of:
            continue
        stage, log_p = stage_of[f]
        for samples, missing in _swapping_sets(tied):
            within = _places_all(family.placements, samples, missing)
            if not within.any() or within.all():
                continue
            probability = min(float(np.exp(log_p[_places_all(stage.placements, samples, missing)]).sum()), 1.0)
            glr = (np.nanmax(total[within]) - np.nanmax(total[~within])) / np.log(10.0)
            matches.append(SymmetricMatch(tuple(sorted(samples)), tuple(sorted(missing)), probability, float(glr)))
    return tuple(matches)


def _swapping_sets(tied: Sequence[Placement]) -> list[tuple[frozenset[int], frozenset[int]]]:
    """Return the connected groups of (samples, missing) in which the tied placements differ."""
    groups: list[tuple[set[int], set[int]]] = []
    for missing, sample in {pair for placement in tied for pair in placement}:
        joined = [g for g in groups if sample in g[0] or missing in g[1]]
        groups = [g for g in groups if g not in joined]
        groups.append(({sample}.union(*(g[0] for g in joined)), {missing}.union(*(g[1] for g in joined))))
    return sorted(
        ((frozenset(samples), frozenset(missing)) for samples, missing in groups if len(missing) > 1),
        key=lambda group: sorted(group[0]),
    )


def _places_all(placements: Sequence[Placement], samples: frozenset[int], missing: frozenset[int]) -> BoolArray:
    """(P,): whether a placement puts every one of the samples among these missing persons."""
    return np.array([sum(s in samples and m in missing for m, s in p) == len(samples) for p in placements])
