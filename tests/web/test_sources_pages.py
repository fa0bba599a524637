"""The pages of documents: the list, the text with passages marked, the original, and who sees what."""

from datetime import date

import pytest

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.keeping import amend
from homeward.web.sources.marked_text import Mark, asked_span, mark_text, parts_of
from homeward.web.sources.models import Document, Original
from tests.web.conftest import PASSWORD
from tests.web.korean_claims import DULUTH, claims_of_june_2018
from tests.web.sourced_rows import Keeper, keeper_of_everything
from tests.web.test_page_safety import refused_markup

PAGE = "/record/document/duluth/"
PASSAGE = "today already 200 got sent back"
START = DULUTH.index(PASSAGE)


@pytest.fixture
def june(officer):
    return claims_of_june_2018(officer)


@pytest.fixture
def keep(officer):
    return Keeper(officer)


@pytest.fixture
def page(client, reader, june):
    client.force_login(reader)
    return lambda address=PAGE: client.get(address)


def plain_text(pieces):
    return "".join(piece.text for piece in pieces)


# Marking passages


def mark(start, end, number=1):
    return Mark(start, end, number, f"row {number}", f"/row/{number}/")


def test_marking_loses_and_adds_no_letter():
    text = "one two three four five"
    marks = [mark(4, 13, 1), mark(8, 18, 2), mark(4, 13, 3), mark(0, len(text), 4)]
    marked = mark_text(text, marks, (0, len(text)), (5, 15))
    assert plain_text([*marked.before, *marked.passage, *marked.after]) == text
    assert plain_text(marked.passage) == text[5:15]


def test_passages_that_overlap_are_cited_together_and_each_number_stands_at_its_end():
    text = "one two three four"
    marked = mark_text(text, [mark(0, 7, 1), mark(4, 13, 2)], (0, len(text)), None)
    assert [(piece.text, piece.is_cited, [one.number for one in piece.ending]) for piece in marked.before] == [
        ("one ", True, []),
        ("two", True, [1]),
        (" three", True, [2]),
        (" four", False, []),
    ]


def test_a_passage_that_reaches_into_the_next_part_is_marked_in_both():
    text = "one two three four"
    marks = [mark(4, 13)]
    first, second = (mark_text(text, marks, part, None).before for part in ((0, 8), (8, len(text))))
    assert plain_text([piece for piece in first if piece.is_cited]) == "two "
    assert plain_text([piece for piece in second if piece.is_cited]) == "three"
    assert [one.number for piece in (*first, *second) for one in piece.ending] == [1]


@pytest.mark.parametrize(
    "asked",
    ["", "5", "5-", "-5", "9-3", "3-3", "0-19", "a-b", "1-2-3", "0x1-3", "1e1-12", "²-³", "-1-4", "9" * 5000, "1-2\n"],
)
def test_a_span_that_is_none_is_no_span(asked):
    assert asked_span(asked, 18) is None


def test_a_span_within_the_text_is_one():
    assert asked_span("0-18", 18) == (0, 18)


def test_a_long_text_is_divided_at_line_breaks_and_nothing_is_lost():
    text = "\n".join("word " * 20 for _ in range(200))
    parts = parts_of(text, longest=1000)
    assert "".join(text[start:end] for start, end in parts) == text
    assert all(text[end - 1] == "\n" for _, end in parts[:-1])
    assert max(end - start for start, end in parts) <= 1000
    assert parts_of("x" * 2500, longest=1000) == [(0, 1000), (1000, 2000), (2000, 2500)]
    assert parts_of("") == [(0, 0)]


# The page of a document


def test_the_page_says_what_the_document_is_and_what_is_kept_of_it(page, keep):
    keep.document(
        "letter",
        "1954-09-21",
        "Dear General",
        kind="letter",
        by_line="Colonel X",
        published_basis="Dated by its stamp",
        retrieved="2018-08",
        address="Record group 554, box 7",
        grade="P",
    )
    text = page("/record/document/letter/").text
    for said in (
        "Letter or memorandum",
        "Colonel X",
        "21 September 1954",
        "Dated by its stamp",
        "August 2018",
        "Record group 554, box 7",
        "P: primary: an official text, or an official speaking on record",
        "A copy made by others is kept here, byte for byte.",
        Original.objects.get(name="letter.txt").digest,
    ):
        assert said in text


def test_an_address_is_text_and_no_link_elsewhere(page, keep):
    keep.document("paper", "2018-07-01", None, address="javascript:alert(1)")
    keep.document("other", "2018-07-01", None, address="https://elsewhere.example/")
    for code in ("paper", "other"):
        assert refused_markup(page(f"/record/document/{code}/").text) == []


def test_a_note_is_said_to_be_a_note(page, keep):
    keep.document("note", "2018-07-01", "What it says, in our words.", holding="note")
    text = page("/record/document/note/").text
    assert "It is not the document’s own text." in text
    assert "The words are not those of the document." in text


def test_a_reference_alone_is_said_to_be_no_more(page, keep):
    keep.document("gone", "2018-07-01", None)
    text = page("/record/document/gone/").text
    assert "Nothing of this document is kept here but the reference to it." in text
    assert "Download" not in text


def test_the_passage_that_is_asked_for_is_marked(page):
    text = page(f"{PAGE}?passage={START}-{START + len(PASSAGE)}").text
    assert f'<mark id="passage"><span class="cited">{PASSAGE}</span>' in text
    assert text.count("<mark") == 1


def test_every_passage_that_a_row_cites_is_marked_and_leads_to_the_row(page, june):
    text = page().text
    assert f'<span class="cited">{PASSAGE}</span><a class="cited-by" href="{june.yes.get_absolute_url()}"' in text
    assert "<mark" not in text


@pytest.mark.parametrize(
    "query",
    [
        "passage=nonsense",
        "passage=5-2",
        "passage=0-9999999",
        "passage=%00",
        "passage=1-2&passage=x",
        "part=-1",
        "part=²",
    ],
)
def test_a_passage_that_is_not_there_marks_nothing_and_breaks_nothing(page, query):
    response = page(f"{PAGE}?{query}")
    assert response.status_code == 200
    assert "<mark" not in response.text
    assert "At a rally in Duluth" in response.text
    assert ("is not in this text. Nothing is marked." in response.text) == ("passage" in query)


def test_statements_figures_and_citations_are_listed_in_the_order_of_the_text(page, keep):
    sheet = keep.document("sheet", "2018-06-18", "First 7,699. Then they met. Last, someone spoke.", publisher="DPAA")
    series = keep.series("s", "Those unaccounted for")
    keep.statement("spoke", sheet, "2018-06-18", "Somebody spoke.", speaker_described="x", passage="someone spoke")
    keep.figure("count", series, sheet, 7699, "2018-06-18", passage="7,699")
    keep.cited("meeting", "m", sheet, name="Talks")
    keep.cited("event", "e", sheet, "they met", name="They met", kind="visit", happened="2018-06-18")
    taken = page("/record/document/sheet/").context["taken"]
    assert [(one.number, one.kind, one.words) for one in taken] == [
        (1, "figure", "7,699 people unaccounted for, Those unaccounted for"),
        (2, "event", "They met"),
        (3, "statement", "Somebody spoke."),
        (4, "meeting", "Talks"),
    ]


def test_a_change_is_named_together_with_what_changed(page):
    taken = page("/record/document/transfer/").context["taken"]
    assert taken[0].words == "Handover of 55 boxes: received, 27 July 2018"


def test_what_was_taken_later_than_asked_for_is_not_there(page, keep, june):
    document = Document.objects.get(pk="duluth")
    keep.statement("later", document, "2018-06-20", "Noticed later.", speaker_described="x", known_on=date(2019, 1, 1))
    assert "Noticed later." in page().text
    assert "Noticed later." not in page(f"{PAGE}?known=2018-12-31").text


def test_a_document_and_its_copies_name_each_other(page, keep):
    document = Document.objects.get(pk="duluth")
    keep.document("copy", "2018-06-22", "Copied.", copy_of=document, headline="The copy")
    assert "The copy" in page().text
    assert document.headline in page("/record/document/copy/").text


def test_html_in_a_document_stays_text(page, keep):
    hostile = "<script>alert(1)</script> & <b>bold</b>"
    document = keep.document("hostile", "2018-07-01", hostile, headline=hostile, publisher="<img src=x>", by_line="<i>")
    keep.statement("s", document, "2018-07-01", "<u>claim</u>", speaker_described="<em>who</em>", passage="<b>bold</b>")
    for address in ("/record/document/hostile/?passage=0-8", "/record/statement/s/", "/documents/"):
        text = page(address).text
        for tag in ("<script>", "<b>", "<img", "<i>", "<u>", "<em>"):
            assert tag not in text
        assert refused_markup(text) == []
    assert '<mark id="passage">&lt;script&gt;</mark>' in page("/record/document/hostile/?passage=0-8").text


def test_a_long_text_is_read_in_parts_and_a_passage_opens_its_part(page, keep, monkeypatch):
    text = "\n".join(f"line {number}" for number in range(20_000))
    keep.document("long", "2018-07-01", text)
    address = "/record/document/long/"
    assert "line 19999" not in page(address).text
    assert "Part 1 of 4" in page(address).text
    assert "line 19999" in page(f"{address}?part=4").text
    start = text.index("line 15000")
    shown = page(f"{address}?passage={start}-{start + 10}").text
    assert '<mark id="passage">line 15000</mark>' in shown


def test_the_page_of_a_document_asks_the_database_little_whatever_the_size(
    page, keep, officer, django_assert_max_num_queries
):
    words = " ".join(f"w{number}." for number in range(60))
    document = keep.document("much", "2018-07-01", words, copy_of=Document.objects.get(pk="duluth"))
    meeting = keep.cited("meeting", "m", document, name="Talks")
    for number in range(12):
        passage = f"w{number}."
        said = keep.statement(f"s{number}", document, "2018-07-01", "C", speaker_described="x", passage=passage)
        series = keep.series(f"s{number}", f"Series {number}")
        keep.figure(f"f{number}", series, document, 1, "2018-07-01", passage=passage)
        keep.cited("event", f"e{number}", document, passage, name="E", kind="visit", happened="2018-07-01")
        keep.cited("contact", f"k{number}", document, passage, name="K", kind="call", happened="2018-07-01",
                   sender_id="us", receiver_id="dprk")  # fmt: skip
        keep.cited("place", f"p{number}", document, passage, name="P", kind="site")
        step = {"kind": "announced", "by_id": "us", "scheduled": "2018-07-20", "happened": "2018-07-01"}
        keep.cited("meetingchange", f"c{number}", document, passage, meeting=meeting, **step)
        keep.cited("workinggroup", f"g{number}", document, passage, name="G", happened="2018-07-01")
        keep.cited("agreement", f"a{number}", document, passage, name="A", kind="plan", happened="2018-07-01")
        keep.cited("operation", f"o{number}", document, passage, name="O")
        keep.document(f"copy-{number}", "2018-07-02", None, copy_of=document)
        amend(said, {"claim": "D"}, by=officer, why="w", read_version=1, known_on=date(2020, 1, 1))
    with django_assert_max_num_queries(25):
        assert len(page("/record/document/much/").context["taken"]) == 109
    page("/record/document/much/?known=2018-12-31")
    with django_assert_max_num_queries(25):
        assert len(page("/record/document/much/").context["taken"]) == 109


def test_a_document_from_which_very_much_was_taken_lists_a_part_and_says_so(page, keep, monkeypatch):
    monkeypatch.setattr("homeward.web.sources.document_page.MOST_TAKEN", 3)
    document = keep.document("much", "2018-07-01", None)
    for number in range(5):
        keep.statement(f"s{number}", document, "2018-07-01", "C", speaker_described="x")
    shown = page("/record/document/much/")
    assert len(shown.context["taken"]) == 3
    assert "Not everything that rests on this document is listed here." in shown.text


def test_forms_for_a_statement_and_a_figure_come_with_the_document_filled_in(client, page, officer):
    assert "/record/statement/new" not in page().text
    client.force_login(officer)
    assert "/record/statement/new?document=duluth" in page().text
    form = page("/record/statement/new?document=duluth&grade=N")
    assert form.context["form"]["document"].value() == "duluth"
    assert page("/record/figure/new?document=duluth").status_code == 200


# Who may see what


@pytest.mark.parametrize(
    ("reach", "seeing"),
    [("family", {Role.FAMILY_LIAISON, Role.EXAMINER, Role.HISTORIAN}), ("genetic", {Role.DNA_ANALYST, Role.EXAMINER})],
)
@pytest.mark.parametrize("role", Role)
def test_a_document_of_limited_reach_is_there_only_for_those_it_is_for(client, db, role, reach, seeing):
    keep = keeper_of_everything()
    document = keep.document("private", "2018-07-01", "Private words.", reach=reach, headline="A private letter")
    keep.statement("private", document, "2018-07-01", "A private claim.", speaker_described="x", passage="Private")
    client.force_login(add_user("somebody", role, PASSWORD))
    expected = 200 if role in seeing else 404
    for address in ("/record/document/private/", "/documents/private/original", "/record/statement/private/"):
        response = client.get(address)
        assert (address, response.status_code) == (address, expected)
        assert expected == 200 or "A private" not in response.text
    assert ("A private letter" in client.get("/documents/").text) == (role in seeing)


def test_a_copy_does_not_tell_of_the_document_that_it_repeats_if_that_is_not_for_the_reader(page):
    keep = keeper_of_everything()
    original = keep.document("private", "2018-07-01", "Private words.", reach="family", headline="A private letter")
    keep.document("public", "2018-07-02", "Public words.", copy_of=original)
    assert "A private letter" not in page("/record/document/public/").text


@pytest.mark.parametrize("address", [PAGE, "/documents/", "/documents/new", "/documents/duluth/original"])
def test_strangers_find_nothing(client, june, outsider, address):
    client.force_login(outsider)
    assert client.get(address).status_code == 404


# The original


def test_the_original_comes_byte_for_byte_and_no_browser_opens_it(client, page, keep):
    content = "\ufeffWith a mark, a <script>tag</script> and 한글\r\n"
    keep.document("bytes", "2018-07-01", content)
    response = page("/documents/bytes/original")
    assert response.content == content.encode()
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == 'attachment; filename="bytes.txt"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert client.post("/documents/bytes/original").status_code == 405


def test_there_is_no_original_of_a_mere_reference_or_before_it_was_known(page, keep):
    keep.document("gone", "2018-07-01", None)
    assert page("/documents/gone/original").status_code == 404
    assert page("/documents/nothing/original").status_code == 404
    assert page("/documents/duluth/original?known=2018-06-01").status_code == 404


# The list of documents


@pytest.fixture
def shelf(client, reader, keep):
    keep.document("old", "1954-09-21", None, kind="report", grade="S", publisher="A Corps history")
    keep.document("sheet", "2018-06-18", None, kind="fact-sheet", grade="P", publisher="DPAA")
    keep.document("news", "2018-07-12", None, publisher="World Military News", headline="A no-show")
    keep.document("rough", "2018-07", None, publisher="Yonhap", known_on=date(2018, 8, 1))
    client.force_login(reader)
    return lambda query="": client.get(f"/documents/{query}")


def codes(response):
    return [row.code for row in response.context["rows"]]


def test_the_newest_document_comes_first(shelf):
    assert codes(shelf()) == ["news", "rough", "sheet", "old"]
    assert refused_markup(shelf().text) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?kind=fact-sheet", ["sheet"]),
        ("?grade=N", ["news", "rough"]),
        ("?publisher=military", ["news"]),
        ("?publisher=no-show", ["news"]),
        ("?publisher=%25", []),
        ("?since=2018-07-13", ["rough"]),
        ("?until=2018-06", ["sheet", "old"]),
        ("?since=2018-06-01&until=2018-07-31&grade=P", ["sheet"]),
        ("?kind=nonsense", ["news", "rough", "sheet", "old"]),
        ("?page=99", ["news", "rough", "sheet", "old"]),
        ("?known=2018-07-15", ["news", "sheet", "old"]),
    ],
)
def test_the_list_is_narrowed(shelf, query, found):
    assert codes(shelf(query)) == found


def test_a_period_that_is_no_date_is_pointed_out_and_kept(shelf):
    shown = shelf("?since=yesterday&kind=report")
    assert "is not a date" in shown.text
    assert 'value="yesterday"' in shown.text
    assert codes(shown) == ["old"]


def test_pages_of_the_list_keep_what_was_chosen(shelf, keep, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr("homeward.web.sources.document_views.PAGE_SIZE", 2)
    shown = shelf("?until=2018-07-12")
    assert "Page 1 of 2" in shown.text
    assert "?until=2018-07-12&amp;page=2" in shown.text
    with django_assert_max_num_queries(10):
        assert codes(shelf("?page=2")) == ["sheet", "old"]


def test_the_list_that_every_noun_has_leads_to_this_one(client, shelf):
    response = client.get("/record/document/?kind=report")
    assert (response.status_code, response["Location"]) == (302, "/documents/?kind=report")
