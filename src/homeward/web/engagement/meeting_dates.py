"""The dates that were set for a meeting one after the other, who agreed to each, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from homeward.core.dates import PartialDate
from homeward.web.engagement.meetings import Meeting, MeetingChange, MeetingKind, Standing
from homeward.web.engagement.wording import LEVELS

ENDS_A_DATE = (MeetingKind.MISSED, MeetingKind.DECLINED, MeetingKind.CANCELLED, MeetingKind.HELD)


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """One date that was set for a meeting.

    scheduled, level: when and how high it was to be. set_by: the change that set it. agreed_by: codes of the parties
    that announced or confirmed it. fate: the change that ended the plan, such as that it was missed or moved; ``None``
    while it is still to come.
    """

    scheduled: PartialDate
    level: str
    set_by: MeetingChange
    agreed_by: tuple[str, ...]
    fate: MeetingChange | None = None

    @property
    def words(self) -> str:
        """The date and the level."""
        return f"{self.scheduled.words}, {LEVELS[self.level]}" if self.level else self.scheduled.words

    @property
    def level_words(self) -> str:
        """The level; empty where none was stated."""
        return LEVELS.get(self.level, "")

    @property
    def one_sided(self) -> bool:
        """Whether only one side is known to have announced or confirmed this date."""
        return len(self.agreed_by) < 2

    @property
    def kept(self) -> bool:
        """Whether the meeting was held on it."""
        return self.fate is not None and self.fate.kind == MeetingKind.HELD

    @property
    def dropped(self) -> bool:
        """Whether it no longer stands: missed, moved, declined or called off."""
        return self.fate is not None and not self.kept


@dataclass(frozen=True, slots=True)
class MeetingStory:
    """What a meeting's changes tell together.

    standings: where it stood after each change, by the change's code; one that does not follow from what was known then
        is left out. dates: those that were set, in the order in which they were set.
    """

    standings: Mapping[str, Standing]
    dates: Sequence[PlannedDate]

    @classmethod
    def of(cls, changes: Iterable[MeetingChange]) -> MeetingStory:
        """Return the story that the changes of one meeting tell."""
        standings = Meeting.standings(changes)[0]
        return cls({change.code: standing for change, standing in standings}, _dates(standings))

    @property
    def standing(self) -> Standing | None:
        """Where the meeting stands after all of it."""
        return list(self.standings.values())[-1] if self.standings else None

    @property
    def to_come(self) -> PlannedDate | None:
        """The date that is planned, if one is."""
        return self.dates[-1] if self.dates and self.dates[-1].fate is None else None

    def ended_by(self, change: MeetingChange) -> PlannedDate | None:
        """Return the date that no longer stood after a change: missed, declined, called off or moved."""
        return next((one for one in self.dates if one.dropped and one.fate and one.fate.code == change.code), None)

    def led_to(self, change: MeetingChange) -> PlannedDate | None:
        """Return the date that a change led to: the one it set by moving, or the next one after it was missed."""
        for one, following in zip(self.dates, (*self.dates[1:], None), strict=False):
            if one.set_by.code == change.code and change.kind == MeetingKind.MOVED:
                return one
            if one.dropped and one.fate and one.fate.code == change.code:
                return following
        return None


def _dates(standings: Sequence[tuple[MeetingChange, Standing]]) -> list[PlannedDate]:
    """The dates that were set, from where the meeting stood after each change."""
    dates: list[PlannedDate] = []
    for change, standing in standings:
        current = dates[-1] if dates and dates[-1].fate is None else None
        if change.kind in ENDS_A_DATE:
            if current is not None:
                dates[-1] = replace(current, fate=change)
            elif change.kind == MeetingKind.HELD:
                dates.append(PlannedDate(change.happened, standing.level, change, standing.agreed_by, change))
        elif standing.scheduled is None:
            continue
        elif current is not None and current.scheduled == standing.scheduled:
            dates[-1] = replace(current, level=standing.level, agreed_by=standing.agreed_by)
        elif standing.state == "planned":
            if current is not None:
                dates[-1] = replace(current, fate=change)
            dates.append(PlannedDate(standing.scheduled, standing.level, change, standing.agreed_by))
    return dates
