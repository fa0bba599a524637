"""From the families of a Familias file to pedigrees with missing members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.formats.familias_dvi import DviFamily, DviPedigree, DviPerson
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree

MISSING_PERSON = "Missing person"
"""What Familias calls the missing person in relations."""


def is_missing_name(name: str) -> bool:
    """Whether Familias would take somebody of this name for a missing person."""
    return name.lower().startswith("missing")


@dataclass(frozen=True, slots=True)
class ResolvedFamily:
    """A family whose pedigree and missing members are settled.

    sexes: by person, as recorded or as the pedigree implies; unknown where neither tells.
    missing: names.
    """

    name: str
    where: str
    pedigree: Pedigree
    people: Mapping[str, DviPerson]
    sexes: Mapping[str, Sex]
    missing: tuple[str, ...]


def resolve_family(family: DviFamily, log: ProblemLog, notes: list[str]) -> ResolvedFamily | None:
    """Return the family with its pedigree, or None if there is a problem.

    Problems go to ``log``, decisions to ``notes``. The pedigree used is the only one, or the one that is not the
    reference pedigree. Somebody is missing whose name begins with "Missing", who is untyped and has a relation in it.
    """
    found = ProblemLog()
    people = {person.name: person for person in family.people}
    if len(people) < len(family.people):
        for name in dict.fromkeys(p.name for p in family.people if sum(q.name == p.name for q in family.people) > 1):
            found.add(f"'{name}' is listed twice.", where=f"{people[name].where}", fix="Give everybody their own name.")
    pedigree = _pedigree_used(family, found)
    related = list(dict.fromkeys(name for parent, child, _ in pedigree.relations for name in (parent, child)))
    for person in family.people:
        if is_missing_name(person.name) and person.typing:
            found.add(
                f"'{person.name}' is named as missing but has a profile.",
                where=f"{person.where}, family {family.name}",
                fix="Rename the person, or remove the profile if it is of unidentified remains.",
            )
    people = _without_list_entries(family, people, set(related), notes)
    added = [name for name in related if name not in people]
    notes.extend(
        f"Family {family.name}: '{name}' is in the relations but not in the list of persons; added."
        for name in added
        if name != MISSING_PERSON
    )
    names = [*people, *added]
    recorded = {name: person.sex for name, person in people.items()}
    parents = _parents_of_children(pedigree, found)
    sexes, arbitrary = deduce_sexes(names, recorded, parents.values())
    fathers, mothers = _fathers_and_mothers(parents, sexes, arbitrary, pedigree, found)
    missing = tuple(name for name in names if is_missing_name(name) and name in related)
    _note_sexes(family.name, missing, recorded, sexes, arbitrary, parents, notes)
    if not found:
        with found.collecting():
            built = build_pedigree(names, sexes, fathers, mothers, where=pedigree.where)
            return ResolvedFamily(family.name, family.where, built, people, sexes, missing)
    log.extend(found.problems)
    return None


def _pedigree_used(family: DviFamily, log: ProblemLog) -> DviPedigree:
    """Return the pedigree that has the missing in it; copies count once, and a third one is refused."""
    if not family.pedigrees:
        return DviPedigree("", (), family.where)
    distinct: dict[frozenset[tuple[str, str]], DviPedigree] = {}
    for pedigree in family.pedigrees:
        distinct.setdefault(frozenset((parent, child) for parent, child, _ in pedigree.relations), pedigree)
    for pedigree in list(distinct.values())[2:]:
        log.add(
            f"Family {family.name} has more than two different pedigrees; '{pedigree.name}' is one too many.",
            where=pedigree.where,
            fix="Keep the pedigree that holds the missing person, and the reference pedigree.",
        )
    return list(distinct.values())[min(len(distinct), 2) - 1] if len(family.pedigrees) != 2 else family.pedigrees[1]


def _without_list_entries(
    family: DviFamily, people: dict[str, DviPerson], related: set[str], notes: list[str]
) -> dict[str, DviPerson]:
    """Leave out "Missing male 1" and the like where they stand in no relation: Familias lists its missing so."""
    entries = [name for name, p in people.items() if is_missing_name(name) and not p.typing and name not in related]
    if entries:
        listed = ", ".join(f"'{name}'" for name in entries)
        notes.append(f"Family {family.name}: {listed} has no relation in the pedigree and was left out.")
    return {name: person for name, person in people.items() if name not in entries}


def _parents_of_children(pedigree: DviPedigree, log: ProblemLog) -> dict[str, list[str]]:
    """Return the parents of each child in the order given; more than two are noted."""
    parents: dict[str, list[str]] = {}
    for parent, child, where in pedigree.relations:
        of_child = parents.setdefault(child, [])
        if parent in of_child:
            continue
        if len(of_child) == 2:
            log.add(
                f"'{child}' has more than two parents: {', '.join(of_child)} and {parent}.",
                where=where,
                fix="Keep at most one father and one mother.",
            )
            continue
        of_child.append(parent)
    return parents


def deduce_sexes(
    people: Sequence[str], recorded: Mapping[str, Sex], couples: Iterable[Sequence[str]]
) -> tuple[dict[str, Sex], dict[str, Sex]]:
    """Return the sexes that are recorded or follow from a partner's, and roles for parents whose sex stays unknown.

    Parameters
    ----------
    people : sequence of str
        Everybody.
    recorded : mapping of person to Sex
        Unknown if absent.
    couples : iterable of one or two names
        The parents of each child.

    Returns
    -------
    sexes, arbitrary : dict of person to Sex
        ``sexes`` holds everybody. ``arbitrary`` holds the parents whose sex nothing tells: a role that fits
        all their partners, the first of each group taken as male.
    """
    partners: dict[str, list[str]] = {}
    for couple in couples:
        for person in couple:
            partners.setdefault(person, []).extend(other for other in couple if other != person)
    sexes = {person: recorded.get(person, Sex.UNKNOWN) for person in people}
    _spread(sexes, partners, [person for person in people if sexes[person] is not Sex.UNKNOWN])
    roles = dict(sexes)
    for person in people:
        if person in partners and roles[person] is Sex.UNKNOWN:
            roles[person] = Sex.MALE
            _spread(roles, partners, [person])
    return sexes, {p: roles[p] for p in people if roles[p] is not sexes[p]}


def _spread(sexes: dict[str, Sex], partners: Mapping[str, Sequence[str]], start: list[str]) -> None:
    """Give partners of unknown sex the other sex, and theirs in turn."""
    waiting = list(start)
    while waiting:
        person = waiting.pop(0)
        for partner in partners.get(person, ()):
            if sexes[partner] is Sex.UNKNOWN:
                sexes[partner] = Sex.FEMALE if sexes[person] is Sex.MALE else Sex.MALE
                waiting.append(partner)


def _fathers_and_mothers(
    parents: Mapping[str, Sequence[str]],
    sexes: Mapping[str, Sex],
    arbitrary: Mapping[str, Sex],
    pedigree: DviPedigree,
    log: ProblemLog,
) -> tuple[dict[str, str], dict[str, str]]:
    """Return father and mother of each child; two parents of one sex are noted."""
    lines = {(parent, child): where for parent, child, where in pedigree.relations}
    fathers: dict[str, str] = {}
    mothers: dict[str, str] = {}
    for child, of_child in parents.items():
        for parent in of_child:
            sex = arbitrary.get(parent, sexes[parent])
            of, role = (fathers, "father") if sex is Sex.MALE else (mothers, "mother")
            if child in of:
                log.add(
                    f"Both parents of '{child}', '{of[child]}' and '{parent}', would be the {role}: "
                    f"both are {sex.name.lower()} as recorded or by their other partners.",
                    where=lines[parent, child],
                    fix="Correct the sex of one of the two, or the relation.",
                )
            of.setdefault(child, parent)
    return fathers, mothers


def _note_sexes(
    family: str,
    missing: Sequence[str],
    recorded: Mapping[str, Sex],
    sexes: Mapping[str, Sex],
    arbitrary: Mapping[str, Sex],
    parents: Mapping[str, Sequence[str]],
    notes: list[str],
) -> None:
    """Say for whom the sex was taken from the pedigree, or could not be told."""
    for person in missing:
        if recorded.get(person, Sex.UNKNOWN) is not Sex.UNKNOWN:
            continue
        if sexes[person] is Sex.UNKNOWN:
            notes.append(
                f"Family {family}: the sex of '{person}' is not recorded and does not follow from the pedigree."
            )
            continue
        partner = next(p for couple in parents.values() if person in couple for p in couple if p != person)
        notes.append(
            f"Family {family}: '{person}' is taken as {sexes[person].name.lower()}, because '{partner}', "
            f"the other parent of a child, is {sexes[partner].name.lower()}."
        )
    for person, role in arbitrary.items():
        notes.append(
            f"Family {family}: the sex of '{person}' is not known; in the pedigree this person stands as "
            f"{'father' if role is Sex.MALE else 'mother'}, which matters only where mutation rates differ by sex."
        )
