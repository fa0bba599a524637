"""What each family says of each genotype of the person it seeks: tables of log10 LR, stored compactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from homeward.core.arrays import BoolArray, IntArray

Float32Array = NDArray[np.float32]

EVERYBODY = slice(None)


@dataclass(frozen=True, slots=True, eq=False)
class ConditionedTables:
    """log10 LR of every genotype of M people sought, at L loci.

    H1: a sample comes from the person sought, whose relatives have the profiles on file. H2: it comes from somebody
    unrelated. Alleles that cannot be told apart by a family share a state there.

    first_allele: (L + 1,) where the alleles of each locus begin among the alleles of all loci.
    state_of: (M, all alleles) uint16, the state of each allele.
    start: (M, L) int64, where the table of a locus begins in ``values``.
    values: (n,) float32, log10 LR of unordered pairs of states; states i <= j stand at j (j + 1) / 2 + i; -inf where
        the genotype is impossible.
    expected: (M, L) float32, expected log10 LR of a sample that does come from the person sought.
    compared: (M, L) whether a blood relative is typed there.
    impossible: (M, L) whether the family's own profiles contradict its pedigree there.
    """

    first_allele: IntArray
    state_of: IntArray
    start: IntArray
    values: Float32Array
    expected: Float32Array
    compared: BoolArray
    impossible: BoolArray

    def __len__(self) -> int:
        return len(self.state_of)

    @property
    def sizes(self) -> IntArray:
        """(M, L): number of values of each table; they lie one behind the other."""
        return np.diff(self.start.ravel(), append=len(self.values)).reshape(self.start.shape)

    @property
    def n_bytes(self) -> int:
        """Memory that the tables take."""
        return sum(array.nbytes for array in (self.state_of, self.start, self.values, self.expected, self.compared))

    def genotype_values(self, locus: int, low: IntArray, high: IntArray, people: slice = EVERYBODY) -> Float32Array:
        """Return the log10 LR of g genotypes at one locus for some of the people sought.

        Parameters
        ----------
        locus : int
        low, high : (g,) int arrays
            Allele codes, in either order.
        people : slice
            Positions; everybody if not given.

        Returns
        -------
        (g, people) float32 array
        """
        alleles = slice(self.first_allele[locus], self.first_allele[locus + 1])
        states = np.ascontiguousarray(self.state_of[people, alleles].T)
        one, other = states[low].astype(np.int32), states[high].astype(np.int32)
        upper = np.maximum(one, other)
        # 32-bit places are half the work; only tables of over two thousand million values need more.
        start = self.start[people, locus].astype(np.int32 if len(self.values) < 2**31 else np.int64)
        chosen: Float32Array = np.take(self.values, (upper * (upper + 1) >> 1) + np.minimum(one, other) + start)
        return chosen


def size_of_table(n_states: IntArray) -> IntArray:
    """Return the number of unordered pairs of so many states."""
    return n_states * (n_states + 1) // 2


def join_tables(parts: Sequence[ConditionedTables]) -> ConditionedTables:
    """Return the tables of several parts, one behind the other."""
    lengths = np.cumsum([0, *(len(part.values) for part in parts)])
    return ConditionedTables(
        first_allele=parts[0].first_allele,
        state_of=np.concatenate([part.state_of for part in parts]),
        start=np.concatenate([part.start + offset for part, offset in zip(parts, lengths, strict=False)]),
        values=np.concatenate([part.values for part in parts]),
        expected=np.concatenate([part.expected for part in parts]),
        compared=np.concatenate([part.compared for part in parts]),
        impossible=np.concatenate([part.impossible for part in parts]),
    )


def choose_tables(tables: ConditionedTables, chosen: IntArray) -> ConditionedTables:
    """Return the tables of some people sought, in the order in which they are named."""
    sizes = tables.sizes[chosen]
    length = sizes.sum(axis=1)
    ends = np.cumsum(length)
    # Places within the chosen values, shifted to where each person's values lie now.
    shift = np.repeat(tables.start[chosen, 0] - (ends - length), length)
    return ConditionedTables(
        first_allele=tables.first_allele,
        state_of=tables.state_of[chosen],
        start=(np.cumsum(sizes) - sizes.ravel()).reshape(sizes.shape),
        values=tables.values[np.arange(len(shift)) + shift],
        expected=tables.expected[chosen],
        compared=tables.compared[chosen],
        impossible=tables.impossible[chosen],
    )
