"""Contracting a network of tensors: the order of summation, and the sums themselves, for a batch of rows at once."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from string import ascii_letters

import numpy as np
import opt_einsum as oe

from homeward.core.arrays import FloatArray
from homeward.core.errors import HomewardError
from homeward.genetics.elimination import elimination_orders, work

LARGEST_TENSOR = 30_000_000
"""Entries of the largest intermediate result that is still worked on (8 bytes each)."""

TYPICAL_STATES = 12
"""Allele states per locus that orders of contraction are made for; the order is then used for any number."""

ENTRY_COST = 100
"""What an entry of the largest intermediate result counts for in an order of contraction, in terms of a product."""

LONGER_SEARCHES = ((300_000, 4), (3_000_000, 40))
"""Above this cost of the best order so far, so many others are tried."""

LARGE_COST = 300_000_000
"""Above this cost the slowest search is worth its seconds."""

SMALL_PRODUCT = 256
"""Terms of a sum up to which NumPy's own loops beat a matrix product."""

BATCH_BYTES = 64 * 1024 * 1024
"""Memory that one batch of intermediate results may take."""

Indices = tuple[int, ...]
"""The indices of one tensor, without the batch, which comes first."""

Steps = tuple[tuple[int, ...], ...]
"""Pairs of positions in the shrinking list of tensors, as in opt_einsum."""


class TooComplexError(HomewardError):
    """A pedigree needs intermediate results that are too large for memory."""


def contraction_order(
    operands: list[Indices], output: Indices, size: Sequence[int | None]
) -> tuple[Steps, tuple[Indices, ...]]:
    """Return the steps and the indices that each leaves; search longer the more work the best answer so far is.

    Parameters
    ----------
    operands : list of tuple of int
        Indices of each tensor.
    output : tuple of int
        Indices that stay open.
    size : sequence of int or None
        Length of each index; None for allele states, whose number differs between loci.
    """
    lengths = [n or TYPICAL_STATES for n in size]

    def cost(steps: Steps) -> int:
        n_terms, largest = work(operands, output, lengths, steps)
        return n_terms + ENTRY_COST * largest

    best = _search_path(operands, output, size, oe.paths.auto)
    for limit, n_shaken in LONGER_SEARCHES:
        if cost(best) > limit:
            best = min([best, *elimination_orders(operands, output, lengths, n_shaken)], key=cost)
    if cost(best) > LARGE_COST:
        best = min(best, _search_path(operands, output, size, oe.paths.auto_hq), key=cost)
    return best, intermediate_results(operands, output, best)


def _search_path(
    operands: list[Indices],
    output: Indices,
    size: Sequence[int | None],
    search: Callable[..., list[tuple[int, ...]]],
) -> Steps:
    if len(operands) == 1:
        return ((0,),)
    symbol = [oe.get_symbol(i) for i in range(len(size))]
    inputs = [frozenset(symbol[i] for i in indices) for indices in operands]
    sizes = {symbol[i]: n or TYPICAL_STATES for i, n in enumerate(size)}
    path = search(inputs, frozenset(symbol[i] for i in output), sizes)
    return tuple(tuple(step) for step in path)


def intermediate_results(operands: list[Indices], output: Indices, steps: Steps) -> tuple[Indices, ...]:
    """Return the indices that each step leaves."""
    remaining = list(operands)
    results = []
    for step in steps:
        taken = [remaining.pop(position) for position in sorted(step, reverse=True)]
        needed = set(output).union(*remaining)
        # The order of first appearance keeps the result deterministic.
        left = tuple(dict.fromkeys(i for indices in taken for i in indices if i in needed))
        if not remaining:
            left = output
        remaining.append(left)
        results.append(left)
    return tuple(results)


def largest_tensor(tensors: Iterable[Indices], size: Sequence[int | None], n_states: int) -> int:
    """Return the entries of the largest of these tensors for this number of allele states."""
    return max(math.prod(size[i] or n_states for i in indices) for indices in tensors)


def check_size(tensors: Iterable[Indices], size: Sequence[int | None], n_states: int) -> int:
    """Return the entries of the largest tensor; raise TooComplexError above ``LARGEST_TENSOR``."""
    largest = largest_tensor(tensors, size, n_states)
    if largest > LARGEST_TENSOR:
        raise TooComplexError(
            f"This family is too entangled to compute exactly: {largest:.2g} numbers at once. "
            "Type further members, or take out untyped people who join no typed ones."
        )
    return largest


def contract_tensors(
    tensors: Iterable[tuple[FloatArray, Indices]],
    steps: Steps,
    results: tuple[Indices, ...],
    output: Indices,
    *,
    rescale: bool,
) -> tuple[FloatArray, FloatArray]:
    """Sum the product of all tensors over all indices but the batch and ``output``.

    Parameters
    ----------
    tensors : iterable of ((R, ...) float64 array, its indices)
    steps, results : tuples
        From :func:`contraction_order` for these tensors in this order.
    output : tuple of int
        Indices that stay open, in the order wanted.
    rescale : bool
        Divide by the largest entry after each step, so that nothing under- or overflows.

    Returns
    -------
    (R, *open indices) float64 array, (R,) float64 array
        Value and log10 of its scale: the sum is value * 10**scale.
    """
    remaining = list(tensors)
    scale = np.zeros(len(remaining[0][0]))
    for step, left in zip(steps, results, strict=True):
        taken = [remaining.pop(position) for position in sorted(step, reverse=True)]
        value = _einsum(taken, left)
        if rescale:
            # A sum over one tensor may be that tensor itself, which is not ours to change.
            value, log10_top = _rescale(value if len(taken) > 1 else value.copy())
            scale += log10_top
        remaining.append((value, left))
    (value, left) = remaining[0]
    if left != output:
        value = value.transpose(0, *[1 + left.index(i) for i in output])
    return value, scale


def _rescale(value: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Divide each row by its largest entry, in place; return it with log10 of what it was divided by."""
    top = value.max(axis=tuple(range(1, value.ndim)))
    safe = np.where(top > 0, top, 1.0)
    value /= safe.reshape(-1, *[1] * (value.ndim - 1))
    return value, np.log10(safe)


def _einsum(taken: list[tuple[FloatArray, Indices]], left: Indices) -> FloatArray:
    """Sum the product of a few tensors over all indices but the batch and ``left``."""
    if len(taken) == 2 and _is_large(taken):
        return _multiply(taken[0], taken[1], left)
    letter = dict(zip(dict.fromkeys(i for _, indices in taken for i in indices), ascii_letters, strict=False))
    terms = ["..." + "".join(letter[i] for i in indices) for _, indices in taken]
    equation = ",".join(terms) + "->..." + "".join(letter[i] for i in left)
    result: FloatArray = np.einsum(equation, *(tensor for tensor, _ in taken))
    return result


def _is_large(taken: list[tuple[FloatArray, Indices]]) -> bool:
    """Whether the work of each row of the batch outweighs putting the axes in order for a matrix product."""
    size = {i: n for tensor, indices in taken for i, n in zip(indices, tensor.shape[1:], strict=True)}
    return bool(math.prod(size.values()) >= SMALL_PRODUCT)


def _multiply(first: tuple[FloatArray, Indices], second: tuple[FloatArray, Indices], left: Indices) -> FloatArray:
    """Sum the product of two tensors as matrix products: the rows of one by the columns of the other."""
    one, other = _sum_out(*first, keep={*second[1], *left}), _sum_out(*second, keep={*first[1], *left})
    shared = [i for i in one[1] if i in other[1]]
    both, summed = [i for i in shared if i in left], [i for i in shared if i not in left]
    rows, columns = ([i for i in indices if i not in shared] for indices in (one[1], other[1]))
    a, sizes = _in_order(*one, both, rows, summed)
    b, other_sizes = _in_order(*other, both, summed, columns)
    # Without an index to sum over this is an outer product, which is no work for a matrix product.
    product = a @ b if summed else a * b
    product = product.reshape(len(product), *(n for i, n in (sizes | other_sizes).items() if i in left))
    order = [i for i in (sizes | other_sizes) if i in left]
    return product.transpose(0, *(1 + order.index(i) for i in left))


def _sum_out(tensor: FloatArray, indices: Indices, keep: set[int]) -> tuple[FloatArray, Indices]:
    """Sum over indices that nothing else needs."""
    dropped = tuple(1 + place for place, i in enumerate(indices) if i not in keep)
    return (tensor.sum(axis=dropped) if dropped else tensor), tuple(i for i in indices if i in keep)


def _in_order(
    tensor: FloatArray, indices: Indices, both: list[int], first: list[int], second: list[int]
) -> tuple[FloatArray, dict[int, int]]:
    """Return a tensor as (batch, both, first, second), one axis for each group, and the size of each index."""
    order = [*both, *first, *second]
    sizes = {i: tensor.shape[1 + indices.index(i)] for i in order}
    in_order = tensor.transpose(0, *(1 + indices.index(i) for i in order))
    shape = (math.prod(sizes[i] for i in group) for group in (both, first, second))
    return in_order.reshape(len(tensor), *shape), sizes
