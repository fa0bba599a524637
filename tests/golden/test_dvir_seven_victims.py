"""The oldest published joint example of dvir; see dvir_seven_victims/ORIGIN.md."""

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.identification.policy import Policy
from homeward.identification.resolve import resolve
from tests.families import case, family, locus, pedigree, profiles

VICTIMS = [f"V{i}" for i in range(1, 8)]
BROTHERS = ["MP1", "MP2", "MP3"]


@pytest.fixture(scope="module")
def resolution():
    panel = Panel((locus("a1", {"1": 1 / 3, "2": 1 / 3, "3": 1 / 3}),))
    members = pedigree("; ".join(f"{name} = R1 + R2" for name in BROTHERS), dict.fromkeys(BROTHERS, Sex.MALE))
    sex = dict.fromkeys(VICTIMS, Sex.MALE) | {"V7": Sex.FEMALE}
    typed = {v: "1/1" if v in ("V1", "V3", "V4") else "2/2" for v in VICTIMS}
    samples = profiles(VICTIMS, panel, typed, sex=sex)
    return resolve(
        case(panel, samples, family("F", members, panel, {"R1": "1/1", "R2": "1/1"}, BROTHERS)), Policy(min_loci=1)
    )


def test_the_six_best_assignments_have_the_published_likelihood_and_posterior(resolution):
    best = resolution.joint.assignments[:6]
    # V1, V3 and V4 are the three brothers, in any order.
    assert {tuple(sorted(a.pairs[i] for i in (0, 2, 3))) for a in best} == {(0, 1, 2)}
    for assignment in best:
        assert assignment.log10_likelihood * np.log(10) == pytest.approx(-13.18335, abs=5e-6)
        assert assignment.posterior == pytest.approx(0.12326682, abs=5e-9)
        # 6 assignments have LR 729, 18 have 81, 9 have 9 and one has 1.
        assert assignment.posterior == pytest.approx(729 / 5914, rel=1e-12)


def test_the_next_assignments_have_the_published_likelihood_and_posterior(resolution):
    for assignment in resolution.joint.assignments[6:24]:
        assert assignment.log10_likelihood * np.log(10) == pytest.approx(-15.38057, abs=5e-6)
        assert assignment.posterior == pytest.approx(0.01369631, abs=5e-9)
    assert resolution.joint.assignments[24].posterior == pytest.approx(9 / 5914, rel=1e-12)


def test_the_three_victims_match_the_three_brothers_as_a_set(resolution):
    symmetric = [c for c in resolution.conclusions if c.symmetric_samples]
    assert {c.symmetric_samples for c in symmetric} <= {("V1", "V3", "V4")}
    assert resolution.joint.posterior[[1, 4, 5, 6], :3] == pytest.approx(0, abs=0)
