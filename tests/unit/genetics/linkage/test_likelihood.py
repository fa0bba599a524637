import math
from itertools import product

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.contraction import TooComplexError
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import (
    GroupRows,
    batch_group_log10_likelihood,
    group_log10_likelihood,
    one_row,
)
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.profiles import make_profiles
from homeward.genetics.states import panel_states, whole_states
from tests.families import pedigree as pedigree_of

P, Q = (0.2, 0.3, 0.5), (0.1, 0.6, 0.3)
PAIRS = {
    "half siblings": "A = F + M; B = F + N",
    "grandparent": "X = A + W; B = X + V",
    "uncle": "A = F + M; X = F + M; B = X + V",
    "full siblings": "A = F + M; B = F + M",
    "cousins": "X = F + M; Y = F + M; A = X + V; B = Y + W",
    "unrelated": "X = A + W; Y = B + V",
}


def panel_of(*frequencies, model=None):
    model = model or MutationModel()
    return Panel(
        tuple(
            Locus(f"L{i}", tuple(str(8 + k) for k in range(len(p))), np.array(p), model, model)
            for i, p in enumerate(frequencies)
        )
    )


def profiles_of(pedigree, genotypes, n_loci=2):
    alleles = np.full((len(pedigree), n_loci, 2), -1)
    for person, of in genotypes.items():
        alleles[pedigree.position(person)] = of
    return make_profiles(pedigree.ids, n_loci, alleles=alleles)


def pair_group(rho):
    return LinkageGroup((0, 1), (rho,), (rho,))


def likelihood(relations, genotypes, panel, rho):
    pedigree = pedigree_of(relations)
    return 10 ** group_log10_likelihood(pedigree, profiles_of(pedigree, genotypes), panel, pair_group(rho))


def two_locus_kappa(relation, r):
    """P(i alleles identical by descent at the first locus, j at the second), as a table over i and j.

    Thompson (2000), Statistical Inference from Genetic Data on Pedigrees; Vigeland (2022), G3 13:jkac326, table 1.
    """
    both = (1 - r) ** 2 + r**2
    if relation == "full siblings":
        of_parent = np.array([[both, 1 - both], [1 - both, both]]) / 2
        table = np.zeros((3, 3))
        for (i, j), (k, m) in product(np.ndindex(2, 2), repeat=2):
            table[i + k, j + m] += of_parent[i, j] * of_parent[k, m]
        return table
    shared, k1 = {
        "half siblings": (both / 2, 0.5),
        "grandparent": ((1 - r) / 2, 0.5),
        "uncle": ((1 - r) * both / 2 + r / 4, 0.5),
        "cousins": ((1 - r) ** 2 * both / 4 + r**2 / 8, 0.25),
        "unrelated": (0.0, 0.0),
    }[relation]
    return np.array([[1 - 2 * k1 + shared, k1 - shared, 0], [k1 - shared, shared, 0], [0, 0, 0]])


def single_locus_terms(a, b, p):
    """P(genotypes | 0, 1, 2 alleles identical by descent) of two people."""

    def alone(genotype):
        return p[genotype[0]] * p[genotype[1]] * (1 if genotype[0] == genotype[1] else 2)

    one = sum(
        p[shared] * p[x] * p[y]
        for shared, x, y in product(range(len(p)), repeat=3)
        if sorted((shared, x)) == sorted(a) and sorted((shared, y)) == sorted(b)
    )
    return np.array([alone(a) * alone(b), one, alone(a) if sorted(a) == sorted(b) else 0.0])


@pytest.mark.parametrize("relation", PAIRS)
@pytest.mark.parametrize("rho", [0.0, 0.1, 0.35, 0.5])
def test_a_pair_has_the_likelihood_of_its_two_locus_ibd_probabilities(relation, rho):
    for a, b in [(((0, 1), (0, 0)), ((0, 2), (0, 1))), (((1, 1), (1, 2)), ((1, 1), (1, 2))), (((0, 1), (0, 1)),) * 2]:
        first, second = (single_locus_terms(a[i], b[i], p) for i, p in enumerate((P, Q)))
        expected = first @ two_locus_kappa(relation, rho) @ second
        found = likelihood(PAIRS[relation], {"A": a, "B": b}, panel_of(P, Q), rho)
        assert found == pytest.approx(expected, rel=1e-12)


def test_only_linkage_tells_half_siblings_grandparent_and_uncle_apart():
    # Egeland & Sheehan (2008), Forensic Sci. Int. Genet. 2:219-225: unlinked loci give all three one likelihood.
    genotypes = {"A": ((0, 1), (0, 0)), "B": ((0, 2), (0, 1))}

    def of_all(rho):
        names = ("half siblings", "grandparent", "uncle")
        return [likelihood(PAIRS[name], genotypes, panel_of(P, Q), rho) for name in names]

    assert of_all(0.5) == pytest.approx([of_all(0.5)[0]] * 3, rel=1e-12)
    assert len({round(value, 12) for value in of_all(0.1)}) == 3


def test_a_recombination_is_as_probable_as_its_fraction():
    # The child's haplotype of the father is seen to be recombinant: he has 1-1 and 2-2 from his parents, the child 1-2.
    trio = "F = G + H; C = F + M"
    known = {"G": ((0, 0), (0, 0)), "H": ((1, 1), (1, 1)), "F": ((0, 1), (0, 1)), "M": ((2, 2), (2, 2))}
    together = likelihood(trio, known, panel_of(P, Q), 0.15)
    for child, expected in ((((0, 2), (0, 2)), 0.85 / 2), (((0, 2), (1, 2)), 0.15 / 2)):
        joint = likelihood(trio, known | {"C": child}, panel_of(P, Q), 0.15)
        assert joint / together == pytest.approx(expected, rel=1e-12)


def test_fathers_and_mothers_recombine_each_with_their_own_fraction():
    known = {"G": ((0, 0), (0, 0)), "H": ((1, 1), (1, 1)), "X": ((0, 1), (0, 1)), "W": ((2, 2), (2, 2))}
    child = {"C": ((0, 2), (1, 2))}
    for lines, expected in (("X = G + H; C = X + W", 0.1), ("X = G + H; C = W + X", 0.3)):
        pedigree = pedigree_of(lines)
        group = LinkageGroup((0, 1), male=(0.1,), female=(0.3,))
        joint, alone = (
            group_log10_likelihood(pedigree, profiles_of(pedigree, of), panel_of(P, Q), group)
            for of in (known | child, known)
        )
        assert 10 ** (joint - alone) == pytest.approx(expected / 2, rel=1e-12)


def test_merging_unseen_alleles_changes_nothing():
    panel = panel_of((0.1, 0.2, 0.3, 0.15, 0.25), Q, model=MutationModel(MutationKind.PROPORTIONAL, 0.01))
    pedigree = pedigree_of(PAIRS["uncle"])
    profiles = profiles_of(pedigree, {"A": ((0, 1), (0, 0)), "B": ((1, 1), (0, 1))})
    group = pair_group(0.2)
    merged, whole = (
        batch_group_log10_likelihood(pedigree, states, group, one_row(profiles, group))
        for states in (panel_states(panel, profiles.alleles), whole_states(panel))
    )
    assert merged == pytest.approx(whole, abs=1e-12)


def test_rows_of_different_forms_are_each_worked_out_as_if_alone():
    panel, pedigree = panel_of(P, Q, model=MutationModel(MutationKind.STEPWISE, 0.01)), pedigree_of(PAIRS["cousins"])
    rng = np.random.default_rng(2)
    alleles = rng.integers(0, 3, (6, len(pedigree), 2, 2))
    alleles[rng.random(alleles.shape[:3]) < 0.5] = -1
    dropout = rng.choice([0.0, 0.2], alleles.shape[:3])
    states = whole_states(panel)
    rows = GroupRows(alleles, dropout, np.zeros(dropout.shape))
    together = batch_group_log10_likelihood(pedigree, states, pair_group(0.1), rows)
    alone = [
        batch_group_log10_likelihood(pedigree, states, pair_group(0.1), rows.rows(np.array([i])))[0] for i in range(6)
    ]
    assert together == pytest.approx(alone, abs=1e-12)


def test_a_pedigree_that_no_mutation_can_explain_is_impossible_at_linked_loci_too():
    pedigree = pedigree_of("B = A + M")
    profiles = profiles_of(pedigree, {"A": ((0, 0), (0, 0)), "B": ((1, 1), (0, 1))})
    panel = panel_of(P, Q, model=MutationModel(MutationKind.EQUAL, 0.01))
    assert group_log10_likelihood(pedigree, profiles, panel, pair_group(0.1)) > -math.inf
    assert group_log10_likelihood(pedigree, profiles, panel, pair_group(0.1), mutation=False) == -math.inf


def test_linked_loci_of_a_loop_that_recombine_freely_are_independent():
    relations = "X = F + M; Y = F + M; A = X + Y; B = X + Y; C = A + B"
    pedigree = pedigree_of(relations)
    panel = panel_of(P, Q, model=MutationModel(MutationKind.STEPWISE, 0.02))
    profiles = profiles_of(pedigree, {"C": ((0, 1), (0, 2)), "B": ((1, 1), (0, 1)), "M": ((2, 2), (0, 1))})
    unlinked = pedigree_log10_likelihood(pedigree, profiles, panel).sum()
    assert group_log10_likelihood(pedigree, profiles, panel, pair_group(0.5)) == pytest.approx(unlinked, abs=1e-12)
    assert group_log10_likelihood(pedigree, profiles, panel, pair_group(0.1)) != pytest.approx(unlinked, abs=1e-3)


def test_theta_is_refused_with_linkage():
    pedigree = pedigree_of(PAIRS["uncle"])
    panel = Panel(panel_of(P, Q).loci, theta=0.01)
    with pytest.raises(InputError, match="theta"):
        group_log10_likelihood(pedigree, profiles_of(pedigree, {}), panel, pair_group(0.1))


def test_a_family_that_does_not_fit_into_memory_is_refused_in_words(monkeypatch):
    monkeypatch.setattr("homeward.genetics.contraction.LARGEST_TENSOR", 10)
    pedigree = pedigree_of(PAIRS["uncle"])
    profiles = profiles_of(pedigree, {"A": ((0, 1), (0, 0)), "B": ((1, 1), (0, 1))})
    with pytest.raises(TooComplexError, match="linked"):
        group_log10_likelihood(pedigree, profiles, panel_of(P, Q), pair_group(0.1))
