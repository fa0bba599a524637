"""What the pages of wars and disasters and of loss incidents show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.roll.finding import ORDER, PAGE_SIZE, read_question
from homeward.web.roll.hits import hits
from homeward.web.roll.incidents import Calamity, Incident
from homeward.web.roll.people import MissingPerson
from homeward.web.roll.statistics import statistic_of


def calamity(row: Calamity, reader: Reader) -> Mapping[str, Any]:
    """Return how its people stand, and its incidents."""
    incidents = reader.rows(Incident).filter(calamity=row).order_by("happened_earliest", "code")
    return {
        "statistic": statistic_of(row, reader),
        "incidents": reader.known(incidents[:PAGE_SIZE]),
        "n_shown": PAGE_SIZE,
    }


def incident(row: Incident, reader: Reader) -> Mapping[str, Any]:
    """Return where it was and how surely, who was lost in it, and how they stand."""
    fill([row], reader, "calamity", "place")
    people = reader.rows(MissingPerson).filter(incident=row).order_by(*ORDER)[: PAGE_SIZE + 1]
    shown = hits(list(people)[:PAGE_SIZE], read_question(""), reader)
    statistic = statistic_of(row, reader)
    return {
        "people": shown,
        "has_more": len(people) > PAGE_SIZE,
        "statistic": statistic,
        "n_not_listed": max(0, (row.n_lost or 0) - statistic.total),
    }
