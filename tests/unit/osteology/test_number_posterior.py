"""The number of people from left, right and paired bones."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.osteology.number_posterior import PairCount, Prior, exact_interval, posterior_of_number
from homeward.osteology.pair_numbers import lincoln_index, most_likely_number, recovery_rate


@st.composite
def pair_counts(draw, least_pairs=0):
    pairs = draw(st.integers(least_pairs, 12))
    return PairCount(pairs + draw(st.integers(0, 15)), pairs + draw(st.integers(0, 15)), pairs)


def by_fractions(count: PairCount, n: int) -> float:
    """The published formula in whole numbers."""
    left, right, pairs = count.left, count.right, count.pairs
    if n < left + right - pairs:
        return 0.0
    ways = math.comb(left, pairs) * math.comb(n - left, right - pairs) * pairs
    return ways / (math.comb(n, right) * (n + 1))


# Worked by hand from the formulas of Adams & Konigsberg (2004); 21, 15, 11 is the example on
# Konigsberg's page on the MLNI.
@pytest.mark.parametrize(
    ("count", "gmi", "lincoln", "mlni", "rate", "error", "mode", "interval"),
    [
        (PairCount(21, 15, 11), 25, 28.636, 28, 0.6111, 0.0958, 28, (25, 39)),
        (PairCount(10, 8, 5), 13, 16.0, 15, 0.5556, 0.1408, 15, (13, 30)),
        (PairCount(40, 38, 38), 40, 40.0, 40, 0.9744, 0.0181, 40, (40, 41)),
    ],
)
def test_worked_numbers_come_out(count, gmi, lincoln, mlni, rate, error, mode, interval):
    assert count.people_seen == gmi
    assert lincoln_index(count) == pytest.approx(lincoln, abs=5e-4)
    assert most_likely_number(count) == mlni
    assert recovery_rate(count) == pytest.approx((rate, error), abs=5e-5)
    posterior = posterior_of_number([count])
    assert (posterior.mode, posterior.highest_set()) == (mode, interval)


@settings(deadline=None)
@given(pair_counts(least_pairs=1))
def test_the_standard_error_of_recovery_is_the_published_expression(count):
    r, error = recovery_rate(count)
    bones = count.left + count.right
    information = r**2 * bones * (3 - 2 * r) + 2 * count.pairs * (2 - 6 * r + 3 * r**2)
    assert error**2 * information == pytest.approx((r - 1) ** 2 * (r - 2) ** 2 * r**2, abs=1e-9)


@settings(deadline=None)
@given(pair_counts(least_pairs=1))
def test_a_posterior_is_the_published_formula_and_sums_to_one(count):
    posterior = posterior_of_number([count])
    assert posterior.probabilities.sum() + posterior.beyond == pytest.approx(1.0, abs=1e-12)
    for n in (posterior.first, posterior.first + 1, posterior.first + 7):
        if n - posterior.first < len(posterior.probabilities):
            expected = by_fractions(count, n)
            assert posterior.probabilities[n - posterior.first] == pytest.approx(expected, rel=1e-10)


@settings(deadline=None)
@given(st.lists(pair_counts(least_pairs=1), min_size=2, max_size=4))
def test_elements_multiply(counts):
    each = posterior_of_number(counts)
    numbers = range(each.first, each.first + min(len(each.probabilities), 30))
    product = np.array([math.prod(by_fractions(count, n) for count in counts) for n in numbers])
    ratio = each.probabilities[: len(product)] / product
    assert ratio == pytest.approx(np.full(len(product), ratio[0]), rel=1e-9)
    once = posterior_of_number(counts, prior=Prior.ONCE)
    weights = np.array([(n + 1.0) ** (len(counts) - 1) for n in numbers])
    n_both = min(len(numbers), len(once.probabilities))
    ratio = once.probabilities[:n_both] / (product * weights)[:n_both]
    assert ratio == pytest.approx(np.full(n_both, ratio[0]), rel=1e-9)


def test_without_pairs_the_mlni_is_finite_but_nothing_bounds_the_number():
    count = PairCount(5, 4, 0)
    assert most_likely_number(count) == 29
    assert lincoln_index(count) is None
    assert recovery_rate(count) == (0.0, None)
    assert posterior_of_number([count]) is None
    lower, upper = exact_interval(count)
    assert lower >= count.people_seen
    assert upper is None


def test_when_every_bone_is_paired_recovery_has_no_error():
    assert recovery_rate(PairCount(3, 3, 3)) == (1.0, 0.0)


@pytest.mark.parametrize("numbers", [(3, 2, 3), (1, 1, -1), (-1, 2, 0)])
def test_impossible_numbers_of_pairs_are_refused(numbers):
    with pytest.raises(InputError, match="There cannot be"):
        PairCount(*numbers)


@settings(deadline=None)
@given(pair_counts())
def test_the_exact_interval_begins_at_the_people_seen_or_above_and_holds_its_estimate(count):
    lower, upper = exact_interval(count)
    assert count.people_seen <= lower
    assert upper is None or lower <= upper
    if count.pairs:
        mode = posterior_of_number([count]).mode
        assert lower <= mode
        assert upper is None or mode <= upper


def test_intervals_hold_the_true_number_as_often_as_they_say():
    rng = np.random.default_rng(20041)
    exact = highest = repeats = 0
    for _ in range(400):
        true_number = 60
        left, right = rng.random((2, true_number)) < 0.6
        count = PairCount(int(left.sum()), int(right.sum()), int((left & right).sum()))
        lower, upper = exact_interval(count)
        exact += lower <= true_number and (upper is None or true_number <= upper)
        low, high = posterior_of_number([count]).highest_set()
        highest += low <= true_number <= high
        repeats += 1
    assert exact / repeats >= 0.94  # it promises 0.95; one standard error of 400 trials is 0.011
    assert highest / repeats >= 0.90
