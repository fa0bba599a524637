"""Profiles of members of a family at the loci of a linkage group, drawn given what is known of the others."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.contraction import BATCH_BYTES
from homeward.genetics.linkage.contraction import contract_linked
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import GroupRows, group_tensors, loci_of_group, one_row
from homeward.genetics.linkage.network import plan_linked_network
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.simulation.gene_dropping import parents_before_children
from homeward.genetics.simulation.genotypes import Typing, genotype_numbers, typing_of
from homeward.genetics.states import whole_states


def draw_linked_profiles(
    pedigree: Pedigree,
    profiles: Profiles,
    panel: Panel,
    group: LinkageGroup,
    people: Collection[int],
    n_families: int,
    rng: np.random.Generator,
) -> IntArray:
    """Return what everybody shows at the G loci of a linkage group, some members being drawn.

    Members are drawn one after the other, each at all loci of the group at once, from the joint distribution of the
    genotypes given all that is typed and those drawn already.

    Parameters
    ----------
    pedigree, profiles, panel, people, n_families, rng
        As for :func:`~homeward.genetics.simulation.conditional_dropping.draw_profiles`; theta is 0, founders are not
        inbred, and the profiles are possible.
    group : LinkageGroup

    Returns
    -------
    (n_families, n_people, G, 2) int16 array
        Allele codes, the smaller first; as typed, or ``MISSING``, for those who are not drawn.

    Raises
    ------
    TooComplexError
        The table of somebody's genotypes at all loci, or a step to it, does not fit into memory.
    """
    typed = profiles.typed[:, list(group.loci)]
    component = pedigree.components()
    known = one_row(profiles, group)
    alleles, dropin = np.repeat(known.alleles, n_families, axis=0).astype(np.int16), known.dropin.copy()
    chosen = loci_of_group(panel, group)
    for person in parents_before_children(pedigree):
        drawn = np.flatnonzero(~typed[person])
        if person not in people or not len(drawn):
            continue
        typings = [
            None if is_typed else typing_of(locus, int(pedigree.sex[person]), float(dropout))
            for locus, is_typed, dropout in zip(chosen.loci, typed[person], known.dropout[0, person], strict=True)
        ]
        # Families whose members related to this person show the same share one computation.
        related = np.where((component == component[person])[:, None, None], alleles, MISSING)
        _, first, set_of = np.unique(related.reshape(n_families, -1), axis=0, return_index=True, return_inverse=True)
        draws = rng.random(n_families)
        n_outcomes = math.prod(len(locus.alleles) + 1 for locus in chosen.loci) ** 2
        at_once = max(1, BATCH_BYTES // (8 * n_outcomes))
        for start in range(0, len(first), at_once):
            sets = first[start : start + at_once]
            shape = (len(sets), *typed.shape)
            rows = GroupRows(related[sets], np.broadcast_to(known.dropout[0], shape), np.broadcast_to(dropin[0], shape))
            for of_set, reach in enumerate(_reaches(pedigree, chosen, group, rows, person, typings), start=start):
                families = np.flatnonzero(set_of == of_set)
                _show(alleles, person, typings, families, np.searchsorted(reach, draws[families], side="right"))
        dropin[0, person, drawn] = 0.0
    return alleles


def _reaches(
    pedigree: Pedigree,
    panel: Panel,
    group: LinkageGroup,
    rows: GroupRows,
    person: int,
    typings: Sequence[Typing | None],
) -> list[FloatArray]:
    """Return for each row the cumulative probabilities of all that typing a person can show at the loci together."""
    reaches: list[FloatArray] = [np.empty(0)] * len(rows.alleles)
    for of_one_form, tensors, shape in group_tensors(pedigree, whole_states(panel), rows, open_person=person):
        values, _ = contract_linked(plan_linked_network(shape), tensors, group.fractions)
        has_one = shape.has_one_allele(person)
        for row, value in zip(of_one_form, values, strict=True):
            table = value
            for typing, n in zip(typings, shape.n_states, strict=True):
                table = _next_locus(table, typing, n, has_one=has_one)
            reach = np.cumsum(table)
            reaches[int(row)] = reach / reach[-1]
    return reaches


def _next_locus(table: FloatArray, typing: Typing | None, n: int, *, has_one: bool) -> FloatArray:
    """Replace the leading axes, the alleles at a locus, by one behind all others: what is shown; none if None."""
    axes = (0,) if has_one else (0, 1)
    if typing is None:
        return np.asarray(table.sum(axis=axes))
    code = np.arange(n)
    genotypes = np.stack([code, code], axis=-1) if has_one else np.stack(np.meshgrid(code, code), axis=-1)
    return np.tensordot(table, typing.showing[genotype_numbers(genotypes)], axes=(axes, axes))


def _show(
    alleles: IntArray, person: int, typings: Sequence[Typing | None], families: IntArray, outcome: IntArray
) -> None:
    """Write down what a person shows in some families, given the number of the outcome at all drawn loci together."""
    drawn = [(locus, typing) for locus, typing in enumerate(typings) if typing is not None]
    shown = np.unravel_index(outcome, [len(typing) for _, typing in drawn])
    for (locus, typing), at in zip(drawn, shown, strict=True):
        alleles[families, person, locus] = typing.shown[at]
