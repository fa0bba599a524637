"""Twins from one egg: one genotype, several observations."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from tests.families import case, family, locus, pedigree, profiles

P, Q, R = 0.1, 0.25, 0.65
PANEL = Panel((locus("L", {"12": P, "14": Q, "15": R}),))
TWINS = [("A", "B")]


def log10_likelihood(text, genotypes, *, twins=TWINS, **options):
    members = pedigree(text, twins=twins)
    return pedigree_log10_likelihood(members, profiles(members.ids, PANEL, genotypes, **options), PANEL)[0]


def test_twins_with_one_genotype_are_as_probable_as_one_person():
    one = log10_likelihood("A = F + M", {"A": "12/14", "F": "12/15"}, twins=())
    both = log10_likelihood("A = F + M; B = F + M", {"A": "12/14", "B": "12/14", "F": "12/15"})
    assert both == pytest.approx(one, rel=1e-12)


def test_twins_with_different_genotypes_are_impossible():
    assert log10_likelihood("A = F + M; B = F + M", {"A": "12/14", "B": "12/15"}) == -np.inf


def test_dropout_counts_in_the_profile_of_each_twin():
    # 12/14 shows as 12 with d(1-d) in the one and as both with (1-d)^2 in the other.
    d = 0.2
    found = 10 ** log10_likelihood("A = F + M; B = F + M", {"A": "12/14", "B": "12/12"}, dropout={"A": d, "B": d})
    assert found == pytest.approx(2 * P * Q * (1 - d) ** 2 * d * (1 - d), rel=1e-12)


def test_children_of_twins_are_half_siblings_by_descent():
    text = "A = F + M; B = F + M; X = A + V; Y = B + W"
    half_siblings = log10_likelihood("X = A + V; Y = A + W", {"X": "12/14", "Y": "12/14"}, twins=())
    assert log10_likelihood(text, {"X": "12/14", "Y": "12/14"}) == pytest.approx(half_siblings, rel=1e-12)


def test_the_twin_of_a_missing_person_tells_as_much_as_the_person_would():
    members = pedigree("A = F + M; B = F + M", twins=TWINS)
    sample = profiles(["S", "T"], PANEL, {"S": "12/14", "T": "12/15"})
    one = case(PANEL, sample, family("F1", members, PANEL, {"B": "12/14"}, ["A"]))
    found = compare_pairwise(one, Policy())
    assert 10 ** found.log10_lr[0, 0, 0] == pytest.approx(1 / (2 * P * Q), rel=1e-12)
    assert found.log10_lr[1, 0, 0] == -np.inf
    assert found.inconsistent[:, 0, 0].tolist() == [False, True]
    assert found.compared.all()


def test_a_second_unnamed_parent_is_shared_by_twins():
    members = pedigree("A = F + -; B = F + -", twins=TWINS)
    assert len(members) == 4
    assert members.parents[members.position("A")].tolist() == members.parents[members.position("B")].tolist()


def test_twins_are_joined_in_components_even_without_parents():
    assert pedigree("A; B", twins=TWINS).components().tolist() == [0, 0]


@pytest.mark.parametrize(
    ("text", "twins", "sex", "message"),
    [
        ("A = F + M; B = F + N", [("A", "B")], {}, "do not have the same father and mother"),
        ("A = F + M; B = F + M", [("A", "B")], {"A": Sex.MALE, "B": Sex.FEMALE}, "male and as female"),
        ("A = F + M", [("A",)], {}, "only one in a group of twins"),
        ("A = F + M; B = F + M", [("A", "C")], {}, "The twin 'C' is not in the pedigree"),
        ("A = F + M; B = F + M; C = F + M", [("A", "B"), ("B", "C")], {}, "'B' is named as a twin twice"),
    ],
)
def test_impossible_twins_are_refused(text, twins, sex, message):
    with pytest.raises(InputError, match=message):
        pedigree(text, sex, twins=twins)
