"""Pedigrees of every difficult shape, for the tests of drawings."""

from __future__ import annotations

from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree

Trio = tuple[str, str, str]


def family(*trios: Trio, others: tuple[str, ...] = (), complete_parents: bool = True) -> Pedigree:
    """Build a pedigree from (child, father, mother); "" for a parent who is not known."""
    people = list(dict.fromkeys([*(p for trio in trios for p in (*trio[1:], trio[0]) if p), *others]))
    return build_pedigree(
        people,
        dict.fromkeys(people, Sex.UNKNOWN),
        {child: father for child, father, _ in trios if father},
        {child: mother for child, _, mother in trios if mother},
        where="test",
        complete_parents=complete_parents,
    )


SHAPES: dict[str, Pedigree] = {
    "one person": family(others=("A",)),
    "strangers": family(others=tuple(f"stranger {i}" for i in range(30))),
    "trio": family(("C", "F", "M")),
    "three generations": family(
        ("F", "GF", "GM"), ("Aunt", "GF", "GM"), ("M", "GF2", "GM2"), ("C1", "F", "M"), ("C2", "F", "M")
    ),
    "first cousins": family(
        ("A", "GF", "GM"), ("B", "GF", "GM"), ("A2", "A", "WA"), ("B2", "HB", "B"), ("C", "A2", "B2"), ("D", "A2", "B2")
    ),
    "brother and sister": family(("B", "F", "M"), ("S", "F", "M"), ("C", "B", "S")),
    "father and daughter": family(("D", "F", "M"), ("C", "F", "D")),
    "uncle and niece": family(
        ("U", "GF", "GM"), ("P", "GF", "GM"), ("N", "P", "W"), ("N2", "P", "W"), ("C", "U", "N"), ("C2", "U", "N")
    ),
    "great-uncle and great-niece": family(
        ("U", "GF", "GM"), ("P", "GF", "GM"), ("Q", "P", "W"), ("N", "Q", "W2"), ("C", "U", "N")
    ),
    "three wives": family(
        ("A", "H", "W1"), ("B", "H", "W2"), ("C", "H", "W3"), ("D", "H", "W1"), ("G", "A", "X"), ("E", "H", "W3")
    ),
    "half sibs in a row": family(("A", "H1", "W1"), ("B", "H1", "W2"), ("C", "H2", "W2"), ("D", "H2", "W3")),
    "double cousins": family(
        ("A1", "P1", "P2"), ("A2", "P1", "P2"), ("B1", "Q1", "Q2"), ("B2", "Q1", "Q2"),
        ("C1", "A1", "B1"), ("C2", "A2", "B2"),
    ),
    "married double cousins": family(
        ("A1", "P1", "P2"), ("A2", "P1", "P2"), ("B1", "Q1", "Q2"), ("B2", "Q1", "Q2"),
        ("C1", "A1", "B1"), ("C2", "A2", "B2"), ("D", "C1", "C2"),
    ),
    "in-laws on both sides": family(
        ("A", "F1", "M1"), ("B", "F1", "M1"), ("C", "F1", "M1"),
        ("X", "F2", "M2"), ("Y", "F3", "M3"), ("Z", "F4", "M4"), ("X2", "F2", "M2"),
        ("AX", "A", "X"), ("BY", "B", "Y"), ("CZ", "C", "Z"),
    ),
    "lone parents": family(("A", "F", ""), ("B", "", "M"), ("C", "F", ""), complete_parents=False),
    "unnamed parents": family(("A", "F", ""), ("B", "F", ""), ("C", "", "A2"), ("A2", "F", "")),
    "separate parts": family(("A", "F", "M"), ("B", "F2", "M2"), others=("lost one", "another")),
    "shared grandchild of two generations": family(
        ("A", "F", "M"), ("B", "A", "W"), ("C", "B", "W2"), ("D", "F", "C"), ("E", "F", "M")
    ),
    "a long line": family(*((f"G{i + 1}", f"G{i}", f"W{i}") for i in range(12))),
    "sixty people": family(
        *((f"A{i}", "Old man", "Old woman") for i in range(6)),
        *((f"B{i}", f"A{i // 3}", f"S{i // 3}") for i in range(18)),
        *((f"C{i}", f"B{i}", f"T{i}") for i in range(9)),
        *((f"D{i}", "Other man", "Other woman") for i in range(3)),
        ("E0", "C0", "D0"), ("E1", "C1", "D0"), ("E2", "C3", "B17"),
    ),
}  # fmt: skip
