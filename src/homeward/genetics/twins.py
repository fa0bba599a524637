"""Monozygotic twins: people who came from one fertilised egg and share one genotype."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum

from homeward.core.errors import ProblemLog


def first_twins(n_people: int, twins: Sequence[Sequence[int]]) -> tuple[int, ...]:
    """Return, for each of n people, the first of their twins as a position; their own without twins."""
    first = list(range(n_people))
    for group in twins:
        for person in group:
            first[person] = min(group)
    return tuple(first)


def join_twins(parents: Sequence[tuple[int, int]], first: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the parents (father, mother) of everybody, as positions, the first of twins standing for all of them.

    The others become people without children, whose genotype is asked for under the first.
    """
    return tuple(
        (first[father] if father >= 0 else father, first[mother] if mother >= 0 else mother)
        for father, mother in parents
    )


def check_twins(
    twins: Sequence[Sequence[str]],
    people: Collection[str],
    sex: Mapping[str, IntEnum],
    fathers: Mapping[str, str],
    mothers: Mapping[str, str],
    *,
    where: str,
    log: ProblemLog,
) -> None:
    """Note groups of twins that cannot be: of one person, of people not there, of two sexes or of different parents."""
    seen: set[str] = set()
    for group in twins:
        listed = " and ".join(group)
        at = f"{where}, twins {listed}"
        for person in group:
            if person not in people:
                log.add(f"The twin '{person}' is not in the pedigree.", where=at, fix="Add this person's own line.")
            if person in seen:
                log.add(f"'{person}' is named as a twin twice.", where=at, fix="Put all of one birth into one group.")
            seen.add(person)
        if len(group) < 2:
            log.add(
                f"'{listed}' is the only one in a group of twins.",
                where=at,
                fix="Give the other twin the same mark, or take it away.",
            )
        if len({int(sex.get(person, 0)) for person in group} - {0}) > 1:
            log.add(
                f"{listed} are recorded as male and as female; twins from one egg are of one sex.",
                where=at,
                fix="Correct the sex, or take the mark away: twins from two eggs are ordinary siblings.",
            )
        if len({(fathers.get(person), mothers.get(person)) for person in group}) > 1:
            log.add(
                f"{listed} do not have the same father and mother.",
                where=at,
                fix="Give twins the same parents, or take the mark away.",
            )
