"""The joint posterior, the GLR and the best assignments against enumeration of every assignment."""

import math
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.identification.joint import resolve_jointly
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy, SexUse
from homeward.identification.results import Quality
from tests.examples import examples
from tests.families import case, family, locus, pedigree, profiles

ALLELES = ["8", "9", "10", "11"]
SHAPES = [
    ("M1 = F + W; M2 = F + W", ["F", "W"], ["M1", "M2"]),
    ("C = M1 + W", ["C", "W"], ["M1"]),
    ("M2 = M1 + W; C = M2 + V", ["C", "W"], ["M1", "M2"]),
    ("S = F + W; M1 = F + W; C = M1 + V", ["S", "C"], ["M1"]),
    ("M1 = F + W; M2 = F + V; M3 = F + V", ["W", "V"], ["M1", "M2", "M3"]),
]


@st.composite
def cases(draw):
    rate = draw(st.sampled_from([0.0, 0.01]))
    model = MutationModel(draw(st.sampled_from([MutationKind.EQUAL, MutationKind.STEPWISE])), rate)
    weights = np.array(draw(st.lists(st.floats(0.1, 1.0), min_size=4, max_size=4)))
    frequencies = dict(zip(ALLELES, weights / weights.sum(), strict=True))
    panel = Panel(tuple(locus(f"L{i}", frequencies, model) for i in range(draw(st.integers(1, 2)))))
    allele = st.sampled_from(ALLELES)

    def genotypes():
        return " ".join(f"{draw(allele)}/{draw(allele)}" for _ in panel.loci)

    families = []
    for f in range(draw(st.integers(1, 2))):
        text, typed, missing = draw(st.sampled_from(SHAPES))
        for person in sorted({*typed, *missing}, key=len, reverse=True):
            text = text.replace(person, f"{person}{'abc'[f]}")
        members = pedigree(text)
        named = {f"{p}{'abc'[f]}": genotypes() for p in typed}
        families.append(family(f"F{f}", members, panel, named, [f"{m}{'abc'[f]}" for m in missing]))
    ids = [f"V{i}" for i in range(draw(st.integers(1, 3)))]
    sex = {i: draw(st.sampled_from([0, 1, 2])) for i in ids}
    samples = profiles(ids, panel, {i: genotypes() for i in ids}, sex=sex)
    return case(panel, samples, *families)


def enumerate_assignments(the_case):
    """Yield (who each sample is, log10 likelihood) for every assignment, each computed from scratch."""
    n_missing = len(the_case.missing_ids)
    for who in product(range(-1, n_missing), repeat=len(the_case.samples)):
        named = [m for m in who if m >= 0]
        if len(set(named)) == len(named):
            yield who, log10_likelihood_of(the_case, who)


def log10_likelihood_of(the_case, who):
    total, first = 0.0, 0
    for members in the_case.families:
        alleles = members.profiles.alleles.copy()
        for sample, missing in enumerate(who):
            if first <= missing < first + len(members.missing):
                alleles[members.missing[missing - first].position] = the_case.samples.alleles[sample]
        placed = Profiles(members.profiles.ids, members.profiles.sex, alleles, members.profiles.dropout)
        total += pedigree_log10_likelihood(members.pedigree, placed, the_case.panel).sum()
        first += len(members.missing)
    for sample, missing in enumerate(who):
        if missing < 0:
            for i, at in enumerate(the_case.panel.loci):
                a, b = the_case.samples.alleles[sample, i]
                total += math.log10(at.frequencies[a] * at.frequencies[b] * (1 if a == b else 2))
    return total


def weigh(the_case, policy, allowed, sex_log10_lr):
    """Return assignments, log10 likelihoods with sex evidence, and posteriors by Bayes' theorem."""
    kept = [
        (who, value + sum(sex_log10_lr[s, m] for s, m in enumerate(who) if m >= 0))
        for who, value in enumerate_assignments(the_case)
        if all(allowed[s, m] for s, m in enumerate(who) if m >= 0)
    ]
    values = np.array([value for _, value in kept])
    prior = np.ones(len(kept))
    if policy.n_candidates is not None:
        unlisted = policy.n_candidates - len(the_case.missing_ids)
        prior = np.array([math.perm(unlisted, sum(m < 0 for m in who)) for who, _ in kept], dtype=float)
    weight = 10 ** (values - values.max()) * prior
    return [who for who, _ in kept], values, weight / weight.sum()


policies = st.builds(
    Policy,
    sex=st.sampled_from(SexUse),
    n_candidates=st.sampled_from([None, None, 8, 1000]),
)


@settings(max_examples=examples(120), deadline=None)
@given(cases(), policies)
def test_the_joint_result_equals_enumeration_of_all_assignments(the_case, policy):
    pairwise = compare_pairwise(the_case, policy)
    if not np.isfinite(pairwise.family_log10_likelihood).all():
        return
    joint = resolve_jointly(the_case, pairwise, policy)
    assignments, values, posterior = weigh(the_case, policy, pairwise.allowed, pairwise.sex_log10_lr)
    assert joint.quality is Quality.EXACT
    flat, _, _ = weigh(the_case, Policy(), pairwise.allowed, pairwise.sex_log10_lr)
    assert flat == assignments
    for sample in range(len(the_case.samples)):
        for missing in range(-1, len(the_case.missing_ids)):
            with_pair = np.array([who[sample] == missing for who in assignments])
            expected = posterior[with_pair].sum()
            assert joint.posterior[sample, missing] == pytest.approx(expected, rel=1e-9, abs=1e-12)
            if missing >= 0:
                best_with = max(values[with_pair], default=-np.inf)
                glr = best_with - values[~with_pair].max()
                assert joint.log10_glr[sample, missing] == pytest.approx(glr, abs=1e-9)


@settings(max_examples=examples(60), deadline=None)
@given(cases())
def test_the_best_assignments_come_best_first_with_their_full_likelihood(the_case):
    policy = Policy(sex=SexUse.IGNORE)
    pairwise = compare_pairwise(the_case, policy)
    if not np.isfinite(pairwise.family_log10_likelihood).all():
        return
    joint = resolve_jointly(the_case, pairwise, policy)
    truth = {who: value for who, value in enumerate_assignments(the_case) if value > -np.inf}
    expected = sorted(truth.values(), reverse=True)[:100]
    found = [a.log10_likelihood for a in joint.assignments]
    assert found == pytest.approx(expected[: len(found)], abs=1e-9)
    assert len(found) == len(expected) or 10 ** (expected[len(found)] - expected[0]) < 1e-12
    for assignment in joint.assignments:
        assert assignment.log10_likelihood == pytest.approx(truth[assignment.pairs], abs=1e-9)
