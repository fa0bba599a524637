"""Sums and maxima over all assignments of one component, by dynamic programming over its families.

The state between two families is the set of open samples that are already used. ``add`` is logaddexp
for sums (posteriors) and maximum for best assignments (GLR).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.identification.components import Stage

Add = Callable[[FloatArray, FloatArray], FloatArray]


@dataclass(frozen=True, slots=True, eq=False)
class StageTotals:
    """For each placement of one family, the total over all assignments that use it.

    by_placement: (P, K) float64 natural logs; column k: assignments with k pairs in the component (K = 1
        where pairs are not counted).
    backward: (K, 2**carried) natural logs of the totals over this and the later families, by used samples.
    """

    by_placement: FloatArray
    backward: FloatArray


def component_totals(stages: Sequence[Stage], add: Add, *, count_pairs: bool = False) -> list[StageTotals]:
    """Return totals for every placement of every family of a component.

    Parameters
    ----------
    stages : sequence of Stage
        The families of one component, in order.
    add : ufunc
        ``np.logaddexp`` or ``np.maximum``.
    count_pairs : bool
        Keep totals apart by the number of pairs made.
    """
    most = sum(max(stage.n_pairs) for stage in stages) if count_pairs else 0
    size = most + 1
    forward = [_start(size, 1)]
    for stage in stages:
        forward.append(_advance(stage, forward[-1], add, count_pairs))
    backward = [_start(size, 1)]
    for stage in reversed(stages):
        backward.append(_retreat(stage, backward[-1], add, count_pairs))
    backward.reverse()
    return [
        StageTotals(_placement_totals(stage, before, after, add, count_pairs), here)
        for stage, before, after, here in zip(stages, forward, backward[1:], backward, strict=False)
    ]


def _start(size: int, width: int) -> FloatArray:
    array = np.full((size, width), -np.inf)
    array[0, 0] = 0.0
    return array


def _free(stage: Stage, mask: int) -> IntArray:
    """Return the states carried into the family in which none of these samples is used."""
    states = np.arange(1 << stage.carried)
    free: IntArray = states[(states & mask) == 0]
    return free


def next_states(stage: Stage, states: IntArray) -> IntArray:
    """Translate used samples over ``live`` to used samples carried on to the next family."""
    for bit in sorted(stage.leaving, reverse=True):
        low = states & ((1 << bit) - 1)
        states = ((states >> (bit + 1)) << bit) | low
    return states


def _by_mask(stage: Stage, add: Add) -> dict[int, float]:
    """Combine placements that use the same samples."""
    totals: dict[int, float] = {}
    for mask, weight in zip(stage.masks, stage.log_weight, strict=True):
        totals[mask] = float(add(np.array(totals[mask]), weight)) if mask in totals else float(weight)
    return totals


def _advance(stage: Stage, before: FloatArray, add: Add, count_pairs: bool) -> FloatArray:
    after = np.full((len(before), 1 << len(stage.live)), -np.inf)
    for mask, weight in _by_mask(stage, add).items():
        pairs = mask.bit_count() if count_pairs else 0
        free = _free(stage, mask)
        target = after[pairs:, free | mask]
        after[pairs:, free | mask] = add(target, before[: len(before) - pairs, free] + weight)
    for bit in sorted(stage.leaving, reverse=True):
        halves = after.reshape(len(after), -1, 2, 1 << bit)
        after = add(halves[:, :, 0], halves[:, :, 1]).reshape(len(after), -1)
    return after


def _retreat(stage: Stage, after: FloatArray, add: Add, count_pairs: bool) -> FloatArray:
    before = np.full((len(after), 1 << stage.carried), -np.inf)
    for mask, weight in _by_mask(stage, add).items():
        pairs = mask.bit_count() if count_pairs else 0
        free = _free(stage, mask)
        onward = after[: len(after) - pairs, next_states(stage, free | mask)] + weight
        before[pairs:, free] = add(before[pairs:, free], onward)
    return before


def _placement_totals(stage: Stage, before: FloatArray, after: FloatArray, add: Add, count_pairs: bool) -> FloatArray:
    rest: dict[int, FloatArray] = {}
    for mask in set(stage.masks):
        free = _free(stage, mask)
        rest[mask] = _convolve(before[:, free], after[:, next_states(stage, free | mask)], add)
    totals = np.full((len(stage.masks), len(before)), -np.inf)
    for row, (mask, weight) in enumerate(zip(stage.masks, stage.log_weight, strict=True)):
        pairs = mask.bit_count() if count_pairs else 0
        totals[row, pairs:] = rest[mask][: len(before) - pairs] + weight
    return totals


def _convolve(before: FloatArray, after: FloatArray, add: Add) -> FloatArray:
    """Join totals of the families before and after over all states, by total number of pairs."""
    size = len(before)
    total = np.full(size, -np.inf)
    for i in range(size):
        for j in range(size - i):
            joined = float(add.reduce(before[i] + after[j]))  # type: ignore[attr-defined]
            total[i + j] = add(total[i + j], np.array(joined))
    return total


def convolve_counts(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return natural logs of the totals of two independent parts together, by number of pairs: (K1 + K2 - 1,)."""
    total = np.full(len(first) + len(second) - 1, -np.inf)
    for i, value in enumerate(first):
        part = slice(i, i + len(second))
        total[part] = np.logaddexp(total[part], value + second)
    return total
