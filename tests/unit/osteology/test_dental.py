"""Dental charts: what a tooth can become, how often a pattern is found, and what agreement is worth."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from homeward.core.errors import InputError
from homeward.osteology.dental_charts import (
    FDI,
    UNOBSERVED,
    DentalCharts,
    Notation,
    chart_of,
    generic,
    read_code,
    tooth_names,
    tooth_position,
    write_code,
)
from homeward.osteology.dental_evidence import (
    Explainable,
    ToothResult,
    compare_charts,
    compare_teeth,
    matches,
    pattern_frequency,
    teeth_log10_lr,
)

TEETH = [tooth for tooth in FDI if not tooth.endswith("8")]
codes = st.sampled_from(["", "X", "V", "R", "M", "O", "MO", "MOD", "F", "MODFL"])


def chart(default="V", **teeth):
    """A chart whose teeth are all alike but for some, written t16="MOD"."""
    return chart_of(dict.fromkeys(TEETH, default) | {name[1:]: code for name, code in teeth.items()}, where="chart")


def reference(*charts):
    return DentalCharts(tuple(f"R{i}" for i in range(len(charts))), np.array(charts), "made up")


def one_tooth(before, after, tooth="16"):
    results = compare_teeth(chart_of({tooth: before}, where="am"), chart_of({tooth: after}, where="pm"))
    return results[FDI.index(tooth)]


def test_fdi_and_universal_numbers_name_the_same_teeth():
    # Universal 1 is the upper right third molar, 16 the upper left, 17 the lower left, 32 the lower right.
    assert [FDI[i] for i in (0, 7, 8, 15, 16, 23, 24, 31)] == ["18", "11", "21", "28", "38", "31", "41", "48"]
    assert tooth_position("3", Notation.UNIVERSAL) == tooth_position("16")
    assert tooth_names([2, 18], Notation.UNIVERSAL) == ("3", "19")
    assert tooth_names([2, 18]) == ("16", "36")
    assert tooth_position("19") is tooth_position("33", Notation.UNIVERSAL) is None


def test_surfaces_may_be_written_in_any_order_and_by_other_names():
    assert write_code(read_code("dom")) == "MOD"
    assert write_code(read_code("BL")) == "FL"
    assert write_code(read_code(" x ")) == "X"
    assert write_code(read_code("?")) == ""
    assert read_code("MM") is read_code("Q") is None


@pytest.mark.parametrize(
    ("before", "after", "result"),
    [
        ("V", "V", ToothResult.AGREES),
        ("X", "X", ToothResult.AGREES),
        ("MO", "OM", ToothResult.AGREES),
        ("R", "MOD", ToothResult.AGREES),
        ("MOD", "R", ToothResult.AGREES),
        ("V", "MO", ToothResult.EXPLAINABLE),
        ("V", "X", ToothResult.EXPLAINABLE),
        ("MO", "MOD", ToothResult.EXPLAINABLE),
        ("MO", "X", ToothResult.EXPLAINABLE),
        ("X", "V", ToothResult.UNEXPLAINABLE),
        ("X", "MO", ToothResult.UNEXPLAINABLE),
        ("MO", "V", ToothResult.UNEXPLAINABLE),
        ("R", "V", ToothResult.UNEXPLAINABLE),
        ("MOD", "MO", ToothResult.UNEXPLAINABLE),
        ("", "V", ToothResult.NOT_COMPARED),
        ("X", "", ToothResult.NOT_COMPARED),
    ],
)
def test_a_tooth_can_be_filled_or_lost_and_never_comes_back(before, after, result):
    assert one_tooth(before, after) is result


def test_a_third_molar_may_have_been_there_unerupted():
    assert one_tooth("X", "V", "48") is ToothResult.EXPLAINABLE


@given(st.lists(codes, min_size=32, max_size=32), st.lists(codes, min_size=32, max_size=32))
def test_matching_is_the_plain_double_loop(pattern, row):
    def agree(a, b):
        restored = {"R", "M", "O", "MO", "MOD", "F", "MODFL"}
        return "" in (a, b) or a == b or ("R" in (a, b) and {a, b} <= restored)

    a, b = (chart_of(dict(zip(FDI, one, strict=True)), where="x") for one in (pattern, row))
    expected = all(agree(p, r) for p, r in zip(pattern, row, strict=True))
    assert matches(a, reference(b), range(32))[0] == expected


def test_the_frequency_counts_one_more_in_both():
    people = reference(*[chart(t16="MO")] * 3, *[chart()] * 6)
    found = pattern_frequency(chart(t16="MO"), people, range(32), confidence=0.95)
    assert (found.n_matches, found.n_reference, found.n_teeth) == (3, 9, 28)
    assert found.frequency == pytest.approx(4 / 10)
    # Clopper-Pearson: with that frequency, 3 or fewer of 9 are seen in 5 % of samples.
    assert binom.cdf(3, 9, found.upper) == pytest.approx(0.05)
    assert pattern_frequency(chart(), reference(chart()), range(32), confidence=0.95).upper == 1.0


def test_teeth_that_were_not_observed_are_wild_cards():
    people = reference(chart(t16="MO"), chart(), chart(t16=""))
    assert matches(chart(t16=""), people, range(32)).tolist() == [True, True, True]
    assert matches(chart(t16="MO"), people, range(32)).tolist() == [True, False, True]
    assert generic(chart(t16="MO"))[FDI.index("16")] == read_code("R")


def test_full_agreement_is_worth_at_most_the_reference_and_one():
    people = reference(*[chart()] * 99)
    same = chart(t16="MOD", t36="X")
    result = compare_charts(same, same, people)
    assert (result.n_agreeing, result.n_explainable, result.n_unexplainable) == (28, 0, 0)
    assert 10**result.log10_lr == pytest.approx(0.98**28 * 100)
    assert result.log10_lr == result.log10_lr_most
    # Nobody of 99: the frequency is below 1 - 0.05^(1/99) with 95 % confidence.
    assert 10**result.log10_lr_lower == pytest.approx(0.98**28 / (1 - 0.05 ** (1 / 99)))


def test_a_contradiction_costs_the_error_rate_and_excludes_nobody_by_itself():
    people = reference(*[chart()] * 99)
    result = compare_charts(chart(t36="X", t16="MOD"), chart(t16="MOD"), people)
    assert result.n_unexplainable == 1
    assert 10**result.log10_lr == pytest.approx(0.98**27 * 0.02 * 100)


def test_explainable_teeth_are_left_out_or_looked_for_both_ways():
    people = reference(*[chart(t16="MO")] * 5, *[chart(t16="MOD")] * 2, *[chart(t16="X")] * 3)
    before, after = chart(t16="MO"), chart(t16="MOD")
    left_out = compare_charts(before, after, people)
    both_ways = compare_charts(before, after, people, explainable=Explainable.BOTH_WAYS)
    assert left_out.pattern.n_matches == 10
    assert both_ways.pattern.n_matches == 5
    assert both_ways.log10_lr - left_out.log10_lr == pytest.approx(math.log10(11 / 6))


def test_where_one_chart_has_no_surfaces_neither_has_the_pattern():
    people = reference(*[chart(t16="MO")] * 5, *[chart(t16="F")] * 4)
    assert compare_charts(chart(t16="R"), chart(t16="MO"), people).pattern.n_matches == 9
    assert compare_charts(chart(t16="MO"), chart(t16="MO"), people).pattern.n_matches == 5


def test_third_molars_count_only_if_asked_for():
    before, after = chart_of({"18": "X", "11": "V"}, where="am"), chart_of({"18": "X", "11": "V"}, where="pm")
    assert compare_charts(before, after, reference(chart())).n_agreeing == 1
    assert compare_charts(before, after, reference(chart()), teeth=range(32)).n_agreeing == 2


def test_each_agreeing_tooth_costs_what_the_record_may_be_wrong():
    assert teeth_log10_lr(28, 0, 1.0, tooth_error=0.02) == pytest.approx(28 * math.log10(0.98))


def test_mistakes_are_refused():
    with pytest.raises(InputError) as caught:
        chart_of({"19": "V", "16": "QQ", "11": "V"}, where="AM chart of M1")
    assert [problem.where for problem in caught.value.problems] == [
        "AM chart of M1, fdi number",
        "AM chart of M1, tooth 16",
    ]
    blank = np.full(32, UNOBSERVED, dtype=np.uint8)
    with pytest.raises(InputError, match="No tooth was observed in both"):
        compare_charts(blank, chart(), reference(chart()))
    with pytest.raises(InputError, match="The reference has nobody"):
        compare_charts(chart(), chart(), DentalCharts((), np.zeros((0, 32), np.uint8), "empty"))
