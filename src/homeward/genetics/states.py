"""The allele states a likelihood has to tell apart at a locus: unseen alleles are merged where that is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE
from homeward.genetics.mutation.lumping import coarsest_partition, lump_matrix
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

    Alleles that nobody carries are merged into as few states as the mutation matrices of both sexes allow exactly:
    see :func:`~homeward.genetics.mutation.lumping.coarsest_partition`. Without mutation, and with the equal and the
    proportional model, this is one state; with a stepwise model for instance one for each fraction (.1, .2, .3) of
    which nobody carries an allele.

    Parameters
    ----------
    locus : Locus
        With n_alleles alleles.
    carried : iterable of int
        Allele codes that are seen in somebody; ``MISSING`` is ignored.
    mutation : bool
        False switches mutation off, to look for Mendelian inconsistencies.
    """
    kept = tuple(sorted({int(code) for code in carried} - {MISSING, len(locus.alleles)}))
    return _locus_states(locus, kept, mutation)


@lru_cache(maxsize=1024)
def _locus_states(locus: Locus, kept: tuple[int, ...], mutation: bool) -> LocusStates:
    n_alleles = len(locus.alleles)
    female, male = locus.transmission() if mutation else (np.eye(n_alleles),) * 2
    state_of = coarsest_partition((female,) if female is male else (female, male), kept)
    n_states = int(state_of.max()) + 1
    if n_states == n_alleles:
        return _of_kind(LocusStates(locus.frequencies, female, male, np.arange(n_alleles)), locus)
    frequencies = np.zeros(n_states)
    np.add.at(frequencies, state_of, locus.frequencies)
    merged = LocusStates(frequencies, lump_matrix(female, state_of), lump_matrix(male, state_of), state_of)
    states = _of_kind(merged, locus)
    for array in (states.frequencies, states.female, states.male, states.state_of):
        array.flags.writeable = False
    return states


def _of_kind(states: LocusStates, locus: Locus) -> LocusStates:
    """Add the silent allele, which neither mutates nor comes from a mutation, and say whether the locus is X-linked."""
    if locus.silent_code is None:
        return replace(states, is_x_linked=True) if locus.is_x_linked else states
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
