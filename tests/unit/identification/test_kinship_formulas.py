"""Closed forms of LRs against those in the textbooks."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.identification.kinship_formulas import (
    AlleleProbabilities,
    pair_formula,
    parentage_formula,
    parents_formula,
)

FREQUENCIES = {"a": 0.1, "b": 0.2, "c": 0.05, "d": 0.15}
A, B, C = (FREQUENCIES[allele] for allele in "abc")
UNRELATED = np.array([1.0, 0.0, 0.0])
PARENT, SIBLINGS, HALF, COUSINS, SAME = map(
    np.array, ([0.0, 1.0, 0.0], [0.25, 0.5, 0.25], [0.5, 0.5, 0.0], [0.75, 0.25, 0.0], [0.0, 0.0, 1.0])
)
THETA = 0.03


def pair(first, second, kappa, *, theta=0.0, reference=UNRELATED):
    return pair_formula(tuple(first), tuple(second), kappa, reference, AlleleProbabilities(FREQUENCIES, theta))


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("aa", "aa", (1 + A) ** 2 / (4 * A**2)),
        ("aa", "ab", (1 + A) / (4 * A)),
        ("ab", "aa", (1 + A) / (4 * A)),
        ("ab", "ab", (1 + A + B + 2 * A * B) / (8 * A * B)),
        ("ab", "ac", (1 + 2 * A) / (8 * A)),
        ("ab", "cc", 1 / 4),
        ("ab", "cd", 1 / 4),
    ],
)
def test_full_siblings_have_the_lr_of_wenk_and_others_1996(first, second, value):
    assert pair(first, second, SIBLINGS).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("aa", "aa", 1 / A), ("aa", "ab", 1 / (2 * A)), ("ab", "ab", (A + B) / (4 * A * B)), ("ab", "ac", 1 / (4 * A))],
)
def test_a_parent_and_a_child_have_the_lr_of_evett_and_weir_1998(first, second, value):
    assert pair(first, second, PARENT).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [
        ("aa", "aa", (1 + 2 * THETA) / (3 * THETA + (1 - THETA) * A)),
        ("aa", "ab", (1 + 2 * THETA) / (2 * (2 * THETA + (1 - THETA) * A))),
        (
            "ab",
            "ab",
            (1 + 2 * THETA)
            * (2 * THETA + (1 - THETA) * (A + B))
            / (4 * (THETA + (1 - THETA) * A) * (THETA + (1 - THETA) * B)),
        ),
        ("ab", "ac", (1 + 2 * THETA) / (4 * (THETA + (1 - THETA) * A))),
    ],
)
def test_a_parent_and_a_child_of_one_subpopulation_have_the_lr_of_evett_and_weir_1998(first, second, value):
    assert pair(first, second, PARENT, theta=THETA).value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("genotype", "value"),
    [
        ("aa", (2 * THETA + (1 - THETA) * A) * (3 * THETA + (1 - THETA) * A)),
        ("ab", 2 * (THETA + (1 - THETA) * A) * (THETA + (1 - THETA) * B)),
    ],
)
def test_one_person_twice_has_the_match_probability_of_balding_and_nichols_1994(genotype, value):
    match_probability = value / ((1 + THETA) * (1 + 2 * THETA))
    assert pair(genotype, genotype, SAME, theta=THETA).value == pytest.approx(1 / match_probability, rel=1e-12)


def test_cousins_have_the_mixture_of_weir_and_others_2006():
    assert pair("aa", "aa", COUSINS).value == pytest.approx((1 + 3 * A) / (4 * A), rel=1e-12)


def test_the_lr_against_another_relationship_is_the_quotient():
    value = pair("ab", "ab", SIBLINGS).value / pair("ab", "ab", HALF).value
    assert pair("ab", "ab", SIBLINGS, reference=HALF).value == pytest.approx(value, rel=1e-12)


def test_what_is_impossible_has_no_formula():
    assert pair("ab", "cd", PARENT) is None
    assert pair("ab", "ac", SAME) is None
    assert pair("ab", "cd", HALF, reference=PARENT) is None


@pytest.mark.parametrize(
    ("child", "mother", "father", "value"),
    [
        ("aa", "aa", "aa", 1 / A),
        ("aa", "aa", "ab", 1 / (2 * A)),
        ("ab", "aa", "bb", 1 / B),
        ("ab", "aa", "bc", 1 / (2 * B)),
        ("ab", "ab", "aa", 1 / (A + B)),
        ("ab", "ab", "ab", 1 / (A + B)),
        ("ab", "ab", "ac", 1 / (2 * (A + B))),
        ("ab", "ac", "bb", 1 / B),
        ("ab", "ac", "bd", 1 / (2 * B)),
    ],
)
def test_a_father_with_the_mother_typed_has_the_paternity_index_of_evett_and_weir_1998(child, mother, father, value):
    formula = parentage_formula(tuple(child), tuple(mother), tuple(father), AlleleProbabilities(FREQUENCIES, 0.0))
    assert formula.value == pytest.approx(value, rel=1e-12)


@pytest.mark.parametrize(
    ("child", "mother", "father", "value"),
    [
        ("aa", "aa", "aa", (1 + 3 * THETA) / (4 * THETA + (1 - THETA) * A)),
        ("ab", "aa", "bb", (1 + 3 * THETA) / (2 * THETA + (1 - THETA) * B)),
        ("ab", "ab", "ab", (1 + 3 * THETA) / (4 * THETA + (1 - THETA) * (A + B))),
        ("ab", "ac", "bd", (1 + 3 * THETA) / (2 * (THETA + (1 - THETA) * B))),
    ],
)
def test_paternity_within_a_subpopulation_has_the_index_of_evett_and_weir_1998(child, mother, father, value):
    formula = parentage_formula(tuple(child), tuple(mother), tuple(father), AlleleProbabilities(FREQUENCIES, THETA))
    assert formula.value == pytest.approx(value, rel=1e-12)


def test_two_parents_against_nobody_of_the_family_is_the_inverse_of_the_frequency():
    formula = parents_formula(("a", "b"), ("a", "a"), ("b", "b"), AlleleProbabilities(FREQUENCIES, 0.0))
    assert formula.value == pytest.approx(1 / (2 * A * B), rel=1e-12)
    assert formula.lines == ("LR = 1/(2·pa·pb) = 25",)


def test_parents_who_cannot_have_the_child_have_no_formula():
    alleles = AlleleProbabilities(FREQUENCIES, 0.0)
    assert parents_formula(("a", "b"), ("a", "a"), ("c", "c"), alleles) is None
    assert parentage_formula(("a", "b"), ("a", "a"), ("c", "c"), alleles) is None


@pytest.mark.parametrize(
    ("first", "second", "kappa", "theta", "lines"),
    [
        ("aa", "ab", PARENT, 0.0, ("LR = 1/(2·pa) = 5",)),
        ("ab", "ab", PARENT, 0.0, ("LR = (pa + pb)/(4·pa·pb) = 3.75",)),
        ("aa", "aa", SAME, 0.0, ("LR = 1/pa² = 100",)),
        ("aa", "aa", SIBLINGS, 0.0, ("LR = 1/4 + 1/2·x + 1/4·y = 30.25", "x = 1/pa = 10", "y = 1/pa² = 100")),
        ("ab", "cd", HALF, 0.0, ("LR = 1/2 = 0.5", "x = 0")),
        ("aa", "ab", PARENT, 0.25, ("LR = 1/(2·(2θ + (1-θ)·pa)/(1+2θ)) = 1.3043",)),
    ],
)
def test_a_formula_is_written_with_the_alleles(first, second, kappa, theta, lines):
    assert pair(first, second, kappa, theta=theta).lines == lines
