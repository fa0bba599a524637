"""Words that carry meaning: what is taken for the same, and what is not."""

import pytest

from homeward.web.review.meaning import as_written, denies, numbers_in, words_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The boxes were returned.", "return of a box"),
        ("It identifies bodies.", "a body was identified"),
        ("America’s soldiers", "U.S. soldier"),
        ("the DPRK", "North Korea"),
        ("They don’t move transfer cases.", "moved transfer case"),
    ],
)
def test_endings_and_names_of_one_thing_make_no_difference(one, other):
    assert words_in(one) == words_in(other)


def test_common_words_carry_no_meaning():
    assert words_in("It was said that they had been there before.") == frozenset()


@pytest.mark.parametrize(
    "text", ["They did not come.", "They didn’t come.", "Nobody came.", "It refused.", "He denies it."]
)
def test_a_denial_is_told_from_its_opposite(text):
    assert denies(text)
    assert not denies("They came, and nothingness was noted.")


def test_numbers_are_the_same_in_digits_and_in_words():
    assert numbers_in("Three of 7,697 boxes") == numbers_in("3 of 7697.") == {"3", "7697"}
    assert numbers_in("K208 and the 24th") == frozenset()


def test_words_are_shown_as_they_were_written_each_once():
    assert as_written(words_in("remain box"), "Remains in boxes, and the remains of others") == [
        "Remains",
        "boxes",
        "remains",
    ]
