"""A date as it is worded, the days on which a document can have been published, and the days that a date can mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from homeward.reading.drafts import Span

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A date as it is worded, before it is resolved. What the words do not say is ``None``.

    form: ``day``, ``month``, ``year``, ``decade``, ``range``, ``season``, ``fiscal-year``, ``holiday``, ``weekday``, ``relative``
        (so many ``unit`` from the publication) or ``anaphor`` (so many from the date before it in the text).
    holiday: its name in `homeward.reading.holidays`; ``offset`` is then days from it.
    part: ``early``, ``mid``, ``late``, ``first-half``, ``second-half``.
    planned: the words around it speak of what is to come; was_planned: of what was once to come, and may have passed;
        past: of what had happened before; recent: of the latest in a story, as "identified on" does; is_loss: of a death, a capture, somebody missing;
        since: of what lasts since then.
    direction: -1 last, 0 this, 1 next, of a weekday, month, season or holiday.
    so_far: from the start of the unit to the publication (-1), or from then to its end (1).
    """

    span: Span
    rule: str
    form: str
    sentence: int
    paragraph: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    year2: int | None = None
    month2: int | None = None
    day2: int | None = None
    weekday: int | None = None
    season: str | None = None
    holiday: str | None = None
    part: str | None = None
    unit: str | None = None
    offset: int | None = None
    direction: int | None = None
    so_far: int | None = None
    about: bool = False
    planned: bool = False
    was_planned: bool = False
    past: bool = False
    recent: bool = False
    is_loss: bool = False
    since: bool = False
    other: tuple[int, int] | None = None

    @property
    def is_explicit(self) -> bool:
        """Whether the words name a year."""
        return self.year is not None


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a document can have been published."""

    earliest: date
    latest: date

    @property
    def n_days(self) -> int:
        """How many days it covers."""
        return (self.latest - self.earliest).days + 1

    @property
    def middle(self) -> date:
        """Its middle day."""
        return self.earliest + (self.latest - self.earliest) // 2

    def days(self) -> list[date]:
        """All of its days."""
        return [self.earliest + n * DAY for n in range(self.n_days)]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The days that an expression can mean."""

    earliest: date
    latest: date
    edtf: str
    precision: str
    basis: str
    confidence: float
    alternatives: tuple[str, ...] = ()
