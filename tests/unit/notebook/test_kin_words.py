"""Families in sentences."""

from __future__ import annotations

import pytest

from homeward.core.errors import InputError
from homeward.notebook import pedigree


def problems_of(text: str) -> list[str]:
    with pytest.raises(InputError) as raised:
        pedigree(text)
    return [f"{problem.where}: {problem.what}" for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("text", "a", "b", "words"),
    [
        ("Anna is mother of Ben", "Anna", "Ben", "mother and child"),
        ("Ben is Anna's son; Anna is female", "Ben", "Anna", "son and mother"),
        ("Ben and Carl are full siblings", "Ben", "Carl", "full siblings"),
        ("Ben is brother of Carl", "Ben", "Carl", "full siblings"),
        ("Ben and Carl are paternal half siblings", "Ben", "Carl", "paternal half siblings"),
        ("Ben and Carl are maternal half-brothers", "Ben", "Carl", "maternal half siblings"),
        ("Dora is the paternal aunt of Ben", "Dora", "Ben", "aunt and nephew/niece"),
        ("Ben is a maternal nephew of Dora. Dora is a woman.", "Ben", "Dora", "nephew and aunt"),
        ("Gus is maternal grandfather of Ben", "Gus", "Ben", "grandfather and grandchild"),
        ("Ben is paternal grandson of Gus; Gus is male", "Ben", "Gus", "grandson and grandfather"),
        ("Ben and Carl are maternal first cousins", "Ben", "Carl", "first cousins"),
        ("Ben and Carl are identical twins", "Ben", "Carl", "identical twins"),
        ("Ben and Eva are unrelated", "Ben", "Eva", "unrelated"),
        ("Ben is unrelated to Eva", "Ben", "Eva", "unrelated"),
        ("Gus and Anna are parents of Ben, Carl and Dora; Gus is husband of Anna", "Carl", "Dora", "full siblings"),
        (
            "Ben is child of Gus and Anna; Gus is male; Carl is child of Gus and Eva",
            "Ben",
            "Carl",
            "paternal half siblings",
        ),
        ("Ben, Carl and Dora are sisters", "Carl", "Dora", "full siblings"),
    ],
)
def test_a_sentence_makes_the_relationship_that_it_says(text, a, b, words):
    assert pedigree(text).relationship(a, b) == words


def test_sentences_may_come_in_any_order():
    sentences = [
        "Dora is paternal aunt of Ben",
        "Gus is Dora's father",
        "Ben and Carl are full siblings",
        "Anna is mother of Carl",
    ]
    forward, backward = pedigree("; ".join(sentences)), pedigree("\n".join(reversed(sentences)))
    pairs = [("Anna", "Ben"), ("Gus", "Carl"), ("Dora", "Carl"), ("Gus", "Anna")]
    assert [forward.relationship(*pair) for pair in pairs] == [backward.relationship(*pair) for pair in pairs]
    assert forward.relationship("Gus", "Carl") == "grandfather and grandchild"


def test_everything_that_is_not_understood_is_named_with_its_sentence():
    assert problems_of("Anna gave birth to Ben; Ben is zorb of Carl; Ben is brother") == [
        "sentence 1, 'Anna gave birth to Ben': This is not understood.",
        "sentence 2, 'Ben is zorb of Carl': The relationship 'zorb' is not understood.",
        "sentence 3, 'Ben is brother': It is not said of whom.",
    ]


@pytest.mark.parametrize("word", ["aunt", "grandfather", "half brother", "first cousin", "niece"])
def test_a_relationship_that_has_two_sides_needs_one(word):
    (problem,) = problems_of(f"Anna is {word} of Ben")
    assert problem.endswith("does not say on which side.")


def test_two_mothers_are_a_contradiction():
    assert problems_of("Anna is mother of Ben; Eva is mother of Ben") == [
        "sentence 2, 'Eva is mother of Ben': Anna and Eva would be the same person."
    ]


def test_two_sexes_are_a_contradiction():
    assert problems_of("Anna is mother of Ben; Anna is male") == [
        "sentence 2, 'Anna is male': Anna would be male and female."
    ]


def test_half_siblings_with_both_parents_in_common_are_a_contradiction():
    (problem,) = problems_of("A and B are paternal half siblings; M is mother of A; M is mother of B")
    assert "said to be half siblings" in problem


def test_people_said_to_be_unrelated_are_checked_against_the_rest():
    (problem,) = problems_of("Anna is mother of Ben; Anna and Ben are unrelated")
    assert (
        problem
        == "sentence 2, 'Anna and Ben are unrelated': By the other sentences, Anna and Ben are mother and child."
    )


def test_a_parent_of_unknown_sex_is_asked_about():
    (problem,) = problems_of("Kim is parent of Ben")
    assert problem.endswith("It is not said whether Kim is father or mother of Ben.")


def test_twins_of_two_eggs_are_not_taken_for_one():
    (problem,) = problems_of("Ben and Carl are twins")
    assert problem.endswith("The relationship 'twins' is not understood.")


def test_somebody_cannot_be_their_own_ancestor():
    (problem,) = problems_of("A is father of B; B is father of A")
    assert "their own ancestor" in problem
