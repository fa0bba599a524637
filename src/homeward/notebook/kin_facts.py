"""What is known of who is whose father or mother, said in any order, with people who have no name.

Everybody is a node. A statement makes two nodes the same person, for instance the father of one and the father of the
other; then what is known of the one is known of the other, and their fathers and mothers are the same as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from homeward.core.errors import ProblemLog
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex, build_pedigree

Node = int
"""Stands for a person; two may turn out to be one."""

FATHER, MOTHER = 0, 1
ROLES = ("father", "mother")
SEX_OF_ROLE = (Sex.MALE, Sex.FEMALE)


class KinFacts:
    """People and their parents while a pedigree is being described.

    Parameters
    ----------
    log : ProblemLog
        Gets what contradicts itself, each thing with the statement that says it.
    """

    def __init__(self, log: ProblemLog) -> None:
        self.log = log
        self.where = "pedigree"
        self._same: list[Node] = []
        self._parents: list[list[Node | None]] = []
        self._names: list[str | None] = []
        self._sexes: list[Sex] = []
        self._by_name: dict[str, Node] = {}
        self._twins: list[tuple[Node, Node]] = []
        self._half: list[tuple[Node, Node, int, str]] = []
        self._of_either_sex: list[tuple[Node, Node, str]] = []

    def person(self, name: str) -> Node:
        """Return the person of a name, who is new if nothing was said of them yet."""
        if name not in self._by_name:
            self._by_name[name] = self._new(name)
        return self._find(self._by_name[name])

    def parent(self, child: Node, role: int) -> Node:
        """Return the father (0) or mother (1) of somebody; without a name if nothing was said of them yet."""
        child = self._find(child)
        known = self._parents[child][role]
        if known is None:
            known = self._parents[child][role] = self._new(None, SEX_OF_ROLE[role])
        return self._find(known)

    def set_parent(self, child: Node, role: int, parent: Node) -> None:
        """Say who is the father (0) or mother (1) of somebody."""
        self.set_sex(parent, SEX_OF_ROLE[role])
        self.unify(self.parent(child, role), parent)

    def set_parent_of_either_sex(self, child: Node, parent: Node) -> None:
        """Say who is a parent of somebody; whether father or mother follows from what is said of their sex."""
        self._of_either_sex.append((child, parent, self.where))

    def set_sex(self, person: Node, sex: Sex) -> None:
        """Say what sex somebody is."""
        person = self._find(person)
        known = self._sexes[person]
        if Sex.UNKNOWN not in (known, sex) and known != sex:
            self._contradiction(f"{self._called(person)} would be male and female.")
        self._sexes[person] = Sex(max(known, sex)) if Sex.UNKNOWN in (known, sex) else known

    def make_siblings(self, a: Node, b: Node, roles: tuple[int, ...] = (FATHER, MOTHER)) -> None:
        """Say that two people have the same father, mother or both; of one only, that the other is another."""
        for role in roles:
            self.unify(self.parent(a, role), self.parent(b, role))
        if len(roles) == 1:
            self._half.append((a, b, 1 - roles[0], self.where))

    def make_twins(self, a: Node, b: Node) -> None:
        """Say that two people are twins from one egg."""
        self.make_siblings(a, b)
        self._twins.append((a, b))

    def unify(self, a: Node, b: Node) -> None:
        """Say that two nodes are one person, and so are their fathers and their mothers."""
        waiting = [(a, b)]
        while waiting:
            first, second = sorted(map(self._find, waiting.pop()))
            if first == second:
                continue
            names = self._names[first], self._names[second]
            if None not in names:
                self._contradiction(f"{names[0]} and {names[1]} would be the same person.")
                continue
            self.set_sex(first, self._sexes[second])
            self._names[first] = names[0] or names[1]
            self._same[second] = first
            for role in (FATHER, MOTHER):
                one, other = self._parents[first][role], self._parents[second][role]
                if one is not None and other is not None:
                    waiting.append((one, other))
                self._parents[first][role] = other if one is None else one

    def add_pedigree(self, pedigree: Pedigree, forgotten: Collection[str] = ()) -> None:
        """Take over everything that a pedigree says; some people lose their names."""
        for name, sex in zip(pedigree.ids, pedigree.sex.tolist(), strict=True):
            person = self.person(name)
            self.set_sex(person, Sex(sex))
            if name in forgotten or is_unnamed(name):
                self._names[person] = None
        for name, parents in zip(pedigree.ids, pedigree.parent_rows, strict=True):
            for role, parent in enumerate(parents):
                if parent != FOUNDER:
                    self.set_parent(self.person(name), role, self.person(pedigree.ids[parent]))
        for group in pedigree.twins:
            for other in group[1:]:
                self.make_twins(self.person(pedigree.ids[group[0]]), self.person(pedigree.ids[other]))

    def build(self) -> Pedigree:
        """Return the pedigree: everybody with a name, and those without who join them.

        Raises
        ------
        InputError
            Something contradicts itself; lists all problems.
        """
        self._settle_parents_of_either_sex()
        for a, b, role, where in self._half:
            self._check_half(a, b, role, where)
        self.log.raise_if_any()
        nodes = list(self._in_order())
        parents = {n: [None if p is None else self._find(p) for p in self._parents[n]] for n in nodes}
        self._leave_out_idle(nodes, parents)
        names: dict[Node, str] = {}
        for node in nodes:
            names[node] = self._names[node] or self._name_by_child(node, parents, names)
        fathers, mothers = (
            {names[n]: names[p] for n in nodes if (p := parents[n][role]) is not None} for role in (FATHER, MOTHER)
        )
        return build_pedigree(
            [names[node] for node in nodes],
            {names[node]: self._sexes[node] for node in nodes},
            fathers,
            mothers,
            where="pedigree",
            twins=self._twin_groups(names),
        )

    def _settle_parents_of_either_sex(self) -> None:
        """Say of each parent whether father or mother, as far as sexes tell; one parent's role tells the other's."""
        waiting = self._of_either_sex
        while waiting:
            settled = [(c, p, w, role) for c, p, w in waiting if (role := self._role(c, p)) is not None]
            for child, parent, self.where, role in settled:
                self.set_parent(child, role, parent)
            if not settled:
                for child, parent, where in waiting:
                    self.log.add(
                        f"It is not said whether {self._called(parent)} is father or mother of {self._called(child)}.",
                        where=where,
                        fix="Write 'father' or 'mother' in place of 'parent', or say 'is male' or 'is female'.",
                    )
                return
            waiting = [(c, p, w) for c, p, w in waiting if self._role(c, p) is None]

    def _role(self, child: Node, parent: Node) -> int | None:
        sex = self._sexes[self._find(parent)]
        if sex != Sex.UNKNOWN:
            return SEX_OF_ROLE.index(sex)
        others = {self._find(p) for c, p, _ in self._of_either_sex if self._find(c) == self._find(child)}
        others -= {self._find(parent)}
        roles = {SEX_OF_ROLE.index(self._sexes[p]) for p in others if self._sexes[p] != Sex.UNKNOWN}
        return 1 - roles.pop() if len(roles) == 1 else None

    def _check_half(self, a: Node, b: Node, role: int, where: str) -> None:
        if self.parent(a, role) == self.parent(b, role):
            self.where = where
            self._contradiction(
                f"{self._called(a)} and {self._called(b)} are said to be half siblings, but have one "
                f"{ROLES[role]} as well."
            )

    def _twin_groups(self, names: dict[Node, str]) -> list[list[str]]:
        groups: list[set[str]] = []
        for a, b in self._twins:
            group = {names[self._find(a)], names[self._find(b)]}
            for other in [one for one in groups if one & group]:
                groups.remove(other)
                group |= other
            groups.append(group)
        return [sorted(group) for group in groups]

    def _in_order(self) -> Iterator[Node]:
        """People with a name as they were mentioned, then those without who are their ancestors, children first."""
        found = list(dict.fromkeys(map(self._find, self._by_name.values())))
        found = [node for node in found if self._names[node] is not None]
        seen = set(found)
        for node in found:
            yield node
            for parent in self._parents[node]:
                if parent is not None and (ancestor := self._find(parent)) not in seen:
                    seen.add(ancestor)
                    found.append(ancestor)

    def _leave_out_idle(self, nodes: list[Node], parents: dict[Node, list[Node | None]]) -> None:
        """Leave out couples without names and parents who have one child only: they join nobody to anybody."""
        while True:
            children = Counter(parent for couple in parents.values() for parent in couple if parent is not None)
            idle = [
                child
                for child, couple in parents.items()
                if couple != [None, None]
                and all(
                    parent is None
                    or (self._names[parent] is None and children[parent] == 1 and parents[parent] == [None, None])
                    for parent in couple
                )
            ]
            if not idle:
                return
            for child in idle:
                for parent in parents[child]:
                    if parent is not None:
                        nodes.remove(parent)
                        del parents[parent]
                parents[child] = [None, None]

    def _name_by_child(self, node: Node, parents: dict[Node, list[Node | None]], names: dict[Node, str]) -> str:
        """Call somebody after their first child."""
        child = next(child for child in parents if node in parents[child])
        return f"({ROLES[parents[child].index(node)]} of {names[child].strip('()')})"

    def _new(self, name: str | None, sex: Sex = Sex.UNKNOWN) -> Node:
        self._same.append(len(self._same))
        self._parents.append([None, None])
        self._names.append(name)
        self._sexes.append(sex)
        return len(self._same) - 1

    def _find(self, node: Node) -> Node:
        while self._same[node] != node:
            node = self._same[node]
        return node

    def _called(self, node: Node) -> str:
        return self._names[self._find(node)] or "somebody without a name"

    def _contradiction(self, what: str) -> None:
        self.log.add(what, where=self.where, fix="Correct this, or what was said before of the same people.")


def is_unnamed(person: str) -> bool:
    """Whether somebody is there only to join others, and called after a child."""
    return person.startswith("(")
