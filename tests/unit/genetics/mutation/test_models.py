"""Transmission matrices: closed forms, and what is refused in words."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.mutation import (
    MutationKind,
    MutationModel,
    MutationTransform,
    is_reversible,
    overall_rate,
    transmission_matrix,
)
from homeward.genetics.panel import Locus, Panel, check_panel

ALLELES, FREQUENCIES = ("8", "9", "10", "11"), np.array([0.1, 0.3, 0.4, 0.2])


def problems_of(model, alleles=ALLELES, frequencies=FREQUENCIES):
    with pytest.raises(InputError) as refused:
        transmission_matrix(model, alleles, frequencies, where="locus L")
    return [problem.what for problem in refused.value.problems]


def test_one_step_shares_the_rate_between_the_neighbours_that_there_are():
    # 8 and 10 have no neighbour below or above; 13 has none at all.
    matrix = transmission_matrix(MutationModel(MutationKind.ONE_STEP, 0.02), ("8", "10", "9", "13"), np.full(4, 0.25))
    assert matrix.tolist() == [[0.98, 0, 0.02, 0], [0, 0.98, 0.02, 0], [0.01, 0.01, 0.98, 0], [0, 0, 0, 1]]


def test_dawid_counts_places_on_the_ladder_whatever_the_order_of_the_alleles():
    model = MutationModel(MutationKind.DAWID, 0.002, 0.1)
    in_order = transmission_matrix(model, ("8", "9", "12"), np.array([0.2, 0.3, 0.5]))
    turned = transmission_matrix(model, ("12", "8", "9"), np.array([0.5, 0.2, 0.3]))
    assert turned == pytest.approx(in_order[np.ix_([2, 0, 1], [2, 0, 1])], rel=1e-14)
    # Dawid, Mortera & Pascali (2001): rate (1 - r) / (2 r (n - (1 - r^n) / (1 - r))) r^|i - j| / p(i).
    constant = 0.002 * 0.9 / (2 * 0.1 * (3 - (1 - 0.1**3) / 0.9))
    assert in_order[0, 2] == pytest.approx(constant * 0.1**2 / 0.2, rel=1e-12)


def test_dawid_without_decay_is_a_flow_shared_by_all_pairs_of_alleles():
    matrix = transmission_matrix(MutationModel(MutationKind.DAWID, 0.012, 1.0), ALLELES, FREQUENCIES)
    off_diagonal = ~np.eye(4, dtype=bool)
    assert (FREQUENCIES[:, None] * matrix)[off_diagonal] == pytest.approx(0.001, rel=1e-12)


@pytest.mark.parametrize("transform", MutationTransform)
def test_any_transform_leaves_a_proportional_model_as_it_is(transform):
    plain = transmission_matrix(MutationModel(MutationKind.PROPORTIONAL, 0.01), ALLELES, FREQUENCIES)
    model = MutationModel(MutationKind.PROPORTIONAL, 0.01, transform=transform)
    assert transmission_matrix(model, ALLELES, FREQUENCIES) == pytest.approx(plain, rel=1e-12)


def test_a_custom_matrix_can_be_made_reversible_too():
    rows = ((0.97, 0.02, 0.01), (0.0, 0.99, 0.01), (0.01, 0.01, 0.98))
    model = MutationModel(MutationKind.CUSTOM, matrix=rows, transform=MutationTransform.PRESERVED_RATE)
    frequencies = np.array([0.2, 0.3, 0.5])
    matrix = transmission_matrix(model, ("A", "B", "C"), frequencies)
    assert is_reversible(matrix, frequencies)
    assert matrix[1, 0] == pytest.approx((0.3 * 0.0 + 0.2 * 0.02) / (2 * 0.3))
    assert overall_rate(matrix, frequencies) == pytest.approx(0.2 * 0.03 + 0.3 * 0.01 + 0.5 * 0.02)


@pytest.mark.parametrize(
    ("model", "words"),
    [
        (MutationModel(MutationKind.EQUAL), "no mutation"),
        (MutationModel(MutationKind.ONE_STEP, 0.002), "onestep, rate 0.002"),
        (MutationModel(MutationKind.DAWID, 0.002), "dawid, rate 0.002, step ratio 0.1"),
        (
            MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-6, MutationTransform.BARKER),
            "stepwise, rate 0.002, step ratio 0.1, microvariant rate 1e-06, barker",
        ),
    ],
)
def test_a_model_is_described_in_words(model, words):
    assert model.describe() == words


def test_every_allele_that_has_no_place_on_the_ladder_is_named():
    alleles = ("8", "9.3", "OL", ">30", "<8", "x")
    frequencies = np.full(6, 1 / 6)
    assert problems_of(MutationModel(MutationKind.STEPWISE, 0.002), alleles, frequencies) == [
        "Allele 'OL' is off the ladder, so the stepwise model cannot place it.",
        "Allele '>30' stands for all alleles beyond the ladder, so the stepwise model cannot place it.",
        "Allele '<8' stands for all alleles beyond the ladder, so the stepwise model cannot place it.",
        "Allele 'x' is not a repeat number, so the stepwise model cannot place it.",
    ]
    for kind, name in ((MutationKind.ONE_STEP, "one-step"), (MutationKind.DAWID, "Dawid")):
        found = problems_of(MutationModel(kind, 0.002), alleles, frequencies)
        assert found[0] == f"Allele '9.3' is not a whole number of repeats, so the {name} model cannot place it."
        assert len(found) == 5


def test_two_names_of_one_length_are_refused():
    found = problems_of(MutationModel(MutationKind.STEPWISE, 0.002), ("9", "9.0", "10"), np.full(3, 1 / 3))
    assert found == ["Two alleles are both 9 repeats and 0 bases long."]


def test_problems_of_both_sexes_are_reported_at_once():
    locus = Locus(
        "L",
        ("A", "9"),
        np.array([0.5, 0.5]),
        MutationModel(MutationKind.STEPWISE, 0.002),
        MutationModel(MutationKind.EQUAL, 1.5),
    )
    with pytest.raises(InputError) as refused:
        check_panel(Panel((locus,)), where="test")
    assert [problem.where for problem in refused.value.problems] == ["locus L, female", "locus L, male"]


def test_what_is_wrong_for_both_sexes_alike_is_said_once():
    models = [MutationModel(MutationKind.ONE_STEP, rate) for rate in (0.001, 0.002)]
    with pytest.raises(InputError) as refused:
        Locus("L", ("9", "9.3"), np.array([0.5, 0.5]), *models).transmission()
    assert [problem.where for problem in refused.value.problems] == ["locus L, female and male"]


def test_every_parameter_outside_its_range_is_named():
    assert problems_of(MutationModel(MutationKind.DAWID, -0.1, 0.0, 2.0)) == [
        "The mutation rate -0.1 is outside [0, 1].",
        "The mutation microvariant rate 2 is outside [0, 1].",
        "The step ratio (range) 0 is outside (0, 1].",
    ]


def test_every_row_of_a_custom_matrix_that_is_no_distribution_is_named():
    rows = ((0.5, 0.4, 0.0, 0.0), (1.5, -0.5, 0.0, 0.0), (0.0, 0.0, 1.0, 0.0), (0.0, 0.0, 0.0, 0.9))
    assert problems_of(MutationModel(MutationKind.CUSTOM, matrix=rows)) == [
        "The row of allele 8 in the custom mutation matrix sums to 0.9, not to 1.",
        "The row of allele 9 in the custom mutation matrix holds a number outside [0, 1].",
        "The row of allele 11 in the custom mutation matrix sums to 0.9, not to 1.",
    ]
    assert problems_of(MutationModel(MutationKind.CUSTOM, matrix=((1.0,),))) == [
        "The custom mutation matrix is not 4 by 4."
    ]


def test_a_rate_too_high_for_the_frequencies_is_refused_with_the_highest_there_is():
    # Allele 8 leaves with 0.003457944 at a rate of 0.002 (pedmut 0.9.1), so the rate can be 0.5784 at most.
    with pytest.raises(InputError, match=r"allele 8 would mutate .* Lower the mutation rate to 0\.578") as refused:
        transmission_matrix(MutationModel(MutationKind.DAWID, 0.9), ALLELES, FREQUENCIES)
    highest = float(str(refused.value).split("rate to ")[1].split(" ")[0])
    transmission_matrix(MutationModel(MutationKind.DAWID, highest - 0.001), ALLELES, FREQUENCIES)
