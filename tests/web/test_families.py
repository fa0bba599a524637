"""Families: pedigrees that are possible, which lineage whom informs, consent, who is owed a call, and who sees it."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.exporting import export_bundle
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import NOW
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.roll.family_actions import add_relative
from homeward.web.roll.family_page import relative_lines
from homeward.web.roll.liaison import calls_due, without_donor
from homeward.web.roll.lineages import Lineages, Pedigree
from homeward.web.roll.models import Donor, Family, FamilyContact, NextOfKin, Relative
from homeward.web.roll.pedigree_drawing import HALF, draw
from homeward.web.roll.pedigree_rules import own_ancestors
from tests.web.conftest import PASSWORD
from tests.web.roll_rows import KNOWN, enter_roll, family, lose, relative

MT, Y, AU = "mt", "Y", "autosomal"


@pytest.fixture
def liaison(everybody):
    enter_roll(everybody)
    lose("son", "Adam Example", by=everybody, sex="male", born="1931")
    family(by=everybody, liaison="everybody")
    return everybody


@pytest.fixture
def three_generations(liaison):
    """The missing son; his parents, a sister and her child, a brother of each parent, a cousin, and an in-law."""
    people = [
        ("gran", "female", None, None),
        ("grandpa", "male", None, None),
        ("father", "male", "grandpa", "gran"),
        ("uncle", "male", "grandpa", "gran"),
        ("granny", "female", None, None),
        ("mother", "female", None, "granny"),
        ("mothers-brother", "male", None, "granny"),
        ("missing", "male", "father", "mother"),
        ("sister", "female", "father", "mother"),
        ("nephew", "male", None, "sister"),
        ("cousin", "female", "uncle", None),
        ("unsexed", "unknown", "father", "mother"),
        ("wife", "female", None, None),
    ]
    for code, sex, father, mother in people:
        missing = {"missing_id": "son"} if code == "missing" else {}
        relative(code, code.capitalize(), by=liaison, sex=sex, father_id=father, mother_id=mother, **missing)
    return Pedigree(Relative.objects.all())


@pytest.mark.parametrize(
    ("code", "informs"),
    [
        ("father", [Y, AU]),
        ("mother", [MT, AU]),
        ("sister", [MT, AU]),
        ("nephew", [MT, AU]),
        ("uncle", [Y, AU]),
        ("mothers-brother", [MT, AU]),
        ("gran", [AU]),
        ("grandpa", [Y, AU]),
        ("granny", [MT, AU]),
        ("cousin", [AU]),
        ("unsexed", [MT, AU]),
        ("wife", []),
    ],
)
def test_each_relative_informs_the_lineages_that_inheritance_gives(three_generations, code, informs):
    assert three_generations.informs(code, "missing") == Lineages(
        mt=MT in informs, y=Y in informs, autosomal=AU in informs
    )


def test_a_twin_informs_everything_though_the_parents_are_not_known(liaison):
    relative("missing", "Missing", by=liaison, sex="male", missing_id="son")
    relative("twin", "Twin", by=liaison, sex="male", twin_of_id="missing", identical=True)
    assert Pedigree(Relative.objects.all()).informs("twin", "missing") == Lineages(mt=True, y=True, autosomal=True)


@pytest.mark.parametrize(
    ("columns", "complaint"),
    [
        ({"father_id": "woman"}, "Woman is female, so not the father"),
        ({"mother_id": "man"}, "Man is male, so not the mother"),
        ({"father_id": "stranger"}, "not in this family"),
        ({"father_id": "unknown", "mother_id": "unknown"}, "two people"),
        ({"father_id": "man", "born": "1899"}, "not older than the child"),
        ({"father_id": "man", "born": "1900"}, "less than 12 years older"),
        ({"father_id": "man", "born": "1910"}, "less than 12 years older"),
        ({"mother_id": "woman", "born": "1975"}, "more than 60 years older"),
        ({"twin_of_id": "child", "father_id": "unknown"}, "twins of different parents"),
        ({"twin_of_id": "child", "sex": "female", "identical": True}, "of different sex, so not identical"),
        ({"identical": True}, "Name the other twin"),
        ({"mother_id": "unknown"}, "mother here and the father of another"),
    ],
)
def test_what_cannot_be_in_a_pedigree_is_refused_with_the_reason(liaison, columns, complaint):
    family("other", by=liaison)
    relative("stranger", "Stranger", by=liaison, family="other")
    relative("man", "Man", by=liaison, sex="male", born="1900")
    relative("woman", "Woman", by=liaison, sex="female", born="1910/1912")
    relative("unknown", "Unknown", by=liaison)
    relative("child", "Child", by=liaison, sex="male")
    relative("other-child", "Other child", by=liaison, father_id="unknown")
    before = Entry.objects.count()
    with pytest.raises(ValidationError, match=complaint):
        relative("new", "New", by=liaison, **columns)
    assert (Relative.objects.filter(code="new").exists(), Entry.objects.count()) == (False, before)


def test_what_is_only_unlikely_stands_with_its_reason(liaison):
    relative("man", "Man", by=liaison, sex="male", born="1900")
    child = relative("child", "Child", by=liaison, father_id="man", born="1910", despite="Two registers agree.")
    with pytest.raises(ValidationError, match="less than 12 years older"):
        amend(child, {"despite": ""}, by=liaison, why="tidy", read_version=1)
    relative("uncertain", "Uncertain", by=liaison, father_id="man", born="1910/1915")  # it may be twelve years


def test_nobody_becomes_their_own_ancestor_and_no_parent_is_withdrawn_from_under_a_child(liaison):
    eldest = relative("a", "A", by=liaison, sex="male")
    relative("b", "B", by=liaison, sex="male", father_id="a")
    relative("c", "C", by=liaison, sex="male", father_id="b")
    with pytest.raises(ValidationError, match="their own ancestor"):
        amend(eldest, {"father": "c"}, by=liaison, why="wrong", read_version=1)
    with pytest.raises(ValidationError, match="was withdrawn"):
        withdraw(eldest, by=liaison, why="not of this family")
    assert own_ancestors({"a": ("c", None), "b": ("a", None), "c": ("b", None), "d": (None, None)}) == ["a", "b", "c"]


def test_a_parent_is_added_over_children_who_are_there(client, liaison):
    for code in ("missing", "sister"):
        relative(code, code.capitalize(), by=liaison)
    client.force_login(liaison)
    typed = {
        "name": "Mother",
        "sex": "female",
        "living": "no",
        "known_on": "2001-01-01",
        "children": ["missing", "sister"],
    }
    assert client.post("/families/family/relatives/new", {**typed, "sex": "unknown"}).status_code == 422
    assert client.post("/families/family/relatives/new", typed).status_code == 302
    mother = Relative.objects.get(name="Mother")
    assert set(mother.children_of_mother.values_list("code", flat=True)) == {"missing", "sister"}
    assert Entry.objects.filter(action="relative.amended").count() == 2
    again = client.post("/families/family/relatives/new", {**typed, "name": "Second"})
    assert (again.status_code, "There is a mother already of Missing, Sister" in again.text) == (422, True)
    assert 'value="Second"' in again.text
    with pytest.raises(ValidationError, match="from this family"):
        add_relative(
            Relative(code="x", name="X", family_id="family", sex="male", known_on=KNOWN), children=["no"], by=liaison
        )


def test_in_a_drawing_nobody_stands_on_another_and_parents_stand_above_their_children(three_generations):
    relatives = list(Relative.objects.all())
    drawing = draw(relatives, {"sister"})
    at = {symbol.relative.code: symbol for symbol in drawing.symbols}
    assert len({(round(one.x), round(one.y)) for one in drawing.symbols}) == len(relatives)
    for one in drawing.symbols:
        assert HALF <= one.x <= drawing.width - HALF
        for parent in (one.relative.father_id, one.relative.mother_id):
            assert parent is None or at[parent].y < one.y
        beside = [other.x for other in drawing.symbols if other.y == one.y and other is not one]
        assert all(abs(x - one.x) > 3 * HALF for x in beside)
    assert (at["gran"].shape, at["father"].shape, at["unsexed"].shape) == ("circle", "square", "diamond")
    assert at["father"].y == at["mother"].y  # a couple stands side by side, though one has more ancestors in it
    assert [code for code, one in at.items() if one.is_donor] == ["sister"]
    assert "missing" in at["missing"].words


def test_whose_consent_ended_is_not_searched_and_can_be_asked_again(liaison, three_generations):
    donor = Donor(code="d", relative_id="sister", scope="any-missing", consented="2001", known_on=date(2001, 6, 1))
    enter(donor, by=liaison)
    lines = {line.relative.code: line for line in relative_lines(Family.objects.get(), Reader(liaison))}
    assert (lines["sister"].is_donor, lines["sister"].could_be_asked) == (True, False)
    assert [lines[code].could_be_asked for code in ("mother", "wife", "missing")] == [True, False, False]
    amend(donor, {"consent_ended": "2010"}, by=liaison, why="letter", read_version=1)
    lines = {line.relative.code: line for line in relative_lines(Family.objects.get(), Reader(liaison))}
    assert (lines["sister"].is_donor, lines["sister"].could_be_asked) == (False, True)
    assert [row.code for row in without_donor(Reader(liaison))] == ["family"]
    with pytest.raises(ValidationError, match="before it was given"):
        amend(donor, {"consent_ended": "1999"}, by=liaison, why="letter", read_version=2)


def contact(code, days_ago, due=None, *, by, family="family"):
    day = timezone.localdate()
    return enter(
        FamilyContact(
            code=code,
            family_id=family,
            happened=(day - timedelta(days_ago)).isoformat(),
            kind="call",
            spoken_by="L",
            note="Said.",
            due=due and day + timedelta(due),
            known_on=KNOWN,
        ),
        by=by,
    )


def test_a_call_is_owed_after_the_last_contact_alone(liaison):
    family("second", by=liaison, liaison="somebody")
    contact("old", 30, -20, by=liaison)
    assert [one.code for one in calls_due(Reader(liaison))] == ["old"]
    contact("new", 10, -5, by=liaison)
    contact("other", 9, -7, by=liaison, family="second")
    assert [one.code for one in calls_due(Reader(liaison))] == ["other", "new"]
    assert [one.code for one in calls_due(Reader(liaison), "somebody")] == ["other"]
    contact("newest", 1, 5, by=liaison)
    assert [one.code for one in calls_due(Reader(liaison))] == ["other"]


def test_the_family_page_says_all_of_it(client, liaison, three_generations, django_assert_max_num_queries):
    amend(Relative.objects.get(pk="missing"), {"born": "1934"}, by=liaison, why="letter", read_version=1)
    enter(Donor(code="d", relative_id="sister", scope="any-missing", consented="2001", known_on=KNOWN), by=liaison)
    enter(NextOfKin(code="k", missing_id="son", relative_id="sister", telephone="555", known_on=KNOWN), by=liaison)
    contact("call", 10, -5, by=liaison)
    client.force_login(liaison)
    with django_assert_max_num_queries(40):
        text = client.get("/record/family/family/").text
    for words in (
        "born 1931; in this family, born 1934",
        "consent stands",
        "Nephew",
        "overdue",
        "555",
        "<svg",
        "mt, autosomal",
    ):
        assert words in text, words
    with django_assert_max_num_queries(20):
        text = client.get("/families/due/").text
    assert "Example, Springfield" in text
    with django_assert_max_num_queries(50):
        assert "Mothers-brother" in client.get("/record/missingperson/son/").text


def test_who_does_not_work_with_families_sees_nothing_of_them_anywhere(client, liaison, three_generations, tmp_path):
    contact("call", 10, -5, by=liaison)
    enter(Donor(code="d", relative_id="sister", scope="any-missing", consented="2001", known_on=KNOWN), by=liaison)
    enter(NextOfKin(code="k", missing_id="son", relative_id="sister", telephone="555-01", known_on=KNOWN), by=liaison)
    historian = add_user("historian", Role.HISTORIAN, PASSWORD)
    told = ("Springfield", "Nephew", "555-01", "Who could still be asked", "Family and samples")
    for address in (
        "/record/family/family/",
        "/families/due/",
        "/families/family/relatives/new",
        "/record/relative/sister/",
    ):
        client.force_login(historian)
        assert client.get(address).status_code == 404, address
    for user in (historian, add_user("a-reader", Role.READER, PASSWORD)):
        client.force_login(user)
        for address in (
            "/record/missingperson/son/", "/roll/?q=gran", "/roll/?q=example", "/search?q=sister", "/record/",
            "/record/calamity/war/", "/roll/statistics/calamity/war/", "/record/relative/", "/journal/",
            "/api/relative/", "/api/journal/",
        ):  # fmt: skip
            text = client.get(address).text
            assert not [word for word in told if word in text.replace(address, "")], address
    assert [Reader(historian).count(model) for model in (Family, Relative, Donor, NextOfKin, FamilyContact)] == [0] * 5
    export_bundle(tmp_path / "bundle", by=historian, as_of=NOW, title="All")
    text = "".join(path.read_text() for path in (tmp_path / "bundle").rglob("*.*"))
    assert not [word for word in told if word in text]
    form = client.post("/record/status/new", {"missing": "sister", "kind": "returned", "happened": "1960"})
    assert "Nephew" not in form.text
    analyst = add_user("an-analyst", Role.DNA_ANALYST, PASSWORD)  # sees families and does not keep them
    client.force_login(analyst)
    assert client.get("/record/family/family/").status_code == 200
    assert client.get("/families/family/relatives/new").status_code == 403
