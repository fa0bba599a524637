"""The family structures: who is in them, and that the documentation lists them as they are."""

import re
from pathlib import Path

import numpy as np
import pytest

from homeward.genetics.pedigree import Sex, blood_relatives
from homeward.genetics.simulation.structures import STRUCTURES, FamilyStructure

DOCUMENTATION = Path(__file__).parents[4] / "docs" / "simulation.md"
of_each_structure = pytest.mark.parametrize("structure", STRUCTURES, ids=lambda structure: structure.name)


def test_names_are_unique_and_shares_add_up():
    assert len({structure.name for structure in STRUCTURES}) == len(STRUCTURES)
    assert sum(structure.weight for structure in STRUCTURES) == pytest.approx(100)
    assert {len(structure.donors) for structure in STRUCTURES} == {1, 2, 3, 4, 5}
    assert {len(structure.missing) for structure in STRUCTURES} == {1, 2}


def test_the_documentation_lists_every_structure_with_its_donors_and_share():
    rows = re.findall(r"^\| ([^|]+) \| (\d) \| (\d) \| ([\d.]+) % \|$", DOCUMENTATION.read_text("utf-8"), flags=re.M)
    documented = [(name, int(missing), int(donors), float(share)) for name, missing, donors, share in rows]
    assert documented == [(of.name, len(of.missing), len(of.donors), of.weight) for of in STRUCTURES]


@of_each_structure
def test_people_are_numbered_without_gaps_and_each_has_a_known_role(structure):
    for letter in "MR":
        numbers = [int(person[1:]) for person in structure.people if person[0] == letter]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert {person[0] for person in structure.people} <= set("MRN")


@of_each_structure
def test_every_donor_is_a_blood_relative_of_the_missing_or_a_partner_who_has_children_with_one(structure):
    pedigree = structure.pedigree()
    missing = [pedigree.position(person) for person in structure.missing]
    relatives = {person for lost in missing for person in blood_relatives(pedigree.parent_rows, lost)}
    partners = {
        int(parent) for lost in missing for child in pedigree.children(lost) for parent in pedigree.parents[child]
    }
    assert {pedigree.position(donor) for donor in structure.donors} <= relatives | partners


@of_each_structure
def test_a_missing_woman_with_children_is_their_mother(structure):
    men, women = structure.pedigree(), structure.pedigree(structure.missing)
    assert men.ids == women.ids
    assert np.array_equal(np.sort(men.parents, axis=1), np.sort(women.parents, axis=1))
    for person in structure.missing:
        position = men.position(person)
        for pedigree, column, sex in ((men, 0, Sex.MALE), (women, 1, Sex.FEMALE)):
            children = pedigree.children(position)
            assert (pedigree.parents[children, column] == position).all()
            assert pedigree.sex[position] == (sex if children else Sex.UNKNOWN)


def test_a_structure_of_ones_own_is_read_from_its_relations():
    structure = FamilyStructure(
        "uncle and grandchild", "N3 = N1 + N2; R1 = N1 + N2; M1 = N3 + N4; N6 = M1 + N5; R2 = N6 + N7", 1
    )
    pedigree = structure.pedigree()
    assert (structure.missing, structure.donors) == (("M1",), ("R1", "R2"))
    assert [pedigree.ids[parent] for parent in pedigree.parents[pedigree.position("M1")]] == ["N3", "N4"]
