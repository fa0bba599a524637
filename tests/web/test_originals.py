"""Keeping the bytes of documents, and the text that can be read in them."""

import hashlib
import time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.sources.models import Document, Original, Statement
from homeward.web.sources.originals import (
    MAX_BYTES,
    enter_document,
    keep_original,
    new_original,
    plain_name,
    record_original,
)
from tests.unit.reading.made_files import STORY, made_docx, made_pdf
from tests.web.conftest import PASSWORD
from tests.web.record_rows import document

PAGE = b"<p>Officials will &#8220;meet at <b>Panmunjom</b>&#8221;</p>"


def text_of(content: bytes, name: str) -> str:
    return new_original(content, name).text


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once_under_their_first_name(historian):
    first = record_original(PAGE, "talks.html", by=historian)
    second = record_original(PAGE, "again.html", by=historian)
    assert first.digest == second.digest == hashlib.sha256(PAGE).hexdigest()
    assert second.name == "talks.html"
    assert bytes(Original.objects.get().content) == PAGE
    assert Entry.objects.filter(action="original.kept", noun="original", code=first.digest).count() == 1


@pytest.mark.django_db
def test_an_original_is_kept_within_a_transaction_only():
    with transaction.atomic():
        kept = keep_original(new_original(PAGE, "talks.html"))
        assert keep_original(new_original(PAGE, "again.html")) == kept
    assert Original.objects.get().name == "talks.html"


@pytest.mark.django_db
def test_a_document_is_entered_with_its_original_in_one_step(historian):
    holding = document("talks", holding="original")
    enter_document(holding, PAGE, "C:\\Users\\me\\talks.html", by=historian, why="Found today.")
    kept = Document.objects.get().original
    assert (kept.name, kept.media_type) == ("talks.html", "text/html")
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-2:] == ["original.kept", "document.entered"]
    assert verify_record().holds


@pytest.mark.django_db
def test_a_document_that_is_not_possible_leaves_no_original_behind(historian):
    with pytest.raises(ValidationError):
        enter_document(document("talks", holding="none"), PAGE, "talks.html", by=historian)
    assert not Original.objects.exists()
    assert not Entry.objects.filter(action="original.kept").exists()


@pytest.mark.django_db
def test_the_same_file_a_second_time_is_refused_by_naming_the_first_document(historian):
    enter_document(document("talks", holding="original", headline="Talks on remains"), PAGE, "talks.html", by=historian)
    with pytest.raises(ValidationError, match="already in the record, as talks: Talks on remains"):
        enter_document(document("copy", holding="original"), PAGE, "other.html", by=historian)
    assert Document.objects.count() == 1


@pytest.mark.django_db
def test_a_document_that_somebody_may_not_see_is_not_named_to_them(historian, officer):
    secret = document("secret", holding="original", headline="A family's letter", reach="family")
    enter_document(secret, PAGE, "letter.html", by=historian)
    with pytest.raises(ValidationError) as refused:
        enter_document(document("copy", holding="original"), PAGE, "other.html", by=officer)
    assert "letter" not in str(refused.value)
    assert "you may not see" in str(refused.value)


@pytest.mark.django_db
def test_a_reader_keeps_nothing(reader):
    with pytest.raises(PermissionDenied):
        record_original(PAGE, "talks.html", by=reader)
    with pytest.raises(PermissionDenied):
        enter_document(document("talks", holding="original"), PAGE, "talks.html", by=reader)
    assert not Original.objects.exists()


@pytest.mark.django_db
def test_a_passage_of_an_html_page_is_found_in_its_text(historian):
    enter_document(document("talks", holding="original"), PAGE, "talks.html", by=historian)
    statement = Statement(document_id="talks", passage="“meet at\nPanmunjom”")
    statement.clean()
    text = Document.objects.get().text
    assert text[statement.passage_start : statement.passage_end] == "“meet at Panmunjom”"


def test_an_empty_file_is_refused():
    with pytest.raises(ValidationError, match="empty"):
        new_original(b"", "empty.txt")


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(ValidationError, match="at most 20 MiB"):
        new_original(b"x" * (MAX_BYTES + 1), "large.txt")


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.txt", b"words", "text/plain"),
        ("a.HTML", b"<p>words", "text/html"),
        ("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
        ("a.pdf", b"<script>alert(1)</script>", "application/octet-stream"),
        ("a.png", b"GIF89a", "application/octet-stream"),
        ("a.svg", b"<svg onload='x()'/>", "image/svg+xml"),
        ("a.exe", b"MZ", "application/octet-stream"),
        ("a", b"words", "application/octet-stream"),
    ],
)
def test_the_sort_of_a_file_follows_from_its_name_and_its_first_bytes(name, content, media_type):
    assert new_original(content, name).media_type == media_type


def test_what_the_sender_says_counts_only_where_the_name_says_nothing():
    assert new_original(b"words", "letter", "text/plain; charset=utf-8").media_type == "text/plain"
    assert new_original(b"words", "letter", "text/x-python").media_type == "application/octet-stream"
    assert new_original(b"words", "letter.txt", "text/html").media_type == "text/plain"
    assert new_original(b"words", "letter", "image/png").media_type == "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("판문점\r\nmet".encode(), "판문점\r\nmet"),
        (b"\xef\xbb\xbfmet", "met"),
        ("판문점".encode("utf-16"), "판문점"),
        ("판문점".encode("euc-kr"), "판문점"),
        (b"met\0" + b"b" * 100, "met�" + "b" * 100),
        (b"a\0b", ""),
    ],
)
def test_plain_text_is_kept_as_it_is_in_characters_that_every_database_takes(content, text):
    kept = new_original(content, "a.txt")
    assert kept.text == text
    assert kept.text_digest == hashlib.sha256(text.encode()).hexdigest()


def test_a_page_is_read_in_the_encoding_that_it_declares():
    page = '<meta http-equiv="Content-Type" content="text/html; charset=euc-kr"><p>판문점</p>'
    assert text_of(page.encode("euc-kr"), "a.html") == "판문점"
    assert text_of('<meta charset="x-own"><p>판문점</p>'.encode("euc-kr"), "a.html") == "판문점"
    assert text_of('<meta charset="idna"><p>caf\xe9</p>'.encode("cp1252"), "a.html") == "café"
    assert text_of(b'<meta charset="utf-7"><p>+ADw-</p>', "a.html") == "+ADw-"


@pytest.mark.parametrize("name", ["a.xml", "a.svg", "a.docx", "a.pdf"])
def test_xml_is_never_opened_whatever_it_is_called(name):
    local = b"file:" + b"///etc/passwd"
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b SYSTEM "' + local + b'">]><x>&a;&b;</x>'
    assert text_of(bomb, name) == ""


@pytest.mark.parametrize(("content", "name"), [(made_pdf(*STORY), "a.pdf"), (made_docx(*STORY), "a.docx")])
def test_a_pdf_and_a_docx_are_kept_with_their_text(content, name):
    kept = new_original(content, name)
    assert kept.text.split() == " ".join(STORY).split()
    assert kept.content == content


@pytest.mark.parametrize("content", [made_pdf(), b"%PDF-1.4 torn"])
def test_a_file_in_which_nothing_can_be_read_is_kept_without_text(content):
    assert text_of(content, "a.pdf") == ""


def test_the_text_of_a_page_is_what_a_reader_of_the_page_sees():
    page = """<!DOCTYPE html><html><head><title>Not this</title><style>p { color: red }</style></head>
    <body><!-- <p>nor this --><nav>Home</nav><h1>Talks&nbsp;on
    remains</h1><script>if (a < b) document.write("<p>nor this</p>")</script>
    <p>5 &lt; 6 and <i>so</i> on<br>next line</p><ul><li>one</li><li>two</li></ul>
    <table><tr><td>a</td><td>b</td></tr></table><svg><text>nor this</text></svg></body></html>"""
    assert text_of(page.encode(), "a.html").split("\n") == [
        "Home",
        "Talks on remains",
        "5 < 6 and so on",
        "next line",
        "one",
        "two",
        "a\tb",
    ]


def test_a_comment_in_a_script_and_a_script_in_a_comment_hide_nothing_else():
    assert text_of(b'<script>x = "<!--"</script><p>seen</p>', "a.html") == "seen"
    assert text_of(b"<!-- <script> --><p>seen</p>", "a.html") == "seen"


@pytest.mark.parametrize(
    "piece",
    ["<", "<a ", "</1", "<!--x>", "<![cdata[x>", "<div>", "&#", "<script>", '<a b="', "<a b='\"x'>", "<?", "<svg "],
)
def test_a_hostile_page_takes_no_more_time_than_its_length_deserves(piece):
    page = piece * (500_000 // len(piece))
    started = time.process_time()
    text_of(page.encode(), "a.html")
    # About half a second for the slowest of them; what reads a stretch again and again takes hours.
    assert time.process_time() - started < 20


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("/etc/passwd", "passwd"),
        ("..", "document"),
        ("talks\u00a0\u2003.", "talks"),
        ("a\0b\n.txt", "a_b_.txt"),
        ("con.txt", "_con.txt"),
        ("what? <b>.html", "what_ _b_.html"),
        ("판" * 100 + ".html", "판" * 65 + ".html"),
    ],
)
def test_a_name_is_kept_as_every_system_can_write_it(name, kept):
    assert plain_name(name) == kept
    assert plain_name(kept) == kept
