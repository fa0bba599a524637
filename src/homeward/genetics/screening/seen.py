"""What was seen in the samples: each distinct observation at a locus once, however many samples share it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.observations import observation_phases, plainly_observed
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.screening.tables import EVERYBODY, ConditionedTables, Float32Array


@dataclass(frozen=True, slots=True, eq=False)
class SeenAtLocus:
    """The distinct observations at one locus: first the certain genotypes, then those that leave a choice.

    low, high: (g,) allele codes of every genotype that is or may be behind an observation.
    n_certain: the first of them, which are observations themselves.
    weights: (u, g) sparse float64, P(observation | genotype) P(genotype) of the others; rows sum to one.
    """

    locus: int
    low: IntArray
    high: IntArray
    n_certain: int
    weights: sp.csr_array

    def __len__(self) -> int:
        return self.n_certain + self.weights.shape[0]

    def log10_lr(self, tables: ConditionedTables, people: slice = EVERYBODY) -> Float32Array:
        """Return (observations, people) float32, the log10 LR of each observation; -inf where it is impossible."""
        values = tables.genotype_values(self.locus, self.low, self.high, people)
        if not self.weights.shape[0]:
            return values
        # The LR of an observation is the mean LR of the genotypes behind it, weighted by how likely each is to be.
        with np.errstate(divide="ignore"):
            uncertain = np.log10(self.weights @ np.power(10.0, values.astype(np.float64)))
        return np.concatenate([values[: self.n_certain], uncertain.astype(np.float32)])


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The observations of S samples at L loci.

    loci: the distinct observations at every locus; C in all.
    column: (S, L) int32, which of the C observations a sample shows; C where it is untyped.
    """

    loci: tuple[SeenAtLocus, ...]
    column: IntArray

    @property
    def n_columns(self) -> int:
        """C."""
        return sum(len(at) for at in self.loci)

    def log10_lr(self, tables: ConditionedTables, people: slice = EVERYBODY) -> Float32Array:
        """Return (C + 1, people) float32, the log10 LR of every observation for people sought; the last row is 0."""
        of_loci = [at.log10_lr(tables, people) for at in self.loci]
        return np.concatenate([*of_loci, np.zeros((1, of_loci[0].shape[1]), dtype=np.float32)])


def gather_seen(panel: Panel, samples: Profiles) -> Seen:
    """Return the distinct observations of all samples.

    A heterozygote is certain whatever its dropout probability: both alleles were seen, and the factor (1 - d)^2 is
    the same under both hypotheses. A single allele with d > 0 may hide another.
    """
    column = np.full((len(samples), len(panel)), -1, dtype=np.int32)
    loci = []
    n_columns = 0
    for position, locus in enumerate(panel.loci):
        rows = np.flatnonzero(samples.typed[:, position])
        alleles = np.sort(samples.alleles[rows, position].astype(np.int64), axis=1)
        homozygous = alleles[:, 0] == alleles[:, 1]
        dropout = np.where(homozygous, samples.dropout[rows, position], 0.0)
        probabilities, which = np.unique(dropout, return_inverse=True)
        n_alleles = len(locus.alleles)
        distinct, of_row = np.unique(
            (which * n_alleles + alleles[:, 0]) * n_alleles + alleles[:, 1], return_inverse=True
        )
        which, genotype = np.divmod(distinct, n_alleles**2)
        column[rows, position] = n_columns + of_row
        loci.append(_at_locus(position, locus, np.column_stack(np.divmod(genotype, n_alleles)), probabilities[which]))
        n_columns += len(distinct)
    column[column < 0] = n_columns
    return Seen(tuple(loci), column)


def _at_locus(position: int, locus: Locus, alleles: IntArray, dropout: FloatArray) -> SeenAtLocus:
    """Return the observations at one locus; the certain ones come first."""
    certain = dropout == 0
    phases = observation_phases(plainly_observed(alleles[~certain], dropout[~certain], locus.frequencies))
    likelihood = phases.weight * locus.frequencies[phases.paternal] * locus.frequencies[phases.maternal]
    low, high = np.minimum(phases.paternal, phases.maternal), np.maximum(phases.paternal, phases.maternal)
    pairs, genotype = np.unique(np.column_stack([low.ravel(), high.ravel()]), axis=0, return_inverse=True)
    n_certain, n_uncertain = int(certain.sum()), int((~certain).sum())
    row = np.repeat(np.arange(n_uncertain), phases.weight.shape[1] if n_uncertain else 0)
    weights = sp.csr_array(
        (likelihood.ravel(), (row, n_certain + genotype.ravel())), shape=(n_uncertain, n_certain + len(pairs))
    )
    weights.sum_duplicates()
    weights.eliminate_zeros()
    total: FloatArray = np.asarray(weights.sum(axis=1)).ravel()
    weights.data /= np.repeat(total, np.diff(weights.indptr))
    genotypes = np.concatenate([alleles[certain], pairs])
    return SeenAtLocus(position, genotypes[:, 0], genotypes[:, 1], n_certain, weights)
