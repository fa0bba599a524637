"""Which part of a timeline is shown, and how the tables are asked for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from homeward.web.engagement.timeline_lines import Line

_EDGE = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})~(?P<noun>[a-z]*):(?P<code>[a-z0-9.-]*)", re.ASCII)
_YEAR = re.compile(r"(?!0000)\d{4}", re.ASCII)


class Edge(NamedTuple):
    """A place in the order of everything that is dated: by day, then by noun and code."""

    day: date
    noun: str = ""
    code: str = ""

    @classmethod
    def read(cls, text: str) -> Edge | None:
        """Return the edge that an address names; ``None`` if it names none."""
        match = _EDGE.fullmatch(text)
        try:
            return cls(date.fromisoformat(match["day"]), match["noun"], match["code"]) if match else None
        except ValueError:
            return None

    @classmethod
    def of_year(cls, text: str) -> Edge | None:
        """Return the edge before everything of a year; ``None`` if the text names no year."""
        return cls(date(int(text), 1, 1)) if _YEAR.fullmatch(text) else None

    def __str__(self) -> str:
        return f"{self.day.isoformat()}~{self.noun}:{self.code}"


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a timeline is shown: a page after an edge, a page before one, or the last page."""

    after: Edge | None = None
    before: Edge | None = None

    @property
    def forwards(self) -> bool:
        """Whether the page is counted from its beginning."""
        return self.after is not None

    def holds(self, edge: Edge) -> bool:
        """Whether something at this place can be on the page."""
        return edge > self.after if self.after else self.before is None or edge < self.before

    def condition(self, line: Line) -> Q:
        """Return the same as a condition for the rows of a line."""
        edge = self.after or self.before
        if edge is None:
            return Q()
        beyond = "gt" if self.forwards else "lt"
        noun = line.model.noun()
        same_day = Q(**{f"code__{beyond}": edge.code}) if noun == edge.noun else Q()
        past_edge = Q(**{f"{line.day}__{beyond}": edge.day})
        if noun == edge.noun or (noun > edge.noun) == self.forwards:
            past_edge |= Q(**{line.day: edge.day}) & same_day
        return Q(**{f"{line.day}__{beyond}e": edge.day}) & past_edge
