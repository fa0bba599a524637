import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.relatedness.catalogue import FURTHER_RELATIONSHIPS, STANDARD_RELATIONSHIPS
from homeward.genetics.relatedness.estimation import (
    bootstrap_kappa,
    estimate_kappa,
    estimate_mixture,
    is_admissible,
    mixture_log10_likelihood,
)
from homeward.genetics.relatedness.pair_likelihood import state_probabilities
from homeward.genetics.relatedness.pair_simulation import simulate_pairs
from tests.simulated import random_panel

STEPS = 100
GRID = np.array([(i, STEPS - i - j, j) for i in range(STEPS + 1) for j in range(STEPS + 1 - i)]) / STEPS
ON_GRID = np.zeros((len(GRID), 9))
ON_GRID[:, [8, 7, 6]] = GRID


def pairs(relationship, n, seed=1, n_loci=15):
    rng = np.random.default_rng(seed)
    panel = random_panel(rng, n_loci)
    seen = simulate_pairs(panel, relationship.delta, n, rng)
    return state_probabilities(panel, seen, np.arange(0, 2 * n, 2), np.arange(1, 2 * n, 2))


@pytest.mark.parametrize("relationship", [*STANDARD_RELATIONSHIPS, *FURTHER_RELATIONSHIPS], ids=lambda r: r.name)
def test_the_estimate_is_the_best_point_of_a_grid_or_better(relationship):
    probabilities = pairs(relationship, 6)
    found = estimate_kappa(probabilities)
    assert found.coefficients.sum(axis=1) == pytest.approx(np.ones(6), abs=1e-12)
    assert (found.coefficients >= 0).all()
    assert (found.gap < 1e-7).all()
    for pair in range(6):
        on_grid = mixture_log10_likelihood(
            np.broadcast_to(probabilities[pair], (len(GRID), *probabilities.shape[1:])), ON_GRID
        )
        assert on_grid.max() <= found.log10_likelihood[pair] + found.gap[pair] + 1e-12
        # Where the likelihood is curved the grid's best point is near.
        near = np.abs(GRID[on_grid.argmax()] - found.coefficients[pair]).max() < 2.0 / STEPS
        assert near or found.log10_likelihood[pair] - on_grid.max() < 1e-3


@pytest.mark.parametrize("relationship", [STANDARD_RELATIONSHIPS[2], FURTHER_RELATIONSHIPS[1]], ids=lambda r: r.name)
def test_the_admissible_estimate_is_the_best_admissible_point_of_a_grid_or_better(relationship):
    probabilities = pairs(relationship, 8, seed=3)
    found = estimate_kappa(probabilities, admissible=True)
    assert is_admissible(found.coefficients).all()
    assert not is_admissible(estimate_kappa(probabilities).coefficients).all()
    inside = is_admissible(GRID)
    for pair in range(8):
        repeated = np.broadcast_to(probabilities[pair], (int(inside.sum()), *probabilities.shape[1:]))
        assert mixture_log10_likelihood(repeated, ON_GRID[inside]).max() <= found.log10_likelihood[pair] + 1e-6


def test_nine_coefficients_are_estimated_to_the_stated_gap():
    probabilities = pairs(STANDARD_RELATIONSHIPS[2], 2)
    found = estimate_mixture(probabilities)
    assert found.coefficients.shape == (2, 9)
    assert (found.gap < 1e-7).all()
    rng = np.random.default_rng(0)
    for x in rng.dirichlet(np.ones(9), 200):
        assert (mixture_log10_likelihood(probabilities, x) <= found.log10_likelihood + found.gap).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_neither_the_order_of_loci_nor_that_of_the_two_people_changes_an_estimate(seed):
    rng = np.random.default_rng(seed)
    panel = random_panel(rng, 8)
    seen = simulate_pairs(panel, STANDARD_RELATIONSHIPS[2].delta, 1, rng)
    one, other = np.array([0]), np.array([1])
    probabilities = state_probabilities(panel, seen, one, other)
    found = estimate_kappa(probabilities).log10_likelihood
    assert estimate_kappa(probabilities[:, ::-1]).log10_likelihood == pytest.approx(found, abs=1e-7)
    assert estimate_kappa(state_probabilities(panel, seen, other, one)).log10_likelihood == pytest.approx(
        found, abs=1e-7
    )


def test_estimates_are_right_on_average():
    for relationship in STANDARD_RELATIONSHIPS[1:3]:
        mean = estimate_kappa(pairs(relationship, 300, n_loci=20)).coefficients.mean(axis=0)
        assert mean == pytest.approx(relationship.kappa, abs=0.06)


def test_the_bootstrap_repeats_itself_and_covers_the_truth():
    probabilities = pairs(STANDARD_RELATIONSHIPS[2], 1, n_loci=24)[0]
    replicates = [bootstrap_kappa(probabilities, n_replicates=200, rng=np.random.default_rng(5)) for _ in range(2)]
    assert (replicates[0] == replicates[1]).all()
    low, high = np.quantile(replicates[0], [0.01, 0.99], axis=0)
    assert (low <= STANDARD_RELATIONSHIPS[2].kappa).all()
    assert (high >= STANDARD_RELATIONSHIPS[2].kappa).all()


def test_nobody_to_estimate_gives_no_estimates():
    assert len(estimate_kappa(np.empty((0, 5, 9))).coefficients) == 0
