"""Pedigrees: who is the child of whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import ProblemLog
from homeward.genetics.twins import check_twins, first_twins, join_twins

FOUNDER = -1
"""Parent index of somebody whose parent is not in the pedigree."""

Groups = tuple[tuple[int, ...], ...]
"""Groups of people, as positions."""

ParentRows = tuple[tuple[int, int], ...]
"""(father, mother) of everybody, as positions; ``FOUNDER`` where not in the pedigree."""


NO_INBREEDING: Mapping[str, float] = MappingProxyType({})
"""Of founders who are not inbred."""


class Sex(IntEnum):
    """Biological sex as recorded; unknown is a value of its own."""

    UNKNOWN = 0
    MALE = 1
    FEMALE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Pedigree:
    """People and their parents; build it with :func:`build_pedigree`, which checks it.

    ids: names of the n people, each once.
    parents: (n, 2) intp array, father then mother, as positions; ``FOUNDER`` (-1) where not in the pedigree.
    sex: (n,) int8 array of :class:`Sex`; a father is male and a mother female.
    twins: groups of two or more positions: people who came from one fertilised egg and share one genotype.
    founder_inbreeding: (n,) float64, of people without parents: the probability that their two alleles are copies of
        one, in [0, 1]; 0 for everybody else. 0 for all if not given.
    """

    ids: tuple[str, ...]
    parents: IntArray
    sex: IntArray
    twins: Groups = ()
    founder_inbreeding: FloatArray = field(default_factory=lambda: np.zeros(0))

    def __post_init__(self) -> None:
        if not len(self.founder_inbreeding):
            object.__setattr__(self, "founder_inbreeding", np.zeros(len(self.ids)))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def parent_rows(self) -> ParentRows:
        """The parents as plain numbers, which can be compared and looked up."""
        return tuple((int(father), int(mother)) for father, mother in self.parents)

    def position(self, person: str) -> int:
        """Return the position of a person; raises ValueError if absent."""
        return self.ids.index(person)

    def children(self, person: int) -> list[int]:
        """Return the positions of somebody's children."""
        return [int(child) for child in np.flatnonzero((self.parents == person).any(axis=1))]

    @property
    def genotype_of(self) -> tuple[int, ...]:
        """For everybody, who has the same genotype and stands for them: the first of their twins, or themselves."""
        return first_twins(len(self), self.twins)

    def blood_relatives(self, person: int) -> list[int]:
        """Return everybody who shares an ancestor with a person; ancestors, descendants and twins are among them."""
        of = self.genotype_of
        related = set(blood_relatives(join_twins(self.parent_rows, of), of[person]))
        return [other for other in range(len(self)) if of[other] in related]

    def components(self) -> IntArray:
        """Return (n,) labels 0, 1, ... of the groups of people joined by parent-child links."""
        label = np.full(len(self), -1)
        n_found = 0
        for start in range(len(self)):
            if label[start] >= 0:
                continue
            stack = [start]
            while stack:
                person = stack.pop()
                if label[person] >= 0:
                    continue
                label[person] = n_found
                stack.extend(int(p) for p in self.parents[person] if p != FOUNDER)
                stack.extend(self.children(person))
                stack.extend(other for group in self.twins if person in group for other in group)
            n_found += 1
        return label


def lineage(parents: ParentRows, person: int) -> set[int]:
    """Return a person and all their ancestors, as positions."""
    found, stack = {person}, [person]
    while stack:
        for parent in parents[stack.pop()]:
            if parent != FOUNDER and parent not in found:
                found.add(parent)
                stack.append(parent)
    return found


def blood_relatives(parents: ParentRows, person: int) -> list[int]:
    """Return everybody who shares an ancestor with a person, or is one, or a descendant; the person included."""
    own = lineage(parents, person)
    return [other for other in range(len(parents)) if lineage(parents, other) & own]


def with_stranger(pedigree: Pedigree) -> Pedigree:
    """Return the pedigree with somebody more at its end, who is nobody's relative."""
    return replace(
        pedigree,
        ids=(*pedigree.ids, _unused_name("stranger", pedigree.ids)),
        parents=np.vstack([pedigree.parents, [FOUNDER, FOUNDER]]).astype(np.intp),
        sex=np.append(pedigree.sex, np.int8(Sex.UNKNOWN)),
        founder_inbreeding=np.append(pedigree.founder_inbreeding, 0.0),
    )


def build_pedigree(
    people: Sequence[str],
    sex: Mapping[str, Sex],
    fathers: Mapping[str, str],
    mothers: Mapping[str, str],
    *,
    where: str,
    complete_parents: bool = True,
    twins: Sequence[Sequence[str]] = (),
    founder_inbreeding: Mapping[str, float] = NO_INBREEDING,
) -> Pedigree:
    """Check people and their parents and return the pedigree.

    Parameters
    ----------
    people : sequence of str
        Everybody, each once; the order is kept.
    sex : mapping of person to Sex
        Unknown if absent; a parent's sex follows from the role.
    fathers, mothers : mapping of child to parent
        Only known parents.
    where : str
        What to call this pedigree in an error.
    complete_parents : bool
        Add an unnamed, untyped founder for the second parent of anybody with one known parent, as the
        pedsuite does. It matters only under a mutation model that does not keep the allele frequencies.
    twins : sequence of groups of people
        Who came from one fertilised egg; each group has the same parents and one sex.
    founder_inbreeding : mapping of person to float
        Of founders, the probability that their two alleles are copies of one, in [0, 1]; 0 if absent.

    Raises
    ------
    InputError
        Somebody is listed twice, is their own ancestor, has an unknown parent, is a mother recorded male
        or a father recorded female, or is both father and mother; twins are alone, in two groups, of two sexes or
        have other parents; an inbreeding coefficient is outside [0, 1], belongs to somebody with parents or differs
        between twins. All problems are listed.
    """
    log = ProblemLog()
    _check_people(people, sex, fathers, mothers, where, log)
    check_twins(twins, set(people), sex, fathers, mothers, where=where, log=log)
    _check_inbreeding(founder_inbreeding, {*fathers, *mothers}, people, twins, where, log)
    log.raise_if_any()
    ids = list(people)
    fathers, mothers = dict(fathers), dict(mothers)
    sexes = {person: Sex(sex.get(person, Sex.UNKNOWN)) for person in ids}
    if complete_parents:
        for child in list(people):
            if (child in fathers) == (child in mothers):
                continue
            has_father = child in fathers
            of = mothers if has_father else fathers
            unnamed = _unused_name(f"{'mother' if has_father else 'father'} of {child}", ids)
            ids.append(unnamed)
            of.update(dict.fromkeys(next((group for group in twins if child in group), [child]), unnamed))
    sexes.update(dict.fromkeys(fathers.values(), Sex.MALE) | dict.fromkeys(mothers.values(), Sex.FEMALE))
    for group in twins:
        sexes.update(dict.fromkeys(group, max(sexes[person] for person in group)))
    position = {person: i for i, person in enumerate(ids)}
    parents = np.full((len(ids), 2), FOUNDER, dtype=np.intp)
    for column, of in enumerate((fathers, mothers)):
        for child, parent in of.items():
            parents[position[child], column] = position[parent]
    sex_codes = np.array([sexes.get(person, Sex.UNKNOWN) for person in ids], dtype=np.int8)
    groups = tuple(tuple(sorted(position[person] for person in group)) for group in twins)
    inbreeding = np.array([founder_inbreeding.get(person, 0.0) for person in ids], dtype=np.float64)
    return Pedigree(ids=tuple(ids), parents=parents, sex=sex_codes, twins=groups, founder_inbreeding=inbreeding)


def _unused_name(name: str, taken: Sequence[str]) -> str:
    """Return the name, with a number if it is taken."""
    candidate, n = f"({name})", 1
    while candidate in taken:
        n += 1
        candidate = f"({name}, {n})"
    return candidate


def _check_people(
    people: Sequence[str],
    sex: Mapping[str, Sex],
    fathers: Mapping[str, str],
    mothers: Mapping[str, str],
    where: str,
    log: ProblemLog,
) -> None:
    known = set(people)
    for person in sorted({p for p in people if list(people).count(p) > 1}):
        log.add(f"'{person}' is listed twice.", where=where, fix="Give every person a name of their own.")
    for of, role, wrong in ((fathers, "father", Sex.FEMALE), (mothers, "mother", Sex.MALE)):
        for child, parent in of.items():
            at = f"{where}, person {child}"
            if parent not in known:
                log.add(f"The {role} '{parent}' is not in the pedigree.", where=at, fix="Add this person's own line.")
            elif sex.get(parent, Sex.UNKNOWN) == wrong:
                log.add(
                    f"The {role} '{parent}' is recorded as {wrong.name.lower()}.",
                    where=at,
                    fix=f"Correct the sex of '{parent}', or name the other parent as {role}.",
                )
    for parent in sorted(set(fathers.values()) & set(mothers.values())):
        log.add(
            f"'{parent}' is a father and a mother.", where=where, fix="Put this person in one of the two columns only."
        )
    for circle in _circles(fathers, mothers):
        log.add(
            f"'{circle[0]}' is their own ancestor: {' is a child of '.join([*circle, circle[0]])}.",
            where=where,
            fix="Correct the parents in this circle.",
        )


def _check_inbreeding(
    founder_inbreeding: Mapping[str, float],
    children: set[str],
    people: Sequence[str],
    twins: Sequence[Sequence[str]],
    where: str,
    log: ProblemLog,
) -> None:
    for group in twins:
        if len({founder_inbreeding.get(person, 0.0) for person in group}) > 1:
            log.add(
                f"The twins {' and '.join(group)} have different inbreeding coefficients.",
                where=where,
                fix="Give both the same one.",
            )
    for person, coefficient in founder_inbreeding.items():
        at = f"{where}, person {person}"
        if person not in people:
            log.add(f"'{person}' has an inbreeding coefficient but is not in the pedigree.", where=at, fix="Add them.")
        elif not 0.0 <= coefficient <= 1.0:
            fix = "It is a probability: 0.0625 for the child of first cousins."
            log.add(f"The inbreeding coefficient {coefficient:g} is outside [0, 1].", where=at, fix=fix)
        elif coefficient > 0 and person in children:
            log.add(
                f"'{person}' has a parent in the pedigree, so the pedigree says how inbred they are.",
                where=at,
                fix="Leave the coefficient out, or add the ancestors that the parents share.",
            )


def _circles(fathers: Mapping[str, str], mothers: Mapping[str, str]) -> list[list[str]]:
    """Return each circle of descent once, as people from child to parent."""
    parents: dict[str, list[str]] = {}
    for of in (fathers, mothers):
        for child, parent in of.items():
            parents.setdefault(child, []).append(parent)
    circles = []
    while True:
        try:
            TopologicalSorter(parents).prepare()
        except CycleError as error:
            path: list[str] = error.args[1]
            circle = path[:-1] if path[1] in parents.get(path[0], []) else path[:0:-1]
            circles.append(circle)
            parents[circle[-1]].remove(circle[0])
        else:
            return circles
