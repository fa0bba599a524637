"""Profiles of members of a family, drawn given what is known of the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.many_rows import LocusObservations, rows_genotype_tables
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex, lineage
from homeward.genetics.profiles import Profiles
from homeward.genetics.simulation.gene_dropping import (
    Transmission,
    drop_genes,
    hemizygous,
    parents_before_children,
    silent_codes,
)
from homeward.genetics.simulation.genotypes import Typing, genotype_numbers, typing_at, unordered
from homeward.genetics.simulation.observation import drop_out


def draw_profiles(
    pedigree: Pedigree,
    profiles: Profiles,
    panel: Panel,
    people: Sequence[int],
    n_families: int,
    rng: np.random.Generator,
) -> IntArray:
    """Return profiles of some members of a family, drawn many times given the profiles of the typed members.

    The draws are exact: the members are drawn one after the other, each from the distribution of the genotype given
    all that is typed and those drawn already, and each is then seen as typing shows it. Families in which the same was
    drawn so far share one computation. At a locus where nobody is typed this is gene dropping.

    Parameters
    ----------
    pedigree : Pedigree
        Of the family; loops are allowed.
    profiles : Profiles
        Row i belongs to person i. Of a person to be drawn, ``dropout`` says how likely an allele will not be seen.
    panel : Panel
        n_loci loci, taken as unlinked; their mutation models are honoured.
    people : sequence of int
        Positions of those to be drawn. At a locus where one of them is typed, the profile is kept as it is.
    n_families : int
        How often to draw, independently.
    rng : numpy.random.Generator
        Only its ``random`` is used, so that a seed gives the same draws with other versions of NumPy.

    Returns
    -------
    (n_families, len(people), n_loci, 2) int16 array
        Allele codes as a profile shows them, the smaller first; ``MISSING`` in both places where nothing is seen.

    Raises
    ------
    InputError
        The profiles are impossible under the pedigree at some loci; or the engine refuses the panel.
    TooComplexError
        The pedigree cannot be computed in memory.
    """
    check_possible(pedigree, profiles, panel, where="the typed members")
    drawn = np.empty((n_families, len(people), len(panel), 2), dtype=np.int16)
    nobody_typed = ~profiles.typed.any(axis=0)
    if nobody_typed.any():
        part = replace(panel, loci=tuple(panel.loci[i] for i in np.flatnonzero(nobody_typed)))
        genotypes = drop_genes(pedigree, part, n_families, rng)[:, list(people)]
        drawn[:, :, nobody_typed] = drop_out(
            genotypes,
            profiles.dropout[list(people)][:, nobody_typed],
            rng,
            silent=silent_codes(part),
            hemizygous=hemizygous(pedigree, part)[list(people)],
        )
    for locus in np.flatnonzero(~nobody_typed):
        family = _KnownAtLocus(pedigree, profiles, replace(panel, loci=(panel.loci[locus],)), int(locus), n_families)
        for person in parents_before_children(pedigree):
            if person in people and not profiles.typed[person, locus]:
                family.draw(person, rng)
        drawn[:, :, locus] = family.alleles[:, list(people)]
    return drawn


def check_possible(pedigree: Pedigree, profiles: Profiles, panel: Panel, *, where: str) -> None:
    """Raise InputError if the profiles are impossible under the pedigree; it names the loci."""
    impossible = np.flatnonzero(pedigree_log10_likelihood(pedigree, profiles, panel) == -np.inf)
    if len(impossible):
        loci = ", ".join(panel.names[i] for i in impossible)
        raise InputError(
            Problem(
                what=f"The profiles that are there are impossible at {loci}: none can be drawn to go with them.",
                where=where,
                fix="Correct the pedigree or the profiles, or give these loci a mutation model that allows it.",
            )
        )


class _KnownAtLocus:
    """What is known of everybody at one locus in each of n families; grows as people are drawn."""

    def __init__(self, pedigree: Pedigree, profiles: Profiles, panel: Panel, at: int, n_families: int) -> None:
        self.pedigree = pedigree
        self.panel = panel
        (self.locus,) = panel.loci
        # All founders of one subpopulation hang together.
        self.component = np.zeros(len(pedigree), dtype=np.intp) if panel.theta else pedigree.components()
        female, male = self.locus.transmission()
        self.transmissions = (Transmission(male), Transmission(female))
        self.dropout, self.dropin = profiles.dropout[:, at], profiles.dropin[:, at].copy()
        self.alleles = np.repeat(profiles.alleles[None, :, at], n_families, axis=0)
        self.known: BoolArray = profiles.typed[:, at].copy()
        # Families whose drawn members of one component show the same are one group.
        self.group = np.zeros((int(self.component.max()) + 1, n_families), dtype=np.int64)

    def draw(self, person: int, rng: np.random.Generator) -> None:
        """Draw a person in every family, who counts as known from then on."""
        if self._only_parents_matter(person):
            self.alleles[:, person] = self._from_parents(person, rng)
        else:
            self.alleles[:, person] = self._given_all(person, rng.random(len(self.alleles)))
        self.known[person], self.dropin[person] = True, 0.0
        shown = genotype_numbers(self.alleles[:, person])
        codes = self.group[self.component[person]] * (shown.max() + 2) + shown + 1
        self.group[self.component[person]] = np.unique(codes, return_inverse=True)[1]

    def _only_parents_matter(self, person: int) -> bool:
        """Whether both parents are known exactly and nothing is known of any descendant or twin."""
        parents = self.pedigree.parent_rows
        is_plain = self.locus.silent_code is None and not self.locus.is_x_linked and not self.pedigree.twins
        is_exact = all(
            p != FOUNDER and self.known[p] and self.dropout[p] == self.dropin[p] == 0 for p in parents[person]
        )
        known = map(int, np.flatnonzero(self.known))
        return is_plain and is_exact and not any(person in lineage(parents, other) for other in known)

    def _from_parents(self, person: int, rng: np.random.Generator) -> IntArray:
        passed_on = [
            transmission.draw(self.alleles[:, parent], rng)
            for parent, transmission in zip(self.pedigree.parents[person], self.transmissions, strict=True)
        ]
        return drop_out(np.stack(passed_on, axis=1)[:, None, None], self.dropout[[person], None], rng)[:, 0, 0]

    def _given_all(self, person: int, draws: FloatArray) -> IntArray:
        group = self.group[self.component[person]]
        _, first = np.unique(group, return_index=True)
        families_of = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group))[:-1])
        rows = self.alleles[first].copy()
        rows[:, self.component != self.component[person]] = MISSING
        shape = rows.shape[:2]
        observed = LocusObservations(rows, np.broadcast_to(self.dropout, shape), np.broadcast_to(self.dropin, shape))
        typing = typing_of(self.locus, int(self.pedigree.sex[person]), float(self.dropout[person]))
        drawn = np.empty((len(draws), 2), dtype=np.int16)
        for part in rows_genotype_tables(self.pedigree, self.panel, observed, person):
            reach = np.cumsum(unordered(part.values) @ typing.showing, axis=1)
            for row, reach_of_row in zip(part.rows, reach / reach[:, -1:], strict=True):
                families = families_of[row]
                drawn[families] = typing.shown[np.searchsorted(reach_of_row, draws[families], side="right")]
        return drawn


def typing_of(locus: Locus, sex: int, dropout: float = 0.0) -> Typing:
    """Return what typing a person of some sex can show at a locus."""
    is_hemizygous = locus.is_x_linked and sex == Sex.MALE
    has_silent = locus.silent_code is not None
    return typing_at(len(locus.alleles), dropout, has_silent=has_silent, is_hemizygous=is_hemizygous)
