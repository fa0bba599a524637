"""Scores of samples against people sought: for each pair, the sum of one table entry per locus.

The sum is a sparse matrix product: a row of the left matrix has a one for each observation of a sample, and the right
matrix holds the log10 LR of every observation for everybody sought. Only operations of the array API standard are used,
so the same lines run on NumPy, PyTorch and CuPy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.screening.devices import CPU, Device
from homeward.genetics.screening.seen import Seen
from homeward.genetics.screening.selection import BestPairs, Pairs, Selection
from homeward.genetics.screening.tables import ConditionedTables, Float32Array

IMPOSSIBLE = np.float32(4096.0)
"""Stands for -inf at one locus, so that impossible loci can be counted in a sum; no possible sum comes near it."""


@dataclass(frozen=True, slots=True, eq=False)
class Scorer:
    """Scores S samples against any number of people sought and keeps the best pairs.

    seen: what was seen in the samples.
    sex: (S,) recorded sex of the samples.
    sex_log10_lr: (3, 3) what the sexes of sample and person sought weigh; -inf rules a pair out.
    selection: which pairs are kept.
    """

    seen: Seen
    sex: IntArray
    sex_log10_lr: FloatArray
    selection: Selection
    device: Device = field(default=CPU)

    def best_pairs(self, tables: ConditionedTables, sought_sex: IntArray, own_sample: IntArray | None = None) -> Pairs:
        """Return the best pairs of the samples with M people sought.

        Parameters
        ----------
        tables : ConditionedTables
            Of the M people sought.
        sought_sex : (M,) int array
            Their recorded sex.
        own_sample : (M,) int array, optional
            The sample that somebody sought is, where samples are compared with each other; never paired.

        Returns
        -------
        Pairs
            With positions among the M; the score of a pair that is possible equals the log10 LR to float32 rounding.
        """
        xp, device = self.device.xp, self.device
        best = BestPairs(self.selection, len(self.sex), len(tables))
        columns = np.column_stack([self.seen.column, self.seen.n_columns + 1 + self.sex.astype(np.int32)])
        for left in range(0, len(tables), device.columns_at_once):
            people = slice(left, min(left + device.columns_at_once, len(tables)))
            entries = self._entries(tables, people, sought_sex[people])
            is_tolerant = self.selection.max_inconsistencies > 0 and _mark_impossible(entries[: self.seen.n_columns])
            piece = device.send(entries)
            own = None if own_sample is None else own_sample[people]
            for top in range(0, len(columns), device.rows_at_once):
                rows = columns[top : top + device.rows_at_once]
                scores = sum_entries(piece, [device.send(np.ascontiguousarray(at)) for at in rows.T], xp)
                if is_tolerant:
                    scores = self._without_impossible(scores, xp)
                if own is not None:
                    is_own = np.arange(top, top + len(rows))[:, None] == own
                    scores = xp.where(device.send(is_own), -xp.inf, scores)
                best.add(scores, top, left, device)
        return best.result()

    def _entries(self, tables: ConditionedTables, people: slice, sought_sex: IntArray) -> Float32Array:
        """Return (C + 4, people): the log10 LR of every observation, of none, and of a sample of each sex."""
        sexes = self.sex_log10_lr[:, sought_sex].astype(np.float32)
        # No sample is paired where the relatives' own profiles contradict the pedigree.
        sexes[:, tables.impossible[people].any(axis=1)] = -np.inf
        return np.concatenate([self.seen.log10_lr(tables, people), sexes])

    def _without_impossible(self, scores: Any, xp: Any) -> Any:
        """Replace what stands for an impossible locus by what it counts, as often as is tolerated."""
        instead = float(IMPOSSIBLE) + self.selection.inconsistency_log10_lr
        for _ in range(self.selection.max_inconsistencies):
            scores = scores + instead * xp.astype(scores < -0.5 * float(IMPOSSIBLE), scores.dtype)
        return xp.where(scores < -0.5 * float(IMPOSSIBLE), -xp.inf, scores)


def _mark_impossible(entries: Float32Array) -> bool:
    """Put a number that can be counted in place of -inf; return whether there was any."""
    impossible = np.isneginf(entries)
    entries[impossible] = -IMPOSSIBLE
    return bool(impossible.any())


def sum_entries(entries: Any, columns: list[Any], xp: Any) -> Any:
    """Return (rows, M), for each row the sum of one entry from each list of columns, in their order.

    Parameters
    ----------
    entries : (C, M) array
    columns : list of (rows,) integer arrays
        Places among the C, all on the device of ``entries``.
    """
    total = xp.take(entries, columns[0], axis=0)
    for column in columns[1:]:
        total += xp.take(entries, column, axis=0)
    return total
