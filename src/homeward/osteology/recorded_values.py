"""What an estimate says about a value on record, such as stature or age: as a normal estimate, and as an interval.

H1: the remains are those of the person whose value is on record. H2: they are those of somebody of the population.
"""

from __future__ import annotations

import math

from homeward.core.errors import ProblemLog
from homeward.osteology.populations import LN_10, Population, log10_density, log10_normal


def normal_log10_lr(
    estimate: float,
    error_sd: float,
    recorded: float,
    population: Population,
    *,
    recorded_sd: float = 0.0,
    record_error: float = 0.0,
) -> float:
    """Return the log10 LR of an estimate with a normal error.

    LR = N(estimate; recorded, error_sd^2 + recorded_sd^2) over the mean of the same density over a list, or over
    N(estimate; mean, error_sd^2 + sd^2) for a normal population; all values in one unit.

    Parameters
    ----------
    estimate, error_sd : float
        The estimate, and the standard deviation of its error; above 0.
    recorded, recorded_sd : float
        The value on record, and the standard deviation of its error, rounding included.
    population : Population
        Whom the remains could have come from if not from this person.
    record_error : float
        Chance that the record is wrong altogether, and so says nothing: LR becomes (1 - e) LR + e.

    Raises
    ------
    InputError
        A standard deviation is negative or both are 0, or the error is outside [0, 1).
    """
    _check(error_sd, recorded_sd, record_error)
    variance, record_variance = error_sd**2, recorded_sd**2
    same = float(log10_normal(estimate, recorded, variance + record_variance))
    anyone = log10_density(estimate, variance, population, record_variance=record_variance)
    return with_record_error(same - anyone, record_error)


def interval_log10_lr(*, is_inside: bool, share_inside: float, error: float) -> float:
    """Return the log10 LR of a recorded value that lies within an estimated interval, or outside it.

    LR inside = (1 - e) / share of the population inside; outside = e / share outside. For ages taken as uniform over
    80 years an interval of +-r years holds 2r/80 of them, or (2r + 1)/80 if whole years are counted
    (Marsico et al. 2023, Forensic Sci. Int. Genet. 66:102891).

    Parameters
    ----------
    is_inside : bool
        Whether the recorded value lies within the interval.
    share_inside : float
        Share of the population within it, in (0, 1); see :func:`homeward.osteology.populations.share_within`.
    error : float
        Chance that the true person's value is outside, in (0, 1): 0.1 for an interval of 90 %.

    Raises
    ------
    InputError
        The share or the error is not between 0 and 1.
    """
    log = ProblemLog()
    for name, value in (("share inside", share_inside), ("error", error)):
        if not 0.0 < value < 1.0:
            log.add(f"{value:g} is not between 0 and 1.", where=name, fix="Take an interval that splits the people.")
    log.raise_if_any()
    lr = (1.0 - error) / share_inside if is_inside else error / (1.0 - share_inside)
    return math.log10(lr)


def with_record_error(log10_lr: float, record_error: float) -> float:
    """Return a log10 LR if the record is wrong with some probability, and then says nothing: log10((1 - e) LR + e)."""
    if record_error == 0.0:
        return log10_lr
    if log10_lr > 0:
        return log10_lr + math.log10((1.0 - record_error) + record_error * math.exp(-log10_lr * LN_10))
    return math.log10((1.0 - record_error) * math.exp(log10_lr * LN_10) + record_error)


def _check(error_sd: float, recorded_sd: float, record_error: float) -> None:
    log = ProblemLog()
    if not error_sd >= 0.0 or not recorded_sd >= 0.0 or error_sd + recorded_sd == 0.0:
        log.add(
            f"Errors with sd {error_sd:g} and {recorded_sd:g} give no density.",
            where="errors of estimate and record",
            fix="Give standard deviations of 0 or more, one of them above 0.",
        )
    if not 0.0 <= record_error < 1.0:
        log.add(f"{record_error:g} is not from 0 to below 1.", where="record error", fix="Give one such as 0.001.")
    log.raise_if_any()
