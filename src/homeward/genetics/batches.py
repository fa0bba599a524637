"""Rows of observations of one pedigree, contracted together where their networks are of one form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE
from homeward.genetics.coancestry import UNRELATED, Batch, FamilyForm, Founders, contract_founders
from homeward.genetics.network import Phases
from homeward.genetics.observations import (
    Observed,
    leaves_many_genotypes,
    observation_phases,
    observation_probability,
    observation_table,
)
from homeward.genetics.pedigree import Groups, ParentRows, Sex
from homeward.genetics.states import LocusStates
from homeward.genetics.twins import first_twins, join_twins

_TABLE_ENTRIES = 4_000_000
"""Entries of open genotype tables and of transmission matrices that are worked on at one time (8 bytes each)."""

_SIZE_CLASSES = (2, 4, *range(8, 64, 4), *range(64, 129, 8))
"""Numbers of states up to which rows are of similar size."""

Options = Callable[[IntArray, int], dict[int, FloatArray]]
"""Given rows and a number of states: P(option | paternal, maternal allele) of everybody who has options."""


class RowStates(Protocol):
    """The allele states of R rows, each of which is one locus of one family."""

    @property
    def n_states(self) -> IntArray:
        """(R,): number of states of each row."""

    @property
    def silent_code(self) -> IntArray:
        """(R,): code of the silent allele, whose state is the last one; ``NO_STATE`` where there is none."""

    @property
    def is_x_linked(self) -> BoolArray:
        """(R,): whether males carry one allele."""

    def stack(self, rows: IntArray, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return frequencies (r, n), female and male matrices (r, n, n) of some rows.

        States from the row's own number on are padding: they have frequency 0, and no other changes into them.
        """

    def codes(self, rows: IntArray, alleles: IntArray) -> IntArray:
        """Translate (r, 2) allele codes of some rows to states."""


@dataclass(frozen=True, slots=True, eq=False)
class LocusRows:
    """Rows whose states are those of their locus.

    states: of each locus of the panel.
    locus: (R,) position of each row's locus.
    """

    states: Sequence[LocusStates]
    locus: IntArray

    @property
    def n_states(self) -> IntArray:
        """(R,): number of states of each row."""
        return np.array([len(s) for s in self.states])[self.locus]

    @property
    def silent_code(self) -> IntArray:
        """(R,): code of the silent allele; see :class:`RowStates`."""
        return np.array([s.silent_code for s in self.states])[self.locus]

    @property
    def is_x_linked(self) -> BoolArray:
        """(R,): whether males carry one allele."""
        return np.array([s.is_x_linked for s in self.states])[self.locus]

    def stack(self, rows: IntArray, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return frequencies and transmission matrices; see :class:`RowStates`."""
        distinct, row_of = np.unique(self.locus[rows], return_inverse=True)
        frequencies = np.zeros((len(distinct), n))
        female, male = (np.tile(np.eye(n), (len(distinct), 1, 1)) for _ in range(2))
        for i, locus in enumerate(distinct):
            k = len(self.states[locus])
            frequencies[i, :k] = self.states[locus].frequencies
            female[i, :k, :k] = self.states[locus].female
            male[i, :k, :k] = self.states[locus].male
        return frequencies[row_of], female[row_of], male[row_of]

    def codes(self, rows: IntArray, alleles: IntArray) -> IntArray:
        """Translate allele codes to states; see :class:`RowStates`."""
        loci = self.locus[rows]
        codes = np.empty(alleles.shape, dtype=np.intp)
        for locus in np.unique(loci):
            here = loci == locus
            codes[here] = self.states[locus].state_of[alleles[here]]
        return codes


@dataclass(frozen=True, slots=True, eq=False)
class Contracted:
    """What came out for r rows of one form.

    rows: (r,) positions.
    frequencies: (r, n) float64, of the states of the network; 0 for padding.
    values: (r, *open indices) float64.
    log10_scale: (r,) float64: the likelihood is value * 10**scale.
    """

    rows: IntArray
    frequencies: FloatArray
    values: FloatArray
    log10_scale: FloatArray

    @property
    def log10_values(self) -> FloatArray:
        """The values with their scale, as log10; -inf where impossible."""
        with np.errstate(divide="ignore"):
            logs = np.log10(self.values)
        return logs + self.log10_scale.reshape(-1, *[1] * (logs.ndim - 1))


@dataclass(frozen=True, slots=True)
class Members:
    """The n people of a pedigree, as far as their genotypes go.

    parents: (father, mother) of everybody.
    sex: of everybody, as :class:`~homeward.genetics.pedigree.Sex`; needed where a locus is X-linked.
    twins: groups of people who share one genotype.
    """

    parents: ParentRows
    sex: tuple[int, ...] = ()
    twins: Groups = ()


def contract_rows(
    members: Members | ParentRows,
    states: RowStates,
    alleles: IntArray,
    dropout: FloatArray,
    *,
    dropin: FloatArray | None = None,
    open_person: int | None = None,
    n_options: tuple[int, ...] = (),
    options: Options | None = None,
    founders: Founders = UNRELATED,
) -> Iterator[Contracted]:
    """Contract R rows of observations of one pedigree; rows without any observation are left out (they are 1).

    Parameters
    ----------
    members : Members, or tuple of (father, mother)
        The n people.
    states : RowStates
        Of the R rows; every allele that is seen in a row must be a state of its own there.
    alleles : (R, n, 2) int array
        Allele codes, ``MISSING`` where untyped.
    dropout : (R, n) float64 array
        Dropout probability of each observation.
    dropin : (R, n) float64 array, optional
        Drop-in probability of each observation; none if not given.
    open_person : int, optional
        An untyped person whose ordered genotype is left open; then every row is worked out. The genotype of a male at
        an X-linked locus stands on the diagonal.
    n_options : tuple of int
        As for :func:`~homeward.genetics.network.plan_network`.
    options : callable, optional
        The probabilities that belong to ``n_options``.
    founders : Founders
        How founder alleles depend on each other.
    """
    members = members if isinstance(members, Members) else Members(members)
    first = first_twins(len(members.parents), members.twins)
    parents = join_twins(members.parents, first)
    dropin = np.zeros(dropout.shape) if dropin is None else dropin
    male = tuple(sex == Sex.MALE for sex in members.sex) or (False,) * len(parents)
    silent = states.silent_code
    kinds = observation_kinds(alleles, dropout, dropin, silent, states.is_x_linked, np.array(male, dtype=bool))
    sizes, size_of = np.unique(states.n_states, return_inverse=True)
    padded = _padded_sizes(sizes)[size_of]
    open_people = {i for i, n in enumerate(n_options) if n} | ({open_person} if open_person is not None else set())
    for rows in _groups(kinds, states.is_x_linked, padded):
        kind, n_states = kinds[rows[0]], int(padded[rows[0]])
        if not open_people and not kind.any():
            continue
        is_x_linked = bool(states.is_x_linked[rows[0]])
        one_allele = tuple(is_male and is_x_linked for is_male in male)
        frequencies, female, male_matrix = states.stack(rows, n_states)
        silent_state = np.where(silent[rows] == NO_STATE, NO_STATE, states.n_states[rows] - 1)
        seen: dict[int, list[tuple[int, Observed]]] = {}
        for person in map(int, np.flatnonzero(kind)):
            codes = states.codes(rows, alleles[rows, person])
            if kind[person] == MANY:
                codes = np.where(alleles[rows, person] == MISSING, MISSING, codes)
            observation = Observed(
                codes, dropout[rows, person], dropin[rows, person], frequencies, silent_state, one_allele[person]
            )
            seen.setdefault(first[person], []).append((int(kind[person]), observation))
        phases, weighed = join_observations(seen, {first[i] for i in open_people})
        form = FamilyForm(
            parents,
            tuple(phases[i].weight.shape[1] if i in phases else 0 for i in range(len(parents))),
            None if open_person is None else first[open_person],
            n_options,
            tuple(sorted(weighed)),
            one_allele,
            first,
        )
        given = options(rows, n_states) if options else {}
        batch = Batch(frequencies, female, male_matrix, phases, given, weighed)
        values, scale = contract_founders(form, batch, founders)
        if open_person is not None and one_allele[open_person]:
            values = _on_diagonal(values)
        yield Contracted(rows, frequencies, values, scale)


_UNTYPED, _CERTAIN, _MAY_HIDE_SILENT, _MAY_HIDE_ANY, MANY = range(5)
"""How many genotypes an observation leaves, which decides about the form of the network."""


def observation_kinds(
    alleles: IntArray,
    dropout: FloatArray,
    dropin: FloatArray,
    silent: IntArray,
    is_x_linked: BoolArray,
    male: BoolArray,
) -> IntArray:
    """(R, n) uint8: how many genotypes each observation leaves."""
    silent = silent[:, None]
    typed = alleles[:, :, 0] != MISSING
    is_single = typed & (alleles[:, :, 0] == alleles[:, :, 1])
    kinds = np.where(typed, np.uint8(_CERTAIN), np.uint8(_UNTYPED))
    if is_x_linked.any():
        is_single &= ~(is_x_linked[:, None] & male)
    if (silent != NO_STATE).any():
        is_single &= alleles[:, :, 0] != silent
        kinds[is_single & (silent != NO_STATE)] = _MAY_HIDE_SILENT
    kinds[is_single & (dropout > 0)] = _MAY_HIDE_ANY
    kinds[leaves_many_genotypes(alleles, dropout, dropin, silent)] = MANY
    return kinds


def join_observations(
    seen: Mapping[int, Sequence[tuple[int, Observed]]], asked: Collection[int]
) -> tuple[dict[int, Phases], dict[int, FloatArray]]:
    """Return the phases of people with few genotypes, and (r, n, n) weights of every genotype of the others.

    seen: for each person, observations of one genotype, each with its kind (see :func:`observation_kinds`).
    asked: people whose genotype is asked for as well, so that their observations are weighed.
    """
    weighed = {
        person: _weigh_together([observation for _, observation in found])
        for person, found in seen.items()
        if any(kind == MANY for kind, _ in found) or person in asked
    }
    phases = {
        person: _phases_together([observation for _, observation in found])
        for person, found in seen.items()
        if person not in weighed
    }
    return phases, weighed


def _weigh_together(observed: list[Observed]) -> FloatArray:
    """(r, n, n): P(all observations of one genotype | paternal, maternal allele)."""
    table = observation_table(observed[0])
    for other in observed[1:]:
        table *= observation_table(other)
    return table


def _phases_together(observed: list[Observed]) -> Phases:
    """Return the genotypes behind observations of twins: those behind the first, weighed by the others."""
    phases = observation_phases(observed[0])
    for other in observed[1:]:
        weight = phases.weight * observation_probability(other, phases.paternal, phases.maternal)
        phases = Phases(phases.paternal, phases.maternal, weight)
    return phases


def _on_diagonal(values: FloatArray) -> FloatArray:
    """(r, n, n) from (r, n)."""
    n = values.shape[1]
    table = np.zeros((len(values), n, n))
    table[:, np.arange(n), np.arange(n)] = values
    return table


def _groups(kinds: IntArray, is_x_linked: BoolArray, padded: IntArray) -> Iterator[IntArray]:
    """Yield positions of rows that have one form of network, in pieces that fit into memory."""
    planes = [kinds > _UNTYPED, kinds > _MAY_HIDE_SILENT]
    if (kinds == MANY).any() or (kinds == _MAY_HIDE_SILENT).any() or is_x_linked.any():
        planes += [kinds == MANY, kinds == _MAY_HIDE_SILENT, is_x_linked[:, None]]
    bits = np.packbits(np.column_stack(planes), axis=1)
    keys = np.column_stack([bits, padded.astype(np.int32).view(np.uint8).reshape(-1, 4)])
    packed = np.ascontiguousarray(keys).view(np.dtype((np.void, keys.shape[1]))).ravel()
    _, group = np.unique(packed, return_inverse=True)
    in_order = np.argsort(group, kind="stable")
    for rows in np.split(in_order, np.cumsum(np.bincount(group))[:-1]):
        if len(rows):
            at_once = max(1, _TABLE_ENTRIES // int(padded[rows[0]]) ** 2)
            yield from (rows[start : start + at_once] for start in range(0, len(rows), at_once))


def _padded_sizes(sizes: IntArray) -> IntArray:
    """Round ascending numbers of states up to the largest of similar size, so that such rows go together."""
    similar = np.searchsorted(_SIZE_CLASSES, sizes)
    return sizes[np.searchsorted(similar, similar, side="right") - 1]
