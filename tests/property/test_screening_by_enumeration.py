"""Scores and confirmed likelihood ratios of the screen against plain enumeration, on random families."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from homeward.genetics.case import Family
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import make_profiles
from homeward.genetics.screening.conditioning import condition
from homeward.genetics.screening.confirmation import confirm
from homeward.genetics.screening.scoring import Scorer
from homeward.genetics.screening.seen import gather_seen
from homeward.genetics.screening.selection import Selection
from homeward.genetics.screening.shapes import Sought
from tests.examples import examples
from tests.property.test_likelihood_by_enumeration import by_enumeration, cases, profiles_of

EVERYTHING = Selection(top=1000, min_log10_lr=-math.inf, max_inconsistencies=0, inconsistency_log10_lr=-3.0)


@st.composite
def sought_and_samples(draw):
    """A family with somebody untyped who is sought, and a few samples, some with dropout."""
    pedigree, locus, observed, dropout = draw(cases(max_people=4))
    person = draw(st.integers(0, len(pedigree) - 1))
    observed[person], dropout[person] = None, 0.0
    allele = st.integers(0, len(locus.alleles) - 1)
    samples = draw(
        st.lists(st.tuples(st.tuples(allele, allele), st.sampled_from([0.0, 0.0, 0.1, 0.3])), min_size=1, max_size=2)
    )
    return pedigree, locus, observed, dropout, person, samples


def lr_by_enumeration(pedigree, locus, observed, dropout, person, genotype, d):
    alone = by_enumeration(pedigree, locus, observed, dropout)
    with_sample, with_dropout = list(observed), list(dropout)
    with_sample[person], with_dropout[person] = genotype, d
    together = by_enumeration(pedigree, locus, with_sample, with_dropout)
    f = locus.frequencies
    a, b = genotype
    if a != b:
        unrelated = 2 * f[a] * f[b] * (1 - d) ** 2
    else:
        unrelated = f[a] ** 2 * (1 - d**2) + 2 * f[a] * (f.sum() - f[a]) * d * (1 - d)
    return together / (alone * unrelated)


@settings(max_examples=examples(100), deadline=None)
@given(sought_and_samples())
def test_every_score_equals_the_lr_by_enumeration(drawn):
    pedigree, locus, observed, dropout, person, seen = drawn
    assume(by_enumeration(pedigree, locus, observed, dropout) > 0)
    panel = Panel((locus,))
    one = Sought(Family("F", pedigree, profiles_of(pedigree, observed, dropout), ()), person)
    samples = make_profiles(
        tuple(f"S{i}" for i in range(len(seen))),
        1,
        alleles=np.array([[genotype] for genotype, _ in seen]),
        dropout=np.array([[d] for _, d in seen]),
    )
    truth = np.array(
        [lr_by_enumeration(pedigree, locus, observed, dropout, person, genotype, d) for genotype, d in seen]
    )
    tables = condition(panel, [one])
    pairs = Scorer(gather_seen(panel, samples), samples.sex, np.zeros((3, 3)), EVERYTHING).best_pairs(
        tables, np.zeros(1, dtype=int)
    )
    scores = np.full(len(seen), -np.inf)
    scores[pairs.sample] = pairs.score
    # A table entry in single precision is off by at most 6e-8 of itself.
    with np.errstate(divide="ignore"):
        assert scores == pytest.approx(np.log10(truth), rel=1e-6, abs=1e-6)
    n = len(seen)
    confirmed = confirm(panel, [one], samples, np.arange(n), np.zeros(n, dtype=int))
    assert 10.0 ** confirmed.log10_lr[:, 0] == pytest.approx(truth, rel=1e-11)
    assert not tables.impossible.any()


@settings(max_examples=examples(60), deadline=None)
@given(sought_and_samples())
def test_a_family_that_contradicts_itself_is_marked_impossible(drawn):
    pedigree, locus, observed, dropout, person, _ = drawn
    one = Sought(Family("F", pedigree, profiles_of(pedigree, observed, dropout), ()), person)
    tables = condition(Panel((locus,)), [one])
    assert tables.impossible[0, 0] == (by_enumeration(pedigree, locus, observed, dropout) == 0)


@settings(max_examples=examples(60), deadline=None)
@given(sought_and_samples())
def test_the_expected_log10_lr_is_the_mean_over_all_genotypes(drawn):
    pedigree, locus, observed, dropout, person, _ = drawn
    alone = by_enumeration(pedigree, locus, observed, dropout)
    assume(alone > 0)
    expected = 0.0
    for a in range(len(locus.alleles)):
        for b in range(a + 1):
            with_genotype = list(observed)
            with_genotype[person] = (a, b)
            probability = by_enumeration(pedigree, locus, with_genotype, dropout) / alone
            if probability > 0:
                unrelated = locus.frequencies[a] * locus.frequencies[b] * (1 if a == b else 2)
                expected += probability * math.log10(probability / unrelated)
    one = Sought(Family("F", pedigree, profiles_of(pedigree, observed, dropout), ()), person)
    tables = condition(Panel((locus,)), [one])
    assert tables.expected[0, 0] == pytest.approx(expected, rel=1e-5, abs=1e-6)
