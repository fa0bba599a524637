"""All ways to place samples in one family, each with its joint LR."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.genetics.case import Case, Family
from homeward.genetics.contraction import TooComplexError
from homeward.identification.placement_levels import Placement, grow_placements
from homeward.identification.placement_table import table_size, tabulate_placements
from homeward.identification.results import PairwiseResult

MOST_CHOICES = 3_000_000
"""Choices of samples, impossible ones included, that are worked out in one table."""

MOST_PLACEMENTS = 60_000
"""Placements that are worked out in full where the table would be too large."""


@dataclass(frozen=True, slots=True, eq=False)
class FamilyPlacements:
    """Every placement of samples in one family that is possible at all.

    placements: the first is empty (nobody of this family is among the samples).
    log10_weight: (P,) float64, joint LR of the placement against the empty one, DNA and sex evidence.
    complete: False if some placements had to be left out unseen.
    """

    family: str
    placements: tuple[Placement, ...]
    log10_weight: FloatArray
    complete: bool


def place_samples(
    case: Case, family: Family, first_missing: int, pairwise: PairwiseResult, max_inconsistencies: int
) -> FamilyPlacements:
    """Return all placements of samples in a family with their joint LR.

    If there are too many, pairings with more than ``max_inconsistencies`` inconsistent loci are left out, and
    then the least likely placements, and the result is marked as incomplete.

    Parameters
    ----------
    case, family : Case, Family
    first_missing : int
        Position in the case of the family's first missing person.
    pairwise : PairwiseResult
    max_inconsistencies : int
    """
    members = list(range(first_missing, first_missing + len(family.missing)))
    weights = pairwise.total_log10_lr[:, members] + pairwise.sex_log10_lr[:, members]
    possible = pairwise.allowed[:, members] & (weights > -np.inf)
    complete = table_size(possible) <= MOST_CHOICES or _is_manageable(possible)
    if not complete:
        possible &= pairwise.n_inconsistent[:, members] <= max_inconsistencies
    if not possible.any():
        return FamilyPlacements(family.id, ((),), np.zeros(1), complete)
    if len(members) > 1 and table_size(possible) <= MOST_CHOICES:
        # A family so entangled that no table of it fits in memory is worked out placement by placement.
        with suppress(TooComplexError):
            placements, joint = tabulate_placements(case, family, first_missing, pairwise, possible)
            return FamilyPlacements(family.id, tuple(placements), joint, complete)
    placements, joint, has_all = grow_placements(case, family, first_missing, pairwise, possible, MOST_PLACEMENTS)
    return FamilyPlacements(family.id, tuple(placements), joint, complete and has_all)


def _is_manageable(possible: BoolArray) -> bool:
    """Say whether there are at most ``MOST_PLACEMENTS`` ways to give each missing person one sample or none."""
    ways = {frozenset[int](): 1}
    for column in possible.T:
        more: dict[frozenset[int], int] = dict(ways)
        for used, n in ways.items():
            for sample in np.flatnonzero(column):
                if sample not in used:
                    key = used | {int(sample)}
                    more[key] = more.get(key, 0) + n
        ways = more
        if sum(ways.values()) > MOST_PLACEMENTS:
            return False
    return True
