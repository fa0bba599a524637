import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.relatedness.catalogue import STANDARD_RELATIONSHIPS
from homeward.genetics.relatedness.pair_likelihood import state_probabilities
from homeward.genetics.relatedness.pair_simulation import simulate_pairs
from tests.families import locus

THREE = {"8": 0.2, "9": 0.3, "10": 0.5}


@pytest.mark.parametrize("theta", [0.0, 0.1])
@pytest.mark.parametrize("delta", [STANDARD_RELATIONSHIPS[2].delta, np.eye(9)[8], np.full(9, 1 / 9)])
def test_pairs_of_genotypes_are_as_frequent_as_they_are_probable(theta, delta):
    panel = Panel((locus("L", THREE),), theta=theta)
    n = 20_000
    seen = simulate_pairs(panel, delta, n, np.random.default_rng(2))
    genotype = seen.alleles[:, 0, 0] * 3 + seen.alleles[:, 0, 1]
    _, first_of, _, counts = np.unique(
        genotype.reshape(n, 2), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    expected = state_probabilities(panel, seen, 2 * first_of, 2 * first_of + 1)[:, 0] @ delta
    # Every count is within five standard errors of its probability.
    assert (np.abs(counts / n - expected) < 5 * np.sqrt(expected / n)).all()


def test_the_same_seed_gives_the_same_pairs():
    panel = Panel((locus("L", THREE),))
    first, second = (simulate_pairs(panel, np.eye(9)[7], 5, np.random.default_rng(1)) for _ in range(2))
    assert (first.alleles == second.alleles).all()
