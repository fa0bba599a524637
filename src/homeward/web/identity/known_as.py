"""The block "Known as" of any page: every number of a row, and what was merged, split and renumbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.web.identity.identifiers import Identifier, IdentifierStatus
from homeward.web.identity.stories import Step, Stories
from homeward.web.identity.succession_actions import MERGEABLE, OWN_NUMBER
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded

_ORDER = {status: place for place, status in enumerate(IdentifierStatus.values)}


@dataclass(frozen=True, slots=True)
class KnownAs:
    """What a row is known as: its numbers, those in use first; what happened to it; what it is found as today.

    now: what it became, if it became something else. noun, code: the row.
    """

    numbers: Sequence[Identifier]
    steps: Sequence[Step]
    now: Sequence[Recorded]
    noun: str
    code: str

    @property
    def reference(self) -> str:
        """The row itself."""
        return f"{self.noun}:{self.code}"

    @property
    def can_be_merged(self) -> bool:
        """Whether such things are merged."""
        return self.noun in MERGEABLE

    @property
    def can_be_numbered(self) -> bool:
        """Whether it is a thing or a person with numbers."""
        return self.noun in MERGEABLE or self.noun in OWN_NUMBER

    @property
    def ended(self) -> bool:
        """Whether it became something else, so that nothing more should be entered for it."""
        return bool(self.now)


def numbers_of(references: Iterable[str], reader: Reader) -> Mapping[str, list[Identifier]]:
    """Return the numbers of rows by their references, in one query: those in use first, then by kind."""
    rows = reader.rows_about(Identifier, references).select_related("issuer")
    found: dict[str, list[Identifier]] = {}
    known = reader.known(rows)
    fill(known, reader, "issuer")
    for row in sorted(known, key=lambda one: (_ORDER[one.status], one.kind, one.value)):
        found.setdefault(row.about, []).append(row)
    return found


def known_as(references: Iterable[str], reader: Reader) -> Mapping[str, KnownAs]:
    """Return what the template ``identity/known_as.html`` shows of each of these rows; a few queries for all."""
    references = list(references)
    numbers, stories = numbers_of(references, reader), Stories(references, reader)
    return {
        reference: KnownAs(
            numbers.get(reference, []),
            stories.steps(reference),
            [stories.rows[one] for one in sorted(stories.now(reference) - {reference}) if one in stories.rows],
            *reference.split(":", 1),
        )
        for reference in references
    }
