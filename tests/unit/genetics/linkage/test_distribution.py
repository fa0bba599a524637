import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.linkage.distribution import linked_genotype_distribution
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from tests.families import pedigree as pedigree_of
from tests.unit.genetics.linkage.test_likelihood import P, Q, pair_group, panel_of, profiles_of

SNP = (0.5, 0.5)
HARDY_WEINBERG = np.array([0.25, 0.5, 0.25])


def distribution(relations, genotypes, person, rho, panel=None):
    pedigree = pedigree_of(relations)
    panel = panel or panel_of(SNP, SNP)
    return linked_genotype_distribution(
        pedigree, profiles_of(pedigree, genotypes), panel, LinkageGroup((0, 1), (rho,), (rho,)), person
    )


def test_somebody_without_typed_relatives_has_independent_genotypes():
    found = distribution("C = A + B", {}, "C", 0.0)
    assert found.genotypes[0] == (("8", "8"), ("8", "9"), ("9", "9"))
    assert found.probability == pytest.approx(np.outer(HARDY_WEINBERG, HARDY_WEINBERG))


@pytest.mark.parametrize("rho", [0.0, 0.2, 0.5])
def test_the_sibling_of_a_homozygote_follows_from_two_locus_ibd_probabilities(rho):
    # One brother is 8/8 at both loci. Of each parent the other brother has, at both loci, either the same chromosome
    # (an 8) or the other one (an allele at random), and the two loci agree in this with probability R.
    both = (1 - rho) ** 2 + rho**2
    same, other = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    of_parent = both / 2 * (np.outer(same, same) + np.outer(other, other))
    of_parent += (1 - both) / 2 * (np.outer(same, other) + np.outer(other, same))
    expected = np.zeros((3, 3))
    for (i, j), p in np.ndenumerate(of_parent):
        for (k, m), q in np.ndenumerate(of_parent):
            expected[i + k, j + m] += p * q
    found = distribution("A = F + M; B = F + M", {"A": ((0, 0), (0, 0))}, "B", rho)
    assert found.probability == pytest.approx(expected, abs=1e-14)


def test_probabilities_are_those_of_the_likelihood_with_each_genotype():
    relations, known = "A = F + M; X = F + M; B = X + V", {"A": ((0, 1), (1, 2))}
    pedigree, panel = pedigree_of(relations), panel_of(P, Q)
    for person in ("B", "F"):
        found = distribution(relations, known, person, 0.1, panel)
        alone = group_log10_likelihood(pedigree, profiles_of(pedigree, known), panel, pair_group(0.1))
        typed = profiles_of(pedigree, known | {person: ((0, 1), (2, 2))})
        joint = group_log10_likelihood(pedigree, typed, panel, pair_group(0.1))
        at = found.genotypes[0].index(("8", "9")), found.genotypes[1].index(("10", "10"))
        assert found.probability.sum() == pytest.approx(1.0, abs=1e-12)
        assert found.probability[at] == pytest.approx(10 ** (joint - alone), rel=1e-10)


def test_somebody_typed_or_unknown_is_refused():
    for person, message in (("A", "is typed"), ("Z", "There is no 'Z'")):
        with pytest.raises(InputError, match=message):
            distribution("A = F + M; B = F + M", {"A": ((0, 0), (0, 0))}, person, 0.1)
