"""The allele states a likelihood has to tell apart at a locus: unseen alleles are merged where that is exact."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.mutation.lumping import coarsest_partition, lump_matrix
from homeward.genetics.panel import Locus, Panel


@dataclass(frozen=True, slots=True, eq=False)
class LocusStates:
    """One locus, reduced to n states.

    frequencies: (n,) float64, of each state; sums to what the locus sums to.
    female, male: (n, n) float64 transmission matrices by sex of the parent.
    state_of: (n_alleles,) intp, the state of each allele code.
    """

    frequencies: FloatArray
    female: FloatArray
    male: FloatArray
    state_of: IntArray

    def __len__(self) -> int:
        return len(self.frequencies)


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
    kept = tuple(sorted({int(code) for code in carried} - {MISSING}))
    return _locus_states(locus, kept, mutation)


@lru_cache(maxsize=1024)
def _locus_states(locus: Locus, kept: tuple[int, ...], mutation: bool) -> LocusStates:
    n_alleles = len(locus.alleles)
    female, male = locus.transmission() if mutation else (np.eye(n_alleles),) * 2
    state_of = coarsest_partition((female,) if female is male else (female, male), kept)
    n_states = int(state_of.max()) + 1
    if n_states == n_alleles:
        return LocusStates(locus.frequencies, female, male, np.arange(n_alleles))
    frequencies = np.zeros(n_states)
    np.add.at(frequencies, state_of, locus.frequencies)
    states = LocusStates(frequencies, lump_matrix(female, state_of), lump_matrix(male, state_of), state_of)
    for array in (states.frequencies, states.female, states.male, states.state_of):
        array.flags.writeable = False
    return states


def panel_states(panel: Panel, alleles: IntArray, *, mutation: bool = True) -> tuple[LocusStates, ...]:
    """Return the states of every locus for people with these (n_people, n_loci, 2) allele codes.

    Raises
    ------
    InputError
        The panel has theta above 0, which this engine does not compute.
    """
    _refuse_theta(panel)
    return tuple(locus_states(locus, np.unique(alleles[:, i]), mutation=mutation) for i, locus in enumerate(panel.loci))


def whole_states(panel: Panel) -> tuple[LocusStates, ...]:
    """Return the states of every locus when every allele is one of its own; errors as for :func:`panel_states`."""
    _refuse_theta(panel)
    return tuple(
        LocusStates(locus.frequencies, *locus.transmission(), np.arange(len(locus.alleles))) for locus in panel.loci
    )


def _refuse_theta(panel: Panel) -> None:
    if panel.theta > 0:
        raise InputError(
            Problem(
                what=f"A co-ancestry correction (theta {panel.theta:g}) is asked for, which is not supported yet.",
                where="theta (in case.toml, or in the line with Theta/Kinship/Fst of a Familias file)",
                fix="Set it to 0 there, and say in the report that no correction was made.",
            )
        )
