"""Competing pedigrees: likelihoods, LR and posterior worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Case, Hypothesis
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import make_profiles
from homeward.identification.kinship import compare_pedigrees
from tests.families import case, family, locus, pedigree, profiles

FREQUENCIES = {"A": 0.05, "B": 0.2, "C": 0.75}
PANEL = Panel((locus("L1", FREQUENCIES), locus("L2", FREQUENCIES)))


def hypotheses(pedigrees: dict[str, str], genotypes: dict[str, str], priors=None, panel: Panel = PANEL) -> Case:
    return Case(
        "Who is the father",
        panel,
        make_profiles((), len(panel)),
        hypotheses=tuple(
            Hypothesis(name, members, profiles(members.ids, panel, genotypes), (priors or {}).get(name, 1.0))
            for name, members in ((name, pedigree(text)) for name, text in pedigrees.items())
        ),
    )


PATERNITY = {"father": "Child = Man + Mother", "unrelated": "Child = Other + Mother; Man"}
# L1: mother B/C, child A/B, man A/C: he must give A: (1/2) over p(A).
# L2: mother C/C, child C/C, man B/C: he gives C with 1/2, somebody else with p(C).
TRIO = {"Mother": "B/C C/C", "Child": "A/B C/C", "Man": "A/C B/C"}
PATERNITY_INDEX = [0.5 / 0.05, 0.5 / 0.75]


def test_the_paternity_index_is_the_one_worked_by_hand():
    result = compare_pedigrees(hypotheses(PATERNITY, TRIO))
    by_locus = 10 ** (result.log10_likelihood[0] - result.log10_likelihood[1])
    assert by_locus == pytest.approx(PATERNITY_INDEX, rel=1e-12)
    assert 10**result.log10_lr == pytest.approx([math.prod(PATERNITY_INDEX), 1.0], rel=1e-12)
    # P(mother) P(man) P(child | both) at L1: 2 * 0.2 * 0.75 * 2 * 0.05 * 0.75 / 4.
    assert 10 ** result.log10_likelihood[0, 0] == pytest.approx(2 * 0.2 * 0.75 * 2 * 0.05 * 0.75 / 4, rel=1e-12)


def test_the_posterior_follows_from_the_prior_by_bayes():
    result = compare_pedigrees(hypotheses(PATERNITY, TRIO, {"father": 1, "unrelated": 9}))
    index = math.prod(PATERNITY_INDEX)
    assert result.prior == pytest.approx([0.1, 0.9], rel=1e-15)
    assert result.posterior == pytest.approx([index / (index + 9), 9 / (index + 9)], rel=1e-12)
    assert result.posterior.sum() == pytest.approx(1.0, rel=1e-15)


def test_a_pedigree_without_prior_keeps_none():
    result = compare_pedigrees(hypotheses(PATERNITY, TRIO, {"father": 0}))
    assert result.posterior.tolist() == [0.0, 1.0]


def test_the_order_of_the_other_pedigrees_changes_no_number():
    three = {"father": PATERNITY["father"], "uncle": "Man = G + H; Other = G + H; Child = Other + Mother"}
    forward = compare_pedigrees(hypotheses({**three, "unrelated": PATERNITY["unrelated"]}, TRIO))
    turned = dict(reversed(three.items()))
    backward = compare_pedigrees(hypotheses({**turned, "unrelated": PATERNITY["unrelated"]}, TRIO))
    assert forward.log10_lr == pytest.approx(backward.log10_lr[[1, 0, 2]], rel=1e-12)
    # An uncle shares one allele with 1/2: (1 + index) / 2 at each locus.
    assert 10 ** forward.log10_lr[1] == pytest.approx(math.prod((1 + i) / 2 for i in PATERNITY_INDEX), rel=1e-12)


def test_an_impossible_pedigree_has_no_posterior_and_its_locus_is_named():
    result = compare_pedigrees(hypotheses(PATERNITY, {**TRIO, "Man": "C/C B/C"}))
    assert result.log10_lr.tolist() == [-np.inf, 0.0]
    assert result.posterior.tolist() == [0.0, 1.0]
    assert result.locus_notes == (("impossible under father",), ())


def test_a_pedigree_that_needs_a_mutation_says_where():
    panel = Panel(tuple(locus(name, FREQUENCIES, MutationModel(MutationKind.EQUAL, 0.002)) for name in ("L1", "L2")))
    result = compare_pedigrees(hypotheses(PATERNITY, {**TRIO, "Man": "C/C B/C"}, panel=panel))
    assert result.locus_notes == (("father needs a mutation",), ())
    assert result.log10_lr[0] > -np.inf


def test_an_impossible_reference_is_said_and_has_lr_without_bound():
    turned = dict(reversed(PATERNITY.items()))
    result = compare_pedigrees(hypotheses(turned, {**TRIO, "Man": "C/C B/C"}))
    assert result.log10_lr[0] == np.inf
    assert result.posterior.tolist() == [1.0, 0.0]
    assert "The reference pedigree, father, cannot explain the profiles" in result.notes[-1]


def test_if_no_pedigree_is_possible_there_is_no_lr_and_no_posterior():
    result = compare_pedigrees(hypotheses(PATERNITY, {**TRIO, "Child": "A/A C/C"}))
    assert np.isnan(result.log10_lr).all()
    assert np.isnan(result.posterior).all()
    assert "None of the pedigrees can explain the profiles" in result.notes[-1]


@pytest.mark.parametrize("names", [[], ["father"]])
def test_fewer_than_two_pedigrees_are_refused(names):
    with pytest.raises(InputError, match="Give at least two pedigrees"):
        compare_pedigrees(hypotheses({name: PATERNITY[name] for name in names}, TRIO))


def test_a_case_with_families_is_sent_to_resolve():
    members = family("F1", pedigree("M = R + W"), PANEL, {"R": "A/B C/C"}, ["M"])
    with pytest.raises(InputError, match="use 'homeward resolve'"):
        compare_pedigrees(case(PANEL, profiles(["V"], PANEL, {"V": "A/C C/C"}), members))


@pytest.mark.parametrize("priors", [(-1, 2), (0, 0), (math.nan, 1), (math.inf, 1)])
def test_priors_that_are_no_weights_are_refused(priors):
    with pytest.raises(InputError, match="not weights of 0 or more"):
        compare_pedigrees(hypotheses(PATERNITY, TRIO, dict(zip(PATERNITY, priors, strict=True))))


def test_somebody_who_is_joined_to_no_other_typed_person_in_any_pedigree_is_noted():
    pedigrees = {name: f"{text}; Guest" for name, text in PATERNITY.items()}
    result = compare_pedigrees(hypotheses(pedigrees, {**TRIO, "Guest": "A/B C/C"}))
    assert result.notes == (
        "Guest is joined to no other typed person in any of the pedigrees, so this profile does not tell them apart.",
    )
    assert 10**result.log10_lr == pytest.approx([math.prod(PATERNITY_INDEX), 1.0], rel=1e-12)
