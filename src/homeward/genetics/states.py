"""The allele states a likelihood has to tell apart at a locus: unseen alleles are merged where that is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE
from homeward.genetics.panel import Locus, Panel, check_theta
from homeward.genetics.refusals import Feature, refuse_unsupported


@dataclass(frozen=True, slots=True, eq=False)
class LocusStates:
    """One locus, reduced to n states.

    frequencies: (n,) float64, of each state; sums to what the locus sums to.
    female, male: (n, n) float64 transmission matrices by sex of the parent.
    state_of: (n_alleles,) intp, the state of each allele code.
    has_silent: the last state, and the last code, is the silent allele.
    is_x_linked: males carry one allele.
    theta: co-ancestry coefficient of the founders, dimensionless, in [0, 1).
    """

    frequencies: FloatArray
    female: FloatArray
    male: FloatArray
    state_of: IntArray
    has_silent: bool = False
    is_x_linked: bool = False
    theta: float = 0.0

    def __len__(self) -> int:
        return len(self.frequencies)

    @property
    def silent_state(self) -> int:
        """The state of the silent allele, or ``NO_STATE``."""
        return len(self) - 1 if self.has_silent else NO_STATE

    @property
    def silent_code(self) -> int:
        """The code of the silent allele, or ``NO_STATE``."""
        return len(self.state_of) - 1 if self.has_silent else NO_STATE


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
    kept = np.array(sorted({int(code) for code in carried} - {MISSING, n_alleles}), dtype=np.intp)
    merged = np.setdiff1d(np.arange(n_alleles), kept)
    if len(merged) < 2 or not all(_mergeable(matrix, kept, merged) for matrix in (female, male)):
        return _of_kind(LocusStates(locus.frequencies, female, male, np.arange(n_alleles)), locus)
    state_of = np.full(n_alleles, len(kept), dtype=np.intp)
    state_of[kept] = np.arange(len(kept))
    states = LocusStates(
        frequencies=np.append(locus.frequencies[kept], locus.frequencies[merged].sum()),
        female=_merge(female, kept, merged),
        male=_merge(male, kept, merged),
        state_of=state_of,
    )
    return _of_kind(states, locus)


def _of_kind(states: LocusStates, locus: Locus) -> LocusStates:
    """Add the silent allele, which neither mutates nor comes from a mutation, and say whether the locus is X-linked."""
    if locus.silent_code is None:
        return replace(states, is_x_linked=locus.is_x_linked)
    n = len(states)
    female, male = np.eye(n + 1), np.eye(n + 1)
    female[:n, :n], male[:n, :n] = states.female, states.male
    return LocusStates(
        frequencies=np.append(states.frequencies, locus.silent_frequency),
        female=female,
        male=male,
        state_of=np.append(states.state_of, n),
        has_silent=True,
        is_x_linked=locus.is_x_linked,
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
    refuse_unsupported("A screen", panel, (), unsupported=frozenset({Feature.THETA}))
    return tuple(
        _of_kind(LocusStates(locus.frequencies, *locus.transmission(), np.arange(len(locus.alleles))), locus)
        for locus in panel.loci
    )
