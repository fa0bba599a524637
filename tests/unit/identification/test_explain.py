"""One LR, locus by locus: what adds up and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.examples import WORKED_CASE
from homeward.formats.reading import read_case
from homeward.identification.explain import explain
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy


@pytest.fixture(scope="module")
def worked_case():
    return read_case(WORKED_CASE)


def test_every_explanation_adds_up_to_the_lr_of_the_pairing(worked_case):
    pairwise = compare_pairwise(worked_case, Policy())
    for s, sample in enumerate(worked_case.samples.ids):
        for m, missing in enumerate(worked_case.missing_ids):
            explanation = explain(worked_case, sample, missing)
            by_locus = np.array([locus.log10_lr for locus in explanation.loci])
            # Alleles that no sample carries are merged differently with one sample than with all: rounding only.
            assert by_locus == pytest.approx(pairwise.log10_lr[s, m], rel=1e-9, abs=1e-12)
            assert explanation.log10_lr == pytest.approx(by_locus.sum(), rel=1e-12)
            assert explanation.inconsistencies == pairwise.n_inconsistent[s, m]
            assert explanation.n_compared == pairwise.n_compared[s, m]


def test_a_locus_lr_is_the_ratio_of_the_two_probabilities(worked_case):
    for locus in explain(worked_case, "R-06", "C-3").loci:
        ratio = locus.log10_probability_related - locus.log10_probability_unrelated
        assert locus.log10_lr == pytest.approx(ratio, abs=1e-12)


def test_the_probability_of_an_unrelated_person_is_hardy_weinberg(worked_case):
    for locus in explain(worked_case, "R-06", "C-3").loci:
        first, second = (locus.frequencies[allele] for allele in locus.sample_genotype)
        expected = first * second * (1 if locus.sample_genotype[0] == locus.sample_genotype[1] else 2)
        assert 10**locus.log10_probability_unrelated == pytest.approx(expected, rel=1e-12)


def test_an_untyped_locus_tells_nothing_and_has_no_probabilities(worked_case):
    untyped = [locus for locus in explain(worked_case, "R-02", "B-1").loci if locus.sample_genotype is None]
    assert len(untyped) == 10
    for locus in untyped:
        assert (locus.log10_lr, locus.compared, locus.inconsistent) == (0.0, False, False)
        assert locus.log10_probability_related is locus.log10_probability_unrelated is None
        assert locus.frequencies == {}


def test_the_typed_relatives_are_shown_with_their_alleles(worked_case):
    (first, *_) = explain(worked_case, "R-06", "C-3").loci
    assert set(first.relatives) == {"C-6", "C-9", "C-10"}
    assert all(len(genotype) == 2 for genotype in first.relatives.values())


def test_names_that_do_not_exist_are_listed_together_with_those_that_do(worked_case):
    with pytest.raises(InputError) as refused:
        explain(worked_case, "R-99", "Z-1")
    sample, missing = refused.value.problems
    assert sample.what == "There is no sample 'R-99'."
    assert "R-01, R-02" in sample.fix
    assert missing.what == "There is no missing person 'Z-1'."
    assert "A-3, A-4" in missing.fix
