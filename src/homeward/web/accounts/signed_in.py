"""Who a request comes from."""

from __future__ import annotations

from django.http import HttpRequest

from homeward.web.accounts.models import User


def signed_in_user(request: HttpRequest) -> User:
    """Return the user of a request that only somebody signed in can have made."""
    assert isinstance(request.user, User), "Only users are let in here."  # noqa: S101
    return request.user
