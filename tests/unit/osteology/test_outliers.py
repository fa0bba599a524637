"""Values of a reference that stand apart are named, with the bone they are on."""

import numpy as np
import pytest

from homeward.osteology.outliers import outlying_values, robust_distances
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side, Specimens


def sample(left_mm: list[float], right_mm: list[float], sexes: list[str]) -> ReferenceSample:
    n = len(left_mm)
    persons = tuple(str(i) for i in range(n)) * 2
    sides = (Side.LEFT,) * n + (Side.RIGHT,) * n
    mm = np.array([*left_mm, *right_mm], dtype=float)[:, None]
    bones = Specimens(persons, ("ulna",) * 2 * n, sides, ("Uln_06",), mm)
    return ReferenceSample("Made", "made", persons, bones, np.full(2 * n, np.nan), tuple(sexes) * 2, ("",) * 2 * n)


def test_distances_are_in_robust_spreads_from_the_median():
    # Median 3; deviations 2, 1, 0, 1, 97 with median 1; one spread is 1.4826.
    median, distances = robust_distances(np.array([1.0, 2.0, 3.0, 4.0, 100.0]))
    assert median == 3.0
    np.testing.assert_allclose(distances, np.array([-2, -1, 0, 1, 97]) / 1.4826)


def test_values_that_do_not_vary_have_no_distance():
    assert robust_distances(np.array([2.0, 2.0, 2.0, 5.0]))[1].tolist() == [0.0] * 4


def test_a_value_ten_times_too_small_is_named_by_size_and_by_the_other_side():
    rng = np.random.default_rng(3)
    left = rng.normal(235, 12, 40)
    right = left * np.exp(rng.normal(0, 0.01, 40))
    left[7] = 22.0
    found = outlying_values(sample(left.tolist(), right.tolist(), ["m"] * 40))
    assert found[0].by == "sides"
    assert {(one.bone, one.code, one.by) for one in found} == {
        ("7:ulna:left", "Uln_06", "size"),
        ("7:ulna:left", "Uln_06", "sides"),
        ("7:ulna:right", "Uln_06", "sides"),
    }
    size = next(one for one in found if one.by == "size")
    assert (size.value_mm, size.spreads < -5) == (22.0, True)
    assert size.expected_mm == pytest.approx(235, abs=8)


def test_each_sex_is_judged_by_itself_and_few_values_are_not_judged():
    men, women = [240.0 + i for i in range(12)], [210.0, 211.0, 212.0]
    found = outlying_values(sample(men + women, men + women, ["m"] * 12 + ["f"] * 3))
    assert found == ()


def test_values_not_taken_stand_nowhere():
    left = [240.0 + i for i in range(12)] + [float("nan")]
    assert outlying_values(sample(left, left, ["m"] * 13)) == ()
