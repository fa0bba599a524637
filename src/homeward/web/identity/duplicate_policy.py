"""How much each feature says when two entries of the roll are compared: one place for all numbers.

Points are ten times log10(m / u) (Fellegi and Sunter, J. Am. Stat. Assoc. 64 (1969) 1183-1210): m is how often the
feature agrees so in two entries of one person, u how often in entries of two people. The m are judgements, as no roll
with known duplicates was at hand to estimate them; u follows from the calendar or from the names of the roll itself.
A score orders what a person looks at. It is no probability, and nothing is merged by it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass


def points(m: float, u: float) -> int:
    """Return ten times the log10 of m / u, rounded."""
    return round(10 * math.log10(m / u))


@dataclass(frozen=True, slots=True)
class DuplicatePolicy:
    """The numbers by which entries are compared.

    rarest: no agreement of names counts as rarer than this in the roll. others: how many people of other names are
    thought beside the roll, so that names are not taken for common where the roll is small.
    likely, possible: points from which a pair is called so. against: a feature of so few points speaks against, and a
    pair with such a feature is never called likely.
    """

    m_same_name: float = 0.7
    m_spelling: float = 0.2
    m_initials: float = 0.1
    rarest: float = 1e-4
    others: int = 1_000
    same_whole: int = points(0.2, 2e-3)
    given_names_differ: int = -15
    names_differ: int = -12
    same_day: int = points(0.6, 1 / (365 * 40))
    days_swapped: int = points(0.03, 1 / 500)
    may_be_same_day: int = points(0.25, 0.03)
    born_otherwise: int = -20
    same_number: int = 40
    other_number: int = -20
    same_incident: int = points(0.6, 0.03)
    other_incident: int = -12
    near_km: float = 20.0
    near: int = 3
    far_km: float = 100.0
    far: int = -15
    other_sex: int = -10
    likely: int = 55
    possible: int = 20
    against: int = -10
    largest_block: int = 200


POLICY = DuplicatePolicy()
