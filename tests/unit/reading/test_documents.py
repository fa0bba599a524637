"""Clean text of pages, text files, PDF and DOCX: what is kept, what is left out, where it came from, what is refused."""

import time

import pytest

from homeward.core.errors import InputError
from homeward.reading.documents.opening import LARGEST_FILE, open_document
from homeward.reading.documents.whole import DOCX, HTML, PDF, PLAIN, whole_text
from homeward.reading.json_document import reading_document
from homeward.reading.read import read_document
from tests.unit.reading.made_files import STORY, made_docx, made_page, made_pdf

TEXT = "\n".join(STORY)


def test_a_page_is_read_without_navigation_links_tags_and_comments():
    document = open_document(made_page(*STORY), "page.html")
    assert document.text == f"Nobody came to the bridge\n{TEXT}"
    assert document.title == "Nobody came to the bridge"


def test_every_character_has_its_place_in_the_page():
    content = made_page(
        "The dead&nbsp;came home &mdash; 55 <b>boxes</b>, in all   of them, as <i>they</i> said at the time.", STORY[0]
    )
    document = open_document(content, "page.html")
    source = content.decode()
    covered = 0
    for start, end, first, last in document.runs:
        covered += end - start
        if end - start == last - first:
            assert (
                document.text[start:end].split() == source[first:last].replace("&", " ", 1).split()
                or document.text[start:end] == source[first:last]
            )
    assert covered >= len(document.text) - document.text.count("\n")


def test_hidden_text_and_scripts_are_left_out_and_named():
    page = made_page(
        *STORY,
        before="<script>var a = '<p>900 soldiers came home to their families.</p>'</script>",
        after="<p hidden>Hidden: 700 soldiers were returned to them at night.</p>",
    )
    document = open_document(page, "page.html")
    assert "900" not in document.text
    assert "700" not in document.text
    assert any("hides" in note for note in document.notes)
    assert any("not run" in note for note in document.notes)


def test_the_head_of_a_page_says_publisher_author_and_date():
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x", "datePublished": "2018-07-13T08:00:00Z",'
        '"author": {"name": "Jane Roe"}, "publisher": {"name": "The Ledger"}}</script>'
    )
    found = reading_document(read_document(made_page(*STORY, head=head), "page.html"))["document"]
    assert (found["publisher"], found["by_line"]) == ("The Ledger", "Jane Roe")
    assert found["published"] == {
        "earliest": "2018-07-13", "latest": "2018-07-13", "edtf": "2018-07-13", "basis": "metadata", "reasons": found["published"]["reasons"]
    }  # fmt: skip


def test_a_wrapped_text_is_joined_to_paragraphs():
    wrapped = "Officers of the command waited at the bridge on Thursday,\nbut nobody came, a spokesman said, and so they went home\nagain.\n\nHe said that 55 boxes had been promised.\n"
    assert open_document(wrapped.encode(), "a.txt").text.split("\n") == [
        "Officers of the command waited at the bridge on Thursday, but nobody came, a spokesman said, and so they went home again.",
        "He said that 55 boxes had been promised.",
    ]


def test_a_saved_text_is_read_without_the_lines_around_it():
    saved = f"17:15 GMT20 January 2021\nListen Live\n    Get short URL\n\n    {STORY[0]}\n\n    {STORY[1]}\n\n\nMinister Urges the Other Side to Follow a Path\nremains, soldiers, Kim Jong-un\nCommunity standardsDiscussion"
    assert open_document(saved.encode(), "a.txt").text == TEXT


def test_a_pdf_is_read_page_by_page():
    document = open_document(made_pdf(*STORY), "a.pdf")
    assert "nobody came" in document.text
    assert {(first, last) for _, _, first, last in document.runs} == {(1, 1)}


def test_a_docx_is_read_paragraph_by_paragraph():
    document = open_document(made_docx(*STORY), "a.docx")
    assert document.text == TEXT
    assert {first for _, _, first, _ in document.runs} == {1, 2}


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(made_page(*STORY), HTML), (made_pdf(*STORY), PDF), (made_docx(*STORY), DOCX), (TEXT.encode(), PLAIN)],
)
def test_every_paragraph_of_the_clean_text_stands_in_the_whole_text(content, media_type):
    whole = " ".join(whole_text(content, "file", media_type).split())
    paragraphs = open_document(content, "file").text.split("\n")
    assert paragraphs
    assert all(paragraph in whole for paragraph in paragraphs)


def test_the_whole_text_of_a_page_has_what_stands_around_the_article():
    whole = whole_text(made_page(*STORY), "page.html", HTML)
    assert "World news of the day and more" in whole
    assert whole_text(b"\x89PNG", "picture.png", "image/png") == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"  \n\t ", "empty"),
        (b"\x00\x01\x02" * 400, "not text"),
        (made_pdf(), "pictures of pages"),
        (b"%PDF-1.4\nbroken", "damaged"),
        (b"PK\x03\x04broken", "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old binary"),
        (b"<html><body><p>We use cookies. Accept cookies to go on.</p><p>Manage your consent and privacy choices here.</p></body></html>", "notice"),
        (b"<html><body><script>1</script></body></html>", "no text"),
        (made_docx(body='</w:body></w:document><!DOCTYPE x [<!ENTITY a "b">]>'), "DOCX"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_plainly(content, words):
    with pytest.raises(InputError) as error:
        open_document(content, "page")
    assert words in str(error.value)
    assert all(problem.fix for problem in error.value.problems)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(InputError, match="MB"):
        open_document(b"a" * (LARGEST_FILE + 1), "page")


def test_a_zip_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr("homeward.reading.documents.docx.LARGEST_PART", 1000)
    with pytest.raises(InputError, match="unpacks to more than"):
        open_document(made_docx("a" * 5000), "bomb.docx")


def test_a_page_of_20_mb_is_read_in_bounded_time():
    page = made_page(*STORY, before="<script>" + "x" * 20_000_000 + "</script>")
    start = time.perf_counter()
    assert "nobody came" in open_document(page, "page.html").text
    assert time.perf_counter() - start < 3  # 0.2 s here; a scan that is not linear takes hours


@pytest.mark.parametrize("unit", [b"<", b"<div ", b"<!--", b"&#1", b"<a><b>", b"</p", b'<p class="'])
def test_broken_markup_takes_no_longer_than_its_length(unit):
    start = time.perf_counter()
    open_document(made_page(*STORY) + unit * 60_000, "page.html")
    assert time.perf_counter() - start < 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_characters_are_read_in_any_common_encoding(encoding):
    assert "“café”" in open_document(f"They met at the “café” by the bridge.\n{TEXT}".encode(encoding), "a.txt").text


def test_bytes_that_are_wrong_are_marked_and_named():
    document = open_document(
        f"{TEXT} In P'yŏngyang 김정은 was there.".encode() + b" \xff\xfe end of it all, he said.", "a.txt"
    )
    assert "�" in document.text
    assert any("not UTF-8" in note for note in document.notes)


def test_another_language_is_given_as_text_and_said():
    text = "Die Gespräche über die Rückkehr der Toten sind nicht fortgesetzt worden, sagte ein Sprecher der Armee, und es ist nicht klar, wann sie es werden."
    reading = read_document(text.encode(), "a.txt")
    assert reading.language == "de"
    assert reading.dates == reading.events == ()
    assert any("language" in note for note in reading.notes)
