"""Likelihoods and genotype tables of many observations of one pedigree, each at one locus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.batches import LocusRows, contract_rows
from homeward.genetics.likelihood import batch_log10_likelihood
from homeward.genetics.merged_rows import draws_afresh, merge_unseen
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.states import LocusStates, locus_states


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Genotype tables of r rows.

    rows: (r,) positions.
    values: (r, n, n) float64, P(observations, paternal allele, maternal allele) = value * 10**scale.
    log10_scale: (r,) float64.
    """

    rows: IntArray
    values: FloatArray
    log10_scale: FloatArray


def rows_log10_likelihood(
    pedigree: Pedigree, locus: Locus, alleles: IntArray, dropout: FloatArray, *, mutation: bool = True
) -> FloatArray:
    """Return (R,) log10 likelihoods of R sets of observations at one locus.

    Alleles that a row does not show are merged into one state where the mutation models allow it, row by row.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    locus : Locus
    alleles : (R, n, 2) int array
        Allele codes, ``MISSING`` where untyped.
    dropout : (R, n) float64 array
        Dropout probability of each observation.
    mutation : bool
        False switches mutation off: -inf then marks a Mendelian inconsistency.
    """
    at = np.zeros(len(alleles), dtype=np.intp)
    if mutation and not draws_afresh(locus):
        return batch_log10_likelihood(pedigree, (every_state(locus),), at, alleles, dropout)
    log10_likelihood = np.zeros(len(alleles))
    states = merge_unseen(Panel((locus,)), at, alleles, mutation=mutation)
    for part in contract_rows(pedigree.parent_rows, states, alleles, dropout):
        log10_likelihood[part.rows] = part.log10_values
    return log10_likelihood


def rows_genotype_tables(
    pedigree: Pedigree, locus: Locus, alleles: IntArray, dropout: FloatArray, person: int, *, mutation: bool = True
) -> Iterator[TableRows]:
    """Yield the joint likelihood of R sets of observations at one locus and an ordered genotype of one untyped person.

    Parameters are those of :func:`rows_log10_likelihood`; every allele of the locus is a state of its own.
    """
    states = every_state(locus, mutation=mutation)
    rows = LocusRows((states,), np.zeros(len(alleles), dtype=np.intp))
    n = len(states)
    for part in contract_rows(pedigree.parent_rows, rows, alleles, dropout, open_person=person):
        yield TableRows(part.rows, part.values[:, :n, :n], part.log10_scale)


def every_state(locus: Locus, *, mutation: bool = True) -> LocusStates:
    """Return the states of a locus when every allele is one of its own."""
    return locus_states(locus, range(len(locus.alleles)), mutation=mutation)
