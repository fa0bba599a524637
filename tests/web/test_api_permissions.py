"""Who gets in at the door of the API, and who may do what behind it: every noun, every method, every role."""

import pytest
from django.test import Client

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import ApiToken
from homeward.web.accounts.roles import ROLE_PERMISSIONS, Role
from homeward.web.accounts.tokens import create_token, revoke_token
from homeward.web.api import door
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from tests.examples import one_of_each
from tests.web.api_rows import KNOWN, patch, post, post_document, problems
from tests.web.conftest import PASSWORD

pytestmark = pytest.mark.django_db

MEETING = {"name": "Talks", "known_on": KNOWN}


def lines():
    """The lines of the journal about rows; there are others, about accounts."""
    return Entry.objects.filter(noun__in=nouns())


def statuses(client: Client, noun: str) -> dict[str, int]:
    """How each operation of a noun answers to a body that says nothing, about a row that there is not."""
    here, row = f"/api/v1/{noun}", f"/api/v1/{noun}/no-such-row"
    enter = post_document(client, {}) if noun == "document" else post(client, noun, {})
    answers = {
        "list": client.get(here),
        "read": client.get(row),
        "history": client.get(f"{row}/history"),
        "enter": enter,
        "amend": patch(client, f"{noun}/no-such-row", {}),
        "withdraw": post(client, f"{noun}/no-such-row/withdraw", {}),
    }
    assert all(answer.status_code == 200 or answer.json()["problems"] for answer in answers.values())
    return {operation: answer.status_code for operation, answer in answers.items()}


def expected_statuses(noun: str, role: Role) -> dict[str, int]:
    """What the permissions of a role say that each operation of a noun answers."""
    model, held = nouns()[noun], ROLE_PERMISSIONS[role]
    amends = 422 if model.keep_permission in held else 403
    withdraws = 422 if (model.withdraw_permission or model.keep_permission) in held else 403
    enters, withdraws = (405, 404) if model.by_action_only else (amends, withdraws)
    tells = 404 if "journal.view_journal" in held else 403
    return {"list": 200, "read": 404, "history": tells, "enter": enters, "amend": amends, "withdraw": withdraws}


def rights_needed(noun: str) -> tuple[object, ...]:
    """The rights on which the answers about a noun rest."""
    model = nouns()[noun]
    return model.keep_permission, model.withdraw_permission, model.view_permission, model.by_action_only


def roles_to_ask(noun: str) -> list[Role]:
    """Every role; at a desk one for each set of answers."""
    return one_of_each(Role, lambda role: tuple(expected_statuses(noun, role).values()))


@pytest.mark.parametrize("role", Role, ids=lambda role: role.name.lower())
def test_each_role_may_do_to_each_noun_what_its_permissions_say(client, role):
    client.force_login(add_user("somebody", role, PASSWORD))
    for noun in one_of_each(nouns(), rights_needed):
        if role in roles_to_ask(noun):
            assert statuses(client, noun) == expected_statuses(noun, role), noun
    assert not lines().exists()


@pytest.mark.parametrize("signed_in", [False, True], ids=["stranger", "outsider"])
def test_who_may_not_read_the_record_finds_nothing_of_any_noun(client, outsider, signed_in):
    if signed_in:
        client.force_login(outsider)
    for noun in nouns():
        assert set(statuses(client, noun).values()) == {404 if signed_in else 401}, noun


ADDRESSES = [
    "",
    "v1",
    "v1/",
    "v1/meeting",
    "v1/nothing",
    "v1/openapi.json",
    "v1/docs",
    "v2/meeting",
    "v1/meeting/x/y/z",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "options", "trace"])
def test_a_stranger_does_not_learn_which_addresses_there_are(client, outsider, address, method):
    refused = getattr(client, method)(f"/api/{address}")
    assert problems(refused, 401) == {"Authorization": "Nobody is signed in."}
    assert refused["WWW-Authenticate"].startswith("Bearer")
    client.force_login(outsider)
    assert problems(getattr(client, method)(f"/api/{address}"), 404)


def test_a_method_that_an_address_does_not_have_is_refused_in_the_same_form(client, reader):
    client.force_login(reader)
    refused = client.delete("/api/v1/meeting")
    assert problems(refused, 405)
    assert set(refused["Allow"].split(", ")) == {"GET", "POST"}


# Tokens


@pytest.fixture
def bearer(officer):
    """Return a function that makes a token of the officer and gives the headers that show it."""

    def make(scope: ApiToken.Scope) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_token(officer, 'program', scope=scope)[1]}"}

    return make


def test_a_token_that_may_write_writes_as_its_owner_without_a_csrf_token(bearer):
    client = Client(enforce_csrf_checks=True)
    headers = bearer(ApiToken.Scope.READ_AND_WRITE)
    assert post(client, "meeting", {**MEETING, "code": "talks"}, **headers).status_code == 201
    changed = {"name": "Other", "why": "x", "read_version": 1}
    assert patch(client, "meeting/talks", changed, **headers).status_code == 200
    assert post(client, "meeting/talks/withdraw", {"why": "x"}, **headers).status_code == 200
    assert set(lines().values_list("by_name", flat=True)) == {"officer"}


def test_a_token_that_may_only_read_changes_nothing(client, bearer):
    headers = bearer(ApiToken.Scope.READ)
    assert client.get("/api/v1/meeting", headers=headers).status_code == 200
    for refused in (
        post(client, "meeting", MEETING, **headers),
        patch(client, "meeting/talks", {}, **headers),
        post(client, "meeting/talks/withdraw", {"why": "x"}, **headers),
    ):
        assert "This token may only read." in problems(refused, 403).values()
    assert not lines().exists()


def test_a_token_gives_no_more_than_its_owner_has(client, reader):
    _, raw = create_token(reader, "program", scope=ApiToken.Scope.READ_AND_WRITE)
    assert problems(post(client, "meeting", MEETING, Authorization=f"Bearer {raw}"), 403)


@pytest.mark.parametrize("shown", ["Bearer", "Bearer ", "Bearer homeward_wrong", "bearer é", "Basic b2ZmaWNlcjp4", "x"])
def test_what_is_no_valid_token_opens_nothing(client, officer, shown):
    assert problems(client.get("/api/v1/", headers={"Authorization": shown}), 401)


def test_a_token_that_was_revoked_opens_nothing_even_beside_a_session(client, officer):
    token, raw = create_token(officer, "program")
    revoke_token(token, by=officer)
    client.force_login(officer)
    assert problems(client.get("/api/v1/", headers={"Authorization": f"Bearer {raw}"}), 401)
    assert client.get("/api/v1/").status_code == 200


# Signed in on the pages


def test_somebody_who_is_signed_in_writes_only_with_the_csrf_token_of_a_page(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert "X-CSRFToken" in problems(post(client, "meeting", MEETING), 403)
    assert "X-CSRFToken" in problems(post_document(client, {}), 403)
    assert client.get("/api/v1/meeting").json()["rows"] == []
    client.get("/account/password/")
    token = client.cookies["homeward_csrf"].value
    assert post(client, "meeting", MEETING, **{"X-CSRFToken": token}).status_code == 201


def test_the_times_that_pages_are_read_at_do_not_change_what_the_api_answers(client, officer):
    client.force_login(officer)
    post(client, "meeting", {**MEETING, "code": "talks"})
    client.get("/record/?known=2018-07-01")
    assert client.get("/api/v1/meeting/talks").status_code == 200


def test_who_asks_too_often_is_told_when_to_ask_again(client, reader, officer, monkeypatch):
    monkeypatch.setattr(door, "REQUESTS_PER_MINUTE", 3)
    monkeypatch.setattr(door.time, "time", lambda: 1_000_000_000.0)
    client.force_login(reader)
    assert [client.get("/api/v1/meeting").status_code for _ in range(3)] == [200] * 3
    refused = client.get("/api/v1/meeting")
    assert problems(refused, 429)
    assert refused["Retry-After"] == "20"
    client.force_login(officer)
    assert client.get("/api/v1/meeting").status_code == 200
