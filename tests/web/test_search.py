"""Searching: what is found, by whom, as known when; on both databases alike."""

import re
from datetime import date
from html import unescape

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.bundle.importing import import_bundle
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import NOW, AsOf
from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place, PlaceName
from homeward.web.search import finding, indexing, views
from homeward.web.search.finding import find
from homeward.web.search.indexing import STRETCH, mend, rebuild
from homeward.web.search.models import Indexed
from homeward.web.search.questions import MOST_TERMS, read_question
from tests.examples import examples
from tests.web.bundles import EXAMPLE, write_bundle
from tests.web.conftest import PASSWORD
from tests.web.record_rows import change, enter_ground, keep, meeting, party
from tests.web.sourced_rows import Keeper

KNOWN_ON = date(2018, 7, 1)


@pytest.fixture
def keeper(db) -> User:
    return User.objects.create_superuser("keeper", password=PASSWORD)


@pytest.fixture
def sources(keeper) -> Keeper:
    return Keeper(keeper)


@pytest.fixture
def reservoir(keeper) -> Place:
    """One lake with names in four ways of writing."""
    columns = {"known_on": KNOWN_ON, "place_id": "lake-in-the-north"}
    names = [
        PlaceName(code="hangul", text="장진호", script="Hang", kind="own", **columns),
        PlaceName(code="japanese", text="Chosin Reservoir", kind="reading", **columns),
        PlaceName(code="han", text="長津湖", script="Hani", kind="own", **columns),
        PlaceName(code="older", text="Changjin-ho", kind="romanisation", **columns),
    ]
    place = Place(code="lake-in-the-north", name="Jangjin Reservoir", kind="water", known_on=KNOWN_ON)
    return enter(place, by=keeper, parts=names)


def found(question: str, by: User, as_of: AsOf = NOW, section: str = "") -> list[str]:
    """References of all rows found, in the order of the page."""
    results = find(Reader(by, as_of), read_question(question), section=section)
    return [f"{row.noun}:{row.code}" for result in results for row in result.rows]


def index_content() -> list[tuple]:
    columns = [field.attname for field in Indexed._meta.concrete_fields if field.name != "id"]
    return sorted(map(repr, Indexed.objects.values_list(*columns)))


@pytest.mark.parametrize(
    "question",
    ["Chosin", "changjin", "Jangjin", "장진호", "장진", "長津湖", "CHOSIN reservoir", "Changjinho", "Chang'jin-ho"],
)
def test_a_place_is_found_by_each_of_its_names_in_every_script(reservoir, keeper, question):
    assert found(question, keeper) == ["place:lake-in-the-north"]


@pytest.mark.parametrize("question", ["P'anmunjŏm", "panmunjom", "PANMUNJŎM", "P’anmunjom", "panmun"])
def test_accents_apostrophes_and_capital_letters_make_no_difference(keeper, question):
    enter(Place(code="a", name="P'anmunjŏm", kind="site", known_on=KNOWN_ON), by=keeper)
    enter(Place(code="b", name="Panmunjom", kind="site", known_on=KNOWN_ON), by=keeper)
    assert sorted(found(question, keeper)) == ["place:a", "place:b"]


@pytest.mark.parametrize("question", ["Yong-chol", "Yongchol", "yong chol", "Kim Yong Chol"])
@pytest.mark.parametrize("written", ["Kim Yong-chol", "Kim Yong‐chol"])
def test_a_name_with_a_hyphen_is_found_however_it_is_asked_for(sources, question, written):
    sources.person("kim", written)
    assert found(question, sources.by) == ["person:kim"]


def test_a_name_in_two_words_is_found_when_it_is_asked_for_with_a_hyphen(sources):
    sources.person("kim", "Kim Yong Chol")
    assert found("Yong-chol", sources.by) == ["person:kim"]


def test_hangul_is_found_within_a_longer_word(sources):
    sources.document("korean", "2018-07-16", "미군 유해가 장진호에서 발굴되었다.")
    assert found("장진호", sources.by) == ["document:korean"]
    assert found("호진장", sources.by) == []


def test_a_code_finds_its_row_before_what_names_the_row(keeper):
    enter_ground(keeper)
    first = keep(meeting("panmunjom-2018-07-12"), by=keeper)
    keep(meeting("later", follows_id=first.code), by=keeper)
    assert found("panmunjom-2018-07-12", keeper) == [first.reference, "meeting:later"]


def test_words_stand_in_any_order_and_all_of_them(sources):
    document = sources.document("d", "2018-07-16", "Remains of soldiers were handed over in wooden boxes.")
    assert found("boxes remains", sources.by) == [document.reference]
    assert found("boxes coffins", sources.by) == []


def test_a_phrase_in_quotes_is_found_side_by_side_and_as_it_is(sources):
    sources.document("d", "2018-07-16", "Remains of soldiers were handed over in wooden boxes.")
    assert found('"wooden boxes" remains', sources.by) == ["document:d"]
    assert found("“wooden boxes”", sources.by) == ["document:d"]
    assert found('"boxes wooden"', sources.by) == []
    assert found('"wooden box"', sources.by) == []


def test_a_phrase_does_not_go_from_one_name_to_the_next(sources):
    sources.party("a", name="Joint Recovery", short_name="Commission")
    assert found('"joint recovery"', sources.by) == ["party:a"]
    assert found('"recovery commission"', sources.by) == []


def test_the_beginning_of_a_word_is_enough_unless_it_is_short_or_a_number(sources):
    sources.document("d", "2018-07-16", "In wartime he used 2000 boxes.")
    assert found("wart", sources.by) == ["document:d"]
    assert found("war", sources.by) == []
    assert found("us", sources.by) == []
    assert found("200", sources.by) == []


@pytest.mark.parametrize("question", ["7697", "7,697"])
def test_a_number_is_found_with_and_without_a_separator(sources, question):
    series = sources.series("s", "Unaccounted for")
    document = sources.document("d", "2018-07-16", "Still 7,697 are missing.")
    sources.figure("f", series, document, 7697, "2018-07-01")
    assert found(question, sources.by) == ["document:d", "figure:f"]


def test_a_date_is_found_in_words(sources):
    document = sources.document("d", "2018-07-16")
    sources.statement("s", document, "2018-06-20", "They are back.", speaker_described="The President")
    assert found('"20 June 2018"', sources.by) == ["statement:s"]


def test_what_is_said_of_a_row_elsewhere_is_found_on_its_page(keeper):
    enter_ground(keeper)
    talks = keep(meeting("talks"), by=keeper)
    missed = change(talks, "announced", "2018-07-12", note="Nobody came over the bridge.")
    keep(missed, by=keeper)
    assert found("bridge", keeper) == ["meeting:talks"]


def test_a_row_is_found_by_the_codes_of_what_it_is_linked_to(sources):
    sources.person("donald-trump", "Donald Trump")
    document = sources.document("d", "2018-06-21")
    sources.statement("s", document, "2018-06-20", "We got back 200.", speaker_id="donald-trump")
    assert found("trump 200", sources.by) == ["statement:s"]


def test_who_is_called_so_comes_before_what_speaks_of_it(keeper):
    for code, name in (("a", "Wonsan harbour"), ("b", "Wonsan"), ("c", "Port in the east")):
        enter(Place(code=code, name=name, kind="site", note="Near Wonsan.", known_on=KNOWN_ON), by=keeper)
    assert found("wonsan", keeper) == ["place:b", "place:a", "place:c"]


@pytest.mark.parametrize("nothing", ["", "   ", '"', "...", "' \" - *", "\x00"])
def test_without_a_word_nothing_is_looked_for(client, keeper, nothing):
    client.force_login(keeper)
    answer = client.get("/search", {"q": nothing})
    assert answer.status_code == 200
    assert "Type a name" in answer.content.decode()


SYNTAX = [
    '"',
    "*",
    "(",
    ")",
    "NEAR",
    "AND",
    "OR",
    "NOT",
    "^",
    ":",
    "-",
    "+",
    "\\",
    "'",
    "&",
    "|",
    "!",
    "<->",
    "{a}",
    "장",
]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(200))
@given(st.text(max_size=80) | st.lists(st.sampled_from(SYNTAX)).map(" ".join))
def test_whatever_is_typed_is_words_and_never_syntax(sources, text):
    assert isinstance(found(text, sources.by), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=examples(60))
@given(st.text(min_size=1, max_size=60).filter(lambda text: text.strip() and "\x00" not in text and text.isprintable()))
def test_whatever_a_name_is_made_of_it_is_found_by_itself(keeper, name):
    with transaction.atomic():
        place = enter(Place(code="p", name=name, kind="site", known_on=KNOWN_ON), by=keeper)
        if read_question(name).terms:
            assert found(name, keeper) == [place.reference]
            assert found(f'"{name}"'.replace('"', " "), keeper) == [place.reference]
        transaction.set_rollback(True)


def test_too_many_words_are_cut_and_that_is_said(client, keeper):
    client.force_login(keeper)
    many = " ".join(f"word{number}" for number in range(MOST_TERMS + 1))
    assert f"Only the first {MOST_TERMS}" in client.get("/search", {"q": many}).content.decode()


def test_an_amended_row_is_found_by_what_it_says_and_as_known_before_by_what_it_said(keeper):
    enter_ground(keeper)
    talks = keep(meeting("talks", name="Conversations"), by=keeper)
    amend(talks, {"name": "Negotiations"}, by=keeper, why="w", read_version=1, known_on=date(2018, 7, 20))
    assert found("negotiations", keeper) == ["meeting:talks"]
    assert found("conversations", keeper) == []
    before = AsOf(known=date(2018, 7, 19))
    assert found("conversations", keeper, before) == ["meeting:talks"]
    assert found("negotiations", keeper, before) == []
    [result] = find(Reader(keeper, before), read_question("conversations"))
    assert result.rows[0].title == "Conversations"


def test_a_mistake_in_copying_was_never_known(keeper):
    talks = keep(meeting("talks", name="Conversatoins"), by=keeper)
    amend(talks, {"name": "Conversations"}, by=keeper, why="Typing.", read_version=1)
    assert found("conversatoins", keeper, AsOf(known=KNOWN_ON)) == []
    assert found("conversations", keeper, AsOf(known=KNOWN_ON)) == ["meeting:talks"]


def test_a_withdrawn_row_is_found_only_as_known_before(keeper):
    talks = keep(meeting("talks", name="Conversations"), by=keeper)
    withdraw(talks, by=keeper, why="Mistaken.", known_on=date(2018, 7, 20))
    assert found("conversations", keeper) == []
    assert found("conversations", keeper, AsOf(known=date(2018, 7, 19))) == ["meeting:talks"]
    assert found("conversations", keeper, AsOf(known=date(2018, 7, 20))) == []


def test_what_was_not_known_yet_is_not_found(keeper):
    keep(meeting("talks", name="Conversations"), by=keeper)
    assert found("conversations", keeper, AsOf(known=date(2018, 6, 30))) == []


def test_what_had_not_begun_yet_is_not_found_as_things_stood(sources):
    document = sources.document("d", "2018-07-16", "Boxes.")
    sources.statement("s", document, "2018-07-15", "Boxes.", speaker_described="An officer")
    assert found("boxes", sources.by, AsOf(on=date(2018, 7, 14))) == ["document:d"]
    assert found("boxes", sources.by, AsOf(on=date(2018, 7, 15))) == ["document:d", "statement:s"]


def test_a_name_of_a_withdrawn_place_is_not_found(reservoir, keeper):
    withdraw(reservoir, by=keeper, why="Entered twice.")
    assert found("장진호", keeper) == []


@pytest.fixture
def limited(sources) -> Keeper:
    """Two documents that say the same, one of them about a family; and what was taken from each."""
    for code, reach in (("open", "record"), ("closed", "family")):
        document = sources.document(code, "2018-07-16", f"A widow waits ({code}).", reach=reach, headline="Letters")
        statement = sources.statement(f"{code}-said", document, "2018", "A widow waits.", speaker_described="A widow")
        sources.passed_on(statement, 1, "Widow's friend")
        series = sources.series(f"{code}-series", "Counts")
        figure = sources.figure(f"{code}-figure", series, document, 1, "2018", note="One widow.")
        for ground in (statement, figure):
            conflict = sources.conflict(f"{ground.code}-question", "Who waits?", date(2018, 7, 16))
            sources.position(conflict, "a widow", ground)
    return sources


def test_what_comes_from_documents_of_limited_reach_is_found_by_those_only_who_may_see_them(limited, reader):
    seen = found("widow", reader)
    assert sorted(seen) == [
        "conflict:open-figure-question",
        "conflict:open-said-question",
        "document:open",
        "figure:open-figure",
        "statement:open-said",
    ]
    liaison = add_user("liaison", Role.FAMILY_LIAISON, PASSWORD)
    assert sorted(found("widow", liaison)) == sorted([*seen, *(one.replace("open", "closed") for one in seen)])


def test_what_is_hidden_is_not_counted(limited, reader, client):
    client.force_login(reader)
    page = client.get("/search", {"q": "widow"}).content.decode()
    assert re.findall(r'found-count">\s*(.*?)</span>', page) == ["2", "1", "1", "1"]
    assert "closed" not in page


def test_who_may_not_read_the_record_finds_no_such_page(outsider, client):
    client.force_login(outsider)
    assert client.get("/search", {"q": "boxes"}).status_code == 404
    assert found("boxes", outsider) == []


def test_strangers_are_asked_to_sign_in(client, db):
    assert client.get("/search", {"q": "boxes"}).status_code == 302


def test_the_page_marks_what_was_asked_for_and_shows_markup_as_text(sources, client):
    sources.document("d", "2018-07-16", "He said: <script>alert(1)</script> six boxes.", headline="<b>Boxes</b> came")
    client.force_login(sources.by)
    page = client.get("/search", {"q": "boxes"}).content.decode()
    assert "&lt;b&gt;<mark>Boxes</mark>&lt;/b&gt; came" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; six <mark>boxes</mark>." in page


def test_the_page_shows_the_words_around_a_hit_deep_in_a_long_document(sources, client):
    text = "word " * STRETCH + "the last handover of six boxes took place here. " + "word " * 100
    sources.document("d", "2018-07-16", text)
    client.force_login(sources.by)
    page = unescape(client.get("/search", {"q": '"last handover"'}).content.decode())
    assert "the <mark>last handover</mark> of six boxes" in page


def test_a_phrase_is_found_wherever_a_long_document_is_divided(sources):
    words = [f"w{number:05d}" for number in range(4 * STRETCH // 7)]
    sources.document("d", "2018-07-16", " ".join(words))
    for place in range(0, len(words) - 3, 97):
        assert found(f'"{" ".join(words[place : place + 3])}"', sources.by) == ["document:d"], place


def test_a_text_that_no_index_could_hold_whole_is_kept_and_found(sources):
    long_word = "x" * 5_000
    document = sources.document("d", "2018-07-16", f"boxes {long_word} " + "장진호 " * 20_000 + "flags")
    sources.statement("s", document, "2018", "Much. " + "boxes " * 100_000, speaker_described="A man")
    assert found("flags", sources.by) == ["document:d"]
    assert found("boxes", sources.by) == ["document:d", "statement:s"]
    assert found(long_word, sources.by) == ["document:d"]


def test_a_section_is_listed_page_by_page(sources, client, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 2)
    for number in range(5):
        sources.document(f"d-{number}", f"2018-07-1{number}", f"Boxes: {number}.")
    client.force_login(sources.by)
    listed = []
    for page in (1, 2, 3):
        answer = client.get("/search", {"q": "boxes", "in": "documents", "page": page}).content.decode()
        listed += re.findall(r'class="code">(.*?)<', answer)
    assert listed == ["d-4", "d-3", "d-2", "d-1", "d-0"]


def test_where_words_stand_in_more_places_than_are_looked_at_the_page_says_so(sources, client, monkeypatch):
    monkeypatch.setattr(finding, "MOST_IN_OVERVIEW", 3)
    for number in range(4):
        sources.document(f"d-{number}", f"2018-07-1{number}", f"Boxes: {number}.")
    client.force_login(sources.by)
    page = client.get("/search", {"q": "boxes"}).content.decode()
    assert re.findall(r'found-count">\s*(.*?)</span>', page) == ["more than 3"]
    assert "d-0" not in page


def test_there_is_no_page_of_a_section_that_does_not_exist(keeper, client):
    client.force_login(keeper)
    assert client.get("/search", {"q": "boxes", "in": "secrets"}).status_code == 404


def test_a_search_needs_few_queries_however_much_is_found(sources, reader, client, django_assert_max_num_queries):
    for number in range(30):
        document = sources.document(f"d-{number}", "2018-07-16", f"Boxes: {number}.")
        sources.statement(f"s-{number}", document, "2018", "Six boxes.", speaker_described="A man")
        sources.party(f"boxes-{number}")
    client.force_login(reader)
    for more in ({}, {"in": "documents"}, {"known": "2018-07-20", "on": "2018-07-20"}):
        with django_assert_max_num_queries(15):
            assert client.get("/search", {"q": "boxes", **more}).status_code == 200


def test_a_change_that_is_undone_leaves_the_index_as_it_was(keeper):
    enter(party("north"), by=keeper)
    before = index_content()
    with transaction.atomic():
        enter(party("south"), by=keeper)
        transaction.set_rollback(True)
    assert index_content() == before
    assert found("south", keeper) == []


def test_what_a_bundle_brings_is_found(keeper, tmp_path):
    import_bundle(write_bundle(tmp_path / "bundle", EXAMPLE), by=keeper)
    assert "place:panmunjom" in found("panmunjom", keeper)


def test_the_index_made_anew_is_the_one_that_was_kept(limited, reservoir, monkeypatch):
    talks = keep(meeting("talks", name="Conversations"), by=limited.by, source="open")
    amend(talks, {"purpose": "Boxes"}, by=limited.by, why="w", read_version=1, known_on=date(2018, 7, 20))
    talks.refresh_from_db()
    amend(talks, {"purpose": "Flags"}, by=limited.by, why="w", read_version=2)
    withdraw(reservoir, by=limited.by, why="w")
    kept = index_content()
    for group in (1_000, 3, 1):
        monkeypatch.setattr(indexing, "GROUP", group)
        rebuild()
        assert index_content() == kept
        assert found("conversations flags", limited.by) == ["meeting:talks"]
        assert found("boxes", limited.by, AsOf(known=date(2018, 7, 21))) == []


def test_an_index_that_is_missing_is_made_when_the_database_is_brought_up_to_date(reservoir, keeper):
    Indexed.objects.all().delete()
    assert found("Chosin", keeper) == []
    mend()
    assert found("Chosin", keeper) == ["place:lake-in-the-north"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite keeps the words in a table of their own")
class TestOnSQLite:
    def test_the_words_agree_with_the_rows_after_any_change(self, reservoir, keeper):
        talks = keep(meeting("talks", name="Conversations"), by=keeper)
        amend(talks, {"name": "Negotiations"}, by=keeper, why="w", read_version=1)
        withdraw(reservoir, by=keeper, why="w")
        Indexed.objects.filter(noun="placename").delete()
        with connection.cursor() as cursor:  # raises if it does not agree
            cursor.execute("INSERT INTO search_words (search_words, rank) VALUES ('integrity-check', 1)")

    def test_triggers_that_were_lost_are_put_back(self, keeper):
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER search_indexed_added")
        enter(party("north"), by=keeper)
        mend()
        assert found("north", keeper) == ["party:north"]
        enter(party("south"), by=keeper)
        assert found("south", keeper) == ["party:south"]


def test_dates_of_rows_are_shown(sources, client):
    document = sources.document("d", "2018-07-16")
    said = parse_date("2018-06-20")
    sources.statement("s", document, said, "Boxes are back.", speaker_described="A man")
    client.force_login(sources.by)
    page = client.get("/search", {"q": "boxes"}).content.decode()
    assert 'Statement, <span class="when">20 June 2018</span>' in page
