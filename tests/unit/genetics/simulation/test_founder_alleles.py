"""Founders of one subpopulation and inbred founders; every seed is fixed."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.genetics.case import Hypothesis
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import build_pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation import lr_outcomes
from homeward.genetics.simulation.conditional_dropping import draw_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.genetics.simulation.lr_outcomes import Contrast
from homeward.genetics.simulation.lr_power import work_out_power
from tests.families import locus, pedigree, profiles

P = {"8": 0.2, "9": 0.8}
THETA, F = 0.2, 0.3


def panel(theta=THETA):
    return Panel((locus("L", P),), theta=theta)


def share(matches):
    return pytest.approx(matches.mean(), abs=4 * np.sqrt(0.25 / len(matches)))


def test_founders_of_one_subpopulation_are_homozygous_as_balding_and_nichols_say():
    genotypes = drop_genes(pedigree("A; B"), panel(), 20_000, np.random.default_rng(1))[:, :, 0]
    p, t = P["8"], THETA
    one = t * p + (1 - t) * p**2
    assert one == share((genotypes[:, 0] == 0).all(axis=1))
    # Four draws of one allele: p ((1-t) p + t) ((1-t) p + 2 t) ((1-t) p + 3 t) / ((1+t) (1+2t)).
    four = one * ((1 - t) * p + 2 * t) * ((1 - t) * p + 3 * t) / ((1 + t) * (1 + 2 * t))
    assert four == share((genotypes == 0).all(axis=(1, 2)))


@pytest.mark.parametrize("theta", [0.0, THETA])
def test_inbred_founders_are_homozygous_as_their_coefficient_says(theta):
    inbred = build_pedigree(["A", "B"], {}, {}, {}, where="test", founder_inbreeding={"A": F})
    genotypes = drop_genes(inbred, panel(theta), 20_000, np.random.default_rng(1))[:, :, 0]
    p, t = P["8"], theta
    one = t * p + (1 - t) * p**2
    assert F * p + (1 - F) * one == share((genotypes[:, 0] == 0).all(axis=1))
    assert one == share((genotypes[:, 1] == 0).all(axis=1))
    # A and B all of one allele: three draws if A's two alleles are one draw, otherwise four.
    three = one * ((1 - t) * p + 2 * t) / (1 + t)
    four = three * ((1 - t) * p + 3 * t) / (1 + 2 * t)
    assert F * three + (1 - F) * four == share((genotypes == 0).all(axis=(1, 2)))


def test_a_stranger_of_the_subpopulation_is_drawn_with_what_is_typed_in_mind():
    members = pedigree("A; B")
    seen = profiles(members.ids, panel(), {"A": "8/8"})
    drawn = draw_profiles(members, seen, panel(), [1], 20_000, np.random.default_rng(1))[:, 0, 0]
    p, t = P["8"], THETA
    # P(8/8 | 8/8 seen), Balding & Nichols (1994), Forensic Sci. Int. 64:125-140.
    expected = (2 * t + (1 - t) * p) * (3 * t + (1 - t) * p) / ((1 + t) * (1 + 2 * t))
    assert expected == share((drawn == 0).all(axis=1))


@pytest.mark.parametrize("theta", [0.0, THETA])
def test_exact_figures_and_simulated_ones_agree_with_theta_and_inbreeding(monkeypatch, theta):
    h1, h2 = (
        replace(of, founder_inbreeding=np.where(np.array(of.ids) == "F", F, 0.0))
        for of in (pedigree("A = F + M; B = F + M"), pedigree("A = F + M; B"))
    )
    of = Contrast(
        *(Hypothesis(name, one, make_profiles(one.ids, 1)) for name, one in (("h1", h1), ("h2", h2))),
        panel(theta),
        ("A", "B"),
    )
    exact = work_out_power(of, 20_000, np.random.default_rng(2))
    monkeypatch.setattr(lr_outcomes, "MOST_OUTCOMES", 0)
    simulated = work_out_power(of, 20_000, np.random.default_rng(2))
    assert simulated.expected_log10_lr_h1 == pytest.approx(exact.expected_log10_lr_h1, abs=0.005)
    assert simulated.expected_log10_lr_h2 == pytest.approx(exact.expected_log10_lr_h2, abs=0.005)
    lr = 10.0**simulated.log10_lr_h2
    assert abs(lr.mean() - 1.0) < 4 * lr.std() / np.sqrt(len(lr))
