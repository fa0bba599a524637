"""The description of the API: complete, and true of every answer that written and generated requests get."""

from collections.abc import Callable
from typing import Any

import pytest
import schemathesis
from django.db import connection
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from homeward.core.dates import NotADate, parse_date
from homeward.web.accounts.models import ApiToken
from homeward.web.accounts.tokens import create_token
from homeward.web.api import door
from homeward.web.config.wsgi import application
from homeward.web.journal.fields import PartialDateField, ReferenceField
from homeward.web.journal.recorded import Recorded, content_fields, links, nouns
from homeward.web.journal.verification import verify_record
from tests.examples import THOROUGH, examples
from tests.web.api_rows import KNOWN, OTHERWISE, ROWS, SECOND_PARTY, enter_every_noun, post, post_document, sent
from tests.web.book_rows import CONSENSUS

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/openapi.json"
SEED = 20180712
GENERATED = ["place", "document", "figure", "conflict", "meeting", "meetingchange", "commitment"]
"""Nouns that together have every type of column and every kind of address."""
WAYS = {
    "": {"get", "post"},
    "/{code}": {"get", "patch"},
    "/{code}/history": {"get"},
    "/{code}/withdraw": {"post"},
}
"""The addresses of a noun, and what can be done at each."""
WAYS_WITHOUT_FORM = {**WAYS, "": {"get"}, "/{code}/withdraw": set()}
"""The same for a noun that is entered and withdrawn by actions of its own."""
TIMES = ({"known": KNOWN, "on": "2018-12"}, {}) if THOROUGH else ({"known": KNOWN, "on": "2018-12"},)
BOUNDED = settings(
    max_examples=examples(3, 1),
    derandomize=True,  # the same requests in every run
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def token(everybody, monkeypatch) -> dict[str, str]:
    """The headers of a program that may do everything."""
    monkeypatch.setattr(door, "REQUESTS_PER_MINUTE", 1_000_000)
    _, raw = create_token(everybody, "requests", scope=ApiToken.Scope.READ_AND_WRITE)
    return {"Authorization": f"Bearer {raw}"}


@pytest.fixture
def description(token, monkeypatch) -> Any:
    # The connection holds the transaction of the test, so no request may close it when it ends.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    config = schemathesis.Config(seed=SEED)
    return schemathesis.openapi.from_wsgi(ADDRESS, application, config=config, headers=token)


@pytest.fixture
def ask(description, token) -> Callable[..., int]:
    """Return a function that sends a request, checks the answer against the description, and returns its status."""

    def send(method: str, address: str, **parts: Any) -> int:
        case = description[f"/api/v1/{address}"][method].Case(**parts)
        return case.call_and_validate(headers=token).status_code

    return send


def test_every_operation_of_every_noun_answers_as_described(ask, client, everybody):
    client.force_login(everybody)
    for noun in ROWS:
        if noun == "document":  # a file needs a name, which no generated request gives it
            assert post_document(client, sent(noun)).status_code == 201
        else:
            assert ask("POST", noun, body=sent(noun)) == 201, noun
        if noun == "party":
            assert post(client, noun, {"known_on": KNOWN, **SECOND_PARTY}).status_code == 201
        if noun == "profile":
            assert post(client, noun, {"known_on": KNOWN, **CONSENSUS}).status_code == 201
    for noun in reversed(ROWS):
        row = {"path_parameters": {"code": ROWS[noun]["code"]}}
        for times in TIMES:
            assert ask("GET", noun, query=times) == 200, noun
            assert ask("GET", f"{noun}/{{code}}", query=times, **row) == 200, noun
            assert ask("GET", f"{noun}/{{code}}/history", query=times, **row) == 200, noun
        ours = {**OTHERWISE.get(noun, {"name": "Other"}), "why": "x", "read_version": 1}
        assert ask("PATCH", f"{noun}/{{code}}", body=ours, **row) == 200, noun
        assert ask("POST", f"{noun}/{{code}}/withdraw", body={"why": "x"}, **row) == 200, noun
    assert ask("GET", "") == 200
    assert verify_record().holds


def test_every_noun_is_described_with_its_columns_and_their_help(client, reader):
    client.force_login(reader)
    description = client.get(ADDRESS).json()
    schemas = description["components"]["schemas"]
    for noun, model in nouns().items():
        paths = {address: set(description["paths"].get(f"/api/v1/{noun}{address}", ())) for address in WAYS}
        assert paths == (WAYS_WITHOUT_FORM if model.by_action_only else WAYS), noun
        if model.by_action_only:
            continue
        entered, amended = (schemas[f"{model.__name__}To{how}"] for how in ("Enter", "Amend"))
        row = schemas[f"{model.__name__}Row"]
        for column in content_fields(model):
            assert str(column.help_text) in row["properties"][column.name]["description"] or column.name == "withdrawn"
            if column.choices:
                assert set(entered["properties"][column.name]["enum"]) >= {value for value, _ in column.flatchoices}
            if column.name in model.fixed_fields:
                assert column.name not in amended["properties"]
        needed = {column.name for column in content_fields(model) if not column.blank and not column.has_default()}
        assert set(entered["required"]) == needed - {"code"}
        assert set(amended["required"]) == {"why", "read_version"}


def test_the_description_names_no_other_host_and_is_for_those_who_may_read_the_record(client, reader, outsider):
    assert client.get(ADDRESS).status_code == 401
    client.force_login(outsider)
    assert client.get(ADDRESS).status_code == 404
    client.force_login(reader)
    assert "://" not in client.get(ADDRESS).text


@pytest.mark.parametrize("noun", GENERATED)
def test_generated_requests_are_answered_as_described(description, token, client, everybody, noun):
    client.force_login(everybody)
    enter_every_noun(client)
    operations = [found.ok() for found in description.include(tag=noun).get_all_operations()]
    assert len(operations) >= 6
    for operation in sorted(operations, key=lambda operation: operation.path.endswith("withdraw")):
        try_out(operation, nouns()[noun], token)
    assert verify_record().holds


def try_out(operation: Any, model: type[Recorded], headers: dict[str, str]) -> None:
    """Send requests that are as described, and requests that are not, and check every answer."""

    @BOUNDED
    @given(
        right=operation.as_strategy(generation_mode=GenerationMode.POSITIVE),
        wrong=operation.as_strategy(generation_mode=GenerationMode.NEGATIVE),
    )
    def is_answered_as_described(right, wrong):
        make_sensible(right, model)
        for case in (right, wrong):
            # What looks right need not be possible: a meeting cannot be missed before it is announced.
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    is_answered_as_described()


def make_sensible(case: Any, model: type[Recorded]) -> None:
    """Put codes and dates that there are in the place of made-up ones, which would all be refused alike."""
    if "code" in case.path_parameters:
        case.path_parameters["code"] = ROWS[model.noun()]["code"]
    for name in {"on", "known"} & case.query.keys():
        case.query[name] = sensible_date(case.query[name])
    if not isinstance(case.body, dict):
        return
    body = case.body.get("row", case.body)
    body.pop("owner", None)
    for column in content_fields(model):
        if body.get(column.name) and column.name in links(model):
            body[column.name] = ROWS[links(model)[column.name].noun()]["code"]
        elif body.get(column.name) and isinstance(column, ReferenceField):
            body[column.name] = "meeting:talks"
        elif body.get(column.name) and isinstance(column, PartialDateField):
            body[column.name] = sensible_date(body[column.name])
    for source in body.get("citations", []):
        source.update(document="report", passage="")
    for name, value in {"known_on": KNOWN, "read_version": 1}.items():
        if name in body:
            body[name] = value


def sensible_date(text: str) -> str:
    """The same date, if it is one."""
    try:
        return parse_date(text).text
    except NotADate:
        return KNOWN
