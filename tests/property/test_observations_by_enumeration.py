"""Silent alleles, drop-in, partial genotypes, X-linked loci and twins against plain enumeration, on random families."""

import math
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import genotype_tables, option_log10_likelihood, pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import build_pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.states import panel_states
from tests.enumeration import likelihood_by_enumeration
from tests.examples import examples

ALLELES = ("8", "9", "9.3")


@st.composite
def loci(draw):
    n = draw(st.integers(1, 3))
    silent = draw(st.sampled_from([0.0, 0.1]))
    weights = np.array(draw(st.lists(st.floats(0.1, 1.0), min_size=n, max_size=n)))
    kind = draw(st.sampled_from([MutationKind.NONE, MutationKind.PROPORTIONAL, MutationKind.STEPWISE]))
    models = [MutationModel(kind, draw(st.floats(0.001, 0.05)), 0.2, 0.01) for _ in range(2)]
    frequencies = weights / weights.sum() * (1 - silent)
    chromosome = draw(st.sampled_from(["2", "X"]))
    return Locus("L", ALLELES[:n], frequencies, *models, chromosome=chromosome, silent_frequency=silent)


@st.composite
def pedigrees(draw, max_people=4):
    """Anybody's parents may be anybody before them; now and then the last two are twins."""
    n = draw(st.integers(1, max_people))
    people = [f"P{i}" for i in range(n)]
    sex = [draw(st.sampled_from([1, 2])) for _ in people]
    fathers, mothers = {}, {}
    for i in range(1, n):
        for of, wanted in ((fathers, 1), (mothers, 2)):
            candidates = [people[j] for j in range(i) if sex[j] == wanted]
            if candidates and draw(st.booleans()):
                of[people[i]] = draw(st.sampled_from(candidates))
    twins = []
    if n > 1 and draw(st.booleans()):
        first, second = people[-2:]
        sex[-1] = sex[-2]
        for of in (fathers, mothers):
            of.pop(second, None)
            if first in of:
                of[second] = of[first]
        twins = [(first, second)]
    sexes = dict(zip(people, sex, strict=True))
    return build_pedigree(people, sexes, fathers, mothers, where="test", complete_parents=False, twins=twins)


def possible_observations(locus, *, one_allele):
    """None, every set of one or two alleles, one allele read of two, and nothing seen where an allele may be silent."""
    visible = range(len(locus.alleles))
    pairs = [(a, b) for a, b in combinations_with_replacement(visible, 2) if a == b or not one_allele]
    blank = [] if locus.silent_code is None else [(locus.silent_code,) * 2]
    return [None, *pairs, *((a, None) for a in visible), *blank]


@st.composite
def cases(draw, max_people=4):
    pedigree, locus = draw(pedigrees(max_people)), draw(loci())
    observed = [
        draw(st.sampled_from(possible_observations(locus, one_allele=locus.is_x_linked and sex == 1)))
        for sex in pedigree.sex
    ]
    dropout = [draw(st.sampled_from([0.0, 0.2])) for _ in pedigree.ids]
    dropin = [draw(st.sampled_from([0.0, 0.0, 0.05])) for _ in pedigree.ids]
    return pedigree, locus, observed, dropout, dropin


def profiles_of(ids, observed, dropout, dropin):
    pairs = [[-1 if allele is None else allele for allele in pair or (None, None)] for pair in observed]
    return make_profiles(
        tuple(ids),
        1,
        alleles=np.array(pairs, dtype=np.int16)[:, None],
        dropout=np.array(dropout)[:, None],
        dropin=np.array(dropin)[:, None],
    )


def by_enumeration(pedigree, locus, observed, dropout, dropin, **options):
    parents = [tuple(map(int, pair)) for pair in pedigree.parents]
    return likelihood_by_enumeration(parents, **as_enumerated(pedigree, locus, observed, dropout, dropin), **options)


def as_enumerated(pedigree, locus, observed, dropout, dropin):
    """Return one locus as the enumeration takes it."""
    matrices, frequencies = list(locus.transmission()), locus.frequencies
    if locus.silent_code is not None:
        frequencies = np.append(frequencies, locus.silent_frequency)
        matrices = [np.block([[m, np.zeros((len(m), 1))], [np.zeros((1, len(m))), np.ones((1, 1))]]) for m in matrices]
    female, male = (m.tolist() for m in matrices)
    return {
        "observed": observed,
        "frequencies": frequencies.tolist(),
        "female": female,
        "male": male,
        "dropout": dropout,
        "dropin": dropin,
        "silent": locus.silent_code,
        "x_linked_sex": pedigree.sex.tolist() if locus.is_x_linked else None,
        "twins": pedigree.twins,
        "inbreeding": pedigree.founder_inbreeding.tolist(),
    }


@settings(max_examples=examples(80), deadline=None)
@given(cases())
def test_the_likelihood_equals_the_sum_over_all_genotypes(case):
    pedigree, locus, observed, dropout, dropin = case
    truth = by_enumeration(*case)
    found = pedigree_log10_likelihood(pedigree, profiles_of(pedigree.ids, observed, dropout, dropin), Panel((locus,)))[
        0
    ]
    assert found == -math.inf if truth == 0 else 10**found == pytest.approx(truth, rel=1e-11)


@settings(max_examples=25, deadline=None)
@given(cases(max_people=3), st.data())
def test_the_open_genotype_and_the_choice_of_observations_give_the_same_likelihood(case, data):
    pedigree, locus, observed, dropout, dropin = case
    person = data.draw(st.integers(0, len(pedigree) - 1))
    truth = by_enumeration(*case)
    own, observed[person] = observed[person], None
    states = panel_states(Panel((locus,)), np.arange(len(locus.alleles)).reshape(1, 1, -1))
    profiles = profiles_of(pedigree.ids, observed, dropout, dropin)
    (table,), (scale,) = genotype_tables(pedigree, states, profiles, person)
    alone = by_enumeration(pedigree, locus, observed, dropout, dropin)
    assert table.sum() * 10**scale == pytest.approx(alone, rel=1e-11, abs=1e-300)
    option = profiles_of(["S"], [own], [dropout[person]], [dropin[person]])
    with np.errstate(divide="ignore"):
        neither, chosen = option_log10_likelihood(pedigree, states, profiles, {person: option})
    assert 10**neither == pytest.approx(alone, rel=1e-11, abs=1e-300)
    assert 10**chosen == pytest.approx(truth, rel=1e-11, abs=1e-300)
