"""Pedigrees built and changed step by step."""

from __future__ import annotations

import re

import pytest

from homeward.core.errors import InputError
from homeward.notebook import (
    avuncular,
    cousins,
    grandparent,
    half_siblings,
    identical_twins,
    parent_child,
    pedigree,
    pedigree_from_rows,
    siblings,
    trio,
    unrelated,
)


@pytest.mark.parametrize(
    ("tree", "pair", "kappa"),
    [
        (trio(), ("father", "child"), (0.0, 1.0, 0.0)),
        (parent_child(), ("parent", "child"), (0.0, 1.0, 0.0)),
        (siblings(), ("A", "B"), (0.25, 0.5, 0.25)),
        (half_siblings(), ("A", "B"), (0.5, 0.5, 0.0)),
        (half_siblings(shared="mother"), ("A", "B"), (0.5, 0.5, 0.0)),
        (identical_twins(), ("A", "B"), (0.0, 0.0, 1.0)),
        (grandparent(), ("grandparent", "grandchild"), (0.5, 0.5, 0.0)),
        (avuncular(), ("uncle", "nephew"), (0.5, 0.5, 0.0)),
        (cousins(), ("A", "B"), (0.75, 0.25, 0.0)),
        (cousins(1, 1, side="maternal"), ("A", "B"), (0.875, 0.125, 0.0)),
        (cousins(2), ("A", "B"), (0.9375, 0.0625, 0.0)),
        (cousins(half=True), ("A", "B"), (0.875, 0.125, 0.0)),
        (cousins(0), ("A", "B"), (0.25, 0.5, 0.25)),
        (unrelated(), ("A", "B"), (1.0, 0.0, 0.0)),
    ],
)
def test_ready_made_pedigrees_share_what_the_textbooks_say(tree, pair, kappa):
    assert tree.kappa(*pair) == kappa


def test_steps_say_the_same_as_sentences():
    steps = pedigree().woman("Anna").child("Ben", mother="Anna").sibling("Carl", of="Ben").man("Eva's friend")
    words = pedigree("Anna is mother of Ben; Ben and Carl are full siblings")
    assert steps.relationships() == words.relationships()


def test_every_step_leaves_the_tree_before_it_as_it_was():
    tree = trio()
    tree.sibling("uncle", of="father")
    assert tree.people == ("child", "father", "mother")


def test_parents_take_the_place_of_parents_without_a_name():
    tree = siblings("A", "B").parents("A", father="F")
    assert tree.relationship("F", "B") == "father and child"


def test_whoever_is_removed_leaves_the_others_related():
    tree = pedigree("Gus is father of Anna and Ben; Anna and Ben are full siblings").remove("Gus")
    assert tree.people == ("Anna", "Ben")
    assert tree.relationship("Anna", "Ben") == "full siblings"


def test_whoever_joins_nobody_is_removed_without_a_trace():
    assert [row["person"] for row in trio().remove("father", "mother").rows()] == ["child"]


def test_a_new_name_goes_everywhere():
    tree = trio().rename({"child": "Ben"})
    assert tree.relationship("father", "Ben") == "father and child"


def test_rows_come_back_as_they_went_in():
    rows = trio("C", "F", "M").person("C", "female").rows()
    assert pedigree_from_rows(rows).rows() == rows


def test_twins_from_one_egg_come_from_rows():
    rows = [{"person": "A"}, {"person": "B"}]
    assert pedigree_from_rows(rows, twins=[("A", "B")]).relationship("A", "B") == "identical twins"


def test_a_kinship_coefficient_is_half_that_of_the_parent():
    assert trio().kinship_coefficient("father", "child") == 0.25


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (lambda: trio().relationship("father", "Ben"), "There is no person 'Ben'."),
        (lambda: trio().remove("Ben"), "There is no person 'Ben'."),
        (lambda: trio().rename({"Ben": "Carl"}), "There is no person 'Ben'."),
        (lambda: trio().rename({"child": "father"}), "Two people would be called 'father'."),
        (lambda: pedigree().child("Ben"), "No parent of Ben is given."),
        (lambda: pedigree().person("Ben", "man"), "'man' is no sex."),
        (lambda: siblings().half_sibling("C", of="A", shared="uncle"), "'uncle' is no parent."),
        (lambda: cousins(-1), "Degree and removal are 0 or more."),
        (lambda: trio().parents("child", father="Gus"), "father and Gus would be the same person."),
        (
            lambda: pedigree_from_rows([{"person": "A", "father": "F"}]),
            "The father 'F' is not in the pedigree.",
        ),
        (
            lambda: pedigree("A and B are full siblings; C is child of A and B; A is male").kappa("C", "A"),
            "C or A is inbred.",
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(wrong, what):
    with pytest.raises(InputError) as raised:
        wrong()
    assert [problem.what for problem in raised.value.problems] == [what]


def test_text_and_drawing_show_a_tree():
    tree = pedigree("Anna is mother of Ben")
    assert str(tree) == "Pedigree of Anna, Ben\nAnna and Ben: mother and child"
    assert "<svg" in tree._repr_html_()


def test_a_name_cannot_bring_markup_into_a_drawing():
    html = pedigree().child('<b onclick="x">', mother="Anna")._repr_html_()
    assert not re.search(r"<b[ >]", html)
