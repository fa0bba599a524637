"""Age at death: findings weighed together, the posterior with a stated prior, and the LR against a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.osteology.age_methods import AgeClasses, AgeEvidence
from homeward.osteology.findings import check_traits_differ
from homeward.osteology.populations import LN_10, ListedPopulation, Population, log10_normal
from homeward.osteology.recorded_values import with_record_error


@dataclass(frozen=True, slots=True, eq=False)
class AgePosterior:
    """Probability of each age.

    ages_years: (n,) the middles of equal steps. probabilities: (n,), of each step; they sum to 1.
    """

    ages_years: FloatArray
    probabilities: FloatArray

    @property
    def step_years(self) -> float:
        """Width of the steps."""
        return float(self.ages_years[1] - self.ages_years[0])

    @property
    def mean_years(self) -> float:
        """The mean."""
        return float(self.ages_years @ self.probabilities)

    @property
    def mode_years(self) -> float:
        """The most probable age."""
        return float(self.ages_years[self.probabilities.argmax()])

    def highest_density(self, level: float) -> tuple[tuple[float, float], ...]:
        """Return the shortest set of ages that holds at least so much probability, as stretches from low to high."""
        order = np.argsort(-self.probabilities, kind="stable")
        # The last step is the one that reaches the level; rounding must not ask for one more.
        n_steps = int(np.searchsorted(np.cumsum(self.probabilities[order]), level - 1e-12)) + 1
        chosen = np.sort(order[:n_steps])
        breaks = np.flatnonzero(np.diff(chosen) > 1) + 1
        half = self.step_years / 2.0
        return tuple(
            (float(self.ages_years[part[0]] - half), float(self.ages_years[part[-1]] + half))
            for part in np.split(chosen, breaks)
        )


def combine_age(findings: Sequence[AgeEvidence]) -> FloatArray:
    """Return log10 of the product of likelihoods at each age.

    Assumes that the findings are independent of each other for people of one age. That is never quite true, because
    people who look old by one trait tend to by others, and makes intervals too narrow: say so where it matters.

    Raises
    ------
    InputError
        There is no finding, their ages differ, or two of them read one trait.
    """
    if not findings or any(not np.array_equal(one.ages_years, findings[0].ages_years) for one in findings):
        raise InputError(
            Problem(
                "Findings can be weighed together only at the same ages.",
                "findings on age",
                "Give at least one, and make all of them with one grid.",
            )
        )
    check_traits_differ((one.method, one.trait) for one in findings)
    total: FloatArray = np.sum([one.log10_likelihood for one in findings], axis=0)
    return total


def age_posterior(findings: Sequence[AgeEvidence], prior: AgeClasses) -> AgePosterior:
    """Return the probability of each age given all findings.

    Parameters
    ----------
    findings : sequence of AgeEvidence
        Independent given age, on different traits, at equally spaced ages.
    prior : AgeClasses
        Ages of the people in question before the bones were seen. It must be stated: there is no neutral one.

    Raises
    ------
    InputError
        As for :func:`combine_age`, or no age of the prior agrees with the findings.
    """
    log10_likelihood = combine_age(findings)
    ages = findings[0].ages_years
    with np.errstate(divide="ignore"):
        log10_weights = log10_likelihood + np.log10(prior.density(ages))
    if not np.isfinite(log10_weights).any():
        raise InputError(
            Problem(
                "No age of the prior agrees with the findings.", "prior of age", "Widen it, or check what was scored."
            )
        )
    weights = np.exp((log10_weights - log10_weights.max()) * LN_10)
    return AgePosterior(ages, weights / weights.sum())


def age_log10_lr(
    findings: Sequence[AgeEvidence], age_years: float, population: Population, *, record_error: float = 0.0
) -> float:
    """Return the log10 LR of findings for a person of known age.

    H1: the remains are those of the person. H2: of somebody of the population.
    LR = P(findings | age) / mean over the population of P(findings | age of each).

    Parameters
    ----------
    age_years : float
        Age at death of the person, or when last seen.
    population : Population
        Ages of the list, or a normal distribution of ages, cut off at the ends of the grid.
    record_error : float
        Chance that the age on record is wrong altogether.

    Raises
    ------
    InputError
        As for :func:`combine_age`, or an age lies outside the ages at which the findings were weighed.
    """
    log10_likelihood = combine_age(findings)
    ages = findings[0].ages_years
    low, high = ages[0] - (ages[1] - ages[0]) / 2, ages[-1] + (ages[1] - ages[0]) / 2
    wanted = np.array([age_years])
    if isinstance(population, ListedPopulation):
        wanted = np.concatenate([wanted, population.values])
    outside = np.unique(wanted[(wanted < low) | (wanted > high)])
    if len(outside):
        raise InputError(
            Problem(
                f"Ages {', '.join(f'{age:g}' for age in outside[:10])} are outside {low:g} to {high:g} years.",
                "ages of the list",
                "Weigh the findings on a grid that holds everybody.",
            )
        )
    peak = log10_likelihood.max()
    likelihood = np.exp((log10_likelihood - peak) * LN_10)
    person = float(np.interp(age_years, ages, likelihood))
    anyone = _mean_likelihood(likelihood, ages, population)
    with np.errstate(divide="ignore"):
        return with_record_error(float(np.log10(person) - np.log10(anyone)), record_error)


def _mean_likelihood(likelihood: FloatArray, ages_years: FloatArray, population: Population) -> float:
    """Mean likelihood over a population."""
    if isinstance(population, ListedPopulation):
        return float(np.interp(population.values, ages_years, likelihood).mean())
    weights = np.exp(log10_normal(ages_years, population.mean, population.sd**2) * LN_10)
    return float(weights @ likelihood / weights.sum())
