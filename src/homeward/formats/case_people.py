"""The people of a case folder: people.csv."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.formats.case_tables import Row
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree

ELIMINATION = "elimination"
ROLES = ("reference", "missing", "none", "", ELIMINATION)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One line of people.csv.

    sex: None where it is blank: then it follows from the role in the pedigree.
    twins: a mark that the twins of one birth from one egg share; blank for others.
    inbreeding: of a founder, the probability that both alleles are copies of one.
    """

    name: str
    father: str
    mother: str
    sex: Sex | None
    role: str
    where: str
    twins: str = ""
    inbreeding: float = 0.0


@dataclass(slots=True)
class FamilyDraft:
    """The people of one family, or of one hypothesis."""

    name: str
    where: str
    people: dict[str, PersonLine] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Return the names of the missing."""
        return [person.name for person in self.people.values() if person.role == "missing"]

    def twins(self) -> list[list[str]]:
        """Return the names of the twins of each birth."""
        groups: dict[str, list[str]] = {}
        for person in self.people.values():
            if person.twins:
                groups.setdefault(person.twins, []).append(person.name)
        return list(groups.values())


@dataclass(frozen=True, slots=True)
class People:
    """Everybody in people.csv, in file order: families by name, and those who gave elimination profiles."""

    families: dict[str, FamilyDraft] = field(default_factory=dict)
    elimination: dict[str, PersonLine] = field(default_factory=dict)


def read_people(rows: Iterable[Row], log: ProblemLog) -> People:
    """Return everybody in file order; what cannot be used is noted in ``log``."""
    people = People()
    for row in rows:
        if row["role"].lower() == ELIMINATION:
            _take_elimination(row, people.elimination, log)
        else:
            _take_member(row, people.families, log)
    return people


def _take_member(row: Row, families: dict[str, FamilyDraft], log: ProblemLog) -> None:
    """Take the line of somebody in a family."""
    family, name = row.named("family", log), row.named("person", log)
    where = ", ".join([row.where, *(f"{column} {row[column]}" for column in ("family", "person") if row[column])])
    role = row["role"].lower()
    if role not in ROLES:
        fix = "Write reference, missing, none or elimination."
        log.add(f"The role '{role[:60]}' is not known.", where=where, fix=fix)
    sex = row.sex(log) if row["sex"] else None
    inbreeding = (row.number("inbreeding", log) if row["inbreeding"] else 0.0) or 0.0
    if not family or not name:
        return
    draft = families.setdefault(family, FamilyDraft(family, f"{row.where}, family {family}"))
    if name in draft.people:
        log.add(f"'{name}' is listed twice in family {family}.", where=where, fix="Keep one line for each person.")
    else:
        line = PersonLine(name, row["father"], row["mother"], sex, role, where, row["twins"], inbreeding)
        draft.people[name] = line


def _take_elimination(row: Row, elimination: dict[str, PersonLine], log: ProblemLog) -> None:
    """Take the line of somebody who gave an elimination profile: they stand outside every family."""
    name = row.named("person", log)
    if not name:
        return
    where = f"{row.where}, person {name}"
    for column in ("family", "father", "mother", "twins", "inbreeding"):
        if row[column]:
            log.add(
                f"'{name}' gave an elimination profile, but the {column} is '{row[column][:60]}'.",
                where=where,
                fix=f"Leave the {column} blank; somebody of a family has the role reference, missing or none.",
            )
    sex = row.sex(log)
    if name in elimination:
        log.add(f"'{name}' is listed twice among the elimination profiles.", where=where, fix="Keep one of the two.")
    else:
        elimination[name] = PersonLine(name, "", "", sex, ELIMINATION, where)


def check_elimination_names(
    elimination: Mapping[str, str], samples: Collection[str], people: Collection[str], log: ProblemLog
) -> None:
    """Note every elimination profile, given as name and where it stands, that has the name of somebody else.

    A line of profiles.csv without a family would not say whose it is.
    """
    for name, where in elimination.items():
        for kind, names in (("sample or remains group", samples), ("person in a family", people)):
            if name in names:
                log.add(
                    f"'{name}' is an elimination profile and a {kind}.",
                    where=where,
                    fix="Give them different names, each with its own profile.",
                )


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
        pedigree = build_pedigree(
            list(family.people),
            sexes,
            fathers,
            mothers,
            where=family.where,
            twins=family.twins(),
            founder_inbreeding={
                person.name: person.inbreeding for person in family.people.values() if person.inbreeding
            },
        )
    log.extend(found.problems)
    return None if found else pedigree


def family_sexes(family: FamilyDraft, pedigree: Pedigree) -> list[Sex]:
    """Return the sex of everybody: as written; where it is blank, as the role in the pedigree says."""
    sexes = []
    for person, role in zip(pedigree.ids, pedigree.sex, strict=True):
        line = family.people.get(person)
        sexes.append(Sex(int(role)) if line is None or line.sex is None else line.sex)
    return sexes
