"""The rules by which profiles are suspected: one versioned set, used wherever profiles are compared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SentinelRules:
    """When two profiles are the same, and when two do not fit.

    least_same_loci: loci with the same two alleles from which on two profiles are of one person. Where one locus in ten
        or fewer agrees by chance, eight agree in one of a hundred million unrelated pairs or fewer.
    most_different_loci: loci that may differ all the same, as one allele may be lost or read wrongly.
    least_apart_loci: loci that differ from which on two typings of one sample are of two people.
    most_inconsistent_loci: loci without a common allele that parent and child may have. At 24 loci with two mutations
        in a thousand meioses, one pair in fifty thousand has three.
    """

    version: str = "1"
    least_same_loci: int = 8
    most_different_loci: int = 1
    least_apart_loci: int = 3
    most_inconsistent_loci: int = 2


RULES = SentinelRules()
