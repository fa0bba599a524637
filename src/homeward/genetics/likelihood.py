"""The likelihood of pedigrees, in log10, for one family or for a batch of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.batches import LocusRows, Members, Options, contract_rows
from homeward.genetics.coancestry import Founders
from homeward.genetics.observations import Observed, observation_table
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles
from homeward.genetics.states import LocusStates, panel_states
from homeward.genetics.x_linked import check_x_linked

_TABLE_ENTRIES = 8_000_000
"""Entries of the tables of several loci that are kept at one time (8 bytes each)."""


def pedigree_log10_likelihood(
    pedigree: Pedigree, profiles: Profiles, panel: Panel, *, mutation: bool = True
) -> FloatArray:
    """Return log10 P(profiles | pedigree) at each locus; loci are independent, so the sum is the whole.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people; loops and separate components are allowed.
    profiles : Profiles
        Row i belongs to person i; untyped genotypes are summed over. Where ``dropout`` is d > 0, a
        genotype ab shows as ab with (1-d)^2 and as a alone with d(1-d); aa shows with 1 - d^2.
    panel : Panel
        Frequencies, mutation models by sex of the parent, and theta: at 0 founders are in Hardy-Weinberg proportions,
        above it all founders of all components belong to one subpopulation.
    mutation : bool
        False switches mutation off: -inf then marks a Mendelian inconsistency.

    Returns
    -------
    (n_loci,) float64 array
        -inf where the profiles are impossible under the pedigree.

    Raises
    ------
    InputError
        Theta is outside [0, 1), or a mutation model is unusable.
    TooComplexError
        The pedigree cannot be computed in memory.

    References
    ----------
    Elston & Stewart (1971), Hum. Hered. 21:523-542, for the sum; the order of summation is that of a
    tensor network (Markov & Shi 2008, SIAM J. Comput. 38:963-981).
    """
    states = panel_states(panel, profiles.alleles, mutation=mutation)
    n_loci = len(panel)
    return batch_log10_likelihood(
        pedigree,
        states,
        np.arange(n_loci),
        profiles.alleles.swapaxes(0, 1),
        profiles.dropout.T,
        dropin=profiles.dropin.T,
    )


def batch_log10_likelihood(
    pedigree: Pedigree,
    states: Sequence[LocusStates],
    locus: IntArray,
    alleles: IntArray,
    dropout: FloatArray,
    *,
    dropin: FloatArray | None = None,
) -> FloatArray:
    """Return log10 likelihoods of many rows: each row is one locus with one set of observations.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    states : sequence of LocusStates
        One per locus; every allele that occurs in ``alleles`` must be a state of its own.
    locus : (R,) int array
        The locus of each row.
    alleles : (R, n, 2) int array
        Allele codes, ``MISSING`` where untyped.
    dropout : (R, n) float64 array
        Dropout probability of each person's observation.
    dropin : (R, n) float64 array, optional
        Drop-in probability of each person's observation; none if not given.
    """
    log10_likelihood = np.zeros(len(locus))
    members, rows = members_at(pedigree, states, alleles, locus), LocusRows(states, locus)
    founders = founders_of(pedigree, states)
    for part in contract_rows(members, rows, alleles, dropout, dropin=dropin, founders=founders):
        log10_likelihood[part.rows] = part.log10_values
    return log10_likelihood


def genotype_tables(
    pedigree: Pedigree, states: Sequence[LocusStates], profiles: Profiles, person: int
) -> tuple[list[FloatArray], FloatArray]:
    """Return, per locus, the joint likelihood of the profiles and an ordered genotype of one untyped person.

    Returns
    -------
    list of (n, n) float64 arrays, (n_loci,) float64 array
        table[paternal, maternal] over the states of the locus, and log10 of its scale:
        P(profiles, genotype) = table * 10**scale. The table sums to the likelihood of the profiles.
    """
    n_loci = len(states)
    tables: list[FloatArray] = [np.empty((0, 0))] * n_loci
    scales = np.zeros(n_loci)
    contracted = contract_rows(
        members_at(pedigree, states, profiles.alleles.swapaxes(0, 1), np.arange(n_loci), [person]),
        LocusRows(states, np.arange(n_loci)),
        profiles.alleles.swapaxes(0, 1),
        profiles.dropout.T,
        dropin=profiles.dropin.T,
        open_person=person,
        founders=founders_of(pedigree, states),
    )
    for part in contracted:
        for row, value, log10_scale in zip(part.rows, part.values, part.log10_scale, strict=True):
            n = len(states[row])
            tables[row], scales[row] = value[:n, :n], log10_scale
    return tables, scales


def option_log10_likelihood(
    pedigree: Pedigree, states: Sequence[LocusStates], profiles: Profiles, options: Mapping[int, Profiles]
) -> FloatArray:
    """Return the likelihood, over all loci, for every choice of observation of some untyped people at once.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    states : sequence of LocusStates
        One per locus; every allele that is seen in ``profiles`` or ``options`` must be a state of its own.
    profiles : Profiles
        Row i belongs to person i.
    options : mapping of person to Profiles
        For each of these untyped people, the profiles that they could have. Nothing is said here of two people
        having the same one.

    Returns
    -------
    (1 + n_1, 1 + n_2, ...) float64 array
        log10, summed over the loci; one axis for each person with options, in order; 0 is "not seen", i the
        i-th option. -inf where impossible.
    """
    choosing = sorted(options)
    n_options = tuple(1 + len(options[i]) if i in options else 0 for i in range(len(pedigree)))
    members = members_at(pedigree, states, profiles.alleles.swapaxes(0, 1), np.arange(len(states)), choosing)
    total = np.zeros(tuple(n_options[i] for i in choosing))
    loci_at_once = max(1, _TABLE_ENTRIES // total.size)

    def probabilities_at(loci: IntArray) -> Options:
        return lambda rows, n_states: {
            person: np.stack(
                [
                    _option_probabilities(states[at], options[person], at, n_states, members.sex[person])
                    for at in loci[rows]
                ]
            )
            for person in choosing
        }

    for start in range(0, len(states), loci_at_once):
        loci = np.arange(start, min(start + loci_at_once, len(states)))
        for part in contract_rows(
            members,
            LocusRows(states, loci),
            profiles.alleles.swapaxes(0, 1)[loci],
            profiles.dropout.T[loci],
            dropin=profiles.dropin.T[loci],
            n_options=n_options,
            options=probabilities_at(loci),
            founders=founders_of(pedigree, states),
        ):
            total += part.log10_values.sum(axis=0)
    return total


def _option_probabilities(states: LocusStates, options: Profiles, locus: int, n_states: int, sex: int) -> FloatArray:
    """(1 + n, n_states, n_states): P(option | paternal, maternal allele); the first is no observation."""
    probability = np.ones((1 + len(options), n_states, n_states))
    rows = np.flatnonzero(options.typed[:, locus])
    if len(rows):
        probability[1 + rows] = 0.0
        n = len(states)
        probability[1 + rows, :n, :n] = observation_table(
            observed_at(states, options, rows, locus, is_hemizygous=states.is_x_linked and sex == Sex.MALE)
        )
    return probability


def observed_at(
    states: LocusStates, profiles: Profiles, rows: IntArray, locus: int, *, is_hemizygous: bool = False
) -> Observed:
    """Return what some people or samples, typed at a locus, show there."""
    alleles = profiles.alleles[rows, locus]
    return Observed(
        codes=np.where(alleles == MISSING, MISSING, states.state_of[alleles]),
        dropout=profiles.dropout[rows, locus],
        dropin=profiles.dropin[rows, locus],
        frequencies=states.frequencies,
        silent=np.full(len(rows), states.silent_state),
        is_hemizygous=is_hemizygous,
    )


def founders_of(pedigree: Pedigree, states: Sequence[LocusStates]) -> Founders:
    """Return how the founders of a pedigree depend on each other in the population of these loci.

    Raises
    ------
    InputError
        A woman is an inbred founder and there are X-linked loci: how inbred she is on X is another question.
    """
    inbred = np.flatnonzero(pedigree.founder_inbreeding)
    if not len(inbred):
        return Founders(states[0].theta if states else 0.0)
    on_x = [pedigree.ids[i] for i in inbred if pedigree.sex[i] != Sex.MALE]
    if on_x and any(s.is_x_linked for s in states):
        raise InputError(
            Problem(
                what=f"How inbred {', '.join(on_x)} may be at X-linked loci does not follow from the number given.",
                where="inbreeding of founders",
                fix="Add the ancestors that the parents share instead, or leave the X-linked loci out.",
            )
        )
    return Founders(states[0].theta if states else 0.0, tuple(map(float, pedigree.founder_inbreeding)))


def members_at(
    pedigree: Pedigree,
    states: Sequence[LocusStates],
    alleles: IntArray,
    locus: IntArray,
    open_people: Sequence[int] = (),
) -> Members:
    """Return the people of a pedigree; at X-linked loci, check that they can be computed there.

    alleles: (R, n, 2) codes of R rows, each at one of the loci.
    """
    members = Members(pedigree.parent_rows, tuple(map(int, pedigree.sex)), pedigree.twins)
    on_x = np.array([s.is_x_linked for s in states], dtype=bool)[locus]
    if on_x.any():
        check_x_linked(pedigree, alleles[on_x], open_people)
    return members
