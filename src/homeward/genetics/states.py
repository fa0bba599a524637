"""The allele states a likelihood has to tell apart at a locus: unseen alleles are merged where that is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Locus, Panel, check_theta


@dataclass(frozen=True, slots=True, eq=False)
class LocusStates:
    """One locus, reduced to n states.

    frequencies: (n,) float64, of each state; sums to what the locus sums to.
    female, male: (n, n) float64 transmission matrices by sex of the parent.
    state_of: (n_alleles,) intp, the state of each allele code.
    theta: co-ancestry coefficient of the founders, dimensionless, in [0, 1).
    """

    frequencies: FloatArray
    female: FloatArray
    male: FloatArray
    state_of: IntArray
    theta: float = 0.0

    def __len__(self) -> int:
        return len(self.frequencies)


def locus_states(locus: Locus, carried: Iterable[int], *, mutation: bool = True) -> LocusStates:
    """Return the states of a locus when only some alleles are carried by anybody.

    Alleles that nobody carries are merged into one state if the mutation matrices allow it exactly: every
    merged allele must change into each kept allele with the same probability (Kemeny & Snell 1960, Finite
    Markov Chains, section 6.3). Otherwise all alleles stay apart.

    Parameters
    ----------
    locus : Locus
        With n_alleles alleles.
    carried : iterable of int
        Allele codes that are seen in somebody; ``MISSING`` is ignored.
    mutation : bool
        False switches mutation off, to look for Mendelian inconsistencies.
    """
    n_alleles = len(locus.alleles)
    identity = np.eye(n_alleles)
    female, male = locus.transmission() if mutation else (identity, identity)
    kept = np.array(sorted({int(code) for code in carried} - {MISSING}), dtype=np.intp)
    merged = np.setdiff1d(np.arange(n_alleles), kept)
    if len(merged) < 2 or not all(_mergeable(matrix, kept, merged) for matrix in (female, male)):
        return LocusStates(locus.frequencies, female, male, np.arange(n_alleles))
    state_of = np.full(n_alleles, len(kept), dtype=np.intp)
    state_of[kept] = np.arange(len(kept))
    return LocusStates(
        frequencies=np.append(locus.frequencies[kept], locus.frequencies[merged].sum()),
        female=_merge(female, kept, merged),
        male=_merge(male, kept, merged),
        state_of=state_of,
    )


def _mergeable(matrix: FloatArray, kept: IntArray, merged: IntArray) -> bool:
    into_kept = matrix[np.ix_(merged, kept)]
    return bool((np.ptp(into_kept, axis=0) <= 1e-15).all()) if len(kept) else True


def _merge(matrix: FloatArray, kept: IntArray, merged: IntArray) -> FloatArray:
    n = len(kept)
    small = np.empty((n + 1, n + 1))
    small[:n, :n] = matrix[np.ix_(kept, kept)]
    small[:n, n] = matrix[np.ix_(kept, merged)].sum(axis=1)
    small[n, :n] = matrix[merged[0], kept]
    small[n, n] = 1.0 - small[n, :n].sum()
    return small


def panel_states(panel: Panel, alleles: IntArray, *, mutation: bool = True) -> tuple[LocusStates, ...]:
    """Return the states of every locus for people with these (n_people, n_loci, 2) allele codes.

    Raises
    ------
    InputError
        Theta is outside [0, 1).
    """
    check_theta(panel.theta)
    each = (locus_states(locus, np.unique(alleles[:, i]), mutation=mutation) for i, locus in enumerate(panel.loci))
    return tuple(replace(states, theta=panel.theta) for states in each) if panel.theta else tuple(each)


def whole_states(panel: Panel) -> tuple[LocusStates, ...]:
    """Return the states of every locus when every allele is one of its own.

    Raises
    ------
    InputError
        The panel has theta above 0, which screening does not compute.
    """
    _refuse_theta(panel)
    return tuple(
        LocusStates(locus.frequencies, *locus.transmission(), np.arange(len(locus.alleles))) for locus in panel.loci
    )


def _refuse_theta(panel: Panel) -> None:
    if panel.theta > 0:
        raise InputError(
            Problem(
                what=f"Screening makes no co-ancestry correction (theta {panel.theta:g}).",
                where="theta (in case.toml, or in the line with Theta/Kinship/Fst of a Familias file)",
                fix="Set it to 0 to find candidates; 'homeward explain' gives the LR of each with the correction.",
            )
        )
