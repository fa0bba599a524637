"""Related and inbred founders against plain enumeration, on random families."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import genotype_tables, pedigree_log10_likelihood
from homeward.genetics.panel import Panel
from homeward.genetics.states import panel_states
from tests.enumeration import likelihood_by_enumeration
from tests.property.test_likelihood_by_enumeration import cases, profiles_of


@st.composite
def populations(draw):
    """A case, theta, and inbreeding coefficients of its founders."""
    pedigree, locus, observed, dropout = draw(cases(max_people=4))
    theta = draw(st.sampled_from([0.0, 0.02, 0.3]))
    is_founder = (pedigree.parents == -1).all(axis=1)
    inbreeding = [draw(st.sampled_from([0.0, 0.25, 1.0])) if founder else 0.0 for founder in is_founder]
    pedigree = replace(pedigree, founder_inbreeding=np.array(inbreeding))
    return pedigree, locus, observed, dropout, theta


def by_enumeration(pedigree, locus, observed, dropout, theta, order=None):
    female, male = locus.transmission()
    parents = [tuple(int(p) for p in pair) for pair in pedigree.parents]
    inbreeding = list(pedigree.founder_inbreeding)
    return likelihood_by_enumeration(
        parents, observed, locus.frequencies, female, male, dropout, theta, inbreeding, order
    )


@settings(max_examples=30, deadline=None)
@given(populations(), st.randoms(use_true_random=False))
def test_the_likelihood_equals_the_sum_over_all_founder_alleles_drawn_in_any_order(case, random):
    pedigree, locus, observed, dropout, theta = case
    order = list(range(len(pedigree)))
    random.shuffle(order)
    truth = by_enumeration(pedigree, locus, observed, dropout, theta, order)
    panel = Panel((locus,), theta=theta)
    found = pedigree_log10_likelihood(pedigree, profiles_of(pedigree, observed, dropout), panel)[0]
    if truth == 0:
        assert found == -math.inf
    else:
        assert 10**found == pytest.approx(truth, rel=1e-11)


@settings(max_examples=15, deadline=None)
@given(populations(), st.data())
def test_the_open_table_holds_the_likelihood_of_every_genotype(case, data):
    pedigree, locus, observed, dropout, theta = case
    person = data.draw(st.integers(0, len(pedigree) - 1))
    observed[person], dropout[person] = None, 0.0
    states = panel_states(Panel((locus,), theta=theta), np.arange(len(locus.alleles)).reshape(1, 1, -1))
    profiles = profiles_of(pedigree, observed, dropout)
    (table,), (scale,) = genotype_tables(pedigree, states, profiles, person)
    table = table * 10.0**scale
    assert table.sum() == pytest.approx(
        by_enumeration(pedigree, locus, observed, dropout, theta), rel=1e-11, abs=1e-300
    )
    a, b = (data.draw(st.integers(0, len(locus.alleles) - 1)) for _ in range(2))
    observed[person] = (a, b)
    typed = table[a, b] if a == b else table[a, b] + table[b, a]
    assert typed == pytest.approx(by_enumeration(pedigree, locus, observed, dropout, theta), rel=1e-11, abs=1e-300)
