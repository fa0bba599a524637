"""Pedigrees that are asked for again and again."""

from __future__ import annotations

from typing import Literal

from homeward.core.errors import InputError, Problem
from homeward.notebook.family_tree import FamilyTree, pedigree, tree_of
from homeward.notebook.kin_facts import FATHER, MOTHER, KinFacts

Side = Literal["paternal", "maternal"]


def trio(child: str = "child", father: str = "father", mother: str = "mother") -> FamilyTree:
    """Return a child with father and mother."""
    return pedigree().child(child, father=father, mother=mother)


def parent_child(parent: str = "parent", child: str = "child", *, parent_is: str = "father") -> FamilyTree:
    """Return a parent, who is the father or the mother, and a child."""
    return pedigree(f"{parent} is {parent_is} of {child}")


def siblings(*names: str) -> FamilyTree:
    """Return full siblings; two of them, A and B, if no names are given."""
    first, *others = names or ("A", "B")
    tree = pedigree().person(first)
    for name in others:
        tree = tree.sibling(name, of=first)
    return tree


def half_siblings(a: str = "A", b: str = "B", *, shared: Literal["father", "mother"] = "father") -> FamilyTree:
    """Return two people with one father (or one mother), and another mother (or father) each."""
    return pedigree().person(a).half_sibling(b, of=a, shared=shared)


def identical_twins(a: str = "A", b: str = "B") -> FamilyTree:
    """Return twins from one egg, who stand as well for two samples of one person."""
    return pedigree().person(a).twin(b, of=a)


def grandparent(
    grandparent: str = "grandparent",
    grandchild: str = "grandchild",
    *,
    grandparent_is: Literal["grandfather", "grandmother"] = "grandfather",
    side: Side = "paternal",
) -> FamilyTree:
    """Return a grandparent and a grandchild."""
    return pedigree(f"{grandparent} is {side} {grandparent_is} of {grandchild}")


def avuncular(
    relative: str = "uncle",
    child: str = "nephew",
    *,
    relative_is: Literal["uncle", "aunt"] = "uncle",
    side: Side = "paternal",
) -> FamilyTree:
    """Return an uncle or an aunt with a nephew or a niece."""
    return pedigree(f"{relative} is {side} {relative_is} of {child}")


def cousins(
    degree: int = 1, removed: int = 0, *, a: str = "A", b: str = "B", half: bool = False, side: Side = "paternal"
) -> FamilyTree:
    """Return two cousins, related through fathers or through mothers all the way up.

    Parameters
    ----------
    degree : int
        1 for first cousins, 2 for second, ...; 0 gives siblings, or an aunt or uncle if removed.
    removed : int
        Generations by which ``b`` is further down.
    a, b : str
        Their names.
    half : bool
        Whether the line begins with half siblings, who have one parent, rather than with full siblings.
    side : "paternal" or "maternal"
        Whether the people in between are men or women.

    Raises
    ------
    InputError
        The degree or the removal is negative.
    """
    if degree < 0 or removed < 0:
        fix = "First cousins are of degree 1; first cousins once removed of degree 1, removed 1."
        raise InputError(Problem("Degree and removal are 0 or more.", "cousins", fix))
    role = FATHER if side == "paternal" else MOTHER

    def note(facts: KinFacts) -> None:
        first, second = facts.person(a), facts.person(b)
        for _ in range(degree):
            first, second = facts.parent(first, role), facts.parent(second, role)
        for _ in range(removed):
            second = facts.parent(second, role)
        facts.make_siblings(first, second, (role,) if half else (FATHER, MOTHER))

    return tree_of(note)


def unrelated(*names: str) -> FamilyTree:
    """Return people who are related to nobody; two of them, A and B, if no names are given."""
    return pedigree().with_everybody(names or ("A", "B"))
