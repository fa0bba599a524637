"""The likelihood of a pedigree at the loci of a linkage group, in log10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.batches import LocusRows
from homeward.genetics.linkage.contraction import LocusTensors, contract_linked
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.network import Shape, plan_linked_network
from homeward.genetics.observations import observation_phases
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.states import LocusStates, panel_states


def group_log10_likelihood(
    pedigree: Pedigree, profiles: Profiles, panel: Panel, group: LinkageGroup, *, mutation: bool = True
) -> float:
    """Return log10 P(profiles at the loci of a linkage group | pedigree).

    Parameters
    ----------
    pedigree : Pedigree
        Of n people; loops and separate components are allowed.
    profiles : Profiles
        Row i belongs to person i; untyped genotypes are summed over, also where only some loci are typed.
    panel : Panel
        Founders are in Hardy-Weinberg proportions at each locus and in linkage equilibrium between loci.
    group : LinkageGroup
        Loci and the recombination fractions between neighbours. Intervals recombine independently of each other.
    mutation : bool
        False switches mutation off.

    Returns
    -------
    float
        -inf where the profiles are impossible under the pedigree; 0.0 where nobody is typed.

    Raises
    ------
    InputError
        The panel asks for theta above 0, or a mutation model is unusable.
    TooComplexError
        The pedigree cannot be computed in memory.

    References
    ----------
    Lander & Green (1987), Proc. Natl. Acad. Sci. USA 84:2363-2367; Fishelson & Geiger (2004), J. Comput. Biol.
    11:263-275, for summing over alleles and meioses in any order.
    """
    loci = list(group.loci)
    chosen = Panel(tuple(panel.loci[i] for i in loci), theta=panel.theta)
    states = panel_states(chosen, profiles.alleles[:, loci], mutation=mutation)
    alleles, dropout = profiles.alleles[None][:, :, loci], profiles.dropout[None][:, :, loci]
    return float(batch_group_log10_likelihood(pedigree, states, group, alleles, dropout)[0])


def batch_group_log10_likelihood(
    pedigree: Pedigree, states: Sequence[LocusStates], group: LinkageGroup, alleles: IntArray, dropout: FloatArray
) -> FloatArray:
    """Return log10 likelihoods of many rows of observations of one pedigree at the G loci of a linkage group.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    states : sequence of LocusStates
        Of each locus of the group; every allele that occurs in ``alleles`` must be a state of its own.
    group : LinkageGroup
    alleles : (R, n, G, 2) int array
        Allele codes, ``MISSING`` where untyped.
    dropout : (R, n, G) float64 array
        Dropout probability of each observation.

    Returns
    -------
    (R,) float64 array
        -inf where impossible, 0.0 where nobody is typed.
    """
    log10_likelihood = np.zeros(len(alleles))
    typed = (alleles != MISSING).all(axis=3)
    hidden = typed & (dropout > 0) & (alleles[..., 0] == alleles[..., 1])
    for rows in _rows_of_one_form(np.concatenate([typed, hidden], axis=2)):
        if not typed[rows[0]].any():
            continue
        tensors, shape = group_tensors(pedigree, states, alleles[rows], dropout[rows])
        values, scales = contract_linked(plan_linked_network(shape), tensors, group.fractions)
        with np.errstate(divide="ignore"):
            log10_likelihood[rows] = np.log10(values) + scales
    return log10_likelihood


def group_tensors(
    pedigree: Pedigree,
    states: Sequence[LocusStates],
    alleles: IntArray,
    dropout: FloatArray,
    *,
    open_person: int | None = None,
) -> tuple[list[LocusTensors], Shape]:
    """Return what rows of one form have at each locus, and the shape of their network.

    The arguments are those of :func:`batch_group_log10_likelihood`; the genotypes of ``open_person`` are left open.
    """
    typed = (alleles[0] != MISSING).all(axis=2)
    tensors = [
        _locus_tensors(locus, alleles[:, :, at], dropout[:, :, at], typed[:, at]) for at, locus in enumerate(states)
    ]
    shape = Shape(
        pedigree.parent_rows,
        tuple(tuple(_n_phases(at, person) for person in range(len(pedigree))) for at in tensors),
        tuple(len(locus) for locus in states),
        open_person,
    )
    return tensors, shape


def _locus_tensors(states: LocusStates, alleles: IntArray, dropout: FloatArray, typed: BoolArray) -> LocusTensors:
    """Return what rows of (r, n, 2) alleles have at one locus."""
    n_rows = len(alleles)
    frequencies, female, male = LocusRows([states], np.zeros(n_rows, dtype=np.intp)).stack(
        np.arange(n_rows), len(states)
    )
    phases = {
        person: observation_phases(states.state_of[alleles[:, person]], dropout[:, person], frequencies)
        for person in map(int, np.flatnonzero(typed))
    }
    return LocusTensors(frequencies, female, male, phases)


def _n_phases(locus: LocusTensors, person: int) -> int:
    """Return the number of phases of somebody at a locus; 0 if untyped."""
    return locus.phases[person].weight.shape[1] if person in locus.phases else 0


def _rows_of_one_form(flags: BoolArray) -> Iterator[IntArray]:
    """Yield positions of rows with the same (n, 2G) flags."""
    packed = np.packbits(flags.reshape(len(flags), -1), axis=1)
    _, form = np.unique(packed, axis=0, return_inverse=True)
    yield from (np.flatnonzero(form == number) for number in range(int(form.max()) + 1))
