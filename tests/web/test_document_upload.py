"""Entering a document with its file: kept once, whatever it is called, and nothing typed is lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from homeward.web.journal.keeping import withdraw
from homeward.web.journal.models import Entry
from homeward.web.sources.models import Document, Original
from tests.web.sourced_rows import Keeper
from tests.web.test_page_safety import refused_markup

TYPED = {
    "kind": "article",
    "headline": "Remains come home",
    "publisher": "A newspaper",
    "by_line": "A. Writer",
    "language": "en",
    "published": "2018-07-27",
    "published_basis": "",
    "retrieved": "",
    "address": "https://news.example/1",
    "grade": "N",
    "holding": "copy",
    "copy_of": "",
    "reach": "record",
    "note": "",
    "known_on": "2018-07-27",
    "why": "",
}


@pytest.fixture
def keep(officer):
    return Keeper(officer)


@pytest.fixture
def enterer(client, officer):
    client.force_login(officer)
    return client


def upload(client, content=b"Some text.", name="page.txt", **typed):
    file = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    return client.post("/documents/new", {**TYPED, **file, **typed})


def test_a_document_is_entered_with_its_file_and_shown(enterer):
    response = upload(enterer, b"Fifty-five boxes.")
    document = Document.objects.get()
    assert (response.status_code, response["Location"]) == (302, document.get_absolute_url())
    assert document.code == "2018-07-27-a-newspaper-remains-come-home"
    assert document.text == "Fifty-five boxes."
    assert list(Entry.objects.values_list("action", flat=True))[-2:] == ["original.kept", "document.entered"]
    assert "Fifty-five boxes." in enterer.get(response["Location"]).text


def test_a_document_without_a_file_is_a_reference(enterer):
    assert upload(enterer, None, holding="none").status_code == 302
    assert Document.objects.get().original is None


def test_what_is_kept_must_be_what_is_said_to_be_kept(enterer):
    for content, holding in ((None, "copy"), (b"Some text.", "none")):
        response = upload(enterer, content, holding=holding)
        assert response.status_code == 422
        assert "Say what is kept" in response.text
    assert not Document.objects.exists()
    assert not Original.objects.exists()


def test_everything_typed_is_still_there_after_an_error(enterer):
    response = upload(enterer, published="the day after", headline='A "quoted" <title>')
    assert response.status_code == 422
    assert "is not a date" in response.text
    assert "A &quot;quoted&quot; &lt;title&gt;" in response.text
    assert response.context["form"]["published"].value() == "the day after"
    form = response.context["form"]
    assert all(form[name].value() == value for name, value in TYPED.items() if name not in ("published", "headline"))
    assert "Only the file must be chosen again." in response.text
    assert not Original.objects.exists()


def test_the_same_file_twice_leads_to_the_document_that_it_already_is(enterer):
    first = upload(enterer)["Location"]
    again = upload(enterer, headline="Under another title", name="other.txt")
    assert again.status_code == 422
    assert "This file is already in the record" in again.text
    assert f'href="{first}"' in again.text
    assert "Under another title" in again.text
    assert Document.objects.count() == 1


def test_the_same_file_in_a_document_that_one_may_not_see_is_refused_without_a_word_about_it(enterer, keep):
    keep.document("private", "2018-07-01", "Private words.", reach="family", headline="A private letter")
    response = upload(enterer, b"Private words.")
    assert response.status_code == 422
    assert "a document that you may not see" in response.text
    assert "A private letter" not in response.text


def test_the_file_of_a_withdrawn_document_can_be_entered_again(enterer, officer):
    upload(enterer)
    withdraw(Document.objects.get(), by=officer, why="The wrong publisher.")
    assert upload(enterer, publisher="The right one").status_code == 302
    assert Original.objects.count() == 1


def test_a_file_that_is_too_large_is_not_taken_in_and_what_was_typed_stays(enterer, monkeypatch):
    monkeypatch.setattr("homeward.web.sources.document_views.MAX_BYTES", 1000)
    response = upload(enterer, b"x" * 1001)
    assert response.status_code == 422
    assert "The file is larger than" in response.text
    assert response.context["form"]["headline"].value() == TYPED["headline"]
    assert not Original.objects.exists()
    assert upload(enterer, b"x" * 1000).status_code == 302


def test_an_empty_file_is_refused(enterer):
    response = upload(enterer, b"")
    assert response.status_code == 422
    assert "empty" in response.text


@pytest.mark.parametrize("name", ["../../etc/passwd", "a<b>.html", "x" * 150 + ".txt", "con.txt"])
def test_a_file_of_any_name_is_kept_under_a_plain_one(enterer, name):
    assert upload(enterer, name=name).status_code == 302
    kept = Original.objects.get().name
    assert "/" not in kept
    assert "<" not in kept


def test_a_hostile_page_is_kept_and_shown_as_text_alone(enterer):
    page = b"<html><script>alert(1)</script><p onclick='x()'>Seen &lt;b&gt;</p></html>"
    shown = enterer.get(upload(enterer, page, name="page.html")["Location"])
    assert "Seen &lt;b&gt;" in shown.text
    assert "alert(1)" not in shown.text
    assert refused_markup(shown.text) == []


def test_only_those_who_may_enter_sources_can_upload(client, reader, db):
    client.force_login(reader)
    assert client.get("/documents/new").status_code == 403
    assert upload(client).status_code == 403
    assert not Original.objects.exists()


def test_an_upload_without_the_token_of_the_form_is_refused(officer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert upload(strict).status_code == 403
    token = strict.get("/documents/new").cookies["homeward_csrf"].value
    assert upload(strict, csrfmiddlewaretoken=token).status_code == 302


def test_nobody_enters_what_they_could_not_look_at_afterwards(enterer):
    assert upload(enterer, reach="genetic").status_code == 422
    assert [value for value, _ in enterer.get("/documents/new").context["form"].fields["reach"].choices] == ["record"]


def test_the_form_holds_nothing_that_strict_browsers_refuse(enterer):
    assert refused_markup(enterer.get("/documents/new").text) == []
    assert refused_markup(upload(enterer, published="x").text) == []
