"""Everything that conclusions rest on, gathered in one place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray
from homeward.genetics.case import Case
from homeward.identification.informative import Reach, reach_of_missing
from homeward.identification.policy import Policy
from homeward.identification.results import JointResult, PairwiseResult


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Everything that conclusions rest on.

    reach: (M) how each missing person is joined to typed relatives.
    contradicted: (M,) whether the family's own profiles contradict its pedigree, so that it takes no part.
    informative: (M,) whether a comparison can tell anything, directly or through other missing persons.
    excluded: (S, M) whether the pairing is ruled out: by sex, by too many inconsistent loci, or as impossible.
    """

    case: Case
    pairwise: PairwiseResult
    joint: JointResult
    policy: Policy
    reach: tuple[Reach, ...]
    contradicted: BoolArray
    informative: BoolArray
    excluded: BoolArray

    def n_loci_behind(self, sample: int, missing: int) -> int:
        """Return the loci compared, or typed in the sample where the evidence comes through other missing persons."""
        if self.reach[missing].has_typed_relative:
            return int(self.pairwise.n_compared[sample, missing])
        return int(self.case.samples.typed[sample].sum())


def gather_evidence(case: Case, pairwise: PairwiseResult, joint: JointResult, policy: Policy) -> Evidence:
    """Return the evidence with the exclusions that the policy draws from it."""
    reach = tuple(reach for family in case.families for reach in reach_of_missing(family))
    impossible = (pairwise.family_log10_likelihood == -np.inf).any(axis=1)
    contradicted = np.repeat(impossible, [len(family.missing) for family in case.families])
    informative = np.array([r.is_reachable for r in reach]) & ~contradicted
    excluded = (
        ~pairwise.allowed
        | (pairwise.n_inconsistent > policy.max_inconsistencies)
        | (pairwise.total_log10_lr == -np.inf)
    )
    return Evidence(case, pairwise, joint, policy, reach, contradicted, informative, excluded)
