"""What cannot be in a pedigree, and what is so unlikely that somebody must say why it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.web.roll.families import Relative

Problem = tuple[str, str, str]
"""Code of the relative, what is wrong, how to mend it."""
YOUNGEST_PARENT = 12
"""Years by which a parent is older than a child, unless somebody says why not."""
OLDEST_MOTHER = 60

READ = ("code", "family", "name", "sex", "born", "father", "mother", "twin_of", "identical", "despite")
"""The columns of a relative that the rules look at."""

_CORRECT = "Correct the dates, or name another parent."


def pedigree_problems(relatives: Sequence[Relative]) -> list[Problem]:
    """Return what is wrong in the pedigree of one family."""
    by_code = {relative.code: relative for relative in relatives}
    problems = [problem for relative in relatives for problem in _of_relative(relative, by_code)]
    problems += _both_father_and_mother(relatives)
    if not problems:
        problems += [
            (code, f"{by_code[code].name} would be their own ancestor.", "Look at the parents of each in between.")
            for code in own_ancestors({one.code: (one.father_id, one.mother_id) for one in relatives})
        ]
    return problems


def own_ancestors(parents: Mapping[str, tuple[str | None, str | None]]) -> list[str]:
    """Return those who descend from themselves: taken off generation by generation, nobody else is left."""
    left = dict(parents)
    while free := [code for code, both in left.items() if not any(parent in left for parent in both)]:
        for code in free:
            del left[code]
    return sorted(left)


def _of_relative(relative: Relative, by_code: Mapping[str, Relative]) -> Iterator[Problem]:
    """What is wrong between a relative, the parents and the twin."""
    for role, code in (("father", relative.father_id), ("mother", relative.mother_id), ("twin", relative.twin_of_id)):
        if code is None:
            continue
        other = by_code.get(code)
        if other is None:
            yield (
                relative.code,
                f"The {role} of {relative.name} is not in this family, or was withdrawn.",
                f"Enter the {role} in this family first, or leave it empty.",
            )
        elif role == "twin":
            yield from _twins(relative, other)
        else:
            yield from _parent(relative, role, other)


def _parent(child: Relative, role: str, parent: Relative) -> Iterator[Problem]:
    """What is wrong between a child and a father or a mother."""
    opposite = {"father": "female", "mother": "male"}[role]
    if parent.sex == opposite:
        yield (
            child.code,
            f"{parent.name} is {opposite}, so not the {role} of {child.name}.",
            "Correct the sex, or name the other parent.",
        )
    if not (parent.born and child.born):
        return
    if parent.born.earliest >= child.born.latest:
        wrong, mend = "is not older than the child.", _CORRECT
    elif child.despite:
        return
    elif child.born.latest < years_after(parent.born.earliest, YOUNGEST_PARENT):
        wrong, mend = f"is less than {YOUNGEST_PARENT} years older.", _or_say_why()
    elif role == "mother" and child.born.earliest > years_after(parent.born.latest, OLDEST_MOTHER):
        wrong, mend = f"is more than {OLDEST_MOTHER} years older.", _or_say_why()
    else:
        return
    words = f"{parent.name} (born {parent.born.words}), the {role} of {child.name} (born {child.born.words}),"
    yield child.code, f"{words} {wrong}", mend


def _twins(one: Relative, other: Relative) -> Iterator[Problem]:
    """What is wrong between twins."""
    if (one.father_id, one.mother_id) != (other.father_id, other.mother_id):
        yield (
            one.code,
            f"{one.name} and {other.name} are twins of different parents.",
            "Name the same parents for both.",
        )
    if one.born and other.born and not one.born.overlaps(other.born) and not one.despite:
        yield one.code, f"{one.name} and {other.name} are twins born on different days.", _or_say_why()
    if one.identical and {one.sex, other.sex} == {"male", "female"}:
        yield one.code, f"{one.name} and {other.name} are of different sex, so not identical.", "Correct one of these."


def _both_father_and_mother(relatives: Iterable[Relative]) -> list[Problem]:
    """People who are the father of one child and the mother of another."""
    relatives = list(relatives)
    fathers = {relative.father_id for relative in relatives if relative.father_id}
    return [
        (
            relative.code,
            "One person is the mother here and the father of another relative.",
            "Correct who is father and who is mother.",
        )
        for relative in relatives
        if relative.mother_id in fathers
    ]


def _or_say_why() -> str:
    return f"{_CORRECT[:-1]}, or say under 'despite' why it is so."


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; 29 February becomes 28."""
    year = min(max(day.year + years, date.min.year), date.max.year)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
