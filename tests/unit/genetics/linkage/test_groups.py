from dataclasses import replace

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.databases.genetic_maps import place_on_map
from homeward.genetics.linkage.groups import LinkageGroup, linkage_groups
from homeward.genetics.linkage.recombination import GeneticMap, Linkage, NeighbourFractions
from homeward.genetics.panel import Locus, Panel


def locus(name, chromosome="12", position=None, female=None, male=None):
    return Locus(
        name,
        ("1",),
        np.ones(1),
        chromosome=chromosome,
        position_cm=position,
        female_position_cm=female,
        male_position_cm=male,
    )


def fractions(first, second, female=0.1, male=0.1):
    return NeighbourFractions(first, second, female, male)


def problems(panel, **options):
    with pytest.raises(InputError) as caught:
        linkage_groups(panel, **options)
    return [problem.what for problem in caught.value.problems]


def test_loci_of_one_chromosome_are_linked_in_the_order_of_their_positions():
    panel = Panel(
        (locus("A", "1", 30.0), locus("B", "2", 5.0), locus("C", "1", 10.0), locus("D", "1", 20.0), locus("E")),
        linkage=Linkage.HALDANE,
    )
    (group,) = linkage_groups(panel)
    rho = Linkage.HALDANE.recombination_fraction(10.0)
    assert group.loci == (2, 3, 0)
    assert group.male == pytest.approx([rho, rho])
    assert group.female == group.male


def test_a_locus_that_nobody_is_typed_at_makes_its_neighbours_neighbours():
    panel = Panel((locus("A", "1", 0.0), locus("B", "1", 10.0), locus("C", "1", 30.0)), linkage=Linkage.KOSAMBI)
    (group,) = linkage_groups(panel, used={0, 2})
    assert group.loci == (0, 2)
    assert group.male == (Linkage.KOSAMBI.recombination_fraction(30.0),)
    given = Panel(panel.loci, recombination=(fractions("A", "B", 0.1, 0.2), fractions("B", "C", 0.3, 0.4)))
    (group,) = linkage_groups(given, used={0, 2})
    assert group.female == pytest.approx([0.1 * 0.7 + 0.9 * 0.3])
    assert group.male == pytest.approx([0.2 * 0.6 + 0.8 * 0.4])
    assert linkage_groups(given, used={1}) == ()


def test_the_map_of_each_sex_gives_its_own_fractions():
    panel = Panel((locus("A", female=0.0, male=0.0), locus("B", female=20.0, male=10.0)), linkage=Linkage.HALDANE)
    (group,) = linkage_groups(panel)
    assert group.male[0] == Linkage.HALDANE.recombination_fraction(10.0)
    assert group.female[0] == Linkage.HALDANE.recombination_fraction(20.0)


def test_given_fractions_join_loci_in_the_order_of_their_pairs():
    panel = Panel(
        (locus("A"), locus("B"), locus("C"), locus("D")),
        recombination=(fractions("C", "A", 0.2), fractions("A", "D", 0.5, 0.5)),
    )
    # C - A - D, of which A and D recombine freely.
    assert linkage_groups(panel) == (LinkageGroup((2, 0), (0.1,), (0.2,)),)
    assert linkage_groups(replace(panel, linkage=Linkage.NONE)) == ()


def test_positions_do_not_count_until_a_map_function_is_chosen():
    assert linkage_groups(Panel((locus("A", position=1.0), locus("B", position=2.0)))) == ()


def test_everything_wrong_with_given_fractions_is_said_at_once():
    panel = Panel(
        (locus("A"), locus("B"), locus("C"), locus("D"), locus("E", "5")),
        recombination=(
            fractions("A", "B", 0.6, -0.1),
            fractions("B", "A"),
            fractions("A", "X"),
            fractions("A", "A"),
            fractions("B", "C"),
            fractions("B", "D"),
            fractions("C", "E"),
        ),
    )
    assert problems(panel) == [
        "The female recombination fraction 0.6 is outside [0, 0.5].",
        "The male recombination fraction -0.1 is outside [0, 0.5].",
        "This pair is listed twice.",
        "There is no locus 'X'.",
        "A locus cannot be its own neighbour.",
        "These loci are on different chromosomes.",
        "The locus B has 4 neighbours: A, A, C, D.",
    ]


def test_neighbours_in_a_circle_are_refused():
    circle = (fractions("A", "B"), fractions("B", "C"), fractions("C", "A"))
    panel = Panel((locus("A"), locus("B"), locus("C")), recombination=circle)
    assert problems(panel) == ["The neighbours A, B, C form a circle."]


def test_everything_wrong_with_positions_is_said_at_once():
    panel = Panel(
        (
            locus("A", None, 1.0),
            locus("B", position=-2.0),
            locus("C", female=1.0),
            locus("D", position=5.0),
            locus("E"),
        ),
        linkage=Linkage.HALDANE,
        recombination=(fractions("D", "E"),),
    )
    assert problems(panel) == [
        "This locus has a position on the map but no chromosome.",
        "The map position -2 cM is negative or not a number.",
        "Only one of the female and the male position is given.",
        "This locus has positions on the map and recombination fractions as well.",
    ]


def test_positions_on_different_maps_are_refused():
    mixed = Panel((locus("A", position=1.0), locus("B", female=1.0, male=2.0)), linkage=Linkage.HALDANE)
    assert problems(mixed) == ["The positions of A, B are not on one map."]
    crossed = Panel((locus("A", female=1.0, male=2.0), locus("B", female=2.0, male=1.0)), linkage=Linkage.HALDANE)
    assert problems(crossed) == ["The order of A, B differs between the female and the male map."]


def test_the_usual_loci_have_positions_on_two_maps():
    panel = Panel((locus("vWA", None), locus("D12S391", None), locus("SE33", "6"), locus("D6S1043", None)))
    (group,) = linkage_groups(replace(place_on_map(panel), linkage=Linkage.KOSAMBI))
    assert group.loci == (0, 1)
    assert round(group.male[0], 4) == 0.1172
    by_sex = linkage_groups(replace(place_on_map(panel, GeneticMap.DECODE), linkage=Linkage.HALDANE))
    assert [group.loci for group in by_sex] == [(0, 1), (2, 3)]
    assert [round(f, 4) for f in (*by_sex[0].male, *by_sex[0].female)] == [0.084, 0.1193]
    assert [round(f, 4) for f in (*by_sex[1].male, *by_sex[1].female)] == [0.0302, 0.0611]
