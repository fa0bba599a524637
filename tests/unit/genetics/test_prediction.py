"""The most probable genotypes and profiles of an untyped person, against Mendel and enumeration."""

from itertools import product

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.prediction import predict_genotypes, rank_profiles
from tests.families import locus, pedigree, profiles

P = {"8": 0.2, "9": 0.5, "10": 0.3}


def predicted(text, genotypes, person, n_loci=1):
    members, panel = pedigree(text), Panel(tuple(locus(f"L{i}", P) for i in range(n_loci)))
    seen = profiles(members.ids, panel, genotypes)
    return predict_genotypes(members, seen, panel, members.position(person))


def test_a_child_of_two_typed_parents_follows_mendel():
    (found,) = predicted("C = F + M", {"F": "8/9", "M": "9/9"}, "C")
    assert found.alleles.tolist() == [[0, 1], [1, 1]]
    assert found.probability == pytest.approx([0.5, 0.5])


def test_a_parent_of_a_typed_child_is_worked_out_by_bayes():
    (found,) = predicted("C = F + M", {"C": "8/8"}, "F")
    # The father carries 8 beside an allele of the population.
    assert found.alleles.tolist() == [[0, 1], [0, 2], [0, 0]]
    assert found.probability == pytest.approx([0.5, 0.3, 0.2])


def test_profiles_are_ranked_as_all_combinations_are():
    found = predicted("C = F + M", {"C": "8/8 8/9 -"}, "F", n_loci=3)
    ranked = rank_profiles(found, 500)
    every = sorted(
        (
            sum(np.log10(of.probability[i]) for of, i in zip(found, places, strict=True))
            for places in product(*(range(len(of.probability)) for of in found))
        ),
        reverse=True,
    )
    assert [one.log10_probability for one in ranked] == pytest.approx(every[:500], abs=1e-12)
    assert len({one.genotypes for one in ranked}) == len(ranked)
    assert sum(10**one.log10_probability for one in ranked) == pytest.approx(1.0)


def test_contradicted_relatives_leave_no_profile():
    found = predicted("C = F + M; D = C + N", {"C": "8/8", "F": "9/9"}, "D")
    assert not len(found[0].probability)
    assert rank_profiles(found, 5) == ()
