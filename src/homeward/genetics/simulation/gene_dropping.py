"""Gene dropping: founders draw their alleles from the population, children receive theirs from their parents.

Only ``rng.random()`` is drawn from: how NumPy turns it into choices may change between its versions.
"""

from __future__ import annotations

from graphlib import TopologicalSorter

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree


def drop_genes(pedigree: Pedigree, panel: Panel, n_families: int, rng: np.random.Generator) -> IntArray:
    """Return the genotypes of everybody in many families of one pedigree.

    Loci are unlinked. Founders are in Hardy-Weinberg proportions; a parent passes on either allele with
    probability 1/2, changed by the mutation model of the parent's sex. As many random numbers are drawn without
    mutation as with it, so that the same seed gives the same families but for the mutations.

    Parameters
    ----------
    pedigree : Pedigree
        n_people people in any order.
    panel : Panel
        n_loci loci.
    n_families : int
        How many families to draw, independently of each other.

    Returns
    -------
    (n_families, n_people, n_loci, 2) int16 array
        Allele codes, paternal then maternal.

    Raises
    ------
    InputError
        The mutation model of a locus cannot be used.
    """
    genotypes = np.empty((n_families, len(pedigree), len(panel), 2), dtype=np.int16)
    order = parents_before_children(pedigree)
    for i, locus in enumerate(panel.loci):
        population = _cumulative(locus.frequencies)
        female, male = (Transmission(matrix) for matrix in locus.transmission())
        for person in order:
            for side, (parent, transmission) in enumerate(zip(pedigree.parents[person], (male, female), strict=True)):
                if parent == FOUNDER:
                    drawn: IntArray = np.searchsorted(population, rng.random(n_families), side="right")
                else:
                    drawn = transmission.draw(genotypes[:, parent, i], rng)
                genotypes[:, person, i, side] = drawn
    return genotypes


class Transmission:
    """Draws what children receive, given the transmission matrix of the parent's sex."""

    def __init__(self, matrix: FloatArray) -> None:
        # A draw below ``unchanged`` keeps the allele; one above falls into the reach of the allele it becomes.
        unchanged = np.diag(matrix).copy()
        changed = matrix - np.diag(unchanged)
        self.reach = unchanged[:, None] + np.cumsum(changed, axis=1)
        self.unchanged = unchanged / self.reach[:, -1]
        self.reach /= self.reach[:, -1:]

    def draw(self, parents: IntArray, rng: np.random.Generator) -> IntArray:
        """Return (n,) allele codes that children receive from parents with (n, 2) allele codes."""
        n = len(parents)
        passed_on = np.where(rng.random(n) < 0.5, parents[:, 0], parents[:, 1])
        draw = rng.random(n)
        mutated = np.flatnonzero(draw >= self.unchanged[passed_on])
        passed_on[mutated] = (self.reach[passed_on[mutated]] <= draw[mutated, None]).sum(axis=1)
        return passed_on


def _cumulative(weights: FloatArray) -> FloatArray:
    """Return cumulative probabilities that end in exactly 1."""
    cumulative = np.cumsum(weights)
    return np.asarray(cumulative / cumulative[-1])


def parents_before_children(pedigree: Pedigree) -> list[int]:
    """Return everybody's position, parents before their children."""
    parents = {
        person: [int(parent) for parent in of if parent != FOUNDER] for person, of in enumerate(pedigree.parents)
    }
    return list(TopologicalSorter(parents).static_order())
