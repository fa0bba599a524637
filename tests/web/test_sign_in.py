"""Signing in and out, the limit on attempts, and changing one's password."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from homeward.web.accounts.attempts import ATTEMPT_WINDOW, MAX_ATTEMPTS
from homeward.web.accounts.models import SignInAttempt, User
from tests.web.conftest import PASSWORD

SIGN_IN = "/account/sign-in/"
ACCOUNT = "/account/"


def try_to_sign_in(client: Client, name: str, password: str, **extra: str):
    return client.post(SIGN_IN, {"username": name, "password": password}, **extra)


def fail(client: Client, times: int, name: str = "reader", **extra: str):
    for _ in range(times):
        response = try_to_sign_in(client, name, "wrong", **extra)
    return response


def test_name_and_password_open_the_first_page(client, reader):
    response = try_to_sign_in(client, "reader", PASSWORD)
    assert (response.status_code, response.url) == (302, "/")
    assert client.get(ACCOUNT).status_code == 200


def test_name_and_password_open_the_page_that_was_asked_for(client, reader):
    assert client.get(ACCOUNT).url == f"{SIGN_IN}?next={ACCOUNT}"
    form = {"username": "reader", "password": PASSWORD, "next": ACCOUNT}
    assert client.post(SIGN_IN, form).url == ACCOUNT


def test_a_wrong_password_is_answered_in_plain_words(client, reader):
    response = try_to_sign_in(client, "reader", "wrong")
    assert response.status_code == 200
    assert "This name and password do not belong together." in response.text
    assert client.get(ACCOUNT).status_code == 302


def test_an_unknown_name_is_answered_like_a_wrong_password(client, reader):
    wrong_password = try_to_sign_in(client, "reader", "wrong").context["form"].non_field_errors()
    unknown_name = try_to_sign_in(client, "nobody", "wrong").context["form"].non_field_errors()
    assert wrong_password == unknown_name


def test_after_ten_failures_even_the_right_password_waits(client, reader):
    assert fail(client, MAX_ATTEMPTS).status_code == 200
    response = try_to_sign_in(client, "reader", PASSWORD)
    assert response.status_code == 429
    assert "Please wait 15 minutes" in response.text


def test_capital_letters_do_not_get_around_the_limit(client, reader):
    fail(client, MAX_ATTEMPTS - 1)
    fail(client, 1, name="READER")
    assert try_to_sign_in(client, "reader", PASSWORD).status_code == 429


def test_the_limit_ends_after_fifteen_minutes(client, reader):
    fail(client, MAX_ATTEMPTS)
    SignInAttempt.objects.update(at=timezone.now() - ATTEMPT_WINDOW - timedelta(seconds=1))
    assert try_to_sign_in(client, "reader", PASSWORD).status_code == 302


def test_another_address_or_another_name_is_not_locked(client, reader, analyst):
    fail(client, MAX_ATTEMPTS)
    assert try_to_sign_in(Client(), "analyst", PASSWORD).status_code == 302
    assert try_to_sign_in(Client(), "reader", PASSWORD, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_sign_in_that_succeeds_starts_the_count_afresh(client, reader):
    fail(client, MAX_ATTEMPTS - 1)
    assert try_to_sign_in(client, "reader", PASSWORD).status_code == 302
    assert SignInAttempt.objects.count() == 0


def test_signing_in_leads_nowhere_else(client, reader):
    form = {"username": "reader", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post(SIGN_IN, form).url == "/"


def test_a_form_from_elsewhere_is_refused(reader):
    response = try_to_sign_in(Client(enforce_csrf_checks=True), "reader", PASSWORD)
    assert response.status_code == 403
    assert "The form could not be accepted" in response.text


def test_signing_out_ends_the_session_and_needs_a_form(client, reader):
    client.force_login(reader)
    assert client.get("/account/sign-out/").status_code == 405
    assert client.post("/account/sign-out/").url == SIGN_IN
    assert client.get(ACCOUNT).status_code == 302


def test_a_changed_password_ends_the_other_sessions(client, reader):
    elsewhere = Client()
    for each in (client, elsewhere):
        each.force_login(reader)
    new = "oat-lantern-seventeen"
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", form, follow=True).status_code == 200
    assert User.objects.get(username="reader").check_password(new)
    assert client.get(ACCOUNT).status_code == 200
    assert elsewhere.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("new", ["short", "907183625417", "password1234"])
def test_a_weak_new_password_is_refused(client, reader, new):
    client.force_login(reader)
    form = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    response = client.post("/account/password/", form)
    assert 'role="alert"' in response.text
    assert User.objects.get(username="reader").check_password(PASSWORD)


def test_a_session_ends_after_a_working_day(client, reader):
    client.force_login(reader)
    assert client.session.get_expiry_age() <= 8 * 60 * 60


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, reader):
    client.get(SIGN_IN)
    try_to_sign_in(client, "reader", PASSWORD)
    assert {name: (c["httponly"], c["samesite"]) for name, c in client.cookies.items()} == {
        "homeward_csrf": (True, "Strict"),
        "homeward_session": (True, "Lax"),
    }


def test_a_weak_new_password_is_no_failed_attempt(client, reader):
    client.force_login(reader)
    for _ in range(MAX_ATTEMPTS + 1):
        form = {"old_password": PASSWORD, "new_password1": "short", "new_password2": "short"}
        assert client.post("/account/password/", form).status_code == 200
    assert SignInAttempt.objects.count() == 0
