"""Rows of observations of one pedigree, contracted together where their networks are of one form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.coancestry import UNRELATED, Batch, FamilyForm, Founders, contract_related_founders
from homeward.genetics.network import contract, plan_network
from homeward.genetics.observations import observation_phases
from homeward.genetics.pedigree import ParentRows
from homeward.genetics.states import LocusStates

_TABLE_ENTRIES = 4_000_000
"""Entries of open genotype tables and of transmission matrices that are worked on at one time (8 bytes each)."""

_PADDED_SIZES = (2, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128)

Options = Callable[[IntArray, int], dict[int, FloatArray]]
"""Given rows and a number of states: P(option | paternal, maternal allele) of everybody who has options."""


class RowStates(Protocol):
    """The allele states of R rows, each of which is one locus of one family."""

    @property
    def n_states(self) -> IntArray:
        """(R,): number of states of each row."""

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


def contract_rows(
    parents: ParentRows,
    states: RowStates,
    alleles: IntArray,
    dropout: FloatArray,
    *,
    open_person: int | None = None,
    n_options: tuple[int, ...] = (),
    options: Options | None = None,
    founders: Founders = UNRELATED,
) -> Iterator[Contracted]:
    """Contract R rows of observations of one pedigree; rows without any observation are left out (they are 1).

    Parameters
    ----------
    parents : tuple of (father, mother)
        Of the n people.
    states : RowStates
        Of the R rows; every allele that is seen in a row must be a state of its own there.
    alleles : (R, n, 2) int array
        Allele codes, ``MISSING`` where untyped.
    dropout : (R, n) float64 array
        Dropout probability of each observation.
    open_person : int, optional
        An untyped person whose ordered genotype is left open; then every row is worked out.
    n_options : tuple of int
        As for :func:`~homeward.genetics.network.plan_network`.
    options : callable, optional
        The probabilities that belong to ``n_options``.
    founders : Founders
        How founder alleles depend on each other.
    """
    n_people = len(parents)
    typed = (alleles != MISSING).all(axis=2)
    uncertain = typed & (dropout > 0) & (alleles[:, :, 0] == alleles[:, :, 1])
    sizes, size_of = np.unique(states.n_states, return_inverse=True)
    padded = np.array([_padded_size(int(size)) for size in sizes], dtype=np.intp)[size_of]
    for rows in _groups(typed, uncertain, padded):
        is_typed, n_states = typed[rows[0]], int(padded[rows[0]])
        if open_person is None and not n_options and not is_typed.any():
            continue
        frequencies, female, male = states.stack(rows, n_states)
        phases = {
            person: observation_phases(states.codes(rows, alleles[rows, person]), dropout[rows, person], frequencies)
            for person in map(int, np.flatnonzero(is_typed))
        }
        n_phases = tuple(phases[i].weight.shape[1] if i in phases else 0 for i in range(n_people))
        given = options(rows, n_states) if options else None
        seen = tuple(bool(t) for t in is_typed)
        if founders.theta > 0:
            form = FamilyForm(parents, seen, open_person, n_options, founders)
            batch = Batch(frequencies, female, male, phases, given or {})
            yield Contracted(rows, frequencies, *contract_related_founders(form, batch))
            continue
        network = plan_network(parents, seen, open_person, n_phases, n_options, founders.inbreeding)
        yield Contracted(rows, frequencies, *contract(network, frequencies, female, male, phases, given))


def _groups(typed: BoolArray, uncertain: BoolArray, padded: IntArray) -> Iterator[IntArray]:
    """Yield positions of rows that have one form of network, in pieces that fit into memory."""
    bits = np.packbits(np.column_stack([typed, uncertain]), axis=1)
    keys = np.column_stack([bits, padded.astype(np.int32).view(np.uint8).reshape(-1, 4)])
    packed = np.ascontiguousarray(keys).view(np.dtype((np.void, keys.shape[1]))).ravel()
    _, group = np.unique(packed, return_inverse=True)
    in_order = np.argsort(group, kind="stable")
    for rows in np.split(in_order, np.cumsum(np.bincount(group))[:-1]):
        if len(rows):
            at_once = max(1, _TABLE_ENTRIES // int(padded[rows[0]]) ** 2)
            yield from (rows[start : start + at_once] for start in range(0, len(rows), at_once))


def _padded_size(n: int) -> int:
    """Round the number of states up, so that rows of similar size are contracted together."""
    return next((size for size in _PADDED_SIZES if size >= n), n)
