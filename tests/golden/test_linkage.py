"""Linked loci against values that FamLink and pedprobr state; see linkage/ORIGIN.md."""

import numpy as np
import pytest

from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.linkage.distribution import linked_genotype_distribution
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from tests.families import pedigree as pedigree_of
from tests.unit.genetics.linkage.test_likelihood import panel_of, profiles_of


def group(rho):
    return LinkageGroup((0, 1), (rho,), (rho,))


def test_a_grandparent_who_shares_nothing_has_the_lr_of_famlink():
    panel = panel_of((0.2, 0.3, 0.5), (0.1, 0.6, 0.3))
    related, unrelated = pedigree_of("X = A + W; B = X + V"), pedigree_of("X = A + W; Y = B + V")
    genotypes = {"A": ((0, 0), (0, 0)), "B": ((1, 1), (1, 1))}
    linked, alone = (
        group_log10_likelihood(p, profiles_of(p, genotypes), panel, group(0.1)) for p in (related, unrelated)
    )
    assert 10 ** (linked - alone) == pytest.approx(0.45, rel=1e-12)
    one_by_one = pedigree_log10_likelihood(related, profiles_of(related, genotypes), panel).sum()
    assert 10 ** (one_by_one - alone) == pytest.approx(0.25, rel=1e-12)


@pytest.mark.parametrize("rho", [0.0, 0.25, 0.5])
def test_founders_and_single_descendants_have_the_likelihoods_of_pedprobr_whatever_rho(rho):
    p, q, r, s = 0.9, 0.1, 0.8, 0.2
    panel = panel_of((p, q), (r, s))
    for genotypes, expected in (
        ({"1": ((0, 1), (0, 1))}, 2 * p * q * 2 * r * s),
        ({"1": ((0, 0), (1, 1)), "2": ((0, 1), (0, 1))}, p**2 * 2 * p * q * s**2 * 2 * r * s),
        ({"5": ((0, 1), (0, 1))}, 2 * p * q * 2 * r * s),
    ):
        pedigree = pedigree_of("3 = 1 + 2; 5 = 3 + 4")
        found = group_log10_likelihood(pedigree, profiles_of(pedigree, genotypes), panel, group(rho))
        assert 10**found == pytest.approx(expected, rel=1e-12)


def test_a_parent_of_a_homozygote_has_the_distribution_of_pedprobr():
    p, q = 0.2, 0.8
    pedigree = pedigree_of("3 = 1 + 2")
    profiles = profiles_of(pedigree, {"3": ((1, 1), (1, 1))})
    found = linked_genotype_distribution(pedigree, profiles, panel_of((p, q), (p, q)), group(0.0), "1")
    assert found.probability == pytest.approx(np.outer([0, p, q], [0, p, q]), abs=1e-14)


def test_the_recombination_fraction_is_recovered_as_in_pedprobr():
    # 3 has one chromosome of 1 and one of 2; 5 has the allele of 1 at the first locus.
    pedigree = pedigree_of("3 = 1 + 2; 5 = 4 + 3")
    known = {"1": ((0, 0), (0, 0)), "2": ((1, 1), (1, 1)), "3": ((0, 1), (0, 1)), "4": ((0, 0), (0, 0))}
    found = linked_genotype_distribution(
        pedigree, profiles_of(pedigree, known), panel_of((0.2, 0.8), (0.2, 0.8)), group(0.15), "5"
    )
    assert found.probability[0, 1] / found.probability[0].sum() == pytest.approx(0.15, rel=1e-12)
