from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.pedigree import Sex
from homeward.genetics.relatedness.identity import PARTITIONS, Descent, condensed_state, kinship_matrix
from tests.families import pedigree

PUBLISHED = {
    # (pedigree, pair): (kappa0, kappa1, kappa2), textbook values (Thompson 1986; ribd's list of basic relationships).
    ("C = F + M", "F", "C"): (0, 1, 0),
    ("C = F + M; D = F + M", "C", "D"): (1 / 4, 1 / 2, 1 / 4),
    ("C = F + M; D = F + N", "C", "D"): (1 / 2, 1 / 2, 0),
    ("C = F + M; G = C + N", "F", "G"): (1 / 2, 1 / 2, 0),
    ("C = F + M; D = F + M; G = C + N", "D", "G"): (1 / 2, 1 / 2, 0),
    ("C = F + M; D = F + M; X = C + N; Y = D + O", "X", "Y"): (3 / 4, 1 / 4, 0),
    ("C = F + M; D = F + M; X = C + N; Y = D + O; Z = Y + P", "X", "Z"): (7 / 8, 1 / 8, 0),
    ("A = F + M; B = F + M; C = G + N; D = G + N; X = A + C; Y = B + D", "X", "Y"): (9 / 16, 6 / 16, 1 / 16),
    ("A = F + M; B = F + N; C = G + O; D = G + P; X = A + C; Y = B + D", "X", "Y"): (49 / 64, 14 / 64, 1 / 64),
    # Quadruple half first cousins: both parents of one are half siblings of both parents of the other.
    ("A = F + M; B = G + N; C = F + N; D = G + M; X = A + B; Y = C + D", "X", "Y"): (17 / 32, 14 / 32, 1 / 32),
    # Three-quarter siblings: one mother, fathers who are brothers.
    ("A = F + M; B = F + M; X = A + N; Y = B + N", "X", "Y"): (3 / 8, 1 / 2, 1 / 8),
}


@pytest.mark.parametrize(("relations", "kappa"), PUBLISHED.items())
def test_kappa_is_the_published_one(relations, kappa):
    text, a, b = relations
    of = pedigree(text)
    found = Descent(of).coefficients(of.position(a), of.position(b))
    assert found.kappa is not None
    assert found.kappa == pytest.approx(kappa, abs=1e-15)
    assert found.kinship == pytest.approx(kappa[1] / 4 + kappa[2] / 2)


def test_full_siblings_whose_parents_are_full_siblings_have_the_published_coefficients():
    # Jacquard 1974; Lange 2002, Mathematical and Statistical Methods for Genetic Analysis, section 5.4.
    of = pedigree("A = F + M; B = F + M; X = A + B; Y = A + B")
    delta = Descent(of).coefficients(of.position("X"), of.position("Y")).delta
    expected = np.array([1 / 16, 1 / 32, 1 / 8, 1 / 32, 1 / 8, 1 / 32, 7 / 32, 5 / 16, 1 / 16])
    assert delta == pytest.approx(expected, abs=1e-15)


def test_half_brothers_by_a_wholly_inbred_father_are_as_a_father_and_his_son():
    # The example of ribd's ibd_kappa: neither of the two is inbred.
    of = replace(pedigree("A = F + M; B = F + N"), founder_inbreeding=np.array([1.0, 0.0, 0.0, 0.0, 0.0]))
    assert of.ids[0] == "F"
    found = Descent(of).coefficients(of.position("A"), of.position("B"))
    assert found.kappa == pytest.approx([0, 1, 0])
    matrix = kinship_matrix(of)
    assert matrix[of.position("A"), of.position("B")] == pytest.approx(found.kinship)
    assert matrix[0, 0] == 1.0


def test_an_inbred_founder_is_inbred_in_the_coefficients():
    of = replace(pedigree("A = F + M"), founder_inbreeding=np.array([0.2, 0.0, 0.0]))
    found = Descent(of).coefficients(of.position("F"), of.position("A"))
    assert found.inbreeding == pytest.approx((0.2, 0.0))
    assert found.delta == pytest.approx([0, 0, 0.2, 0, 0, 0, 0, 0.8, 0])


def test_a_person_and_themselves_share_everything():
    of = pedigree("A = F + M; B = F + M; X = A + B")
    delta = Descent(of).coefficients(of.position("X"), of.position("X")).delta
    assert delta == pytest.approx([1 / 4, 0, 0, 0, 0, 0, 3 / 4, 0, 0])


def test_inbred_people_have_no_kappa():
    of = pedigree("A = F + M; B = F + M; X = A + B")
    assert Descent(of).coefficients(of.position("X"), of.position("A")).kappa is None


def test_on_the_x_chromosome_a_father_has_no_gene_in_common_with_his_son_but_with_his_daughter():
    of = pedigree("S = F + M; D = F + M; E = F + M", {"S": Sex.MALE, "D": Sex.FEMALE, "E": Sex.FEMALE})
    descent = Descent(of, x_linked=True)
    f, s, d, e = map(of.position, "FSDE")
    assert descent.coefficients(f, s).kinship == 0.0
    assert descent.coefficients(f, d).delta == pytest.approx([0, 0, 1, 0, 0, 0, 0, 0, 0])
    # Sisters share their father's one gene, and each gene of the mother with probability 1/2.
    assert descent.coefficients(d, e).delta == pytest.approx([0, 0, 0, 0, 0, 0, 1 / 2, 1 / 2, 0])
    assert descent.coefficients(d, e).kinship == pytest.approx(3 / 8)


def coefficients_by_enumeration(of, a, b):
    """Every inheritance of everybody: which of the two genes each parent passed on."""
    coins = [(child, side) for child in range(len(of)) for side in (0, 1) if of.parents[child, side] >= 0]
    delta = np.zeros(9)
    for choice in product((0, 1), repeat=len(coins)):
        taken = dict(zip(coins, choice, strict=True))

        def ancestral(person, side, taken=taken):
            while of.parents[person, side] >= 0:
                person, side = of.parents[person, side], taken[person, side]
            return int(person), side

        genes = [ancestral(person, side) for person in (a, b) for side in (0, 1)]
        first_seen = dict.fromkeys(genes)
        delta[condensed_state(tuple(list(first_seen).index(gene) for gene in genes))] += 0.5 ** len(coins)
    return delta


@st.composite
def pedigrees(draw):
    """Small pedigrees with loops: each new person has a father and a mother among those before."""
    lines, males, females = [], ["F0", "F1"], ["M0", "M1"]
    for i in range(draw(st.integers(1, 5))):
        name, group = draw(st.sampled_from([(f"F{i + 2}", males), (f"M{i + 2}", females)]))
        lines.append(f"{name} = {draw(st.sampled_from(males))} + {draw(st.sampled_from(females))}")
        group.append(name)
    return pedigree("; ".join(["F0", "F1", "M0", "M1", *lines]))


@settings(max_examples=20, deadline=None)
@given(pedigrees(), st.data())
def test_coefficients_equal_a_sum_over_every_inheritance(of, data):
    a, b = (data.draw(st.integers(0, len(of) - 1)) for _ in range(2))
    found = Descent(of).coefficients(a, b)
    assert found.delta == pytest.approx(coefficients_by_enumeration(of, a, b), abs=1e-14)
    assert found.kinship == pytest.approx(kinship_matrix(of)[a, b], abs=1e-14)


@settings(max_examples=15, deadline=None)
@given(pedigrees(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nothing(of, random):
    lines = [
        f"{name} = {of.ids[father]} + {of.ids[mother]}" if father >= 0 else name
        for name, (father, mother) in zip(of.ids, of.parents, strict=True)
    ]
    random.shuffle(lines)
    other = pedigree("; ".join(lines))
    moved = [other.position(name) for name in of.ids]
    assert kinship_matrix(other)[np.ix_(moved, moved)] == pytest.approx(kinship_matrix(of), abs=1e-15)
    last, first = len(of) - 1, len(of) - 2
    expected = Descent(of).coefficients(first, last).delta
    assert Descent(other).coefficients(moved[first], moved[last]).delta == pytest.approx(expected, abs=1e-15)


def test_there_are_fifteen_ways_and_nine_states():
    assert len(set(PARTITIONS)) == 15
    assert {condensed_state(partition) for partition in PARTITIONS} == set(range(9))
