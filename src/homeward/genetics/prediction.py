"""The most probable genotypes and profiles of an untyped member of a family."""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.many_rows import LocusObservations, rows_genotype_tables
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.simulation.genotypes import genotype_alleles, unordered


@dataclass(frozen=True, slots=True, eq=False)
class PredictedGenotypes:
    """The possible genotypes of one person at one locus, the most probable first.

    alleles: (G, 2) int16 allele codes, the smaller first.
    probability: (G,) float64 given the typed relatives, above 0 and summing to one; empty if the relatives' profiles
        are impossible.
    """

    locus: str
    alleles: IntArray
    probability: FloatArray


@dataclass(frozen=True, slots=True)
class PredictedProfile:
    """One profile that a person may have.

    genotypes: for each locus, the position among its predicted genotypes.
    log10_probability: of the whole profile, given the typed relatives.
    """

    genotypes: tuple[int, ...]
    log10_probability: float


def predict_genotypes(
    pedigree: Pedigree, profiles: Profiles, panel: Panel, person: int
) -> tuple[PredictedGenotypes, ...]:
    """Return how probable each genotype of an untyped person is at each locus, given everybody typed.

    Parameters
    ----------
    pedigree : Pedigree
        Of n people.
    profiles : Profiles
        Row i belongs to person i; what is typed of the person asked for counts as well.
    panel : Panel
    person : int
        Position; untyped at every locus.

    Raises
    ------
    InputError
        The engine refuses the panel.
    """
    predicted = []
    for i, locus in enumerate(panel.loci):
        observed = LocusObservations(
            profiles.alleles[None, :, i], profiles.dropout[None, :, i], profiles.dropin[None, :, i]
        )
        (part,) = rows_genotype_tables(pedigree, replace(panel, loci=(locus,)), observed, person)
        probability = unordered(part.values)[0]
        # Equally probable genotypes stay in the order of their alleles.
        order = np.argsort(-probability, kind="stable")[: int((probability > 0).sum())]
        alleles = genotype_alleles(part.values.shape[-1])[order]
        total = probability.sum() or 1.0
        predicted.append(PredictedGenotypes(locus.name, alleles, probability[order] / total))
    return tuple(predicted)


def rank_profiles(predicted: Sequence[PredictedGenotypes], n_profiles: int) -> tuple[PredictedProfile, ...]:
    """Return the most probable profiles of a person, best first, loci being independent.

    Parameters
    ----------
    predicted : sequence of PredictedGenotypes
        From :func:`predict_genotypes`.
    n_profiles : int
        How many; fewer if there are no more.

    Returns
    -------
    tuple of PredictedProfile
        None if a locus is impossible.
    """
    if any(not len(locus.probability) for locus in predicted):
        return ()
    logs = [np.log10(locus.probability) for locus in predicted]
    start = (0,) * len(logs)
    waiting = [(-math.fsum(float(of[0]) for of in logs), start, 0)]
    ranked: list[PredictedProfile] = []
    while waiting and len(ranked) < n_profiles:
        cost, chosen, first_free = heapq.heappop(waiting)
        ranked.append(PredictedProfile(chosen, -cost))
        for step in _steps_down(logs, chosen, first_free, -cost):
            heapq.heappush(waiting, step)
    return tuple(ranked)


def _steps_down(
    logs: Sequence[FloatArray], chosen: tuple[int, ...], first_free: int, log10_probability: float
) -> Iterator[tuple[float, tuple[int, ...], int]]:
    """Yield the profiles that differ by the next genotype at one locus; each profile is reached in one way only."""
    for locus in range(first_free, len(logs)):
        place = chosen[locus] + 1
        if place < len(logs[locus]):
            change = float(logs[locus][place] - logs[locus][place - 1])
            yield -(log10_probability + change), (*chosen[:locus], place, *chosen[locus + 1 :]), locus
