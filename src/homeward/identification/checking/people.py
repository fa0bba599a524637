"""Everybody who is checked: the typed members of all families, and the loci that serve for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import IntArray
from homeward.genetics.case import Case, Family
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.profiles import Profiles, make_profiles


@dataclass(frozen=True, slots=True)
class Member:
    """One typed member of a family.

    family: position of the family among those checked.
    position: place in its pedigree.
    """

    family: int
    family_id: str
    id: str
    position: int


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """The typed members of the families checked; row i of the profiles is member i.

    panel: the autosomal loci.
    """

    families: tuple[Family, ...]
    members: tuple[Member, ...]
    profiles: Profiles
    panel: Panel

    def __len__(self) -> int:
        return len(self.members)


def gather_people(case: Case, families: Sequence[Family]) -> People:
    """Return the typed members of these families, with their autosomal loci."""
    autosomal = np.array([i for i, locus in enumerate(case.panel.loci) if is_autosomal(locus)], dtype=np.intp)
    members, rows = [], []
    for f, family in enumerate(families):
        for position in np.flatnonzero(family.profiles.typed[:, autosomal].any(axis=1)):
            members.append(Member(f, family.id, family.pedigree.ids[position], int(position)))
            rows.append(choose_loci(family.profiles, autosomal, [int(position)]))
    panel = panel_of(case.panel, autosomal)
    profiles = make_profiles(
        tuple(member.id for member in members),
        len(panel),
        sex=np.array([int(families[m.family].pedigree.sex[m.position]) for m in members], dtype=np.int8),
        alleles=np.concatenate([row.alleles for row in rows]) if rows else None,
        dropout=np.concatenate([row.dropout for row in rows]) if rows else None,
        dropin=np.concatenate([row.dropin for row in rows]) if rows else None,
    )
    return People(tuple(families), tuple(members), profiles, panel)


def families_of(case: Case) -> tuple[Family, ...]:
    """Return the families of a case, or where it has none its competing pedigrees, with nobody missing."""
    return case.families or tuple(Family(h.name, h.pedigree, h.profiles, ()) for h in case.hypotheses)


def is_autosomal(locus: Locus) -> bool:
    """Whether a locus is neither on a sex chromosome nor amelogenin."""
    return locus.chromosome not in ("X", "Y") and not is_amelogenin(locus)


def is_inherited(locus: Locus) -> bool:
    """Whether the likelihood of a pedigree is computed at a locus: it is autosomal or X-linked."""
    return is_autosomal(locus) or locus.is_x_linked


def is_amelogenin(locus: Locus) -> bool:
    """Whether a locus is the sex marker amelogenin, whose alleles are the two sex chromosomes."""
    return locus.name.upper().startswith("AMEL") and set(locus.alleles) <= {"X", "Y"}


def panel_of(panel: Panel, loci: IntArray) -> Panel:
    """Return some of the loci of a panel."""
    return Panel(tuple(panel.loci[int(i)] for i in loci), theta=panel.theta, database=panel.database)


def choose_loci(profiles: Profiles, loci: IntArray, rows: list[int]) -> Profiles:
    """Return some of the profiles at some of the loci."""
    chosen = np.ix_(np.array(rows, dtype=np.intp), loci)
    return make_profiles(
        tuple(profiles.ids[row] for row in rows),
        len(loci),
        sex=profiles.sex[rows],
        alleles=profiles.alleles[chosen],
        dropout=profiles.dropout[chosen],
        dropin=profiles.dropin[chosen],
    )
