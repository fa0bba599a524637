"""Stationary stepwise matrices: how exact they are, and when there is none."""

from fractions import Fraction

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform, transmission_matrix

ALLELES = ("8", "9", "9.3", "10", "10.3", "11")
FREQUENCIES = np.array([0.1, 0.25, 0.15, 0.2, 0.1, 0.2])


def stationary(microvariant_rate, alleles=ALLELES, frequencies=FREQUENCIES):
    model = MutationModel(MutationKind.STEPWISE, 0.002, 0.1, microvariant_rate, transform=MutationTransform.STATIONARY)
    return transmission_matrix(model, alleles, frequencies)


def kept_in_fractions(matrix):
    """Solve v M = v exactly, in rational numbers, by elimination."""
    n = len(matrix)
    rate = [[Fraction(float(x)) for x in row] for row in matrix]
    rows = [[rate[j][i] if i != j else -sum(rate[i][:i] + rate[i][i + 1 :]) for j in range(n)] for i in range(n)]
    system = [[*row, Fraction(0)] for row in rows[:-1]] + [[Fraction(1)] * (n + 1)]
    for column in range(n):
        pivot = next(r for r in range(column, n) if system[r][column] != 0)
        system[column], system[pivot] = system[pivot], system[column]
        for r in range(n):
            if r != column:
                factor = system[r][column] / system[column][column]
                system[r] = [a - factor * b for a, b in zip(system[r], system[column], strict=True)]
    return [system[i][n] / system[i][i] for i in range(n)]


@pytest.mark.parametrize("microvariant_rate", [1e-3, 1e-6, 1e-9, 1e-12])
def test_a_stationary_matrix_is_exact_however_rare_microvariants_are(microvariant_rate):
    plain = transmission_matrix(
        MutationModel(MutationKind.STEPWISE, 0.002, 0.1, microvariant_rate), ALLELES, FREQUENCIES
    )
    kept = kept_in_fractions(plain)
    off = plain - np.diag(np.diag(plain))
    leaving = [sum(map(Fraction, map(float, row)), Fraction(0)) for row in off]
    p = [Fraction(float(x)) for x in FREQUENCIES]
    rate = sum(a * b for a, b in zip(p, leaving, strict=True)) / sum(a * b for a, b in zip(kept, leaving, strict=True))
    scale = np.array([float(rate * v / f) for v, f in zip(kept, p, strict=True)])
    changes = ~np.eye(len(ALLELES), dtype=bool)
    assert stationary(microvariant_rate)[changes] == pytest.approx((scale[:, None] * off)[changes], rel=1e-13)


def test_a_stationary_matrix_keeps_the_frequencies_and_the_overall_rate():
    matrix = stationary(1e-6)
    plain = transmission_matrix(MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-6), ALLELES, FREQUENCIES)
    assert FREQUENCIES @ matrix == pytest.approx(FREQUENCIES, rel=1e-14)
    assert FREQUENCIES @ np.diag(matrix) == pytest.approx(FREQUENCIES @ np.diag(plain), rel=1e-14)


def test_alleles_in_groups_that_never_mix_have_no_single_stationary_form():
    with pytest.raises(InputError, match="more than one stationary form"):
        stationary(0.0)


def test_a_microvariant_alone_in_its_group_stays_as_it_is_when_groups_never_mix():
    alleles, frequencies = ("8", "9", "9.3", "10"), np.array([0.2, 0.3, 0.1, 0.4])
    matrix = stationary(0.0, alleles, frequencies)
    assert list(matrix[2]) == [0, 0, 1, 0]
    assert frequencies @ matrix == pytest.approx(frequencies, rel=1e-14)
