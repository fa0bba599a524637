"""What holds for every page: strict headers, and nothing that a strict browser would refuse."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from homeward.web.accounts.tokens import create_token
from homeward.web.config.headers import CONTENT_SECURITY_POLICY
from tests.web.second_factors import Passkey, add_passkey, confirm_by_password, give_password

PUBLIC_PAGES = ["/account/sign-in/", "/analyses/report.css", "/static/homeward/site.css", "/no-such-page"]
SIGNED_IN_PAGES = [
    "/analyses/",
    "/account/",
    "/account/app/add/",
    "/account/app/remove/",
    "/account/confirm/",
    "/account/confirm/code/",
    "/account/confirm/passkey/",
    "/account/passkeys/add/",
    "/account/password/",
    "/account/password/changed/",
    "/account/recovery-codes/",
    "/account/recovery-codes/new/",
    "/account/tokens/",
    "/account/tokens/new/",
    "/no-such-page",
]


class RefusedMarkup(HTMLParser):
    """Collects whatever the content security policy forbids, and links to other hosts."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in {"style", "iframe", "object", "embed", "base"} or (tag == "script" and is_inline(dict(attrs))):
            self.refused.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.refused.append(f"{tag} {name}={value}")
            if name in {"href", "src", "action", "xlink:href"} and is_elsewhere(value or ""):
                self.refused.append(f"{tag} {name}={value}")


def is_inline(script: dict[str, str | None]) -> bool:
    """Whether a script has its program in the page; a script of JSON holds data, which no browser runs."""
    return "src" not in script and script.get("type") != "application/json"


def is_elsewhere(address: str) -> bool:
    """Whether an address names a host or a scheme of its own; a picture may be written out in the page."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc) and not address.startswith("data:image/")


def refused_markup(html: str) -> list[str]:
    parser = RefusedMarkup()
    parser.feed(html)
    return parser.refused


@pytest.fixture
def pages(client, reader, analysis):
    """Every page as a stranger or a reader gets it, failures of forms included."""
    confirm_by_password(client, reader)
    add_passkey(client, Passkey())
    key = Authenticator.objects.get(user=reader, type="webauthn")
    TOTP.activate(reader, generate_totp_secret())
    token, _ = create_token(reader, "notebook")
    half_way = Client()
    give_password(half_way)
    stranger = Client()
    found = [
        *(stranger.get(address) for address in PUBLIC_PAGES),
        stranger.post("/account/sign-in/", {"username": "reader", "password": "wrong"}),
        stranger.post("/account/sign-in/passkey/", {"credential": "{}"}),
        half_way.get("/account/sign-in/second-factor/"),
        half_way.post("/account/sign-in/second-factor/", {"code": "1"}),
        half_way.post("/account/sign-in/second-factor/", {"credential": "{}"}),
        client.get(f"/account/passkeys/{key.pk}/rename/"),
        client.get(f"/account/passkeys/{key.pk}/remove/"),
        client.get(f"/account/tokens/{token.public_id}/revoke/"),
        client.post("/account/tokens/new/", {"name": "notebook", "scope": "read", "days": "7"}),
        client.post("/account/confirm/passkey/", {"credential": "{}"}),
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
    other = '<a href="//elsewhere.example/"><a href="javascript:x()"><img src="data:text/html,x"><a href="?page=2">'
    assert len(refused_markup(other)) == 3
    assert refused_markup('<script src="https://elsewhere.example/x.js"></script>') != []
    assert refused_markup('<script src="/static/x.js"></script><script type="application/json">{}</script>') == []


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
    response = client.get("/analyses/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in response.text
    assert "a secret detail" not in response.text
    assert refused_markup(response.text) == []
