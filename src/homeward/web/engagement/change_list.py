"""The history of a thing as its page shows it: every change with its sources, and what may be recorded next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.urls import reverse

from homeward.web.engagement.histories import Changing
from homeward.web.engagement.linked import citations_of_rows
from homeward.web.engagement.marks import mark_of
from homeward.web.engagement.meeting_dates import MeetingStory, PlannedDate
from homeward.web.engagement.meetings import Meeting, MeetingKind
from homeward.web.engagement.standing import History
from homeward.web.engagement.wording import change_words, deed_words
from homeward.web.engagement.works import Involvement
from homeward.web.journal.reader import Reader
from homeward.web.sources.documents import Citation


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change as a page shows it.

    stood: where the thing stood after it, in words; empty where it does not follow from what was known then.
    ended, led_to: for a meeting, the date that no longer stood after it, and the one that took its place.
    """

    change: Any
    words: str
    mark: str
    stood: str
    ended: PlannedDate | None
    led_to: PlannedDate | None
    citations: Sequence[Citation]
    roles: Sequence[tuple[str, list[Involvement]]]


@dataclass(frozen=True, slots=True)
class Possible:
    """Something that may be recorded next, and the address of its form."""

    words: str
    address: str


def shown_changes(
    model: type[Changing], history: History, roles: Mapping[str, Sequence[Any]], reader: Reader
) -> list[ShownChange]:
    """Return the changes of a thing with what each rests on.

    Parameters
    ----------
    roles : mapping
        Who had to do with each change, by its reference.
    """
    citations = citations_of_rows([change.reference for change in history.changes], reader)
    stood = {step.change.code: model.machine.labels[step.state] for step in history.steps}
    story = MeetingStory.of(history.changes) if issubclass(model, Meeting) else None
    standings = story.standings if story else {}
    return [
        ShownChange(
            change=change,
            words=deed_words(change) if change.kind == MeetingKind.MOVED and story else change_words(change),
            mark=mark_of(change, standings.get(change.code)),
            stood=standings[change.code].words if change.code in standings else stood.get(change.code, ""),
            ended=story.ended_by(change) if story else None,
            led_to=story.led_to(change) if story else None,
            citations=citations.get(change.reference, []),
            roles=roles.get(change.reference, []),
        )
        for change in history.changes
    ]


def possible_next(row: Changing, history: History, reader: Reader) -> list[Possible]:
    """Return what the reader may record next of a thing; nothing while the record is read as of another time."""
    change: Any = apps.get_model(row.change)
    if not reader.as_of.is_now or not reader.user.has_perm(change.keep_permission):
        return []
    labels = dict(change._meta.get_field("kind").flatchoices)
    form = reverse("record:new", args=[change.noun()])
    return [
        Possible(str(labels[kind]), f"{form}?{urlencode({change.subject: row.code, 'kind': kind})}")
        for kind in row.machine.possible(history.state)
    ]
