"""What one user sees of the record as of two times: the one way in which pages, API and reports read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from homeward.core.kept import Kept
from homeward.web.accounts.models import User
from homeward.web.journal.access import hidden_from, visible, visible_about
from homeward.web.journal.knowledge import NOW, AsOf, as_known, knowable
from homeward.web.journal.latest import last_line, latest_lines
from homeward.web.journal.recorded import VIEW, Recorded, Row, nouns

_counts: Kept[int] = Kept(20_000)


@dataclass(frozen=True, slots=True)
class Reader:
    """A user, and the two times that the record is asked about."""

    user: User | AnonymousUser
    as_of: AsOf = NOW

    def rows(self, model: type[Row]) -> QuerySet[Row]:
        """Return the rows of a noun that the user may see and that can be known; narrow it, then call `known`."""
        return visible(self.user, model).filter(knowable(self.as_of))

    def rows_about(self, model: type[Row], references: Iterable[str]) -> QuerySet[Row]:
        """Return those rows of a noun that `rows` gives and that are about some rows, such as citations; sooner."""
        return visible_about(self.user, model, references).filter(knowable(self.as_of))

    def count(self, model: type[Recorded]) -> int:
        """Return how many rows of a noun `rows` gives."""
        return self.counts([model])[model]

    def counts(self, models: Iterable[type[Recorded]]) -> dict[type[Recorded], int]:
        """Return how many rows of each noun `rows` gives; a count is kept for as long as no row can have changed."""
        models = list(models)
        if not self.user.has_perm(VIEW):
            return dict.fromkeys(models, 0)
        permissions = frozenset(self.user.get_all_permissions())
        hidden = {model: hidden_from(self.user, model) for model in models}
        lines = latest_lines(model.noun() for model in models)
        last = last_line()
        counts = {}
        for model in models:
            follows_from = lines[model.noun()] if hidden[model] is None else last
            key = (model, permissions, self.as_of, follows_from)
            counts[model] = _counts.get(key, partial(self._count, model, hidden[model]))
        return counts

    def _count(self, model: type[Recorded], hidden: Q | None) -> int:
        """How many rows there are; hidden ones are taken off, which is sooner than asking each."""
        knowables = model.objects.filter(knowable(self.as_of)).order_by()
        return int(knowables.count() - (0 if hidden is None else knowables.filter(hidden).count()))

    def known(self, rows: Iterable[Row]) -> list[Row]:
        """Return rows as they were known, without those withdrawn by then."""
        return as_known(rows, self.as_of)

    def get(self, model: type[Row], code: str) -> Row | None:
        """Return one row as it was known; ``None`` if there is none that the user may see."""
        found = self.known(self.rows(model).filter(pk=code))
        return found[0] if found else None

    def by_reference(self, references: Iterable[str]) -> dict[str, Recorded]:
        """Return rows by their references (``noun:code``), those that the user may see and that were known."""
        codes: dict[str, set[str]] = {}
        for reference in references:
            noun, _, code = reference.partition(":")
            if noun in nouns():
                codes.setdefault(noun, set()).add(code)
        return {
            row.reference: row
            for noun, wanted in codes.items()
            for row in self.known(self.rows(nouns()[noun]).filter(pk__in=wanted))
        }

    def about(self, model: type[Any], references: Iterable[str]) -> dict[str, list[Any]]:
        """Return the rows of a noun that are about others, such as citations, by the reference they are about."""
        found: dict[str, list[Any]] = {}
        for row in self.known(self.rows_about(model, references)):
            found.setdefault(row.about, []).append(row)
        return found
