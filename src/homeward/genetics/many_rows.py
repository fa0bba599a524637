"""Likelihoods and genotype tables of many observations of one pedigree, all at one locus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.batches import LocusRows, contract_rows
from homeward.genetics.likelihood import batch_log10_likelihood, founders_of, members_at
from homeward.genetics.merged_rows import draws_afresh, merge_unseen
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
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
    pedigree: Pedigree, panel: Panel, observed: LocusObservations, *, mutation: bool = True
) -> FloatArray:
    """Return (R,) log10 likelihoods of R sets of observations at the one locus of a panel.

    Alleles that a row does not show are merged into one state where the mutation models allow it, row by row.
    ``mutation`` False switches mutation off: -inf then marks a Mendelian inconsistency.
    """
    (locus,) = panel.loci
    at = np.zeros(len(observed), dtype=np.intp)
    is_plain = locus.silent_code is None and not locus.is_x_linked and not panel.theta and not observed.dropin.any()
    if not is_plain or (mutation and not draws_afresh(locus)):
        states = (every_state(panel, mutation=mutation),)
        return batch_log10_likelihood(pedigree, states, at, observed.alleles, observed.dropout, dropin=observed.dropin)
    log10_likelihood = np.zeros(len(observed))
    merged = merge_unseen(panel, at, observed.alleles, mutation=mutation)
    members = members_at(pedigree, (), observed.alleles, np.zeros(0, dtype=np.intp))
    founders = founders_of(pedigree, ())
    for part in contract_rows(members, merged, observed.alleles, observed.dropout, founders=founders):
        log10_likelihood[part.rows] = part.log10_values
    return log10_likelihood


def rows_genotype_tables(
    pedigree: Pedigree, panel: Panel, observed: LocusObservations, person: int
) -> Iterator[TableRows]:
    """Yield the joint likelihood of R sets of observations and an ordered genotype of one untyped person.

    The panel has one locus. Every allele of the locus is a state of its own; the silent allele is the last.
    """
    states = (every_state(panel),)
    at = np.zeros(len(observed), dtype=np.intp)
    n = len(states[0])
    for part in contract_rows(
        members_at(pedigree, states, observed.alleles, at, [person]),
        LocusRows(states, at),
        observed.alleles,
        observed.dropout,
        dropin=observed.dropin,
        open_person=person,
        founders=founders_of(pedigree, states),
    ):
        yield TableRows(part.rows, part.values[:, :n, :n], part.log10_scale)


def every_state(panel: Panel, *, mutation: bool = True) -> LocusStates:
    """Return the states of the one locus of a panel when every allele is one of its own."""
    (locus,) = panel.loci
    return replace(locus_states(locus, range(len(locus.alleles)), mutation=mutation), theta=panel.theta)
