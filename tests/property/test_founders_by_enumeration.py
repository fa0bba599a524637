"""Related and inbred founders against plain enumeration, on random families, with every kind of observation."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import genotype_tables, option_log10_likelihood, pedigree_log10_likelihood
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.states import panel_states
from tests.property.test_observations_by_enumeration import by_enumeration, cases, profiles_of


@st.composite
def populations(draw, max_people=4):
    """A case whose founders may be inbred, and theta."""
    pedigree, locus, *observed = draw(cases(max_people))
    is_founder = (pedigree.parents == -1).all(axis=1) & ~(locus.is_x_linked & (pedigree.sex == 2))
    inbreeding = [draw(st.sampled_from([0.0, 0.25, 1.0])) if founder else 0.0 for founder in is_founder]
    for first, second in pedigree.twins:
        inbreeding[second] = inbreeding[first]
    pedigree = replace(pedigree, founder_inbreeding=np.array(inbreeding))
    return draw(st.sampled_from([0.0, 0.02, 0.3])), (pedigree, locus, *observed)


@settings(max_examples=40, deadline=None)
@given(populations(), st.randoms(use_true_random=False))
def test_the_likelihood_equals_the_sum_over_all_founder_alleles_drawn_in_any_order(population, random):
    theta, case = population
    pedigree, locus, *observed = case
    order = list(range(len(pedigree)))
    random.shuffle(order)
    truth = by_enumeration(*case, theta=theta, order=order)
    profiles = profiles_of(pedigree.ids, *observed)
    found = pedigree_log10_likelihood(pedigree, profiles, Panel((locus,), theta=theta))[0]
    assert found == -math.inf if truth == 0 else 10**found == pytest.approx(truth, rel=1e-11)


@settings(max_examples=20, deadline=None)
@given(populations(max_people=3), st.data())
def test_the_open_genotype_and_the_choice_of_observations_give_the_same_likelihood(population, data):
    theta, case = population
    pedigree, locus, observed, dropout, dropin = case
    person = data.draw(st.integers(0, len(pedigree) - 1))
    truth = by_enumeration(*case, theta=theta)
    own, observed[person] = observed[person], None
    states = panel_states(Panel((locus,), theta=theta), np.arange(len(locus.alleles)).reshape(1, 1, -1))
    profiles = profiles_of(pedigree.ids, observed, dropout, dropin)
    (table,), (scale,) = genotype_tables(pedigree, states, profiles, person)
    alone = by_enumeration(pedigree, locus, observed, dropout, dropin, theta=theta)
    assert table.sum() * 10**scale == pytest.approx(alone, rel=1e-11, abs=1e-300)
    option = profiles_of(["S"], [own], [dropout[person]], [dropin[person]])
    with np.errstate(divide="ignore"):
        neither, chosen = option_log10_likelihood(pedigree, states, profiles, {person: option})
    assert 10**neither == pytest.approx(alone, rel=1e-11, abs=1e-300)
    assert 10**chosen == pytest.approx(truth, rel=1e-11, abs=1e-300)


@pytest.mark.parametrize("theta", [0.0, 0.02])
def test_founders_of_different_inbreeding_are_not_taken_for_each_other(theta):
    seen = [(0, None), (0, None)]  # allele 8 was seen, and nothing of what else
    locus = Locus("L", ("8", "9"), np.array([0.5, 0.5]))
    pedigree = Pedigree(("A", "B"), np.full((2, 2), -1), np.array([1, 1]), founder_inbreeding=np.array([0.25, 1.0]))
    panel, profiles = Panel((locus,), theta=theta), profiles_of(pedigree.ids, seen, [0.0] * 2, [0.0] * 2)
    found = 10 ** pedigree_log10_likelihood(pedigree, profiles, panel)[0]
    assert found == pytest.approx(by_enumeration(pedigree, locus, seen, [0.0] * 2, [0.0] * 2, theta=theta), rel=1e-12)
    if not theta:
        # P(8 is there): 1 - (f/2 + (1-f)/4) for an inbreeding of f.
        assert found == pytest.approx(0.6875 * 0.5, rel=1e-12)
