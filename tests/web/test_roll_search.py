"""Finding people of the roll: in any script and spelling, by number, unit, incident and place, and why."""

from datetime import date

import pytest

from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.reader import Reader
from homeward.web.roll.finding import Sought, find, read_question
from homeward.web.roll.hits import hits
from homeward.web.roll.models import MissingName, MissingPerson, SearchKey
from homeward.web.roll.search_keys import rebuild
from homeward.web.roll.spellings import sound_of
from tests.web.roll_rows import enter_roll, lose, name_of, number_of


@pytest.fixture
def roll(everybody):
    enter_roll(everybody)
    return everybody


def found(user, words, as_of=AsOf(), **filters):
    reader = Reader(user, as_of)
    page = find(reader, Sought(words=words, **filters))
    return [hit.person.code for hit in hits(page.people, read_question(words), reader)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("smith", "smyth"), ("smith", "schmidt"), ("kowalski", "kovalsky"), ("kowalski", "ковальский"), ("wright", "reit")],
)
def test_names_that_sound_alike_have_one_sound(first, second):
    assert sound_of(first) == sound_of(second) or sound_of(second) == ""


@pytest.mark.parametrize(
    "spelling",
    ["김영철", "Kim Yŏng-ch'ŏl", "Kim Yeong-cheol", "KIM YONGCHOL", "Yong-chol Kim", "Yeongcheol Kim", "영철"],
)
@pytest.mark.parametrize("written", ["김영철", "Kim Yŏng-ch'ŏl", "Yeong-cheol KIM"])
def test_a_korean_name_is_found_by_every_romanisation_whichever_was_written(roll, written, spelling):
    lose("korean", written, by=roll)
    assert found(roll, spelling) == ["korean"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Иван Ковальский", "Kovalsky, Ivan"),
        ("José Núñez-Ibáñez", "nunez jose"),
        ("Jean-Luc O’Brien", "obrien jeanluc"),
        ("John Smith", "Smyth Jon"),
        ("Dwight McDonald", "mc donald"),
        ("Søren Kjær", "soren kjaer"),
    ],
)
def test_a_name_is_found_in_other_letters_orders_and_likely_spellings(roll, written, asked):
    lose("other", written, by=roll)
    assert "other" in found(roll, asked)
