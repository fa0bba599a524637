"""Reviewing files of every kind: PDF and DOCX as any page, and plainly said where nothing can be drafted."""

import pytest

from homeward.web.review.models import Draft, Reading
from homeward.web.sources.documents import Document
from homeward.web.sources.models import Statement
from homeward.web.sources.originals import enter_document
from tests.unit.reading.made_files import made_docx, made_page, made_pdf
from tests.web.record_rows import document
from tests.web.sourced_rows import keeper_of_everything

LINES = (
    "Officers of the command waited at the bridge on Thursday, but nobody came, a spokesman said.",
    "A general said on Friday that 55 boxes had been promised at the meeting of the week before.",
)
KOREAN = "<p>북한 관리들은 목요일 판문점에서 열린 회담에 나오지 않았다고 유엔군사령부가 밝혔다.</p>" * 4

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper(db):
    return keeper_of_everything().by


@pytest.fixture
def page(client, keeper):
    client.force_login(keeper)
    return client


@pytest.fixture
def enter(keeper):
    """Enter a file as the document that the tests are about."""
    return lambda content, name: enter_document(document("saved", holding="copy"), content, name, by=keeper)


@pytest.mark.parametrize(
    ("content", "name", "locator"),
    [(made_pdf(*LINES), "a.pdf", "Page 1"), (made_docx(*LINES), "a.docx", "Paragraph 2")],
)
def test_the_text_of_a_pdf_and_a_docx_is_read_cited_marked_and_found(page, enter, content, name, locator):
    enter(content, name)
    page.post("/documents/saved/review/read")
    draft = next(one for one in Draft.objects.filter(kind="statement") if "A general said" in str(one))
    page.post(f"/documents/saved/review/{draft.public_id}/accept")
    row = Statement.objects.get()
    text = Document.objects.get().text
    assert text[row.passage_start : row.passage_end] == row.passage == str(draft)
    assert row.locator == locator
    shown = page.get("/record/document/saved/").text
    assert '<span class="cited">A general said on Friday' in shown
    assert "/record/document/saved/" in page.get("/search", {"q": "nobody came"}).text


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (made_pdf(), "scan.pdf", "it holds pictures of pages. Run text recognition"),
        (b"%PDF-1.4 torn", "torn.pdf", "The PDF is damaged"),
        (b"PK\x03\x04torn", "torn.docx", "not a readable DOCX document"),
        (
            b"<html><body><p>We use cookies. Accept cookies to go on.</p><p>Manage consent and privacy choices.</p>"
            b"</body></html>",
            "wall.html",
            "The page holds a notice (consent, sign-in, or an error) and not the document.",
        ),
        (
            f"<html><body><p>{'Officers waited at the bridge. ' * 70_000}</p>".encode(),
            "long.html",
            "2,169,999 characters",
        ),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "picture.png", "This is not text, HTML, PDF or DOCX."),
    ],
)
def test_what_cannot_be_read_is_kept_and_said_to_be_so_and_nothing_is_drafted(
    page, enter, content, name, sentence, monkeypatch
):
    monkeypatch.setattr("homeward.web.review.reading_kept.LONGEST_WHOLE", 20_000)
    enter(content, name)
    response = page.post("/documents/saved/review/read")
    assert response.status_code == 422
    assert sentence in response.text
    assert not Reading.objects.exists()
    assert page.get("/record/document/saved/").status_code == 200


def test_a_page_of_20_mb_whose_article_is_short_is_reviewed_as_any_other(page, enter):
    enter(made_page(*LINES, before="<script>" + "x" * 20_000_000 + "</script>"), "large.html")
    page.post("/documents/saved/review/read")
    assert "Officers of the command waited" in page.get("/documents/saved/review/").text


def test_a_page_in_another_language_is_shown_with_a_note_and_without_drafts(page, enter):
    enter(f"<html lang='ko'><body><article>{KOREAN}</article></body></html>".encode(), "ko.html")
    page.post("/documents/saved/review/read")
    text = page.get("/documents/saved/review/").text
    assert "The text is in another language (ko)" in text
    assert "판문점" in text
    assert "Nothing was drafted from this text." in text
    assert not Draft.objects.exists()
