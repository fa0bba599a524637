"""Linked loci against plain enumeration of what every meiosis passes on, on random families."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import build_pedigree
from homeward.genetics.profiles import make_profiles
from tests.enumeration import linked_likelihood_by_enumeration
from tests.property.test_observations_by_enumeration import as_enumerated, pedigrees, possible_observations
from tests.property.test_observations_by_enumeration import loci as observed_loci

FRACTIONS = st.sampled_from([0.0, 0.01, 0.1, 0.3, 0.5])


@st.composite
def loci(draw, n):
    weights = np.array(draw(st.lists(st.floats(0.05, 1.0), min_size=n, max_size=n)))
    kinds = [MutationKind.NONE, MutationKind.EQUAL, MutationKind.PROPORTIONAL, MutationKind.STEPWISE]
    models = [MutationModel(draw(st.sampled_from(kinds)), draw(st.floats(0.001, 0.04)), 0.2, 0.01) for _ in range(2)]
    return Locus("L", ("8", "9", "9.3")[:n], weights / weights.sum(), *models)


@st.composite
def families(draw, max_people=4, max_meioses=4):
    """A pedigree in which anybody's parents may be anybody before them: loops and single parents included."""
    n = draw(st.integers(2, max_people))
    people = [f"P{i}" for i in range(n)]
    sex = [draw(st.sampled_from([1, 2])) for _ in people]
    fathers, mothers = {}, {}
    for i in range(1, n):
        for of, wanted in ((fathers, 1), (mothers, 2)):
            candidates = [people[j] for j in range(i) if sex[j] == wanted]
            if candidates and len(fathers) + len(mothers) < max_meioses and draw(st.integers(0, 3)):
                of[people[i]] = draw(st.sampled_from(candidates))
    return build_pedigree(people, {}, fathers, mothers, where="test", complete_parents=False)


@st.composite
def cases(draw, n_loci=2, **size):
    pedigree = draw(families(**size))
    panel = Panel(tuple(draw(loci(draw(st.integers(2, 2 if len(pedigree) > 3 else 3)))) for _ in range(n_loci)))
    alleles, dropout = np.full((len(pedigree), n_loci, 2), -1), np.zeros((len(pedigree), n_loci))
    for person in range(len(pedigree)):
        for i, locus in enumerate(panel.loci):
            allele = st.integers(0, len(locus.alleles) - 1)
            alleles[person, i] = draw(st.just((-1, -1)) | st.tuples(allele, allele) | st.tuples(allele, allele))
            dropout[person, i] = draw(st.sampled_from([0.0, 0.0, 0.2]))
    fractions = [tuple(draw(FRACTIONS) for _ in range(n_loci - 1)) for _ in range(2)]
    profiles = make_profiles(pedigree.ids, n_loci, alleles=alleles, dropout=dropout)
    return pedigree, profiles, panel, LinkageGroup(tuple(range(n_loci)), *fractions)


def by_enumeration(pedigree, profiles, panel, group):
    at = []
    for i in group.loci:
        observed = [
            tuple(None if a < 0 else int(a) for a in pair) if pair[0] >= 0 else None for pair in profiles.alleles[:, i]
        ]
        rates = profiles.dropout[:, i].tolist(), profiles.dropin[:, i].tolist()
        at.append(as_enumerated(pedigree, panel.loci[i], observed, *rates))
    return linked_likelihood_by_enumeration(pedigree.parent_rows, at, group.male, group.female)


def assert_equal(found, truth):
    if truth == 0:
        assert found == -math.inf
    else:
        assert 10**found == pytest.approx(truth, rel=1e-11)


@settings(max_examples=40, deadline=None)
@given(cases())
def test_two_linked_loci_equal_the_sum_over_all_meioses_and_genotypes(case):
    assert_equal(group_log10_likelihood(*case), by_enumeration(*case))


def test_children_of_one_founder_who_are_compared_with_one_of_them_share_that_ones_recombinations():
    fathers = dict.fromkeys("ABC", "F")
    pedigree = build_pedigree(["F", *"ABC"], {}, fathers, {}, where="test", complete_parents=False)
    no_mutation = MutationModel()
    panel = Panel(
        tuple(Locus("L", ("8", "9"), np.array(p), no_mutation, no_mutation) for p in ([0.1, 0.9], [0.7, 0.3]))
    )
    alleles = np.array([[[-1, -1], [-1, -1]], [[0, 0], [0, 1]], [[0, 1], [1, 1]], [[1, 1], [0, 0]]])
    profiles = make_profiles(pedigree.ids, 2, alleles=alleles)
    case = pedigree, profiles, panel, LinkageGroup((0, 1), (0.1,), (0.3,))
    assert_equal(group_log10_likelihood(*case), by_enumeration(*case))


@settings(max_examples=10, deadline=None)
@given(cases(n_loci=3, max_people=3))
def test_three_linked_loci_equal_the_sum_over_all_meioses_and_genotypes(case):
    assert_equal(group_log10_likelihood(*case), by_enumeration(*case))


@st.composite
def cases_of_all_kinds(draw):
    """Two linked loci, both autosomal or both X-linked, with everything that a typing may show, and twins."""
    pedigree = draw(pedigrees(3))
    chromosome = draw(st.sampled_from(["2", "X"]))
    panel = Panel(tuple(replace(draw(observed_loci()), name=name, chromosome=chromosome) for name in "AB"))
    alleles = np.full((len(pedigree), 2, 2), -1)
    rates = [np.zeros((len(pedigree), 2)) for _ in range(2)]
    for person, sex in enumerate(pedigree.sex):
        for i, locus in enumerate(panel.loci):
            shown = possible_observations(locus, one_allele=locus.is_x_linked and sex == 1)
            alleles[person, i] = [-1 if a is None else a for a in draw(st.sampled_from(shown)) or (None, None)]
            for of, choices in zip(rates, ([0.0, 0.2], [0.0, 0.0, 0.05]), strict=True):
                of[person, i] = draw(st.sampled_from(choices))
    profiles = make_profiles(pedigree.ids, 2, sex=pedigree.sex, alleles=alleles, dropout=rates[0], dropin=rates[1])
    return pedigree, profiles, panel, LinkageGroup((0, 1), (draw(FRACTIONS),), (draw(FRACTIONS),))


@settings(max_examples=30, deadline=None)
@given(cases_of_all_kinds())
def test_x_linked_loci_twins_and_whatever_a_typing_shows_equal_the_sum_as_well(case):
    assert_equal(group_log10_likelihood(*case), by_enumeration(*case))


@settings(max_examples=20, deadline=None)
@given(cases(n_loci=3, max_people=8, max_meioses=12))
def test_loci_that_recombine_freely_are_independent(case):
    pedigree, profiles, panel, group = case
    free = LinkageGroup(group.loci, (0.5, 0.5), (0.5, 0.5))
    unlinked = pedigree_log10_likelihood(pedigree, profiles, panel).sum()
    assert group_log10_likelihood(pedigree, profiles, panel, free) == pytest.approx(unlinked, abs=1e-12)


@settings(max_examples=15, deadline=None)
@given(cases(n_loci=3, max_people=8, max_meioses=12))
def test_the_direction_along_the_chromosome_does_not_matter(case):
    pedigree, profiles, panel, group = case
    back = LinkageGroup(group.loci[::-1], group.male[::-1], group.female[::-1])
    there = group_log10_likelihood(pedigree, profiles, panel, group)
    assert group_log10_likelihood(pedigree, profiles, panel, back) == pytest.approx(there, abs=1e-11)


@settings(max_examples=15, deadline=None)
@given(cases(max_people=8, max_meioses=12), st.data())
def test_names_and_order_of_people_do_not_matter(case, data):
    pedigree, profiles, panel, group = case
    order = data.draw(st.permutations(range(len(pedigree))))
    ids = [f"Q{i}" for i in order]
    parents = [
        {f"Q{c}": f"Q{pair[side]}" for c, pair in enumerate(pedigree.parent_rows) if pair[side] != -1}
        for side in (0, 1)
    ]
    shuffled = build_pedigree(ids, {}, *parents, where="test", complete_parents=False)
    moved = make_profiles(
        shuffled.ids, len(panel), alleles=profiles.alleles[list(order)], dropout=profiles.dropout[list(order)]
    )
    here = group_log10_likelihood(pedigree, profiles, panel, group)
    assert group_log10_likelihood(shuffled, moved, panel, group) == pytest.approx(here, abs=1e-11)
