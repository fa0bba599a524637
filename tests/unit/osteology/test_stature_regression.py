"""Regression on a reference against the textbook, scipy and simulation."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import linregress, t

from homeward.core.errors import InputError
from homeward.osteology.profile_settings import ProfileSettings
from homeward.osteology.specimens import Side
from homeward.osteology.stature_choices import Form, Interval
from homeward.osteology.stature_regression import (
    BoneMeasurement,
    KnownStatures,
    bootstrap_stature,
    fit_stature,
    known_statures,
    predict_stature,
)
from tests.unit.osteology.known_people import made_reference

FEMUR = BoneMeasurement("femur", Side.LEFT, "Fem_01")
TIBIA = BoneMeasurement("tibia", Side.LEFT, "Tib_01")
HUMERUS = BoneMeasurement("humerus", Side.LEFT, "Hum_01")


def test_one_bone_is_the_textbook_line_and_interval():
    people = known_statures(made_reference(60, 1), [FEMUR])
    regression = fit_stature(people)
    x, y = people.lengths_mm[:, 0], people.stature_cm
    line = linregress(x, y)
    assert regression.coefficients == pytest.approx([line.intercept, line.slope], rel=1e-10)
    s = np.sqrt(((y - line.intercept - line.slope * x) ** 2).sum() / 58)
    sd = s * np.sqrt(1 + 1 / 60 + (480 - x.mean()) ** 2 / ((x - x.mean()) ** 2).sum())
    prediction = predict_stature(regression, np.array([480.0]), level=0.9)
    assert prediction.sd_cm == pytest.approx(sd, rel=1e-10)
    assert prediction.upper_cm - prediction.stature_cm == pytest.approx(t.ppf(0.95, 58) * sd, rel=1e-9)
    assert (regression.n, regression.df, prediction.interval) == (60, 58, Interval.T)


def test_a_line_worked_by_hand():
    # x 1..10, y = x except the last, 11: slope 1 + 4.5/82.5, intercept 5.6 - 5.5 slope.
    lengths = np.arange(1.0, 11.0)[:, None]
    statures = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9, 11.0])
    regression = fit_stature(KnownStatures((FEMUR,), lengths, statures, "hand"))
    assert regression.coefficients == pytest.approx([5.6 - 5.5 * (1 + 4.5 / 82.5), 1 + 4.5 / 82.5], rel=1e-12)


def test_several_bones_are_one_multiple_regression():
    people = known_statures(made_reference(80, 2), [FEMUR, TIBIA, HUMERUS])
    regression = fit_stature(people)
    design = np.column_stack([np.ones(80), people.lengths_mm])
    expected, rss, *_ = np.linalg.lstsq(design, people.stature_cm)
    assert regression.coefficients == pytest.approx(expected, rel=1e-8)
    assert regression.residual_sd_cm == pytest.approx(np.sqrt(rss[0] / 76), rel=1e-10)
    x = np.array([1, 470.0, 390.0, 330.0])
    sd = regression.residual_sd_cm * np.sqrt(1 + x @ np.linalg.inv(design.T @ design) @ x)
    assert predict_stature(regression, x[1:], level=0.95).sd_cm == pytest.approx(sd, rel=1e-7)


def test_a_sum_has_one_slope():
    people = known_statures(made_reference(80, 2), [FEMUR, TIBIA])
    line = linregress(people.lengths_mm.sum(axis=1), people.stature_cm)
    regression = fit_stature(people, form=Form.SUM)
    assert regression.coefficients == pytest.approx([line.intercept, line.slope], rel=1e-10)
    given = predict_stature(regression, np.array([470.0, 390.0]), level=0.95).stature_cm
    assert given == pytest.approx(line.intercept + line.slope * 860.0)


def test_the_order_of_people_and_bones_changes_nothing():
    reference = made_reference(50, 3, missing=0.2)
    a = fit_stature(known_statures(reference, [FEMUR, TIBIA]))
    b = fit_stature(known_statures(reference, [TIBIA, FEMUR]))
    assert a.n == b.n < 50
    assert predict_stature(a, np.array([450.0, 380.0]), level=0.9).sd_cm == pytest.approx(
        predict_stature(b, np.array([380.0, 450.0]), level=0.9).sd_cm, rel=1e-9
    )


@pytest.mark.parametrize("n", [15, 60])
def test_prediction_intervals_hold_as_often_as_they_say(n):
    rng = np.random.default_rng(n)
    n_trials, hits = 1500, 0
    for _ in range(n_trials):
        lengths = rng.normal(460, 25, n + 1)
        statures = 60 + 0.24 * lengths + rng.normal(0, 4, n + 1)
        regression = fit_stature(KnownStatures((FEMUR,), lengths[:n, None], statures[:n], "made"))
        prediction = predict_stature(regression, lengths[n:], level=0.9)
        hits += prediction.lower_cm <= statures[n] <= prediction.upper_cm
    # Four standard errors of a share of 0.9 among 1,500.
    assert hits / n_trials == pytest.approx(0.9, abs=0.031)


def test_the_bootstrap_keeps_the_estimate_and_comes_near_the_ordinary_interval():
    regression = fit_stature(known_statures(made_reference(60, 4), [FEMUR]))
    ordinary = predict_stature(regression, np.array([470.0]), level=0.9)
    drawn = bootstrap_stature(regression, np.array([470.0]), level=0.9, draws=20_000, rng=np.random.default_rng(1))
    assert drawn.stature_cm == ordinary.stature_cm
    assert drawn.interval is Interval.BOOTSTRAP
    assert drawn.upper_cm - drawn.lower_cm == pytest.approx(ordinary.upper_cm - ordinary.lower_cm, rel=0.05)


def test_the_bootstrap_is_the_plain_loop():
    regression = fit_stature(known_statures(made_reference(30, 5), [FEMUR]))
    fast = bootstrap_stature(regression, np.array([470.0]), level=0.9, draws=300, rng=np.random.default_rng(7))
    rng = np.random.default_rng(7)
    x, fitted = regression.predictors_mm[:, 0], regression.people.stature_cm - regression.residuals_cm
    residuals = rng.choice(regression.residuals_cm, (300, 30))
    noise = rng.normal(0, regression.residual_sd_cm, 300)
    slow = []
    for i in range(300):
        line = linregress(x, fitted + residuals[i])
        slow.append(line.intercept + line.slope * 470.0 + noise[i])
    assert [fast.lower_cm, fast.upper_cm] == pytest.approx(np.quantile(slow, [0.05, 0.95]), rel=1e-9)


def test_fewer_than_ten_people_are_refused_by_name():
    with pytest.raises(InputError, match=r"made.ref: Only 9 people with a stature and Fem_01 of the left femur; 10"):
        fit_stature(known_statures(made_reference(9, 1), [FEMUR]))


def test_each_bone_asks_for_ten_people():
    with pytest.raises(InputError, match="30 are needed"):
        fit_stature(known_statures(made_reference(29, 1), [FEMUR, TIBIA, HUMERUS]))
    eased = ProfileSettings(people_per_bone=5)
    assert fit_stature(known_statures(made_reference(29, 1), [FEMUR, TIBIA, HUMERUS]), settings=eased).n == 29


def test_a_measurement_that_the_reference_lacks_is_refused():
    with pytest.raises(InputError, match="Nobody with a stature"):
        fit_stature(known_statures(made_reference(20, 1), [BoneMeasurement("femur", Side.RIGHT, "Fem_01")]))
    with pytest.raises(InputError, match="Nobody with a stature"):
        fit_stature(known_statures(made_reference(20, 1), [BoneMeasurement("femur", Side.LEFT, "Fem_99")]))


@pytest.mark.parametrize("what", ["lengths", "statures", "twins"])
def test_a_reference_that_does_not_vary_is_refused(what):
    people = known_statures(made_reference(40, 1), [FEMUR, TIBIA])
    lengths, statures = people.lengths_mm.copy(), people.stature_cm.copy()
    if what == "lengths":
        lengths[:, 0] = 450.0
    elif what == "statures":
        statures[:] = 170.0
    else:
        lengths[:, 1] = 2 * lengths[:, 0]
    with pytest.raises(InputError, match="does not vary, or one follows from another"):
        fit_stature(replace(people, lengths_mm=lengths, stature_cm=statures))
