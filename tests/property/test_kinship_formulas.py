"""Closed forms have the value of the engine, whatever the people, the alleles and theta."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.notebook import (
    Kinship,
    avuncular,
    cousins,
    grandparent,
    half_siblings,
    identical_twins,
    kinship,
    siblings,
    trio,
    unrelated,
)

PAIRS = {
    "siblings": siblings(),
    "half siblings": half_siblings(),
    "cousins": cousins(1, 1),
    "grandparent": grandparent("A", "B"),
    "uncle": avuncular("A", "B", side="maternal"),
    "twins": identical_twins(),
    "parent": trio("A", "B", "somebody"),
    "unrelated": unrelated(),
}
ALLELES = [str(n) for n in range(10, 15)]
genotypes = st.tuples(st.sampled_from(ALLELES), st.sampled_from(ALLELES))
frequencies = st.lists(st.integers(1, 50), min_size=5, max_size=5)
thetas = st.sampled_from([0.0, 0.01, 0.2])


def table(counts):
    return {"L": dict(zip(ALLELES, (np.array(counts) / sum(counts)).tolist(), strict=True))}


def formula_and_engine(result: Kinship):
    (locus,) = result.explain().explanation.loci
    return None if locus.formula is None else np.log10(locus.formula.value), locus


@settings(max_examples=30, deadline=None)
@given(genotypes, genotypes, frequencies, thetas, st.sampled_from(sorted(PAIRS)), st.sampled_from(sorted(PAIRS)))
def test_two_people_have_the_formula_of_their_relationships(first, second, counts, theta, name, reference):
    families = {"H1": PAIRS[name], "H2": PAIRS[reference]}
    result = kinship(families, {"A": {"L": first}, "B": {"L": second}}, table(counts), theta=theta)
    value, locus = formula_and_engine(result)
    if np.isfinite(locus.log10_lr):
        assert value == pytest.approx(locus.log10_lr, abs=1e-9)
    else:
        assert value is None


@settings(max_examples=20, deadline=None)
@given(genotypes, genotypes, genotypes, frequencies, thetas, st.booleans())
def test_a_child_with_both_parents_typed_has_a_formula(child, mother, father, counts, theta, has_mother):
    reference = trio("C", "somebody", "M").man("F") if has_mother else unrelated("C", "F", "M")
    families = {"H1": trio("C", "F", "M"), "H2": reference}
    profiles = {"C": {"L": child}, "F": {"L": father}, "M": {"L": mother}}
    value, locus = formula_and_engine(kinship(families, profiles, table(counts), theta=theta))
    if np.isfinite(locus.log10_lr):
        assert value == pytest.approx(locus.log10_lr, abs=1e-9)
    else:
        assert value is None
