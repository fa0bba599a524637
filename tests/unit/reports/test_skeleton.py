"""The drawing of the skeleton: every bone has a place, a colour and words."""

import re
from xml.etree import ElementTree

import pytest

from homeward.core.errors import InputError
from homeward.osteology.catalogue import elements
from homeward.osteology.specimens import Side
from homeward.reports.skeleton import NONE, STATE_COLOURS, draw_skeleton_counts, draw_skeleton_states
from homeward.reports.skeleton_shapes import HEIGHT, WIDTH, shapes

SVG = "{http://www.w3.org/2000/svg}"


def bones(svg: str) -> dict[str, tuple[str, str]]:
    """Title and colour of each bone by its name."""
    found = {}
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        last = group.findall(f"{SVG}path")[-1]
        colour = last.get("stroke") if last.get("fill") == "none" else last.get("fill")
        found[group.get("data-bone")] = (group.findtext(f"{SVG}title"), colour)
    return found


def description(svg: str) -> str:
    return ElementTree.fromstring(svg).findtext(f"{SVG}desc")


def test_every_bone_of_an_adult_has_one_place_on_each_side():
    drawn = {(shape.element, shape.side) for shape in shapes()}
    assert len(drawn) == len(shapes())
    # 206, but for the six small bones of the ears and the bones of the skull, which are drawn as one, and with the
    # sternum in two parts: 206 - 6 - 20 + 1.
    assert len(drawn) == 181
    for element, side in drawn:
        assert (side is Side.AXIAL) != elements()[element].paired


def test_nothing_is_drawn_outside_the_picture():
    for shape in shapes():
        if "h" not in shape.path:
            numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", shape.path)]
            assert 0 < min(numbers[::2]) < max(numbers[::2]) < WIDTH
            assert 0 < min(numbers[1::2]) < max(numbers[1::2]) < HEIGHT


def test_the_right_side_of_the_person_is_on_our_left():
    where = {shape.side: float(shape.path.split()[1]) for shape in shapes() if shape.element == "humerus"}
    assert where[Side.RIGHT] < WIDTH / 2 < where[Side.LEFT]
    assert where[Side.RIGHT] + where[Side.LEFT] == pytest.approx(WIDTH)


def test_bones_are_darker_the_more_there_are_and_white_where_there_are_none():
    drawn = bones(draw_skeleton_counts({("femur", Side.LEFT): 5, ("tibia", Side.LEFT): 1, ("tibia", Side.RIGHT): 0}))
    assert drawn["left femur"] == ("left femur: 5", "#0b4f6c")
    assert drawn["left tibia"] == ("left tibia: 1", "#d6e6f0")
    assert drawn["right tibia"] == ("right tibia: none", NONE)


def test_a_group_colours_each_of_its_bones_by_its_share_and_a_part_the_whole():
    svg = draw_skeleton_counts({("rib", Side.LEFT): 13, ("ilium", Side.RIGHT): 2, ("parietal", Side.LEFT): 3})
    drawn = bones(svg)
    # 13 ribs of a side are of two people at least.
    assert drawn["left rib 7"] == ("left rib 7: left rib 13", "#709aae")
    assert drawn["right rib 7"][1] == NONE
    assert drawn["right os coxa"][0] == "right os coxa: right ilium 2"
    assert drawn["left os coxa"][1] == NONE
    assert drawn["cranium"][0] == "cranium: left parietal 3"


def test_what_has_no_place_is_listed_below_and_in_the_description():
    svg = draw_skeleton_counts({("rib", Side.UNKNOWN): 3, ("malleus", Side.LEFT): 1})
    said = "Not drawn: rib, side unknown: 3; left malleus: 1."
    assert said in svg.split("</desc>")[1]
    assert description(svg) == f"No bones. {said}"


def test_the_description_names_every_bone_that_is_there():
    assert description(draw_skeleton_counts({("femur", Side.LEFT): 5, ("sacrum", Side.AXIAL): 2})) == (
        "sacrum: 2; left femur: 5."
    )


def test_states_have_a_colour_each_and_groups_lend_theirs():
    svg = draw_skeleton_states(
        {("femur", Side.LEFT): "complete", ("rib", Side.LEFT): "fragment", ("rib 2", Side.LEFT): "complete"},
        ["complete", "fragment"],
    )
    drawn = bones(svg)
    assert drawn["left femur"] == ("left femur: complete", STATE_COLOURS[0])
    assert drawn["left rib 1"] == ("left rib 1: fragment", STATE_COLOURS[1])
    assert drawn["left rib 2"] == ("left rib 2: complete", STATE_COLOURS[0])
    assert drawn["right femur"] == ("right femur: nothing recorded", NONE)


def test_the_drawing_needs_no_style_no_script_and_no_other_file():
    svg = draw_skeleton_counts({("femur", Side.LEFT): 1}, title="Box <3> & more\x00")
    assert not re.search(r"style=|<script|<style|href|url\(", svg)
    assert ElementTree.fromstring(svg).findtext(f"{SVG}title") == "Box <3> & more\N{REPLACEMENT CHARACTER}"
    assert 'fill="#ffffff"' in svg.split("</desc>")[1].split("/>")[0]


def test_unknown_elements_and_states_are_refused():
    with pytest.raises(InputError, match="There is no element 'humrus'"):
        draw_skeleton_counts({("humrus", Side.LEFT): 1})
    with pytest.raises(InputError, match="burnt"):
        draw_skeleton_states({("femur", Side.LEFT): "burnt"}, ["complete"])
    with pytest.raises(InputError, match="7 states are given"):
        draw_skeleton_states({}, list("abcdefg"))
