"""Questions about the power of families, and what they are made of."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER
from homeward.genetics.profiles import make_profiles
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from homeward.identification.power import power, power_settings
from homeward.identification.power_questions import candidates_to_sample, missing_contrast
from homeward.identification.power_words import share_words
from tests.families import case, family, locus, pedigree

P = {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.4}
PANEL = Panel((locus("A", P), locus("B", P)))
FAMILY = family("F", pedigree("M = G + H; S = G + H"), PANEL, {"S": "8/9 10/10"}, ["M"])
CASE = case(PANEL, make_profiles((), 2), FAMILY)


def test_a_stranger_is_in_no_family_and_the_place_of_the_missing_stays_empty():
    contrast = missing_contrast(FAMILY, FAMILY.missing[0].position, PANEL)
    stranger = contrast.h2.pedigree.position("M")
    assert contrast.h2.pedigree.parents[stranger].tolist() == [FOUNDER, FOUNDER]
    assert len(contrast.h2.pedigree) == len(contrast.h1.pedigree) + 1
    assert not contrast.h2.pedigree.children(stranger)
    assert contrast.h1.pedigree.position("M") == FAMILY.missing[0].position


def test_the_lr_of_a_simulated_sample_is_that_of_resolve():
    settings = power_settings(Policy(), n_simulations=50)
    (found,) = power(CASE, settings=settings).missing
    genotypes = [(a, b) for a in range(4) for b in range(a, 4)]
    alleles = np.array([[one, other] for one in genotypes for other in genotypes], dtype=np.int16)
    samples = make_profiles(tuple(map(str, range(100))), 2, alleles=alleles)
    every = compare_pairwise(case(PANEL, samples, FAMILY), Policy()).total_log10_lr[:, 0]
    distance = np.abs(found.present.power.log10_lr_h1[:, None] - every[None, :]).min(axis=1)
    assert distance.max() < 1e-12


def test_those_who_can_be_sampled_are_untyped_named_and_not_missing():
    members = family("F", pedigree("M = G + H; S = G + H; T = S + -"), PANEL, {"S": "8/9 10/10"}, ["M"])
    assert candidates_to_sample(members) == ("G", "H", "T")


def test_the_answer_does_not_hang_on_what_else_is_asked():
    settings = power_settings(Policy(), n_simulations=50)
    (all_of_them,) = power(CASE, settings=settings).missing
    (one,) = power(CASE, next_relatives=["H"], settings=settings).missing
    of = next(each for each in all_of_them.next_sets if each.relatives == ("H",))
    assert (of.power.log10_lr_h1 == one.next_sets[0].power.log10_lr_h1).all()


def test_dropout_in_the_sample_lowers_what_is_expected():
    full, degraded = (
        power(CASE, settings=power_settings(Policy(), n_simulations=20, dropout=d)).missing[0].present.power
        for d in (0.0, 0.5)
    )
    assert degraded.total_expected_log10_lr < full.total_expected_log10_lr


@pytest.mark.parametrize(
    ("share", "n", "words"),
    [(0.4538, 10_000, "0.4538"), (1.0, 10_000, "above 0.9999"), (0.0, 1_000, "below 0.001"), (0.5, 10, "0.5")],
)
def test_a_share_of_simulations_is_never_certain(share, n, words):
    assert share_words(share, n) == words
