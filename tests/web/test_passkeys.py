"""Passkeys: as a second step or alone, for one site and one use, and changed only by their confirmed owner."""

import json
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from homeward.web.accounts.attempts import MAX_ATTEMPTS
from homeward.web.accounts.models import User
from tests.web.second_factors import (
    ADD_PASSKEY,
    SECOND_STEP,
    SIGN_IN,
    Passkey,
    add_passkey,
    confirm_by_password,
    give_password,
    is_signed_in,
)

PASSKEY_SIGN_IN = "/account/sign-in/passkey/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def confirmed(client, reader) -> Client:
    """The browser of the reader, who has just confirmed who is at the keyboard."""
    confirm_by_password(client, reader)
    return client


@pytest.fixture
def passkey(confirmed) -> Passkey:
    """A passkey that the reader has added."""
    passkey = Passkey()
    add_passkey(confirmed, passkey)
    return passkey


def answer_by_passkey(client: Client, passkey: Passkey, address: str = SECOND_STEP):
    options = client.get(address).context["js_data"]["request_options"]
    return client.post(address, {"credential": json.dumps(passkey.sign(options))})


def sign_in_by_passkey_alone(client: Client, passkey: Passkey, **further: str):
    options = client.get(PASSKEY_SIGN_IN, **JSON).json()["request_options"]
    return client.post(PASSKEY_SIGN_IN, {"credential": json.dumps(passkey.sign(options)), **further})


def with_one_part_replaced(answer: dict, nonsense: object) -> Iterator[dict]:
    for name in ("id", "rawId", "response"):
        yield {**answer, name: nonsense}
    for name in answer["response"]:
        yield {**answer, "response": {**answer["response"], name: nonsense}}


def test_the_limit_holds_for_passkeys_too(client, reader, passkey):
    other = Client()
    give_password(other)
    for _ in range(MAX_ATTEMPTS):
        assert answer_by_passkey(other, Passkey()).status_code == 200
    assert answer_by_passkey(other, passkey).status_code == 429


def test_a_passkey_is_added_and_signs_in_after_the_password(passkey):
    other = Client()
    assert give_password(other).url == SECOND_STEP
    assert answer_by_passkey(other, passkey).url == "/"
    assert is_signed_in(other)


def test_a_passkey_signs_in_alone(passkey):
    other = Client()
    assert sign_in_by_passkey_alone(other, passkey, next="/account/tokens/").url == "/account/tokens/"
    assert is_signed_in(other)


def test_who_is_half_way_through_signing_in_can_still_use_a_passkey_alone(passkey):
    other = Client()
    give_password(other)
    assert sign_in_by_passkey_alone(other, passkey).url == "/"
    assert is_signed_in(other)


def test_a_passkey_that_nobody_added_signs_nobody_in(passkey):
    stranger = Passkey()
    stranger.user_handle = passkey.user_handle
    other = Client()
    response = sign_in_by_passkey_alone(other, stranger)
    assert "This passkey was not accepted" in response.text
    assert not is_signed_in(other)


def test_a_passkey_used_at_another_site_signs_nobody_in(passkey):
    passkey.origin = "https://elsewhere.example"
    other = Client()
    assert "This passkey was not accepted" in sign_in_by_passkey_alone(other, passkey).text
    assert not is_signed_in(other)


def test_the_answer_of_a_passkey_cannot_be_used_again(passkey):
    first, second = Client(), Client()
    options = first.get(PASSKEY_SIGN_IN, **JSON).json()["request_options"]
    form = {"credential": json.dumps(passkey.sign(options))}
    assert first.post(PASSKEY_SIGN_IN, form).status_code == 302
    second.get(PASSKEY_SIGN_IN, **JSON)
    assert second.post(PASSKEY_SIGN_IN, form).status_code == 200
    assert not is_signed_in(second)


def test_a_closed_account_is_not_opened_by_its_passkey(passkey, reader):
    User.objects.filter(pk=reader.pk).update(is_active=False)
    other = Client()
    assert sign_in_by_passkey_alone(other, passkey).url == SIGN_IN
    assert not is_signed_in(other)


@pytest.mark.parametrize("answer", ["", "{", "5", "[]", "null", "{}", '{"id": "x", "response": {}}', '{"response": 5}'])
@pytest.mark.parametrize("address", [PASSKEY_SIGN_IN, SECOND_STEP, ADD_PASSKEY])
def test_nonsense_in_place_of_a_passkey_is_refused(confirmed, passkey, address, answer):
    client = confirmed
    if address != ADD_PASSKEY:
        client = Client()
        give_password(client)
        client.get(PASSKEY_SIGN_IN, **JSON)
    assert client.post(address, {"credential": answer}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


@pytest.mark.parametrize("nonsense", ["", "AAAA", "!", 5, None, {}])
def test_an_answer_with_one_part_replaced_is_refused(confirmed, passkey, nonsense):
    other = Client()
    options = other.get(PASSKEY_SIGN_IN, **JSON).json()["request_options"]
    for answer in with_one_part_replaced(passkey.sign(options), nonsense):
        other.get(PASSKEY_SIGN_IN, **JSON)
        assert other.post(PASSKEY_SIGN_IN, {"credential": json.dumps(answer)}).status_code == 200
    options = confirmed.get(ADD_PASSKEY).context["js_data"]["creation_options"]
    for answer in with_one_part_replaced(Passkey().register(options), nonsense):
        assert confirmed.post(ADD_PASSKEY, {"credential": json.dumps(answer)}).status_code == 200
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_passkey_confirms_as_well_as_the_password(passkey, reader):
    other = Client()
    other.force_login(reader)
    assert answer_by_passkey(other, Passkey(), "/account/confirm/passkey/").status_code == 200
    assert answer_by_passkey(other, passkey, "/account/confirm/passkey/").status_code == 302
    assert other.get(ADD_PASSKEY).status_code == 200


def test_a_passkey_is_renamed_and_removed(confirmed, reader, passkey):
    key = Authenticator.objects.get(user=reader, type="webauthn")
    assert "Blue key" in confirmed.get("/account/").text
    assert confirmed.post(f"/account/passkeys/{key.pk}/rename/", {"name": "Green key"}).url == "/account/"
    assert "Green key" in confirmed.get(f"/account/passkeys/{key.pk}/remove/").text
    assert confirmed.post(f"/account/passkeys/{key.pk}/remove/").url == "/account/"
    assert not Authenticator.objects.filter(user=reader).exists()


@pytest.mark.parametrize("what", ["rename", "remove"])
def test_the_passkey_of_somebody_else_is_not_found(passkey, analyst, what):
    key = Authenticator.objects.get(type="webauthn")
    other = Client()
    confirm_by_password(other, analyst)
    assert other.post(f"/account/passkeys/{key.pk}/{what}/", {"name": "mine"}).status_code == 404
    assert Authenticator.objects.get(pk=key.pk).wrap().name == "Blue key"


def test_a_passkey_without_a_name_is_given_one(confirmed):
    add_passkey(confirmed, Passkey(), name="")
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Passkey 1"
