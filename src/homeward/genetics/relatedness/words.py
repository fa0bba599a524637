"""What a relationship is called: "maternal half siblings", "first cousins once removed"."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from homeward.genetics.pedigree import FOUNDER, ParentRows, Pedigree, Sex
from homeward.genetics.twins import join_twins

MOST_PATHS = 2_000
"""Ways of descent from one person that are still followed; where there are more, no words are found."""

_ORDINALS = ("zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_TIMES = {1: "", 2: "double ", 3: "triple ", 4: "quadruple "}
_REMOVALS = {0: "", 1: " once removed", 2: " twice removed"}
UNRELATED = "unrelated"
SAME = "the same person"
TWINS = "identical twins"
MANY = "related in more ways than can be named"

Path = tuple[int, ...]
"""A person, a parent, a parent of that parent and so on."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way in which two people are related.

    up: generations from the first person up to the ancestor they share; 0 if that is the person.
    down: the same for the second person.
    full: whether the two descend from a couple.
    shared: the ancestor, or the couple, as positions.
    first, second: the path of each up to just below what they share.
    """

    up: int
    down: int
    full: bool
    shared: tuple[int, ...]
    first: Path
    second: Path


def relationship_words(pedigree: Pedigree, a: int, b: int) -> str:
    """Return what two people of a pedigree, given by their positions, are to each other.

    Returns
    -------
    str
        Of the first to the second where that matters: "grandfather and granddaughter". Several ways are joined by "and
        also"; "unrelated" where there is none.
    """
    if a == b:
        return SAME
    of = pedigree.genotype_of
    if of[a] == of[b]:
        return TWINS
    lines = relationship_lines(join_twins(pedigree.parent_rows, of), of[a], of[b])
    if lines is None:
        return MANY
    if not lines:
        return UNRELATED
    lines.sort(key=lambda line: (line.up + line.down, not line.full))
    times = Counter(_name(pedigree, line, a, b) for line in lines)
    return " and also ".join(f"{_TIMES.get(n, f'{n} times ')}{name}" for name, n in times.items())


def relationship_lines(parents: ParentRows, a: int, b: int) -> list[Line] | None:
    """Return every way in which two people are related by descent; None if there are too many to follow."""
    from_a, from_b = _paths_up(parents, a), _paths_up(parents, b)
    if from_a is None or from_b is None or len(from_a) * len(from_b) > MOST_PATHS**2:
        return None
    below: dict[tuple[Path, Path], list[int]] = defaultdict(list)
    by_top: dict[int, list[Path]] = defaultdict(list)
    for path in from_b:
        by_top[path[-1]].append(path)
    for path in from_a:
        for other in by_top[path[-1]]:
            if not set(path[:-1]) & set(other[:-1]):
                below[path[:-1], other[:-1]].append(path[-1])
    return [
        Line(len(first), len(second), len(shared) == 2, tuple(shared), first, second)
        for (first, second), shared in below.items()
    ]


def _paths_up(parents: ParentRows, person: int) -> list[Path] | None:
    """Return every path from a person to an ancestor, the path of length 0 included."""
    found: list[Path] = []
    stack: list[Path] = [(person,)]
    while stack:
        path = stack.pop()
        found.append(path)
        if len(found) > MOST_PATHS:
            return None
        stack += [(*path, parent) for parent in parents[path[-1]] if parent != FOUNDER]
    return found


def _name(pedigree: Pedigree, line: Line, a: int, b: int) -> str:
    if 0 in (line.up, line.down):
        return _lineal(pedigree, line.up - line.down, a, b)
    if line.up == line.down == 1:
        return _siblings(pedigree, line)
    half = "" if line.full else "half "
    if 1 in (line.up, line.down):
        return _avuncular(pedigree, line, a, b, half)
    degree, removal = min(line.up, line.down) - 1, abs(line.up - line.down)
    removed = _REMOVALS.get(removal, f" {removal} times removed")
    return f"{half}{_ordinal(degree)} cousins{removed}"


def _lineal(pedigree: Pedigree, generations: int, a: int, b: int) -> str:
    """A straight line: parents, grandparents and so on; the first person is the younger one if generations > 0."""
    names = [
        _by_sex(pedigree, person, older if is_older else younger)
        for person, is_older in ((a, generations < 0), (b, generations > 0))
        for older, younger in [(("father", "mother", "parent"), ("son", "daughter", "child"))]
    ]
    n = abs(generations)
    prefix = "" if n == 1 else "great-" * (n - 2) + "grand"
    return " and ".join(f"{prefix}{name}" for name in names)


def _siblings(pedigree: Pedigree, line: Line) -> str:
    if line.full:
        return "full siblings"
    side = {Sex.MALE: "paternal ", Sex.FEMALE: "maternal "}.get(Sex(int(pedigree.sex[line.shared[0]])), "")
    return f"{side}half siblings"


def _avuncular(pedigree: Pedigree, line: Line, a: int, b: int, half: str) -> str:
    """A sibling of a parent, grandparent and so on."""
    first_is_older = line.up == 1
    n = max(line.up, line.down) - 1
    great = "" if n == 1 else "great-" * (n - 2) + "grand"
    older, younger = ("uncle", "aunt", "uncle/aunt"), ("nephew", "niece", "nephew/niece")
    names = [
        _by_sex(pedigree, person, older if is_older else younger)
        for person, is_older in ((a, first_is_older), (b, not first_is_older))
    ]
    return " and ".join(f"{half}{great}{name}" for name in names)


def _by_sex(pedigree: Pedigree, person: int, names: tuple[str, str, str]) -> str:
    return {Sex.MALE: names[0], Sex.FEMALE: names[1]}.get(Sex(int(pedigree.sex[person])), names[2])


def _ordinal(number: int) -> str:
    return _ORDINALS[number] if number < len(_ORDINALS) else f"{number}th"
