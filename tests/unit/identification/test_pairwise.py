"""The LR of one pairing: closed forms, inconsistencies, loci compared, recorded sex."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.genetics.case import Case
from homeward.genetics.mutation import NO_MUTATION, MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy, SexUse
from tests.families import case, family, locus, pedigree, profiles

P, Q, R = 0.1, 0.25, 0.65
FREQUENCIES = {"12": P, "14": Q, "15": R}
PANEL = Panel((locus("L", FREQUENCIES),))

RELATIVES = {
    "parent": "M = R + W",
    "child": "R = M + W",
    "full sib": "M = F + W; R = F + W",
    "half sib": "M = F + W; R = F + V",
    "uncle": "F = G + H; R = G + H; M = F + W",
    "grandparent": "F = R + H; M = F + W",
}
# Probabilities that 0, 1 or 2 alleles are shared by descent.
KAPPA = {
    "parent": (0, 1, 0),
    "child": (0, 1, 0),
    "full sib": (1 / 4, 1 / 2, 1 / 4),
    "half sib": (1 / 2, 1 / 2, 0),
    "uncle": (1 / 2, 1 / 2, 0),
    "grandparent": (1 / 2, 1 / 2, 0),
}
# LR = k0 + k1 * P(g | one allele shared) / P(g) + k2 * P(g | both shared) / P(g), by genotypes of sample and relative.
GENOTYPES = {
    # Both heterozygous 12/14: the shared allele is 12 or 14 with 1/2 each, the other is drawn from the population:
    # (q + p) / 2 over 2pq, and 1 over 2pq.
    ("12/14", "12/14"): ((P + Q) / (4 * P * Q), 1 / (2 * P * Q)),
    # Both homozygous 12/12: p over p^2, and 1 over p^2.
    ("12/12", "12/12"): (1 / P, 1 / P**2),
    # One allele in common, both heterozygous: 12 is shared with 1/2, then 15 is drawn: (r / 2) over 2pr.
    ("12/15", "12/14"): (1 / (4 * P), 0),
    # Heterozygous sample, homozygous relative: 12 is shared, then 14 is drawn: q over 2pq.
    ("12/14", "12/12"): (1 / (2 * P), 0),
    # Homozygous sample, heterozygous relative: 12 is shared with 1/2, then 12 is drawn: (p / 2) over p^2.
    ("12/12", "12/14"): (1 / (2 * P), 0),
    ("12/12", "14/15"): (0, 0),
}


def one_family(text: str, relatives: dict[str, str], sample: str, panel: Panel = PANEL, **options) -> Case:
    members = pedigree(text)
    samples = profiles(["V"], panel, {"V": sample}, **options)
    return case(panel, samples, family("F1", members, panel, relatives, ["M"]))


def lr(the_case: Case, policy: Policy | None = None) -> float:
    return float(10 ** compare_pairwise(the_case, policy or Policy()).total_log10_lr[0, 0])


@pytest.mark.parametrize("relationship", RELATIVES)
@pytest.mark.parametrize("genotypes", GENOTYPES)
def test_the_lr_of_one_typed_relative_is_the_closed_form(relationship, genotypes):
    sample, relative = genotypes
    k0, k1, k2 = KAPPA[relationship]
    one, both = GENOTYPES[genotypes]
    found = lr(one_family(RELATIVES[relationship], {"R": relative}, sample))
    assert found == pytest.approx(k0 + k1 * one + k2 * both, rel=1e-12)


def test_two_parents_are_a_trio():
    # Each parent gives the right allele with 1/2: (1/2)(1/2) over 2pr.
    found = lr(one_family("M = F + W", {"F": "12/14", "W": "14/15"}, "12/15"))
    assert found == pytest.approx(1 / 4 / (2 * P * R), rel=1e-12)


def test_loci_multiply():
    panel = Panel((locus("A", FREQUENCIES), locus("B", FREQUENCIES)))
    found = lr(one_family("M = R + W", {"R": "12/12 12/14"}, "12/14 12/15", panel))
    assert found == pytest.approx(1 / (2 * P) * 1 / (4 * P), rel=1e-12)


def test_dropout_sums_over_the_genotypes_that_could_show_one_allele():
    # Seen: 12 alone, d = 0.2; the father is 12/14.
    # H1: 12/12 with p/2 is seen with 1 - d^2; 12/14 with (p + q)/2 and 12/15 with r/2 are seen as 12 with d(1 - d);
    #     12/14 shows as 12 with d(1 - d) whichever parent gave the 12.
    # H2: p^2 (1 - d^2) + 2p(1 - p) d(1 - d).
    d = 0.2
    related = P / 2 * (1 - d**2) + ((P + Q) / 2 + R / 2) * d * (1 - d)
    unrelated = P**2 * (1 - d**2) + 2 * P * (1 - P) * d * (1 - d)
    found = lr(one_family("M = R + W", {"R": "12/14"}, "12/12", dropout={"V": d}))
    assert found == pytest.approx(related / unrelated, rel=1e-12)


def test_with_dropout_a_homozygote_that_shares_nothing_is_no_contradiction():
    d = 0.2
    unrelated = P**2 * (1 - d**2) + 2 * P * (1 - P) * d * (1 - d)
    # The father 14/15 gives 14 or 15, the mother 12: seen as 12 with d(1 - d).
    the_case = one_family("M = R + W", {"R": "14/15"}, "12/12", dropout={"V": d})
    assert lr(the_case) == pytest.approx(P * d * (1 - d) / unrelated, rel=1e-12)
    assert compare_pairwise(the_case, Policy()).n_inconsistent[0, 0] == 0


def test_inconsistent_loci_are_counted_and_without_mutation_impossible():
    panel = Panel(tuple(locus(name, FREQUENCIES) for name in "ABC"))
    found = compare_pairwise(one_family("M = R + W", {"R": "12/12 12/14 12/12"}, "14/15 14/15 15/15", panel), Policy())
    assert found.n_inconsistent[0, 0] == 2
    assert found.inconsistent[0, 0].tolist() == [True, False, True]
    assert found.total_log10_lr[0, 0] == -np.inf


def test_an_inconsistent_locus_that_can_mutate_has_a_small_lr():
    # Fathers mutate, mothers do not. The father 12/12 gives 14 or 15 only by mutation, each with rate / 2 (equal
    # model, three alleles), the mother the other: (rate / 2) r + (rate / 2) q over 2qr.
    rate = 0.002
    panel = Panel((locus("L", FREQUENCIES, NO_MUTATION, MutationModel(MutationKind.EQUAL, rate)),))
    the_case = one_family("M = R + W", {"R": "12/12"}, "14/15", panel)
    assert lr(the_case) == pytest.approx(rate / 2 * (Q + R) / (2 * Q * R), rel=1e-12)
    assert compare_pairwise(the_case, Policy()).n_inconsistent[0, 0] == 1


@pytest.mark.parametrize(
    ("typed", "sample", "n_compared"),
    [
        ({"R": "12/12 -"}, "12/14 12/14", 1),  # the relative has no second locus
        ({"R": "12/12 12/14"}, "12/14 -", 1),  # the sample has none
        ({"W": "12/12 12/14"}, "12/14 12/14", 0),  # a wife is no blood relative
        ({"C": "12/14 -", "R": "- 12/12"}, "12/14 12/14", 2),  # one relative at each
    ],
)
def test_a_locus_is_compared_if_the_sample_and_a_blood_relative_are_typed(typed, sample, n_compared):
    panel = Panel((locus("A", FREQUENCIES), locus("B", FREQUENCIES)))
    found = compare_pairwise(one_family("M = R + G; C = M + W", typed, sample, panel), Policy())
    assert found.n_compared[0, 0] == n_compared


def test_a_wife_alone_says_nothing():
    assert lr(one_family("C = M + W", {"W": "12/14"}, "12/15")) == 1.0


def test_a_typed_wife_helps_to_read_the_genotype_of_a_child():
    # The child is 12/14 and its mother 14/14: the father gave 12. Sample 12/15: (1/2) over p.
    found = lr(one_family("C = M + W", {"C": "12/14", "W": "14/14"}, "12/15"))
    assert found == pytest.approx(1 / (2 * P), rel=1e-12)


def test_a_family_that_contradicts_itself_has_no_lr_not_even_where_the_sample_is_untyped():
    panel = Panel((locus("A", FREQUENCIES), locus("B", FREQUENCIES)))
    found = compare_pairwise(
        one_family("M = F + W; S = F + W", {"F": "12/12 12/14", "S": "14/14 12/14"}, "- 12/14", panel), Policy()
    )
    assert np.isnan(found.log10_lr[0, 0]).tolist() == [True, False]
    assert np.isnan(found.total_log10_lr[0, 0])
    assert found.family_log10_likelihood[0, 0] == -np.inf


def sexed(sample: Sex, missing: Sex) -> Case:
    members = pedigree("M = R + W", {"M": missing})
    samples = profiles(["V"], PANEL, {"V": "12/14"}, sex={"V": sample})
    return case(PANEL, samples, family("F1", members, PANEL, {"R": "12/12"}, ["M"]))


@pytest.mark.parametrize(
    ("sample", "missing", "allowed"),
    [
        (Sex.MALE, Sex.MALE, True),
        (Sex.FEMALE, Sex.MALE, False),
        (Sex.UNKNOWN, Sex.MALE, True),
        (Sex.FEMALE, Sex.UNKNOWN, True),
    ],
)
def test_as_a_filter_sexes_that_differ_rule_a_pairing_out(sample, missing, allowed):
    found = compare_pairwise(sexed(sample, missing), Policy(sex=SexUse.FILTER))
    assert found.allowed[0, 0] == allowed
    assert found.sex_log10_lr[0, 0] == 0.0


@pytest.mark.parametrize(
    ("sample", "missing", "expected"),
    [
        (Sex.MALE, Sex.MALE, 0.99 / 0.97),  # 1.020619
        (Sex.FEMALE, Sex.MALE, 0.01 / 0.03),  # 0.333333
        (Sex.FEMALE, Sex.FEMALE, 0.99 / 0.03),
        (Sex.MALE, Sex.FEMALE, 0.01 / 0.97),
        (Sex.UNKNOWN, Sex.FEMALE, 1.0),
        (Sex.MALE, Sex.UNKNOWN, 1.0),
    ],
)
def test_as_evidence_sex_weighs_what_was_observed_under_each_hypothesis(sample, missing, expected):
    # P(observed sex | same person) = 1 - e or e; P(observed sex | another person) = its share in the population.
    policy = Policy(sex=SexUse.EVIDENCE, sex_error=0.01, male_fraction=0.97)
    found = compare_pairwise(sexed(sample, missing), policy)
    assert found.allowed[0, 0]
    assert 10 ** found.sex_log10_lr[0, 0] == pytest.approx(expected, rel=1e-12)
    assert 10 ** found.total_log10_lr[0, 0] == pytest.approx(1 / (2 * P), rel=1e-12)  # the DNA stays apart


def test_ignored_sex_rules_nothing_out_and_weighs_nothing():
    found = compare_pairwise(sexed(Sex.FEMALE, Sex.MALE), Policy(sex=SexUse.IGNORE))
    assert found.allowed[0, 0]
    assert found.sex_log10_lr[0, 0] == 0.0


def test_progress_counts_the_missing_persons():
    steps = []
    compare_pairwise(sexed(Sex.MALE, Sex.MALE), Policy(), progress=lambda *step: steps.append(step))
    assert steps == [("Comparing samples with missing persons", 1, 1)]
