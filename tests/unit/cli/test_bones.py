"""The commands inventory and group."""

from __future__ import annotations

import json
import re

import pytest

from tests.unit.cli.documentation import documented

INVENTORY = """id,element,side,zones,age_class,box,pair
1,humerus,left,1+2,adult,A,p
2,humerus,right,1,adult,B,p
3,humerus,left,1,adult,B,
4,femur,left,,subadult,A,
5,tibia,left,,,B,
6,<b>fibula,left,,,B,
"""
EVIDENCE = """a,b,kind,log10_lr,reason
1,2,pair,1.5,lengths alike
3,2,pair,1.2,
1,4,articulation,2,
1,5,articulation,0.4,
5,6,refit,must,
3,5,dna,cannot,
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "bones.csv").write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "evidence.csv").write_text(EVIDENCE, encoding="utf-8")
    (tmp_path / "pairs.csv").write_text("left,right\n3,2\n", encoding="utf-8")
    return tmp_path


def test_inventory_prints_one_json_object_with_exactly_the_documented_keys(homeward, files):
    done = homeward("inventory", files / "bones.csv", "--by", "box", "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    heading = "## `homeward inventory`"
    assert set(document) == documented(heading)
    assert set(document["case"]) == documented(heading, "### `case` of bones")
    assert set(document["elements"][0]) == documented(heading, "### `elements` of bones")
    assert set(document["mni"]) == documented(heading, "### `mni`")
    assert set(document["mni"]["counts"][0]) == documented(heading, "Each count of zones:")
    assert set(document["pairs"]) == documented(heading, "### `pairs` of an inventory")
    assert set(document["pairs"]["elements"][0]) == documented(heading, "Each element with pairs:")
    assert set(document["pairs"]["posterior"]) == documented(heading, "### `posterior` of a number")
    assert set(document["divisions"][0]) == documented(heading, "### `divisions`")
    assert set(document["divisions"][0]["places"][0]) == documented(heading, "Each place:")
    (humerus,) = [one for one in document["pairs"]["elements"] if one["element"] == "humerus"]
    assert (humerus["left"], humerus["right"], humerus["pairs"], humerus["grand_minimum"]) == (2, 1, 1, 2)
    assert (document["mni"]["value"], humerus["paired"]) == (3, [["1", "2"]])


def test_pairs_of_a_table_go_before_those_of_a_column(homeward, files):
    done = homeward("inventory", files / "bones.csv", "--pairs", files / "pairs.csv", "--json", "--prior", "once")
    (paired,) = [one["paired"] for one in json.loads(done.out)["pairs"]["elements"] if one["pairs"]]
    assert paired == [["3", "2"]]


def test_group_prints_one_json_object_with_exactly_the_documented_keys(homeward, files):
    done = homeward("group", files / "bones.csv", "--evidence", files / "evidence.csv", "--json")
    assert (done.code, done.err) == (0, "")
    document = json.loads(done.out)
    heading = "## `homeward group`"
    assert set(document) == documented(heading)
    for part in ("groups", "places", "parts"):
        assert {key for one in document[part] for key in one} == documented(heading, f"### `{part}` of bones")
    assert set(document["not_followed"][0]) == documented(heading, "### Findings")
    # The subadult femur cannot go with an adult, so the 2 to 1 for it counts for nothing.
    assert [[one["id"] for one in group["specimens"]] for group in document["groups"]] == [
        ["1", "2", "5", "6"],
        ["3"],
        ["4"],
    ]
    assert document["log10_lr"] == pytest.approx(1.9)
    assert document["exact"] is True
    (place,) = [one for one in document["places"] if one["specimen"] == "5"]
    assert (place["moving"], place["uncertain"], place["loss"]) == (["6"], True, pytest.approx(0.4))


def test_a_prior_for_many_people_undoes_weak_links(homeward, files):
    done = homeward("group", files / "bones.csv", "--evidence", files / "evidence.csv", "--people", 11, "--json")
    document = json.loads(done.out)
    assert document["prior_log10_odds"] == -1.0
    assert [len(group["specimens"]) for group in document["groups"]] == [2, 2, 1, 1]


@pytest.mark.parametrize(
    "arguments", [("inventory", "bones.csv", "--by", "box"), ("group", "bones.csv", "--evidence", "evidence.csv")]
)
def test_a_report_is_one_file_that_loads_nothing_and_escapes_names(homeward, files, arguments, monkeypatch):
    monkeypatch.chdir(files)
    done = homeward(*arguments, "--out", "results")
    assert done.code == 0, done.err
    assert "Written: " in done.out
    page = (files / "results" / "report.html").read_text(encoding="utf-8")
    assert page.count("<h1>") == 1
    assert not re.search(r"<script|\bstyle=|\bon\w+=|src=|@import|url\((?!#)", page)
    assert "<b>fibula" not in page
    assert "DNA identification report" not in page
    assert ("<svg" in page) == (arguments[0] == "inventory")
    json.loads((files / "results" / "result.json").read_text(encoding="utf-8"))


def test_the_terminal_shows_the_numbers_and_what_they_rest_on(homeward, files):
    done = homeward("inventory", files / "bones.csv", "--by", "box")
    assert "6 specimens: at least 3 people." in done.out
    assert "MNI rests on: humerus of adults, 1: 2 (1, 3)" in done.out
    assert "MNI if commingled 3; if nobody lies in two places 3." in done.out


def test_bad_input_ends_with_every_problem_and_code_2(homeward, files):
    (files / "evidence.csv").write_text("a,b,log10_lr\n1,3,must\n5,77,1\n", encoding="utf-8")
    done = homeward("group", files / "bones.csv", "--evidence", files / "evidence.csv")
    assert (done.code, done.out) == (2, "")
    assert "There is no specimen '77'." in done.err
    (files / "evidence.csv").write_text("a,b,log10_lr\n1,3,must\n", encoding="utf-8")
    done = homeward("group", files / "bones.csv", "--evidence", files / "evidence.csv")
    assert "a person has only one: left humerus, zone 1" in done.err
    done = homeward("inventory", files / "bones.csv", "--by", "site", "--pairs", files / "evidence.csv")
    assert done.code == 2
    assert "no column 'site'" in done.err
    assert "'3' is no right bone: it is left humerus." in done.err


def test_a_bone_that_the_catalogue_does_not_know_is_named(homeward, files):
    done = homeward("inventory", files / "bones.csv")
    assert "Not in the catalogue, so a person is taken to have one on a side: <b>fibula." in " ".join(done.out.split())
