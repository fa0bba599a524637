"""Likely duplicates: who comes out as alike and why, who must not, and that only a decision merges anybody."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.core.dates import parse_date
from homeward.web.identity.duplicate_features import Facts, compare
from homeward.web.identity.duplicates import find_duplicates
from homeward.web.identity.looking_up import look_up
from homeward.web.identity.models import Identifier, LikelyPair, Succession
from homeward.web.identity.rulings import one_person, rule, take_back
from homeward.web.identity.spellings import family_keys, one_edit_apart, whole_keys, words_of_name
from homeward.web.identity.undoing import undo
from homeward.web.journal.keeping import enter
from homeward.web.journal.reader import Reader
from homeward.web.roll.models import MissingName, Ruling, Status
from homeward.web.roll.people import RulingVerdict
from tests.web.identity_rows import KNOWN_ON, decided, enter_missing, enter_war
from tests.web.test_page_safety import refused_markup

HILL, NORTH = (35.0, 128.0), (37.0, 128.0)  # two degrees of a meridian: 2 * pi * 6371 km / 180 = 222 km


def facts(name, born="", *, family="", incident="", where=None, number="", issuer="army", sex="male", code="a"):
    words = tuple(words_of_name(text) for text in name.split(" / "))
    return Facts(
        code,
        words,
        frozenset(key for text in name.split(" / ") for key in whole_keys(text)),
        family_keys(family or words[0][-1]),
        parse_date(born) if born else None,
        sex,
        incident,
        where,
        {("service", issuer): number} if number else {},
    )


def compared(a, b, **frequency):
    found = compare(a, b, frequency)
    return found.level, [feature.words for feature in found.features]


def test_the_same_person_entered_twice_is_likely_with_the_reasons_feature_by_feature():
    level, reasons = compared(
        facts("Adam Exampel", "1931-02-03", incident="hill"), facts("Example, Adam", "1931-02-03", incident="hill")
    )
    assert level == "likely"
    assert reasons == [
        "spellings of one name: adam exampel, example adam",
        "born on the same day, 3 February 1931",
        "lost in the same incident",
    ]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ri Chol-su", "Lee Cheolsu"),
        ("Pak Yong-ho", "Park, Yongho"),
        ("José Núñez", "Jose Nunez"),
        ("김 철수 / Kim Chol Su", "Kim, Chol Su"),
        ("John Smith", "Jon Smyth"),
    ],
)
def test_spellings_and_scripts_of_one_name_with_one_birthday_come_out(first, second):
    assert compared(facts(first, "1931-02-03"), facts(second, "1931-02-03"))[0] == "likely"


def test_siblings_twins_and_people_of_one_name_far_apart_are_never_likely():
    brothers = (
        facts("Adam Example", "1931", incident="hill", where=HILL),
        facts("Bert Example", "1933", incident="hill", where=HILL),
    )
    assert compared(*brothers)[0] == ""
    twins = (
        facts("Adam Example", "1931-02-03", incident="hill", where=HILL),
        facts("Bert Example", "1931-02-03", incident="hill", where=HILL),
    )
    level, reasons = compared(*twins)
    assert level != "likely"
    assert "same family name, other given names, as of siblings" in reasons
    apart = (facts("Adam Example", "1931", where=HILL), facts("Adam Example", "1931", where=NORTH))
    level, reasons = compared(*apart)
    assert level != "likely"
    assert "lost 222 km apart" in reasons


def test_a_common_name_says_less_than_a_rare_one_and_two_numbers_of_one_issuer_speak_against():
    common = compare(facts("John Smith"), facts("John Smith"), {"jn": 0.05, "smt": 0.01})
    rare = compare(facts("Zeb Quill"), facts("Zeb Quill"), {"zb": 0.0001, "ql": 0.0001})
    assert (common.points, rare.points) == (31, 38)  # 10 log10(0.7 / 0.0005), 10 log10(0.7 / 0.0001)
    same = (facts("John Smith", number="1"), facts("J. Smith", number="1", issuer=""))
    assert "same service number" in compared(*same)[1]
    other = (facts("John Smith", "1931-02-03", number="1"), facts("John Smith", "1931-02-03", number="2"))
    assert compared(*other)[0] != "likely"
    assert compared(facts("J. Smith", "1931"), facts("John Smith", "1931"))[0] == "possible"


def test_words_one_letter_apart_are_told_from_others():
    assert one_edit_apart("exampel", "example")
    assert one_edit_apart("maria", "marina")
    assert not one_edit_apart("adam", "bert")
    assert not one_edit_apart("ri", "yi")


@pytest.fixture
def roll(everybody):
    """Two entries of one man, his brother, and somebody else."""
    enter_war(everybody)
    enter_missing("m1", "Adam Example", by=everybody, born=parse_date("1931-02-03"))
    enter_missing("m2", "A. Example", by=everybody, born=parse_date("1931-02-03"))
    enter_missing("m3", "Bert Example", by=everybody, born=parse_date("1933-02-03"))
    enter_missing("m4", "Carl Other", by=everybody)
    name = MissingName(code="n", known_on=KNOWN_ON, missing_id="m2", text="Exampel, Adam", kind="as-written")
    enter(name, by=everybody)
    number = Identifier(code="k", known_on=KNOWN_ON, about="missingperson:m2", kind="service", value="RA 1")
    enter(number, by=everybody)
    return everybody


@pytest.mark.django_db
def test_comparing_the_roll_suggests_and_changes_nothing_on_it(roll, reader):
    before = Status.objects.count()
    result = find_duplicates(by=roll)
    assert (result.people, result.likely, result.possible) == (4, 1, 0)
    [pair] = LikelyPair.objects.all()
    assert {pair.first_id, pair.second_id} == {"m1", "m2"}
    assert Status.objects.count() == before
    assert find_duplicates(by=roll) == result
    with pytest.raises(PermissionDenied):
        find_duplicates(by=reader)


@pytest.mark.django_db
def test_two_people_one_person_and_undecided_are_rulings_and_one_person_is_undone_with_its_merge(roll):
    m1, m2, m3, m4 = (Status.objects.get(pk=f"m{n}-since").missing for n in range(1, 5))
    rule(m3, m1, RulingVerdict.UNDECIDED, decided(), by=roll)
    rule(m1, m3, RulingVerdict.DIFFERENT, decided(), by=roll)
    different = Ruling.objects.get(withdrawn="")
    assert (different.first_id, different.second_id, different.verdict) == ("m1", "m3", "different")
    with pytest.raises(ValidationError, match="two people"):
        one_person(m3, m1, decided(), by=roll)
    take_back(different, "Look again.", by=roll)
    merged = one_person(m2, m1, decided(), by=roll)
    [hit] = look_up("ra1", Reader(roll))
    assert [row.code for row in hit.now] == ["m1"]
    assert find_duplicates(by=roll).people == 3
    with pytest.raises(ValidationError, match="Undo the merge"):
        take_back(Ruling.objects.get(verdict="same"), "No.", by=roll)
    undo(merged, "Two cousins.", by=roll)
    assert not Ruling.objects.filter(withdrawn="").exists()
    assert find_duplicates(by=roll).likely == 1
    assert m4.stands


@pytest.mark.django_db
def test_the_pages_list_the_pair_show_both_entries_and_take_the_decision(roll, reader, client):
    find_duplicates(by=roll)
    client.force_login(reader)
    page = client.get("/roll/duplicates/").text
    assert "Adam Example / A. Example" in page
    assert "born on the same day" in page
    address = "/roll/duplicates/m1/m2/"
    assert "Keep the decision" not in client.get(address).text
    answer = {"happened": "2018-08-01", "decided_by": "Board", "reason": "One card.", "verdict": "first"}
    assert client.post(address, answer).status_code == 403
    assert client.get("/roll/duplicates/m1/none/").status_code == 404
    client.force_login(roll)
    shown = client.get(address).text
    assert refused_markup(shown) == refused_markup(page) == []
    assert "Exampel, Adam" in shown
    assert client.post(address, {**answer, "reason": ""}).status_code == 422
    assert client.post(address, answer).status_code == 302
    assert Succession.objects.get().kind == "merged"
    assert "Adam Example / A. Example" not in client.get("/roll/duplicates/").text
