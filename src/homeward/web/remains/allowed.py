"""Who is let in to the pages of the register, and the row that a page is about."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from homeward.web.journal.access import visible
from homeward.web.journal.recorded import VIEW, Row


def let_in(request: HttpRequest, permission: str = "") -> None:
    """Let in whoever may read the record and, where one is named, holds a permission.

    Raises
    ------
    Http404
        The user may not read the record.
    PermissionDenied
        The user may only read.
    """
    if not request.user.has_perm(VIEW):
        raise Http404
    if permission and not request.user.has_perm(permission):
        raise PermissionDenied("Your roles do not allow you to do this in the register.")


def standing(request: HttpRequest, model: type[Row], code: str, permission: str) -> Row:
    """Return a row that stands, for somebody who may see it and may do what the page is for; otherwise as `let_in`."""
    let_in(request)
    row = visible(request.user, model).filter(pk=code, withdrawn="").first()
    if row is None:
        raise Http404
    let_in(request, permission)
    return row
