"""A drawn pedigree shows everybody once and every line of descent, and no line can be taken for another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.genetics.pedigree import FOUNDER, Pedigree
from homeward.reports.pedigree_graph import find_generations, find_unions
from homeward.reports.pedigree_layout import Layout, Line, PlacedUnion, layout_pedigree
from tests.examples import examples
from tests.unit.reports.pedigree_shapes import SHAPES, Trio, family

Box = tuple[float, float, float, float]
Segment = tuple[float, float, float, float]


@st.composite
def pedigrees(draw: st.DrawFn, max_people: int = 14) -> Pedigree:
    """Draw people whose parents are any two earlier ones: half sibs, incest and leaps of generations included."""
    n = draw(st.integers(1, max_people))
    men, women = ["man 0"], ["woman 0"]
    trios: list[Trio] = []
    for i in range(1, n):
        person = f"{draw(st.sampled_from(['man', 'woman', '(unnamed']))} {i}"
        if draw(st.booleans()):
            trios.append((person, draw(st.sampled_from(men)), draw(st.sampled_from(women))))
        (men if person.startswith("man") else women).append(person)
    return family(*trios, others=(*men, *women))


def label_sizes(pedigree: Pedigree) -> np.ndarray:
    """Return label sizes that differ from person to person."""
    return np.array([[10 + 23 * (i % 5), 10 + 9 * (i % 3)] for i in range(len(pedigree))], dtype=float)


def boxes(layout: Layout, sizes: np.ndarray) -> list[Box]:
    """Return left, top, right, bottom of every symbol with its label."""
    return [
        (x - max(half, width / 2), y - half, x + max(half, width / 2), y + half + height)
        for (x, y), half, (width, height) in zip(
            layout.positions.tolist(), layout.half_sizes.tolist(), sizes.tolist(), strict=True
        )
    ]


def segments(line: Line) -> Iterator[Segment]:
    """Give the straight pieces of a line, each from left to right and top to bottom."""
    for (x1, y1), (x2, y2) in pairwise(line):
        yield min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def touches(segment: Segment, box: Box) -> bool:
    """Return whether a level or upright line enters a box."""
    return segment[0] < box[2] and segment[2] > box[0] and segment[1] < box[3] and segment[3] > box[1]


def lies_on(point: tuple[float, float], line: Line) -> bool:
    """Return whether a point is on a line of level and upright pieces."""
    x, y = point
    pieces = [*segments(line), (*line[0], *line[0])]
    return any(a - 1e-6 <= x <= c + 1e-6 and b - 1e-6 <= y <= d + 1e-6 for a, b, c, d in pieces)


def run_along(one: Segment, other: Segment) -> bool:
    """Return whether two pieces share more than a point while running the same way, or nearly so."""
    near = 1.2
    both_level = one[1] == one[3] and other[1] == other[3]
    both_upright = one[0] == one[2] and other[0] == other[2]
    if both_level and abs(one[1] - other[1]) < near:
        return min(one[2], other[2]) - max(one[0], other[0]) > near
    if both_upright and abs(one[0] - other[0]) < near:
        return min(one[3], other[3]) - max(one[1], other[1]) > near
    return False


def check(pedigree: Pedigree) -> None:
    """Check everything that makes a drawing true."""
    sizes = label_sizes(pedigree)
    layout = layout_pedigree(pedigree, label_sizes=sizes)
    places = boxes(layout, sizes)
    assert len(places) == len(pedigree)
    for one, other in combinations(places, 2):
        assert not touches(one, other), "two people overlap"
    for left, top, right, bottom in places:
        assert left >= 0
        assert top >= 0
        assert right <= layout.width
        assert bottom <= layout.height
    couples = {tuple(row) for row in pedigree.parents.tolist() if row != [FOUNDER, FOUNDER]}
    unions = [placed.union for placed in layout.unions]
    drawn = [tuple(FOUNDER if p is None else p for p in (u.father, u.mother)) for u in unions]
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == couples, "every pair of parents is drawn once"
    for placed in layout.unions:
        check_union(pedigree, layout, placed, places)
    for one, other in combinations(layout.unions, 2):
        own, others = ([s for line in (u.line, *u.descents) for s in segments(line)] for u in (one, other))
        assert not any(run_along(a, b) for a in own for b in others), "lines of two unions run along each other"


def check_union(pedigree: Pedigree, layout: Layout, placed: PlacedUnion, places: list[Box]) -> None:
    """Check that a union joins its partners, that its children hang from it, and that no line meets anybody else."""
    union, line, descents = placed.union, placed.line, placed.descents
    xs = {point[0] for point in (line[0], line[-1])}
    for partner in union.partners:
        x, y = layout.positions[partner].tolist()
        assert x in xs
        assert any(abs(point[1] - y) < layout.half_sizes[partner] for point in (line[0], line[-1]) if point[0] == x)
    expected = [c for c in range(len(pedigree)) if set(union.partners) == {p for p in pedigree.parents[c] if p >= 0}]
    assert list(union.children) == expected
    for child, descent in zip(union.children, descents, strict=True):
        x, y = layout.positions[child].tolist()
        assert lies_on(descent[0], line), "the child hangs from the line of its parents"
        assert descent[-1] == pytest.approx((x, y - layout.half_sizes[child]))
        for partner in union.partners:
            assert layout.generations[child] > layout.generations[partner]
            assert y > layout.positions[partner, 1]
    for person, box in enumerate(places):
        inner = (box[0] + 1e-6, box[1] + 1e-6, box[2] - 1e-6, box[3] - 1e-6)
        if person not in union.partners:
            assert not any(touches(piece, inner) for piece in segments(line)), "a partner line meets somebody else"
        assert not any(touches(piece, inner) for descent in descents for piece in segments(descent))
    for points in (line, *descents):
        assert all(x1 == x2 or y1 == y2 for (x1, y1), (x2, y2) in pairwise(points))


@pytest.mark.parametrize("shape", SHAPES)
def test_a_difficult_shape_is_drawn_truly(shape: str):
    check(SHAPES[shape])


@settings(max_examples=examples(150), deadline=None)
@given(pedigrees())
def test_any_pedigree_is_drawn_truly(pedigree: Pedigree):
    check(pedigree)


@pytest.mark.parametrize(
    ("shape", "pair", "level"),
    [
        ("first cousins", ("A2", "B2"), True),
        ("brother and sister", ("B", "S"), True),
        ("uncle and niece", ("U", "N"), True),
        ("married double cousins", ("C1", "C2"), True),
        ("father and daughter", ("F", "D"), False),
    ],
)
def test_relatives_who_have_children_are_marked_and_stand_on_one_row_unless_one_descends_from_the_other(
    shape: str, pair: tuple[str, str], level: bool
):
    pedigree = SHAPES[shape]
    unions = find_unions(pedigree)
    people = {pedigree.position(person) for person in pair}
    assert [u.consanguineous for u in unions if set(u.partners) == people] == [True]
    assert sum(u.consanguineous for u in unions) == 1
    rows = find_generations(pedigree, unions)
    assert (rows[pedigree.position(pair[0])] == rows[pedigree.position(pair[1])]) is level


def test_partners_and_whole_generations_share_a_row():
    pedigree = SHAPES["in-laws on both sides"]
    rows = dict(zip(pedigree.ids, find_generations(pedigree, find_unions(pedigree)), strict=True))
    assert {rows[p] for p in ("F1", "M1", "F2", "M2", "F3", "M3", "F4", "M4")} == {0}
    assert {rows[p] for p in ("A", "B", "C", "X", "Y", "Z", "X2")} == {1}


def test_a_family_without_loops_is_drawn_without_crossings():
    layout = layout_pedigree(SHAPES["three generations"])
    for one, other in combinations(layout.unions, 2):
        for a in (s for line in one.descents for s in segments(line)):
            for b in (s for line in other.descents for s in segments(line)):
                assert not (a[0] < b[2] and a[2] > b[0] and a[1] < b[3] and a[3] > b[1])


def test_an_empty_pedigree_has_an_empty_layout():
    layout = layout_pedigree(family())
    assert layout.unions == ()
    assert layout.positions.shape == (0, 2)


def test_the_order_of_the_people_in_the_file_does_not_change_who_hangs_from_whom():
    trios = (("C1", "F", "M"), ("C2", "F", "M"), ("G", "C1", "W"))
    there = layout_pedigree(family(*trios))
    back = layout_pedigree(family(*trios[::-1]))
    assert sorted(len(u.union.children) for u in there.unions) == sorted(len(u.union.children) for u in back.unions)
