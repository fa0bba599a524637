"""The custody line of a thing as a page shows it: every holder, how it came there, and what does not follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.remains.custody import Transfer
from homeward.web.remains.custody_check import contradictions
from homeward.web.remains.holders import CustodyLine, Passing, custody_lines
from homeward.web.remains.shown import ShownThing, load_words, shown_thing, thing_words


@dataclass(frozen=True, slots=True)
class LineStep:
    """A transfer in the line of a thing.

    through: in words what passed where that is not the thing itself. wrong: what does not follow; empty if all does.
    """

    transfer: Transfer
    through: str
    wrong: str = ""


def line_page(row: Any, reader: Reader) -> Mapping[str, Any]:
    """Return what the page of a custody line shows."""
    thing: ShownThing = shown_thing(row, reader)
    line = custody_lines([row.reference], reader.as_of, seen_by=reader.user).get(row.reference)
    if line is None:
        return {"thing": thing, "line": None}
    parties = Party.objects.in_bulk(
        {line.beginning.holder, line.container_with, *(one.holder for one in contradictions(line))} - {""}
    )
    passings = [*line.before, *line.received, *line.turned_back, *((line.under_way,) if line.under_way else ())]
    fill([passing.transfer for passing in passings], reader, "giver", "receiver", "store")
    words = _words(passings, reader)
    wrong = _wrong(line, parties)
    steps = [[_step(p, row.reference, words, wrong) for p in part] for part in (line.before, line.received)]
    ways = [_step(p, row.reference, words, wrong) for p in passings[len(line.before) + len(line.received) :]]
    return {
        "thing": thing,
        "line": line,
        "before": steps[0],
        "steps": steps[1],
        "ways": ways,
        "began_with": parties.get(line.beginning.holder),
        "container_with": parties.get(line.container_with),
        "is_whole": not wrong and not line.opened_elsewhere,
    }


def _words(passings: Sequence[Passing], reader: Reader) -> dict[str, str]:
    """What passed, in words, by reference."""
    rows = reader.by_reference(passing.about for passing in passings)
    load_words(list(rows.values()), reader)
    return {reference: thing_words(row) for reference, row in rows.items()}


def _wrong(line: CustodyLine, parties: Mapping[str, Party]) -> dict[str, str]:
    """What does not follow, by the code of the transfer."""
    return {
        one.passing.transfer.code: f"{one.what} {parties[one.holder].name if one.holder in parties else ''}".strip()
        for one in contradictions(line)
    }


def _step(passing: Passing, reference: str, words: Mapping[str, str], wrong: Mapping[str, str]) -> LineStep:
    """One step of the line."""
    through = "" if passing.about == reference else words.get(passing.about, passing.about)
    return LineStep(passing.transfer, through, wrong.get(passing.transfer.code, ""))
