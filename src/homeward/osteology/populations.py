"""Whom remains could have come from, by one number such as stature or age: a list of people, or a distribution."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import logsumexp, ndtr

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem

LN_10 = math.log(10.0)


@dataclass(frozen=True, slots=True)
class NormalPopulation:
    """A population whose values are normal, such as statures in centimetres."""

    mean: float
    sd: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.mean) and math.isfinite(self.sd) and self.sd > 0):
            raise InputError(
                Problem(
                    what=f"Mean {self.mean:g} and sd {self.sd:g} describe no population.",
                    where="population",
                    fix="Give a mean, and an sd above 0.",
                )
            )


@dataclass(frozen=True, slots=True, eq=False)
class ListedPopulation:
    """The people of a list, each as likely as the others. values: (n,) float64, what the list says of each."""

    values: FloatArray

    def __post_init__(self) -> None:
        if len(self.values) == 0 or not np.isfinite(self.values).all():
            raise InputError(
                Problem(
                    what="The list of people is empty, or has values that are no numbers.",
                    where="population",
                    fix="Leave out the people whose value is not known, and keep at least one.",
                )
            )


Population = NormalPopulation | ListedPopulation


def log10_normal(x: FloatArray | float, mean: FloatArray | float, variance: float) -> FloatArray:
    """Return log10 of the normal density, elementwise."""
    squared = (np.asarray(x, dtype=float) - mean) ** 2 / variance
    density: FloatArray = (-0.5 * squared - 0.5 * math.log(2.0 * math.pi * variance)) / LN_10
    return density


def log10_mean(log10_values: FloatArray) -> float:
    """Return log10 of the mean of 10**values, without underflow."""
    return float(logsumexp(log10_values * LN_10) / LN_10 - math.log10(len(log10_values)))


def log10_density(estimate: float, variance: float, population: Population, *, record_variance: float = 0.0) -> float:
    """Return log10 of the density of an estimate over the people it could be about.

    Parameters
    ----------
    estimate, variance : float
        The estimate, and the variance of its error about the true value.
    population : Population
        Of a list, each recorded value has an error of its own; the sd of a normal population holds it already.
    record_variance : float
        Of the error of each value of a list.
    """
    if isinstance(population, NormalPopulation):
        return float(log10_normal(estimate, population.mean, variance + population.sd**2))
    return log10_mean(log10_normal(estimate, population.values, variance + record_variance))


def share_within(population: Population, low: float, high: float) -> float:
    """Return the share of a population from low to high, both included."""
    if isinstance(population, NormalPopulation):
        z = (np.array([low, high]) - population.mean) / population.sd
        return float(np.diff(ndtr(z))[0])
    return float(((population.values >= low) & (population.values <= high)).mean())
