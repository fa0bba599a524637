"""Gene dropping against Mendel's and Hardy and Weinberg's proportions; every seed is fixed."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare

from homeward.core.errors import InputError
from homeward.genetics.alleles import MISSING
from homeward.genetics.linkage.groups import LinkageGroup, linkage_groups
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from homeward.genetics.linkage.recombination import NeighbourFractions
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from tests.families import locus, pedigree

SURPRISE = 0.001
"""A test on a fixed seed fails if chance alone would do worse this rarely."""

SIBLINGS = "A = F + M; B = F + M"
HALF_SIBLINGS = "A = F + M; B = F + N"
COUSINS = "A = X + V; B = Y + W; X = F + M; Y = F + M"
NIECE = "A = F + M; Y = F + M; B = Y + W"


def rng():
    return np.random.default_rng(20)


def tags(n_alleles=200, model=None, n_loci=1):
    """Loci with so many alleles that founders nearly always have different ones."""
    names = tuple(str(i) for i in range(n_alleles))
    frequencies = np.full(n_alleles, 1 / n_alleles)
    none = MutationModel()
    return Panel(tuple(Locus(f"L{i}", names, frequencies, *(model or (none, none))) for i in range(n_loci)))


def dropped(text, panel, n=20_000):
    """Genotypes by person, only of the families in which all founder alleles of the first locus differ."""
    members = pedigree(text)
    genotypes = drop_genes(members, panel, n, rng())
    founders = (members.parents < 0).all(axis=1)
    alleles = np.sort(genotypes[:, founders, 0].reshape(n, -1), axis=1)
    distinct = (np.diff(alleles, axis=1) > 0).all(axis=1)
    assert distinct.mean() > 0.5
    return {person: genotypes[distinct, i] for i, person in enumerate(members.ids)}


def n_shared(one, other):
    """How many alleles of one are in the other, at the first locus; founders' alleles all differ."""
    return (one[:, 0, :, None] == other[:, 0, None, :]).any(axis=2).sum(axis=1)


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        (SIBLINGS, "A", "B", [1 / 4, 1 / 2, 1 / 4]),
        (SIBLINGS, "F", "A", [0, 1, 0]),
        (HALF_SIBLINGS, "A", "B", [1 / 2, 1 / 2, 0]),
        (COUSINS, "A", "B", [3 / 4, 1 / 4, 0]),
        (COUSINS, "F", "A", [1 / 2, 1 / 2, 0]),
        (NIECE, "A", "B", [1 / 2, 1 / 2, 0]),
    ],
)
def test_relatives_share_alleles_by_descent_as_often_as_mendel_says(text, one, other, expected):
    people = dropped(text, tags())
    observed = np.bincount(n_shared(people[one], people[other]), minlength=3)
    possible = np.array(expected) > 0
    assert observed[~possible].sum() == 0
    if possible.sum() > 1:
        assert chisquare(observed[possible], np.array(expected)[possible] * observed.sum()).pvalue > SURPRISE


def test_founders_are_in_hardy_weinberg_proportions():
    p = {"8": 0.1, "9": 0.3, "10": 0.6}
    genotypes = np.sort(drop_genes(pedigree("A"), Panel((locus("L", p),)), 50_000, rng())[:, 0, 0], axis=1)
    observed = np.bincount(genotypes @ [3, 1], minlength=9)[[0, 1, 2, 4, 5, 8]]
    expected = [0.1**2, 2 * 0.1 * 0.3, 2 * 0.1 * 0.6, 0.3**2, 2 * 0.3 * 0.6, 0.6**2]
    assert chisquare(observed, np.array(expected) * 50_000).pvalue > SURPRISE


def test_each_allele_of_a_parent_is_passed_on_half_the_time():
    people = dropped("A = F + M", tags())
    first = int((people["A"][:, 0, 0] == people["F"][:, 0, 0]).sum())
    assert binomtest(first, len(people["A"]), 0.5).pvalue > SURPRISE


def test_the_paternal_allele_comes_from_the_father_and_stands_first():
    people = dropped("A = F + M", tags())
    for side, parent in enumerate("FM"):
        assert (people[parent][:, 0] == people["A"][:, 0, side, None]).any(axis=1).all()


def test_loci_are_passed_on_independently():
    people = dropped("A = F + M", tags(n_loci=2))
    different = people["F"][:, 1, 0] != people["F"][:, 1, 1]
    first = (people["A"][:, :, 0] == people["F"][:, :, 0])[different]
    observed = np.bincount(first @ [2, 1], minlength=4)
    assert chisquare(observed).pvalue > SURPRISE


def test_each_sex_mutates_at_its_own_rate():
    female, male = (MutationModel(MutationKind.EQUAL, rate) for rate in (0.01, 0.04))
    people = dropped("A = F + M", tags(model=(female, male)))
    for side, parent, rate in ((0, "F", 0.04), (1, "M", 0.01)):
        # A mutation to the parent's other allele is not seen: 1 of the 199 alleles it could become.
        mutated = int((people[parent][:, 0] != people["A"][:, 0, side, None]).all(axis=1).sum())
        assert binomtest(mutated, len(people["A"]), rate * 198 / 199).pvalue > SURPRISE


def test_an_allele_becomes_others_as_often_as_the_transmission_matrix_says():
    names = {"8": 0.4, "9": 0.2, "9.3": 0.2, "11": 0.2}
    stepwise = MutationModel(MutationKind.STEPWISE, 0.3, 0.2, 0.1)
    panel = Panel((locus("L", names, stepwise),))
    genotypes = drop_genes(pedigree("A = F + M"), panel, 200_000, rng())[:, :, 0]
    father, child = genotypes[:, 0], genotypes[:, 2]
    for allele, row in enumerate(panel.loci[0].transmission()[1]):
        homozygous = (father == allele).all(axis=1)
        observed = np.bincount(child[homozygous, 0], minlength=4)
        possible = row > 0
        assert observed[~possible].sum() == 0
        assert chisquare(observed[possible], row[possible] * homozygous.sum()).pvalue > SURPRISE


def test_an_allele_without_others_to_become_never_changes():
    alone = MutationModel(MutationKind.STEPWISE, 0.5, 0.1, 0.0)
    panel = Panel((locus("L", {"8": 0.3, "9": 0.3, "9.3": 0.4}, alone),))
    genotypes = drop_genes(pedigree("A = F + M"), panel, 20_000, rng())[:, :, 0]
    homozygous = (genotypes[:, 0] == 2).all(axis=1)
    assert (genotypes[homozygous, 2, 0] == 2).all()


def test_a_parent_who_is_not_in_the_pedigree_is_drawn_from_the_population():
    p = {"8": 0.2, "9": 0.8}
    members = pedigree("A = F + -", complete_parents=False)
    maternal = drop_genes(members, Panel((locus("L", p),)), 20_000, rng())[:, 1, 0, 1]
    assert binomtest(int((maternal == 0).sum()), 20_000, 0.2).pvalue > SURPRISE


def test_children_may_stand_before_their_parents():
    people = dropped("G = A + B; A = C + D; B = E + F", tags())
    assert (n_shared(people["G"], np.concatenate([people["A"], people["B"]], axis=2)) == 2).all()
    members = pedigree("C = F + M")
    reordered = type(members)(("C", "F", "M"), np.array([[1, 2], [-1, -1], [-1, -1]]), members.sex[[2, 0, 1]])
    child, father, mother = drop_genes(reordered, tags(), 1000, rng())[:, :, 0].transpose(1, 0, 2)
    assert (father == child[:, :1]).any(axis=1).all()
    assert (mother == child[:, 1:]).any(axis=1).all()


def test_a_seed_gives_the_same_families_but_for_the_mutations():
    model = MutationModel(MutationKind.EQUAL, 0.01)
    one, same, mutated = (
        drop_genes(pedigree(SIBLINGS), panel, 500, rng()) for panel in (tags(), tags(), tags(model=(model, model)))
    )
    assert np.array_equal(one, same)
    assert 0 < (one != mutated).any(axis=(1, 2, 3)).mean() < 0.1


GROUP = LinkageGroup((2, 0), male=(0.05,), female=(0.3,))


def recombined(person, parent, side):
    """(n,) whether the alleles that somebody has from a parent at loci 2 and 0 come from two grandparents."""
    is_maternal = person[:, [2, 0], side] == parent[:, [2, 0], 1]
    return is_maternal[:, 0] != is_maternal[:, 1]


@pytest.mark.parametrize(("parent", "side", "fraction"), [("F", 0, 0.05), ("M", 1, 0.3)])
def test_linked_loci_recombine_with_the_fraction_of_the_parents_sex(parent, side, fraction):
    members = pedigree(SIBLINGS)
    genotypes = drop_genes(members, tags(n_loci=3), 5_000, rng(), groups=[GROUP])
    person, of = genotypes[:, members.position("A")], genotypes[:, members.position(parent)]
    known = (of[:, :, 0] != of[:, :, 1]).all(axis=1)
    found = recombined(person, of, side)[known]
    assert binomtest(int(found.sum()), len(found), fraction).pvalue > SURPRISE
    # Locus 1 is in no group: it goes with locus 0 half of the time.
    apart = ((person[:, 1, side] == of[:, 1, 1]) != (person[:, 0, side] == of[:, 0, 1]))[known]
    assert binomtest(int(apart.sum()), len(apart), 0.5).pvalue > SURPRISE


def test_on_the_x_chromosome_mothers_recombine_and_fathers_pass_on_theirs_whole():
    members = pedigree(SIBLINGS, sex={"F": Sex.MALE, "M": Sex.FEMALE, "A": Sex.MALE, "B": Sex.FEMALE})
    panel = tags(n_loci=3)
    panel = replace(panel, loci=tuple(replace(one, chromosome="X") for one in panel.loci))
    genotypes = drop_genes(members, panel, 5_000, rng(), groups=[GROUP])
    father, mother, son, daughter = (genotypes[:, members.position(person)] for person in "FMAB")
    assert (daughter[:, :, 0] == father[:, :, 0]).all()
    known = (mother[:, :, 0] != mother[:, :, 1]).all(axis=1)
    found = recombined(son, mother, 1)[known]
    assert binomtest(int(found.sum()), len(found), 0.3).pvalue > SURPRISE


def test_fractions_of_one_half_are_no_linkage():
    panel, members = tags(n_loci=2), pedigree(SIBLINGS)
    free = replace(panel, recombination=(NeighbourFractions("L0", "L1", 0.5, 0.5),))
    drawn = drop_genes(members, free, 50, rng(), groups=linkage_groups(free))
    assert np.array_equal(drawn, drop_genes(members, panel, 50, rng()))


def test_two_linked_loci_of_siblings_are_drawn_as_often_as_they_are_probable():
    panel, members = Panel((locus("L0", {"1": 0.4, "2": 0.6}), locus("L1", {"1": 0.3, "2": 0.7}))), pedigree(SIBLINGS)
    group, n = LinkageGroup((0, 1), male=(0.1,), female=(0.2,)), 20_000
    a, b = members.position("A"), members.position("B")
    genotypes = drop_genes(members, panel, n, rng(), groups=[group])
    alleles = np.full((4, 2, 2), MISSING)
    alleles[[a, b]] = 0
    probability = 10 ** group_log10_likelihood(members, make_profiles(members.ids, 2, alleles=alleles), panel, group)
    seen = (genotypes[:, [a, b]] == 0).all(axis=(1, 2, 3))
    assert binomtest(int(seen.sum()), n, probability).pvalue > SURPRISE


def test_linkage_together_with_theta_or_inbred_founders_is_refused_by_name():
    panel, members = tags(n_loci=3), pedigree(SIBLINGS)
    inbred = replace(members, founder_inbreeding=np.array([0.1, 0, 0, 0]))
    with pytest.raises(InputError, match="Gene dropping with linkage cannot deal with a co-ancestry"):
        drop_genes(members, replace(panel, theta=0.1), 1, rng(), groups=[GROUP])
    with pytest.raises(InputError, match="Gene dropping with linkage cannot deal with inbred founders"):
        drop_genes(inbred, panel, 1, rng(), groups=[GROUP])
