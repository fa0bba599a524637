"""The published joint example; see vigeland_egeland_2021/ORIGIN.md."""

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.identification.policy import Policy
from homeward.identification.resolve import resolve
from tests.families import case, family, locus, pedigree, profiles

# V1, V2, V3 are each a missing person (0, 1, 2) or nobody (-1).
ASSIGNMENTS = [
    ((0, 1, 2), -16.11810, 250),
    ((0, 1, -1), -17.72753, 50),
    ((-1, 1, 2), -18.42068, 25),
    ((0, -1, 2), -20.03012, 5),
    ((-1, 0, 2), -20.03012, 5),
    ((-1, 1, -1), -20.03012, 5),
    ((-1, -1, 2), -20.03012, 5),
    ((0, -1, -1), -21.63956, 1),
    ((-1, 0, -1), -21.63956, 1),
    ((-1, -1, -1), -21.63956, 1),
]
TOTAL = sum(lr for _, _, lr in ASSIGNMENTS)


@pytest.fixture(scope="module")
def resolution():
    panel = Panel((locus("L1", {str(i): 0.1 for i in range(1, 11)}),))
    first = pedigree("M2 = M1 + R1", {"M2": Sex.MALE})
    second = pedigree("M3 = R2 + MO2", {"M3": Sex.FEMALE})
    samples = profiles(
        ["V1", "V2", "V3"],
        panel,
        {"V1": "1/1", "V2": "1/2", "V3": "3/4"},
        sex={"V1": Sex.MALE, "V2": Sex.MALE, "V3": Sex.FEMALE},
    )
    families = (
        family("F1", first, panel, {"R1": "2/2"}, ["M1", "M2"]),
        family("F2", second, panel, {"R2": "3/3"}, ["M3"]),
    )
    return resolve(case(panel, samples, *families), Policy(min_loci=1))


def test_the_pairwise_lrs_are_the_published_ones(resolution):
    lr = np.where(resolution.pairwise.allowed, 10**resolution.pairwise.total_log10_lr, np.nan)
    published = [[1, 0, np.nan], [1, 5, np.nan], [np.nan, np.nan, 5]]
    assert lr == pytest.approx(np.array(published), rel=1e-12, nan_ok=True)


def test_the_ten_assignments_have_the_published_likelihoods(resolution):
    found = {a.pairs: a for a in resolution.joint.assignments}
    assert set(found) == {pairs for pairs, _, _ in ASSIGNMENTS}
    for pairs, log_likelihood, lr in ASSIGNMENTS:
        assert found[pairs].log10_likelihood * np.log(10) == pytest.approx(log_likelihood, abs=5e-6)
        assert found[pairs].posterior == pytest.approx(lr / TOTAL, rel=1e-9)


def test_the_posterior_pairing_probabilities_are_the_published_ones(resolution):
    published = [
        [0.87931034, 0, 0, 0.12068966],
        [0.01724138, 0.94827586, 0, 0.03448276],
        [0, 0, 0.83333333, 0.16666667],
    ]
    assert resolution.joint.posterior == pytest.approx(np.array(published), abs=5e-9)
    exact = [[306, 0, 0, 42], [6, 330, 0, 12], [0, 0, 290, 58]]
    assert resolution.joint.posterior == pytest.approx(np.array(exact) / TOTAL, rel=1e-9)


def test_the_glr_compares_the_best_assignments_with_and_without_a_pairing(resolution):
    glr = 10**resolution.joint.log10_glr
    assert glr[0, 0] == pytest.approx(250 / 25, rel=1e-9)
    assert glr[1, 1] == pytest.approx(250 / 5, rel=1e-9)
    assert glr[1, 0] == pytest.approx(5 / 250, rel=1e-9)
    assert glr[2, 2] == pytest.approx(250 / 50, rel=1e-9)


def test_a_missing_person_without_typed_blood_relative_is_reached_through_another_one(resolution):
    about = next(c for c in resolution.conclusions if c.about == "missing" and "M1" in " ".join(c.reasons))
    assert "the evidence comes through M2, also missing" in " ".join(about.reasons)
