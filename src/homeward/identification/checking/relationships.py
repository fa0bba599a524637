"""How well each relationship of the standard set, and the stated one, explains the profiles of each pair."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.relatedness.catalogue import PARENT_CHILD, STANDARD_RELATIONSHIPS, PairRelationship
from homeward.genetics.relatedness.estimation import estimate_kappa
from homeward.genetics.relatedness.pair_likelihood import parent_child_probabilities, state_probabilities
from homeward.genetics.relatedness.pair_simulation import simulate_pairs
from homeward.genetics.simulation.gene_dropping import drop_genes

PARENT_CHILD_STATE = 7
"""State 8 of Jacquard, counted from 0: one gene shared, nobody inbred."""


@dataclass(frozen=True, slots=True, eq=False)
class PairProbabilities:
    """What P pairs show; rows of some profiles.

    states: (P, n_loci, 9) float64, P(profiles | identity state), without mutation.
    first_as_parent, second_as_parent: (P, n_loci) float64, P(profiles | parent and child), with mutation.
    """

    states: FloatArray
    first_as_parent: FloatArray
    second_as_parent: FloatArray

    def log10_likelihood(self, relationship: PairRelationship) -> FloatArray:
        """(P,): log10 likelihood of a relationship; of a parent and a child, whichever of the two fits better."""
        if relationship.name == PARENT_CHILD:
            return np.maximum(_sum_of_logs(self.first_as_parent), _sum_of_logs(self.second_as_parent))
        return _sum_of_logs(self.states @ relationship.delta)

    def stated_log10_likelihood(self, delta: FloatArray, is_parent: IntArray) -> FloatArray:
        """(P,): log10 likelihood of the (P, 9) coefficients by the pedigree.

        is_parent: (P,): 1 where the first is a parent of the second, -1 where it is the other way, 0 elsewhere.
        """
        stated = np.einsum("plk,pk->pl", self.states, delta)
        one_gene = (delta[:, PARENT_CHILD_STATE] == 1.0) & (is_parent != 0)
        of_parent = np.where((is_parent == 1)[:, None], self.first_as_parent, self.second_as_parent)
        return _sum_of_logs(np.where(one_gene[:, None], of_parent, stated))


def pair_probabilities(panel: Panel, profiles: Profiles, first: IntArray, second: IntArray) -> PairProbabilities:
    """Return what the profiles of P pairs show; somebody of unknown sex passes alleles on as a father does."""
    is_mother = profiles.sex == Sex.FEMALE
    return PairProbabilities(
        state_probabilities(panel, profiles, first, second),
        parent_child_probabilities(panel, profiles, first, second, is_mother=is_mother[first]),
        parent_child_probabilities(panel, profiles, second, first, is_mother=is_mother[second]),
    )


def standard_log10_likelihoods(shown: PairProbabilities) -> FloatArray:
    """(P, 6): log10 likelihood of each relationship of the standard set, in its order."""
    return np.stack([shown.log10_likelihood(one) for one in STANDARD_RELATIONSHIPS], axis=1)


def log10_glr(shown: PairProbabilities, stated: FloatArray) -> FloatArray:
    """(P,): the likelihood at the best (kappa0, kappa1, kappa2) over that of the stated relationship; 0 at least."""
    best = np.maximum(estimate_kappa(shown.states).log10_likelihood, stated)
    with np.errstate(invalid="ignore"):
        return np.where(stated == -np.inf, np.inf, best - stated)


def simulate_glr(
    panel: Panel, delta: FloatArray, *, parent_is_mother: bool | None, n: int, rng: np.random.Generator
) -> FloatArray:
    """Return n values of the log10 GLR of pairs simulated under what is stated of them, in increasing order.

    Parameters
    ----------
    panel : Panel
        The loci at which both are typed.
    delta : (9,) float64 array
        What the pedigree says of them.
    parent_is_mother : bool or None
        For a parent and a child, who are simulated with mutation unless theta is above 0; None for other pairs.
    n : int
    rng : Generator
    """
    rows = np.arange(0, 2 * n, 2), np.arange(1, 2 * n, 2)
    seen = simulate_pairs(panel, delta, n, rng)
    if parent_is_mother is not None:
        if not panel.theta:
            seen = _parents_and_children(panel, n, parent_is_mother, rng)
        seen.sex[rows[0]] = Sex.FEMALE if parent_is_mother else Sex.MALE
    shown = pair_probabilities(panel, seen, *rows)
    is_parent = np.full(n, int(parent_is_mother is not None))
    stated = shown.stated_log10_likelihood(np.broadcast_to(delta, (n, 9)), is_parent)
    return np.sort(log10_glr(shown, stated))


def _parents_and_children(panel: Panel, n: int, parent_is_mother: bool, rng: np.random.Generator) -> Profiles:
    """2 n profiles: parents and their children behind each other, with mutation."""
    pedigree = _parent_and_child(parent_is_mother)
    genotypes = drop_genes(pedigree, panel, n, rng)[:, [pedigree.position("parent"), pedigree.position("child")]]
    alleles = np.sort(genotypes.reshape(2 * n, len(panel), 2), axis=2)
    return make_profiles(tuple(map(str, range(2 * n))), len(panel), alleles=alleles)


def _parent_and_child(parent_is_mother: bool) -> Pedigree:
    parent, none = {"child": "parent"}, dict[str, str]()
    fathers, mothers = (none, parent) if parent_is_mother else (parent, none)
    return build_pedigree(["parent", "child"], {}, fathers, mothers, where="parent and child")


def _sum_of_logs(probabilities: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.asarray(np.log10(probabilities).sum(axis=1))
