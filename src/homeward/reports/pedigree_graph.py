"""A pedigree as rows of points joined by lines, ready to be ordered.

A person stands in exactly one row. A line that passes a row on its way down holds a place in that row (a "bend"),
so that nobody is drawn on top of it; a partner from a higher row is represented beside the lower one in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from homeward.genetics.pedigree import FOUNDER, Pedigree


@dataclass(frozen=True, slots=True)
class Union:
    """One pair of parents with all the children they have together; one parent may be unknown (None)."""

    father: int | None
    mother: int | None
    children: tuple[int, ...]
    consanguineous: bool

    @property
    def partners(self) -> tuple[int, ...]:
        """The known parents, father first."""
        return tuple(parent for parent in (self.father, self.mother) if parent is not None)


def find_unions(pedigree: Pedigree) -> tuple[Union, ...]:
    """Return every pair of parents once, in the order in which their first children are listed."""
    children: dict[tuple[int, int], list[int]] = defaultdict(list)
    for child, (father, mother) in enumerate(pedigree.parents.tolist()):
        if father != FOUNDER or mother != FOUNDER:
            children[father, mother].append(child)
    lines = [_ancestors(pedigree, person) for person in range(len(pedigree))]
    return tuple(
        Union(
            father=None if father == FOUNDER else father,
            mother=None if mother == FOUNDER else mother,
            children=tuple(born),
            consanguineous=FOUNDER not in (father, mother) and bool(lines[father] & lines[mother]),
        )
        for (father, mother), born in children.items()
    )


def _ancestors(pedigree: Pedigree, person: int) -> set[int]:
    """Return the person and all ancestors."""
    found: set[int] = set()
    stack = [person]
    while stack:
        current = stack.pop()
        if current not in found:
            found.add(current)
            stack.extend(int(parent) for parent in pedigree.parents[current] if parent != FOUNDER)
    return found


def find_generations(pedigree: Pedigree, unions: tuple[Union, ...]) -> tuple[int, ...]:
    """Return the row of every person: 0 at the top of each connected part, children below both parents.

    Partners share a row unless descent forbids it (an uncle and his niece).
    """
    group = list(range(len(pedigree)))
    for union in sorted(unions, key=lambda u: u.consanguineous):
        if len(union.partners) == 2:
            group = _joined_if_possible(group, union.partners, unions)
    edges = {(group[p], group[c]) for u in unions for p in u.partners for c in u.children}
    level = _longest_paths(set(group), edges)
    _shorten(level, edges)
    rows = [level[g] for g in group]
    component = pedigree.components().tolist()
    top: dict[int, int] = {}
    for person, row in enumerate(rows):
        top[component[person]] = min(row, top.get(component[person], row))
    return tuple(row - top[component[person]] for person, row in enumerate(rows))


def _joined_if_possible(group: list[int], partners: tuple[int, ...], unions: tuple[Union, ...]) -> list[int]:
    """Return the groups with the two partners in one, or unchanged where somebody would be above themselves."""
    keep, lose = group[partners[0]], group[partners[1]]
    joined = [keep if g == lose else g for g in group]
    below: dict[int, set[int]] = defaultdict(set)
    for union in unions:
        for parent in union.partners:
            below[joined[parent]].update(joined[child] for child in union.children)
    stack, seen = list(below[keep]), set[int]()
    while stack:
        current = stack.pop()
        if current == keep:
            return group
        if current not in seen:
            seen.add(current)
            stack.extend(below[current])
    return joined


def _longest_paths(nodes: set[int], edges: set[tuple[int, int]]) -> dict[int, int]:
    """Return the length of the longest way down to each node."""
    level = dict.fromkeys(nodes, 0)
    changed = True
    while changed:
        changed = False
        for upper, lower in edges:
            if level[lower] <= level[upper]:
                level[lower] = level[upper] + 1
                changed = True
    return level


def _shorten(level: dict[int, int], edges: set[tuple[int, int]]) -> None:
    """Move parts that hang together down or up while that shortens the lines between the rows."""
    improved = True
    while improved:
        improved = False
        for upper, lower in sorted(edges):
            if level[lower] - level[upper] == 1:
                continue
            for start, down in ((upper, True), (lower, False)):
                part = _tight_part(start, level, edges)
                leaving = [(a, b) for a, b in edges if a in part and b not in part]
                entering = [(a, b) for a, b in edges if b in part and a not in part]
                stretched, shortened = (entering, leaving) if down else (leaving, entering)
                if len(shortened) > len(stretched):
                    slack = min(level[b] - level[a] - 1 for a, b in shortened)
                    for node in part:
                        level[node] += slack if down else -slack
                    improved = improved or slack > 0


def _tight_part(start: int, level: dict[int, int], edges: set[tuple[int, int]]) -> set[int]:
    """Return everything that is joined to a node through lines of length one."""
    part, stack = {start}, [start]
    while stack:
        current = stack.pop()
        for a, b in edges:
            if current in (a, b) and level[b] - level[a] == 1:
                other = b if current == a else a
                if other not in part:
                    part.add(other)
                    stack.append(other)
    return part


@dataclass(slots=True)
class RowGraph:
    """People and bends in rows, and what joins them.

    n_people: nodes 0 to n_people - 1 are people, the others bends of lines.
    row: row of each node.
    component: connected part of each node.
    mates: for each union, its one or two nodes, all in the row of the union.
    offspring: for each union, the nodes in the next row that its children hang from.
    links: node to node in the next row: the continuation of a line through bends.
    climb: for each union between rows, the nodes from the upper partner down to its place beside the lower.
    descent: for (union, child), the nodes from just below the union down to the child.
    """

    n_people: int
    row: list[int]
    component: list[int]
    mates: list[tuple[int, ...]] = field(default_factory=list)
    offspring: list[tuple[int, ...]] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    climb: dict[int, tuple[int, ...]] = field(default_factory=dict)
    descent: dict[tuple[int, int], tuple[int, ...]] = field(default_factory=dict)

    def add_bend(self, row: int, component: int) -> int:
        """Add a bend and return its node."""
        self.row.append(row)
        self.component.append(component)
        return len(self.row) - 1


def build_row_graph(pedigree: Pedigree, unions: tuple[Union, ...], rows: tuple[int, ...]) -> RowGraph:
    """Return people and bends in rows."""
    graph = RowGraph(n_people=len(pedigree), row=list(rows), component=pedigree.components().tolist())
    for u, union in enumerate(unions):
        part = graph.component[union.partners[0]]
        bottom = max(rows[partner] for partner in union.partners)
        mates = []
        for partner in union.partners:
            if rows[partner] < bottom:
                chain = (partner, *(graph.add_bend(row, part) for row in range(rows[partner] + 1, bottom + 1)))
                graph.links.extend(pairwise(chain))
                graph.climb[u] = chain
                mates.append(chain[-1])
            else:
                mates.append(partner)
        graph.mates.append(tuple(mates))
        heads = []
        for child in union.children:
            chain = (*(graph.add_bend(row, part) for row in range(bottom + 1, rows[child])), child)
            graph.links.extend(pairwise(chain))
            graph.descent[u, child] = chain
            heads.append(chain[0])
        graph.offspring.append(tuple(heads))
    return graph
