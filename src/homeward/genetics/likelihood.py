"""The likelihood of pedigrees, in log10, for one family or for a batch of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from homeward.genetics.arrays import MISSING, FloatArray, IntArray
from homeward.genetics.network import Phases, contract, plan_network
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.states import LocusStates, panel_states

_TABLE_ENTRIES = 8_000_000
"""Entries of the tables of several loci that are kept at one time (8 bytes each)."""

_PADDED_SIZES = (2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128)


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
        Frequencies (Hardy-Weinberg proportions in founders) and mutation models, by sex of the parent.
    mutation : bool
        False switches mutation off: -inf then marks a Mendelian inconsistency.

    Returns
    -------
    (n_loci,) float64 array
        -inf where the profiles are impossible under the pedigree.

    Raises
    ------
    InputError
        The panel asks for theta above 0, or a mutation model is unusable.
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
        pedigree, states, np.arange(n_loci), profiles.alleles.swapaxes(0, 1), profiles.dropout.T
    )


def batch_log10_likelihood(
    pedigree: Pedigree, states: Sequence[LocusStates], locus: IntArray, alleles: IntArray, dropout: FloatArray
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
    """
    log10_likelihood = np.zeros(len(locus))
    for rows, value, scale in _contract_groups(pedigree, states, locus, alleles, dropout, None):
        with np.errstate(divide="ignore"):
            log10_likelihood[rows] = np.log10(value) + scale
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
    groups = _contract_groups(
        pedigree, states, np.arange(n_loci), profiles.alleles.swapaxes(0, 1), profiles.dropout.T, person
    )
    for rows, values, scale in groups:
        for row, value, log10_scale in zip(rows, values, scale, strict=True):
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
    total = np.zeros(tuple(n_options[i] for i in choosing))
    loci_at_once = max(1, _TABLE_ENTRIES // total.size)

    def probabilities(loci: IntArray, n_states: int) -> dict[int, FloatArray]:
        return {
            person: np.stack([_option_probabilities(states[at], options[person], at, n_states) for at in loci])
            for person in choosing
        }

    for start in range(0, len(states), loci_at_once):
        loci = np.arange(start, min(start + loci_at_once, len(states)))
        for _, value, scale in _contract_groups(
            pedigree,
            states,
            loci,
            profiles.alleles.swapaxes(0, 1)[loci],
            profiles.dropout.T[loci],
            None,
            n_options=n_options,
            option_probabilities=probabilities,
        ):
            with np.errstate(divide="ignore"):
                total += np.log10(value).sum(axis=0) + scale.sum()
    return total


def _option_probabilities(states: LocusStates, options: Profiles, locus: int, n_states: int) -> FloatArray:
    """(1 + n, n_states, n_states): P(option | paternal, maternal allele); the first is no observation."""
    probability = np.ones((1 + len(options), n_states, n_states))
    typed = options.typed[:, locus]
    rows = np.flatnonzero(typed)
    if len(rows):
        codes = states.state_of[options.alleles[rows, locus]]
        phases = observation_phases(codes, options.dropout[rows, locus], states.frequencies)
        probability[1 + rows] = 0.0
        np.add.at(probability, (1 + rows[:, None], phases.paternal, phases.maternal), phases.weight)
    return probability


def _contract_groups(
    pedigree: Pedigree,
    states: Sequence[LocusStates],
    locus: IntArray,
    alleles: IntArray,
    dropout: FloatArray,
    open_person: int | None,
    *,
    n_options: tuple[int, ...] = (),
    option_probabilities: Callable[[IntArray, int], dict[int, FloatArray]] | None = None,
) -> list[tuple[IntArray, FloatArray, FloatArray]]:
    """Contract rows of equal shape together; return (rows, values, log10 scales) of each group."""
    parents = tuple((int(father), int(mother)) for father, mother in pedigree.parents)
    typed = (alleles != MISSING).all(axis=2)
    uncertain = typed & (dropout > 0) & (alleles[:, :, 0] == alleles[:, :, 1])
    padded = np.array([_padded_size(len(s)) for s in states])[locus]
    shape = np.column_stack([typed, uncertain, padded])
    results = []
    for key, rows in _groups(shape):
        n_people, n_states = len(pedigree), int(key[-1])
        is_typed = key[:n_people].astype(bool)
        if open_person is None and not n_options and not is_typed.any():
            continue
        loci = locus[rows]
        frequencies, female, male = _stack(states, loci, n_states)
        phases = {
            person: observation_phases(
                _state_codes(states, loci, alleles[rows, person]), dropout[rows, person], frequencies
            )
            for person in map(int, np.flatnonzero(is_typed))
        }
        n_phases = tuple(phases[i].weight.shape[1] if i in phases else 0 for i in range(n_people))
        network = plan_network(parents, tuple(bool(t) for t in is_typed), open_person, n_phases, n_options)
        options = option_probabilities(loci, n_states) if option_probabilities else None
        results.append((rows, *contract(network, frequencies, female, male, phases, options)))
    return results


def _groups(keys: IntArray) -> list[tuple[IntArray, IntArray]]:
    """Return each distinct row of ``keys`` with the positions where it stands."""
    distinct, group = np.unique(keys, axis=0, return_inverse=True)
    return [(key, np.flatnonzero(group.ravel() == i)) for i, key in enumerate(distinct)]


def _padded_size(n: int) -> int:
    """Round the number of states up, so that loci of similar size are contracted together."""
    return next((size for size in _PADDED_SIZES if size >= n), n)


def _stack(states: Sequence[LocusStates], loci: IntArray, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return frequencies (R, n) and matrices (R, n, n); padding states have frequency 0 and never change."""
    distinct, row_of = np.unique(loci, return_inverse=True)
    frequencies = np.zeros((len(distinct), n))
    female, male = (np.tile(np.eye(n), (len(distinct), 1, 1)) for _ in range(2))
    for i, locus in enumerate(distinct):
        k = len(states[locus])
        frequencies[i, :k] = states[locus].frequencies
        female[i, :k, :k] = states[locus].female
        male[i, :k, :k] = states[locus].male
    return frequencies[row_of], female[row_of], male[row_of]


def _state_codes(states: Sequence[LocusStates], loci: IntArray, alleles: IntArray) -> IntArray:
    """Translate (R, 2) allele codes to states."""
    codes = np.empty(alleles.shape, dtype=np.intp)
    for locus in np.unique(loci):
        rows = loci == locus
        codes[rows] = states[locus].state_of[alleles[rows]]
    return codes


def observation_phases(codes: IntArray, dropout: FloatArray, frequencies: FloatArray) -> Phases:
    """Return the ordered genotypes behind observed states, and how likely each is to show like that.

    Parameters
    ----------
    codes : (R, 2) intp array
        Observed states of each row.
    dropout : (R,) float64 array
        Probability d that one allele is not seen: ab shows as ab with (1-d)^2 and as a alone with d(1-d),
        aa shows with 1 - d^2.
    frequencies : (n,) or (R, n) float64 array
        Of the states; a state of frequency 0 is never a hidden allele.

    References
    ----------
    Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, on silent alleles and dropout.
    """
    first, second = codes[:, 0], codes[:, 1]
    homozygous = first == second
    both_seen = np.where(homozygous, 1.0 - dropout**2, (1.0 - dropout) ** 2)
    paternal = np.column_stack([first, second])
    maternal = np.column_stack([second, first])
    weight = np.column_stack([both_seen, np.where(homozygous, 0.0, both_seen)])
    if not (homozygous & (dropout > 0)).any():
        return Phases(paternal, maternal, weight)
    n_states = frequencies.shape[-1]
    seen = np.repeat(first[:, None], n_states, axis=1)
    hidden = np.tile(np.arange(n_states), (len(codes), 1))
    lost = (dropout * (1.0 - dropout) * homozygous)[:, None] * (hidden != seen) * (frequencies > 0)
    return Phases(
        np.hstack([paternal, seen, hidden]),
        np.hstack([maternal, hidden, seen]),
        np.hstack([weight, lost, lost]),
    )
