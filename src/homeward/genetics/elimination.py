"""The order in which to contract a network of many small tensors, of one locus or of linked ones.

Indices are summed out one after the other, the next one always being one that leaves a small tensor: the greedy orders
of graphical models, made less greedy by chance and tried several times (Fishelson & Geiger 2004, J. Comput. Biol.
11:263-275, for linkage). Once few tensors are left, which are the large ones, the best order for these is found by
dynamic programming (Pfeifer, Haegeman & Verstraete 2014, Phys. Rev. E 90:033315, in opt_einsum). The more there is to
work out, the longer a better order is looked for. The generator of chance has a seed of its own, so the same network
always gets the same order.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np
import opt_einsum as oe

from homeward.genetics.contraction import LARGEST_TENSOR, Indices, Steps, intermediate_results

_TRIES = 100
"""Orders that are tried at most."""

_WORTH_A_TRY = 5e6
"""Products to work out in about the time that finding one order takes."""

_MOVING = 20.0
"""Products that take as long as bringing one entry of a tensor into place."""

_FEW = 10
"""Tensors for which the best order is looked for, among all that multiply no two without an index in common."""

_LOG2_LARGEST = math.log2(LARGEST_TENSOR)

_TOO_LARGE = 1e18
"""Added to the products of an order for every tensor that does not fit into memory."""

_RULES = ((0.0, 0.0), (3.0, 0.6), (1000.0, 0.6), (3.0, 1.0), (1000.0, 1.0), (0.0, 0.6))
"""Handicap of indices that should wait, and temperature, of successive orders; in powers of two of a tensor's size."""


def contraction_order(
    tensors: Sequence[Indices], output: Indices, size: Sequence[int], waiting: Collection[int] = ()
) -> tuple[Steps, tuple[Indices, ...]]:
    """Return the steps and the indices that each leaves.

    Parameters
    ----------
    tensors : sequence of tuple of int
        Indices of each tensor.
    output : tuple of int
        Indices that stay open.
    size : sequence of int
        Length of each index.
    waiting : collection of int
        Indices that join many parts of the network, so that it may pay to sum them out late.
    """
    chance = np.random.default_rng(1)
    best: Steps = ()
    least = math.inf
    for attempt in range(_TRIES):
        if attempt * _WORTH_A_TRY > least:
            break
        handicap, temperature = _RULES[attempt % len(_RULES)]
        handicaps = dict.fromkeys(waiting, handicap)
        n_last = _FEW if attempt else 1
        steps, products = _Elimination(tensors, output, size).run(handicaps, temperature, chance, n_last, least)
        if products < least:
            best, least = steps, products
    return best, intermediate_results(list(tensors), output, best)


class _Elimination:
    """One order in the making: the tensors that are left, and who uses each index."""

    def __init__(self, tensors: Sequence[Indices], output: Indices, size: Sequence[int]) -> None:
        self.left = {number: frozenset(indices) for number, indices in enumerate(tensors)}
        self.n_given = len(self.left)
        self.output = frozenset(output)
        self.log2_size = [math.log2(n) for n in size]
        self.users: dict[int, set[int]] = {i: set() for indices in tensors for i in indices}
        for number, indices in self.left.items():
            for i in indices:
                self.users[i].add(number)
        self.merged: list[tuple[int, int]] = []
        self.products = 0.0

    def run(
        self,
        handicaps: Mapping[int, float],
        temperature: float,
        chance: np.random.Generator,
        n_last: int,
        limit: float,
    ) -> tuple[Steps, float]:
        """Return the order and the number of products; stop early, with infinitely many, at a limit.

        n_last: tensors whose order is the best one.
        """
        log2_left = {i: self._log2_left(i) for i in self.users if i not in self.output}
        while log2_left and len(self.left) > n_last:
            # The smallest sum of a number and the logarithm of an exponential variable falls on each index with a
            # probability proportional to exp(-number / temperature).
            noise = [0.0] * len(log2_left)
            if temperature:
                noise = (temperature * np.log(-np.log1p(-chance.random(len(log2_left))) + 1e-300)).tolist()
            scores = (n + handicaps.get(i, 0.0) + x for (i, n), x in zip(log2_left.items(), noise, strict=True))
            chosen = min(zip(scores, log2_left, strict=True))[1]
            touched = self._sum_out(chosen)
            if self.products >= limit:
                return (), math.inf
            for i in touched:
                if i not in self.output:
                    if self.users[i]:
                        log2_left[i] = self._log2_left(i)
                    else:
                        log2_left.pop(i, None)
        while len(self.left) > n_last:
            self._merge(*sorted(self.left, key=self._order_of_size)[:2])
        if len(self.left) > 1:
            self._merge_in_best_order()
        return self._steps(), self.products

    def _merge_in_best_order(self) -> None:
        """Multiply the few tensors that are left."""
        numbers = sorted(self.left)
        symbol = [oe.get_symbol(i) for i in range(len(self.log2_size))]
        inputs = [
            frozenset(symbol[i] for i in self.left[n] if len(self.users[i]) > 1 or i in self.output) for n in numbers
        ]
        output = frozenset(symbol[i] for i in self.output)
        size = {symbol[i]: round(2.0**n) for i, n in enumerate(self.log2_size)}
        search = oe.DynamicProgramming(minimize=f"combo-{_MOVING:.0f}")
        for first, second in search(inputs, output, size):
            new = self.n_given + len(self.merged)
            self._merge(numbers[first], numbers[second])
            numbers = [n for place, n in enumerate(numbers) if place not in (first, second)] + [new]

    def _sum_out(self, index: int) -> set[int]:
        """Multiply all tensors with an index, the smallest first, and sum over it; return the indices concerned."""
        concerned = {i for number in self.users[index] for i in self.left[number]}
        while len(self.users[index]) > 1:
            self._merge(*sorted(self.users[index], key=self._order_of_size)[:2])
        for number in self.users[index]:
            # Only one tensor had it: the sum is taken when that tensor is next multiplied.
            self.left[number] -= {index}
        self.users[index].clear()
        return concerned

    def _merge(self, first: int, second: int) -> None:
        """Multiply two tensors and sum over what nothing else needs."""
        one, other = self.left.pop(first), self.left.pop(second)
        together = one | other
        for i in together:
            self.users[i] -= {first, second}
        kept = frozenset(i for i in together if self.users[i] or i in self.output)
        moved = sum(2.0 ** self._log2_entries(indices) for indices in (one, other, kept))
        self.products += 2.0 ** self._log2_entries(together) + _MOVING * moved
        if self._log2_entries(kept) > _LOG2_LARGEST:
            self.products += _TOO_LARGE
        new = self.n_given + len(self.merged)
        self.left[new] = kept
        for i in kept:
            self.users[i].add(new)
        self.merged.append((first, second))

    def _log2_left(self, index: int) -> float:
        """Return the size of the tensor that summing out an index leaves."""
        together: frozenset[int] = frozenset().union(*(self.left[number] for number in self.users[index]))
        return self._log2_entries(together - {index})

    def _log2_entries(self, indices: frozenset[int]) -> float:
        return sum(self.log2_size[i] for i in indices)

    def _order_of_size(self, number: int) -> tuple[float, int]:
        return self._log2_entries(self.left[number]), number

    def _steps(self) -> Steps:
        """Return the merged pairs as positions in the shrinking list of tensors."""
        numbers = list(range(self.n_given))
        steps = []
        for new, pair in enumerate(self.merged, start=self.n_given):
            steps.append(tuple(numbers.index(number) for number in pair))
            numbers = [number for number in numbers if number not in pair]
            numbers.append(new)
        return tuple(steps) or ((0,),)
