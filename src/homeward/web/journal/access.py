"""Who may see which rows: nobody without a role, and only some what is genetic, of families, or of limited reach."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat

from homeward.core.kept import Kept
from homeward.web.accounts.models import User
from homeward.web.journal.beginnings import begins_with
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.recorded import VIEW, Recorded, Row, content_fields, links, nouns

REACHES = {"family": "sources.view_family_documents", "genetic": "sources.view_genetic_documents"}
"""The permission that each limited reach of a document needs."""

Anybody = User | AnonymousUser

_conditions: Kept[Q | None] = Kept(20_000)
"""What is hidden, by the permissions that somebody has: it follows from these alone, and takes long to make."""


def visible(user: Anybody, model: type[Row]) -> QuerySet[Row]:
    """Return the rows of one noun that a user may see, withdrawn ones included."""
    rows: QuerySet[Row] = model.objects.all()
    if not may_view(user, model):
        return rows.none()
    return rows.exclude(hidden) if (hidden := hidden_from(user, model)) is not None else rows


def visible_about(user: Anybody, model: type[Row], references: Iterable[str]) -> QuerySet[Row]:
    """Return the rows of a noun that are about some rows, as far as a user may see them, withdrawn ones included.

    The same as narrowing `visible`, and sooner: only what can hide these rows is asked, not what could hide any.
    """
    references = list(references)
    if not may_view(user, model):
        return model.objects.none()
    rows: QuerySet[Row] = model.objects.filter(about__in=references)
    hidden = hidden_from(user, model, about={reference.partition(":")[0] for reference in references})
    return rows if hidden is None else rows.exclude(hidden)


def may_view(user: Anybody, model: type[Recorded]) -> bool:
    """Return whether a user may see any rows of a noun at all."""
    return bool(user.has_perm(VIEW) and user.has_perm(model.view_permission))


def hidden_from(user: Anybody, model: type[Recorded], *, about: Collection[str] | None = None) -> Q | None:
    """Return the condition of the rows of a noun that a user may not see; ``None`` if there is no such condition.

    Hidden are the rows of nouns that need a permission which the user lacks, rows that a model hides by a rule of its
    own, rows that say something of a document of limited reach, and rows that are about any hidden noun.

    about: the nouns that the rows are about; ``None`` if they can be about any.
    """
    key = (frozenset(user.get_all_permissions()), model, None if about is None else frozenset(about))
    return _conditions.get(key, lambda: _hidden_from(user, model, about))


def _hidden_from(user: Anybody, model: type[Recorded], about: Collection[str] | None) -> Q | None:
    """The condition of the rows of a noun that a user may not see, made anew."""
    if not may_view(user, model):
        return Q(pk__isnull=False)
    hidden = [condition for condition in (model.hidden_from(user), *_hidden_with_documents(user, model)) if condition]
    hidden += _hidden_with_what_they_are_about(user, model, about)
    if not hidden:
        return None
    together = hidden[0]
    for condition in hidden[1:]:
        together |= condition
    return together


def _hidden_with_documents(user: Anybody, model: type[Recorded]) -> list[Q]:
    """The conditions of the rows that say something of a document that the user may not see."""
    reaches = [reach for reach, permission in REACHES.items() if not user.has_perm(permission)]
    return [Q(**{f"{path}reach__in": reaches}) for path in _paths_to_documents(model)] if reaches else []


def _paths_to_documents(model: type[Recorded]) -> list[str]:
    """The ways from a row to the documents that it says something of, as query prefixes."""
    if model.noun() == "document":
        return [""]
    through = {"document": "document__", "statement": "statement__document__", "figure": "figure__document__"}
    return [path for name, path in through.items() if name in links(model)]


def _hidden_with_what_they_are_about(user: Anybody, model: type[Recorded], about: Collection[str] | None) -> list[Q]:
    """The conditions of the rows that refer to a row of a noun of which the user may see none, or not that one."""
    found: list[Q] = []
    columns = [field.name for field in content_fields(model) if isinstance(field, ReferenceField)]
    for noun, target in nouns().items() if columns else ():
        asked = [column for column in columns if column != "about" or about is None or noun in about]
        if not asked:
            continue
        if target.view_permission != VIEW and not user.has_perm(target.view_permission):
            found += [begins_with(column, f"{noun}:") for column in asked]
        elif (hidden := target.hidden_from(user)) is not None:
            codes = target.objects.filter(hidden).order_by()
            references = codes.values_list(Concat(Value(f"{noun}:"), "pk"), flat=True)
            found += [Q(**{f"{column}__in": references}) for column in asked]
    return found
