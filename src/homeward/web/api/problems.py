"""What goes wrong while a request is answered, and the refusal that each exception becomes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as FormError
from pydantic import BaseModel, Field

from homeward.core.errors import InputError, Problem
from homeward.web.api.refusals import not_found, refused
from homeward.web.journal.keeping import ChangedMeanwhile

logger = logging.getLogger(__name__)

CORRECT = "Correct it and send the request again."
SEE_DESCRIPTION = "See /api/v1/openapi.json for what is expected here."


class ProblemOut(BaseModel):
    """One thing that is wrong."""

    what: str = Field(description="What is wrong, in a sentence.")
    where: str = Field(description="The column, the part of the request or the address that it is about.")
    fix: str = Field(description="What to do about it.")


class Problems(BaseModel):
    """Why a request was refused: everything that is wrong, at once."""

    problems: list[ProblemOut]


class ChangedColumn(BaseModel):
    """A column that somebody else changed."""

    column: str
    was: Any = Field(description="What it was in the version that was read.")
    now: Any = Field(description="What it is now.")


class Clash(Problems):
    """Somebody else changed the same columns after the row was read. Nothing was written."""

    changed_by: str = Field(description="Name of the user who changed it last.")
    version: int = Field(description="The version that stands now; send it as `read_version` to go on from it.")
    changes: list[ChangedColumn]


def handle_exceptions(api: NinjaAPI) -> None:
    """Make the API answer exceptions in the form of this module."""
    handlers: dict[type[Exception], Any] = {
        FormError: _wrong_form,
        ValidationError: _not_possible,
        InputError: _not_usable,
        ChangedMeanwhile: _changed_meanwhile,
        PermissionDenied: _not_allowed,
        Http404: lambda request, error: not_found(request, *map(str, error.args[:1])),
        HttpError: _not_json,
        RequestDataTooBig: _too_big,
        SuspiciousOperation: _not_readable,
        BadRequest: _not_readable,
        MultiPartParserError: _not_readable,
        Exception: _our_error,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def _wrong_form(request: HttpRequest, error: FormError) -> HttpResponse:
    """The request is not as the description says; a code that cannot be one leads nowhere."""
    if any(found["loc"][0] == "path" for found in error.errors):
        return not_found(request)
    return refused(422, *(_form_problem(found) for found in error.errors))


def _form_problem(found: Mapping[str, Any]) -> Problem:
    """One way in which the form of a request is wrong, in words."""
    where = ".".join(str(part) for part in found["loc"][2:] or found["loc"][1:]) or "body"
    context = found.get("ctx", {})
    match found["type"]:
        case "missing":
            return Problem("This is required.", where, SEE_DESCRIPTION)
        case "extra_forbidden":
            return Problem("There is no such column here.", where, "Leave it out, or check its name.")
        case "literal_error":
            return Problem(f"This must be one of {context['expected']}.", where, "Choose one of them.")
        case "not_a_date":
            return Problem(context["what"], where, context["fix"])
        case _:
            return Problem(f"{found['msg'].replace('Input', 'This', 1)}.", where, SEE_DESCRIPTION)


def _not_possible(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """The record cannot hold this."""
    return refused(422, *_column_problems(messages_by_column(error)))


def messages_by_column(error: ValidationError) -> dict[str, list[str]]:
    """Return what is wrong by column; what concerns no single column stands under Django's name for that."""
    found: dict[str, list[ValidationError]] = error.update_error_dict({})
    return {column: [message for each in errors for message in each.messages] for column, errors in found.items()}


def _column_problems(messages: Mapping[str, Iterable[str]]) -> Iterable[Problem]:
    """Problems by column, each message one."""
    for column, sentences in messages.items():
        for sentence in sentences:
            yield Problem(sentence, "row" if column == NON_FIELD_ERRORS else column, CORRECT)


def _not_usable(request: HttpRequest, error: InputError) -> HttpResponse:
    """What was sent cannot be used as it stands."""
    return refused(422, *error.problems)


def _changed_meanwhile(request: HttpRequest, error: ChangedMeanwhile) -> HttpResponse:
    """Somebody else was faster."""
    fix = f"Decide which is right, and send it with read_version {error.row.version}."
    problems = [
        Problem(
            f"{error.by_name} changed this after you read it, from {change.was!r} to {change.now!r}.", change.name, fix
        )
        for change in error.changes
    ]
    changes = [{"column": change.name, "was": change.was, "now": change.now} for change in error.changes]
    return refused(409, *problems, changed_by=error.by_name, version=error.row.version, changes=changes)


def _not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """The user may know of it, but not do this."""
    what = str(error) or "Your roles do not allow this."
    return refused(403, Problem(what, request.path, "Ask an administrator, if your work needs it."))


def _not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body cannot be read at all."""
    return refused(error.status_code, Problem("The body is not JSON.", "body", SEE_DESCRIPTION))


def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    """More than is read into memory."""
    return refused(413, Problem("The body is too long.", "body", "Send less at once; send files as files."))


def _not_readable(request: HttpRequest, error: Exception) -> HttpResponse:
    """Broken on the way, or made to break something."""
    return refused(400, Problem("The request cannot be read.", "body", SEE_DESCRIPTION))


def _our_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """Our own mistake; what exactly is for the log alone."""
    logger.error("%s %s failed", request.method, request.path, exc_info=error)
    return refused(
        500, Problem("Something went wrong on our side.", request.path, "Try again later, and tell an administrator.")
    )
