"""Likelihoods and genotype tables of many observations of one pedigree, all at one locus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.batches import LocusRows, contract_rows
from homeward.genetics.likelihood import batch_log10_likelihood, members_at
from homeward.genetics.merged_rows import draws_afresh, merge_unseen
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.refusals import RELATED_FOUNDERS, refuse_unsupported
from homeward.genetics.states import LocusStates, locus_states


@dataclass(frozen=True, slots=True, eq=False)
class LocusObservations:
    """R sets of observations of the n people of a pedigree at one locus.

    alleles: (R, n, 2) int16 codes; ``MISSING`` in both places where untyped.
    dropout, dropin: (R, n) float64, probabilities of each observation.
    """

    alleles: IntArray
    dropout: FloatArray
    dropin: FloatArray

    def __len__(self) -> int:
        return len(self.alleles)


@dataclass(frozen=True, slots=True, eq=False)
class TableRows:
    """Genotype tables of r rows.

    rows: (r,) positions.
    values: (r, n, n) float64, P(observations, paternal allele, maternal allele) = value * 10**scale; the genotype of a
        male at an X-linked locus stands on the diagonal.
    log10_scale: (r,) float64.
    """

    rows: IntArray
    values: FloatArray
    log10_scale: FloatArray


def rows_log10_likelihood(
    pedigree: Pedigree, locus: Locus, observed: LocusObservations, *, mutation: bool = True
) -> FloatArray:
    """Return (R,) log10 likelihoods of R sets of observations at one locus.

    Alleles that a row does not show are merged into one state where the mutation models allow it, row by row.
    ``mutation`` False switches mutation off: -inf then marks a Mendelian inconsistency.
    """
    refuse_unsupported("This sum", Panel((locus,)), (), [pedigree], unsupported=RELATED_FOUNDERS)
    at = np.zeros(len(observed), dtype=np.intp)
    merges = (draws_afresh(locus) or not mutation) and locus.silent_code is None and not locus.is_x_linked
    if not merges or observed.dropin.any():
        states = (every_state(locus, mutation=mutation),)
        return batch_log10_likelihood(pedigree, states, at, observed.alleles, observed.dropout, dropin=observed.dropin)
    log10_likelihood = np.zeros(len(observed))
    merged = merge_unseen(Panel((locus,)), at, observed.alleles, mutation=mutation)
    members = members_at(pedigree, (), observed.alleles, np.zeros(0, dtype=np.intp))
    for part in contract_rows(members, merged, observed.alleles, observed.dropout):
        log10_likelihood[part.rows] = part.log10_values
    return log10_likelihood


def rows_genotype_tables(
    pedigree: Pedigree, locus: Locus, observed: LocusObservations, person: int
) -> Iterator[TableRows]:
    """Yield the joint likelihood of R sets of observations at one locus and an ordered genotype of one untyped person.

    Every allele of the locus is a state of its own; the silent allele is the last.
    """
    refuse_unsupported("This sum", Panel((locus,)), (), [pedigree], unsupported=RELATED_FOUNDERS)
    states = (every_state(locus),)
    at = np.zeros(len(observed), dtype=np.intp)
    n = len(states[0])
    for part in contract_rows(
        members_at(pedigree, states, observed.alleles, at, [person]),
        LocusRows(states, at),
        observed.alleles,
        observed.dropout,
        dropin=observed.dropin,
        open_person=person,
    ):
        yield TableRows(part.rows, part.values[:, :n, :n], part.log10_scale)


def every_state(locus: Locus, *, mutation: bool = True) -> LocusStates:
    """Return the states of a locus when every allele is one of its own."""
    return locus_states(locus, range(len(locus.alleles)), mutation=mutation)
