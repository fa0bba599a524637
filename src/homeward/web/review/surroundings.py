"""What the record already holds near the drafts of a document: fetched once for all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q

from homeward.core.dates import PartialDate
from homeward.web.engagement.histories import Change, Changing
from homeward.web.engagement.models import DeliveryChange, HandoverChange, MeetingChange, OperationChange
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded
from homeward.web.parties.models import Party, Person
from homeward.web.review.draft_dates import told_date
from homeward.web.review.drafts_together import DraftsTogether
from homeward.web.review.happenings import Happening, Sides, happenings_of, sides_of
from homeward.web.review.kinds import RESULT
from homeward.web.review.meaning import words_in
from homeward.web.review.models import Draft, DraftKind
from homeward.web.sources.documents import Document, FromDocument
from homeward.web.sources.figures import Figure, Series
from homeward.web.sources.statements import Statement

BEFORE = timedelta(days=90)
"""A date is set at most so long before the day itself, as far as is looked."""
MOST = 500
"""Rows of each kind that are looked at."""
CHANGES: Mapping[str, type[Change]] = {
    "meeting": MeetingChange,
    "handover": HandoverChange,
    "delivery": DeliveryChange,
    "operation": OperationChange,
}
MOSTLY = 0.8
"""Part of the longer of two passages that they share if they are the same but for a few words."""
NARROW = timedelta(days=3)
"""A date this exact tells of which of several things a document speaks; 'in June' does not."""
FEW_WORDS = 2
"""Words of its scope that a figure shares with a series before it is thought to be of it."""
NO_SIDES = Sides({}, {})


@dataclass(slots=True)
class Surroundings:
    """What stands in the record near the drafts of a document, as one user sees it.

    taken: rows that were taken from the same document. statements: by the same speakers and parties, about those days.
    series_about: codes of the series with figures about an operation, by its reference. changes: of things, by their
    noun.
    happenings: what the books hold of those days. sides: the parties. named: codes of rows that were entered after the
    reading, by noun and name.
    """

    drafts: DraftsTogether
    series: Sequence[Series] = ()
    taken: Sequence[FromDocument] = ()
    statements: Sequence[Statement] = ()
    series_about: Mapping[str, frozenset[str]] = field(default_factory=dict)
    changes: Mapping[str, list[Any]] = field(default_factory=dict)
    happenings: Sequence[Happening] = ()
    sides: Sides = NO_SIDES
    named: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def code_of(self, name: Mapping[str, Any] | None) -> str:
        """Return the code of a person, party or place as the reader knew it, or as the record has it by now."""
        if not name:
            return ""
        return name["known"] or self.named.get((name["what"], name["name"]), "")

    def party_of(self, name: Mapping[str, Any] | None) -> str:
        """Return the code of a party, or of the one that a person speaks or acts for."""
        if not name:
            return ""
        return self.code_of(name) if name["what"] == "party" else name["of_party"] or ""

    def series_of(self, draft: Draft) -> Series | None:
        """Return the series that a figure seems to belong to: of its unit, and the one with most of its words.

        Only its own words count: '5,300 of them' in the North are not all of those of whom the sentence tells.
        """
        of_unit = (one for one in self.series if one.unit == _unit(draft))
        return self.best_series(f"{draft} {draft.said('scope') or ''}", of_unit)

    def best_series(self, text: str, among: Iterable[Series]) -> Series | None:
        """Return the series that shares most words with a text; none if that is few, or two share as many."""
        words = words_in(text)
        shared = sorted(
            ((len(words & words_in(f"{one.name} {one.scope}")), one) for one in among), key=lambda pair: -pair[0]
        )
        if not shared or shared[0][0] < FEW_WORDS or (len(shared) > 1 and shared[0][0] == shared[1][0]):
            return None
        return shared[0][1]

    def said_in(self, draft: Draft) -> tuple[str, str]:
        """Return the statement that a figure is a part of, if it was taken, and the party that vouches for it."""
        narrowest = self.drafts.statement_around(draft)
        if narrowest is None:
            return "", ""
        noun, _, code = narrowest.row.partition(":")
        return (code if noun == "statement" else ""), self.party_of(narrowest.said("speaker_named"))

    def subjects(self, noun: str) -> list[Changing]:
        """Return the things of a noun to which something happened around the days of all drafts."""
        return list({one.subject_code: getattr(one, noun) for one in self.changes.get(noun, ())}.values())

    def subjects_near(self, draft: Draft, noun: str) -> list[Changing]:
        """Return the things of a noun to which something happened, or for which a date was set, on the draft's days."""
        day = told_date(draft)
        if day is None:
            return []
        found = (getattr(one, noun) for one in self.changes.get(noun, ()) if _touches(one, day))
        return list({one.code: one for one in found}.values())

    def subject_of(self, draft: Draft, noun: str) -> str:
        """Return the code of the thing that a draft must be about: the only one near, on a date exact enough."""
        day, near = told_date(draft), self.subjects_near(draft, noun)
        return near[0].code if day and len(near) == 1 and day.latest - day.earliest <= NARROW else ""

    def any_subjects_near(self, draft: Draft) -> list[Recorded]:
        """Return the things of every noun that a draft may be about, as far as they are of its days."""
        day = told_date(draft)
        found: list[Recorded] = [one for noun in CHANGES for one in self.subjects_near(draft, noun)]
        found += [held.thing for held in self.happenings if day is not None and held.when.overlaps(day)]
        return list({one.reference: one for one in found}.values())


def surroundings_of(drafts: Iterable[Draft], document: Document, reader: Reader) -> Surroundings:
    """Return what the record holds near drafts, with some twenty questions however many drafts there are."""
    drafts = list(drafts)
    days = [document.published, *filter(None, map(told_date, drafts))]
    start, end = min(one.earliest for one in days), max(one.latest for one in days)
    found = Surroundings(DraftsTogether(drafts), series=reader.known(reader.rows(Series).order_by("code")[:MOST]))
    found.taken = [
        row
        for model in (Statement, Figure)
        for row in reader.known(reader.rows(model).filter(document=document.code)[:MOST])
    ]
    found.named = _entered_since(drafts, reader)
    speakers = [draft.said("speaker_named") for draft in drafts if draft.kind == DraftKind.STATEMENT]
    codes = {code for one in speakers for code in (found.code_of(one), found.party_of(one)) if code}
    said = reader.rows(Statement).filter(Q(speaker__in=codes) | Q(party__in=codes), said_earliest__lte=end)
    found.statements = reader.known(
        said.filter(said_latest__gte=start).exclude(document=document.code).order_by("said_earliest", "code")[:MOST]
    )
    fill(found.statements, reader, "document", "speaker", "party")
    found.series_about = _series_about(reader) if any(draft.said("kind") == RESULT for draft in drafts) else {}
    changes: dict[str, list[Any]] = {}
    if any(draft.kind != DraftKind.FIGURE for draft in drafts):
        for noun, model in CHANGES.items():
            near = reader.rows(model).filter(happened_earliest__lte=end, happened_latest__gte=start - BEFORE)
            changes[noun] = reader.known(near.order_by("happened_earliest", "code")[:MOST])
            fill(changes[noun], reader, noun, "by")
    found.changes = changes
    if any(draft.kind == DraftKind.EVENT for draft in drafts):
        found.happenings, found.sides = happenings_of(changes, (start, end), reader), sides_of(reader)
    return found


def _series_about(reader: Reader) -> dict[str, frozenset[str]]:
    """The series in which something is counted about operations."""
    found: dict[str, set[str]] = {}
    rows = reader.rows(Figure).filter(about__startswith="operation:").values_list("about", "series").distinct()
    for about, series in rows[:MOST]:
        found.setdefault(about, set()).add(series)
    return {about: frozenset(codes) for about, codes in found.items()}


def _entered_since(drafts: Sequence[Draft], reader: Reader) -> dict[tuple[str, str], str]:
    """The rows that now have the names which the reader did not know, where no two have the same."""
    named = [
        one for draft in drafts for one in (draft.said("speaker_named"), *(draft.said("roles") or {}).values()) if one
    ]
    found: dict[tuple[str, str], str] = {}
    models: tuple[type[Person] | type[Party], ...] = (Person, Party)
    for model in models:
        what = model.noun()
        unknown = {one["name"] for one in named if one.get("what") == what and not one["known"]}
        rows = list(reader.rows(model).filter(name__in=unknown)) if unknown else []
        names = Counter(row.name for row in rows)
        found.update({(what, row.name): row.code for row in rows if names[row.name] == 1 and row.stands})
    return found


def _touches(change: Any, day: PartialDate) -> bool:
    """Whether a change happened on a day or set a date for it."""
    scheduled = getattr(change, "scheduled", None)
    return bool(change.happened.overlaps(day) or (scheduled and scheduled.overlaps(day)))


def _unit(draft: Draft) -> str:
    return str(draft.said("figure_unit"))


def same_passage(rows: Iterable[FromDocument], span: tuple[int, int] | None) -> list[FromDocument]:
    """Return the rows whose passage is, but for a few words, a stretch of the original's text."""
    if span is None:
        return []
    start, end = span
    found = []
    for row in rows:
        first, last = row.passage_start, row.passage_end
        if first is not None and last is not None:
            shared, longer = min(end, last) - max(start, first), max(end - start, last - first)
            found += [row] if shared >= MOSTLY * longer else []
    return found
