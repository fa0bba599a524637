"""Each method against examples worked by hand, and against what it must hold for simulated people."""

import math

import numpy as np
import pytest
from scipy import stats

from homeward.osteology.sorting.choices import Density, Method
from homeward.osteology.sorting.densities import KernelRatio, capped_log10, different_people
from homeward.osteology.sorting.explain import explain_pair
from homeward.osteology.sorting.settings import SortSettings
from homeward.osteology.sorting.sort import sort_bones
from homeward.osteology.sorting.yeo_johnson import fitted_power, transform
from homeward.osteology.specimens import Side, Specimens
from tests.unit.osteology.sorting.made_bones import made_people, made_reference, simple_reference

TEN = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]


def pair_of(codes, left, right, elements=("humerus", "humerus")):
    sides = (Side.LEFT, Side.RIGHT if elements[0] == elements[1] else Side.LEFT)
    return Specimens(("a", "b"), elements, sides, codes, np.array([left, right], dtype=float))


def judged(bones, reference, method, **chosen):
    return explain_pair(bones, reference, ("a", "b"), methods=[method], settings=SortSettings(**chosen)).tests[0]


@pytest.fixture
def ten_pairs():
    """Ten people whose left humerus is 1 to 10 mm longer than the right one: mean 5.5, sd sqrt(82.5 / 9)."""
    return simple_reference([[300.0 + d] for d in TEN], [[300.0]] * 10, ("Hum_01",), ("humerus", "humerus"))


def test_a_pair_match_worked_by_hand(ten_pairs):
    test = judged(pair_of(("Hum_01",), [320.0], [306.0]), ten_pairs, Method.PAIR)
    sd = math.sqrt(82.5 / 9)  # 3.02765
    assert (test.n_reference, test.df) == (10, (9,))
    assert (test.reference_mean, test.reference_sd) == pytest.approx((5.5, sd), rel=1e-12)
    assert test.value == pytest.approx(14.0)
    assert test.statistic == pytest.approx(8.5 / 3.0276503541, rel=1e-9)
    assert test.p_value == pytest.approx(2 * stats.t.cdf(-8.5 / sd, 9), rel=1e-9)
    assert 0.02 < test.p_value < 0.021  # t = 2.807; tables give 2.821 for 0.02
    assert test.excluded


def test_a_mean_of_zero_keeps_the_sd_about_the_sample_mean(ten_pairs):
    test = judged(pair_of(("Hum_01",), [320.0], [306.0]), ten_pairs, Method.PAIR, zero_mean=True)
    assert test.statistic == pytest.approx(14 / math.sqrt(82.5 / 9), rel=1e-12)


def test_one_tail_halves_the_p_value_of_a_signed_difference(ten_pairs):
    bones = pair_of(("Hum_01",), [320.0], [306.0])
    one, two = (judged(bones, ten_pairs, Method.PAIR, tails=tails) for tails in (1, 2))
    assert two.p_value == pytest.approx(2 * one.p_value, rel=1e-12)


def test_bones_that_agree_better_than_usual_are_not_excluded_by_the_absolute_test(ten_pairs):
    """The peer's first version excludes them: t is far below the mean and its test looks at both sides."""
    test = judged(pair_of(("Hum_01",), [300.0], [300.0]), ten_pairs, Method.PAIR, absolute=True)
    assert test.statistic == pytest.approx(-5.5 / math.sqrt(82.5 / 9), rel=1e-12)
    assert test.p_value == pytest.approx(1 - stats.t.sf(5.5 / math.sqrt(82.5 / 9), 9), rel=1e-9)
    assert not test.excluded


@pytest.mark.parametrize("tails", [1, 2])
def test_a_p_value_never_exceeds_one(ten_pairs, tails):
    test = judged(pair_of(("Hum_01",), [300.0], [300.0]), ten_pairs, Method.PAIR, absolute=True, tails=tails)
    assert test.p_value <= 1


def test_a_very_small_p_value_is_compared_as_a_number(ten_pairs):
    """As text "5e-05" comes after "0.1", and the most different pairs could not be excluded."""
    test = judged(pair_of(("Hum_01",), [328.0], [300.0]), ten_pairs, Method.PAIR)
    assert 1e-5 < test.p_value < 1e-4
    assert test.excluded


def test_signed_differences_cancel_where_absolute_and_multivariate_ones_do_not():
    rng = np.random.default_rng(1)
    left = rng.normal(300, 10, (40, 2))
    reference = simple_reference(
        left.tolist(), (left + rng.normal(0, 1, (40, 2))).tolist(), ("Hum_01", "Hum_02"), ("humerus", "humerus")
    )
    bones = pair_of(("Hum_01", "Hum_02"), [305.0, 295.0], [300.0, 300.0])
    assert not judged(bones, reference, Method.PAIR).excluded
    assert judged(bones, reference, Method.PAIR, absolute=True).excluded
    assert judged(bones, reference, Method.MULTIVARIATE).excluded


def test_an_articulation_compares_one_measurement_of_each_bone():
    reference = simple_reference(
        [[45.0 + d, np.nan] for d in TEN], [[np.nan, 25.0]] * 10, ("Hum_06", "Uln_11"), ("humerus", "ulna")
    )
    bones = pair_of(("Hum_06", "Uln_11"), [46.0, np.nan], [np.nan, 22.0], ("humerus", "ulna"))
    test = judged(bones, reference, Method.ARTICULATION)
    assert test.reference_mean == pytest.approx(25.5)
    assert test.value == pytest.approx(24.0)
    assert test.statistic == pytest.approx(-1.5 / math.sqrt(82.5 / 9), rel=1e-9)
    assert [(one.code, one.a_mm, one.b_mm) for one in test.measurements] == [
        ("Hum_06", 46.0, None),
        ("Uln_11", None, 22.0),
    ]
    assert not test.excluded


def test_a_regression_worked_by_hand():
    """x = 1..10 and y = x + (1, -1, 1, -1, ...)/10 in logs: sum xx 82.5, sum xy 82 (in tenths of x), as below."""
    x = np.array(TEN) / 10
    y = x + np.array([0.01, -0.01] * 5)
    reference = simple_reference(
        [[v, np.nan] for v in np.exp(x)], [[np.nan, v] for v in np.exp(y)], ("Hum_01", "Uln_01"), ("humerus", "ulna")
    )
    bones = pair_of(("Hum_01", "Uln_01"), [math.exp(0.3), np.nan], [np.nan, math.exp(0.36)], ("humerus", "ulna"))
    test = judged(bones, reference, Method.REGRESSION)
    # Sum xx = 0.825. Sum of (x - 0.55)(+-0.01) = 0.01 (-0.05 - ... ) = -0.005, so the slope is 1 - 0.005 / 0.825.
    slope = 1 - 0.005 / 0.825
    rest = 10 * 0.01**2 - 0.005**2 / 0.825
    error = math.sqrt(rest / 8) * math.sqrt(1 + 0.1 + 0.25**2 / 0.825)
    expected = abs(0.55 - 0.25 * slope - 0.36) / error
    assert (test.n_reference, test.df) == (10, (8,))
    assert test.statistic == pytest.approx(expected, rel=1e-9)
    assert test.p_value == pytest.approx(2 * stats.t.cdf(-expected, 8), rel=1e-9)


def test_the_multivariate_test_of_one_measurement_is_the_t_test_with_its_exact_width():
    reference = made_reference(25, 3, missing=0)
    bones = pair_of(("Hum_01",), [331.0], [337.0])
    one = judged(bones, reference, Method.PAIR)
    other = judged(bones, reference, Method.MULTIVARIATE)
    assert other.statistic == pytest.approx(one.statistic**2 * 25 / 26, rel=1e-9)
    assert other.df == (1, 24)
    assert other.log10_lr == pytest.approx(one.log10_lr, rel=1e-9)


def test_the_multivariate_test_equals_its_formula():
    reference = made_reference(25, 4, missing=0)
    codes = ("Hum_01", "Hum_02", "Hum_03")
    test = judged(pair_of(codes, [331.0, 61.0, 49.0], [329.0, 62.5, 48.0]), reference, Method.MULTIVARIATE)
    left, right = (reference.table("humerus", side)[1][:, :3] for side in (Side.LEFT, Side.RIGHT))
    away = np.array([2.0, -1.5, 1.0]) - (left - right).mean(axis=0)
    hotelling = 25 / 26 * away @ np.linalg.inv(np.cov(left - right, rowvar=False)) @ away
    assert test.statistic == pytest.approx(hotelling * (25 - 3) / (3 * 24), rel=1e-9)
    assert test.df == (3, 22)
    assert test.p_value == pytest.approx(stats.f.sf(test.statistic, 3, 22), rel=1e-9)


def test_the_z_transform_of_one_measurement_is_the_absolute_test(ten_pairs):
    bones = pair_of(("Hum_01",), [320.0], [306.0])
    one, other = (judged(bones, ten_pairs, Method.PAIR, absolute=True), judged(bones, ten_pairs, Method.Z_TRANSFORM))
    assert other.p_value == pytest.approx(one.p_value, rel=1e-9)
    assert other.statistic == pytest.approx(stats.norm.isf(one.p_value), rel=1e-9)
    assert (other.excluded, other.df) == (True, (9,))


def test_the_z_transform_equals_its_formula():
    reference = made_reference(25, 4, missing=0)
    codes = ("Hum_01", "Hum_02", "Hum_03")
    test = judged(pair_of(codes, [331.0, 61.0, 49.0], [329.0, 62.5, 48.0]), reference, Method.Z_TRANSFORM)
    left, right = (reference.table("humerus", side)[1][:, :3] for side in (Side.LEFT, Side.RIGHT))
    known = np.abs(left - right)
    scores = []
    for i, difference in enumerate([2.0, 1.5, 1.0]):
        t = (difference - known[:, i].mean()) / known[:, i].std(ddof=1)
        scores.append(stats.norm.isf(stats.t.sf(t, 24)))
    r = np.corrcoef(known, rowvar=False)
    expected = sum(scores) / math.sqrt(3 + 2 * (r[0, 1] + r[0, 2] + r[1, 2]))
    assert test.statistic == pytest.approx(expected, rel=1e-9)
    assert test.p_value == pytest.approx(stats.norm.sf(expected), rel=1e-9)
    assert test.value == test.statistic


def test_the_z_transform_is_not_cancelled_nor_decided_by_one_measurement_that_could_not_be():
    rng = np.random.default_rng(1)
    left = rng.normal(300, 10, (40, 2))
    reference = simple_reference(
        left.tolist(), (left + rng.normal(0, 1, (40, 2))).tolist(), ("Hum_01", "Hum_02"), ("humerus", "humerus")
    )
    assert judged(pair_of(("Hum_01", "Hum_02"), [305.0, 295.0], [300.0, 300.0]), reference, Method.Z_TRANSFORM).excluded
    far = judged(pair_of(("Hum_01", "Hum_02"), [400.0, 300.0], [300.0, 300.0]), reference, Method.Z_TRANSFORM)
    assert far.excluded
    assert math.isfinite(far.statistic)
    assert -math.log10(40) <= far.log10_lr < 0


def test_the_power_transform_agrees_with_scipy():
    values = np.random.default_rng(2).gamma(2, 2, 200) - 3
    transformed, power = stats.yeojohnson(values)
    assert fitted_power(values) == pytest.approx(power, abs=1e-4)  # both searches stop there
    for chosen in (power, 0.0, 2.0, -1.0):
        assert transform(values, chosen) == pytest.approx(stats.yeojohnson(values, chosen), rel=1e-7)
    assert transform(values, power) == pytest.approx(transformed, rel=1e-9)


def test_a_transformed_difference_is_judged_among_transformed_ones(ten_pairs):
    test = judged(pair_of(("Hum_01",), [320.0], [306.0]), ten_pairs, Method.PAIR, yeo_johnson=True)
    power = fitted_power(np.array(TEN, dtype=float))
    known = stats.yeojohnson(np.array(TEN, dtype=float), power)
    expected = (stats.yeojohnson(np.array([14.0]), power)[0] - known.mean()) / known.std(ddof=1)
    assert test.statistic == pytest.approx(expected, rel=1e-9)


def test_the_likelihood_ratio_of_a_pair_worked_by_hand(ten_pairs):
    """Right bones do not vary here, so two people differ by the spread of the left ones."""
    test = judged(pair_of(("Hum_01",), [320.0], [306.0]), ten_pairs, Method.PAIR)
    variance = 82.5 / 9
    widths = [math.sqrt(v * 1.1) for v in (variance, variance + 0 - variance / 10)]
    same, different = (stats.t.pdf(8.5 / width, 9) / width for width in widths)
    assert test.log10_lr == pytest.approx(math.log10(same / different), rel=1e-9)


def test_the_spread_between_people_is_that_of_all_their_combinations():
    reference = made_reference(20, 5, missing=0)
    codes = ("Hum_01", "Hum_02")
    result = sort_bones(pair_of(codes, [330.0, 60], [331.0, 60]), reference, methods=[Method.PAIR])
    left, right = (reference.table("humerus", side)[1][:, :2].sum(axis=1) for side in (Side.LEFT, Side.RIGHT))
    every = np.array([left[i] - right[j] for i in range(20) for j in range(20) if i != j])
    assert result.pairs[0].test.sd_different[0] == pytest.approx(every.std(), rel=1e-10)


@pytest.mark.parametrize(("n", "expected"), [(10, 90), (100, 9900), (1000, 20_000)])
def test_combinations_are_of_two_different_people_and_each_as_often(n, expected):
    left, right = different_people(n)
    assert len(left) == expected
    assert (left != right).all()
    assert len(set(zip(left.tolist(), right.tolist(), strict=True))) == expected
    assert set(np.bincount(left)) == set(np.bincount(right)) == {expected // n}


def test_a_kernel_ratio_is_the_ratio_of_two_sums_of_normal_curves():
    rng = np.random.default_rng(6)
    same, different = rng.normal(0, 1, 300), rng.normal(0, 5, 3000)
    table = KernelRatio(same, different)
    values = np.array([-2.0, 0.0, 1.3])
    slow = [
        np.log(stats.norm.pdf(value, same, table.bandwidths[0]).mean())
        - np.log(stats.norm.pdf(value, different, table.bandwidths[1]).mean())
        for value in values
    ]
    assert table.log_lr(values) == pytest.approx(slow, abs=0.02)  # the grid has 2,048 places
    assert (table.log_lr(np.array([-1e4, 1e4])) < -1e5).all()


def test_a_ratio_is_capped_at_the_number_of_people():
    assert capped_log10(np.array([50.0, -50.0, 0.0]), np.array([100, 10, 10])).tolist() == [2.0, -1.0, 0.0]


def log_lrs(settings, methods, seed):
    """log10 LR of true pairs and of pairs of different people, and which of them were excluded."""
    people, n = made_people(150, seed, missing=0)[1], 150
    result = sort_bones(people, made_reference(400, seed + 1, missing=0), methods=methods, settings=settings)
    same = np.concatenate([part.a % n == part.b % n for part in result.pairs])
    values = np.concatenate([part.log10_lr for part in result.pairs])
    excluded = np.concatenate([part.excluded for part in result.pairs])
    return values, same, excluded


def cllr(values, same):
    """Brummer & du Preez 2006: the cost of log likelihood ratios; 1 for a system that says nothing."""
    return (np.log2(1 + 10 ** -values[same]).mean() + np.log2(1 + 10 ** values[~same]).mean()) / 2


@pytest.mark.parametrize("method", list(Method))
def test_likelihood_ratios_are_calibrated_on_simulated_people(method):
    values, same, _ = log_lrs(SortSettings(), [method], 20)
    assert cllr(values, same) < 0.9
    # Turing: if the model holds, the LR of different people is 1 on average; the cap and estimates leave it near.
    assert 0.75 < (10.0 ** values[~same]).mean() < 1.3


@pytest.mark.parametrize("chosen", [{"absolute": True}, {"yeo_johnson": True}, {"density": Density.KERNEL}])
def test_kernel_likelihood_ratios_are_calibrated_on_simulated_people(chosen):
    values, same, _ = log_lrs(SortSettings(**chosen), [Method.PAIR], 20)
    assert cllr(values, same) < 0.7
    assert 0.75 < (10.0 ** values[~same]).mean() < 1.3


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("alpha", [0.05, 0.10, 0.20])
def test_one_minus_alpha_of_the_true_pairs_is_kept(method, alpha):
    _, same, excluded = log_lrs(SortSettings(alpha=alpha), [method], 40)
    n = int(same.sum())
    # Pairs of bones of one person depend on each other: a person counts once in the interval, n / (tests per person).
    independent = 150
    low, high = stats.binom.interval(0.999, independent, 1 - alpha)
    assert low / independent <= 1 - excluded[same].mean() <= high / independent
    assert excluded[~same].mean() > alpha
    assert n >= independent


def test_cllr_by_hand():
    """LR 3 for one true pair, LR 1/3 for one false: log2(1 + 1/3) both times."""
    values = np.log10(np.array([3.0, 1 / 3]))
    assert cllr(values, np.array([True, False])) == pytest.approx(math.log2(4 / 3), rel=1e-12)


@pytest.mark.parametrize("method", [Method.PAIR, Method.REGRESSION])
def test_cllr_is_that_of_the_forensic_institute_of_the_netherlands(method):
    """Their package lir works it out from the same likelihood ratios."""
    from lir.data.models import LLRData
    from lir.metrics import cllr as cllr_of_lir

    values, same, _ = log_lrs(SortSettings(), [method], 20)
    assert cllr(values, same) == pytest.approx(
        cllr_of_lir(LLRData(features=values[:, None], labels=same.astype(int))), rel=1e-12
    )
