"""The people of a case folder: people.csv."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import Row
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree

ROLES = ("reference", "missing", "none", "")


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of people.csv.

    sex: None where it is blank: then it follows from the role in the pedigree.
    """

    name: str
    father: str
    mother: str
    sex: Sex | None
    role: str
    where: str


@dataclass(slots=True)
class FamilyDraft:
    """The people of one family, or of one hypothesis."""

    name: str
    where: str
    people: dict[str, PersonLine] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Return the names of the missing."""
        return [person.name for person in self.people.values() if person.role == "missing"]


def read_people(rows: Sequence[Row], log: ProblemLog) -> dict[str, FamilyDraft]:
    """Return the families in file order; what cannot be used is noted in ``log``."""
    families: dict[str, FamilyDraft] = {}
    for row in rows:
        family, name = row.named("family", log), row.named("person", log)
        if not family or not name:
            continue
        draft = families.setdefault(family, FamilyDraft(family, f"{row.where}, family {family}"))
        where = f"{row.where}, family {family}, person {name}"
        role = row["role"].lower()
        if role not in ROLES:
            log.add(f"The role '{role[:60]}' is not known.", where=where, fix="Write reference, missing or none.")
        sex = row.sex(log) if row["sex"] else None
        if name in draft.people:
            log.add(f"'{name}' is listed twice in family {family}.", where=where, fix="Keep one line for each person.")
        else:
            draft.people[name] = PersonLine(name, row["father"], row["mother"], sex, role, where)
    return families


def family_pedigree(family: FamilyDraft, log: ProblemLog) -> Pedigree | None:
    """Return the pedigree of a family, or None if there is a problem; all of them are noted."""
    found = ProblemLog()
    fathers: dict[str, str] = {}
    mothers: dict[str, str] = {}
    for person in family.people.values():
        for parent, role, wrong, of in (
            (person.father, "father", Sex.FEMALE, fathers),
            (person.mother, "mother", Sex.MALE, mothers),
        ):
            if not parent:
                continue
            if parent not in family.people:
                found.add(
                    f"The {role} '{parent}' has no line of their own in family {family.name}.",
                    where=person.where,
                    fix="Add a line for this person, or leave the parent blank.",
                )
            elif family.people[parent].sex is wrong:
                found.add(
                    f"The {role} '{parent}' is recorded as {wrong.name.lower()}.",
                    where=person.where,
                    fix=f"Correct the sex of '{parent}', or name the other parent as {role}.",
                )
            else:
                of[person.name] = parent
    sexes = {person.name: person.sex or Sex.UNKNOWN for person in family.people.values()}
    pedigree = None
    with found.collecting():
        pedigree = build_pedigree(list(family.people), sexes, fathers, mothers, where=family.where)
    log.extend(found.problems)
    return None if found else pedigree


def family_sexes(family: FamilyDraft, pedigree: Pedigree) -> list[Sex]:
    """Return the sex of everybody: as written; where it is blank, as the role in the pedigree says."""
    sexes = []
    for person, role in zip(pedigree.ids, pedigree.sex, strict=True):
        line = family.people.get(person)
        sexes.append(Sex(int(role)) if line is None or line.sex is None else line.sex)
    return sexes
