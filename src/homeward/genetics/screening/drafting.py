"""Making conditioned tables: first how many states each needs, then what is in them."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.panel import Panel
from homeward.genetics.screening.tables import ConditionedTables, size_of_table

ROUNDING = 1e-13
"""A log10 LR nearer to 0 than this is the rounding of an LR of 1."""


class TableDraft:
    """Tables of M people sought whose size is not settled; a locus that nobody speaks of has one state, of log10 LR 0.

    compared: (M, L) whether a blood relative is typed; to be filled in.
    """

    def __init__(self, panel: Panel, n_sought: int) -> None:
        self._first_allele = np.cumsum([0, *(len(locus.alleles) for locus in panel.loci)])
        self._state_of = np.zeros((n_sought, self._first_allele[-1]), dtype=np.uint16)
        self._n_states = np.ones((n_sought, len(panel)), dtype=np.int64)
        self.compared = np.zeros((n_sought, len(panel)), dtype=bool)

    def set_states(self, sought: IntArray, locus: IntArray, n_states: IntArray, state_of: IntArray) -> None:
        """Note the states of R tables: (R,) positions, loci and numbers of states, (R, n_alleles) state of each."""
        self._n_states[sought, locus] = n_states
        for at in np.unique(locus):
            rows = locus == at
            alleles = slice(self._first_allele[at], self._first_allele[at + 1])
            self._state_of[sought[rows], alleles] = state_of[rows, : alleles.stop - alleles.start]

    def begin(self) -> TableFilling:
        """Return the tables, to be filled in; no states can be set after this."""
        return TableFilling(self._first_allele, self._state_of, self._n_states, self.compared)


class TableFilling:
    """Tables whose size is settled, to be filled in."""

    def __init__(self, first_allele: IntArray, state_of: IntArray, n_states: IntArray, compared: BoolArray) -> None:
        self._n_states = n_states
        start = np.concatenate([[0], np.cumsum(size_of_table(n_states).ravel())])
        self.tables = ConditionedTables(
            first_allele=first_allele,
            state_of=state_of,
            start=start[:-1].reshape(n_states.shape),
            values=np.zeros(start[-1], dtype=np.float32),
            expected=np.zeros(n_states.shape, dtype=np.float32),
            compared=compared,
            impossible=np.zeros(n_states.shape, dtype=bool),
        )

    def put(self, sought: IntArray, locus: IntArray, joint: FloatArray, frequencies: FloatArray) -> None:
        """Fill in R tables.

        Parameters
        ----------
        sought, locus : (R,) int arrays
        joint : (R, n, n) float64 array
            P(what is known, paternal and maternal allele of the person sought), up to a factor in each row.
        frequencies : (R, n) float64 array
            Of the states; n may be larger than the number that a table has.
        """
        log10_lr, expected, impossible = genotype_log10_lr(joint, frequencies)
        place = np.arange(log10_lr.shape[1])
        used = (place < size_of_table(self._n_states[sought, locus])[:, None]) & ~impossible[:, None]
        self.tables.values[(self.tables.start[sought, locus][:, None] + place)[used]] = log10_lr[used]
        self.tables.expected[sought, locus] = expected
        self.tables.impossible[sought, locus] = impossible


def genotype_log10_lr(joint: FloatArray, frequencies: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Return log10 LR by unordered genotype, its expectation if the genotype comes from here, and what is impossible.

    Parameters
    ----------
    joint : (r, n, n) float64 array
        P(profiles of the relatives, paternal and maternal allele), up to a factor.
    frequencies : (r, n) float64 array

    Returns
    -------
    (r, n (n + 1) / 2), (r,) and (r,) arrays
    """
    first, second = np.tril_indices(joint.shape[1])
    total = joint.sum(axis=(1, 2))
    impossible = total == 0.0
    mean = 0.5 * (joint[:, first, second] + joint[:, second, first])
    unrelated = frequencies[:, first] * frequencies[:, second] * np.where(impossible, 1.0, total)[:, None]
    ratio = np.divide(mean, unrelated, out=np.ones_like(mean), where=unrelated > 0)
    with np.errstate(divide="ignore"):
        log10_lr = np.log10(ratio)
    log10_lr[np.abs(log10_lr) < ROUNDING] = 0.0
    probability = mean * np.where(first == second, 1.0, 2.0)
    weighted = np.multiply(probability, log10_lr, out=np.zeros_like(mean), where=probability > 0)
    expected = np.divide(weighted.sum(axis=1), total, out=np.zeros_like(total), where=~impossible)
    return log10_lr, expected, impossible
