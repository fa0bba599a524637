"""All against all: equal to plain loops, in blocks of any size, with everything that was left out named."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.osteology.sorting import plans, sort
from homeward.osteology.sorting.choices import Keep, Method
from homeward.osteology.sorting.left_out import leave_out
from homeward.osteology.sorting.settings import SortSettings
from homeward.osteology.sorting.sort import sort_bones
from homeward.osteology.specimens import Side, Specimens, choose_specimens
from tests.unit.osteology.sorting.made_bones import made_people, made_reference, reference_of, slow_pairs


def found_pairs(result):
    return {
        (int(a), int(b), part.test.method.value): (
            part.test.measurements(int(position)),
            int(part.test.n_reference[position]),
            statistic,
            p_value,
            bool(excluded),
        )
        for part in result.pairs
        for a, b, position, statistic, p_value, excluded in zip(
            part.a, part.b, part.sets, part.statistic, part.p_value, part.excluded, strict=True
        )
    }


@pytest.fixture(scope="module")
def bones():
    return made_people(9, 1, missing=0.3)[1]


@pytest.fixture(scope="module")
def reference():
    return made_reference(30, 2, missing=0.25)


@pytest.mark.parametrize(("absolute", "zero_mean"), [(False, False), (True, False), (False, True)])
def test_sorting_equals_a_plain_double_loop(bones, reference, absolute, zero_mean):
    settings = SortSettings(absolute=absolute, zero_mean=zero_mean)
    found = found_pairs(sort_bones(bones, reference, settings=settings))
    expected = list(slow_pairs(bones, reference, absolute=absolute, zero_mean=zero_mean))
    assert {(one.a, one.b, one.method) for one in expected} == set(found)
    for one in expected:
        measurements, n, statistic, p_value, excluded = found[one.a, one.b, one.method]
        assert (measurements, n) == (one.measurements, one.n)
        assert statistic == pytest.approx(one.statistic, rel=1e-8, abs=1e-9)  # sums of squares of logs lose digits
        assert p_value == pytest.approx(one.p_value, rel=1e-7, abs=1e-12)
        assert excluded == (one.p_value <= 0.10)


def test_blocks_of_any_size_give_the_same_pairs(bones, reference, monkeypatch):
    methods = tuple(Method)
    whole = found_pairs(sort_bones(bones, reference, methods=methods))
    monkeypatch.setattr(sort, "CELLS_AT_ONCE", 3)
    monkeypatch.setattr(plans, "MOST_SETS", 4)
    parts = found_pairs(sort_bones(bones, reference, methods=methods))
    assert whole.keys() == parts.keys()
    for key, (measurements, n, statistic, p_value, excluded) in whole.items():
        assert parts[key][:2] == (measurements, n)
        assert parts[key][2:4] == pytest.approx((statistic, p_value), rel=1e-7, abs=1e-10)
        assert parts[key][4] == excluded


def test_counts_do_not_depend_on_what_is_kept(bones, reference):
    results = {keep: sort_bones(bones, reference, methods=tuple(Method), keep=keep) for keep in Keep}
    assert results[Keep.ALL].comparisons == results[Keep.NOT_EXCLUDED].comparisons == results[Keep.NONE].comparisons
    kept = found_pairs(results[Keep.NOT_EXCLUDED])
    assert kept == {key: pair for key, pair in found_pairs(results[Keep.ALL]).items() if not pair[-1]}
    assert not results[Keep.NONE].pairs
    assert sum(one.n_not_excluded for one in results[Keep.NONE].comparisons) == len(kept)


def test_the_order_of_the_bones_changes_nothing(bones, reference):
    order = np.random.default_rng(3).permutation(len(bones))
    shuffled = found_pairs(sort_bones(choose_specimens(bones, order), reference))
    straight = found_pairs(sort_bones(bones, reference))
    renamed = {(int(order[a]), int(order[b]), method): pair[:2] for (a, b, method), pair in shuffled.items()}
    assert renamed == {key: pair[:2] for key, pair in straight.items()}


def test_the_likelihood_ratio_is_bounded_by_the_people_of_the_reference(bones, reference):
    for settings in (SortSettings(), SortSettings(absolute=True), SortSettings(yeo_johnson=True)):
        for part in sort_bones(bones, reference, methods=tuple(Method), settings=settings).pairs:
            assert (np.abs(part.log10_lr) <= np.log10(part.test.n_reference[part.sets]) + 1e-12).all()


def test_nine_people_are_refused_by_name(bones):
    result = sort_bones(bones, made_reference(9, 4, missing=0), methods=[Method.PAIR])
    assert not result.pairs
    assert any(one.measurements for one in result.set_aside)
    for one in (one for one in result.set_aside if one.measurements):
        assert one.n_reference == 9
        assert one.reason.endswith(
            f"9 people of the reference have {', '.join(one.measurements)} on both bones; at least 10 are needed."
        )
    assert all(one.n_not_compared and not one.n_excluded for one in result.comparisons)


def test_a_reference_that_does_not_vary_is_refused_by_name(bones):
    persons, measured = made_people(12, 5, missing=0)
    same = measured.measurements_mm.copy()
    same[:] = same[[{"humerus": 0, "ulna": 24}[element] for element in measured.elements]]
    constant = Specimens(measured.ids, measured.elements, measured.sides, measured.codes, same)
    result = sort_bones(bones, reference_of(persons, constant), methods=tuple(Method))
    assert not result.pairs
    assert {one.method for one in result.set_aside if one.reason.endswith("do not vary.")} == set(Method)


def test_bones_without_measurements_or_side_or_anything_shared_are_named(reference):
    nan = np.nan
    specimens = Specimens(
        ids=("1", "2", "3", "4"),
        elements=("humerus",) * 4,
        sides=(Side.LEFT, Side.RIGHT, Side.UNKNOWN, Side.RIGHT),
        codes=("Hum_01", "Hum_02"),
        measurements_mm=np.array([[330, nan], [nan, 62], [331, 61], [nan, nan]]),
    )
    result = sort_bones(specimens, reference, methods=[Method.PAIR])
    assert [(one.id, one.reason) for one in result.set_aside] == [
        ("3", "The side is not known."),
        ("4", "No measurement was taken."),
        (None, "left humerus and right humerus: no measurement was taken on both bones."),
    ]
    assert result.comparisons[0].n_not_compared == 2


def test_an_element_that_the_reference_lacks_is_not_compared(reference):
    specimens = Specimens(
        ("1", "2"), ("femur", "femur"), (Side.LEFT, Side.RIGHT), ("Fem_01",), np.array([[450.0], [451.0]])
    )
    result = sort_bones(specimens, reference)
    assert not result.pairs
    assert any("reference" in one.reason for one in result.set_aside)


def test_settings_out_of_range_are_all_refused(bones, reference):
    with pytest.raises(InputError) as refused:
        sort_bones(bones, reference, settings=SortSettings(alpha=1.5, tails=3, smallest_reference=2))
    assert len(refused.value.problems) == 3


def test_bones_are_left_out_of_the_reference_by_name(reference):
    rest = leave_out(reference, ["P3:humerus:left", "P4:Ulna:Right"])
    assert len(rest) == len(reference) - 2
    assert "P3" not in rest.table("humerus", Side.LEFT)[0]
    assert "P4" not in rest.table("ulna", Side.RIGHT)[0]
    with pytest.raises(InputError) as refused:
        leave_out(reference, ["P3", "P99:humerus:left"])
    assert [problem.what for problem in refused.value.problems] == [
        "This names no bone.",
        "The reference has no such bone.",
    ]


def test_one_person_of_the_reference_is_not_called_people(bones):
    result = sort_bones(bones, made_reference(1, 4, missing=0), methods=[Method.PAIR])
    assert any(": 1 person of the reference has Hum_01" in one.reason for one in result.set_aside)


def test_that_differences_cancel_is_said_only_where_they_are_summed(bones, reference):
    for methods, is_said in (((Method.PAIR,), True), ((Method.Z_TRANSFORM, Method.MULTIVARIATE), False)):
        notes = sort_bones(bones, reference, methods=methods).notes
        assert any("Signed differences cancel" in note for note in notes) is is_said
