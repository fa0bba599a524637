"""Contracting a network of tensors in a given order, for a batch of rows at once."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import ascii_letters

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import HomewardError

LARGEST_TENSOR = 30_000_000
"""Entries of the largest intermediate result that is still worked on (8 bytes each)."""

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
        From :func:`~homeward.genetics.elimination.contraction_order` for these tensors in this order.
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
        value = _sum_product(taken, left)
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


def _sum_product(taken: list[tuple[FloatArray, Indices]], left: Indices) -> FloatArray:
    """Sum the product of one or two tensors over all indices but the batch and ``left``."""
    if len(taken) == 1:
        ((tensor, indices),) = taken
        summed: FloatArray = np.einsum(_equation((indices,), left), tensor)
        return summed
    (one, indices), (other, other_indices) = taken
    how = _pairing(indices, other_indices, left)
    n_terms = math.prod(one.shape[1:]) * math.prod(other.shape[axis] for axis in how.columns)
    # Only if the work of each row of the batch outweighs putting the axes in order for a matrix product.
    if n_terms >= SMALL_PRODUCT:
        return _multiply(one, other, how)
    product: FloatArray = np.einsum(how.equation, one, other)
    return product


@dataclass(frozen=True, slots=True)
class _Pairing:
    """How two tensors are multiplied as matrices: the rows of one by the columns of the other.

    dropped: axes of each that nothing else needs.
    axes: of what is left of each, in the order (batch, in both and kept, rows, summed) and (batch, in both and kept,
        summed, columns).
    n_both, n_rows, n_summed: number of indices of these groups.
    columns: axes of the second tensor, as given, that the first does not have.
    back: axes of the product, in the order wanted.
    equation: the same for NumPy's own loops.
    """

    dropped: tuple[tuple[int, ...], tuple[int, ...]]
    axes: tuple[tuple[int, ...], tuple[int, ...]]
    n_both: int
    n_rows: int
    n_summed: int
    columns: tuple[int, ...]
    back: tuple[int, ...]
    equation: str


@lru_cache(maxsize=1 << 16)
def _pairing(first: Indices, second: Indices, left: Indices) -> _Pairing:
    one = [i for i in first if i in second or i in left]
    other = [i for i in second if i in first or i in left]
    shared = [i for i in one if i in other]
    both, summed = [i for i in shared if i in left], [i for i in shared if i not in left]
    rows, columns = ([i for i in indices if i not in shared] for indices in (one, other))
    product = [*both, *rows, *columns]
    return _Pairing(
        dropped=(
            _axes(first, [i for i in first if i not in one]),
            _axes(second, [i for i in second if i not in other]),
        ),
        axes=((0, *_axes(one, [*both, *rows, *summed])), (0, *_axes(other, [*both, *summed, *columns]))),
        n_both=len(both),
        n_rows=len(rows),
        n_summed=len(summed),
        columns=_axes(second, [i for i in second if i not in first]),
        back=(0, *_axes(product, left)),
        equation=_equation((first, second), left),
    )


def _axes(indices: Sequence[int], chosen: Sequence[int]) -> tuple[int, ...]:
    """Return where some indices of a tensor are, the batch being its first axis."""
    return tuple(1 + indices.index(i) for i in chosen)


def _equation(given: Sequence[Indices], left: Indices) -> str:
    """Return what numpy.einsum is to do."""
    letter = dict(zip(dict.fromkeys(i for indices in given for i in indices), ascii_letters, strict=False))
    terms, result = [[letter[i] for i in indices] for indices in given], [letter[i] for i in left]
    return ",".join("..." + "".join(term) for term in terms) + "->..." + "".join(result)


def _multiply(one: FloatArray, other: FloatArray, how: _Pairing) -> FloatArray:
    """Sum the product of two tensors as matrix products."""
    a, b = (
        (tensor.sum(axis=dropped) if dropped else tensor).transpose(axes)
        for tensor, dropped, axes in zip((one, other), how.dropped, how.axes, strict=True)
    )
    batch, rows = 1 + how.n_both, 1 + how.n_both + how.n_rows
    columns = b.shape[batch + how.n_summed :]
    left_matrix = a.reshape(*a.shape[:batch], math.prod(a.shape[batch:rows]), -1)
    right_matrix = b.reshape(*b.shape[:batch], -1, math.prod(columns))
    # Without an index to sum over this is an outer product, which is no work for a matrix product.
    product = left_matrix @ right_matrix if how.n_summed else left_matrix * right_matrix
    return product.reshape(len(product), *a.shape[1:rows], *columns).transpose(how.back)
