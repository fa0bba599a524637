"""The one way in: who asks, whether they may, and only then what they ask for."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache as counters
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, URLResolver
from django.urls.resolvers import RegexPattern
from django.views.decorators.csrf import csrf_exempt

from homeward.core.errors import Problem
from homeward.web.accounts.models import ApiToken, User
from homeward.web.accounts.tokens import user_of_token
from homeward.web.api.refusals import not_found, refused
from homeward.web.journal.recorded import VIEW

if TYPE_CHECKING:  # what takes long to import is imported when the API is first asked
    from ninja import NinjaAPI

REQUESTS_PER_MINUTE = 600
"""Of one user at one server process. Whoever needs more rows at once exports or imports a bundle."""
MINUTE = 60
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, and the token that was shown; ``None`` for somebody who is signed in on the pages."""

    user: User
    token: ApiToken | None = None


@csrf_exempt  # checked below, and only where a browser could have been made to ask
@login_not_required
def door(request: HttpRequest) -> HttpResponse:
    """Answer a request under the addresses of the API.

    A stranger learns nothing, not even which addresses there are; a user who may not read the record finds nothing.
    """
    visitor = _visitor(request)
    if visitor is None:
        return _who_are_you(request)
    if not visitor.user.has_perm(VIEW):
        return not_found(request)
    if _asks_too_often(visitor.user):
        return _later(request)
    request.user = visitor.user
    try:
        return _may_not_write(request, visitor) or _answer(request)
    except Exception as error:  # what Django refuses while it reads a body, in our form
        return _api().on_exception(request, error)


def _visitor(request: HttpRequest) -> Visitor | None:
    """Who asks: whoever shows a token is judged by it alone."""
    kind, _, raw = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        found = user_of_token(raw.strip())
        return None if found is None else Visitor(*found)
    return Visitor(request.user) if isinstance(request.user, User) else None


def _who_are_you(request: HttpRequest) -> HttpResponse:
    """The answer to a stranger."""
    what = "The token is not valid, or no longer." if "Authorization" in request.headers else "Nobody is signed in."
    fix = "Send a valid token, as 'Authorization: Bearer TOKEN'. You make tokens under your account."
    response = refused(401, Problem(what, "Authorization", fix))
    response["WWW-Authenticate"] = 'Bearer realm="Homeward"'
    return response


def _asks_too_often(user: User) -> bool:
    """Count one request of a user in this minute."""
    counter = f"api-{user.pk}-{_minute()}"
    counters.add(counter, 0, timeout=2 * MINUTE)
    try:
        return counters.incr(counter) > REQUESTS_PER_MINUTE
    except ValueError:  # it was dropped to make room
        return False


def _later(request: HttpRequest) -> HttpResponse:
    """The answer to one request too many."""
    wait = MINUTE - int(time.time()) % MINUTE
    what = f"There were more than {REQUESTS_PER_MINUTE} requests in this minute."
    response = refused(429, Problem(what, request.path, f"Wait {wait} seconds; ask for more rows at once."))
    response["Retry-After"] = str(wait)
    return response


def _minute() -> int:
    """The number of the present minute."""
    return int(time.time()) // MINUTE


def _may_not_write(request: HttpRequest, visitor: Visitor) -> HttpResponse | None:
    """Why whoever asks may change nothing in this way, if so."""
    if request.method in READING:
        return None
    if visitor.token is not None:
        if visitor.token.may_write:
            return None
        return refused(
            403, Problem("This token may only read.", request.path, "Make a token that may write, if needed.")
        )
    from ninja.utils import check_csrf

    if check_csrf(request) is None:
        return None
    fix = "Send the CSRF token of a page of yours in the header X-CSRFToken, or use an API token."
    return refused(403, Problem("This request may have been made by another site.", "X-CSRFToken", fix))


def _answer(request: HttpRequest) -> HttpResponse:
    """Find the operation and let it answer."""
    try:
        match = _resolver().resolve(request.path_info)
    except Resolver404:
        return not_found(request)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
        return response
    allowed = response["Allow"]
    refusal = refused(405, Problem(f"{request.method} is not possible here.", request.path, f"Possible: {allowed}."))
    refusal["Allow"] = allowed
    return refusal


@cache
def _api() -> NinjaAPI:
    """The API; making the types of every noun takes a second."""
    from homeward.web.api.operations import make_api

    return make_api()


@cache
def _resolver() -> URLResolver:
    """What finds the operation of an address."""
    from homeward.web.api.operations import PREFIX

    return URLResolver(RegexPattern(f"^{PREFIX}"), _api().urls[0])
