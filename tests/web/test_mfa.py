"""Second factors: asked for at sign-in, limited, good for one use, and changed only by their confirmed owner."""

import json
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client

from homeward.web.accounts import secrets_at_rest
from homeward.web.accounts.actions import remove_second_factors
from homeward.web.accounts.attempts import MAX_ATTEMPTS
from homeward.web.accounts.models import SignInAttempt, UsedCode, User
from homeward.web.journal.models import Entry
from tests.web.conftest import PASSWORD
from tests.web.second_factors import (
    ADD_PASSKEY,
    CONFIRM,
    PERIOD_S,
    SECOND_STEP,
    SIGN_IN,
    Passkey,
    add_passkey,
    code_of,
    confirm_by_password,
    give_password,
    is_signed_in,
)

ADD_APP = "/account/app/add/"


@pytest.fixture(autouse=True)
def stopped_clock(monkeypatch):
    """Keep the clock in the middle of one of the periods in which a code is shown."""
    middle = (time.time() // PERIOD_S + 0.5) * PERIOD_S
    monkeypatch.setattr(time, "time", lambda: middle)


@pytest.fixture
def app_secret(reader) -> str:
    """The key in the authenticator app of the reader."""
    secret = generate_totp_secret()
    TOTP.activate(reader, secret)
    return secret


@pytest.fixture
def recovery_codes(reader, app_secret) -> list[str]:
    return RecoveryCodes.activate(reader).generate_codes()


@pytest.fixture
def confirmed(client, reader) -> Client:
    """The browser of the reader, who has just confirmed who is at the keyboard."""
    confirm_by_password(client, reader)
    return client


def give_code(client: Client, code: str, **extra: str):
    return client.post(SECOND_STEP, {"code": code}, **extra)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


# Signing in with an authenticator app


def test_the_password_alone_does_not_open_an_account_with_an_app(client, app_secret):
    assert give_password(client).url == SECOND_STEP
    assert not is_signed_in(client)


def test_password_and_code_open_the_page_that_was_asked_for(client, app_secret):
    give_password(client, next="/account/tokens/")
    assert give_code(client, code_of(app_secret)).url == "/account/tokens/"
    assert is_signed_in(client)


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_that_is_half_a_minute_off_is_no_obstacle(client, app_secret, steps):
    give_password(client)
    assert give_code(client, code_of(app_secret, steps_from_now=steps)).status_code == 302


def test_an_old_code_is_refused(client, app_secret):
    give_password(client)
    assert "This code is not right" in give_code(client, code_of(app_secret, steps_from_now=-3)).text
    assert not is_signed_in(client)


def test_a_code_signs_in_once(client, app_secret):
    code = code_of(app_secret)
    give_password(client)
    assert give_code(client, code).status_code == 302
    cache.clear()  # as in another process of the server, which has a cache of its own
    onlooker = Client()
    give_password(onlooker)
    assert "was used before" in give_code(onlooker, f"{code[:3]} {code[3:]}").text
    assert not is_signed_in(onlooker)


def test_the_second_step_cannot_be_opened_without_the_first(client, app_secret):
    assert client.get(SECOND_STEP).url == SIGN_IN
    assert give_code(client, code_of(app_secret)).url == SIGN_IN
    assert not is_signed_in(client)


def test_who_starts_again_has_to_give_the_password_again(client, app_secret):
    give_password(client)
    assert client.post("/account/sign-out/").url == SIGN_IN
    assert client.get(SECOND_STEP).url == SIGN_IN


def test_an_account_that_was_closed_between_the_steps_stays_closed(client, reader, app_secret):
    give_password(client)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    give_code(client, code_of(app_secret))
    assert not is_signed_in(client)


# The limit on attempts


def test_after_ten_wrong_codes_even_the_right_one_waits(client, app_secret):
    give_password(client)
    for _ in range(MAX_ATTEMPTS):
        assert give_code(client, wrong(code_of(app_secret))).status_code == 200
    response = give_code(client, code_of(app_secret))
    assert response.status_code == 429
    assert "Please wait 15 minutes" in response.text
    assert not is_signed_in(client)


def test_giving_the_password_again_does_not_bring_new_attempts_at_the_code(client, app_secret):
    give_password(client)
    for _ in range(MAX_ATTEMPTS - 1):
        give_code(client, wrong(code_of(app_secret)))
    again = Client()
    give_password(again)
    give_code(again, wrong(code_of(app_secret)))
    assert give_code(again, code_of(app_secret)).status_code == 429


def test_the_limit_on_codes_holds_from_every_address(client, app_secret):
    give_password(client)
    for number in range(MAX_ATTEMPTS):
        give_code(client, wrong(code_of(app_secret)), REMOTE_ADDR=f"192.0.2.{number}")
    assert give_code(client, code_of(app_secret), REMOTE_ADDR="198.51.100.1").status_code == 429


def test_attempts_are_forgotten_once_both_steps_succeeded(client, app_secret):
    give_password(client)
    give_code(client, wrong(code_of(app_secret)))
    assert SignInAttempt.objects.count() == 2
    give_code(client, code_of(app_secret))
    assert SignInAttempt.objects.count() == 0


def test_passwords_are_limited_where_somebody_signed_in_has_to_confirm(client, reader):
    client.force_login(reader)
    for _ in range(MAX_ATTEMPTS):
        response = client.post(CONFIRM, {"password": "wrong"})
    assert "This is not your password" in response.text
    assert client.post(CONFIRM, {"password": PASSWORD}).status_code == 429


def test_passwords_are_limited_where_the_password_is_changed(client, reader):
    client.force_login(reader)
    new = "oat-lantern-seventeen"
    form = {"old_password": "wrong", "new_password1": new, "new_password2": new}
    for _ in range(MAX_ATTEMPTS):
        assert client.post("/account/password/", form).status_code == 200
    assert client.post("/account/password/", {**form, "old_password": PASSWORD}).status_code == 429
    assert User.objects.get(username="reader").check_password(PASSWORD)


# Recovery codes


def test_a_recovery_code_signs_in_once(client, recovery_codes):
    give_password(client)
    assert give_code(client, recovery_codes[3]).status_code == 302
    assert is_signed_in(client)
    again = Client()
    give_password(again)
    assert give_code(again, recovery_codes[3]).status_code == 200
    assert not is_signed_in(again)
    assert give_code(again, recovery_codes[4]).status_code == 302


def test_new_recovery_codes_put_an_end_to_the_earlier_ones(confirmed, recovery_codes):
    assert confirmed.post("/account/recovery-codes/new/").url == "/account/recovery-codes/"
    assert recovery_codes[0] not in confirmed.get("/account/recovery-codes/").text
    again = Client()
    give_password(again)
    assert give_code(again, recovery_codes[0]).status_code == 200


def test_recovery_codes_need_something_to_recover(confirmed):
    assert "Add one first" in confirmed.post("/account/recovery-codes/new/").text
    assert not Authenticator.objects.exists()


# Adding and removing an authenticator app


def test_an_app_is_added_by_its_first_code_and_brings_recovery_codes_that_are_shown_once(confirmed):
    page = confirmed.get(ADD_APP)
    secret = page.context["form"].secret
    assert secret in page.text
    assert confirmed.post(ADD_APP, {"code": code_of(secret)}).url == "/account/recovery-codes/"
    codes = confirmed.get("/account/recovery-codes/").context["unused_codes"]
    assert len(set(codes)) == 10
    again = confirmed.get("/account/recovery-codes/").text
    assert "cannot be shown again" in again
    assert not any(code in again for code in codes)


def test_an_app_that_shows_a_wrong_code_is_not_added(confirmed):
    secret = confirmed.get(ADD_APP).context["form"].secret
    assert "This code is not right" in confirmed.post(ADD_APP, {"code": wrong(code_of(secret))}).text
    assert not Authenticator.objects.exists()


def test_removing_the_app_removes_what_only_made_sense_with_it(confirmed, reader, recovery_codes):
    assert "Turn it off" in confirmed.get("/account/app/remove/").text
    assert confirmed.post("/account/app/remove/").url == "/account/"
    assert not Authenticator.objects.filter(user=reader).exists()
    assert give_password(Client()).url == "/"


@pytest.mark.parametrize(
    "address", [ADD_APP, "/account/app/remove/", ADD_PASSKEY, "/account/recovery-codes/new/", "/account/tokens/new/"]
)
def test_second_factors_and_tokens_change_only_after_confirming(client, reader, app_secret, address):
    client.force_login(reader)
    before = list(Authenticator.objects.values())
    target = "/account/app/remove/" if address == ADD_APP else address
    assert client.post(target, {"name": "x", "days": 7, "scope": "read"}).url.startswith(f"{CONFIRM}?next=")
    assert list(Authenticator.objects.values()) == before


def test_the_confirmation_leads_back_to_what_was_to_be_changed(client, reader):
    client.force_login(reader)
    assert client.get(ADD_APP).url == f"{CONFIRM}?next={ADD_APP.replace('/', '%2F')}"
    assert client.post(CONFIRM, {"password": PASSWORD, "next": ADD_APP}).url == ADD_APP
    assert client.get(ADD_APP).status_code == 200


def test_the_confirmation_leads_nowhere_else(client, reader):
    client.force_login(reader)
    assert client.post(CONFIRM, {"password": PASSWORD, "next": "https://elsewhere.example/"}).url == "/"


def test_a_code_confirms_as_well_as_the_password(client, reader, app_secret):
    client.force_login(reader)
    assert "with a code" in client.get(CONFIRM).text
    assert client.post("/account/confirm/code/", {"code": wrong(code_of(app_secret))}).status_code == 200
    assert client.post("/account/confirm/code/", {"code": code_of(app_secret)}).status_code == 302
    assert client.get("/account/app/remove/").status_code == 200
    assert SignInAttempt.objects.count() == 0


def test_a_change_that_fails_half_way_leaves_nothing_behind(confirmed, monkeypatch):
    secret = confirmed.get(ADD_APP).context["form"].secret
    monkeypatch.setattr("homeward.web.accounts.actions._write_down", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        confirmed.post(ADD_APP, {"code": code_of(secret)})
    assert not Authenticator.objects.exists()


def test_every_change_of_second_factors_is_written_down_once(confirmed, reader):
    secret = confirmed.get(ADD_APP).context["form"].secret
    confirmed.post(ADD_APP, {"code": code_of(secret)})
    confirmed.post("/account/recovery-codes/new/")
    confirmed.post("/account/app/remove/")
    written = Entry.objects.filter(noun="user", code="reader").order_by("number").values_list("action", flat=True)
    assert list(written)[-3:] == [
        "user.authenticator-app-added",
        "user.recovery-codes-replaced",
        "user.authenticator-app-removed",
    ]


# The account page, keys at rest, and help from the command line


def test_the_account_page_says_who_one_is_and_how_the_account_is_protected(confirmed, recovery_codes):
    add_passkey(confirmed, Passkey())
    text = confirmed.get("/account/").text
    for expected in ("reader", "Reads the record and the analyses", "Blue key", "10 left", "Turn it off"):
        assert expected in text


def test_the_account_page_says_when_there_is_no_second_step(client, reader):
    client.force_login(reader)
    assert "It is off." in client.get("/account/").text


@pytest.mark.parametrize("path", ["", "app/add/", "passkeys/add/", "recovery-codes/", "tokens/", "tokens/new/"])
def test_account_pages_are_for_people_who_signed_in(client, path):
    assert client.get(f"/account/{path}").url.startswith("/account/")
    assert client.get(f"/account/{path}", follow=True).redirect_chain[-1][0].startswith(SIGN_IN)


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "login/", "social/login/"])
def test_nobody_signs_up_or_is_sent_e_mail(client, path):
    assert client.get(f"/account/{path}").status_code == 404


def test_keys_and_recovery_codes_cannot_be_read_from_the_database(reader, app_secret, recovery_codes):
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    assert app_secret not in stored
    assert not any(code in stored for code in recovery_codes)


def test_after_the_secret_key_is_replaced_the_earlier_one_still_opens_second_factors(client, app_secret, settings):
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new secret key", [settings.SECRET_KEY]
    give_password(client)
    assert give_code(client, code_of(app_secret)).status_code == 302


def test_without_the_earlier_secret_key_no_code_is_right_and_the_log_says_why(client, app_secret, settings, caplog):
    settings.SECRET_KEY = "a new secret key"
    give_password(client)
    assert "This code is not right" in give_code(client, code_of(app_secret)).text
    assert "set up under another secret key" in caplog.text
    assert secrets_at_rest.decrypt("nonsense") is None


def test_used_codes_are_kept_no_longer_than_they_are_valid(client, app_secret):
    give_password(client)
    give_code(client, code_of(app_secret))
    UsedCode.objects.update(at="2026-01-01T00:00:00Z")
    again = Client()
    give_password(again)
    give_code(again, code_of(app_secret, steps_from_now=1))
    assert UsedCode.objects.count() == 1


def test_lost_second_factors_are_removed_from_the_command_line(confirmed, recovery_codes):
    add_passkey(confirmed, Passkey())
    remove_second_factors("reader")
    assert not Authenticator.objects.exists()
    assert give_password(Client()).url == "/"
