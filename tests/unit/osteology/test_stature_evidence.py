"""A stature on record weighed against bones: properties of likelihood ratios."""

import math

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm

from homeward.core.errors import InputError
from homeward.osteology.populations import ListedPopulation, NormalPopulation, share_within
from homeward.osteology.recorded_values import interval_log10_lr, normal_log10_lr, with_record_error
from homeward.osteology.specimens import Side
from homeward.osteology.stature_choices import AgeCorrection, Rounding, age_loss_cm
from homeward.osteology.stature_evidence import (
    BonesGivenStature,
    RecordedStature,
    bones_log10_lr,
    estimate_log10_lr,
    fit_bones_given_stature,
)
from homeward.osteology.stature_regression import BoneMeasurement, known_statures
from tests.unit.osteology.known_people import made_reference

SOLDIERS = NormalPopulation(173.5, 6.5)
LIST = ListedPopulation(np.random.default_rng(1).normal(173.5, 6.5, 200).round())
MEASUREMENTS = [BoneMeasurement("femur", Side.LEFT, "Fem_01"), BoneMeasurement("tibia", Side.LEFT, "Tib_01")]


@pytest.mark.parametrize("population", [SOLDIERS, LIST])
@pytest.mark.parametrize("record_error", [0.0, 0.01])
def test_the_mean_lr_of_other_people_is_one(population, record_error):
    def weighed(estimate):
        lr = 10 ** normal_log10_lr(estimate, 3.94, 180.0, population, recorded_sd=1.0, record_error=record_error)
        if population is SOLDIERS:
            return norm.pdf(estimate, 173.5, math.hypot(3.94, 6.5)) * lr
        return norm.pdf(estimate, LIST.values, math.hypot(3.94, 1.0)).mean() * lr

    assert quad(weighed, 100, 250, epsabs=1e-10, points=[175, 180])[0] == pytest.approx(1.0, abs=1e-7)


def test_the_mean_lr_of_the_bones_of_other_people_is_one():
    bones = BonesGivenStature(np.array([30.0]), np.array([2.4]), np.array([[150.0]]), 10**9)
    recorded = RecordedStature(178.0, 1.0)

    def weighed(length):
        density = norm.pdf(length, 30 + 2.4 * 173.5, math.sqrt(150 + 2.4**2 * 6.5**2))
        return density * 10 ** bones_log10_lr(bones, np.array([length]), recorded, SOLDIERS)

    assert quad(weighed, 250, 700, epsabs=1e-10, points=[440, 460])[0] == pytest.approx(1.0, abs=1e-7)


def test_the_bones_of_one_person_are_weighed_with_their_covariance():
    bones = fit_bones_given_stature(known_statures(made_reference(300, 2), MEASUREMENTS))
    recorded, x = RecordedStature(180.0, 0.5, Rounding.INCH), np.array([482.0, 402.0])
    b, s = bones.slopes_mm_per_cm, bones.covariance

    def density(stature, sd):
        return multivariate_normal.logpdf(x, bones.intercepts_mm + b * stature, s + np.outer(b, b) * sd**2)

    error = math.hypot(0.5, 2.54 / math.sqrt(12))
    expected = (density(180.0, error) - density(173.5, 6.5)) / math.log(10)
    assert bones_log10_lr(bones, x, recorded, SOLDIERS) == pytest.approx(expected, rel=1e-10)
    listed = (density(180.0, error) - np.log(np.mean([np.exp(density(v, error)) for v in LIST.values]))) / math.log(10)
    assert bones_log10_lr(bones, x, recorded, LIST) == pytest.approx(listed, rel=1e-10)


def test_two_bones_say_less_than_the_product_of_each():
    reference = made_reference(300, 2)
    recorded = RecordedStature(185.0, 0.5)
    one, two = (fit_bones_given_stature(known_statures(reference, [m])) for m in MEASUREMENTS)
    both = fit_bones_given_stature(known_statures(reference, MEASUREMENTS))
    mean = both.intercepts_mm + both.slopes_mm_per_cm * 185.0
    product = sum(bones_log10_lr(fit, mean[i : i + 1], recorded, SOLDIERS) for i, fit in enumerate((one, two)))
    assert 0 < bones_log10_lr(both, mean, recorded, SOLDIERS) < product


def test_an_lr_of_bones_is_capped_at_the_people_it_rests_on():
    bones = fit_bones_given_stature(known_statures(made_reference(50, 2), MEASUREMENTS[:1]))
    assert bones_log10_lr(bones, np.array([600.0]), RecordedStature(150.0), SOLDIERS) == pytest.approx(-math.log10(50))
    far = NormalPopulation(120.0, 1.0)
    assert bones_log10_lr(bones, np.array([470.0]), RecordedStature(174.0), far) == pytest.approx(math.log10(50))


def test_a_wrong_record_never_vetoes():
    lr = normal_log10_lr(150.0, 3.0, 200.0, SOLDIERS, record_error=0.001)
    assert lr == pytest.approx(-3.0, abs=1e-6)
    assert with_record_error(-math.inf, 0.001) == pytest.approx(-3.0)
    assert with_record_error(400.0, 0.5) == pytest.approx(400.0 + math.log10(0.5))


def test_rounding_to_an_inch_adds_its_width_over_the_root_of_twelve():
    assert Rounding.INCH.sd_cm == pytest.approx(0.73, abs=0.005)
    assert Rounding.HALF_INCH.sd_cm == pytest.approx(0.37, abs=0.005)
    assert RecordedStature(170.0, 1.0, Rounding.INCH, growth_sd_cm=0.5).error_sd_cm == pytest.approx(
        math.sqrt(1 + 2.54**2 / 12 + 0.25)
    )


def test_growth_and_age_move_what_is_expected_of_the_bones():
    young = RecordedStature(170.0, growth_cm=1.2, age_years=18)
    old = RecordedStature(170.0, age_years=60, age_loss_cm=age_loss_cm(60, AgeCorrection.TROTTER_GLESER))
    assert young.expected_cm == pytest.approx(171.2)
    assert old.expected_cm == pytest.approx(171.8)


def test_age_takes_off_what_the_papers_say():
    assert age_loss_cm(50, AgeCorrection.TROTTER_GLESER) == pytest.approx(0.06 * 20)
    assert age_loss_cm(50, AgeCorrection.GALLOWAY) == pytest.approx(0.16 * 5)
    assert age_loss_cm(25, AgeCorrection.TROTTER_GLESER) == age_loss_cm(80, AgeCorrection.NONE) == 0.0


def test_the_estimate_form_is_the_normal_form():
    recorded = RecordedStature(175.3, 1.0)
    assert estimate_log10_lr(174.2, 3.94, recorded, SOLDIERS) == normal_log10_lr(
        174.2, 3.94, 175.3, SOLDIERS, recorded_sd=1.0
    )


def test_an_interval_with_an_lr_splits_one_between_inside_and_outside():
    share, error = share_within(LIST, 167, 181), 0.1
    inside = 10 ** interval_log10_lr(is_inside=True, share_inside=share, error=error)
    outside = 10 ** interval_log10_lr(is_inside=False, share_inside=share, error=error)
    assert share * inside + (1 - share) * outside == pytest.approx(1.0)
    assert share_within(SOLDIERS, 167.0, 180.0) == pytest.approx(2 * norm.cdf(1) - 1)


def test_what_gives_no_density_is_refused():
    with pytest.raises(InputError, match="no density"):
        normal_log10_lr(170.0, 0.0, 170.0, SOLDIERS)
    with pytest.raises(InputError, match="is not from 0 to below 1"):
        normal_log10_lr(170.0, 3.0, 170.0, SOLDIERS, record_error=1.0)
    with pytest.raises(InputError) as caught:
        interval_log10_lr(is_inside=True, share_inside=0.0, error=1.0)
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="describe no population"):
        NormalPopulation(173.0, 0.0)
    with pytest.raises(InputError, match="empty"):
        ListedPopulation(np.array([]))
