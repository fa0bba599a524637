"""Who may see which rows: nobody without a role, and only some what comes from documents of limited reach."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from homeward.web.accounts.models import User
from homeward.web.journal.recorded import Recorded, Row, links

VIEW = "journal.view_record"
REACHES = {"family": "sources.view_family_documents", "genetic": "sources.view_genetic_documents"}
"""The permission that each limited reach of a document needs."""


def visible(user: User | AnonymousUser, model: type[Row]) -> QuerySet[Row]:
    """Return the rows of one noun that a user may see, withdrawn ones included."""
    rows: QuerySet[Row] = model.objects.all()
    if not user.has_perm(VIEW):
        return rows.none()
    return rows.exclude(hidden) if (hidden := hidden_from(user, model)) is not None else rows


def hidden_from(user: User | AnonymousUser, model: type[Recorded]) -> Q | None:
    """Return the condition of the rows of a noun that a user may not see; ``None`` if there is no such condition."""
    reaches = [reach for reach, permission in REACHES.items() if not user.has_perm(permission)]
    paths = _paths_to_documents(model)
    if not reaches or not paths:
        return None
    hidden = Q(pk__in=[])
    for path in paths:
        hidden |= Q(**{f"{path}reach__in": reaches})
    return hidden


def _paths_to_documents(model: type[Recorded]) -> list[str]:
    """The ways from a row to the documents that it says something of, as query prefixes."""
    if model.noun() == "document":
        return [""]
    through = {"document": "document__", "statement": "statement__document__", "figure": "figure__document__"}
    return [path for name, path in through.items() if name in links(model)]
