"""Who gets to the pages of the laboratory: to all others there are none."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from homeward.web.laboratory.profiles import KEEP_PROFILES, VIEW_PROFILES

View = Callable[..., HttpResponse]


def for_analysts(view: View) -> View:
    """Let only those in who may see profiles; there is no such page for others."""

    @wraps(view)
    def gated(request: HttpRequest, **given: Any) -> HttpResponse:
        if not request.user.has_perm(VIEW_PROFILES):
            raise Http404
        return view(request, **given)

    return gated


def may_keep(request: HttpRequest) -> None:
    """Stop whoever may see profiles and not change them."""
    if not request.user.has_perm(KEEP_PROFILES):
        raise PermissionDenied("Your roles do not allow you to change profiles.")
