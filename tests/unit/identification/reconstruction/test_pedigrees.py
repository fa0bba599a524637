import numpy as np
import pytest

from homeward.core.errors import HomewardError, InputError
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.identification.reconstruction import pedigrees
from homeward.identification.reconstruction.ages import Ages
from homeward.identification.reconstruction.pedigrees import rank_pedigrees
from tests.families import pedigree
from tests.simulated import random_panel

PANEL = random_panel(np.random.default_rng(5), 16)
MALE, FEMALE = Sex.MALE, Sex.FEMALE


def people(text, typed, sex, seed=2):
    of = pedigree(text)
    genotypes = np.sort(drop_genes(of, PANEL, 1, np.random.default_rng(seed))[0], axis=2)
    rows = [of.position(name) for name in typed]
    return make_profiles(tuple(typed), len(PANEL), sex=np.array(sex), alleles=genotypes[rows])


def test_two_parents_and_a_child_are_put_together():
    seen = people("C = F + M", "CFM", [MALE, MALE, FEMALE])
    ranking = rank_pedigrees(PANEL, seen)
    best = ranking.pedigrees[0]
    assert best.words == ("C and F: son and father", "C and M: son and mother")
    assert sum(one.posterior for one in ranking.pedigrees) == pytest.approx(1, abs=1e-6)
    assert best.posterior > 0.99


def test_two_siblings_are_given_untyped_parents():
    best = rank_pedigrees(PANEL, people("A = F + M; B = F + M", "AB", [MALE, FEMALE])).pedigrees[0]
    assert best.words == ("A and B: full siblings",)
    assert best.pedigree.ids == ("A", "B", "(father 1)", "(mother 1)")


def test_a_likelihood_is_that_of_the_whole_pedigree():
    seen = people("C = F + M", "CFM", [MALE, MALE, FEMALE])
    for one in rank_pedigrees(PANEL, seen).pedigrees[:4]:
        whole = make_profiles(one.pedigree.ids, len(PANEL), sex=one.pedigree.sex)
        whole.alleles[:3] = seen.alleles
        expected = pedigree_log10_likelihood(one.pedigree, whole, PANEL).sum()
        assert one.log10_likelihood == pytest.approx(expected, abs=1e-9)


def test_all_pedigrees_of_two_people_are_enumerated():
    # Fathers: none, one of the other either way, one they share; mothers the same: 4 x 4 less 4 circles or one person
    # in both roles.
    unknown = people("A; B", "AB", [Sex.UNKNOWN, Sex.UNKNOWN])
    assert rank_pedigrees(PANEL, unknown).n_enumerated == 12
    brothers = people("A; B", "AB", [MALE, MALE])
    assert rank_pedigrees(PANEL, brothers).n_enumerated == 8
    assert rank_pedigrees(PANEL, brothers, ages=Ages({"A": 40, "B": 35})).n_enumerated == 4


def test_what_is_known_is_kept():
    seen = people("B = A + M", "AB", [MALE, MALE])
    ranking = rank_pedigrees(PANEL, seen, children=[("A", "B")])
    # The other one has a mother whom they share: B would be inbred.
    assert (ranking.n_enumerated, ranking.n_compared) == (2, 1)
    assert ranking.pedigrees[0].posterior == 1.0


def test_too_many_people_or_pedigrees_are_refused(monkeypatch):
    with pytest.raises(InputError, match="There are 6 people"):
        rank_pedigrees(PANEL, make_profiles(tuple("ABCDEF"), len(PANEL)))
    with pytest.raises(InputError, match="'X' is not among the people"):
        rank_pedigrees(PANEL, people("A; B", "AB", [MALE, MALE]), children=[("A", "X")])
    monkeypatch.setattr(pedigrees, "MOST_ENUMERATED", 5)
    with pytest.raises(HomewardError, match="more than 5 ways"):
        rank_pedigrees(PANEL, people("A; B", "AB", [Sex.UNKNOWN, Sex.UNKNOWN]))
