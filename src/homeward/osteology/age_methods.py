"""Scored methods of ageing as likelihoods: P(score | age), for every age of a grid.

A paper that gives mean and sd of age for each phase gives P(age | phase), which holds for people as old as those of its
sample. It becomes a likelihood by taking that sample's ages out again.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise

import numpy as np
from scipy.special import expit, ndtr

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.osteology.populations import log10_normal


class Link(StrEnum):
    """Shape of the passage from one stage to the next."""

    PROBIT = "probit"
    LOGIT = "logit"


@dataclass(frozen=True, slots=True, eq=False)
class AgeEvidence:
    """What one finding says about age.

    method, trait, finding: by what, on which trait, and what was scored. ages_years: (n,) float64, rising.
    log10_likelihood: (n,) of the finding at each age, up to a constant, which cancels; -inf where it cannot be.
    """

    method: str
    trait: str
    finding: str
    ages_years: FloatArray
    log10_likelihood: FloatArray


@dataclass(frozen=True, slots=True)
class AgeClasses:
    """Ages of a sample as papers print them: people in each class.

    edges_years: k + 1 rising ages; a class goes from one to the next. counts: k, 0 or more.
    """

    edges_years: tuple[float, ...]
    counts: tuple[float, ...]

    def __post_init__(self) -> None:
        is_rising = all(a < b for a, b in pairwise(self.edges_years))
        if len(self.edges_years) != len(self.counts) + 1 or not is_rising or min(self.counts, default=-1) < 0:
            raise InputError(
                Problem(
                    what="The classes need one edge more than counts, rising edges, and counts of 0 or more.",
                    where="age classes",
                    fix="Give edges such as 15, 25, 35 with counts such as 40, 12.",
                )
            )

    def density(self, ages_years: FloatArray) -> FloatArray:
        """Return the density at some ages, for each year; 0 outside the classes."""
        edges, counts = np.array(self.edges_years), np.array(self.counts, dtype=float)
        heights = counts / counts.sum() / np.diff(edges)
        place = np.searchsorted(edges, ages_years, side="right") - 1
        inside = (place >= 0) & (place < len(heights))
        density: FloatArray = np.where(inside, heights[np.clip(place, 0, len(heights) - 1)], 0.0)
        return density


@dataclass(frozen=True, slots=True)
class AgePhases:
    """Mean and sd of age for each phase, as a paper prints them. verified: how the figures came here."""

    method: str
    trait: str
    names: tuple[str, ...]
    means_years: tuple[float, ...]
    sds_years: tuple[float, ...]
    source: str
    verified: str


@dataclass(frozen=True, slots=True)
class Transitions:
    """A transition analysis: the age at which people pass from one stage to the next.

    P(stage >= k | age) = F((ln age - mean_k) / sd), F the normal or the logistic distribution function; sd is its scale
    (Boldsen et al. 2002, in Paleodemography, 73-106; Konigsberg et al. 2008, J. Forensic Sci. 53:541).

    stages: k + 1 names from youngest to oldest. means_log_years: k rising means of ln(age). sd: one for all, so that
    stages never cross.
    """

    method: str
    trait: str
    stages: tuple[str, ...]
    means_log_years: tuple[float, ...]
    sd: float
    link: Link = Link.PROBIT


def age_grid(lowest_years: float, highest_years: float, *, step_years: float = 0.25) -> FloatArray:
    """Return the middles of equal steps from the lowest to the highest age."""
    n = round((highest_years - lowest_years) / step_years)
    grid: FloatArray = lowest_years + step_years * (np.arange(n, dtype=np.float64) + 0.5)
    return grid


@cache
def published_phases() -> dict[str, AgePhases]:
    """Return the phases that come with Homeward, by method."""
    text = (files("homeward.osteology") / "data" / "age_phases.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    methods = {}
    for method in dict.fromkeys(row["method"] for row in rows):
        own = [row for row in rows if row["method"] == method]
        methods[method] = AgePhases(
            method=method,
            trait=own[0]["trait"],
            names=tuple(row["phase"] for row in own),
            means_years=tuple(float(row["mean_years"]) for row in own),
            sds_years=tuple(float(row["sd_years"]) for row in own),
            source=own[0]["source"],
            verified=own[0]["verified"],
        )
    return methods


def phase_evidence(phases: AgePhases, phase: str, ages_years: FloatArray, *, sample: AgeClasses) -> AgeEvidence:
    """Turn mean and sd of age given a phase into a likelihood, by Bayes.

    P(phase | age) is proportional to N(age; mean, sd) / p(age), p the ages of the people that the paper was made from.
    The share of the phase is the same at every age and cancels.

    Parameters
    ----------
    ages_years : (n,) float64 array
        Where the likelihood is wanted; all within the ages of the sample.
    sample : AgeClasses
        Ages of the paper's sample. If they are not known, a choice must be made and stated.

    Raises
    ------
    InputError
        There is no such phase, or the sample has nobody of some of the ages, so that the paper says nothing of them.
    """
    log = ProblemLog()
    if phase not in phases.names:
        known = ", ".join(phases.names)
        log.add(f"There is no phase '{phase}'.", where=phases.method, fix=f"Known are: {known}.")
    density = sample.density(ages_years)
    if (density == 0).any():
        low, high = ages_years[density == 0].min(), ages_years[density == 0].max()
        log.add(
            f"The sample has nobody of some ages between {low:g} and {high:g}, so the paper says nothing of them.",
            where=phases.method,
            fix="Take ages within the sample only.",
        )
    log.raise_if_any()
    i = phases.names.index(phase)
    likelihood = log10_normal(ages_years, phases.means_years[i], phases.sds_years[i] ** 2) - np.log10(density)
    return AgeEvidence(phases.method, phases.trait, phase, ages_years, likelihood)


def stage_probabilities(transitions: Transitions, ages_years: FloatArray) -> FloatArray:
    """Return P(stage | age) as (k + 1, n); each column sums to 1.

    Raises
    ------
    InputError
        Means do not rise, their number does not fit the stages, or sd or an age is not above 0.
    """
    _check_transitions(transitions, ages_years)
    distribution = ndtr if transitions.link is Link.PROBIT else expit
    means = np.array(transitions.means_log_years)[:, None]
    reached = distribution((np.log(ages_years) - means) / transitions.sd)
    n = len(ages_years)
    steps = np.vstack([np.ones(n), reached, np.zeros(n)])
    probabilities: FloatArray = -np.diff(steps, axis=0)
    return probabilities


def stage_evidence(transitions: Transitions, stages: Sequence[str], ages_years: FloatArray) -> AgeEvidence:
    """Return the likelihood of a stage, or of one of several stages where the scorer could not decide.

    Raises
    ------
    InputError
        A stage is not one of the method, or the transitions are not in order.
    """
    unknown = [stage for stage in stages if stage not in transitions.stages]
    if unknown or not stages:
        known = ", ".join(transitions.stages)
        raise InputError(
            Problem(f"There is no stage '{', '.join(unknown)}'.", transitions.method, f"Known are: {known}.")
        )
    rows = [transitions.stages.index(stage) for stage in dict.fromkeys(stages)]
    with np.errstate(divide="ignore"):
        likelihood = np.log10(stage_probabilities(transitions, ages_years)[rows].sum(axis=0))
    return AgeEvidence(transitions.method, transitions.trait, " or ".join(stages), ages_years, likelihood)


def interval_evidence(method: str, trait: str, low: float, high: float, ages_years: FloatArray) -> AgeEvidence:
    """Return the likelihood of an age estimate that is only known as an interval of 95 %: normal about its middle."""
    sd = (high - low) / (2.0 * 1.959964)
    finding = f"{low:g}-{high:g} years"
    return AgeEvidence(method, trait, finding, ages_years, log10_normal(ages_years, (low + high) / 2.0, sd**2))


def _check_transitions(transitions: Transitions, ages_years: FloatArray) -> None:
    log = ProblemLog()
    means = transitions.means_log_years
    if len(transitions.stages) != len(means) + 1 or any(a >= b for a, b in pairwise(means)):
        log.add(
            f"{len(transitions.stages)} stages with {len(means)} means of ln(age) that must rise.",
            where=transitions.method,
            fix="Give one mean less than stages, in rising order.",
        )
    if not (transitions.sd > 0 and math.isfinite(transitions.sd)):
        log.add(f"sd {transitions.sd:g} is not above 0.", where=transitions.method, fix="Correct it.")
    if (ages_years <= 0).any():
        log.add("An age of 0 or less has no logarithm.", where="ages", fix="Begin above 0.")
    log.raise_if_any()
