"""What the page of a missing person shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.web.casework.identifications import Identification
from homeward.web.engagement.changing_pages import state_words, with_states
from homeward.web.engagement.linked import citations_of_rows
from homeward.web.engagement.standing import History, history_of
from homeward.web.identity.models import Identifier
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.roll.families import VIEW_FAMILIES, Family, Relative
from homeward.web.roll.family_page import RelativeLine, next_of_kin, relative_lines
from homeward.web.roll.people import MissingName, MissingPerson, Status, StatusKind
from homeward.web.sources.documents import Citation

BY_OTHER_MEANS = frozenset({StatusKind.DUPLICATE})
"""What is decided on pages of their own, where both entries are read side by side."""


@dataclass(frozen=True, slots=True)
class StatusLine:
    """A change of status. stood: how the person stood after it; empty if it does not follow from what was known."""

    status: Status
    stood: str
    citations: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class FamilyLine:
    """A family of the missing person. donors: relatives who gave a sample; to_ask: who could still be asked."""

    family: Family
    donors: Sequence[RelativeLine]
    to_ask: Sequence[RelativeLine]


def person(row: MissingPerson, reader: Reader) -> Mapping[str, Any]:
    """Return all that is known of a missing person and that the reader may see."""
    history = history_of(row, reader)
    fill([row], reader, "calamity", "incident", "last_seen_place", "service")
    if row.incident_id:
        fill([row.incident], reader, "place")
    about = [row.reference]
    may_see_family = reader.user.has_perm(VIEW_FAMILIES)
    return {
        "history": history,
        "stands": state_words(row, history),
        "status_lines": _status_lines(history, reader),
        "possible": _possible(row, history, reader),
        "names": reader.known(reader.rows(MissingName).filter(missing=row).order_by("script", "code")),
        "numbers": _numbers(reader.about(Identifier, about).get(row.reference, []), reader),
        "may_see_family": may_see_family,
        "families": _families(row, reader) if may_see_family else [],
        "kin": next_of_kin([row.code], reader) if may_see_family else [],
        "identifications": with_states(reader.known(reader.rows(Identification).filter(missing=row)), reader),
    }


def _status_lines(history: History, reader: Reader) -> list[StatusLine]:
    """The changes of status with what each rests on."""
    citations = citations_of_rows([change.reference for change in history.changes], reader)
    stood = {step.change.code: MissingPerson.machine.labels[step.state] for step in history.steps}
    fill(history.changes, reader, "duplicate_of")
    return [
        StatusLine(change, stood.get(change.code, ""), citations.get(change.reference, []))
        for change in history.changes
    ]


def _possible(row: MissingPerson, history: History, reader: Reader) -> list[tuple[str, str]]:
    """The changes of status that the reader may enter now, as kind and words."""
    if not reader.as_of.is_now or not reader.user.has_perm(Status.keep_permission):
        return []
    kinds = [kind for kind in row.machine.possible(history.state) if kind not in BY_OTHER_MEANS]
    return [(kind, str(StatusKind(kind).label)) for kind in kinds]


def _numbers(found: Sequence[Identifier], reader: Reader) -> list[Identifier]:
    """The numbers of a person with their issuers, those in use first."""
    fill(found, reader, "issuer")
    return sorted(found, key=lambda number: (number.status != "current", number.kind, number.value))


def _families(row: MissingPerson, reader: Reader) -> list[FamilyLine]:
    """The families in whose pedigree a person stands, with who gave a sample for them and who could."""
    own = reader.known(reader.rows(Relative).filter(missing=row))
    families = reader.known(reader.rows(Family).filter(pk__in=[one.family_id for one in own]))
    found = []
    for family in families:
        lines = [_for_one(line, row.code) for line in relative_lines(family, reader)]
        donors = [line for line in lines if line.donations and line.informs]
        found.append(FamilyLine(family, donors, [line for line in lines if line.could_be_asked]))
    return found


def _for_one(line: RelativeLine, code: str) -> RelativeLine:
    """A relative with what they inform of one missing person only."""
    informs = [informed for informed in line.informs if informed.missing.code == code]
    return RelativeLine(line.relative, informs, line.donations)
