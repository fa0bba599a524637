"""Drawing what meioses pass on, with recombination between linked loci."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from homeward.core.arrays import IntArray
from homeward.genetics.linkage.groups import LinkageGroup


def draw_meioses(
    n_meioses: int, n_loci: int, groups: Sequence[LinkageGroup], *, of_mother: bool, rng: np.random.Generator
) -> IntArray:
    """Return which of a parent's two alleles each of many meioses passes on, at every locus.

    At the first locus of a linkage group either allele is as likely; from one locus to the next a meiosis changes to
    the parent's other chromosome with the recombination fraction. Loci in no group are independent. One random number
    is drawn for each meiosis and locus, with linkage or without.

    Parameters
    ----------
    n_meioses, n_loci : int
        How many meioses to draw, independently of each other, and the loci of the panel.
    groups : sequence of LinkageGroup
        Of the panel; none for unlinked loci.
    of_mother : bool
        Whether the parents are mothers: recombination fractions may differ by sex.

    Returns
    -------
    (n_meioses, n_loci) int8 array
        0 for the allele that the parent had from the father, 1 for the one from the mother.
    """
    chance = rng.random((n_meioses, n_loci))
    passed_on: IntArray = (chance >= 0.5).astype(np.int8)
    for group in groups:
        fractions = group.female if of_mother else group.male
        for (here, there), fraction in zip(pairwise(group.loci), fractions, strict=True):
            recombines = chance[:, there] < fraction
            passed_on[:, there] = passed_on[:, here] ^ recombines
    return passed_on
