"""What holds for every page: strict headers, and nothing that a strict browser would refuse."""

from html.parser import HTMLParser

import pytest
from django.test import Client

from homeward.web.config.headers import CONTENT_SECURITY_POLICY

PUBLIC_PAGES = ["/account/sign-in/", "/report.css", "/static/homeward/site.css", "/no-such-page"]
SIGNED_IN_PAGES = ["/", "/account/password/", "/account/password/changed/", "/no-such-page"]


class RefusedMarkup(HTMLParser):
    """Collects whatever the content security policy forbids, and links to other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in {"script", "style", "iframe", "object", "embed", "base"}:
            self.refused.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.refused.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "xlink:href"} and not value.startswith(("/", "#", "data:image/")):
                self.refused.append(f"{tag} {name}={value}")


def refused_markup(html: str) -> list[str]:
    parser = RefusedMarkup()
    parser.feed(html)
    return parser.refused


@pytest.fixture
def pages(client, reader, analysis):
    """Every page as a stranger or a reader gets it, failures of forms included."""
    client.force_login(reader)
    stranger = Client()
    found = [
        *(stranger.get(address) for address in PUBLIC_PAGES),
        stranger.post("/account/sign-in/", {"username": "reader", "password": "wrong"}),
        Client(enforce_csrf_checks=True).post("/account/sign-in/", {}),
        *(client.get(address) for address in [*SIGNED_IN_PAGES, f"/analyses/{analysis.public_id}/"]),
        client.post("/account/password/", {}),
    ]
    for page in found:
        if page.streaming:
            list(page.streaming_content)  # reading a file to its end closes it
    return found


def test_every_page_carries_the_same_strict_headers(pages):
    for page in pages:
        assert page["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Referrer-Policy"] == "same-origin"
        assert page["X-Frame-Options"] == "DENY"


def test_no_page_holds_scripts_inline_styles_or_other_hosts(pages):
    for page in pages:
        if page["Content-Type"].startswith("text/html"):
            assert refused_markup(page.text) == []


def test_the_check_for_refused_markup_sees_what_it_should():
    html = '<p style="x" onclick="y"><script></script><a href="https://elsewhere.example/">z</a>'
    assert len(refused_markup(html)) == 4


def test_nothing_private_is_kept_by_the_browser(pages):
    for page in pages:
        if page["Content-Type"].startswith("text/html"):
            assert "no-store" in page["Cache-Control"]


def test_static_files_are_served_without_any_preparation(client):
    response = client.get("/static/homeward/site.css")
    assert b"--ink" in b"".join(response.streaming_content)
    assert response["Content-Type"].startswith("text/css")


def test_a_request_under_another_host_name_is_refused(client):
    assert client.get("/account/sign-in/", HTTP_HOST="elsewhere.example").status_code == 400


def test_an_error_of_ours_is_answered_in_plain_words(client, reader, monkeypatch, caplog):
    def fail(*_args, **_keywords):
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("homeward.web.casework.views.render", fail)
    client.raise_request_exception = False
    client.force_login(reader)
    response = client.get("/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "a secret detail" not in response.text
    assert refused_markup(response.text) == []
