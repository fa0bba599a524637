"""Which unseen alleles are merged, model by model."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.mutation import MutationKind, MutationModel, transmission_matrix
from homeward.genetics.mutation.lumping import coarsest_partition, lump_matrix


def states(kind, alleles, seen, **parameters):
    """Return the state of each allele as one letter."""
    alleles = tuple(alleles.split())
    frequencies = np.linspace(1, 2, len(alleles))
    matrix = transmission_matrix(MutationModel(kind, 0.002, **parameters), alleles, frequencies / frequencies.sum())
    kept = [alleles.index(a) for a in seen.split()]
    return "".join("abcdefghij"[i] for i in coarsest_partition((matrix,), kept))


@pytest.mark.parametrize("kind", [MutationKind.NONE, MutationKind.EQUAL, MutationKind.PROPORTIONAL])
def test_all_unseen_alleles_are_one_state_where_each_arises_at_one_rate(kind):
    assert states(kind, "8 9 9.3 10 11", "11 9") == "cbcca"


def test_a_fraction_that_nobody_carries_is_one_state_under_stepwise_mutation():
    # From 8.3, 9.3 or 10.3 every whole allele is reached at the same rate; the whole ones stay apart.
    assert states(MutationKind.STEPWISE, "8 8.3 9 9.3 10 10.3 12", "9", microvariant_rate=1e-5) == "bcacdce"


def test_fractions_that_nobody_carries_join_if_they_have_equally_many_alleles():
    assert states(MutationKind.STEPWISE, "8 9 9.1 9.2 9.3 10.3 10", "8 9 10", microvariant_rate=1e-5) == "abddeec"


def test_mirror_images_join_under_stepwise_mutation():
    assert states(MutationKind.STEPWISE, "8 9 10 11 12", "10") == "bcacb"


def test_alleles_cut_off_by_a_gap_join_under_one_step_mutation():
    # 20, 21, 22 and 30 never become one of the others.
    assert states(MutationKind.ONE_STEP, "8 9 10 20 21 22 30", "9 10") == "cabdddd"


def test_every_allele_stays_apart_where_nothing_can_be_merged():
    assert states(MutationKind.STEPWISE, "8 9 10 11", "8") == "abcd"


def test_both_sexes_must_agree_to_a_merger():
    equal, stepwise = (
        transmission_matrix(MutationModel(kind, 0.002), ("8", "9", "10", "11"), np.full(4, 0.25))
        for kind in (MutationKind.EQUAL, MutationKind.STEPWISE)
    )
    assert list(coarsest_partition((equal,), [0])) == [0, 1, 1, 1]
    assert list(coarsest_partition((equal, stepwise), [0])) == [0, 1, 2, 3]


def test_rates_that_differ_by_little_but_not_by_rounding_keep_alleles_apart():
    matrix = np.array([[1.0, 0.0, 0.0], [1e-17, 1.0, 0.0], [2e-17, 0.0, 1.0]])
    assert list(coarsest_partition((matrix,), [0])) == [0, 1, 2]


@st.composite
def lumpable(draw):
    """A matrix made from a smaller one by splitting states, with that partition."""
    n_states = draw(st.integers(2, 4))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    small = rng.dirichlet(np.ones(n_states), size=n_states)
    state_of = np.concatenate([np.arange(n_states), rng.integers(1, n_states, size=draw(st.integers(1, 4)))])
    state_of = rng.permutation(state_of)
    matrix = np.empty((len(state_of), len(state_of)))
    for i, row in enumerate(matrix):
        for state in range(n_states):
            members = np.flatnonzero(state_of == state)
            row[members] = small[state_of[i], state] * rng.dirichlet(np.ones(len(members)))
    return matrix, small, state_of


@settings(max_examples=30, deadline=None)
@given(lumpable())
def test_a_merger_that_is_possible_is_found(made):
    matrix, small, state_of = made
    found = coarsest_partition((matrix,), np.flatnonzero(state_of == 0))
    # Alleles of one state are never split, and the merged matrix is the one that was split.
    assert all(len(set(found[state_of == state])) == 1 for state in range(1, len(small)))
    if found.max() + 1 == len(set(found)) == (state_of == 0).sum() + len(small) - 1:
        merged = lump_matrix(matrix, found)
        assert merged.sum(axis=1) == pytest.approx(1.0)
        for state in range(1, len(small)):
            for other in range(1, len(small)):
                row, column = found[state_of == state][0], found[state_of == other][0]
                assert merged[row, column] == pytest.approx(small[state, other], rel=1e-11)
