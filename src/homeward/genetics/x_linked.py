"""X-linked loci: who can be computed there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import ProblemLog
from homeward.genetics.alleles import MISSING
from homeward.genetics.network import relevant_people
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles


def check_x_linked(pedigree: Pedigree, alleles: IntArray, open_people: Sequence[int] = ()) -> None:
    """Raise InputError unless everybody who matters has a sex, and every male one allele.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    alleles : (R, n, 2) int array
        Allele codes of R rows, each at an X-linked locus.
    open_people : sequence of int
        Untyped people whose genotype is asked for.
    """
    log = ProblemLog()
    typed = alleles[:, :, 0] != MISSING
    observed = np.flatnonzero(typed.any(axis=0)).tolist()
    for person in relevant_people(pedigree.parent_rows, [*observed, *open_people]):
        if pedigree.sex[person] == Sex.UNKNOWN:
            log.add(
                f"The sex of '{pedigree.ids[person]}' is not known, and the case has X-linked loci.",
                where=f"person {pedigree.ids[person]}",
                fix="Give the sex, or leave the X-linked loci out.",
            )
    two = typed & (alleles[:, :, 1] != MISSING) & (alleles[:, :, 0] != alleles[:, :, 1])
    for person in np.flatnonzero(two.any(axis=0) & (pedigree.sex == Sex.MALE)).tolist():
        log.add(
            f"'{pedigree.ids[person]}' is male but has two different alleles at an X-linked locus.",
            where=f"person {pedigree.ids[person]}",
            fix="A male carries one allele there: check the typing, the sex and the chromosome of the locus.",
        )
    log.raise_if_any()


def check_males(profiles: Profiles, panel: Panel, log: ProblemLog, *, where: str) -> None:
    """Note every male with two different alleles at an X-linked locus."""
    first, second = profiles.alleles[:, :, 0], profiles.alleles[:, :, 1]
    on_x = np.array([locus.is_x_linked for locus in panel.loci], dtype=bool)
    wrong = on_x & (first != second) & (second != MISSING) & (profiles.sex == Sex.MALE)[:, None]
    for row, locus in np.argwhere(wrong):
        pair = "/".join(profiles.genotype(int(row), int(locus), panel) or ())
        log.add(
            f"'{profiles.ids[row]}' is male but has two different alleles, {pair}, at the X-linked locus "
            f"{panel.loci[locus].name}.",
            where=f"{where}, {profiles.ids[row]}, locus {panel.loci[locus].name}",
            fix="A male carries one allele there: check the typing, the sex and the chromosome of the locus.",
        )
