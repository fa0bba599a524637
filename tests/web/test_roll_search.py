"""Finding people of the roll: in any script and spelling, by number, unit, incident and place, and why."""

from datetime import date

import pytest

from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.reader import Reader
from homeward.web.roll import finding
from homeward.web.roll.finding import Sought, find, read_question
from homeward.web.roll.hits import hits
from homeward.web.roll.models import MissingName, SearchKey
from homeward.web.roll.search_keys import rebuild
from homeward.web.roll.spellings import sound_of
from tests.web.roll_rows import enter_roll, lose, name_of, number_of


@pytest.fixture
def roll(everybody):
    enter_roll(everybody)
    return everybody


def found(user, words, as_of=NOW, **filters):
    reader = Reader(user, as_of)
    page = find(reader, Sought(words=words, **filters))
    return [hit.person.code for hit in hits(page.people, read_question(words), reader)]


@pytest.mark.parametrize(
    ("first", "second"),
    [("smith", "smyth"), ("smith", "schmidt"), ("kowalski", "kovalsky"), ("kowalski", "ковальский")],
)
def test_names_that_sound_alike_have_one_sound(first, second):
    assert sound_of(first) == sound_of(second) != ""


def test_a_word_that_says_too_little_has_no_sound():
    assert sound_of("lee") == sound_of("kelley") == sound_of("김") == ""


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


def test_a_person_is_found_by_number_unit_incident_and_every_name_of_the_place_and_told_why(roll):
    lose("smith", "John Smith", by=roll, unit="32nd Infantry Regiment", incident_id="battle")
    number_of("smith", "RA 12 345 678", by=roll)
    lose("other", "John Other", by=roll)
    reader = Reader(roll)
    for words, reason in [
        ("ra-12345678", "number: RA 12 345 678"),
        ("12345678", "number: RA 12 345 678"),
        ("32nd infantry", "unit: 32nd Infantry Regiment"),
        ("retreat", "incident: Night of the retreat"),
        ("Chosin smith", "place: Chosin"),
        ("Jangjin", "place: Changjin reservoir"),
        ("Smythe", "name that sounds like it: John Smith"),
        ("Smi", "name that begins so: John Smith"),
    ]:
        page = find(reader, Sought(words=words))
        found_there = hits(page.people, read_question(words), reader)
        assert [hit.person.code for hit in found_there] == ["smith"], words
        assert reason in found_there[0].reasons, words


def test_all_words_must_be_there_and_the_best_fit_comes_first(roll):
    lose("sound", "Jon Smyth", by=roll)
    lose("exact", "John Smith", by=roll)
    lose("begins", "John Smithson", by=roll)
    lose("half", "John Other", by=roll)
    assert found(roll, "john smith") == ["exact", "begins", "sound"]
    assert found(roll, "...") == []


def test_of_words_that_very_many_have_those_are_listed_who_have_all_as_written_else_as_they_sound(roll, monkeypatch):
    monkeypatch.setattr(finding, "MOST_OF_WORD", 1)
    for code, name in [("both", "John Smith"), ("twin", "John Smith"), ("sound", "Jon Smyth"), ("half", "John Other")]:
        lose(code, name, by=roll)
    lose("there", "Adam Smithson", by=roll, incident_id="battle")
    assert found(roll, "john smith") == ["both", "twin"]
    assert found(roll, "smith") == ["both", "twin", "there"]
    assert found(roll, "smith retreat") == ["there"]
    assert found(roll, "schmidt") == ["both", "twin", "sound"]
    assert found(roll, "john schmidt") == ["both", "twin", "sound"]
    monkeypatch.setattr(finding, "MOST_LISTED", 1)
    page = find(Reader(roll), Sought(words="john smith"))
    assert (len(page.people), page.n_found) == (1, None)


def test_filters_are_hard_only_where_they_are_asked_for(roll):
    lose("unknown", "A Person", by=roll)
    lose("woman", "B Person", by=roll, sex="female", last_seen="1950-11", service_id="army", family_name="Person")
    lose("man", "C Person", by=roll, sex="male", last_seen="1951/1952", status="")
    assert found(roll, "person") == ["unknown", "man", "woman"]  # by family name, the unknown ones first
    assert found(roll, "person", sex="female") == found(roll, "", sex="female") == ["woman"]
    assert found(roll, "", first_year=1951) == found(roll, "person", first_year=1952, last_year=1960) == ["man"]
    assert found(roll, "", last_year=1950) == found(roll, "", service="army") == ["woman"]
    assert found(roll, "", status="unaccounted") == ["unknown", "woman"]
    assert found(roll, "", status="none") == ["man"]
    assert found(roll, "person", status="accounted") == found(roll, "", calamity="other") == []


def test_names_are_forgotten_when_they_are_withdrawn_and_found_as_they_are_amended(roll):
    person = lose("person", "Adam Example", by=roll)
    name = name_of("person", "Xaver", by=roll)
    assert found(roll, "xaver") == ["person"]
    amend(name, {"text": "Quirin"}, by=roll, why="misread", read_version=1)
    assert (found(roll, "xaver"), found(roll, "quirin")) == ([], ["person"])
    withdraw(MissingName.objects.get(), by=roll, why="of another")
    assert found(roll, "quirin") == []
    amend(person, {"unit": "Signals"}, by=roll, why="paper", read_version=1)
    before = sorted(SearchKey.objects.values_list("key", "noun", "owner", "source"))
    rebuild()
    assert sorted(SearchKey.objects.values_list("key", "noun", "owner", "source")) == before


def test_what_was_not_known_then_finds_nobody(roll):
    lose("person", "Adam Example", by=roll)
    name_of("person", "Xaver", by=roll, known_on=date(2000, 1, 1))
    lose("later", "Eve Example", by=roll, known_on=date(2000, 1, 1))
    then = AsOf(known=date(1999, 12, 31))
    assert found(roll, "example", then) == ["person"]
    assert found(roll, "xaver", then) == []
    assert found(roll, "xaver", AsOf(known=date(2000, 1, 1))) == ["person"]


def test_a_page_has_fifty_and_the_next_goes_on_after_the_last(roll, client, django_assert_max_num_queries):
    for number in range(53):
        lose(f"p{number:02}", f"Adam Number{number:02}", by=roll, family_name=f"N{number:02}", status="")
    client.force_login(roll)
    for words in ("", "adam"):
        with django_assert_max_num_queries(45):
            first = client.get("/roll/", {"q": words})
        assert first.context["page"].next_after == "p49"
        second = client.get("/roll/", {"q": words, "after": "p49"})
        assert [hit.person.code for hit in second.context["hits"]] == ["p50", "p51", "p52"]
        assert second.context["page"].next_after == ""


def test_strangers_find_no_roll_and_bad_filters_are_refused(roll, client, outsider):
    assert client.get("/roll/").status_code == 302
    client.force_login(outsider)
    assert client.get("/roll/").status_code == 404
    client.force_login(roll)
    response = client.get("/roll/", {"q": "kept", "first_year": "x", "status": "lost"})
    assert response.status_code == 422
    assert 'value="kept"' in response.text
    assert client.post("/roll/").status_code == 405
