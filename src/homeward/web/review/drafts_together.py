"""The drafts of one reading, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Iterable

from homeward.reading.text.spans import Spans
from homeward.web.review.models import Draft, DraftKind


class DraftsTogether:
    """All drafts of a reading.

    by_identity: each by what it is known by. counting: the events whose number a quantity may be, by its identity.
    """

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self.all = list(drafts)
        self.by_identity = {draft.identity: draft for draft in self.all}
        self.counting: dict[str, list[Draft]] = {}
        for draft in self.all:
            for identity in draft.said("figures") or ():
                self.counting.setdefault(identity, []).append(draft)
        statements = (one for one in self.all if one.kind == DraftKind.STATEMENT)
        self._statements = Spans((one.span, one) for one in statements if one.span is not None)

    def counted_in(self, event: Draft) -> list[Draft]:
        """Return the quantities that an event names, the one that counts what it is about first."""
        found = (self.by_identity.get(identity) for identity in event.said("figures") or ())
        return [one for one in found if one is not None]

    def statement_around(self, draft: Draft) -> Draft | None:
        """Return the narrowest statement in whose words a draft stands."""
        if draft.span is None:
            return None
        start, end = draft.span
        around = [
            pair for pair in self._statements.overlapping(start, end) if pair[0][0] <= start and end <= pair[0][1]
        ]
        return min(around, key=lambda pair: pair[0][1] - pair[0][0])[1] if around else None
