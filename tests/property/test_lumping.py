"""Likelihoods with unseen alleles merged against those with every allele a state of its own, on random families."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import batch_log10_likelihood, pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import build_pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.states import locus_states, whole_states
from tests.property.test_likelihood_by_enumeration import families

ALLELES = ("8", "8.1", "9", "9.1", "9.2", "9.3", "10", "10.3", "11", "14", "20", "21")
WHOLE = tuple(allele for allele in ALLELES if "." not in allele)


def split_matrix(n, seed):
    """A matrix over n alleles that is made by splitting the states of a smaller one, so that some can be merged."""
    rng = np.random.default_rng(seed)
    small = 0.9 * np.eye(3) + 0.1 * rng.dirichlet(np.ones(3), size=3)
    state_of = np.arange(n) % 3
    matrix = np.zeros((n, n))
    for i in range(n):
        for state in range(3):
            members = np.flatnonzero(state_of == state)
            matrix[i, members] = small[state_of[i], state] * rng.dirichlet(np.ones(len(members)))
    return tuple(map(tuple, matrix.tolist()))


@st.composite
def mutation_models(draw, alleles):
    kinds = list(MutationKind) if alleles == WHOLE else [MutationKind.EQUAL, MutationKind.STEPWISE, MutationKind.CUSTOM]
    kind = draw(st.sampled_from(kinds))
    if kind is MutationKind.CUSTOM:
        return MutationModel(kind, matrix=split_matrix(len(alleles), draw(st.integers(0, 1000))))
    return MutationModel(kind, draw(st.floats(0.001, 0.01)), draw(st.floats(0.05, 1.0)), draw(st.floats(0, 0.02)))


@st.composite
def cases(draw):
    pedigree, alleles = draw(families(6)), draw(st.sampled_from([ALLELES, WHOLE]))
    weights = np.array(draw(st.lists(st.floats(0.5, 1.0), min_size=len(alleles), max_size=len(alleles))))
    models = [draw(mutation_models(alleles)) for _ in range(2)]
    silent = draw(st.sampled_from([0.0, 0.0, 0.05]))
    frequencies = (1.0 - silent) * weights / weights.sum()
    locus = Locus("L", alleles, frequencies, models[0], draw(st.sampled_from(models)), silent_frequency=silent)
    allele = st.integers(0, min(3, len(alleles) - 1))
    observed = np.array([[draw(st.none() | st.tuples(allele, allele)) or (-1, -1)] for _ in pedigree.ids])
    dropout = np.array([[draw(st.sampled_from([0.0, 0.0, 0.2]))] for _ in pedigree.ids])
    return pedigree, locus, make_profiles(pedigree.ids, 1, alleles=observed.astype(np.int16), dropout=dropout)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_merging_unseen_alleles_changes_no_likelihood(case):
    pedigree, locus, profiles = case
    panel = Panel((locus,))
    merged = pedigree_log10_likelihood(pedigree, profiles, panel)
    apart = batch_log10_likelihood(
        pedigree, whole_states(panel), np.array([0]), profiles.alleles.swapaxes(0, 1), profiles.dropout.T
    )
    assert merged == pytest.approx(apart, rel=1e-11, abs=1e-11)


def test_the_states_of_a_locus_hold_all_of_its_frequency():
    model = MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-5)
    frequencies = np.linspace(1, 2, len(ALLELES)) / np.linspace(1, 2, len(ALLELES)).sum()
    states = locus_states(Locus("L", ALLELES, frequencies, model, model), [ALLELES.index("9")])
    # 9, the other whole alleles one by one, and one state for .1 and .3, which have two alleles each, and one for .2.
    assert len(states) == len(WHOLE) + 2
    assert states.state_of[ALLELES.index("8.1")] == states.state_of[ALLELES.index("10.3")]
    assert states.frequencies.sum() == pytest.approx(1.0, rel=1e-14)
    assert states.female.sum(axis=1) == pytest.approx(1.0, rel=1e-14)


def test_people_who_show_nothing_need_one_state():
    pedigree = build_pedigree(["A"], {}, {}, {}, where="test")
    model = MutationModel(MutationKind.STEPWISE, 0.002)
    locus = Locus("L", ("8", "9", "10"), np.array([0.2, 0.3, 0.5]), model, model)
    assert len(locus_states(locus, [])) == 1
    nobody = make_profiles(pedigree.ids, 1, alleles=np.full((1, 1, 2), -1, np.int16))
    assert pedigree_log10_likelihood(pedigree, nobody, Panel((locus,)))[0] == 0.0
