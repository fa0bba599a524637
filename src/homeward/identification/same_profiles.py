"""Profiles that agree everywhere: one person sampled twice, or a sample mixed up with a donor's."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import BoolArray, IntArray
from homeward.genetics.case import Case
from homeward.genetics.profiles import Profiles

MOST_NAMED = 20
"""Pairs that are named one by one; the others are counted."""


def same_profile_notes(case: Case, min_loci: int) -> list[str]:
    """Return a sentence for every pair of samples, and of sample and typed relative, with the same profile.

    Parameters
    ----------
    case : Case
    min_loci : int
        Fewest loci that both must be typed at.
    """
    notes = []
    for first, second in _pairs(case.samples, case.samples, min_loci):
        if first < second:
            a, b = case.samples.ids[first], case.samples.ids[second]
            n = int((case.samples.typed[first] & case.samples.typed[second]).sum())
            notes.append(
                f"Samples {a} and {b} agree at all {n} loci that both are typed at. If they come from one person, put "
                "them into one remains group: apart, they compete for the same missing person."
            )
    for family in case.families:
        for row, member in _pairs(case.samples, family.profiles, min_loci):
            notes.append(
                f"Sample {case.samples.ids[row]} has the same profile as {family.profiles.ids[member]} of family "
                f"{family.id}. Check that samples were not mixed up and that the sample is not contaminated."
            )
    if len(notes) > MOST_NAMED:
        notes[MOST_NAMED:] = [f"{len(notes) - MOST_NAMED} more pairs of profiles agree everywhere."]
    return notes


def _pairs(first: Profiles, second: Profiles, min_loci: int) -> list[tuple[int, int]]:
    """Return rows of two sets of profiles that agree at every locus both are typed at."""
    of_first, of_second = (np.sort(profiles.alleles, axis=2) for profiles in (first, second))
    return [
        (row, int(other))
        for row in range(len(first))
        for other in np.flatnonzero(_agree(of_first[row], first.typed[row], of_second, second.typed, min_loci))
    ]


def _agree(one: IntArray, one_typed: BoolArray, others: IntArray, typed: BoolArray, min_loci: int) -> BoolArray:
    both = typed & one_typed
    same = (others == one).all(axis=2) | ~both
    return np.asarray(same.all(axis=1) & (both.sum(axis=1) >= min_loci))
