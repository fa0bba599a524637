"""Silent alleles, drop-in and partial genotypes: closed forms; p, q are the frequencies of the alleles concerned."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel, check_panel
from homeward.genetics.refusals import Feature, features_used, refuse_unsupported
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from homeward.identification.screen import screen
from homeward.identification.screen_policy import ScreenPolicy
from tests.families import case, family, locus, pedigree, profiles

P, Q, S = 0.1, 0.25, 0.05
PANEL = Panel((locus("L", {"12": P, "14": Q, "15": 1 - P - Q - S}, silent=S),))
PLAIN = Panel((locus("L", {"12": P, "14": Q, "15": 1 - P - Q}),))


def likelihood(text, genotypes, panel=PANEL, **options):
    members = pedigree(text)
    return 10 ** pedigree_log10_likelihood(members, profiles(members.ids, panel, genotypes, **options), panel)[0]


def test_one_visible_allele_is_a_homozygote_or_hides_a_silent_one():
    assert likelihood("A", {"A": "12/12"}) == pytest.approx(P**2 + 2 * P * S, rel=1e-12)
    assert likelihood("A", {"A": "12/14"}) == pytest.approx(2 * P * Q, rel=1e-12)


def test_a_typing_that_showed_nothing_is_two_silent_alleles():
    assert likelihood("A", {"A": "silent/silent"}) == pytest.approx(S**2, rel=1e-12)


def test_two_opposite_homozygotes_can_be_father_and_child_through_a_silent_allele():
    # The father is 12 with a silent allele and passes that on; the other parent gives 14:
    # 2ps * 1/2 * q. Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, chapter 4.
    found = likelihood("C = F + M", {"F": "12/12", "C": "14/14"})
    assert found == pytest.approx(2 * P * S * (1 / 2) * Q, rel=1e-12)
    apart = likelihood("C = F + M", {"F": "12/12"}) * likelihood("C = F + M", {"C": "14/14"})
    assert found / apart == pytest.approx(S / ((P + 2 * S) * (Q + 2 * S)), rel=1e-12)


def test_a_father_and_child_with_the_same_single_allele():
    # Father pp: child p from him, p or s from the mother. Father ps: p or s from him.
    expected = P**2 * (P + S) + 2 * P * S * (1 / 2) * ((P + S) + P)
    assert likelihood("C = F + M", {"F": "12/12", "C": "12/12"}) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("kind", [MutationKind.EQUAL, MutationKind.STEPWISE, MutationKind.PROPORTIONAL])
def test_no_model_changes_an_allele_into_the_silent_one_or_back(kind):
    model = MutationModel(kind, 0.02)
    panel = Panel((locus("L", {"12": P, "14": Q, "15": 1 - P - Q - S}, model, silent=S),))
    # A parent with two silent alleles passes one on for certain.
    child_shows_nothing = likelihood("C = F + M", {"F": "silent/silent", "C": "silent/silent"}, panel)
    assert child_shows_nothing == pytest.approx(S**3, rel=1e-12)
    assert likelihood("C = F + M", {"F": "silent/silent", "C": "12/14"}, panel) == 0


def test_the_proportional_rate_is_that_of_all_alleles_and_visible_ones_mutate_for_the_silent():
    # As in FamiliasLocus of the R package Familias 2.6: alpha = rate / (1 - s) / sum of f (1 - f), f = p / (1 - s).
    one = locus("L", {"12": P, "14": Q, "15": 1 - P - Q - S}, MutationModel(MutationKind.PROPORTIONAL, 0.01), silent=S)
    matrix, _ = one.transmission()
    assert one.frequencies @ (1 - np.diag(matrix)) == pytest.approx(0.01, rel=1e-12)
    shares = one.frequencies / (1 - S)
    assert matrix[0, 1] == pytest.approx(0.01 / (1 - S) / (shares @ (1 - shares)) * shares[1], rel=1e-12)


def test_the_frequencies_and_the_silent_allele_sum_to_one_or_are_refused():
    with pytest.raises(InputError, match=r"sum to 1\.1 with the silent allele"):
        check_panel(Panel((locus("L", {"12": 0.5, "14": 0.5}, silent=0.1),)), where="test")


def test_an_allele_that_dropped_in_stands_beside_those_that_stayed():
    c, d = 0.04, 0.2
    # 12 alone: 12/12 shown with 1 - d^2; 12/x shown as 12 with d(1-d); or all dropped out (d^2) and 12 dropped in.
    # An allele that drops in on top of itself is not seen as such: (1 - c + cp).
    shown = P**2 * (1 - d**2) + 2 * P * (1 - P) * d * (1 - d)
    expected = (1 - c + c * P) * shown + c * P * d**2
    found = likelihood("A", {"A": "12/12"}, PLAIN, dropout={"A": d}, dropin={"A": c})
    assert found == pytest.approx(expected, rel=1e-12)


def test_without_dropout_a_second_allele_may_have_dropped_in():
    c = 0.04
    expected = 2 * P * Q * (1 - c + c * (P + Q)) + c * (Q * P**2 + P * Q**2)
    assert likelihood("A", {"A": "12/14"}, PLAIN, dropin={"A": c}) == pytest.approx(expected, rel=1e-12)


def test_a_genotype_of_which_one_allele_was_read_is_any_that_has_it():
    assert likelihood("A", {"A": "12/?"}, PLAIN) == pytest.approx(1 - (1 - P) ** 2, rel=1e-12)
    father = {"F": "12/?", "C": "14/15"}
    # He has 12 and passes on the other: 14 with pq, 15 with pr.
    r = 1 - P - Q
    assert likelihood("C = F + M", father, PLAIN) == pytest.approx(P * Q * r + P * r * Q, rel=1e-12)


@pytest.mark.parametrize(("dropout", "dropin"), [(0.0, 0.0), (0.1, 0.0), (0.0, 0.05), (0.1, 0.05)])
def test_everything_that_can_be_seen_of_a_child_sums_to_one(dropout, dropin):
    # With two alleles known of one parent; three alleles at once come from a drop-in beside a heterozygote.
    rates = {"dropout": {"C": dropout}, "dropin": {"C": dropin}}
    seen = ["silent/silent", "12/12", "14/14", "15/15", "12/14", "12/15", "14/15"]
    total = sum(likelihood("C = F + M", {"F": "12/14", "C": one}, **rates) for one in seen)
    a, b, r = ((p / (1 - S)) for p in (P, Q, 1 - P - Q - S))
    # P(the child is a heterozygote) for each pair, times the third allele.
    pairs = {"12/14": (1 / 2) * (P + Q), "12/15": (1 / 2) * (1 - P - Q - S), "14/15": (1 / 2) * (1 - P - Q - S)}
    third = pairs["12/14"] * r + pairs["12/15"] * b + pairs["14/15"] * a
    three = 2 * P * Q * dropin * (1 - dropout) ** 2 * third
    assert total + three == pytest.approx(likelihood("F", {"F": "12/14"}), rel=1e-12)


def test_no_silent_allele_no_dropin_and_no_twins_change_nothing_at_all():
    model = MutationModel(MutationKind.STEPWISE, 0.002)
    text, genotypes = "A = F + M; B = F + M; C = A + V", {"A": "12/14", "B": "12/12", "C": "14/15"}
    panel = Panel((locus("L", {"12": P, "14": Q, "15": 1 - P - Q}, model),))
    before = likelihood(text, genotypes, panel, dropout={"B": 0.1})
    autosomal = Panel((locus("L", {"12": P, "14": Q, "15": 1 - P - Q}, model, chromosome="2", silent=0.0),))
    assert likelihood(text, genotypes, autosomal, dropout={"B": 0.1}, dropin={"B": 0.0}) == before


def test_a_sample_is_weighed_by_all_that_it_may_show():
    members = pedigree("Lost = F + M")
    one = case(
        PANEL,
        profiles(["S", "T", "U"], PANEL, {"S": "12/?", "T": "14/14", "U": "15/15"}, dropin={"U": 0.05}),
        family("F1", members, PANEL, {"F": "12/12"}, ["Lost"]),
    )
    found = 10 ** compare_pairwise(one, Policy()).log10_lr[:, 0, 0]
    for row, name in enumerate(one.samples.ids):
        genotype = "/".join(one.samples.genotype(row, 0, PANEL))
        rates = {"dropin": {"Lost": 0.05}} if name == "U" else {}
        together = likelihood("Lost = F + M", {"F": "12/12", "Lost": genotype}, **rates)
        apart = likelihood("F", {"F": "12/12"}) * likelihood("Lost", {"Lost": genotype}, **rates)
        assert found[row] == pytest.approx(together / apart, rel=1e-12)


def test_a_screen_refuses_by_name_what_it_cannot_deal_with():
    loci = (*PANEL.loci, locus("DX", {"12": 1.0}, chromosome="X"))
    panel = Panel(loci, theta=0.01)
    members = pedigree("A = F + M; B = F + M", twins=[("A", "B")])
    members = replace(members, founder_inbreeding=np.array([0.1, 0.0, 0.0, 0.0]))
    samples = profiles(
        ["S", "T", "U"], panel, {"S": "12/? -", "T": "silent/silent -", "U": "12/12 -"}, dropin={"U": 0.1}
    )
    one = case(panel, samples, family("F1", members, panel, {"B": "12/14"}, ["A"]))
    with pytest.raises(InputError) as caught:
        screen(one, ScreenPolicy(policy=Policy(min_loci=1)))
    said = "\n".join(str(problem) for problem in caught.value.problems)
    for feature in Feature:
        assert f"A screen cannot deal with {feature}" in said
    assert "DX: A screen" in said
    assert "A and B: A screen" in said


def test_nothing_is_refused_that_is_not_used():
    assert features_used(PLAIN, [profiles(["S"], PLAIN, {"S": "12/14"})], [pedigree("A = F + M")]) == {}
    refuse_unsupported("A screen", PLAIN, [profiles(["S"], PLAIN, {"S": "12/14"})])


def test_samples_are_not_compared_at_x_linked_loci():
    panel = Panel((locus("DX", {"12": 0.5, "14": 0.5}, chromosome="X"),))
    one = case(panel, profiles(["S"], panel, {"S": "12/12"}), family("F", pedigree("A = F + M"), panel, {}, ["A"]))
    with pytest.raises(InputError, match="cannot deal with X-linked loci"):
        compare_pairwise(one, Policy())
