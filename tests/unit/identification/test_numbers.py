"""Numbers as people read them: nothing rounds to certainty, nothing to impossibility."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from homeward.identification.numbers import (
    counted,
    format_count,
    format_fraction,
    format_genotype,
    format_log10,
    format_lr,
    format_posterior,
    format_probability,
    lr_in_words,
)


@pytest.mark.parametrize(
    ("log10_lr", "words"),
    [
        (math.log10(3.24e6), "about 3.2 million to one"),
        (math.log10(3.26e6), "about 3.3 million to one"),
        (math.log10(27_400), "about 27,000 to one"),
        (math.log10(999_999), "about 1.0 million to one"),
        (math.log10(994_000), "about 990,000 to one"),
        (math.log10(996), "about 1,000 to one"),
        (math.log10(1.5), "about 1.5 to one"),
        (math.log10(0.5), "about 2.0 to one against"),
        (math.log10(1 / 27_400), "about 27,000 to one against"),
        (9.0, "about 1.0 billion to one"),
        (math.log10(2.5e11), "about 250 billion to one"),
        (math.log10(4.4e14), "about 440 trillion to one"),
        (18.5, "about 3.2 × 10¹⁸ to one"),
        (-400.0, "about 1.0 × 10⁴⁰⁰ to one against"),
        (0.0, "about even: it favours neither side"),
        (-0.001, "about even: it favours neither side"),
        (-math.inf, "impossible under the stated model"),
        (math.inf, "no limit: the alternative is impossible under the stated model"),
        (math.nan, "not defined: the family's own profiles contradict its pedigree"),
        (None, "not defined: the family's own profiles contradict its pedigree"),
    ],
)
def test_an_lr_is_said_in_words(log10_lr: float | None, words: str):
    assert lr_in_words(log10_lr) == words


@given(st.floats(-5000, 5000))
def test_every_finite_lr_has_words_that_never_say_infinite(log10_lr: float):
    assert lr_in_words(log10_lr).startswith("about ")
    assert "inf" not in lr_in_words(log10_lr) + format_lr(log10_lr)


@given(st.floats(0.02, 14.9))
def test_the_words_are_within_the_rounding_of_two_digits(log10_lr: float):
    number = lr_in_words(log10_lr).removeprefix("about ").removesuffix(" to one")
    scale = {"million": 1e6, "billion": 1e9, "trillion": 1e12}
    digits, _, name = number.partition(" ")
    said = float(digits.replace(",", "")) * scale.get(name, 1.0)
    # Two significant digits are off by at most 0.05 of 1.0; the rest is double precision.
    assert said == pytest.approx(10**log10_lr, rel=0.0501)


@pytest.mark.parametrize(
    ("log10_lr", "text"),
    [
        (0.0, "1.0"),
        (-1.0, "0.10"),
        (math.log10(0.0041), "0.0041"),
        (-5.0, "1.0 × 10⁻⁵"),
        (math.log10(3.24e6), "3.2 million"),
        (-math.inf, "0"),
        (math.inf, "∞"),
        (math.nan, "–"),
        (None, "–"),
    ],
)
def test_an_lr_is_written_with_two_digits(log10_lr: float | None, text: str):
    assert format_lr(log10_lr) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(4.4251, "4.43"), (-0.001, "0.00"), (-12.3, "-12.30"), (-math.inf, "-∞"), (math.inf, "∞"), (math.nan, "–")],
)
def test_a_log10_value_is_written_with_two_decimals(value: float, text: str):
    assert format_log10(value) == text


@pytest.mark.parametrize(
    ("probability", "complement", "text"),
    [
        (0.0, None, "0"),
        (3.14e-12, None, "3.1e-12"),
        (0.0123, None, "0.0123"),
        (0.5, None, "0.5000"),
        (0.99999, None, "0.99999"),
        (0.9999994, None, "0.9999994"),
        (1 - 3.1e-12, 3.1e-12, "1 - 3.1e-12"),
        (1.0, 2e-20, "1 - 2.0e-20"),
        (1.0, 0.0, "1"),
        (1.0, None, "more than 1 - 1.1e-16"),
        (math.nan, None, "–"),
        (None, None, "–"),
    ],
)
def test_a_posterior_keeps_what_matters(probability: float | None, complement: float | None, text: str):
    assert format_posterior(probability, complement) == text


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_only_certainty_reads_as_one_and_only_impossibility_as_zero(probability: float):
    text = format_posterior(probability)
    if "e" not in text:
        assert 0.0 < float(text) < 1.0
    else:
        assert float(text.removeprefix("1 - ")) > 0.0
    assert "1.0000" not in text


def test_counts_have_commas_and_their_noun_in_the_right_number():
    assert format_count(1_234_567) == "1,234,567"
    assert counted(1, "family", "families") == "1 family"
    assert counted(5, "sample") == "5 samples"
    assert counted(0, "family", "families") == "no families"


def test_a_parameter_is_written_as_it_was_given():
    assert [format_fraction(x) for x in (0.001, 1e-6, 4.0, 0.999)] == ["0.001", "1e-06", "4", "0.999"]


def test_what_was_not_typed_is_a_dash():
    assert format_genotype(("9", "9.3")) == "9, 9.3"
    assert format_genotype(None) == format_probability(None) == "\N{EN DASH}"
    assert format_probability(-3.0) == "0.001"
