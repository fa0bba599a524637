"""Closed forms, worked by hand; p, q are the frequencies of the alleles concerned."""

import numpy as np
import pytest

from homeward.genetics import contraction
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from tests.families import locus, pedigree, profiles

P, Q, R = 0.1, 0.25, 0.65
PANEL = Panel((locus("L", {"12": P, "14": Q, "15": R}),))
HOMOZYGOTE, HETEROZYGOTE = P**2, 2 * P * Q


def likelihood(text, genotypes, panel=PANEL, **options):
    members = pedigree(text)
    return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, genotypes, **options), panel)[0]


def pair(kappa, shared_one, shared_both, first, second):
    """P(two genotypes) from IBD coefficients: none, one or both alleles shared by descent."""
    return kappa[0] * first * second + kappa[1] * shared_one + kappa[2] * shared_both


def test_an_unrelated_heterozygote_is_2pq():
    assert likelihood("A", {"A": "12/14"}) == pytest.approx(2 * P * Q, rel=1e-12)


def test_a_father_and_child_share_one_allele():
    # P(father 12/14) * P(child 12/15): he gives 12 with 1/2, the mother gives 15 with R.
    assert likelihood("C = F + M", {"F": "12/14", "C": "12/15"}) == pytest.approx(2 * P * Q * R / 2, rel=1e-12)


def test_a_trio_with_both_parents_typed():
    expected = (2 * P * Q) * (2 * Q * R) * 1 / 4
    assert likelihood("C = F + M", {"F": "12/14", "M": "14/15", "C": "12/15"}) == pytest.approx(expected, rel=1e-12)


# Two people both 12/14: P(share one) = pq(p + q), P(share both) = 2pq. Both 12/12: p^3 and p^2.
ONE_SHARED, BOTH_SHARED = P * Q * (P + Q), 2 * P * Q
RELATIONSHIPS = {
    "full sibs": ("A = F + M; B = F + M", (1 / 4, 1 / 2, 1 / 4)),
    "half sibs": ("A = F + M; B = F + N", (1 / 2, 1 / 2, 0)),
    "grandparent": ("F = A + G; B = F + M", (1 / 2, 1 / 2, 0)),
    "uncle": ("A = G + H; F = G + H; B = F + M", (1 / 2, 1 / 2, 0)),
    "first cousins": ("X = G + H; Y = G + H; A = X + V; B = W + Y", (3 / 4, 1 / 4, 0)),
    "double first cousins": (
        "X = G + H; Y = G + H; V = I + J; W = I + J; A = X + V; B = Y + W",
        (9 / 16, 6 / 16, 1 / 16),
    ),
    "second cousins": (
        "X = G + H; Y = G + H; A1 = X + V; B1 = Y + W; A = A1 + S; B = B1 + T",
        (15 / 16, 1 / 16, 0),
    ),
}


@pytest.mark.parametrize("name", RELATIONSHIPS)
def test_two_heterozygotes_follow_the_ibd_coefficients_of_their_relationship(name):
    text, kappa = RELATIONSHIPS[name]
    expected = pair(kappa, ONE_SHARED, BOTH_SHARED, HETEROZYGOTE, HETEROZYGOTE)
    assert likelihood(text, {"A": "12/14", "B": "12/14"}) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("name", RELATIONSHIPS)
def test_two_homozygotes_follow_the_ibd_coefficients_of_their_relationship(name):
    text, kappa = RELATIONSHIPS[name]
    expected = pair(kappa, P**3, P**2, HOMOZYGOTE, HOMOZYGOTE)
    assert likelihood(text, {"A": "12/12", "B": "12/12"}) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "inbreeding"),
    [
        ("C = X + Y; X = G + H; Y = G + H", 1 / 4),
        ("C = X + Y; X = G + M; Y = G + N", 1 / 8),
        ("C = A + B; X = G + H; Y = G + H; A = X + V; B = W + Y", 1 / 16),
        ("C = F + D; D = F + M", 1 / 4),
    ],
    ids=["full-sib parents", "half-sib parents", "first-cousin parents", "father and daughter"],
)
def test_an_inbred_child_is_homozygous_with_p_squared_and_a_share_of_p(text, inbreeding):
    assert likelihood(text, {"C": "12/12"}) == pytest.approx((1 - inbreeding) * P**2 + inbreeding * P, rel=1e-12)


def test_a_dropped_allele_turns_an_exclusion_into_a_possibility():
    d = 0.1
    typed = {"F": "12/12", "C": "14/14"}
    assert likelihood("C = F + M", typed) == 0
    # The child is 12/14 and 12 was not seen: P(father) * Q * d(1-d).
    assert likelihood("C = F + M", typed, dropout={"C": d}) == pytest.approx(P**2 * Q * d * (1 - d), rel=1e-12)


def test_untyped_people_change_nothing_without_mutation():
    wide = "A = F + M; B = F + M; C = A + X; D = C + Y; F = P1 + P2"
    assert likelihood(wide, {"A": "12/14"}) == pytest.approx(2 * P * Q, rel=1e-12)


def test_merging_unseen_alleles_is_exact_under_the_equal_model():
    frequencies = dict(zip("abcdefgh", [0.05, 0.1, 0.15, 0.2, 0.1, 0.2, 0.1, 0.1], strict=True))
    panel = Panel((locus("L", frequencies, MutationModel(MutationKind.EQUAL, 0.02)),))
    seen = {"A": "a/a", "B": "b/b"}
    # Typing an unrelated person as c/d and h/h keeps more alleles apart; the family's share must not move.
    merged = likelihood("A = F + M; B = F + N; U", seen, panel)
    apart = likelihood("A = F + M; B = F + N; U; V", seen | {"U": "c/d", "V": "h/e"}, panel)
    assert apart == pytest.approx(merged * (2 * 0.15 * 0.2) * (2 * 0.1 * 0.1), rel=1e-12)


def test_a_family_of_hundreds_does_not_underflow():
    children = "; ".join(f"C{i} = F + M" for i in range(300))
    members = pedigree(children)
    typed = {f"C{i}": "12/14" for i in range(300)} | {"F": "12/12", "M": "14/14"}
    found = pedigree_log10_likelihood(members, profiles(members.ids, PANEL, typed), PANEL)[0]
    assert found == pytest.approx(np.log10(P**2 * Q**2), rel=1e-12)
    typed |= {f"C{i}": "12/14" for i in range(300)} | {"F": "12/14", "M": "14/12"}
    found = pedigree_log10_likelihood(members, profiles(members.ids, PANEL, typed), PANEL)[0]
    assert found == pytest.approx(np.log10((2 * P * Q) ** 2) + 300 * np.log10(0.5), rel=1e-12)


def test_a_pedigree_too_entangled_for_memory_is_refused_in_words(monkeypatch):
    monkeypatch.setattr(contraction, "LARGEST_TENSOR", 10)
    with pytest.raises(contraction.TooComplexError, match="too entangled"):
        likelihood("A = F + M; B = F + M", {"A": "12/14", "B": "14/15"})
