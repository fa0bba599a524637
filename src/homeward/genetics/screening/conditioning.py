"""Conditioning in batches: all families of one shape and all loci together."""

from __future__ import annotations

from collections.abc import Sequence

from homeward.genetics.alleles import MISSING
from homeward.genetics.batches import contract_rows
from homeward.genetics.panel import Panel
from homeward.genetics.screening.drafting import TableDraft
from homeward.genetics.screening.rows import FamilyRows, leaves_unseen_alleles_alike, observed, split_rows
from homeward.genetics.screening.shapes import ShapeGroup, Sought, group_by_shape
from homeward.genetics.screening.tables import ConditionedTables
from homeward.genetics.states import whole_states


def condition(panel: Panel, sought: Sequence[Sought]) -> ConditionedTables:
    """Return what the relatives of M people sought say of every genotype, at all loci.

    One order of contraction is found for each shape of family and pattern of typed relatives, and all families and loci
    that share it are contracted in one batch. At loci without mutation, or with the proportional model, alleles that
    no member of a family shows share a state; under other models, and where the parents of the person sought
    are related, every allele keeps its own.

    Parameters
    ----------
    panel : Panel
    sought : sequence of Sought
        Each with a family whose profiles follow the panel.

    Returns
    -------
    ConditionedTables
        In the order of ``sought``. Tables of loci that the family's own profiles contradict hold 0.

    Raises
    ------
    InputError
        The panel asks for theta above 0, or a mutation model is unusable.
    TooComplexError
        A pedigree cannot be computed in memory.
    """
    whole = whole_states(panel)
    draft = TableDraft(panel, len(sought))
    parts: list[tuple[ShapeGroup, FamilyRows]] = []
    for group in group_by_shape(sought):
        alleles, dropout = observed(group, sought)
        typed = (alleles != MISSING).all(axis=3)
        draft.compared[group.members] = typed[:, :, group.shape.is_relative].any(axis=2)
        alike = leaves_unseen_alleles_alike(panel, group.shape)
        for rows in split_rows(panel, whole, alike, alleles, dropout, typed.any(axis=2) | ~alike):
            draft.set_states(group.members[rows.member], rows.locus, rows.states.n_states, rows.state_of)
            parts.append((group, rows))
    filling = draft.begin()
    for group, rows in parts:
        for part in contract_rows(
            group.shape.parents, rows.states, rows.alleles, rows.dropout, open_person=group.shape.sought
        ):
            members = group.members[rows.member[part.rows]]
            filling.put(members, rows.locus[part.rows], part.values, part.frequencies)
    return filling.tables
