"""Theta and populations in the questions that are asked of a case: worked by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.case import Case, Hypothesis, Population
from homeward.genetics.panel import Panel
from homeward.genetics.populations import in_population, with_theta
from homeward.genetics.profiles import make_profiles
from homeward.identification.explain import explain
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.resolve import resolve
from homeward.identification.screen import screen
from tests.families import case, family, locus, pedigree, profiles

T = 0.02
HERE = Panel((locus("L", {"A": 0.1, "B": 0.2, "C": 0.7}),), theta=T)
# Another order of alleles, one more, and A is common: evidence by A is worth less.
THERE = Panel((locus("L", {"C": 0.3, "D": 0.1, "A": 0.4, "B": 0.2}),), theta=0.0)


def parent_and_child(panel: Panel = HERE) -> Case:
    members = pedigree("Lost = Father + Mother")
    samples = profiles(["S"], panel, {"S": "A/B"})
    return case(panel, samples, family("F", members, panel, {"Father": "A/C"}, ["Lost"]))


def duo(**more: object) -> Case:
    pedigrees = {"father": pedigree("Child = Man + Mother"), "unrelated": pedigree("Child; Man")}
    return Case(
        "A duo",
        HERE,
        make_profiles((), 1),
        hypotheses=tuple(
            Hypothesis(name, members, profiles(members.ids, HERE, {"Child": "A/B", "Man": "A/C"}))
            for name, members in pedigrees.items()
        ),
        **more,
    )


def by_ayres(theta: float, p: float) -> float:
    """Ayres (2000), Forensic Sci. Int. 114:107-115, table 1: child AB, alleged parent AC."""
    return (1 + 2 * theta) / (4 * (theta + (1 - theta) * p))


def test_the_lr_of_a_pairing_is_that_of_a_parent_and_child_of_one_subpopulation():
    found = explain(parent_and_child(), "S", "Lost")
    assert 10**found.log10_lr == pytest.approx(by_ayres(T, 0.1), rel=1e-12)


def test_the_probability_of_a_stranger_knows_the_relatives():
    found = explain(parent_and_child(), "S", "Lost").loci[0]
    # After A and C: 2 (t + (1 - t) p(A)) (1 - t) p(B) / ((1 + t) (1 + 2 t)).
    stranger = 2 * (T + (1 - T) * 0.1) * (1 - T) * 0.2 / ((1 + T) * (1 + 2 * T))
    assert 10**found.log10_probability_unrelated == pytest.approx(stranger, rel=1e-12)
    assert 10**found.log10_probability_related == pytest.approx(stranger * by_ayres(T, 0.1), rel=1e-12)


@pytest.mark.parametrize("ask", [resolve, screen])
def test_what_cannot_be_done_with_theta_is_refused_by_name(ask):
    with pytest.raises(InputError, match=r"theta 0\.02.*Set theta to 0"):
        ask(parent_and_child())


def test_a_screen_refuses_inbred_founders_and_an_explanation_takes_them():
    one = with_theta(parent_and_child(), 0.0)
    of = one.families[0]
    inbred = replace(of.pedigree, founder_inbreeding=np.array([0.0, 0.25, 0.0]))
    one = replace(one, families=(replace(of, pedigree=inbred),))
    with pytest.raises(InputError, match="inbred founders"):
        screen(one)
    # The father shows A and C: he is known, inbred or not.
    assert 10 ** explain(one, "S", "Lost").log10_lr == pytest.approx(by_ayres(0.0, 0.1), rel=1e-12)


def test_pedigrees_are_compared_in_each_population_and_the_lowest_lr_is_marked():
    populations = (Population("Here", HERE), Population("There", THERE))
    found = compare_pedigrees(duo(populations=populations, population="Here"))
    assert [one.name for one in found.populations] == ["Here", "There"]
    expected = [by_ayres(T, 0.1), by_ayres(0.0, 0.4)]
    assert [10 ** one.log10_lr[0] for one in found.populations] == pytest.approx(expected, rel=1e-12)
    assert [one.conservative.tolist() for one in found.populations] == [[False, False], [True, False]]
    assert found.log10_lr.tolist() == found.populations[0].log10_lr.tolist()


def test_another_population_recodes_the_profiles_and_can_be_left_again():
    populations = (Population("Here", HERE), Population("There", THERE))
    one = duo(populations=populations, population="Here")
    there = in_population(one, "There")
    assert there.panel is THERE
    assert there.hypotheses[0].profiles.genotype(0, 0, THERE) == ("C", "A")
    back = in_population(there, "Here")
    for before, after in zip(one.hypotheses, back.hypotheses, strict=True):
        assert np.array_equal(before.profiles.alleles, after.profiles.alleles)


def test_a_population_that_does_not_exist_is_named_with_those_that_do():
    with pytest.raises(InputError, match=r"no population 'Where'.*column population"):
        in_population(duo(), "Where")


def test_a_theta_holds_in_every_population_and_is_checked():
    populations = (Population("Here", HERE), Population("There", THERE))
    found = with_theta(duo(populations=populations, population="Here"), 0.05)
    assert [found.panel.theta, *(one.panel.theta for one in found.populations)] == [0.05, 0.05, 0.05]
    with pytest.raises(InputError, match="not in"):
        with_theta(found, 1.0)
