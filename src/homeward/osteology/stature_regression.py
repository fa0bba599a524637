"""Stature regressed on the bones of a reference sample, with ordinary prediction intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.osteology.profile_settings import ProfileSettings
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side
from homeward.osteology.stature_choices import Form, Interval

LEAST_SPREAD = 1e-9
"""Lengths or statures that vary less than this, in mm or cm, do not vary."""


@dataclass(frozen=True, slots=True, order=True)
class BoneMeasurement:
    """One measurement of one bone: the predictor of a regression."""

    element: str
    side: Side
    code: str

    def __str__(self) -> str:
        return f"{self.code} of the {self.side} {self.element}"


@dataclass(frozen=True, slots=True, eq=False)
class KnownStatures:
    """People of a reference who have a stature and every one of some measurements.

    measurements: what they have. lengths_mm: (n, k) float64. stature_cm: (n,) float64. reference: its name.
    """

    measurements: tuple[BoneMeasurement, ...]
    lengths_mm: FloatArray
    stature_cm: FloatArray
    reference: str

    def __len__(self) -> int:
        return len(self.stature_cm)


@dataclass(frozen=True, slots=True, eq=False)
class StatureRegression:
    """A fitted line, or plane: stature_cm = coefficients[0] + lengths @ coefficients[1:].

    people: whom it was fitted to. form: of the predictors. predictors_mm: (n, p); p is 1 for a sum.
    coefficients: (p + 1,) intercept in cm, then cm for each mm. inverse: (p + 1, p + 1), of X'X.
    residual_sd_cm: sqrt(RSS / df). residuals_cm: (n,).
    """

    people: KnownStatures
    form: Form
    predictors_mm: FloatArray
    coefficients: FloatArray
    inverse: FloatArray
    residual_sd_cm: float
    residuals_cm: FloatArray

    @property
    def n(self) -> int:
        """Number of people."""
        return len(self.people)

    @property
    def df(self) -> int:
        """Residual degrees of freedom."""
        return self.n - len(self.coefficients)


@dataclass(frozen=True, slots=True)
class Prediction:
    """Stature of one more person.

    sd_cm: s sqrt(1 + x'(X'X)^-1 x), the standard deviation of the error of the prediction.
    """

    stature_cm: float
    sd_cm: float
    lower_cm: float
    upper_cm: float
    level: float
    interval: Interval


class KnownPeople:
    """People of a reference, by what is known of each; whatever was looked up is kept."""

    def __init__(self, reference: ReferenceSample) -> None:
        self.reference = reference
        statures = zip(reference.persons, reference.stature_cm.tolist(), strict=True)
        self._statures = {person: stature for person, stature in statures if not math.isnan(stature)}
        self._lengths: dict[BoneMeasurement, dict[str, float]] = {}
        self._known: dict[tuple[BoneMeasurement, ...], KnownStatures] = {}

    def with_all(self, measurements: tuple[BoneMeasurement, ...]) -> KnownStatures:
        """Return those with a stature and all of some measurements; there may be none."""
        if measurements not in self._known:
            columns = [self._lengths_of(one) for one in measurements]
            persons = [person for person in self._statures if all(person in column for column in columns)]
            lengths = [[column[person] for column in columns] for person in persons]
            self._known[measurements] = KnownStatures(
                measurements,
                np.array(lengths, dtype=float).reshape(len(persons), len(columns)),
                np.array([self._statures[person] for person in persons], dtype=float),
                self.reference.name,
            )
        return self._known[measurements]

    def _lengths_of(self, one: BoneMeasurement) -> dict[str, float]:
        """The measurement of each person who has it."""
        if one not in self._lengths:
            codes = self.reference.specimens.codes
            persons, values_mm = self.reference.table(one.element, one.side)
            values = values_mm[:, codes.index(one.code)].tolist() if one.code in codes else [math.nan] * len(persons)
            pairs = zip(persons, values, strict=True)
            self._lengths[one] = {person: value for person, value in pairs if not math.isnan(value)}
        return self._lengths[one]


def known_statures(reference: ReferenceSample, measurements: Sequence[BoneMeasurement]) -> KnownStatures:
    """Return the people of a reference with a stature and all of some measurements; there may be none."""
    return KnownPeople(reference).with_all(tuple(measurements))


def fit_stature(
    people: KnownStatures, *, form: Form = Form.MULTIPLE, settings: ProfileSettings | None = None
) -> StatureRegression:
    """Fit stature to measurements by least squares.

    Parameters
    ----------
    people : KnownStatures
        The reference, from :func:`known_statures`.
    form : Form
        ``MULTIPLE``: each measurement has a coefficient of its own; ``SUM``: one for their sum.
    settings : ProfileSettings
        Says how many people are enough.

    Raises
    ------
    InputError
        The reference has too few people with all of this, or lengths or statures that do not vary or that follow from
        each other; its name and the measurements are said.
    """
    settings = settings or ProfileSettings()
    predictors = people.lengths_mm if form is Form.MULTIPLE else people.lengths_mm.sum(axis=1, keepdims=True)
    n, p = predictors.shape
    _check_size(people, max(settings.smallest_reference, settings.people_per_bone * p))
    _check_spread(people, predictors)
    design = np.column_stack([np.ones(n), predictors])
    q, r = np.linalg.qr(design)
    coefficients = np.linalg.solve(r, q.T @ people.stature_cm)
    r_inverse = np.linalg.inv(r)
    residuals = people.stature_cm - design @ coefficients
    return StatureRegression(
        people=people,
        form=form,
        predictors_mm=predictors,
        coefficients=coefficients,
        inverse=r_inverse @ r_inverse.T,
        residual_sd_cm=float(np.sqrt(residuals @ residuals / (n - p - 1))),
        residuals_cm=residuals,
    )


def predict_stature(regression: StatureRegression, lengths_mm: FloatArray, *, level: float) -> Prediction:
    """Return the stature of one more person, with the ordinary prediction interval.

    stature +- t_{(1 + level)/2, df} s sqrt(1 + x'(X'X)^-1 x); with one measurement this is the textbook's
    s sqrt(1 + 1/n + (x - mean)^2 / Sxx).

    Parameters
    ----------
    lengths_mm : (k,) float64 array
        The measurements, in the order of the regression's people.
    level : float
        Probability content, in (0, 1).
    """
    x = _row(regression, lengths_mm)
    stature = float(x @ regression.coefficients)
    sd = regression.residual_sd_cm * float(np.sqrt(1.0 + x @ regression.inverse @ x))
    half = float(stdtrit(regression.df, (1.0 + level) / 2.0)) * sd
    return Prediction(stature, sd, stature - half, stature + half, level, Interval.T)


def bootstrap_stature(
    regression: StatureRegression, lengths_mm: FloatArray, *, level: float, draws: int, rng: np.random.Generator
) -> Prediction:
    """Return the same estimate with a percentile interval of the residual bootstrap.

    Each draw adds residuals, drawn with replacement, to the fitted statures, fits again, predicts, and adds normal
    noise with the residual sd of the fit to all.
    """
    x = _row(regression, lengths_mm)
    prediction = predict_stature(regression, lengths_mm, level=level)
    design = np.column_stack([np.ones(regression.n), regression.predictors_mm])
    weights = design @ regression.inverse @ x  # a fit is linear in the statures: this is what each of them adds
    drawn = rng.choice(regression.residuals_cm, (draws, regression.n)) @ weights
    noise = rng.normal(0.0, regression.residual_sd_cm, draws)
    tail = (1.0 - level) / 2.0
    low, high = np.quantile(prediction.stature_cm + drawn + noise, [tail, 1.0 - tail])
    return Prediction(prediction.stature_cm, prediction.sd_cm, float(low), float(high), level, Interval.BOOTSTRAP)


def _row(regression: StatureRegression, lengths_mm: FloatArray) -> FloatArray:
    values = np.asarray(lengths_mm, dtype=float)
    predictors = values if regression.form is Form.MULTIPLE else np.array([values.sum()])
    return np.concatenate([[1.0], predictors])


def _check_size(people: KnownStatures, least: int) -> None:
    if len(people) < least:
        has = "Nobody" if len(people) == 0 else f"Only {len(people)} people" if len(people) > 1 else "Only one person"
        raise InputError(
            Problem(
                what=f"{has} with a stature and {_all(people)}; {least} are needed.",
                where=f"reference {people.reference}",
                fix="Use a larger reference, or fewer measurements.",
            )
        )


def _check_spread(people: KnownStatures, predictors: FloatArray) -> None:
    centred = predictors - predictors.mean(axis=0)
    does_not_vary = np.ptp(people.stature_cm) < LEAST_SPREAD or bool((np.ptp(predictors, axis=0) < LEAST_SPREAD).any())
    if does_not_vary or np.linalg.matrix_rank(centred) < predictors.shape[1]:
        raise InputError(
            Problem(
                what=f"Stature or {_all(people)} does not vary, or one follows from another.",
                where=f"reference {people.reference}",
                fix="Look for values that were entered twice or filled in, or leave out a measurement.",
            )
        )


def _all(people: KnownStatures) -> str:
    return " and ".join(map(str, people.measurements))
