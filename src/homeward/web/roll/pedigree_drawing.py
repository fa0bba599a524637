"""A pedigree as a drawing: where each relative stands, generation by generation, and the lines between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from homeward.web.roll.families import Relative

STEP_X, STEP_Y = 120.0, 130.0
"""Between neighbours of a generation, and between generations, in the units of the drawing."""
HALF = 18.0
"""Half the width of a symbol."""
MARGIN = 64.0
LONGEST_LABEL = 18

Family = tuple[str | None, str | None]
"""Father and mother of some children."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """One relative. x, y: the middle. shape: square, circle or diamond. label: the name, cut where it is long."""

    relative: Relative
    x: float
    y: float
    shape: str
    label: str
    is_donor: bool

    @property
    def words(self) -> str:
        """What the symbol says, in words."""
        marks = [
            "missing" if self.relative.missing_id else "",
            "gave a sample" if self.is_donor else "",
            "dead" if self.relative.living == "no" else "",
        ]
        born = f", born {self.relative.born.words}" if self.relative.born else ""
        said = ", ".join(mark for mark in marks if mark)
        return f"{self.relative.name}{born}{': ' if said else ''}{said}"

    @property
    def corners(self) -> str:
        """The corners of a diamond."""
        x, y = self.x, self.y
        return f"{x},{y - HALF} {x + HALF},{y} {x},{y + HALF} {x - HALF},{y}"

    @property
    def left(self) -> float:
        """Where a square begins."""
        return self.x - HALF

    @property
    def top(self) -> float:
        """Where a symbol begins."""
        return self.y - HALF

    @property
    def bottom(self) -> float:
        """Where a symbol ends."""
        return self.y + HALF

    @property
    def right(self) -> float:
        """Where a square ends."""
        return self.x + HALF


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two points. is_identical: the bar between identical twins."""

    x1: float
    y1: float
    x2: float
    y2: float
    is_identical: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A pedigree as a drawing of some width and height."""

    width: float
    height: float
    symbols: Sequence[Symbol]
    lines: Sequence[Line]


def draw(relatives: Sequence[Relative], donors: Collection[str]) -> Drawing:
    """Return the drawing of a pedigree.

    Parameters
    ----------
    donors : collection of str
        Codes of those who gave a sample that may be searched.
    """
    by_code = {relative.code: relative for relative in relatives}
    parents = {
        code: (one.father_id if one.father_id in by_code else None, one.mother_id if one.mother_id in by_code else None)
        for code, one in by_code.items()
    }
    generations = _generations(parents)
    at = _places(generations, parents)
    left = min((x for x, _ in at.values()), default=0.0)
    at = {code: (x - left + MARGIN, y + MARGIN / 2) for code, (x, y) in at.items()}
    symbols = [_symbol(by_code[code], x, y, code in donors) for code, (x, y) in at.items()]
    lines = [*_family_lines(parents, at), *_twin_bars(relatives, at)]
    width = max((x for x, _ in at.values()), default=0.0) + MARGIN
    height = max((y for _, y in at.values()), default=0.0) + MARGIN
    return Drawing(width, height, symbols, lines)


def _symbol(relative: Relative, x: float, y: float, is_donor: bool) -> Symbol:
    """One relative as they are drawn."""
    shape = {"male": "square", "female": "circle"}.get(relative.sex, "diamond")
    name = relative.name
    label = name if len(name) <= LONGEST_LABEL else f"{name[: LONGEST_LABEL - 1]}…"
    return Symbol(relative, x, y, shape, label, is_donor)


def _generations(parents: Mapping[str, Family]) -> dict[str, int]:
    """In which row each stands: below both parents, and beside those with whom they have children."""
    row = dict.fromkeys(parents, 0)
    couples = {both for both in parents.values() if both[0] and both[1]}
    for _ in range(len(parents) + 1):  # marriages between generations may never come to rest
        before = dict(row)
        for code, both in parents.items():
            row[code] = max([row[code], *(row[parent] + 1 for parent in both if parent)])
        for father, mother in couples:
            assert father is not None  # noqa: S101 - couples are whole
            assert mother is not None  # noqa: S101
            row[father] = row[mother] = max(row[father], row[mother])
        if row == before:
            break
    return row


def _places(row: Mapping[str, int], parents: Mapping[str, Family]) -> dict[str, tuple[float, float]]:
    """Where each stands: children under their parents from above, then parents over their children from below."""
    x: dict[str, float] = {}
    n_rows = max(row.values(), default=-1) + 1
    units = [_units([code for code in row if row[code] == number], parents) for number in range(n_rows)]
    for number in range(n_rows):
        wishes = [_middle(x, [parent for code in unit for parent in parents[code] if parent]) for unit in units[number]]
        order = sorted(range(len(wishes)), key=lambda i: (wishes[i] is None, wishes[i] or 0.0))
        units[number] = [units[number][i] for i in order]
        _spread(units[number], [wishes[i] for i in order], x)
    children = _children(parents)
    for number in reversed(range(n_rows)):
        _spread(units[number], [_middle(x, _of_unit(unit, children)) for unit in units[number]], x)
    return {code: (x[code], row[code] * STEP_Y) for code in row}


def _units(codes: Sequence[str], parents: Mapping[str, Family]) -> list[list[str]]:
    """The people of one row who stand side by side: couples, and chains of them."""
    partners: dict[str, list[str]] = {code: [] for code in codes}
    for father, mother in dict.fromkeys(parents.values()):
        if father in partners and mother in partners:
            partners[father].append(mother)
            partners[mother].append(father)
    found: list[list[str]] = []
    seen: set[str] = set()
    for code in sorted(codes, key=lambda one: (len(partners[one]) > 1, codes.index(one))):
        chain: list[str] = []
        waiting = [code]
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                chain.append(one)
                waiting += partners[one]
        if chain:
            found.append(chain)
    return found


def _spread(units: Sequence[Sequence[str]], wishes: Sequence[float | None], x: dict[str, float]) -> None:
    """Put units side by side, each as near to where it wishes to be as those on its left allow."""
    free = float("-inf")
    for unit, wish in zip(units, wishes, strict=True):
        width = (len(unit) - 1) * STEP_X
        wished = x.get(unit[0]) if wish is None else wish - width / 2
        start = max(free, 0.0 if free == float("-inf") else free) if wished is None else max(free, wished)
        for place, code in enumerate(unit):
            x[code] = start + place * STEP_X
        free = start + width + STEP_X


def _middle(x: Mapping[str, float], codes: Iterable[str]) -> float | None:
    """The middle of where some people stand; nothing if none of them has a place."""
    found = [x[code] for code in codes if code in x]
    return (min(found) + max(found)) / 2 if found else None


def _children(parents: Mapping[str, Family]) -> dict[Family, list[str]]:
    """The children of each two parents, or of the one who is known."""
    found: dict[Family, list[str]] = {}
    for code, both in parents.items():
        if any(both):
            found.setdefault(both, []).append(code)
    return found


def _of_unit(unit: Sequence[str], children: Mapping[Family, Sequence[str]]) -> list[str]:
    """The children of those who stand side by side."""
    return [child for both, found in children.items() if set(both) & set(unit) for child in found]


def _family_lines(parents: Mapping[str, Family], at: Mapping[str, tuple[float, float]]) -> list[Line]:
    """The line between parents, the one down from it, the one over the children, and those down to them."""
    lines: list[Line] = []
    for number, (both, children) in enumerate(_children(parents).items()):
        here = [at[parent] for parent in both if parent]
        (x1, y1), (x2, y2) = here[0], here[-1]
        middle, top = (x1 + x2) / 2, max(y1, y2)
        if len(here) == 2:
            lines.append(Line(x1, y1, x2, y2))
        bar = top + STEP_Y * (0.55 + 0.06 * (number % 3))  # bars of neighbouring families do not run into each other
        lines.append(Line(middle, (y1 + y2) / 2 + (HALF if len(here) == 1 else 0), middle, bar))
        reach = [middle, *(at[child][0] for child in children)]
        lines.append(Line(min(reach), bar, max(reach), bar))
        lines += [Line(at[child][0], bar, at[child][0], at[child][1] - HALF) for child in children]
    return lines


def _twin_bars(relatives: Iterable[Relative], at: Mapping[str, tuple[float, float]]) -> list[Line]:
    """The bars between twins, double for identical ones."""
    bars: list[Line] = []
    for relative in relatives:
        twin = relative.twin_of_id
        if twin is not None and twin in at:
            (x1, y1), (x2, y2) = at[relative.code], at[twin]
            bars.append(Line(x1, y1 - HALF - 6, x2, y2 - HALF - 6, is_identical=bool(relative.identical)))
    return bars
