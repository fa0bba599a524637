"""What the page of a family shows: its pedigree, who is told, who gave a sample, who could still be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from homeward.web.engagement.changing_pages import with_states
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.roll.families import Donor, Family, FamilyContact, NextOfKin, Relative
from homeward.web.roll.lineages import Lineages, Pedigree
from homeward.web.roll.pedigree_drawing import draw
from homeward.web.roll.people import MissingPerson

MOST_CONTACTS = 100


@dataclass(frozen=True, slots=True)
class Informed:
    """A missing person of the family, and which lineages of theirs a relative informs."""

    missing: MissingPerson
    lineages: Lineages


@dataclass(frozen=True, slots=True)
class RelativeLine:
    """A relative as the table has them. donations: each with whether it may be searched."""

    relative: Relative
    informs: Sequence[Informed]
    donations: Sequence[tuple[Donor, bool]]

    @property
    def is_donor(self) -> bool:
        """Whether a sample of theirs may be searched."""
        return any(may_be_searched for _, may_be_searched in self.donations)

    @property
    def could_be_asked(self) -> bool:
        """Whether they may be alive, inform somebody missing, and have given no sample that may be searched."""
        is_missing = self.relative.missing_id is not None
        return bool(self.informs) and self.relative.living != "no" and not is_missing and not self.is_donor


def family(row: Family, reader: Reader) -> Mapping[str, Any]:
    """Return what the page of a family shows."""
    lines = relative_lines(row, reader)
    relatives = [line.relative for line in lines]
    missing = [relative.missing for relative in relatives if relative.missing_id]
    contacts = reader.known(reader.rows(FamilyContact).filter(family=row).order_by("-happened_earliest", "-code"))
    contacts = contacts[:MOST_CONTACTS]
    fill(contacts, reader, "relative")
    return {
        "lines": lines,
        "missing": with_states(missing, reader),
        "drawing": draw(relatives, {line.relative.code for line in lines if line.is_donor}),
        "to_ask": [line for line in lines if line.could_be_asked],
        "donors": [line for line in lines if line.donations],
        "kin": next_of_kin([person.code for person in missing], reader),
        "contacts": contacts,
        "call_due": call_due(contacts),
        "contradictions": contradictions(relatives),
        "today": timezone.localdate(),
        "may_add": reader.as_of.is_now and reader.user.has_perm(Relative.keep_permission),
    }


def relative_lines(row: Family, reader: Reader) -> list[RelativeLine]:
    """Return the relatives of a family with what each informs and gave, the missing first."""
    relatives = reader.known(reader.rows(Relative).filter(family=row).order_by("born_earliest", "code"))
    fill(relatives, reader, "father", "mother", "missing", "twin_of")
    day = reader.as_of.on or timezone.localdate()
    donations: dict[str, list[tuple[Donor, bool]]] = {}
    codes = [relative.code for relative in relatives]
    for donor in reader.known(reader.rows(Donor).filter(relative__in=codes).order_by("code")):
        donations.setdefault(donor.relative_id, []).append((donor, donor.may_be_searched(day)))
    pedigree = Pedigree(relatives)
    missing = [relative for relative in relatives if relative.missing_id]
    lines = []
    for relative in sorted(relatives, key=lambda one: one.missing_id is None):
        informs = [
            Informed(other.missing, found)
            for other in missing
            if other is not relative and (found := pedigree.informs(relative.code, other.code))
        ]
        lines.append(RelativeLine(relative, informs, donations.get(relative.code, ())))
    return lines


def next_of_kin(missing: Sequence[str], reader: Reader) -> list[NextOfKin]:
    """Return who is told first of each of some missing people, in the order in which they decide."""
    kin = reader.known(reader.rows(NextOfKin).filter(missing__in=missing))
    fill(kin, reader, "missing", "relative")
    return sorted(kin, key=lambda one: (one.missing.name, one.missing_id, one.position, one.code))


def call_due(contacts: Sequence[FamilyContact]) -> FamilyContact | None:
    """Return the contact after which a call is owed: the last one, if it names a day."""
    last = max(contacts, key=lambda one: (one.happened.sort_key, one.code), default=None)
    return last if last is not None and last.due else None


def contradictions(relatives: Sequence[Relative]) -> list[str]:
    """Return where what the family says of a missing person cannot be what the roll says."""
    found = []
    for relative in relatives:
        if not relative.missing_id:
            continue
        person = relative.missing
        if relative.born and person.born and not relative.born.overlaps(person.born):
            found.append(
                f"The roll has {person.name} born {person.born.words}; in this family, born {relative.born.words}."
            )
        if {relative.sex, person.sex} == {"male", "female"}:
            found.append(f"The roll has {person.name} as {person.sex}; this family, as {relative.sex}.")
    return found
