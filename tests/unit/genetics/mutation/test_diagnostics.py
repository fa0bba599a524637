"""Overall rates, and models adjusted to a wanted one."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.mutation import (
    MutationKind,
    MutationModel,
    MutationTransform,
    adjust_rate,
    is_always_lumpable,
    is_lumpable,
    is_reversible,
    is_stationary,
    overall_rate,
    transmission_matrix,
)

ALLELES, FREQUENCIES = ("8", "9", "9.3", "10", "11"), np.array([0.1, 0.25, 0.15, 0.3, 0.2])


@pytest.mark.parametrize(
    "model",
    [
        MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-5),
        MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-5, MutationTransform.STATIONARY),
        MutationModel(MutationKind.EQUAL, 0.01, transform=MutationTransform.BARKER),
        MutationModel(MutationKind.CUSTOM, matrix=tuple(map(tuple, (0.99 * np.eye(5) + 0.002).tolist()))),
    ],
)
def test_a_model_is_adjusted_to_a_wanted_overall_rate_by_one_factor(model):
    before = transmission_matrix(model, ALLELES, FREQUENCIES)
    adjusted = adjust_rate(model, ALLELES, FREQUENCIES, 0.005)
    after = transmission_matrix(adjusted, ALLELES, FREQUENCIES)
    assert overall_rate(after, FREQUENCIES) == pytest.approx(0.005, rel=1e-12)
    off_diagonal = ~np.eye(5, dtype=bool)
    factor = 0.005 / overall_rate(before, FREQUENCIES)
    assert after[off_diagonal] == pytest.approx(factor * before[off_diagonal], rel=1e-10)


def test_an_overall_rate_that_a_model_cannot_have_is_refused_with_the_highest_it_can():
    model = MutationModel(MutationKind.PROPORTIONAL, 0.002)
    # At most (1 - sum p^2) / (1 - min p): then the rarest allele always mutates.
    highest = (1 - (FREQUENCIES**2).sum()) / (1 - FREQUENCIES.min())
    with pytest.raises(InputError, match=f"this model allows 0 to {highest:.4g}"):
        adjust_rate(model, ALLELES, FREQUENCIES, 0.9)
    found = adjust_rate(model, ALLELES, FREQUENCIES, highest)
    assert transmission_matrix(found, ALLELES, FREQUENCIES).min() == pytest.approx(0.0, abs=1e-12)


def test_a_model_without_mutation_has_no_rate_to_adjust():
    assert adjust_rate(MutationModel(MutationKind.EQUAL), ALLELES, FREQUENCIES, 0.0).rate == 0.0
    with pytest.raises(InputError, match="allows 0 to 0"):
        adjust_rate(MutationModel(MutationKind.EQUAL), ALLELES, FREQUENCIES, 0.001)


def test_the_equal_model_keeps_equal_frequencies_only():
    matrix = transmission_matrix(MutationModel(MutationKind.EQUAL, 0.1), ("A", "B", "C"), np.full(3, 1 / 3))
    assert is_stationary(matrix, np.full(3, 1 / 3))
    assert is_reversible(matrix, np.full(3, 1 / 3))
    assert not is_stationary(matrix, np.array([0.2, 0.3, 0.5]))


def test_a_cycle_is_stationary_but_not_reversible():
    matrix = np.array([[0.9, 0.1, 0.0], [0.0, 0.9, 0.1], [0.1, 0.0, 0.9]])
    assert is_stationary(matrix, np.full(3, 1 / 3))
    assert not is_reversible(matrix, np.full(3, 1 / 3))


def test_any_alleles_can_be_merged_under_the_equal_and_the_proportional_model_only():
    expected = {MutationKind.EQUAL: True, MutationKind.PROPORTIONAL: True, MutationKind.STEPWISE: False}
    for kind, always in expected.items():
        matrix = transmission_matrix(MutationModel(kind, 0.01), ALLELES, FREQUENCIES)
        assert is_always_lumpable(matrix) is always
        assert is_lumpable(matrix, {0, 1, 3}) is always


def test_a_set_is_lumpable_if_each_of_it_becomes_every_other_allele_alike():
    matrix = np.array([[0.9, 0.05, 0.03, 0.02], [0.1, 0.8, 0.04, 0.06], [0.1, 0.3, 0.5, 0.1], [0.0, 0.0, 0.0, 1.0]])
    assert not is_lumpable(matrix, {1, 2})
    matrix[2] = [0.1, 0.3, 0.54, 0.06]
    assert is_lumpable(matrix, {1, 2})
    assert not is_lumpable(matrix, {1, 3})
    assert is_lumpable(matrix, {2})
    assert is_lumpable(matrix, {0, 1, 2, 3})
