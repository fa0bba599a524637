"""What an LR of pedigrees hangs on."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.identification.kinship_sensitivity import Varied, kinship_sensitivity
from homeward.notebook import kinship, trio

TABLE = {"L1": {"12": 0.1, "13": 0.2, "14": 0.7}, "L2": {"8": 0.25, "9": 0.75}}
DUO = {"child": {"L1": "12/13", "L2": "8/8"}, "father": {"L1": "12/14", "L2": "8/9"}}


def compared(frequencies=TABLE, profiles=DUO, **options):
    return kinship(trio(), profiles, frequencies, **options).result


def by_label(sensitivity, varied):
    return {one.label: one.log10_lr[0] for one in sensitivity.of(varied) if one.log10_lr is not None}


def test_each_setting_is_the_lr_of_a_case_computed_that_way():
    varied = kinship_sensitivity(compared(mutation="equal 0.01"), thetas=[0.0, 0.03], mutation_factors=[0, 0.1])
    assert by_label(varied, Varied.THETA) == {
        "0": pytest.approx(compared(mutation="equal 0.01").log10_lr[0], abs=1e-12),
        "0.03": pytest.approx(compared(mutation="equal 0.01", theta=0.03).log10_lr[0], abs=1e-12),
    }
    assert by_label(varied, Varied.MUTATION) == {
        "none": pytest.approx(compared().log10_lr[0], abs=1e-12),
        "rates × 0.1": pytest.approx(compared(mutation="equal 0.001").log10_lr[0], abs=1e-12),
        "rates × 1": pytest.approx(compared(mutation="equal 0.01").log10_lr[0], abs=1e-12),
    }
    assert [one.label for one in varied.settings if one.is_own] == ["0", "rates × 1"]


def test_without_a_mutation_model_no_rate_is_varied():
    assert kinship_sensitivity(compared()).of(Varied.MUTATION) == ()


def test_a_rate_that_no_model_allows_is_named():
    (high,) = [one for one in kinship_sensitivity(compared(mutation="equal 0.2")).settings if one.label == "rates × 10"]
    assert high.log10_lr is None
    assert "rate 2 is outside" in high.problem


def test_leaving_out_a_locus_takes_its_lr_away():
    (one,) = kinship_sensitivity(compared()).left_out
    assert one.lowest == ("L1", pytest.approx(np.log10(2.0)))
    assert one.highest == ("L2", pytest.approx(np.log10(2.5)))


def test_bundled_populations_are_compared_as_far_as_they_have_the_loci():
    profiles = {"child": {"TH01": "6/7", "D5S818": "11/12"}, "father": {"TH01": "6/6", "D5S818": "11/13"}}
    result = compared("NIST 1036, US Asian", profiles)
    varied = kinship_sensitivity(result, thetas=[], bundled=True)
    found = by_label(varied, Varied.POPULATION)
    hispanic = compared("NIST 1036, US Hispanic", profiles).log10_lr[0]
    assert found["NIST 1036, US Hispanic"] == pytest.approx(hispanic, abs=1e-12)
    (own,) = [one.label for one in varied.of(Varied.POPULATION) if one.is_own]
    assert own.startswith("NIST 1036, US Asian")
    (absent,) = [one for one in varied.settings if one.label == "UK DNA-17, White"]
    assert absent.problem == "It has no frequencies of D5S818."


def test_an_impossible_pedigree_has_no_range():
    result = compared(profiles={"child": {"L1": "12/12"}, "father": {"L1": "13/13"}})
    assert kinship_sensitivity(result).left_out == ()


def test_what_is_no_theta_and_no_factor_is_refused():
    with pytest.raises(InputError) as raised:
        kinship_sensitivity(compared(), thetas=[1.0], mutation_factors=[-1.0])
    assert [problem.what for problem in raised.value.problems] == [
        "Theta 1 is not in [0, 1).",
        "The factor -1 on mutation rates is below 0.",
    ]
