"""What the page of one case shows: both sides, the argument, its review, what changed since, and what followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from homeward.web.casework.afterwards import Burial, Correction, Disposition, Notification, Obligation
from homeward.web.casework.case_list import with_sides
from homeward.web.casework.deeds import possible_deeds
from homeward.web.casework.evidence import Alternative, Direction, Evidence, ReviewItem
from homeward.web.casework.frozen import ChangedRow, changed_since
from homeward.web.casework.identifications import PREPARE, REVIEW, SIGN, Identification
from homeward.web.casework.individuals import VIEW_CASES, Association, Individual
from homeward.web.engagement.standing import history_of
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    """A line of evidence with its review: the items, what it rests on that changed since, and what may be done."""

    row: Evidence
    reviews: Sequence[ReviewItem]
    changed: Sequence[ChangedRow]
    sources: Sequence[str]
    may_review: bool
    may_revise: bool

    @property
    def is_agreed(self) -> bool:
        """Whether somebody agrees with it in its present version."""
        return any(one.opinion == "agree" and one.evidence_version == self.row.version for one in self.reviews)


def case(row: Identification, reader: Reader) -> Context:
    """Return all that the page of a case shows."""
    listed = with_sides([row], reader)[0]
    state = listed.state if reader.as_of.is_now else ""
    evidence = _evidence(row, state, reader)
    alternatives = reader.known(reader.rows(Alternative).filter(identification=row).order_by("code"))
    fill(alternatives, reader, "missing")
    user = reader.user
    prepared_it = user.get_username() == row.prepared_by
    return {
        "listed": listed,
        "members": members(listed.individual, reader) if listed.individual else [],
        "sides": [(label, [one for one in evidence if one.row.direction == side]) for side, label in Direction.choices],
        "alternatives": alternatives,
        "history": history_of(row, reader),
        "deeds": possible_deeds(state, user) if reader.as_of.is_now else [],
        "may_sign": state == "in-review" and user.has_perm(SIGN) and not prepared_it,
        "may_answer": state in {"proposed", "in-review"} and user.has_perm(PREPARE),
        "sees_argument": user.has_perm(VIEW_CASES),
        "may_keep": False,
        **_afterwards(row, reader),
    }


def members(individual: Individual, reader: Reader) -> list[Association]:
    """Return the bones of an individual with where they came from."""
    rows = reader.rows(Association).filter(individual=individual)
    found = reader.known(rows.select_related("specimen__accession__transfer_case"))
    fill(found, reader, "specimen")
    fill([one.specimen for one in found], reader, "accession")
    fill([one.specimen.accession for one in found], reader, "transfer_case")
    return sorted(found, key=lambda one: (one.specimen.element, one.specimen.side, one.specimen_id))


def _evidence(row: Identification, state: str, reader: Reader) -> list[ShownEvidence]:
    """The lines of evidence, with their reviews."""
    lines = reader.known(reader.rows(Evidence).filter(identification=row).order_by("line", "code"))
    reviews: dict[str, list[ReviewItem]] = {}
    for item in reader.known(reader.rows(ReviewItem).filter(evidence__in=lines).order_by("recorded_at", "code")):
        reviews.setdefault(item.evidence_id, []).append(item)
    changed = changed_since(lines)
    user, name = reader.user, reader.user.get_username()
    reviews_here = state == "in-review" and user.has_perm(REVIEW)
    return [
        ShownEvidence(
            line,
            reviews.get(line.code, []),
            changed[line.code],
            line.sources.split(),
            may_review=reviews_here and name not in {line.entered_by, row.prepared_by},
            may_revise=state == "proposed" and user.has_perm(PREPARE),
        )
        for line in lines
    ]


def _afterwards(row: Identification, reader: Reader) -> Context:
    """What followed the signature, as far as the reader may see it."""

    def of_case(model: type[Any], *order: str) -> list[Any]:
        return reader.known(reader.rows(model).filter(identification=row).order_by(*order, "code"))

    found = {
        "notifications": of_case(Notification, "happened_earliest"),
        "dispositions": of_case(Disposition, "happened_earliest"),
        "burials": of_case(Burial, "happened_earliest"),
        "obligations": of_case(Obligation, "due"),
        "corrections": of_case(Correction, "about"),
    }
    fill([*found["notifications"], *found["dispositions"]], reader, "next_of_kin")
    fill([one.next_of_kin for one in (*found["notifications"], *found["dispositions"])], reader, "relative")
    fill(found["burials"], reader, "place")
    return found
