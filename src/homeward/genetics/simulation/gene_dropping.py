"""Gene dropping: founders draw their alleles from the population, children receive theirs from their parents.

Only ``rng.random()`` is drawn from: how NumPy turns it into choices may change between its versions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from graphlib import TopologicalSorter

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import NO_STATE
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.meioses import draw_meioses
from homeward.genetics.many_rows import every_state
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex
from homeward.genetics.refusals import Feature, refuse_unsupported
from homeward.genetics.simulation.founder_alleles import FounderAlleles
from homeward.genetics.x_linked import check_x_linked


def drop_genes(
    pedigree: Pedigree,
    panel: Panel,
    n_families: int,
    rng: np.random.Generator,
    *,
    groups: Sequence[LinkageGroup] = (),
) -> IntArray:
    """Return the genotypes of everybody in many families of one pedigree.

    Loci in no linkage group are independent. Founders are in Hardy-Weinberg proportions or, with theta above 0, of one
    subpopulation, and may be inbred; a parent passes on either allele with probability 1/2, changed by the mutation
    model of the parent's sex. As many random numbers are drawn without mutation as with it, so that the same seed gives
    the same families but for the mutations. A male has the allele of his mother at an X-linked locus. Twins from one
    egg have one genotype.

    Parameters
    ----------
    pedigree : Pedigree
        n_people people in any order.
    panel : Panel
        n_loci loci.
    n_families : int
        How many families to draw, independently of each other.
    groups : sequence of LinkageGroup
        Loci that recombine with the fractions of the parent's sex; founders are in linkage equilibrium.

    Returns
    -------
    (n_families, n_people, n_loci, 2) int16 array
        Allele codes, paternal then maternal; the one allele of a male at an X-linked locus stands in both places. The
        code of a silent allele follows those of the others.

    Raises
    ------
    InputError
        The mutation model of a locus cannot be used, somebody's sex is not known and a locus is X-linked, or there are
        linkage groups and theta is above 0 or a founder inbred.
    """
    if groups:
        related = frozenset({Feature.THETA, Feature.INBRED_FOUNDERS})
        refuse_unsupported("Gene dropping with linkage", panel, (), [pedigree], unsupported=related)
    has_one, twin_of = hemizygous(pedigree, panel), pedigree.genotype_of
    genotypes = np.empty((n_families, len(pedigree), len(panel), 2), dtype=np.int16)
    order = parents_before_children(pedigree)
    coins = _linked_coins(pedigree, len(panel), n_families, groups, rng)
    for i, locus in enumerate(panel.loci):
        states = every_state(replace(panel, loci=(locus,)))
        founders = FounderAlleles(states.frequencies, panel.theta, n_families, rng)
        female, male = Transmission(states.female), Transmission(states.male)
        for person in order:
            if twin_of[person] != person:
                genotypes[:, person, i] = genotypes[:, twin_of[person], i]
                continue
            for side, (parent, transmission) in enumerate(zip(pedigree.parents[person], (male, female), strict=True)):
                if side == 0 and has_one[person, i]:
                    continue
                if parent != FOUNDER:
                    linked = coins.get((person, side, i))
                    drawn = transmission.draw(genotypes[:, parent, i], rng, is_maternal=linked)
                elif side == 1 and not has_one[person, i]:
                    drawn = founders.draw_beside(genotypes[:, person, i, 0], float(pedigree.founder_inbreeding[person]))
                else:
                    drawn = founders.draw()
                genotypes[:, person, i, side] = drawn
            if has_one[person, i]:
                genotypes[:, person, i, 0] = genotypes[:, person, i, 1]
    return genotypes


def _linked_coins(
    pedigree: Pedigree, n_loci: int, n_families: int, groups: Sequence[LinkageGroup], rng: np.random.Generator
) -> dict[tuple[int, int, int], BoolArray]:
    """Return, by child, side and linked locus, in which families the child receives the parent's maternal allele."""
    linked = [locus for group in groups for locus in group.loci]
    coins: dict[tuple[int, int, int], BoolArray] = {}
    for person, parents in enumerate(pedigree.parents if linked else ()):
        for side in np.flatnonzero(parents != FOUNDER).tolist():
            passed_on = draw_meioses(n_families, n_loci, groups, of_mother=side == 1, rng=rng).astype(bool)
            coins |= {(person, side, locus): passed_on[:, locus] for locus in linked}
    return coins


def hemizygous(pedigree: Pedigree, panel: Panel) -> BoolArray:
    """Return (n_people, n_loci) who carries one allele: males at X-linked loci.

    Raises
    ------
    InputError
        A locus is X-linked and somebody's sex is not known.
    """
    on_x = np.array([locus.is_x_linked for locus in panel.loci], dtype=bool)
    if on_x.any():
        check_x_linked(pedigree, np.empty((0, len(pedigree), 2), dtype=np.int16), range(len(pedigree)))
    return np.asarray((pedigree.sex == Sex.MALE)[:, None] & on_x)


def silent_codes(panel: Panel) -> IntArray:
    """Return (n_loci,) codes of silent alleles, ``NO_STATE`` where there is none."""
    return np.array([NO_STATE if locus.silent_code is None else locus.silent_code for locus in panel.loci])


class Transmission:
    """Draws what children receive, given the transmission matrix of the parent's sex."""

    def __init__(self, matrix: FloatArray) -> None:
        # A draw below ``unchanged`` keeps the allele; one above falls into the reach of the allele it becomes.
        unchanged = np.diag(matrix).copy()
        changed = matrix - np.diag(unchanged)
        self.reach = unchanged[:, None] + np.cumsum(changed, axis=1)
        self.unchanged = unchanged / self.reach[:, -1]
        self.reach /= self.reach[:, -1:]

    def draw(self, parents: IntArray, rng: np.random.Generator, *, is_maternal: BoolArray | None = None) -> IntArray:
        """Return (n,) allele codes that children receive from parents with (n, 2) allele codes.

        is_maternal: (n,) whether each receives the parent's maternal allele, which is otherwise drawn as well.
        """
        n = len(parents)
        if is_maternal is None:
            is_maternal = rng.random(n) >= 0.5
        passed_on = np.where(is_maternal, parents[:, 1], parents[:, 0])
        draw = rng.random(n)
        mutated = np.flatnonzero(draw >= self.unchanged[passed_on])
        passed_on[mutated] = (self.reach[passed_on[mutated]] <= draw[mutated, None]).sum(axis=1)
        return passed_on


def parents_before_children(pedigree: Pedigree) -> list[int]:
    """Return everybody's position, parents before their children and the first of twins before the others."""
    before = {person: [int(parent) for parent in of if parent != FOUNDER] for person, of in enumerate(pedigree.parents)}
    for person, first in enumerate(pedigree.genotype_of):
        if first != person:
            before[person].append(first)
    return list(TopologicalSorter(before).static_order())
