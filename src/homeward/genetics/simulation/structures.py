"""Family structures: who is missing, who gave a sample, and how they are related.

How common each is here was made up to measure screening over easy and hard families alike. It is no statistic
about real families. docs/simulation.md lists them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from homeward.genetics.pedigree import Pedigree, build_pedigree


@dataclass(frozen=True, slots=True)
class FamilyStructure:
    """One kind of family.

    name: unique among the structures of a case.
    relations: "child = father + mother", separated by semicolons, written for missing men. The names say what somebody
        is: M1, M2 the missing, R1, R2 ... relatives who gave a sample, N1, N2 ... others.
    weight: how common it is, above 0; its share is its weight over the sum of all weights.
    """

    name: str
    relations: str
    weight: float

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody, in order of first mention."""
        words = self.relations.replace("=", " ").replace("+", " ").replace(";", " ").split()
        return tuple(dict.fromkeys(words))

    @property
    def missing(self) -> tuple[str, ...]:
        """Those who are missing, by number."""
        return tuple(sorted(person for person in self.people if person.startswith("M")))

    @property
    def donors(self) -> tuple[str, ...]:
        """The relatives who gave a sample, by number."""
        return tuple(sorted(person for person in self.people if person.startswith("R")))

    def pedigree(self, missing_women: Collection[str] = ()) -> Pedigree:
        """Return the pedigree if these of the missing are women: those who are parents are then mothers."""
        return _pedigree(self, frozenset(missing_women))


@lru_cache(maxsize=512)
def _pedigree(structure: FamilyStructure, missing_women: frozenset[str]) -> Pedigree:
    fathers, mothers = {}, {}
    for line in structure.relations.split(";"):
        child, _, parents = line.partition("=")
        father, mother = (name.strip() for name in parents.split("+"))
        if father in missing_women:
            father, mother = mother, father
        fathers[child.strip()], mothers[child.strip()] = father, mother
    return build_pedigree(structure.people, {}, fathers, mothers, where=f"structure '{structure.name}'")


_BROTHER = "M1 = N1 + N2; N3 = N1 + N2; "
"""The missing person and a brother who gave no sample."""
_SISTER = "M1 = N1 + N2; N4 = N1 + N2; "
"""The missing person and a sister who gave no sample."""
_FATHERS_FAMILY = "N3 = N1 + N2; M1 = N3 + N4; "
"""The missing person, father and father's parents."""
_MOTHERS_FAMILY = "N4 = N1 + N2; M1 = N3 + N4; "
"""The missing person, mother and mother's parents."""

STRUCTURES: Final = (
    # One donor.
    FamilyStructure("mother", "M1 = N1 + R1", 5),
    FamilyStructure("father", "M1 = R1 + N1", 2),
    FamilyStructure("full sibling", "M1 = N1 + N2; R1 = N1 + N2", 10),
    FamilyStructure("child", "R1 = M1 + N1", 4),
    FamilyStructure("half sibling by the father", "M1 = N1 + N2; R1 = N1 + N3", 1),
    FamilyStructure("half sibling by the mother", "M1 = N1 + N2; R1 = N3 + N2", 1),
    FamilyStructure("nephew or niece by a brother", _BROTHER + "R1 = N3 + N5", 4),
    FamilyStructure("nephew or niece by a sister", _SISTER + "R1 = N5 + N4", 4),
    FamilyStructure("aunt or uncle by the father", _FATHERS_FAMILY + "R1 = N1 + N2", 1),
    FamilyStructure("aunt or uncle by the mother", _MOTHERS_FAMILY + "R1 = N1 + N2", 1),
    FamilyStructure("grandchild", "N2 = M1 + N1; R1 = N2 + N3", 1),
    FamilyStructure("first cousin by the father", _FATHERS_FAMILY + "N5 = N1 + N2; R1 = N5 + N6", 1.5),
    FamilyStructure("first cousin by the mother", _MOTHERS_FAMILY + "N5 = N1 + N2; R1 = N6 + N5", 1.5),
    FamilyStructure(
        "full sibling, parents first cousins",
        "N3 = N1 + N2; N4 = N1 + N2; N5 = N3 + N6; N7 = N8 + N4; M1 = N5 + N7; R1 = N5 + N7",
        0.5,
    ),
    FamilyStructure("spouse only", "N1 = M1 + R1", 0.5),
    # Two donors.
    FamilyStructure("both parents", "M1 = R1 + R2", 6),
    FamilyStructure("mother and full sibling", "M1 = N1 + R1; R2 = N1 + R1", 6),
    FamilyStructure("two full siblings", "M1 = N1 + N2; R1 = N1 + N2; R2 = N1 + N2", 9),
    FamilyStructure("child and spouse", "R1 = M1 + R2", 5),
    FamilyStructure("two children", "R1 = M1 + N1; R2 = M1 + N1", 3),
    FamilyStructure("full sibling and child", "M1 = N1 + N2; R1 = N1 + N2; R2 = M1 + N3", 4),
    FamilyStructure("two nephews or nieces by a brother", _BROTHER + "R1 = N3 + N5; R2 = N3 + N5", 3),
    FamilyStructure("aunt or uncle and first cousin", _MOTHERS_FAMILY + "R1 = N1 + N2; N5 = N1 + N2; R2 = N6 + N5", 1),
    FamilyStructure(
        "first cousins by father and mother",
        "N3 = N1 + N2; N7 = N5 + N6; M1 = N3 + N7; N4 = N1 + N2; R1 = N4 + N9; N8 = N5 + N6; R2 = N10 + N8",
        1,
    ),
    # Three donors.
    FamilyStructure("both parents and full sibling", "M1 = R1 + R2; R3 = R1 + R2", 2),
    FamilyStructure("three full siblings", "M1 = N1 + N2; R1 = N1 + N2; R2 = N1 + N2; R3 = N1 + N2", 4),
    FamilyStructure("two children and spouse", "R1 = M1 + R3; R2 = M1 + R3", 4),
    FamilyStructure(
        "full sibling, two nephews or nieces", "M1 = N1 + N2; R1 = N1 + N2; N4 = N1 + N2; R2 = N5 + N4; R3 = N5 + N4", 3
    ),
    FamilyStructure(
        "nephews or nieces by brother and sister",
        _BROTHER + "N4 = N1 + N2; R1 = N3 + N5; R2 = N6 + N4; R3 = N6 + N4",
        2,
    ),
    # Four and five donors.
    FamilyStructure("two full siblings, child and spouse", "M1 = N1 + N2; R1 = N1 + N2; R2 = N1 + N2; R3 = M1 + R4", 2),
    FamilyStructure(
        "four distant relatives",
        "N3 = N1 + N2; N7 = N5 + N6; M1 = N3 + N7; R1 = N5 + N6; N4 = N1 + N2; "
        "R2 = N4 + N8; N9 = N3 + N7; R3 = N10 + N9; R4 = N10 + N9",
        1,
    ),
    FamilyStructure("both parents, spouse, two children", "M1 = R1 + R2; R4 = M1 + R3; R5 = M1 + R3", 1),
    FamilyStructure(
        "three full siblings, two nephews or nieces",
        "M1 = N1 + N2; R1 = N1 + N2; R2 = N1 + N2; R3 = N1 + N2; N3 = N1 + N2; R4 = N3 + N4; R5 = N3 + N4",
        1,
    ),
    # Two missing.
    FamilyStructure("two missing siblings: both parents", "M1 = R1 + R2; M2 = R1 + R2", 1),
    FamilyStructure("two missing siblings: full sibling", "M1 = N1 + N2; M2 = N1 + N2; R1 = N1 + N2", 1),
    FamilyStructure(
        "two missing siblings: mother, child and spouse of one", "M1 = N1 + R1; M2 = N1 + R1; R2 = M1 + R3", 1
    ),
    FamilyStructure("missing parent and child: spouse and child", "M2 = M1 + R1; R2 = M1 + R1", 1),
)
"""The structures: with one missing, in order of the number of donors, then with two missing; weights sum to 100."""
