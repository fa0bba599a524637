from dataclasses import replace

import pytest

from homeward.genetics.case import Case, Population
from homeward.genetics.linkage.recombination import Linkage, NeighbourFractions
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import make_profiles
from homeward.identification.assumptions import assumption_notes
from tests.families import locus

PANEL = Panel((locus("L0", {"8": 0.5, "9": 0.5}), locus("L1", {"8": 0.5, "9": 0.5})))
MAPPED = Panel(tuple(replace(one, chromosome="3", position_cm=float(i)) for i, one in enumerate(PANEL.loci)))
INDEPENDENT = "All loci were taken as independent: linkage counts in 'homeward kinship' only."


def case(panel, **fields):
    return Case("case", panel, make_profiles((), len(panel)), **fields)


@pytest.mark.parametrize(
    "panel",
    [
        MAPPED,
        replace(MAPPED, linkage=Linkage.KOSAMBI),
        replace(PANEL, recombination=(NeighbourFractions("L0", "L1", 0.1, 0.1),)),
    ],
)
def test_a_case_with_a_genetic_map_is_told_that_its_loci_were_taken_as_independent(panel):
    assert assumption_notes(case(panel)) == [INDEPENDENT]


@pytest.mark.parametrize("panel", [PANEL, replace(MAPPED, linkage=Linkage.NONE)])
def test_nothing_is_said_without_a_map_or_where_linkage_is_switched_off(panel):
    assert assumption_notes(case(panel)) == []


def test_the_population_that_was_used_is_named_with_the_others():
    populations = tuple(Population(name, PANEL) for name in ("Inland", "Islands"))
    (note,) = assumption_notes(case(PANEL, populations=populations, population="Islands"))
    assert note == "Worked out with the frequencies of the population Islands; the case also has Inland."
