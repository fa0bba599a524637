"""Placements of a family, all worked out at once in one table."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.case import Case, Family
from homeward.genetics.conditioning import observation_log10_probability, population_distribution
from homeward.genetics.likelihood import option_log10_likelihood
from homeward.genetics.profiles import choose_profiles
from homeward.identification.pairwise import family_states
from homeward.identification.placement_levels import Placement
from homeward.identification.results import PairwiseResult


def table_size(possible: BoolArray) -> int:
    """Return how many choices there are if every missing person takes one possible sample or none."""
    size = 1
    for n in possible.sum(axis=0):
        size *= int(n) + 1
    return size


def tabulate_placements(
    case: Case, family: Family, first_missing: int, pairwise: PairwiseResult, possible: BoolArray
) -> tuple[list[Placement], FloatArray]:
    """Return all possible placements and their joint log10 LRs, the empty one first.

    The likelihood is left open in the choice of sample of every missing person, so that all choices share
    what they have in common; choices that use a sample twice are then dropped.

    Parameters
    ----------
    case, family : Case, Family
    first_missing : int
        Position in the case of the family's first missing person.
    pairwise : PairwiseResult
    possible : (S, m) bool array
        Pairings to try, for the m missing of the family.
    """
    states = family_states(case, family).mutating
    unrelated = observation_log10_probability(population_distribution(states), states, case.samples).sum(axis=1)
    by_position = sorted(range(len(family.missing)), key=lambda i: family.missing[i].position)
    candidates = [np.flatnonzero(possible[:, i]) for i in by_position]
    options = {
        family.missing[i].position: choose_profiles(case.samples, rows)
        for i, rows in zip(by_position, candidates, strict=True)
    }
    weights = option_log10_likelihood(family.pedigree, states, family.profiles, options)
    weights = weights - weights.flat[0]
    for axis, (i, rows) in enumerate(zip(by_position, candidates, strict=True)):
        of_pair = pairwise.sex_log10_lr[rows, first_missing + i] - unrelated[rows]
        shape = [-1 if other == axis else 1 for other in range(weights.ndim)]
        weights = weights + np.append(0.0, of_pair).reshape(shape)
    chosen = np.column_stack(np.nonzero(weights > -np.inf))
    samples = np.column_stack([np.append(-1, rows)[chosen[:, axis]] for axis, rows in enumerate(candidates)])
    distinct = ~_uses_one_twice(samples)
    order = np.argsort((samples[distinct] >= 0).sum(axis=1), kind="stable")
    samples, found = samples[distinct][order], weights[tuple(chosen[distinct][order].T)]
    persons = [first_missing + i for i in by_position]
    placements = [
        tuple(sorted((person, int(s)) for person, s in zip(persons, row, strict=True) if s >= 0)) for row in samples
    ]
    return placements, found


def _uses_one_twice(samples: IntArray) -> BoolArray:
    """(P,): whether a row of (P, m) samples, -1 for none, names one sample twice."""
    twice = np.zeros(len(samples), dtype=bool)
    for i in range(samples.shape[1]):
        for j in range(i):
            twice |= (samples[:, i] == samples[:, j]) & (samples[:, i] >= 0)
    return twice
