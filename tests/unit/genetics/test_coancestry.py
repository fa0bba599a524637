"""Textbook formulas with theta; p, q are the frequencies of the alleles concerned, t is theta."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from homeward.core.errors import InputError
from homeward.genetics import coancestry
from homeward.genetics.contraction import TooComplexError
from homeward.genetics.likelihood import batch_log10_likelihood, pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.states import panel_states
from tests.families import locus, pedigree, profiles

P, Q, R = 0.1, 0.25, 0.65
T = 0.03
LOCUS = locus("L", {"A": P, "B": Q, "C": R})
STEPWISE = MutationModel(MutationKind.STEPWISE, 0.01)
REPEATS = locus("S", {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.4}, STEPWISE)


def likelihood(text, genotypes, theta=T, at=LOCUS, **options):
    members, panel = pedigree(text), Panel((at,), theta)
    return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, genotypes, **options), panel)[0]


def draw(frequency, n_like_it, n_before):
    """P(the next allele | n_like_it of n_before alleles are like it): Balding & Nichols (1994), eq. 2."""
    return (n_like_it * T + (1 - T) * frequency) / (1 + (n_before - 1) * T)


def test_the_match_probabilities_are_those_of_the_national_research_council():
    # NRC (1996), The Evaluation of Forensic DNA Evidence, formulas 4.10a and 4.10b.
    homozygote = (2 * T + (1 - T) * P) * (3 * T + (1 - T) * P) / ((1 + T) * (1 + 2 * T))
    heterozygote = 2 * (T + (1 - T) * P) * (T + (1 - T) * Q) / ((1 + T) * (1 + 2 * T))
    for genotype, expected in (("A/A", homozygote), ("A/B", heterozygote)):
        both = likelihood("X; Y", {"X": genotype, "Y": genotype})
        assert both / likelihood("X; Y", {"X": genotype}) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("mother", "child", "man", "index"),
    [
        ("A/A", "A/A", "A/A", (1 + 3 * T) / (4 * T + (1 - T) * P)),
        ("A/A", "A/A", "A/B", (1 + 3 * T) / (2 * (3 * T + (1 - T) * P))),
        ("A/A", "A/B", "B/B", (1 + 3 * T) / (2 * T + (1 - T) * Q)),
        ("A/A", "A/B", "B/C", (1 + 3 * T) / (2 * (T + (1 - T) * Q))),
        ("A/C", "A/B", "B/B", (1 + 3 * T) / (2 * T + (1 - T) * Q)),
        ("A/B", "A/B", "A/A", (1 + 3 * T) / (4 * T + (1 - T) * (P + Q))),
        ("A/B", "A/B", "A/C", (1 + 3 * T) / (2 * (3 * T + (1 - T) * (P + Q)))),
    ],
)
def test_the_paternity_index_of_a_trio(mother, child, man, index):
    # Evett & Weir (1998), Interpreting DNA Evidence, chapter 6; Balding & Nichols (1995), Genetica 96:3-12.
    typed = {"M": mother, "C": child, "F": man}
    father, other = likelihood("C = F + M", typed), likelihood("C = X + M; F", typed)
    assert father / other == pytest.approx(index, rel=1e-12)


@pytest.mark.parametrize(
    ("child", "man", "index"),
    [
        ("A/A", "A/A", (1 + 2 * T) / (3 * T + (1 - T) * P)),
        ("A/A", "A/B", (1 + 2 * T) / (2 * (2 * T + (1 - T) * P))),
        ("A/B", "A/A", (1 + 2 * T) / (2 * (2 * T + (1 - T) * P))),
        ("A/B", "A/C", (1 + 2 * T) / (4 * (T + (1 - T) * P))),
        ("A/B", "A/B", (1 + 2 * T) * (2 * T + (1 - T) * (P + Q)) / (4 * (T + (1 - T) * P) * (T + (1 - T) * Q))),
    ],
)
def test_the_index_of_a_parent_and_a_child(child, man, index):
    # Ayres (2000), Forensic Sci. Int. 114:107-115, table 1.
    typed = {"C": child, "F": man}
    assert likelihood("C = F + M", typed) / likelihood("C = X + M; F", typed) == pytest.approx(index, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "kappa"),
    [
        ("X = F + M; Y = F + M", (1 / 4, 1 / 2, 1 / 4)),
        ("X = F + M; Y = F + N", (1 / 2, 1 / 2, 0)),
        ("F = Y + N; X = F + M", (1 / 2, 1 / 2, 0)),
        ("F = G + H; Y = G + H; X = F + M", (1 / 2, 1 / 2, 0)),
        ("V = G + H; W = G + H; X = F + V; Y = W + M", (3 / 4, 1 / 4, 0)),
    ],
)
def test_relatives_of_the_donor_match_by_their_ibd_coefficients(text, kappa):
    # Balding & Nichols (1994), section 5: none, one or both of the second genotype's alleles are fresh draws.
    both = kappa[2] + kappa[1] * draw(P, 2, 2) + kappa[0] * draw(P, 2, 2) * draw(P, 3, 3)
    found = likelihood(text, {"X": "A/A", "Y": "A/A"}) / likelihood(text, {"X": "A/A"})
    assert found == pytest.approx(both, rel=1e-12)
    one = (draw(P, 1, 2) + draw(Q, 1, 2)) / 2
    both = kappa[2] + kappa[1] * one + kappa[0] * 2 * draw(P, 1, 2) * draw(Q, 1, 3)
    found = likelihood(text, {"X": "A/B", "Y": "A/B"}) / likelihood(text, {"X": "A/B"})
    assert found == pytest.approx(both, rel=1e-12)


def test_at_an_x_linked_locus_a_man_draws_once():
    # Father A and daughter A/B: she has his A, and B from her mother; a stranger's daughter draws both.
    at = replace(LOCUS, chromosome="X")
    sexes = {"F": Sex.MALE, "D": Sex.FEMALE, "X": Sex.MALE, "M": Sex.FEMALE}
    typed = {"F": "A/A", "D": "A/B"}

    def of(text):
        members, panel = pedigree(text, sexes), Panel((at,), T)
        return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, typed), panel)[0]

    assert of("D = F + M") == pytest.approx(P * draw(Q, 0, 1), rel=1e-12)
    assert of("D = X + M; F") == pytest.approx(P * 2 * draw(Q, 0, 1) * draw(P, 1, 2), rel=1e-12)


@pytest.mark.parametrize("theta", [0.0, T])
def test_an_inbred_founder_draws_once_or_twice(theta):
    f = 0.25
    members = replace(pedigree("A"), founder_inbreeding=np.array([f]))
    panel = Panel((LOCUS,), theta)
    second = (theta + (1 - theta) * P, (1 - theta) * Q)
    for genotype, expected in (("A/A", f * P + (1 - f) * P * second[0]), ("A/B", 2 * (1 - f) * P * second[1])):
        found = pedigree_log10_likelihood(members, profiles(members.ids, panel, {"A": genotype}), panel)[0]
        assert 10**found == pytest.approx(expected, rel=1e-12)


def test_an_inbred_founder_is_somebody_whose_parents_are_related():
    # The child of full siblings has f = 1/4; the frequencies are those of their grandparents.
    typed, panel = {"C": "A/B", "D": "A/A"}, Panel((LOCUS,))
    drawn_out = pedigree("A = G + H; B = G + H; F = A + B; C = F + M; D = F + M")
    short = pedigree("C = F + M; D = F + M")
    inbred = np.where(np.array(short.ids) == "F", 0.25, 0.0)
    short = replace(short, founder_inbreeding=inbred)
    one, other = (
        pedigree_log10_likelihood(members, profiles(members.ids, panel, typed), panel)[0]
        for members in (drawn_out, short)
    )
    assert one == pytest.approx(other, rel=1e-12)


def test_a_published_value_of_another_program():
    # pedprobr 1.1.0, tests/testthat/test-theta-correction.R: p = 0.3, theta 0.01, a homozygote whose relatives are not
    # typed, over two and over three generations.
    at = locus("L", {"A": 0.3, "B": 0.7})
    assert likelihood("C = F + M; D = C + N", {"D": "A/A"}, theta=0.01, at=at) == pytest.approx(0.0921, rel=1e-12)
    text = "C = F + M; B = G + H; D = C + B"
    assert likelihood(text, {"D": "A/A"}, theta=0.01, at=at) == pytest.approx(0.0921, rel=1e-12)


@pytest.mark.parametrize("theta", [0.0, 0.02, 0.5])
def test_the_probabilities_of_all_genotypes_sum_to_one(theta):
    genotypes = np.array([[0, 0], [0, 1], [0, 2], [1, 1], [1, 2], [2, 2]])
    members, panel = pedigree("X = F + M; Y = F + N; Z"), Panel((LOCUS,), theta)
    alleles = np.full((6**3, len(members), 2), -1)
    for person, place in zip("XYZ", np.indices((6, 6, 6)).reshape(3, -1), strict=True):
        alleles[:, members.position(person)] = genotypes[place]
    states, row = panel_states(panel, np.arange(3).reshape(1, 1, 3)), np.zeros(6**3, dtype=int)
    found = batch_log10_likelihood(members, states, row, alleles, np.zeros((6**3, len(members))))
    assert (10**found).sum() == pytest.approx(1, rel=1e-12)


def test_without_co_ancestry_it_is_the_likelihood_of_unrelated_founders():
    typed = {"X": "8/9", "Y": "8/11", "Z": "10/10"}
    text = "X = F + M; Y = F + M; Z = F + N"
    limit = likelihood(text, typed, theta=1e-11, at=REPEATS)
    assert limit == pytest.approx(likelihood(text, typed, theta=0.0, at=REPEATS), rel=1e-8)


def test_an_untyped_stranger_and_the_order_of_people_change_nothing():
    typed = {"X": "8/9", "Y": "8/11", "Z": "10/10"}
    one = likelihood("X = F + M; Y = F + M; Z = F + N", typed, at=REPEATS)
    assert likelihood("S; Z = F + N; Y = F + M; X = F + M; U", typed, at=REPEATS) == pytest.approx(one, rel=1e-13)


def test_families_of_one_subpopulation_are_not_independent():
    alone = likelihood("X; Y", {"X": "A/A"})
    assert likelihood("X; Y", {"X": "A/A", "Y": "A/A"}) > 1.5 * alone**2


@pytest.mark.parametrize(
    "text", ["X = F + M; Y = F + M; Z", "X = F + M; Y = F + M; Z = G + N; V = G + N", "X = F + M; Y = F + N; Z = Y + U"]
)
def test_sharing_of_draws_and_quadrature_give_one_answer(monkeypatch, text):
    typed = {"X": "8/9", "Y": "8/10", "Z": "9/9"}
    monkeypatch.setattr(coancestry, "quadrature_size", lambda *_: 10**9)
    by_sharing = likelihood(text, typed, at=REPEATS, dropout={"Z": 0.2})
    monkeypatch.undo()
    monkeypatch.setattr(coancestry, "sharings", lambda _: None)
    assert likelihood(text, typed, at=REPEATS, dropout={"Z": 0.2}) == pytest.approx(by_sharing, rel=1e-11)


def test_at_a_locus_of_two_alleles_many_founders_are_no_trouble():
    text = "; ".join(f"X{i} = F{i} + M{i}; Y{i} = F{i} + M{i}" for i in range(12))
    typed = {f"{who}{i}": "A/B" for i in range(12) for who in "XY"}
    found = likelihood(text, typed, at=locus("L", {"A": 0.3, "B": 0.7}))

    def twelve_pairs(p):
        # Given the frequency in the subpopulation: both sibs AB, sharing both, one or none of their alleles.
        return (2 * p * (1 - p) / 4 + p * (1 - p) / 2 + (2 * p * (1 - p)) ** 2 / 4) ** 12

    subpopulation = stats.beta(0.3 * (1 - T) / T, 0.7 * (1 - T) / T)
    assert found == pytest.approx(subpopulation.expect(twelve_pairs, epsabs=1e-20), rel=1e-7)


def test_a_family_with_too_many_untyped_founders_is_refused_in_words():
    text = "; ".join(f"X{i} = F{i} + M{i}; Y{i} = F{i} + M{i}" for i in range(8))
    typed = {f"{who}{i}": "8/9" for i in range(8) for who in "XY"}
    at = locus("S", {str(8 + i): 0.125 for i in range(8)}, STEPWISE)
    with pytest.raises(TooComplexError, match="set theta to 0"):
        likelihood(text, typed, at=at)


@pytest.mark.parametrize("theta", [-0.01, 1.0, np.nan])
def test_a_theta_outside_its_range_is_refused(theta):
    with pytest.raises(InputError, match=r"not in \[0, 1\).* 0 for none"):
        likelihood("X", {"X": "A/A"}, theta=theta)
