"""Some loci of some families of one shape as rows, each with the allele states that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.batches import LocusRows, RowStates
from homeward.genetics.merged_rows import draws_afresh, merge_unseen
from homeward.genetics.panel import Panel
from homeward.genetics.screening.shapes import Shape, ShapeGroup, Sought
from homeward.genetics.states import LocusStates


@dataclass(frozen=True, slots=True, eq=False)
class FamilyRows:
    """R rows, each one locus of one family.

    member, locus: (R,) whose row it is, and which locus.
    alleles, dropout: (R, n, 2) and (R, n), of the people of the shape.
    states: of the rows.
    state_of: (R, n_alleles) state of each allele code.
    """

    member: IntArray
    locus: IntArray
    alleles: IntArray
    dropout: FloatArray
    states: RowStates
    state_of: IntArray


def leaves_unseen_alleles_alike(panel: Panel, shape: Shape) -> BoolArray:
    """(L,): where unseen alleles are alike: each is that of the person sought in proportion to its frequency.

    There a locus that nobody is typed at has an LR of 1. It need not have one under other mutation models, which change
    the frequencies from parents to children, or where the parents are related, so that homozygotes are more frequent.
    """
    return np.array([draws_afresh(locus) and not shape.is_inbred for locus in panel.loci])


def observed(group: ShapeGroup, sought: Sequence[Sought]) -> tuple[IntArray, FloatArray]:
    """Return the alleles (m, L, n, 2) and dropout probabilities (m, L, n) of the people of a group."""
    profiles = [sought[member].family.profiles for member in group.members]
    alleles = np.stack([p.alleles[people] for p, people in zip(profiles, group.people, strict=True)])
    dropout = np.stack([p.dropout[people] for p, people in zip(profiles, group.people, strict=True)])
    return alleles.swapaxes(1, 2), dropout.swapaxes(1, 2)


def split_rows(
    panel: Panel,
    whole: Sequence[LocusStates],
    merges: BoolArray,
    alleles: IntArray,
    dropout: FloatArray,
    chosen: BoolArray,
    *,
    mutation: bool = True,
) -> Iterator[FamilyRows]:
    """Yield the rows in which unseen alleles can share a state, and those in which every allele is a state of its own.

    Parameters
    ----------
    panel : Panel
    whole : sequence of LocusStates
        Every locus with a state for each allele.
    merges : (L,) bool array
        At which loci unseen alleles share a state.
    alleles, dropout : (m, L, n, 2) and (m, L, n) arrays
        Of m families of one shape.
    chosen : (m, L) bool array
        Which rows are wanted.
    mutation : bool
        False switches mutation off at the loci that merge.
    """
    width = max(len(locus.alleles) for locus in panel.loci)
    for merged in (True, False):
        member, locus = np.nonzero(chosen & (merges == merged))
        if not len(member):
            continue
        shown, hidden = alleles[member, locus], dropout[member, locus]
        if merged:
            states = merge_unseen(panel, locus, shown, mutation=mutation)
            yield FamilyRows(member, locus, shown, hidden, states, states.state_of)
        else:
            own = np.broadcast_to(np.arange(width), (len(member), width))
            yield FamilyRows(member, locus, shown, hidden, LocusRows(whole, locus), own)
