"""What the pages of agreements, commitments, contacts, working groups and other events show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from homeward.web.engagement.changing_pages import with_states
from homeward.web.engagement.commitments import CommitmentStanding, commitment_standing, commitment_standings
from homeward.web.engagement.dealings import Agreement, Commitment, Contact, Proof, WorkingGroup
from homeward.web.engagement.linked import citations_of_rows, involved_in
from homeward.web.engagement.said import Said, said_about
from homeward.web.engagement.standing import had_happened
from homeward.web.engagement.surroundings import roles, surroundings
from homeward.web.engagement.works import Event, Handover, Operation
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.sources.conflicts import Conflict
from homeward.web.sources.documents import Citation, Document

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """A commitment as its agreement's page shows it."""

    commitment: Commitment
    standing: CommitmentStanding
    citations: list[Citation]
    said: list[Said]


def agreement(row: Agreement, reader: Reader) -> Context:
    """Return the points of an agreement, where each stands, and what rests on it."""
    fill([row], reader, "place", "meeting")
    commitments = reader.known(reader.rows(Commitment).filter(agreement=row).order_by("number"))
    references = [commitment.reference for commitment in commitments]
    standings = commitment_standings(commitments, reader)
    citations = citations_of_rows(references, reader)
    said = said_about([row.reference, *references], reader)
    groups = reader.rows(WorkingGroup).filter(agreement=row)
    return {
        "points": [
            Point(
                commitment,
                standings[commitment.code],
                citations.get(commitment.reference, []),
                [one for one in said if one.about == commitment.reference],
            )
            for commitment in commitments
        ],
        "said": [one for one in said if one.about == row.reference],
        "roles": roles(involved_in([row.reference], reader).get(row.reference, [])),
        "text_document": reader.get(Document, row.text_id) if row.text_id else None,
        "working_groups": had_happened(reader.known(groups), reader.as_of.on),
        "operations": with_states(reader.known(reader.rows(Operation).filter(agreement=row)), reader),
        "conflicts": reader.known(reader.rows_about(Conflict, [row.reference, *references])),
    }


def commitment(row: Commitment, reader: Reader) -> Context:
    """Return where a commitment stands and what in the books shows it."""
    fill([row], reader, "agreement")
    proofs = reader.known(reader.rows(Proof).filter(commitment=row))
    standing = commitment_standing(row, proofs, reader)
    handovers = reader.known(reader.rows(Handover).filter(commitment=row))
    proven = {ground.row.code for ground in standing.grounds if isinstance(ground.row, Handover)}
    return {
        "standing": standing,
        "handovers": with_states([one for one in handovers if one.code not in proven], reader),
        "said": said_about([row.reference], reader),
        "conflicts": reader.known(reader.rows_about(Conflict, [row.reference])),
        "may_prove": reader.as_of.is_now and reader.user.has_perm(Proof.keep_permission),
    }


def contact(row: Contact, reader: Reader) -> Context:
    """Return who reached whom, and about what."""
    fill([row], reader, "sender", "receiver", "meeting")
    return _single(row, reader)


def working_group(row: WorkingGroup, reader: Reader) -> Context:
    """Return what a working group is for, and who is in it."""
    fill([row], reader, "agreement")
    return _single(row, reader)


def event(row: Event, reader: Reader) -> Context:
    """Return what happened, and to which other row it belongs."""
    fill([row], reader, "place")
    owner = reader.by_reference([row.about]).get(row.about) if row.about else None
    return {**_single(row, reader), "belongs_to": owner}


def _single(row: Any, reader: Reader) -> dict[str, Any]:
    """What is shown of a thing that happened once."""
    return {**surroundings(row.reference, (), reader), "said": said_about([row.reference], reader)}
