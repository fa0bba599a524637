"""One code for every array library: the same candidates, bit for bit, wherever scores are summed."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from importlib import import_module, util

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Case
from homeward.genetics.screening import devices
from homeward.genetics.screening.devices import CPU, Device, find_device
from homeward.genetics.screening.identity import condition_on_identity
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.seen import gather_seen
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.simulated_case import simulate_case
from homeward.identification.policy import Policy
from homeward.identification.screen import Means, screen
from homeward.identification.screen_policy import Against, ScreenPolicy
from homeward.identification.screen_results import Candidates, Screen

# Odd pieces that do not divide the case: a device must not depend on how the scores are cut up.
STRICT = Device("array_api_strict", None, rows_at_once=17, columns_at_once=23)
HAS_TORCH = util.find_spec("torch") is not None
HAS_CUDA = HAS_TORCH and import_module("torch").cuda.is_available()

TORCH = pytest.mark.skipif(not HAS_TORCH, reason="PyTorch is not installed; install it to compare it with NumPy")
CUDA = pytest.mark.skipif(not HAS_CUDA, reason="no NVIDIA card that PyTorch can use; run this test where there is one")
ELSEWHERE = [
    pytest.param(STRICT, id="array_api_strict"),
    pytest.param(Device("array_api_compat.torch", "cpu", 17, 23), id="torch-cpu", marks=TORCH),
    pytest.param(Device("array_api_compat.torch", "cuda", 8192, 1024), id="torch-cuda", marks=CUDA),
]


@cache
def degraded_case(mutation: str) -> Case:
    """Half of the samples are degraded, with dropout."""
    n_missing = 60 if mutation == "none" else 25
    options = SimulationOptions(
        missing=n_missing, samples=40, seed=3, mutation=mutation, degraded=0.5, partial_donors=0.3
    )
    return simulate_case(options).case


def assert_same(one: Candidates, other: Candidates) -> None:
    for field in fields(Candidates):
        first, second = getattr(one, field.name), getattr(other, field.name)
        assert first.dtype == second.dtype
        assert first.tobytes() == second.tobytes(), field.name


@cache
def on_the_processor(mutation: str, against: Against, policy: ScreenPolicy) -> Screen:
    return screen(degraded_case(mutation), policy, against=against, means=Means(CPU))


FEW = ScreenPolicy(top=3)
EVERYTHING = ScreenPolicy(top=7, min_log10_lr=-np.inf)
TOLERANT = ScreenPolicy(top=4, min_log10_lr=-20.0, policy=Policy(max_inconsistencies=5))
STRICTLY = ScreenPolicy(top=4, min_log10_lr=-np.inf, policy=Policy(max_inconsistencies=0))


@pytest.mark.parametrize("device", ELSEWHERE)
@pytest.mark.parametrize(
    ("mutation", "against", "policy"),
    [
        pytest.param("stepwise", Against.FAMILIES, FEW, id="families, mutation, dropout"),
        pytest.param("none", Against.FAMILIES, EVERYTHING, id="no threshold"),
        pytest.param("none", Against.FAMILIES, TOLERANT, id="impossible loci tolerated"),
        pytest.param("none", Against.FAMILIES, STRICTLY, id="impossible loci rule out"),
        pytest.param("none", Against.SAMPLES, EVERYTHING, id="own samples left out"),
        pytest.param("none", Against.KIN, TOLERANT, id="kin"),
    ],
)
def test_the_candidates_do_not_depend_on_where_scores_are_summed(device, mutation, against, policy):
    expected = on_the_processor(mutation, against, policy)
    found = screen(degraded_case(mutation), policy, against=against, means=Means(device))
    assert len(expected.candidates) > 10
    assert_same(found.candidates, expected.candidates)


@pytest.mark.parametrize("device", ELSEWHERE)
@pytest.mark.parametrize("policy", [EVERYTHING, TOLERANT, STRICTLY], ids=["everything", "tolerant", "strict"])
def test_the_scores_themselves_are_the_same_bit_for_bit(device, policy):
    samples = degraded_case("none").samples
    panel = degraded_case("none").panel
    tables = condition_on_identity(panel, samples)
    own = np.arange(len(samples))
    one, other = (
        Scorer(gather_seen(panel, samples), samples.sex, np.zeros((3, 3)), policy.selection, place).best_pairs(
            tables, samples.sex, own
        )
        for place in (CPU, device)
    )
    assert len(one) > 3
    assert (one.sample != one.sought).all()
    for name in ("sample", "sought", "score"):
        assert getattr(one, name).tobytes() == getattr(other, name).tobytes()


def test_the_cases_hold_what_the_comparison_is_about():
    samples = degraded_case("none").samples
    homozygous = samples.alleles[..., 0] == samples.alleles[..., 1]
    assert (samples.typed & homozygous & (samples.dropout > 0)).any()
    tolerated = on_the_processor("none", Against.FAMILIES, TOLERANT).candidates
    assert (tolerated.n_inconsistent > 0).any()
    assert np.isneginf(tolerated.log10_lr).any()


def test_the_processor_is_the_device_called_cpu():
    assert find_device("cpu") is CPU


def test_a_device_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(InputError) as refused:
        find_device("gpu")
    (problem,) = refused.value.problems
    assert (problem.what, problem.where, problem.fix) == (
        "There is no device 'gpu'.",
        "--device",
        "Choose cpu or cuda.",
    )


def test_cuda_is_refused_where_no_library_can_use_it(monkeypatch):
    monkeypatch.setattr(devices, "_has_cuda", lambda library: False)
    with pytest.raises(InputError) as refused:
        find_device("cuda")
    (problem,) = refused.value.problems
    assert problem.what == "No CUDA device can be used here."
    assert "--device cpu" in problem.fix
    assert "PyTorch or CuPy" in problem.fix


@pytest.mark.parametrize("library", ["torch", "cupy"])
def test_cuda_is_whichever_library_has_a_card(library, monkeypatch):
    monkeypatch.setattr(devices, "_has_cuda", lambda name: name == library)
    found = find_device("cuda")
    assert (found.library, found.place) == (f"array_api_compat.{library}", "cuda")


def test_a_library_that_is_not_installed_has_no_card():
    assert devices._has_cuda("a_library_that_nobody_wrote") is False
