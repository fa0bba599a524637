"""What became of things: the events that they went through, and what each leads to today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from homeward.web.identity.successions import Succession, SuccessionKind, SuccessionPart, sides
from homeward.web.journal.access import visible, visible_about
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns

MOST_ROUNDS = 50
"""How many events in a row are followed."""


@dataclass(frozen=True, slots=True)
class Event:
    """One succession, with what stood before and after by reference; undone: whether it no longer holds."""

    succession: Succession
    before: frozenset[str]
    after: frozenset[str]
    undone: bool

    @property
    def ended(self) -> frozenset[str]:
        """What became something else by it, or, if it was undone, what was there only between."""
        return self.after - self.before if self.undone else self.before - self.after

    @property
    def leads_to(self) -> frozenset[str]:
        """Where whatever ended by it is found."""
        return self.before if self.undone else self.after


@dataclass(frozen=True, slots=True)
class Step:
    """An event in a story, with the rows that it names, as the reader sees them."""

    event: Event
    subject: Recorded
    before: Sequence[Recorded]
    after: Sequence[Recorded]

    @property
    def words(self) -> str:
        """What happened to the subject, up to the names of what came of it."""
        when = self.event.succession.happened.words
        if self.event.succession.kind == SuccessionKind.RENUMBERED:
            done = f"was renumbered, {when}"
        elif self.event.succession.kind == SuccessionKind.SPLIT:
            is_part = self.subject.reference not in self.event.before
            done = f"was split off, {when}, from" if is_part else f"was split, {when}, into"
        elif self.subject.reference in self.event.after:
            done = f"took in, {when},"
        else:
            done = f"was merged, {when}, into"
        return done

    @property
    def others(self) -> Sequence[Recorded]:
        """The rows that the words lead up to."""
        if self.event.succession.kind == SuccessionKind.RENUMBERED:
            return ()
        is_origin = self.subject.reference in self.event.before
        is_absorber = self.event.succession.kind == SuccessionKind.MERGED and self.subject.reference in self.event.after
        side = self.after if is_origin and not is_absorber else self.before
        return [row for row in side if row.reference != self.subject.reference] or side

    @property
    def undone_on(self) -> str:
        """When it was undone, if it was."""
        return f"{self.event.succession.version_known_on:%-d %B %Y}" if self.event.undone else ""


class Stories:
    """The stories of some things, as one reader sees them; a few queries for all of them together."""

    def __init__(self, references: Iterable[str], reader: Reader) -> None:
        self.reader = reader
        self.events: dict[str, Event] = {}
        self._of: dict[str, list[Event]] = {}
        waiting, seen = set(references), set()
        for _ in range(MOST_ROUNDS):
            if not waiting:
                break
            seen |= waiting
            waiting = self._add_events(waiting) - seen
        for event in self.events.values():
            for reference in event.before | event.after:
                self._of.setdefault(reference, []).append(event)

    def now(self, reference: str) -> set[str]:
        """Return what a thing is found as today: itself, or what it became in the end."""
        found, waiting, seen = set(), {reference}, set()
        while waiting:
            one = waiting.pop()
            seen.add(one)
            ended = self._ended(one)
            if ended is None:
                found.add(one)
            else:
                waiting |= ended.leads_to - seen
        return found

    def steps(self, reference: str) -> list[Step]:
        """Return what happened to a thing itself, in order of time."""
        subject = self.rows.get(reference)
        if subject is None:
            return []
        return [
            Step(event, subject, self._rows(event.before), self._rows(event.after))
            for event in sorted(self._of.get(reference, ()), key=_moment)
        ]

    def way(self, reference: str) -> list[Step]:
        """Return the steps from a thing to what it is found as today, what came of it included."""
        found: dict[tuple[str, str], Step] = {}
        waiting, seen = [reference], {reference}
        while waiting:
            one = waiting.pop(0)
            for step in self.steps(one):
                found.setdefault((step.event.succession.code, one), step)
            ended = self._ended(one)
            following = sorted(ended.leads_to - seen) if ended else []
            seen.update(following)
            waiting += following
        return list(found.values())

    @cached_property
    def rows(self) -> Mapping[str, Recorded]:
        """Every row that an event names and that the reader may see, undone ones included."""
        return named_rows(self._of, self.reader)

    def _rows(self, references: Iterable[str]) -> list[Recorded]:
        """The rows of some references, by title."""
        return sorted((self.rows[one] for one in references if one in self.rows), key=lambda row: (row.title, row.code))

    def _ended(self, reference: str) -> Event | None:
        """The event by which a thing ended; a standing one before one that was undone."""
        ended = [event for event in self._of.get(reference, ()) if reference in event.ended]
        return min(ended, key=lambda event: event.undone, default=None)

    def _add_events(self, references: set[str]) -> set[str]:
        """Add the events that name things; return all that these events name."""
        parts = visible_about(self.reader.user, SuccessionPart, references).filter(withdrawn="")
        codes = set(parts.values_list("succession", flat=True)) - self.events.keys()
        if not codes:
            return set()
        successions = visible(self.reader.user, Succession).filter(pk__in=codes)
        standing = {row.code: row for row in self.reader.known(successions)}
        of: dict[str, list[SuccessionPart]] = {}
        for part in self.reader.rows(SuccessionPart).filter(succession__in=codes):
            of.setdefault(part.succession_id, []).append(part)
        for succession in successions:
            undone = succession.code not in standing
            if undone and not self._was_undone(succession):
                continue
            before, after = sides(of.get(succession.code, ()))
            event = Event(standing.get(succession.code, succession), frozenset(before), frozenset(after), undone)
            self.events[succession.code] = event
        return {part.about for parts in of.values() for part in parts}

    def _was_undone(self, succession: Succession) -> bool:
        """Whether an event that does not stand was known to have happened and been undone."""
        known = self.reader.as_of.known
        return bool(succession.withdrawn) and (known is None or succession.version_known_on <= known)


def named_rows(references: Iterable[str], reader: Reader) -> dict[str, Recorded]:
    """Return rows by reference, withdrawn ones too: what was undone must still be found under its number."""
    found = reader.by_reference(references)
    missing = [reference for reference in references if reference not in found]
    return {**found, **_withdrawn(missing, reader)}


def _withdrawn(references: Iterable[str], reader: Reader) -> dict[str, Recorded]:
    """The rows among these that the reader may see and that were withdrawn."""
    codes: dict[str, set[str]] = {}
    for reference in references:
        noun, _, code = reference.partition(":")
        codes.setdefault(noun, set()).add(code)
    known = reader.as_of.known
    return {
        row.reference: row
        for noun, wanted in codes.items()
        if noun in nouns()
        for row in visible(reader.user, nouns()[noun]).filter(pk__in=wanted).exclude(withdrawn="")
        if known is None or row.known_on <= known
    }


def _moment(event: Event) -> tuple[object, ...]:
    """What puts the events of a thing in order of time."""
    return event.succession.happened.earliest, event.succession.recorded_at, event.succession.code
