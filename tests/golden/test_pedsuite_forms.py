"""Expected values in the tests of other programs; see pedsuite_forms/ORIGIN.md."""

import numpy as np
import pytest

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from tests.families import case, family, locus, pedigree, profiles

EXACT = {"rel": 1e-12}


def likelihood(relations, frequencies, typed, *, model=NO_MUTATION, dropout=None):
    panel = Panel((locus("L", frequencies, model),))
    members = pedigree(relations)
    return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, typed, dropout=dropout), panel).sum()


@pytest.mark.parametrize("p", [0.2, 0.3])
def test_a_child_of_a_mother_and_the_son_she_had_by_her_father(p):
    relations = "3 = 1 + 2; 4 = 1 + 2; 5 = 1 + 3; 6 = 5 + 3"
    assert likelihood(relations, {"1": p, "2": 1 - p}, {"6": "1/1"}) == pytest.approx(
        p**2 + 3 / 8 * p * (1 - p), **EXACT
    )


def test_a_child_of_half_sibs():
    relations = "4 = 1 + 2; 5 = 1 + 3; 6 = 4 + 5"
    p, q = 0.2, 0.3
    homozygote = likelihood(relations, {"1": p, "2": 1 - p}, {"6": "1/1"})
    heterozygote = likelihood(relations, {"1": q, "2": 1 - q}, {"6": "1/2"})
    assert homozygote == pytest.approx(p**2 + p * (1 - p) / 8, **EXACT)
    assert heterozygote == pytest.approx(2 * q * (1 - q) * 7 / 8, **EXACT)


def test_a_grandchild_and_two_grandparents():
    p, q = 0.2, 0.8
    relations = "1 = 4 + 5; 2 = 6 + 7; 3 = 1 + 2"
    found = likelihood(relations, {"1": p, "2": q}, {"4": "1/2", "7": "1/2", "3": "1/2"})
    assert found == pytest.approx((2 * p * q) ** 2 * (3 / 8 + p * q / 2), **EXACT)


def test_two_homozygous_sibs():
    q = 0.8
    found = likelihood("3 = 1 + 2; 4 = 1 + 2", {"1": 1 - q, "2": q}, {"3": "2/2", "4": "2/2"})
    assert found == pytest.approx(q**2 * (1 + q) ** 2 / 4, **EXACT)


def test_a_trio_and_a_duo_with_mutation():
    p, q = 0.9, 0.1
    equal = MutationModel(MutationKind.EQUAL, 0.1)
    proportional = MutationModel(MutationKind.PROPORTIONAL, 0.1)
    frequencies = {"1": p, "2": q}
    trio = likelihood("3 = 1 + 2", frequencies, {"1": "1/1", "2": "1/1", "3": "2/2"}, model=equal)
    duo = likelihood("3 = 1 + 2", frequencies, {"1": "1/1", "3": "2/2"}, model=proportional)
    assert trio == pytest.approx(p**4 * 0.1**2, **EXACT)
    assert duo == pytest.approx(p**2 * q * (0.1 / (1 - p**2 - q**2) * q), **EXACT)


def test_a_matrix_that_turns_every_allele_into_one_makes_that_one_certain():
    model = MutationModel(MutationKind.CUSTOM, matrix=((0.0, 1.0), (0.0, 1.0)))
    relations = "3 = 1 + 2; 6 = 3 + 4; 4 = 5 + 7"
    assert likelihood(relations, {"1": 0.5, "2": 0.5}, {"3": "2/2", "6": "2/2"}, model=model) == pytest.approx(
        1, **EXACT
    )


@pytest.mark.parametrize(
    ("relations", "person", "inbreeding"),
    [("3 = 1 + 2", "1", 0.0), ("3 = 1 + 2", "3", 0.0), ("3 = 1 + 2; 4 = 3 + 2", "4", 0.25)],
)
def test_a_person_who_shows_one_allele_with_dropout(relations, person, inbreeding):
    p, d, f = 0.2, 0.1, inbreeding
    found = likelihood(relations, {"1": p, "2": p, "3": 1 - 2 * p}, {person: "1/1"}, dropout={person: d})
    expected = (1 - d**2) * (f * p + (1 - f) * p**2) + d * (1 - d) * (1 - f) * 2 * p * (1 - p)
    assert found == pytest.approx(expected, **EXACT)


def test_dropout_in_one_parent_of_two():
    p, d = 0.2, 0.1
    one = (1 - d**2) * p**2 + d * (1 - d) * 2 * p * (1 - p)
    typed = {"1": "1/1", "2": "2/2"}
    found = likelihood("3 = 1 + 2", {"1": p, "2": p, "3": 1 - 2 * p}, typed, dropout={"1": d})
    assert found == pytest.approx(one * p**2, **EXACT)


@pytest.mark.parametrize(("genotype", "lr"), [("1/1", 25), ("2/2", 1 / (4 * 0.9**2))])
def test_a_missing_child_of_two_heterozygous_parents(genotype, lr):
    panel = Panel((locus("m", {"1": 0.1, "2": 0.9}),))
    parents = family("F", pedigree("M = fa + mo"), panel, {"fa": "1/2", "mo": "1/2"}, ["M"])
    result = compare_pairwise(case(panel, profiles(["V"], panel, {"V": genotype}), parents), Policy())
    assert 10 ** result.total_log10_lr[0, 0] == pytest.approx(lr, **EXACT)


def test_paternity_of_two_homozygotes_at_two_loci():
    panel = Panel((locus("M1", {"A": 0.05, "B": 0.95}), locus("M2", {"A": 0.1, "B": 0.9})))
    typed = {"fa": "A/A A/A", "ch": "A/A A/A"}
    by_pedigree = []
    for relations in ("ch = fa + mo", "fa; ch"):
        members = pedigree(relations)
        by_pedigree.append(pedigree_log10_likelihood(members, profiles(members.ids, panel, typed), panel))
    lr = 10 ** (by_pedigree[0] - by_pedigree[1])
    assert lr == pytest.approx([20, 10], **EXACT)
    assert np.prod(lr) == pytest.approx(200, **EXACT)


def test_a_trio_against_an_unrelated_man():
    frequencies = {"A": 0.2, "B": 0.3, "C": 0.5}
    typed = {"AF": "A/B", "MO": "A/C", "CH": "A/A"}
    father = likelihood("CH = AF + MO", frequencies, typed)
    unrelated = likelihood("CH = someone + MO; AF", frequencies, typed)
    assert (father, unrelated) == pytest.approx((0.006, 0.0024), **EXACT)
    assert father / unrelated == pytest.approx(2.5, **EXACT)


def test_full_sibs_of_one_homozygous_genotype():
    p = 0.2
    frequencies = {"A": p, "B": 0.3, "C": 0.5}
    typed = {"C1": "A/A", "C2": "A/A"}
    lr = likelihood("C1 = F + M; C2 = F + M", frequencies, typed) / likelihood("C1; C2", frequencies, typed)
    assert lr == pytest.approx((1 + p) ** 2 / (4 * p**2), **EXACT)


def test_the_father_against_his_brother():
    frequencies = {"a": 0.01, "b": 0.3, "c": 0.69}
    typed = {"AF": "a/b", "CH": "a/c", "MO": "c/c"}
    father = likelihood("CH = AF + MO", frequencies, typed)
    brother = likelihood("AF = GF + GM; BR = GF + GM; CH = BR + MO", frequencies, typed)
    # The source prints two decimals; by hand 0.5 / (0.25 + 0.5 * 0.01).
    assert father / brother == pytest.approx(1.96, abs=5e-3)
    assert father / brother == pytest.approx(0.5 / 0.255, **EXACT)
