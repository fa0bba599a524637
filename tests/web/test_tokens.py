"""API tokens: shown once, kept as a digest, and good for as long and as much as they were made for."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from homeward.core.errors import InputError
from homeward.web.accounts.actions import replace_password
from homeward.web.accounts.models import ApiToken, User
from homeward.web.accounts.tokens import create_token, revoke_token, user_of_token
from homeward.web.journal.models import Entry
from tests.web.second_factors import confirm_by_password

TOKENS = "/account/tokens/"
NEW = "/account/tokens/new/"


@pytest.fixture
def confirmed(client, reader) -> Client:
    """The browser of the reader, who has just confirmed who is at the keyboard."""
    confirm_by_password(client, reader)
    return client


def test_a_token_opens_the_account_of_its_owner(reader):
    token, raw = create_token(reader, "notebook")
    assert user_of_token(raw) == (reader, token)


def test_a_token_carries_256_random_bits_and_only_its_digest_is_kept(reader):
    token, raw = create_token(reader, "notebook")
    assert re.fullmatch(r"homeward_[\w-]{43}", raw), "43 characters of base64 are 258 bits."
    assert token.digest == hashlib.sha256(raw.encode()).hexdigest()
    kept = ApiToken.objects.values().get()
    assert not any(raw[len(token.prefix) :] in str(value) for value in kept.values())
    assert create_token(reader, "notebook")[1] != raw


@pytest.mark.parametrize("raw", ["", "homeward_", "x" * 100_000, "é", "\udc80", "\x00"])
def test_a_text_that_is_no_token_opens_nothing(reader, raw):
    create_token(reader, "notebook")
    assert user_of_token(raw) is None


def test_a_token_with_one_character_changed_opens_nothing(reader):
    _, raw = create_token(reader, "notebook")
    assert user_of_token(raw[:-1] + ("A" if raw[-1] != "A" else "B")) is None


def test_a_token_reads_only_unless_it_was_made_to_write(reader):
    assert not create_token(reader, "reads")[0].may_write
    assert create_token(reader, "writes", scope=ApiToken.Scope.READ_AND_WRITE)[0].may_write


def test_a_token_works_for_ninety_days_unless_told_otherwise(reader):
    token, raw = create_token(reader, "notebook")
    assert token.expires_at - token.created_at == timedelta(days=90)
    ApiToken.objects.update(created_at=timezone.now() - timedelta(days=90), expires_at=timezone.now())
    assert user_of_token(raw) is None


def test_a_revoked_token_opens_nothing(reader):
    token, raw = create_token(reader, "notebook")
    revoke_token(token, by=reader)
    assert user_of_token(raw) is None


def test_the_token_of_a_closed_account_opens_nothing(reader):
    _, raw = create_token(reader, "notebook")
    User.objects.filter(pk=reader.pk).update(is_active=False)
    assert user_of_token(raw) is None


def test_a_token_outlives_a_change_of_password(reader):
    _, raw = create_token(reader, "notebook")
    replace_password("reader", "oat-lantern-seventeen")
    assert user_of_token(raw) is not None


def test_the_last_use_is_noted_once_a_minute(reader, django_assert_num_queries):
    _, raw = create_token(reader, "notebook")
    before = timezone.now()
    assert user_of_token(raw)[1].last_used_at >= before
    noted = ApiToken.objects.get().last_used_at
    user_of_token(raw)
    assert ApiToken.objects.get().last_used_at == noted
    ApiToken.objects.update(last_used_at=noted - timedelta(minutes=2))
    user_of_token(raw)
    assert ApiToken.objects.get().last_used_at >= noted
    with django_assert_num_queries(2):
        user_of_token(raw)


def test_every_problem_with_a_new_token_is_told_at_once(reader):
    with pytest.raises(InputError) as refused:
        create_token(reader, " ", days=366)
    assert [problem.where for problem in refused.value.problems] == ["name", "days"]
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_a_token_works_for_a_day_at_least_and_a_year_at_most(reader, days):
    with pytest.raises(InputError, match="1 to 365 days"):
        create_token(reader, "notebook", days=days)
    assert create_token(reader, "notebook", days=365)


def test_the_database_refuses_a_token_that_expires_before_it_was_made(reader):
    create_token(reader, "notebook")
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(days=1))


def test_a_token_is_revoked_once_and_by_its_owner_only(reader, analyst):
    token, _ = create_token(reader, "notebook")
    with pytest.raises(PermissionDenied):
        revoke_token(token, by=analyst)
    revoke_token(token, by=reader)
    with pytest.raises(InputError, match="revoked before"):
        revoke_token(token, by=reader)


def test_making_and_revoking_are_written_down_once_each(reader):
    token, raw = create_token(reader, "notebook")
    revoke_token(token, by=reader)
    actions = Entry.objects.filter(noun="user", code="reader").values_list("action", flat=True)
    assert list(actions)[-2:] == ["user.api-token-created", "user.api-token-revoked"]
    assert not Entry.objects.filter(after__contains=raw).exists()


def test_the_page_shows_a_new_token_once(confirmed, reader):
    page = confirmed.post(NEW, {"name": "notebook", "scope": "read", "days": "30"})
    raw = re.search(r"homeward_[\w-]{43}", page.text)[0]
    assert user_of_token(raw)[0] == reader
    assert "no-store" in page["Cache-Control"]
    assert raw not in confirmed.get(TOKENS).text
    assert "notebook" in confirmed.get("/account/").text


@pytest.mark.parametrize("wrong", [{"name": ""}, {"days": "9999"}, {"days": "x"}, {"scope": "everything"}])
def test_the_page_refuses_what_cannot_be(confirmed, wrong):
    page = confirmed.post(NEW, {"name": "notebook", "scope": "read", "days": "30", **wrong})
    assert 'role="alert"' in page.text
    assert not ApiToken.objects.exists()


def test_the_page_asks_before_it_revokes(confirmed, reader):
    token, raw = create_token(reader, "notebook")
    address = f"{TOKENS}{token.public_id}/revoke/"
    assert "Revoke the token notebook?" in confirmed.get(address).text
    assert user_of_token(raw) is not None
    assert confirmed.post(address).url == TOKENS
    assert user_of_token(raw) is None
    assert "Revoked on" in confirmed.get(TOKENS).text
    assert confirmed.post(address).status_code == 404


def test_the_tokens_of_somebody_else_are_neither_shown_nor_revoked(confirmed, analyst):
    token, raw = create_token(analyst, "laboratory robot")
    assert "laboratory robot" not in confirmed.get(TOKENS).text
    assert confirmed.post(f"{TOKENS}{token.public_id}/revoke/").status_code == 404
    assert user_of_token(raw) is not None


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_token_pages_answer_no_other_methods(confirmed, method):
    assert getattr(confirmed, method)(NEW).status_code == 405
    assert getattr(confirmed, method)(TOKENS).status_code == 405
