"""The likelihood of a pedigree at the loci of a linkage group, in log10."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.batches import MANY, LocusRows, join_observations, observation_kinds
from homeward.genetics.linkage.contraction import LocusTensors, contract_linked
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.network import Shape, plan_linked_network
from homeward.genetics.observations import Observed
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex
from homeward.genetics.profiles import Profiles
from homeward.genetics.refusals import Feature, refuse_unsupported
from homeward.genetics.states import LocusStates, panel_states
from homeward.genetics.twins import first_twins, join_twins
from homeward.genetics.x_linked import check_x_linked


@dataclass(frozen=True, slots=True, eq=False)
class GroupRows:
    """R rows of observations of one pedigree of n people at the G loci of a linkage group.

    alleles: (R, n, G, 2) int allele codes, as in :class:`~homeward.genetics.profiles.Profiles`.
    dropout, dropin: (R, n, G) float64 probabilities.
    """

    alleles: IntArray
    dropout: FloatArray
    dropin: FloatArray

    def rows(self, rows: IntArray) -> GroupRows:
        """Return some of the rows."""
        return GroupRows(self.alleles[rows], self.dropout[rows], self.dropin[rows])


def one_row(profiles: Profiles, group: LinkageGroup) -> GroupRows:
    """Return the profiles at the loci of a group as one row."""
    loci = list(group.loci)
    return GroupRows(
        profiles.alleles[None][:, :, loci], profiles.dropout[None][:, :, loci], profiles.dropin[None][:, :, loci]
    )


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
        Loci, all autosomal or all X-linked, and the recombination fractions between neighbours. Intervals recombine
        independently of each other; males pass on their X chromosome as it is.
    mutation : bool
        False switches mutation off.

    Returns
    -------
    float
        -inf where the profiles are impossible under the pedigree; 0.0 where nobody is typed.

    Raises
    ------
    InputError
        The panel asks for theta above 0, or a mutation model is unusable; or on the X chromosome somebody's sex is not
        known, or a male has two alleles.
    TooComplexError
        The pedigree cannot be computed in memory.

    References
    ----------
    Lander & Green (1987), Proc. Natl. Acad. Sci. USA 84:2363-2367; Fishelson & Geiger (2004), J. Comput. Biol.
    11:263-275, for summing over alleles and meioses in any order.
    """
    chosen = loci_of_group(panel, group)
    states = panel_states(chosen, profiles.alleles[:, list(group.loci)], mutation=mutation)
    return float(batch_group_log10_likelihood(pedigree, states, group, one_row(profiles, group))[0])


def loci_of_group(panel: Panel, group: LinkageGroup) -> Panel:
    """Return a panel of the loci of a group; refuse what is not computed together with linkage."""
    if panel.theta > 0:
        raise InputError(
            Problem(
                what=f"A co-ancestry correction (theta {panel.theta:g}) is asked for together with linkage.",
                where=", ".join(panel.loci[i].name for i in group.loci),
                fix="Set theta to 0, or switch linkage off (--linkage none).",
            )
        )
    return Panel(tuple(panel.loci[i] for i in group.loci))


def batch_group_log10_likelihood(
    pedigree: Pedigree, states: Sequence[LocusStates], group: LinkageGroup, rows: GroupRows
) -> FloatArray:
    """Return log10 likelihoods of many rows of observations at the loci of a linkage group.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    states : sequence of LocusStates
        Of each locus of the group; every allele that occurs in ``rows`` must be a state of its own.
    group : LinkageGroup
    rows : GroupRows

    Returns
    -------
    (R,) float64 array
        -inf where impossible, 0.0 where nobody is typed.
    """
    log10_likelihood = np.zeros(len(rows.alleles))
    for of_one_form, tensors, shape in group_tensors(pedigree, states, rows):
        if any(any(at) for at in shape.n_phases) or any(shape.weighed):
            values, scales = contract_linked(plan_linked_network(shape), tensors, group.fractions)
            with np.errstate(divide="ignore"):
                log10_likelihood[of_one_form] = np.log10(values) + scales
    return log10_likelihood


def group_tensors(
    pedigree: Pedigree, states: Sequence[LocusStates], rows: GroupRows, *, open_person: int | None = None
) -> Iterator[tuple[IntArray, list[LocusTensors], Shape]]:
    """Yield positions of rows of one form, what they have at each locus, and the shape of their network.

    The genotypes of ``open_person`` are left open. InputError if a founder is inbred.
    """
    inbred = frozenset({Feature.INBRED_FOUNDERS})
    refuse_unsupported("The likelihood of linked loci", Panel(()), (), [pedigree], unsupported=inbred)
    first = first_twins(len(pedigree), pedigree.twins)
    asked = [] if open_person is None else [first[open_person]]
    is_x_linked = any(locus.is_x_linked for locus in states)
    if is_x_linked:
        for at in range(len(states)):
            check_x_linked(pedigree, rows.alleles[:, :, at], asked)
    male = np.asarray(pedigree.sex == Sex.MALE) & is_x_linked
    parents = tuple(
        (FOUNDER if has_one else father, mother)
        for (father, mother), has_one in zip(join_twins(pedigree.parent_rows, first), male, strict=True)
    )
    kinds = np.stack([_kinds(locus, rows, at, male) for at, locus in enumerate(states)], axis=2)
    for of_one_form in _rows_of_one_form(kinds):
        chosen = rows.rows(of_one_form)
        kind = kinds[of_one_form[0]]
        tensors = [
            _locus_tensors(locus, chosen, at, kind[:, at], male, first, asked) for at, locus in enumerate(states)
        ]
        shape = Shape(
            parents,
            tuple(tuple(_n_phases(at, person) for person in range(len(pedigree))) for at in tensors),
            tuple(len(locus) for locus in states),
            tuple(tuple(sorted(at.weights)) for at in tensors),
            tuple(map(bool, male)) if is_x_linked else (),
            asked[0] if asked else None,
        )
        yield of_one_form, tensors, shape


def _kinds(states: LocusStates, rows: GroupRows, at: int, male: BoolArray) -> IntArray:
    """(R, n): how many genotypes each observation at one locus leaves."""
    n_rows = len(rows.alleles)
    silent, is_x_linked = np.full(n_rows, states.silent_code), np.full(n_rows, states.is_x_linked)
    return observation_kinds(
        rows.alleles[:, :, at], rows.dropout[:, :, at], rows.dropin[:, :, at], silent, is_x_linked, male
    )


def _locus_tensors(
    states: LocusStates,
    rows: GroupRows,
    at: int,
    kind: IntArray,
    male: BoolArray,
    first: Sequence[int],
    asked: Sequence[int],
) -> LocusTensors:
    """Return what rows of one form have at one locus."""
    n_rows = len(rows.alleles)
    frequencies, female, male_matrix = LocusRows([states], np.zeros(n_rows, dtype=np.intp)).stack(
        np.arange(n_rows), len(states)
    )
    seen: dict[int, list[tuple[int, Observed]]] = {}
    for person in map(int, np.flatnonzero(kind)):
        alleles = rows.alleles[:, person, at]
        codes = states.state_of[alleles]
        if kind[person] == MANY:
            codes = np.where(alleles == MISSING, MISSING, codes)
        observation = Observed(
            codes,
            rows.dropout[:, person, at],
            rows.dropin[:, person, at],
            frequencies,
            np.full(n_rows, states.silent_state),
            bool(male[person]),
        )
        seen.setdefault(first[person], []).append((int(kind[person]), observation))
    return LocusTensors(frequencies, female, male_matrix, *join_observations(seen, asked))


def _n_phases(locus: LocusTensors, person: int) -> int:
    """Return the number of phases of somebody at a locus; 0 if there are none."""
    return locus.phases[person].weight.shape[1] if person in locus.phases else 0


def _rows_of_one_form(kinds: IntArray) -> Iterator[IntArray]:
    """Yield positions of rows with the same (n, G) kinds of observations."""
    _, form = np.unique(kinds.reshape(len(kinds), -1), axis=0, return_inverse=True)
    yield from (np.flatnonzero(form == number) for number in range(int(form.max(initial=-1)) + 1))
