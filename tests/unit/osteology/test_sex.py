"""Sex and ancestry as likelihood ratios."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import multivariate_normal, norm

from homeward.core.errors import InputError
from homeward.osteology.ancestry import CAVEAT, ConfusionMatrix, ancestry_log10_lr
from homeward.osteology.metric_sex import SexDistributions, fit_sex, metric_sex_log10_lr
from homeward.osteology.sex import (
    combine_sex,
    lr_from_accuracy,
    lr_from_counts,
    lr_from_posterior,
    probability_male,
    published_sex_finding,
    recorded_sex_log10_lr,
    sex_log10_lr,
)
from homeward.osteology.specimens import Side
from tests.unit.osteology.known_people import made_reference


def test_a_papers_sex_ratio_is_taken_out():
    # 300 males, 100 females, of whom 90 and 10 have the score: P(male | score) 0.9, and LR 0.3 / 0.1.
    assert 10 ** lr_from_posterior(0.9, n_males=300, n_females=100) == pytest.approx(3.0)


def test_the_papers_own_sample_as_prior_gives_the_paper_back():
    finding = published_sex_finding("sciatic-notch", "4")
    assert probability_male(finding.log10_lr, prior=114 / 211) == pytest.approx(0.93)


def test_counts_are_never_nothing():
    assert 10 ** lr_from_counts(0, 99, 49, 99) == pytest.approx(0.01 / 0.5)


def test_findings_on_different_traits_add_and_one_trait_is_never_counted_twice():
    notch, left = published_sex_finding("sciatic-notch", "4"), published_sex_finding("rhomboid-fossa-left", "present")
    assert combine_sex([notch, left]) == pytest.approx(notch.log10_lr + left.log10_lr)
    with pytest.raises(InputError, match="rhomboid-fossa-left and rhomboid-fossa-right"):
        combine_sex([left, published_sex_finding("rhomboid-fossa-right", "present")])


def test_on_a_list_of_men_a_male_skeleton_says_next_to_nothing_and_a_female_one_much():
    male = math.log10(24)
    assert 10 ** sex_log10_lr(male, "m", male_share=0.97) == pytest.approx(24 / (0.97 * 24 + 0.03))
    assert sex_log10_lr(male, "m", male_share=0.97) < 0.02
    assert sex_log10_lr(-male, "f", male_share=0.97) > 1.1


@pytest.mark.parametrize("sex", ["m", "f"])
def test_the_mean_lr_of_other_people_is_one(sex):
    p_score = {"m": (0.7, 0.3), "f": (0.2, 0.8)}
    total = 0.0
    for i in range(2):
        male_over_female = math.log10(p_score["m"][i] / p_score["f"][i])
        share = 0.9 * p_score["m"][i] + 0.1 * p_score["f"][i]
        total += share * 10 ** sex_log10_lr(male_over_female, sex, male_share=0.9, record_error=0.01)
    assert total == pytest.approx(1.0)


@pytest.mark.parametrize("recorded", ["m", "f"])
def test_the_calibrated_form_has_a_mean_of_one_and_the_other_has_not(recorded):
    def mean(calibrated):
        seen = {"m": 0.99 * 0.97 + 0.01 * 0.03, "f": 0.99 * 0.03 + 0.01 * 0.97}
        return sum(
            share * 10 ** recorded_sex_log10_lr(sex, recorded, male_share=0.97, error=0.01, calibrated=calibrated)
            for sex, share in seen.items()
        )

    assert mean(calibrated=True) == pytest.approx(1.0)
    assert mean(calibrated=False) != pytest.approx(1.0, abs=1e-4)


def test_metric_sex_is_the_ratio_of_two_normals():
    reference = made_reference(200, 3, both_sexes=True)
    fitted = fit_sex(reference, "femur", Side.LEFT, ["Fem_01"])
    rows = reference.specimens.rows_of("femur", Side.LEFT)
    lengths = reference.specimens.measurements_mm[rows, 0]
    male, female = lengths[::2], lengths[1::2]
    x = np.array([[470.0], [430.0], [np.nan]])
    expected = norm.logpdf(x[:2, 0], male.mean(), male.std(ddof=1)) - norm.logpdf(
        x[:2, 0], female.mean(), female.std(ddof=1)
    )
    found = metric_sex_log10_lr(fitted, x, capped=False)
    assert found[:2] == pytest.approx(expected / math.log(10), rel=1e-9)
    assert np.isnan(found[2])
    assert found[0] > 0 > found[1]


def test_several_measurements_use_their_covariance():
    rng = np.random.default_rng(1)
    covariances = np.array([[[9.0, 4], [4, 5]], [[6, 2], [2, 7]]])
    both = SexDistributions(("a", "b"), np.array([[48.0, 65], [42, 56]]), covariances, (50, 40))
    x = rng.normal((45, 60), 5, (20, 2))
    male, female = (multivariate_normal.logpdf(x, both.means_mm[i], covariances[i]) for i in range(2))
    expected = (male - female) / math.log(10)
    assert metric_sex_log10_lr(both, x, capped=False) == pytest.approx(expected, rel=1e-9)
    assert metric_sex_log10_lr(both, x) == pytest.approx(np.clip(expected, -math.log10(40), math.log10(40)))


def test_the_mean_metric_lr_of_females_is_one():
    one = SexDistributions(("a",), np.array([[48.5], [42.3]]), np.array([[[7.0]], [[6.0]]]), (100, 100))

    def weighed(x):
        return norm.pdf(x, 42.3, math.sqrt(6)) * 10 ** metric_sex_log10_lr(one, np.array([[x]]), capped=False)[0]

    assert quad(weighed, 10, 90, points=[42, 49])[0] == pytest.approx(1.0, abs=1e-7)


def test_a_reference_for_sex_needs_enough_of_both():
    with pytest.raises(InputError) as caught:
        fit_sex(made_reference(18, 1, both_sexes=True), "femur", Side.LEFT, ["Fem_01"])
    assert [problem.what for problem in caught.value.problems] == [
        "9 males with Fem_01; 10 are needed.",
        "9 females with Fem_01; 10 are needed.",
    ]
    with pytest.raises(InputError, match="no measurement Fem_99"):
        fit_sex(made_reference(40, 1, both_sexes=True), "femur", Side.LEFT, ["Fem_99"])


def test_a_reference_that_does_not_vary_is_refused():
    reference = made_reference(60, 1, both_sexes=True)
    flat = replace(reference.specimens, measurements_mm=np.full_like(reference.specimens.measurements_mm, 450.0))
    with pytest.raises(InputError, match="do not vary"):
        fit_sex(replace(reference, specimens=flat), "femur", Side.LEFT, ["Fem_01"])


def test_a_classification_by_ancestry_is_weighed_by_how_often_it_is_made_of_whom():
    matrix = ConfusionMatrix(("one", "two"), np.array([[79, 19], [9, 89]]))
    shares = np.array([0.9, 0.1])
    # With one added to each cell: P(two | two) 0.9, P(two | one) 0.2.
    lr = 10 ** ancestry_log10_lr(matrix, "two", "two", shares)
    assert lr == pytest.approx(0.9 / (0.9 * 0.2 + 0.1 * 0.9))
    mean = sum(
        float(shares @ matrix.probabilities()[:, i]) * 10 ** ancestry_log10_lr(matrix, called, "one", shares)
        for i, called in enumerate(matrix.groups)
    )
    assert mean == pytest.approx(1.0)
    assert "no reason to leave" in CAVEAT


def test_mistakes_are_refused():
    matrix = ConfusionMatrix(("one", "two"), np.array([[8, 2], [1, 9]]))
    with pytest.raises(InputError) as caught:
        ancestry_log10_lr(matrix, "three", "four", np.array([0.5, 0.6]))
    assert len(caught.value.problems) == 3
    with pytest.raises(InputError, match="gives no finite ratio"):
        lr_from_posterior(1.0, n_males=10, n_females=10)
    with pytest.raises(InputError, match="12 of 10 males"):
        lr_from_counts(12, 10, 1, 10)
    with pytest.raises(InputError, match="share of right calls"):
        lr_from_accuracy(1.0)
    with pytest.raises(InputError, match="sciatic-notch 1; sciatic-notch 2"):
        published_sex_finding("sciatic-notch", "9")
    with pytest.raises(InputError, match="not a sex"):
        recorded_sex_log10_lr("m", "?", male_share=0.5, error=0.05)
    with pytest.raises(InputError, match="not between 0 and 1"):
        probability_male(0.3, prior=1.0)
