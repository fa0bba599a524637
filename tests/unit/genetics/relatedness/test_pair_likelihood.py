import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import choose_profiles
from homeward.genetics.relatedness.identity import Descent
from homeward.genetics.relatedness.pair_likelihood import (
    parent_child_probabilities,
    state_probabilities,
    theta_matrix,
)
from tests.families import locus, pedigree, profiles

FREQUENCIES = {"8": 0.15, "9": 0.35, "10": 0.3, "11": 0.2}
PANEL = Panel((locus("L", FREQUENCIES),))
PEDIGREES = {
    "parent and child": ("B = A + M", "A", "B"),
    "full siblings": ("A = F + M; B = F + M", "A", "B"),
    "half siblings": ("A = F + M; B = F + N", "A", "B"),
    "first cousins": ("X = F + M; Y = F + M; A = X + P; B = Y + Q", "A", "B"),
    "double first cousins": ("W = F + M; X = F + M; Y = G + N; Z = G + N; A = W + Y; B = X + Z", "A", "B"),
    "inbred siblings": ("X = F + M; Y = F + M; A = X + Y; B = X + Y", "A", "B"),
    "inbred child and parent": ("X = F + M; A = F + M; B = A + X", "B", "A"),
}
genotypes = st.tuples(st.sampled_from(list(FREQUENCIES)), st.sampled_from(list(FREQUENCIES))).map("/".join)


@pytest.mark.parametrize("name", PEDIGREES)
@settings(max_examples=8, deadline=None)
@given(first=genotypes, second=genotypes, dropout=st.sampled_from([0.0, 0.1]))
def test_the_states_weighed_by_their_coefficients_are_the_likelihood_of_the_pedigree(name, first, second, dropout):
    text, a, b = PEDIGREES[name]
    # A mother whose sex role comes from the text: 'A' is a mother in one of the pedigrees.
    text = text.replace("B = A + X", "B = X + A")
    of = pedigree(text)
    seen = profiles(of.ids, PANEL, {a: first, b: second}, dropout={a: dropout})
    rows = np.array([of.position(a)]), np.array([of.position(b)])
    delta = Descent(of).coefficients(int(rows[0][0]), int(rows[1][0])).delta
    found = state_probabilities(PANEL, seen, *rows)[0, 0] @ delta
    expected = 10.0 ** pedigree_log10_likelihood(of, seen, PANEL)[0]
    assert found == pytest.approx(expected, rel=1e-12)


@settings(max_examples=20, deadline=None)
@given(first=genotypes, second=genotypes, is_mother=st.booleans(), kind=st.sampled_from(["equal", "stepwise"]))
def test_a_parent_and_a_child_with_mutation_are_the_likelihood_of_the_pedigree(first, second, is_mother, kind):
    model = MutationModel(MutationKind(kind), 0.01)
    panel = Panel((locus("L", FREQUENCIES, model, MutationModel(MutationKind(kind), 0.03)),))
    of = pedigree("B = O + A" if is_mother else "B = A + O")
    seen = profiles(of.ids, panel, {"A": first, "B": second})
    rows = np.array([of.position("A")]), np.array([of.position("B")])
    found = parent_child_probabilities(panel, seen, *rows, is_mother=np.array([is_mother]))[0, 0]
    # The untyped parent hands on an allele that may have mutated; here it is drawn from the population.
    alone = pedigree("B = - + A" if is_mother else "B = A + -", complete_parents=False)
    two = choose_profiles(seen, [seen.ids.index(name) for name in alone.ids])
    assert found == pytest.approx(10.0 ** pedigree_log10_likelihood(alone, two, panel)[0], rel=1e-12)


def test_an_untyped_person_is_no_evidence():
    seen = profiles(("A", "B"), PANEL, {"A": "8/9"})
    assert (state_probabilities(PANEL, seen, np.array([0]), np.array([1])) == 1.0).all()
    no_mother = np.array([False])
    assert parent_child_probabilities(PANEL, seen, np.array([0]), np.array([1]), is_mother=no_mother) == 1.0


def test_in_every_state_the_probabilities_of_all_pairs_of_genotypes_sum_to_one():
    names = list(FREQUENCIES)
    kinds = [f"{a}/{b}" for i, a in enumerate(names) for b in names[i:]]
    ids = tuple(f"P{i}" for i in range(len(kinds)))
    first, second = (grid.ravel() for grid in np.meshgrid(np.arange(10), np.arange(10)))
    for theta in (0.0, 0.03):
        panel = Panel(PANEL.loci, theta=theta)
        seen = profiles(ids, panel, dict(zip(ids, kinds, strict=True)))
        assert state_probabilities(panel, seen, first, second)[:, 0].sum(axis=0) == pytest.approx(np.ones(9))


def test_theta_gives_the_published_match_and_paternity_probabilities():
    theta, p, q = 0.03, FREQUENCIES["8"], FREQUENCIES["9"]
    panel = Panel(PANEL.loci, theta=theta)
    seen = profiles(("A", "B", "C"), panel, {"A": "8/9", "B": "8/9", "C": "8/8"})
    of = state_probabilities(panel, seen, np.array([0, 2]), np.array([1, 2]))[:, 0]
    # Balding & Nichols 1994: the match probability is P(both) / P(one) for two unrelated people.
    below = (1 + theta) * (1 + 2 * theta)
    assert of[0, 8] / of[0, 6] == pytest.approx(2 * (theta + (1 - theta) * p) * (theta + (1 - theta) * q) / below)
    assert of[1, 8] / of[1, 6] == pytest.approx((2 * theta + (1 - theta) * p) * (3 * theta + (1 - theta) * p) / below)
    # Paternity index of two homozygotes: (1 + 2 theta) / (3 theta + (1 - theta) p) (Evett & Weir 1998, chapter 6).
    assert of[1, 7] / of[1, 8] == pytest.approx((1 + 2 * theta) / (3 * theta + (1 - theta) * p))


@pytest.mark.parametrize("name", PEDIGREES)
@settings(max_examples=4, deadline=None)
@given(first=genotypes, second=genotypes)
def test_with_theta_the_states_weighed_are_the_likelihood_of_the_pedigree(name, first, second):
    text, a, b = PEDIGREES[name]
    of = pedigree(text.replace("B = A + X", "B = X + A"))
    panel = Panel(PANEL.loci, theta=0.03)
    seen = profiles(of.ids, panel, {a: first, b: second})
    delta = Descent(of).coefficients(of.position(a), of.position(b)).delta
    rows = np.array([of.position(a)]), np.array([of.position(b)])
    found = state_probabilities(panel, seen, *rows)[0, 0] @ delta
    assert found == pytest.approx(10.0 ** pedigree_log10_likelihood(of, seen, panel)[0], rel=1e-12)


def test_without_theta_no_state_changes():
    assert (theta_matrix(0.0) == np.eye(9)).all()
    assert theta_matrix(0.05).sum(axis=1) == pytest.approx(np.ones(9))


def test_with_theta_a_parent_and_a_child_without_mutation_are_in_state_eight():
    panel = Panel(PANEL.loci, theta=0.04)
    names = {"A": "8/9", "B": "9/9", "C": "8/8", "D": "10/11", "E": "9/10"}
    seen = profiles(tuple(names), panel, names)
    one, other = (grid.ravel() for grid in np.meshgrid(np.arange(5), np.arange(5)))
    found = parent_child_probabilities(panel, seen, one, other, is_mother=np.zeros(25, bool))
    assert found == pytest.approx(state_probabilities(panel, seen, one, other)[:, :, 7], rel=1e-12)
