"""The numbers in the network of a linkage group, and their sum, for a batch of rows at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.contraction import BATCH_BYTES, TooComplexError, check_size, contract_tensors
from homeward.genetics.linkage.coins import ChainKind
from homeward.genetics.linkage.network import AlleleFactor, CoinFactor, LinkedNetwork
from homeward.genetics.linkage.recombination import combined_fraction
from homeward.genetics.network import Phases


@dataclass(frozen=True, slots=True, eq=False)
class LocusTensors:
    """What R rows have at one locus of the group, n allele states.

    frequencies: (R, n) float64.
    female, male: (R, n, n) float64 transmission matrices by sex of the parent.
    phases: of every typed person with few genotypes.
    weights: (R, n, n) float64 by (paternal, maternal allele) for every other typed person.
    """

    frequencies: FloatArray
    female: FloatArray
    male: FloatArray
    phases: Mapping[int, Phases]
    weights: Mapping[int, FloatArray]

    def rows(self, rows: slice) -> LocusTensors:
        """Return some of the rows."""
        return LocusTensors(
            self.frequencies[rows],
            self.female[rows],
            self.male[rows],
            {i: Phases(p.paternal[rows], p.maternal[rows], p.weight[rows]) for i, p in self.phases.items()},
            {i: weights[rows] for i, weights in self.weights.items()},
        )


def contract_linked(
    network: LinkedNetwork, loci: Sequence[LocusTensors], fractions: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Contract R rows of one shape.

    Parameters
    ----------
    network : LinkedNetwork
    loci : sequence of LocusTensors
        Along the chromosome.
    fractions : (2, n_loci - 1) float64 array
        Recombination fractions between neighbouring loci in male and in female meioses.

    Returns
    -------
    (R, *open indices) float64 array, (R,) float64 array
        Value and log10 of its scale: the likelihood is value * 10**scale.

    Raises
    ------
    TooComplexError
        The order of contraction needs a tensor of more than ``LARGEST_TENSOR`` entries.
    """
    n_rows = len(loci[0].frequencies)
    largest = _check_size(network)
    rows_at_once = max(1, BATCH_BYTES // (8 * largest))
    coins = [(_coin_tensor(factor, fractions)[None], factor.indices) for factor in network.coins]
    parts = []
    for start in range(0, n_rows, rows_at_once):
        chosen = [locus.rows(slice(start, start + rows_at_once)) for locus in loci]
        tensors = [(_allele_tensor(factor, chosen[factor.locus]), factor.indices) for factor in network.alleles]
        parts.append(contract_tensors([*tensors, *coins], network.steps, network.results, network.output, rescale=True))
    values, scales = zip(*parts, strict=True)
    return np.concatenate(values), np.concatenate(scales)


def _check_size(network: LinkedNetwork) -> int:
    try:
        return check_size(network.tensors, network.size, 0)
    except TooComplexError as error:
        raise TooComplexError(f"{error} Or leave out one of the linked loci, or linkage.") from None


def _coin_tensor(factor: CoinFactor, fractions: FloatArray) -> FloatArray:
    if factor.kind == "first":
        return np.array([0.5, 0.5])
    r = combined_fraction(fractions[int(factor.is_mother), factor.between[0] : factor.between[1]].tolist())
    if factor.kind == "reference":
        return np.array([1.0 - r, r])
    if factor.chain is ChainKind.RELATIVE:
        # It changes if one of the two meioses recombines and the other does not.
        r = combined_fraction((r, r))
    step = np.array([[1.0 - r, r], [r, 1.0 - r]])
    return step if factor.chain is not ChainKind.SHARED else np.stack([step, step[::-1]], axis=2)


def _allele_tensor(factor: AlleleFactor, locus: LocusTensors) -> FloatArray:
    """Return one tensor with the batch as its first axis."""
    if factor.kind == "observed":
        return locus.phases[factor.person].weight
    if factor.kind == "weighed":
        table = locus.weights[factor.person]
        return table if len(factor.indices) == 2 else np.diagonal(table, axis1=1, axis2=2)
    own = locus.phases.get(factor.person)
    if factor.kind == "founder":
        if own is None:
            return locus.frequencies
        return np.take_along_axis(locus.frequencies, _allele(own, factor.is_mother), axis=1)
    matrix = locus.female if factor.is_mother else locus.male
    # (R, parent's allele, child): what becomes of each allele of the parent.
    into = matrix
    if own is not None:
        into = np.take_along_axis(matrix, _allele(own, factor.is_mother)[:, None, :], axis=2)
    if factor.kind.endswith("from untyped"):
        given = into.swapaxes(1, 2)
        if factor.passes is None:
            return given
        either = [given, np.ones_like(given)]
        return np.stack(either if factor.passes == 0 else either[::-1], axis=1)
    parent = locus.phases[factor.parent]
    passed = [_rows(into, alleles) for alleles in (parent.paternal, parent.maternal)]
    if factor.passes is not None:
        return passed[factor.passes]
    return np.stack(passed, axis=1)


def _allele(phases: Phases, is_maternal: bool) -> IntArray:
    return phases.maternal if is_maternal else phases.paternal


def _rows(matrix: FloatArray, alleles: IntArray) -> FloatArray:
    """(R, child, K): row alleles[r, k] of each row's matrix, as columns."""
    return np.take_along_axis(matrix, alleles[:, :, None], axis=1).swapaxes(1, 2)
