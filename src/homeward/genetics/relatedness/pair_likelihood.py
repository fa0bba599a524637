"""P(two profiles | identity state), for many pairs of people at once.

At one locus, with L(s, t) the probability of an observation if the genes are s and t, p the allele frequencies, v = L p
and d the diagonal of L, every state is a product over alleles (here for states 1, 3, 7, 8 and 9; the others are like
them):

    1: sum_s p d1 d2   3: sum_s p d1 v2   7: sum_st p p L1 L2   8: sum_s p v1 v2   9: (p v1) (p v2)

so that everybody against everybody is a few matrix products, with dropout as without. Mutation plays no part in a
state.
"""

from __future__ import annotations

import math

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.likelihood import observed_at
from homeward.genetics.observations import observation_table
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.relatedness.identity import N_STATES, PARTITIONS, condensed_state
from homeward.genetics.states import LocusStates, locus_states


def state_probabilities(panel: Panel, profiles: Profiles, first: IntArray, second: IntArray) -> FloatArray:
    """Return the probability of the profiles of P pairs under each of the nine condensed identity states.

    Parameters
    ----------
    panel : Panel
        Its theta is allowed for; its mutation models play no part.
    profiles : Profiles
    first, second : (P,) int arrays
        Rows of the profiles.

    Returns
    -------
    (P, n_loci, 9) float64 array
        1.0 throughout where one of the two is untyped.
    """
    from_state = theta_matrix(panel.theta)
    result = np.ones((len(first), len(panel), N_STATES))
    for i in range(len(panel)):
        rows, observation_of = _distinct_observations(profiles, i)
        states = locus_states(panel.loci[i], np.unique(profiles.alleles[rows, i]), mutation=False)
        table = _state_table(genotype_likelihoods(states, profiles, rows, i), states.frequencies) @ from_state.T
        pair = np.flatnonzero((observation_of[first] >= 0) & (observation_of[second] >= 0))
        result[pair, i] = table[observation_of[first[pair]], observation_of[second[pair]]]
    return result


def parent_child_probabilities(
    panel: Panel, profiles: Profiles, parent: IntArray, child: IntArray, *, is_mother: BoolArray
) -> FloatArray:
    """Return the probability of the profiles of P parents and their children, the other parent untyped, with mutation.

    As state 8, with the child's gene a mutated copy of the parent's; the two other genes and the one passed on are
    drawn from the population, with theta perhaps copies of each other.

    Parameters
    ----------
    panel : Panel
    profiles : Profiles
    parent, child : (P,) int arrays
        Rows of the profiles.
    is_mother : (P,) bool array
        By whose mutation model the allele is passed on.

    Returns
    -------
    (P, n_loci) float64 array
        1.0 where one of the two is untyped.
    """
    result = np.ones((len(parent), len(panel)))
    for i in range(len(panel)):
        rows, observation_of = _distinct_observations(profiles, i)
        states = locus_states(panel.loci[i], np.unique(profiles.alleles[rows, i]))
        likelihood = genotype_likelihoods(states, profiles, rows, i)
        both = (observation_of[parent] >= 0) & (observation_of[child] >= 0)
        for matrix, by_sex in ((states.male, ~is_mother), (states.female, is_mother)):
            pair = np.flatnonzero(both & by_sex)
            if len(pair):
                table = _parent_child_table(likelihood, states.frequencies, matrix, panel.theta)
                result[pair, i] = table[observation_of[parent[pair]], observation_of[child[pair]]]
    return result


def genotype_likelihoods(states: LocusStates, profiles: Profiles, rows: IntArray, locus: int) -> FloatArray:
    """(U, n, n): P(observation | paternal, maternal allele state) of typed rows at one locus."""
    return observation_table(observed_at(states, profiles, rows, locus))


def theta_matrix(theta: float) -> FloatArray:
    """(9, 9): from the state by the pedigree to the state in which co-ancestry leaves the genes.

    Genes that the pedigree does not join are drawn from one sub-population, one after the other: a gene is a copy of
    one drawn before or new (Balding & Nichols 1994, Forensic Sci. Int. 64:125-140). Copies are as identical as by the
    pedigree.
    """
    matrix = np.zeros((N_STATES, N_STATES))
    representatives = {condensed_state(partition): partition for partition in PARTITIONS}
    for state, partition in representatives.items():
        for of_block, probability in _copies(len(set(partition)), theta):
            labels = [of_block[block] for block in partition]
            merged = condensed_state((labels[0], labels[1], labels[2], labels[3]))
            matrix[state, merged] += probability
    return matrix


def _copies(n_genes: int, theta: float) -> list[tuple[tuple[int, ...], float]]:
    """Each way in which n genes drawn from a sub-population may be copies of each other, with its probability."""
    ways: list[tuple[tuple[int, ...], float]] = [((), 1.0)]
    for drawn in range(n_genes):
        among = 1.0 - theta + drawn * theta
        ways = [
            ((*way, label), probability * (way.count(label) * theta or 1.0 - theta) / among)
            for way, probability in ways
            for label in range(len(set(way)) + 1)
            if label not in way or theta > 0
        ]
    assert math.isclose(sum(probability for _, probability in ways), 1.0)  # noqa: S101 - the ways exclude each other
    return ways


def _distinct_observations(profiles: Profiles, locus: int) -> tuple[IntArray, IntArray]:
    """Return one row for each observation that differs, and the observation of every row; -1 where untyped."""
    typed = np.flatnonzero(profiles.typed[:, locus])
    alleles = np.sort(profiles.alleles[typed, locus], axis=1)
    seen = np.column_stack([alleles, profiles.dropout[typed, locus], profiles.dropin[typed, locus]])
    _, one_of, observation = np.unique(seen, axis=0, return_index=True, return_inverse=True)
    observation_of = np.full(len(profiles), -1)
    observation_of[typed] = observation.ravel()
    return typed[one_of], observation_of


def _state_table(likelihood: FloatArray, frequencies: FloatArray) -> FloatArray:
    """(U, U, 9): P(two observations | state) of U observations with each other."""
    p = frequencies
    n_seen = len(likelihood)
    one_gene = likelihood @ p
    double = np.diagonal(likelihood, axis1=1, axis2=2)
    alone, double_alone = one_gene @ p, double @ p
    flat = likelihood.reshape(n_seen, -1)
    shared_double = (double * p) @ one_gene.T
    table = np.empty((n_seen, n_seen, N_STATES))
    table[:, :, 0] = (double * p) @ double.T
    table[:, :, 1] = np.outer(double_alone, double_alone)
    table[:, :, 2], table[:, :, 4] = shared_double, shared_double.T
    table[:, :, 3], table[:, :, 5] = np.outer(double_alone, alone), np.outer(alone, double_alone)
    table[:, :, 6] = (flat * np.outer(p, p).ravel()) @ flat.T
    table[:, :, 7] = (one_gene * p) @ one_gene.T
    table[:, :, 8] = np.outer(alone, alone)
    return table


def _parent_child_table(likelihood: FloatArray, p: FloatArray, matrix: FloatArray, theta: float) -> FloatArray:
    """(U, U): P(parent, child): the parent has genes s, passed on as c, and x; the child has c and y."""
    n_seen = len(likelihood)
    one_gene = likelihood @ p
    received = np.einsum("sc,ucy->usy", matrix, likelihood)
    apart = (one_gene * p) @ (received @ p).T
    if not theta:
        return np.asarray(apart)
    double, same_again = (np.diagonal(of, axis1=1, axis2=2) * p for of in (likelihood, received))
    s_is_x = double @ (received @ p).T
    s_is_y = one_gene @ same_again.T
    x_is_y = (likelihood * np.outer(p, p)).reshape(n_seen, -1) @ received.reshape(n_seen, -1).T
    all_one = (double / p) @ same_again.T
    once = theta * (1.0 - theta) * (s_is_x + s_is_y + x_is_y)
    return np.asarray(((1.0 - theta) ** 2 * apart + once + 2.0 * theta**2 * all_one) / (1.0 + theta))
