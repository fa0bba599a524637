"""Minimum numbers of individuals."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.osteology.counting import count_inventory
from homeward.osteology.inventory import AgeClass, count_elements, inventory_of
from homeward.osteology.minimum_numbers import minimum_number
from homeward.osteology.pair_numbers import numbers_together, pair_numbers
from homeward.osteology.specimens import Side, Specimens
from tests.examples import examples
from tests.unit.osteology.assemblages import inventory_from, simulated


def test_the_commoner_side_counts():
    found = minimum_number(inventory_from("a,femur,L b,femur,L c,femur,R d,tibia,R"))
    assert found.value == 2
    (rests_on,) = found.rests_on
    assert (rests_on.element, rests_on.sides, rests_on.specimens) == ("femur", (Side.LEFT,), (0, 1))


def test_fragments_of_different_zones_may_be_one_bone():
    assert minimum_number(inventory_from("a,femur,L,1+2 b,femur,L,3 c,femur,L,4+5")).value == 1
    assert minimum_number(inventory_from("a,femur,L,1+2 b,femur,L,2+3 c,femur,L,3+4")).value == 2


def test_a_whole_bone_counts_in_every_zone_and_one_without_zones_in_none():
    assert minimum_number(inventory_from("a,femur,L,whole b,femur,L,3 c,femur,L")).value == 2


def test_adults_and_subadults_are_counted_apart():
    found = minimum_number(inventory_from("a,femur,L,,a b,femur,R,,s c,tibia,L,,a"))
    assert (found.value, found.everybody, found.by_age) == (2, 1, 2)
    assert {count.age_class for count in found.rests_on} == {AgeClass.ADULT, AgeClass.SUBADULT}


def test_bones_of_unknown_age_can_be_anybodys():
    found = minimum_number(inventory_from("a,femur,L,,a b,femur,L c,femur,L,,s d,femur,L"))
    assert (found.value, found.everybody, found.by_age) == (4, 4, 2)


def test_two_femora_of_unknown_side_can_be_one_person_and_three_cannot():
    assert minimum_number(inventory_from("a,femur,? b,femur,?")).value == 1
    assert minimum_number(inventory_from("a,femur,? b,femur,? c,femur,L")).value == 2


def test_thirteen_left_ribs_are_two_people():
    assert minimum_number(inventory_from(" ".join(f"r{i},rib,L" for i in range(12)))).value == 1
    assert minimum_number(inventory_from(" ".join(f"r{i},rib,L" for i in range(13)))).value == 2


def test_two_skulls_are_two_people():
    assert minimum_number(inventory_from("a,cranium,A b,cranium,A")).value == 2


def test_nothing_is_nobody():
    found = minimum_number(inventory_from(""))
    assert (found.value, found.counts, found.rests_on) == (0, (), ())


@settings(max_examples=examples(60), deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 15), st.booleans())
def test_a_minimum_is_never_more_than_the_people_there_were(seed, n_people, fragments):
    inventory, owners, pairs = simulated(np.random.default_rng(seed), n_people, fragments=fragments)
    seen = len(set(owners.tolist()))
    assert minimum_number(inventory).value <= seen
    if not fragments:
        together = numbers_together(inventory, pairs)
        assert minimum_number(inventory).value <= together.grand_minimum <= seen
        for one in together.elements:
            bones = set(one.lefts) | set(one.rights)
            assert one.grand_minimum == len({owners[i] for i in bones})


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_the_order_of_the_lines_changes_no_number(seed):
    rng = np.random.default_rng(seed)
    inventory, _, _ = simulated(rng, 8, fragments=True)
    from homeward.osteology.inventory import choose_inventory

    other = choose_inventory(inventory, rng.permutation(len(inventory)).tolist())
    here, there = minimum_number(inventory), minimum_number(other)
    assert here.value == there.value
    assert [(c.element, c.zone, c.minimum) for c in here.counts] == [
        (c.element, c.zone, c.minimum) for c in there.counts
    ]
    assert count_elements(inventory) == count_elements(other)


def test_pairs_are_counted_in_the_zone_that_most_specimens_show():
    inventory = inventory_from("a,femur,L,1+2 b,femur,L,2 c,femur,R,2 d,femur,R,1 e,tibia,L")
    femur, tibia = pair_numbers(inventory, [(0, 2)])
    assert (femur.zone, femur.lefts, femur.rights, femur.pairs) == ("2", (0, 1), (2,), ((0, 2),))
    assert femur.grand_minimum == 2
    assert (tibia.grand_minimum, tibia.posterior) == (1, None)


def test_ribs_have_no_pair_numbers():
    assert pair_numbers(inventory_from("a,rib,L b,rib,R"), [(0, 1)]) == ()


def test_places_are_counted_by_themselves_and_together():
    inventory = inventory_from("a,femur,L b,femur,R c,tibia,L d,tibia,L", box=("1", "2", "2", ""))
    (division,) = count_inventory(inventory, pairs=[(0, 1)], by=["box"]).divisions
    assert [(one.place, one.minimum.value) for one in division.places] == [("1", 1), ("2", 1), ("not given", 1)]
    assert (division.if_commingled, division.if_apart) == (2, 3)
    assert [len(one.pairs.elements[0].pairs) for one in division.places] == [0, 0, 0]


def test_every_problem_with_pairs_and_columns_is_said_at_once():
    inventory = inventory_from("a,femur,L b,femur,R c,tibia,R d,femur,R")
    with pytest.raises(InputError) as caught:
        count_inventory(inventory, pairs=[(0, 1), (0, 3), (0, 2), (1, 0)], by=["box"])
    said = str(caught.value)
    assert "no column 'box'" in said
    assert "a (left femur) is also paired with b (right femur)" in said
    assert "two bones of one element" in said
    assert "A pair is a left and a right bone." in said


def test_a_bone_given_twice_is_refused_by_name():
    specimens = Specimens(("1", "1", "1"), ("femur",) * 3, (Side.LEFT, Side.RIGHT, Side.LEFT), (), np.empty((3, 0)))
    with pytest.raises(InputError, match=r"specimen 1 \(left femur\): This bone is given 2 times"):
        inventory_of(specimens)


def test_boxes_of_specimens_become_a_column():
    specimens = Specimens(("1", "2"), ("femur",) * 2, (Side.LEFT, Side.RIGHT), (), np.empty((2, 0)), ("A", "B"))
    assert inventory_of(specimens).columns == {"group": ("A", "B")}
