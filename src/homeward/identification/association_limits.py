"""From when on two bones are told apart: the numbers behind associations, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AssociationLimits:
    """What two specimens of one person may differ in; a new version number for every change of a default.

    mt_differences_excluding: so many differences of mtDNA over what was read in both exclude one source; one is
        inconclusive (SWGDAM, Interpretation guidelines for mitochondrial DNA, 2019, section 4).
    str_loci_excluding: so many autosomal loci at which each shows an allele that the other lacks exclude one source.
        One such locus can be a drop-in or a mutation in the bone, and is a doubt.
    pair_difference: a left and a right bone whose measurement differs by more than this share of their mean are hardly
        a pair; the median difference of lengths is about one in a hundred (Auerbach & Ruff 2006, J Hum Evol 50:203).
    """

    version: str = "2026.1"
    mt_differences_excluding: int = 2
    str_loci_excluding: int = 2
    pair_difference: float = 0.05


LIMITS = AssociationLimits()
