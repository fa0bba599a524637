"""The catalogue of bones is complete and agrees with itself."""

import pytest

from homeward.osteology.catalogue import (
    codes_of,
    elements,
    find_element,
    find_measurement,
    joints,
    measurements,
    nearest_elements,
    nearest_measurements,
    zones_of,
)
from homeward.osteology.plausible_sizes import plausible_mm


def test_an_adult_has_206_bones():
    # Single ones as counted in anatomy: occipital and os coxa are whole, and the sternum is one bone, not two.
    merged = {"manubrium", "sternal body"}
    whole = ("occipital", "os coxa", "sternum")
    groups = {one.part_of for one in elements().values() if one.name not in merged and not one.subadult_only}
    single = [e for e in elements().values() if e.name not in groups | merged and not e.subadult_only]
    assert all(name in {e.name for e in single} for name in whole)
    assert sum(e.number_on_a_side * (2 if e.paired else 1) for e in single) == 206


def test_every_name_that_refers_to_an_element_names_one():
    known = set(elements())
    assert {one.part_of for one in elements().values()} - {""} <= known
    assert {one.element for one in measurements().values()} <= known
    assert {name for joint in joints() for name in (joint.first, joint.second)} <= known


def test_groups_hold_as_many_bones_as_they_say():
    for group, n in (("metacarpal", 5), ("rib", 12), ("thoracic vertebra", 12), ("proximal hand phalanx", 5)):
        members = [one for one in elements().values() if one.part_of == group]
        assert len(members) == n == elements()[group].number_on_a_side
        assert all(one.paired == elements()[group].paired for one in members)


def test_measurements_that_meet_in_a_joint_are_of_its_elements():
    measured = [joint for joint in joints() if joint.first_code]
    assert len(measured) == 6
    for joint in measured:
        assert measurements()[joint.first_code].element == joint.first
        assert measurements()[joint.second_code].element == joint.second
        assert joint.source


def test_codes_begin_with_the_prefix_of_their_element():
    for one in measurements().values():
        assert one.code.split("_")[0] == elements()[one.element].code_prefix
    assert codes_of("humerus") == tuple(f"Hum_{i:02}" for i in range(1, 10))


def test_all_measurements_but_one_angle_are_in_millimetres():
    assert {one.code for one in measurements().values() if one.unit != "mm"} == {"Man_10"}


def test_a_member_of_a_group_has_the_zones_of_the_group():
    assert [zone.name for zone in zones_of("lumbar vertebra 3")] == ["centrum", "neural arch"]
    assert [zone.name for zone in zones_of("femur")] == [
        *("proximal end", "proximal third", "middle third", "distal third", "distal end")
    ]
    assert {zone.source for zone in zones_of("femur")} == {"Buikstra & Ubelaker 1994"}
    assert zones_of("patella") == zones_of("no such bone") == ()


def test_names_are_found_whatever_their_case_and_near_ones_are_offered():
    assert find_element("OS_COXA").name == "os coxa"
    assert find_element("humrus") is None
    assert nearest_elements("humrus")[0] == "humerus"
    assert find_measurement("hum_01").code == "Hum_01"
    assert nearest_measurements("Humm_01")[0] == "Hum_01"


@pytest.mark.parametrize(
    ("code", "usual", "slips"),
    [("Hum_01", (280, 380), (33.1, 3310, 0.331)), ("Fem_04", (38, 56), (4.8, 480)), ("Tib_05", (18, 33), (2.5, 250))],
)
def test_plausible_ranges_hold_adults_and_no_value_ten_times_off(code, usual, slips):
    one = plausible_mm(code)
    assert all(one.smallest < value < one.largest for value in usual)
    assert not any(one.smallest <= value <= one.largest for value in slips)


def test_no_value_is_plausible_in_two_units():
    ranges = [one for code in measurements() if (one := plausible_mm(code))]
    assert len(ranges) == 123
    assert all(one.largest / one.smallest < 10 for one in ranges)
    assert all(one.n >= 30 for one in ranges)
    assert plausible_mm("Cra_01") is None
