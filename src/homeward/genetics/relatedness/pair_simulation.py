"""Profiles of pairs simulated under given identity coefficients, and how unusual a real pair is among them."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.relatedness.identity import N_STATES, PARTITIONS, condensed_state

_REPRESENTATIVE = {condensed_state(partition): partition for partition in reversed(PARTITIONS)}


def simulate_pairs(panel: Panel, delta: FloatArray, n_pairs: int, rng: np.random.Generator) -> Profiles:
    """Return 2 n profiles, those of one pair behind each other, under condensed identity coefficients.

    Unlinked loci; founder genes in Hardy-Weinberg proportions, or by theta copies of each other; no mutation, no
    dropout.

    Parameters
    ----------
    panel : Panel
    delta : (9,) float64 array
        Probabilities of Jacquard's condensed identity states.
    n_pairs : int
    rng : Generator
        Only ``rng.random()`` is drawn from.
    """
    blocks_of = np.array([_REPRESENTATIVE[state] for state in range(N_STATES)])
    cumulative = np.cumsum(delta) / np.sum(delta)
    alleles = np.empty((n_pairs, 4, len(panel)), dtype=np.int16)
    for i, locus in enumerate(panel.loci):
        state = np.searchsorted(cumulative, rng.random(n_pairs), side="right")
        founders = _draw_founders(np.append(locus.frequencies, locus.silent_frequency), panel.theta, n_pairs, rng)
        alleles[:, :, i] = np.take_along_axis(founders, blocks_of[np.minimum(state, N_STATES - 1)], axis=1)
    genotypes = np.sort(alleles.reshape(n_pairs * 2, 2, len(panel)).swapaxes(1, 2), axis=2)
    # Beside another allele the silent one, which has the highest code, is not seen.
    silent = np.array([len(locus.alleles) for locus in panel.loci])
    genotypes[:, :, 1] = np.where(genotypes[:, :, 1] == silent, genotypes[:, :, 0], genotypes[:, :, 1])
    return make_profiles(tuple(map(str, range(2 * n_pairs))), len(panel), alleles=genotypes)


def _draw_founders(frequencies: FloatArray, theta: float, n: int, rng: np.random.Generator) -> IntArray:
    """(n, 4): four genes of one sub-population in each row; with theta a later one may be a copy of an earlier one."""
    cumulative = np.cumsum(frequencies) / np.sum(frequencies)
    genes = np.searchsorted(cumulative, rng.random((n, 4)), side="right")
    if theta > 0:
        for drawn in range(1, 4):
            is_copy = rng.random(n) < drawn * theta / (1.0 - theta + drawn * theta)
            source = np.minimum((rng.random(n) * drawn).astype(np.intp), drawn - 1)
            genes[is_copy, drawn] = genes[is_copy, source[is_copy]]
    return genes
