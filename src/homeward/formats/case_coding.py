"""From the profiles of a case folder as read to profiles of allele codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.formats.case_owners import Owners
from homeward.formats.case_people import PersonLine
from homeward.formats.case_profiles import NOTHING_SEEN, ONE_ALLELE, OwnedProfiles
from homeward.formats.case_samples import Individual
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import Profiles, make_profiles

UNTYPED = -1
"""The row of somebody who owns no profile: the last one."""


@dataclass(frozen=True, slots=True, eq=False)
class CodedProfiles:
    """The genotypes of every owner as codes of the panel; one more row, at the end, is untyped.

    owners: whose row is which.
    alleles: (n_owners + 1, n_loci, 2) int16 allele codes in ascending order; ``MISSING`` where untyped, and in the
        second place where one of two alleles could not be read.
    dropout, dropin: (n_owners + 1, n_loci) float64 probabilities of the genotype, in [0, 1).
    """

    owners: Owners
    alleles: IntArray
    dropout: FloatArray
    dropin: FloatArray

    def of_family(self, family: str, ids: Sequence[str], sexes: Sequence[Sex]) -> Profiles:
        """Return one row for each person of a family or hypothesis."""
        people = self.owners.people
        return self._rows(ids, sexes, [people.get((family, name), UNTYPED) for name in ids])

    def of_elimination(self, lines: Sequence[PersonLine]) -> Profiles:
        """Return one row for each elimination profile."""
        ids, sexes = [line.name for line in lines], [line.sex or Sex.UNKNOWN for line in lines]
        return self._rows(ids, sexes, [self.owners.elimination[name] for name in ids])

    def of_individuals(self, individuals: Sequence[Individual]) -> Profiles:
        """Return one row for each individual, put together from the profiles of its samples."""
        n_loci = self.alleles.shape[1]
        rows = np.full((len(individuals), n_loci), UNTYPED, dtype=np.intp)
        dropout, dropin = np.zeros(rows.shape), np.zeros(rows.shape)
        for i, individual in enumerate(individuals):
            for locus, (row, *rates) in individual.loci.items():
                rows[i, locus], (dropout[i, locus], dropin[i, locus]) = row, rates
        return make_profiles(
            tuple(individual.name for individual in individuals),
            n_loci,
            sex=np.array([individual.sex for individual in individuals], dtype=np.int8),
            alleles=self.alleles[rows, np.arange(n_loci)],
            dropout=dropout,
            dropin=dropin,
        )

    def _rows(self, ids: Sequence[str], sexes: Sequence[Sex], rows: Sequence[int]) -> Profiles:
        """Return some of the rows under their names."""
        chosen = np.array(rows, dtype=np.intp)
        return make_profiles(
            tuple(ids),
            self.alleles.shape[1],
            sex=np.array(sexes, dtype=np.int8),
            alleles=self.alleles[chosen],
            dropout=self.dropout[chosen],
            dropin=self.dropin[chosen],
        )


def code_owned_profiles(profiles: OwnedProfiles, panel: Panel) -> CodedProfiles:
    """Return the genotypes as codes of the panel, which has every locus and allele of them."""
    n_alleles = max((len(alleles) for alleles in profiles.alleles), default=0)
    code_of = np.full((len(panel), n_alleles + 1), MISSING, dtype=np.int16)
    for i, (locus, alleles) in enumerate(zip(panel.loci, profiles.alleles, strict=True)):
        codes = {allele: code for code, allele in enumerate(locus.alleles)}
        code_of[i, : len(alleles)] = [codes[allele] for allele in alleles]
    written = profiles.codes.copy()
    written[:, :, 1] = np.where(written[:, :, 1] == ONE_ALLELE, written[:, :, 0], written[:, :, 1])
    # Codes below 0 stand for the last place in each row, which is never an allele.
    found = code_of[np.arange(len(panel))[:, np.newaxis], np.maximum(written, MISSING)]
    silent = np.array([len(locus.alleles) for locus in panel.loci], dtype=np.int16)
    found = np.where(written == NOTHING_SEEN, silent[:, np.newaxis], found)
    n_owners = len(profiles.owners)
    coded = np.full((n_owners + 1, len(panel), 2), MISSING, dtype=np.int16)
    is_partial = (written[:, :, 0] != MISSING) & (written[:, :, 1] == MISSING)
    coded[:n_owners] = np.where(is_partial[:, :, np.newaxis], found, np.sort(found, axis=2))
    dropout, dropin = (np.zeros((n_owners + 1, len(panel))) for _ in range(2))
    for rates, stated in ((dropout, profiles.dropout), (dropin, profiles.dropin)):
        rates[:n_owners] = np.nan_to_num(stated, nan=0.0)
    return CodedProfiles(profiles.owners, coded, dropout, dropin)
