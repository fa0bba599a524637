"""Transforms: what each of them keeps, and when there is none."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.genetics.mutation import (
    MutationKind,
    MutationModel,
    MutationTransform,
    is_bounded,
    is_reversible,
    is_stationary,
    overall_rate,
    transmission_matrix,
)
from homeward.genetics.mutation.transforms import transform_matrix

REVERSIBLE = [
    MutationTransform.METROPOLIS_HASTINGS,
    MutationTransform.BARKER,
    MutationTransform.PRESERVED_RATE,
]


@st.composite
def matrices(draw):
    """A matrix that seldom mutates, and frequencies that are not too small for a transform to exist."""
    n = draw(st.integers(2, 5))
    weights = np.array(draw(st.lists(st.floats(0.2, 1.0), min_size=n, max_size=n)))
    rates = np.array(draw(st.lists(st.floats(1e-6, 0.02), min_size=n * n, max_size=n * n))).reshape(n, n)
    np.fill_diagonal(rates, 0.0)
    return rates + np.diag(1.0 - rates.sum(axis=1)), weights / weights.sum()


@settings(max_examples=25, deadline=None)
@given(matrices(), st.sampled_from(MutationTransform))
def test_a_transform_keeps_the_overall_rate_and_gives_what_it_promises(given_matrix, transform):
    matrix, frequencies = given_matrix
    alleles = tuple(map(str, range(len(matrix))))
    found = transform_matrix(transform, matrix, frequencies, alleles=alleles, where="test")
    assert found.min() >= 0
    assert found.sum(axis=1) == pytest.approx(1.0, abs=1e-14)
    assert overall_rate(found, frequencies) == pytest.approx(overall_rate(matrix, frequencies), rel=1e-12)
    if transform is not MutationTransform.NONE:
        assert is_stationary(found, frequencies)
        assert frequencies @ found == pytest.approx(frequencies, rel=1e-13)
    if transform in REVERSIBLE:
        assert is_reversible(found, frequencies)


@settings(max_examples=15, deadline=None)
@given(matrices(), st.sampled_from(list(MutationTransform)[1:]))
def test_a_transform_of_a_transform_that_is_reversible_changes_nothing(given_matrix, transform):
    matrix, frequencies = given_matrix
    alleles = tuple(map(str, range(len(matrix))))
    reversible = transform_matrix(MutationTransform.BARKER, matrix, frequencies, alleles=alleles, where="test")
    again = transform_matrix(transform, reversible, frequencies, alleles=alleles, where="test")
    assert again == pytest.approx(reversible, rel=1e-11)


def test_metropolis_hastings_never_makes_a_change_that_was_impossible():
    matrix = np.array([[0.9, 0.1, 0.0], [0.05, 0.9, 0.05], [0.1, 0.1, 0.8]])
    frequencies = np.array([0.2, 0.3, 0.5])
    found = transform_matrix(
        MutationTransform.METROPOLIS_HASTINGS, matrix, frequencies, alleles=("A", "B", "C"), where="test"
    )
    assert (found[0, 2], found[2, 0]) == (0.0, 0.0)


@pytest.mark.parametrize("transform", list(MutationTransform)[1:])
def test_a_transform_that_does_not_exist_names_the_alleles_that_would_mutate_too_often(transform):
    # Allele C is so rare that it cannot give back what it receives.
    matrix = np.array([[0.5, 0.0, 0.5], [0.0, 0.5, 0.5], [0.5, 0.5, 0.0]])
    frequencies = np.array([0.495, 0.495, 0.01])
    with pytest.raises(InputError, match=f"No {transform} form .* allele C would mutate with probability") as refused:
        transform_matrix(transform, matrix, frequencies, alleles=("A", "B", "C"), where="test")
    assert len(refused.value.problems) == 1


@pytest.mark.parametrize(("inflow", "exists"), [(0.0201, True), (0.0203, False)])
def test_a_preserved_rate_exists_while_no_allele_receives_more_than_it_can_give_back(inflow, exists):
    # sum over i of p(i) M[i, j] <= p(j) (1 + 2 M[j, j]); here 0.99 inflow + 0.01 <= 0.03, so inflow <= 0.0202.
    matrix, frequencies = np.array([[1.0 - inflow, inflow], [0.0, 1.0]]), np.array([0.99, 0.01])

    def transformed():
        return transform_matrix(MutationTransform.PRESERVED_RATE, matrix, frequencies, alleles=("A", "B"), where="test")

    if exists:
        assert transformed()[1, 1] == pytest.approx(1 - 0.99 * inflow / 0.02)
    else:
        with pytest.raises(InputError, match="allele B would mutate with probability"):
            transformed()


@pytest.mark.parametrize("transform", [MutationTransform.METROPOLIS_HASTINGS, MutationTransform.BARKER])
def test_changes_in_one_direction_only_cannot_be_made_reversible_by_accepting_some(transform):
    matrix = np.array([[0.9, 0.1], [0.0, 1.0]])
    with pytest.raises(InputError, match="no two alleles change into each other"):
        transform_matrix(transform, matrix, np.array([0.5, 0.5]), alleles=("A", "B"), where="test")


def test_a_matrix_that_loses_an_allele_for_good_has_no_stationary_form():
    matrix = np.array([[0.9, 0.1, 0.0], [0.1, 0.9, 0.0], [0.1, 0.0, 0.9]])
    for turned in (matrix, matrix[::-1, ::-1]):
        with pytest.raises(InputError, match="no or more than one stationary form"):
            transform_matrix(
                MutationTransform.STATIONARY, turned, np.full(3, 1 / 3), alleles=("A", "B", "C"), where="test"
            )


def test_stepwise_made_stationary_is_the_model_of_dawid_where_no_allele_is_missing_from_the_ladder():
    # Familias (R package): "the resulting model is referred to as 'Probability decreasing with range (stable)'".
    alleles, frequencies = ("7", "8", "9", "10", "11"), np.array([0.05, 0.25, 0.3, 0.25, 0.15])
    for ratio in (0.1, 0.5, 0.9):
        stationary = MutationModel(MutationKind.STEPWISE, 0.003, ratio, transform=MutationTransform.STATIONARY)
        dawid = transmission_matrix(MutationModel(MutationKind.DAWID, 0.003, ratio), alleles, frequencies)
        assert transmission_matrix(stationary, alleles, frequencies) == pytest.approx(dawid, rel=1e-12)


def test_an_equal_model_is_bounded_only_while_every_allele_is_more_frequent_than_its_rate():
    model = MutationModel(MutationKind.EQUAL, 0.004)
    for rarest, bounded in ((0.01, True), (0.001, False)):
        frequencies = np.array([0.5, 0.5 - rarest, rarest])
        assert is_bounded(transmission_matrix(model, ("A", "B", "C"), frequencies), frequencies) is bounded
