"""Rows of one family at one locus each, in which the alleles that the row does not show are merged into one state.

Where mutation is switched off, or draws the new allele afresh from the population (the proportional model), unseen
alleles behave alike whatever their frequencies: an allele that is one of them is each of them in proportion to its
frequency (Kemeny & Snell 1960, Finite Markov Chains, section 6.3, holds for every choice of merged alleles).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel


@dataclass(frozen=True, slots=True, eq=False)
class MergedRows:
    """The states of R rows: the alleles that a row shows, in order of code, and one state for all others.

    n_states: (R,) number of states.
    frequencies: (R, n) float64 of each state; 0 for padding.
    state_of: (R, n_alleles) uint16, the state of each allele code.
    female_fresh, male_fresh: (R,) float64, probability that a transmitted allele is drawn afresh.
    """

    n_states: IntArray
    frequencies: FloatArray
    state_of: IntArray
    female_fresh: FloatArray
    male_fresh: FloatArray

    @property
    def silent_code(self) -> IntArray:
        """(R,): there is no silent allele; see :class:`~homeward.genetics.batches.RowStates`."""
        return np.full(len(self.n_states), NO_STATE)

    @property
    def is_x_linked(self) -> BoolArray:
        """(R,): no locus is X-linked; see :class:`~homeward.genetics.batches.RowStates`."""
        return np.zeros(len(self.n_states), dtype=bool)

    def stack(self, rows: IntArray, n: int) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return frequencies and transmission matrices; see :class:`~homeward.genetics.batches.RowStates`."""
        frequencies = np.zeros((len(rows), n))
        width = min(n, self.frequencies.shape[1])
        frequencies[:, :width] = self.frequencies[rows, :width]
        female = _afresh(self.female_fresh[rows], frequencies)
        male = _afresh(self.male_fresh[rows], frequencies)
        return frequencies, female, male

    def codes(self, rows: IntArray, alleles: IntArray) -> IntArray:
        """Translate allele codes to states; see :class:`~homeward.genetics.batches.RowStates`."""
        return np.take_along_axis(self.state_of[rows], alleles.astype(np.intp), axis=1).astype(np.intp)


def _afresh(fresh: FloatArray, frequencies: FloatArray) -> FloatArray:
    """(r, n, n): an allele stays as it is, or is drawn afresh."""
    matrix: FloatArray = fresh[:, None, None] * frequencies[:, None, :].repeat(frequencies.shape[1], axis=1)
    index = np.arange(frequencies.shape[1])
    matrix[:, index, index] = 0.0
    matrix[:, index, index] = 1.0 - matrix.sum(axis=2)
    return matrix


def draws_afresh(locus: Locus) -> bool:
    """Whether an allele of this locus is passed on as it is or drawn afresh, whatever the sex of the parent."""
    return all(
        not model.mutates or model.kind is MutationKind.PROPORTIONAL
        for model in (locus.female_mutation, locus.male_mutation)
    )


def merge_unseen(panel: Panel, locus: IntArray, alleles: IntArray, *, mutation: bool = True) -> MergedRows:
    """Return the states of R rows.

    Parameters
    ----------
    panel : Panel
    locus : (R,) int array
        The locus of each row; its mutation must be of the kind that :func:`draws_afresh` accepts, unless mutation is
        switched off.
    alleles : (R, n, 2) int array
        Allele codes that the row shows; ``MISSING`` is ignored.
    mutation : bool
        False switches mutation off, to look for Mendelian inconsistencies.
    """
    n_alleles = max(len(one.alleles) for one in panel.loci)
    table = np.zeros((len(panel), n_alleles))
    for i, one in enumerate(panel.loci):
        table[i, : len(one.alleles)] = one.frequencies
    row = np.arange(len(locus))
    seen = np.zeros((len(locus), n_alleles + 1), dtype=bool)
    # An untyped allele falls into a column of its own, behind the others.
    seen[row[:, None], np.where(alleles == MISSING, n_alleles, alleles).reshape(len(locus), -1)] = True
    seen = seen[:, :n_alleles]
    n_seen = seen.sum(axis=1)
    state_of = np.where(seen, np.cumsum(seen, axis=1) - 1, n_seen[:, None])
    width = int(n_seen.max(initial=0)) + 1
    frequencies = np.zeros((len(locus), width))
    np.add.at(frequencies, (row[:, None], state_of), table[locus])
    fresh = np.zeros((2, len(panel)))
    if mutation:
        for i in np.unique(locus):
            one = panel.loci[i]
            fresh[:, i] = [_probability_afresh(model, one) for model in (one.female_mutation, one.male_mutation)]
    return MergedRows(n_seen + 1, frequencies, state_of.astype(np.uint16), fresh[0, locus], fresh[1, locus])


def _probability_afresh(model: MutationModel, locus: Locus) -> float:
    """Return the probability of a fresh draw, which may give the old allele again."""
    return model.rate / (1.0 - float(np.sum(locus.frequencies**2))) if model.mutates else 0.0
