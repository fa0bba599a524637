"""What is seen of a degraded sample, against the probabilities that it was made with; every seed is fixed."""

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

from homeward.genetics.simulation.observation import observe, observe_fully

SURPRISE = 0.001
N = 20_000


def seen(genotype, *, failure=0.0, dropout=0.0, n_loci=4):
    """N samples of one genotype at every locus."""
    genotypes = np.tile(np.array(genotype, np.int16), (N, n_loci, 1))
    rates = {"locus_failure": np.full(N, failure), "allele_dropout": np.full(N, dropout)}
    return observe(genotypes, **rates, rng=np.random.default_rng(7))


def n_equal(alleles, genotype):
    return int((alleles == genotype).all(axis=2).sum())


def test_a_clean_sample_shows_everything_the_smaller_allele_first():
    assert (seen((5, 3)) == (3, 5)).all()
    assert (observe_fully(np.array([[[5, 3]]])) == (3, 5)).all()


def test_a_heterozygote_shows_both_alleles_one_or_none_as_the_science_page_says():
    alleles, d = seen((3, 5), dropout=0.2), 0.2
    observed = [n_equal(alleles, shown) for shown in ((3, 5), (3, 3), (5, 5), (-1, -1))]
    expected = np.array([(1 - d) ** 2, d * (1 - d), d * (1 - d), d * d]) * N * 4
    assert sum(observed) == N * 4
    assert chisquare(observed, expected).pvalue > SURPRISE


def test_a_homozygote_is_unseen_only_if_both_copies_drop_out():
    alleles = seen((4, 4), dropout=0.3)
    assert n_equal(alleles, (4, 4)) + n_equal(alleles, (-1, -1)) == N * 4
    assert binomtest(n_equal(alleles, (-1, -1)), N * 4, 0.09).pvalue > SURPRISE


def test_a_locus_fails_as_a_whole_at_its_rate():
    alleles = seen((3, 5), failure=0.3, n_loci=24)
    assert n_equal(alleles, (3, 5)) + n_equal(alleles, (-1, -1)) == N * 24
    assert binomtest(n_equal(alleles, (-1, -1)), N * 24, 0.3).pvalue > SURPRISE


@pytest.mark.parametrize(("failure", "dropout"), [(0.99, 0.0), (0.0, 0.95), (0.9, 0.9)])
def test_no_sample_is_left_without_any_locus(failure, dropout):
    typed = (seen((3, 5), failure=failure, dropout=dropout, n_loci=2) != -1).all(axis=2)
    assert typed.any(axis=1).all()
    assert not typed.all()
