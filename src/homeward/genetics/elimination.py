"""Orders of contraction that eliminate one index after the other, as pedigrees with loops need them.

Greedy choices of the next index by the size of the tensor it leaves (min-weight) or the pairs of indices it joins
(min-fill) are those of exact computations on pedigrees: Fishelson & Geiger (2004), J. Comput. Biol. 11:263-275.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

Indices = tuple[int, ...]
Steps = tuple[tuple[int, ...], ...]

_SHAKE = 0.3
"""How much the rule of a repeated search is disturbed, as a share of what it says."""


def elimination_orders(
    operands: Sequence[Indices], output: Indices, size: Sequence[int], n_shaken: int
) -> Iterator[Steps]:
    """Yield orders of contraction, the same ones each time: two by the plain rules, the others disturbed at random.

    Parameters
    ----------
    operands : sequence of tuple of int
        Indices of each tensor.
    output : tuple of int
        Indices that stay open.
    size : sequence of int
        Length of each index.
    n_shaken : int
        How many orders to try beyond the first two.

    Yields
    ------
    tuple of pairs
        Positions in the shrinking list of tensors, as in opt_einsum.
    """
    rng = np.random.default_rng(1)
    for number in range(2 + n_shaken):
        order = _eliminate(operands, output, size, rng, by_fill=number % 2 == 1, shake=_SHAKE if number > 1 else 0.0)
        yield _steps(operands, size, order)


def _eliminate(
    operands: Sequence[Indices],
    output: Indices,
    size: Sequence[int],
    rng: np.random.Generator,
    *,
    by_fill: bool,
    shake: float,
) -> list[int]:
    """Return the indices to sum over, in an order."""
    weight = [math.log(n) for n in size]
    joined: dict[int, set[int]] = {}
    for indices in operands:
        for i in indices:
            joined.setdefault(i, set()).update(indices)
    for i, others in joined.items():
        others.discard(i)

    def rule(i: int) -> float:
        others = joined[i]
        if not by_fill:
            return weight[i] + sum(weight[j] for j in others)
        return sum(len(others - joined[j]) - 1 for j in others) / 2

    waiting = set(joined) - set(output)
    says = {i: rule(i) for i in waiting}
    order = []
    while waiting:
        chosen = min(waiting, key=lambda i: (says[i] * (1 + shake * rng.random()) if shake else says[i], i))
        waiting.discard(chosen)
        order.append(chosen)
        others = joined.pop(chosen)
        for i in others:
            joined[i] |= others
            joined[i] -= {i, chosen}
        near = set(others).union(*(joined[i] for i in others)) if by_fill else others
        says.update((i, rule(i)) for i in near if i in waiting)
    return order


def _steps(operands: Sequence[Indices], size: Sequence[int], order: Sequence[int]) -> Steps:
    """Multiply the tensors of each index in turn, the smallest first, and at the end what is left."""
    tensors = [frozenset(indices) for indices in operands]
    steps = []
    summed: set[int] = set()
    for index in [*order, None]:
        while True:
            found = [k for k, indices in enumerate(tensors) if index is None or index in indices]
            if len(found) < 2:
                break
            found.sort(key=lambda k: math.prod(size[i] for i in tensors[k]))
            first, second = sorted(found[:2])
            one, other = tensors.pop(second), tensors.pop(first)
            if index is not None and len(found) == 2:
                summed.add(index)
            tensors.append(frozenset(i for i in one | other if i not in summed))
            steps.append((first, second))
    return tuple(steps)


def work(operands: Sequence[Indices], output: Indices, size: Sequence[int], steps: Steps) -> tuple[int, int]:
    """Return the number of terms that are multiplied, and the entries of the largest tensor that comes out."""
    remaining = list(operands)
    n_terms = largest = 0
    for step in steps:
        taken = [remaining.pop(position) for position in sorted(step, reverse=True)]
        needed = set(output).union(*remaining)
        indices = set().union(*taken)
        n_terms += math.prod(size[i] for i in indices)
        left = tuple(i for i in indices if i in needed)
        largest = max(largest, math.prod(size[i] for i in left))
        remaining.append(left)
    return n_terms, largest
