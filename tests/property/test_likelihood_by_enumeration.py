"""The contraction against plain enumeration, on random families."""

import math

import numpy as np
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.genetics.likelihood import genotype_tables, pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import build_pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.states import panel_states
from tests.enumeration import likelihood_by_enumeration
from tests.examples import examples

LADDERS = (("8", "9", "9.3"), ("9", "11", "10"))
PLAIN = [kind for kind in MutationKind if kind is not MutationKind.CUSTOM]
WITH_FRACTIONS = [kind for kind in PLAIN if kind not in (MutationKind.ONE_STEP, MutationKind.DAWID)]


@st.composite
def mutation_models(draw, kinds):
    kind, transform = draw(st.sampled_from(kinds)), draw(st.sampled_from(MutationTransform))
    # Two groups of alleles that never mix have no stationary form, so the microvariant rate is above 0.
    return MutationModel(
        kind, draw(st.floats(0.001, 0.02)), draw(st.floats(0.05, 1.0)), draw(st.floats(0.001, 0.02)), transform
    )


@st.composite
def loci(draw):
    n, ladder = draw(st.integers(2, 3)), draw(st.sampled_from(LADDERS))
    kinds = WITH_FRACTIONS if "9.3" in ladder else PLAIN
    weights = np.array(draw(st.lists(st.floats(0.1, 1.0), min_size=n, max_size=n)))
    models = draw(mutation_models(kinds)), draw(mutation_models(kinds))
    locus = Locus("L", ladder[:n], weights / weights.sum(), *models)
    try:
        locus.transmission()
    except InputError:
        reject()
    return locus


@st.composite
def families(draw, max_people=5):
    """A pedigree in which anybody's parents may be anybody before them: loops and single parents included."""
    n = draw(st.integers(2, max_people))
    people = [f"P{i}" for i in range(n)]
    sex = [draw(st.sampled_from([1, 2])) for _ in people]
    fathers, mothers = {}, {}
    for i in range(1, n):
        for of, wanted in ((fathers, 1), (mothers, 2)):
            candidates = [people[j] for j in range(i) if sex[j] == wanted]
            if candidates and draw(st.booleans()):
                of[people[i]] = draw(st.sampled_from(candidates))
    return build_pedigree(people, {}, fathers, mothers, where="test", complete_parents=False)


@st.composite
def cases(draw, max_people=5):
    pedigree, locus = draw(families(max_people)), draw(loci())
    allele = st.integers(0, len(locus.alleles) - 1)
    observed = [draw(st.none() | st.tuples(allele, allele)) for _ in pedigree.ids]
    dropout = [draw(st.sampled_from([0.0, 0.0, 0.2])) for _ in pedigree.ids]
    return pedigree, locus, observed, dropout


def profiles_of(pedigree, observed, dropout):
    alleles = np.array([[pair or (-1, -1)] for pair in observed], dtype=np.int16)
    return make_profiles(pedigree.ids, 1, alleles=alleles, dropout=np.array(dropout)[:, None])


def by_enumeration(pedigree, locus, observed, dropout):
    female, male = locus.transmission()
    parents = [tuple(int(p) for p in pair) for pair in pedigree.parents]
    return likelihood_by_enumeration(parents, observed, locus.frequencies, female, male, dropout)


@settings(max_examples=examples(120), deadline=None)
@given(cases())
def test_the_contraction_equals_the_sum_over_all_genotypes(case):
    pedigree, locus, observed, dropout = case
    truth = by_enumeration(pedigree, locus, observed, dropout)
    found = pedigree_log10_likelihood(pedigree, profiles_of(pedigree, observed, dropout), Panel((locus,)))[0]
    if truth == 0:
        assert found == -math.inf
    else:
        assert 10**found == pytest.approx(truth, rel=1e-11)


@settings(max_examples=examples(60), deadline=None)
@given(cases(max_people=4), st.data())
def test_the_open_table_holds_the_likelihood_of_every_genotype(case, data):
    pedigree, locus, observed, dropout = case
    person = data.draw(st.integers(0, len(pedigree) - 1))
    observed[person], dropout[person] = None, 0.0
    states = panel_states(Panel((locus,)), np.arange(len(locus.alleles)).reshape(1, 1, -1))
    profiles = profiles_of(pedigree, observed, dropout)
    (table,), (scale,) = genotype_tables(pedigree, states, profiles, person)
    table = table * 10.0**scale
    assert table.sum() == pytest.approx(by_enumeration(pedigree, locus, observed, dropout), rel=1e-11, abs=1e-300)
    a, b = (data.draw(st.integers(0, len(locus.alleles) - 1)) for _ in range(2))
    observed[person] = (a, b)
    typed = table[a, b] if a == b else table[a, b] + table[b, a]
    assert typed == pytest.approx(by_enumeration(pedigree, locus, observed, dropout), rel=1e-11, abs=1e-300)
