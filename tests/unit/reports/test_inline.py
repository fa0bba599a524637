"""What a notebook shows of results about bones."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from homeward.identification.checking.check import check_case
from homeward.osteology.counting import count_inventory
from homeward.osteology.grouping.evidence import Evidence
from homeward.osteology.grouping.individuals import group_specimens
from homeward.osteology.inventory import AgeClass, Inventory
from homeward.osteology.sorting.explain import explain_pair
from homeward.osteology.sorting.sort import sort_bones
from homeward.osteology.specimens import Side, Specimens
from homeward.osteology.stature import from_reference
from homeward.osteology.stature_regression import BoneMeasurement
from homeward.osteology.stature_results import Subject
from homeward.reports.inline import MOST_SHOWN, show, show_pairs
from tests.planted import plant
from tests.unit.osteology.known_people import made_reference as people_of_known_stature
from tests.unit.osteology.sorting.made_bones import made_people, made_reference

MARKUP = '<b onclick="x">&1'
SVG = "{http://www.w3.org/2000/svg}svg"


def four_bones() -> Inventory:
    return Inventory(
        ids=(MARKUP, "2", "3", "4"),
        elements=("femur", "femur", "femur", "no such bone"),
        sides=(Side.LEFT, Side.RIGHT, Side.LEFT, Side.UNKNOWN),
        zones=(frozenset(),) * 4,
        age_classes=(AgeClass.UNKNOWN,) * 4,
    )


def renamed(specimens: Specimens) -> Specimens:
    return replace(specimens, ids=(MARKUP, *specimens.ids[1:]))


def an_explanation():
    bones = renamed(made_people(3, 1, missing=0)[1])
    return explain_pair(bones, made_reference(30, 2, missing=0), (MARKUP, "P1:humerus:right"))


def a_stature(n_people: int = 1):
    femur = BoneMeasurement("femur", Side.LEFT, "Fem_01")
    people = [Subject(f"{MARKUP} {i}", ((femur, 465.0),)) for i in range(n_people)]
    return from_reference(people, people_of_known_stature(40, 1))


def a_check():
    planted = plant("one profile under two names", 1, mutation="none", n_loci=8, n_families=1)
    family = planted.case.families[0]
    ids = tuple(MARKUP if name == planted.people[0] else name for name in family.pedigree.ids)
    named = replace(family, pedigree=replace(family.pedigree, ids=ids))
    return check_case(replace(planted.case, families=(named,)))


RESULTS = {
    "a check": a_check,
    "a pair": an_explanation,
    "an inventory": four_bones,
    "specimens": lambda: renamed(made_people(3, 1)[1]),
    "numbers": lambda: count_inventory(four_bones(), pairs=[(0, 1)]),
    "groups": lambda: group_specimens(four_bones(), [Evidence(0, 1, "pair", 2.0, MARKUP)]),
    "stature": a_stature,
    "a sorting": lambda: sort_bones(made_people(3, 1)[1], made_reference(30, 2)),
}


@pytest.mark.parametrize("kind", RESULTS)
def test_a_result_is_one_well_formed_fragment_that_loads_nothing(kind):
    inline = show(RESULTS[kind]())
    article = ElementTree.fromstring(inline.html)
    assert (article.tag, article.get("class")) == ("article", "homeward-report")
    assert not re.search(r"<script|\bstyle=|src=|@import|url\((?!#)", inline._repr_html_())
    assert not article.findall(".//b")
    assert inline._repr_html_().startswith("<style>")


@pytest.mark.parametrize("kind", ["a pair", "groups", "stature", "a check"])
def test_names_are_shown_as_they_are_written(kind):
    assert MARKUP in "".join(ElementTree.fromstring(show(RESULTS[kind]()).html).itertext())


@pytest.mark.parametrize("kind", ["a pair", "an inventory", "specimens", "numbers", "stature"])
def test_drawings_stand_in_the_text_and_the_first_can_be_had_alone(kind):
    inline = show(RESULTS[kind]())
    assert inline.drawings
    assert len(ElementTree.fromstring(inline.html).findall(f".//{SVG}")) == len(inline.drawings)
    assert ElementTree.fromstring(inline._repr_svg_()).tag == SVG


def test_a_result_without_a_drawing_has_none_to_show():
    assert show(RESULTS["a sorting"]())._repr_svg_() is None


def test_two_results_on_one_page_share_no_anchor():
    anchors = [
        set(re.findall(r' id="([^"]+)"', show(RESULTS[kind]()).html)) for kind in ("a pair", "numbers", "groups")
    ]
    assert all(anchors)
    assert len(set().union(*anchors)) == sum(map(len, anchors))


def test_every_label_names_an_anchor_of_its_own_fragment():
    for make in RESULTS.values():
        html = show(make()).html
        assert set(re.findall(r'aria-labelledby="([^"]+)"', html)) <= set(re.findall(r' id="([^"]+)"', html))


def test_the_best_pairs_are_shown_by_name_and_the_others_counted():
    bones = renamed(made_people(4, 1, missing=0)[1])
    result = sort_bones(bones, made_reference(30, 2, missing=0))
    n_kept = sum(int(np.count_nonzero(~part.excluded)) for part in result.pairs)
    table = ElementTree.fromstring(show_pairs(result, bones, most=3).html).findall(".//table")[-1]
    assert len(table.findall("tbody/tr")) == 3
    assert f"{n_kept - 3} more are not shown" in table.findtext("caption")


def test_of_many_people_the_first_are_shown():
    article = ElementTree.fromstring(show(a_stature(MOST_SHOWN + 5)).html)
    assert len(article.findall(".//h3")) == MOST_SHOWN
    assert f"{MOST_SHOWN + 5} people; the first {MOST_SHOWN} are shown." in [p.text for p in article.findall("p")]


def test_other_objects_are_refused():
    with pytest.raises(TypeError, match="nothing to show of a str"):
        show("bones")
