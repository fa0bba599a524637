"""Families of one shape come together, whatever names and order."""

import numpy as np
import pytest

from homeward.genetics.case import Family
from homeward.genetics.pedigree import FOUNDER, Pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.screening.shapes import Sought, group_by_shape
from tests.families import pedigree

TYPED = {"C": "12", "S": "12", "T": "12", "U": "12", "N": "12"}

FAMILIES = {
    "child and spouse": ("M = A + B; C = M + W", "CW"),
    "three siblings": ("M = A + B; S = A + B; T = A + B; U = A + B", "STU"),
    "two nephews by one brother": ("M = A + B; S = A + B; N = S + V; C = S + V", "NC"),
    "two nephews by two brothers": ("M = A + B; S = A + B; T = A + B; N = S + V; C = T + W", "NC"),
    "cousin": ("X = A + B; Y = A + B; M = X + V; C = Y + W", "C"),
    "half sibling": ("M = A + B; S = A + C2", "S"),
    "double cousin": ("P = A + B; Q = A + B; R = C1 + D; T2 = C1 + D; M = P + R; C = Q + T2", "C"),
}


def sought(text, typed, *, order=None):
    members = pedigree(text)
    alleles = np.full((len(members), 1, 2), -1)
    alleles[[members.position(name) for name in typed]] = 0
    if order is not None:
        place = np.argsort(order)
        parents = np.where(members.parents == FOUNDER, FOUNDER, place[members.parents])[order]
        ids = tuple(members.ids[i] for i in order)
        members, alleles = Pedigree(ids, parents, members.sex[order]), alleles[order]
    return Sought(Family("F", members, make_profiles(members.ids, 1, alleles=alleles), ()), members.ids.index("M"))


@pytest.mark.parametrize("name", FAMILIES)
def test_a_family_listed_in_any_order_has_one_shape(name):
    text, typed = FAMILIES[name]
    rng = np.random.default_rng(5)
    n = len(pedigree(text))
    listings = [sought(text, typed, order=rng.permutation(n)) for _ in range(20)]
    (group,) = group_by_shape(listings)
    assert list(group.members) == list(range(20))
    for one, people in zip(listings, group.people, strict=True):
        own = one.family.pedigree
        place = {int(person): i for i, person in enumerate(people)} | {FOUNDER: FOUNDER}
        for i, person in enumerate(people):
            assert group.shape.parents[i] == tuple(place[int(parent)] for parent in own.parents[person])
            assert group.shape.is_typed[i] == bool(one.family.profiles.typed[person].any())
        assert people[group.shape.sought] == one.position


def test_different_families_have_different_shapes():
    assert len(group_by_shape([sought(*family) for family in FAMILIES.values()])) == len(FAMILIES)


def test_the_side_of_a_half_sibling_matters_as_sexes_may_mutate_differently():
    by_father, by_mother = sought("M = A + B; S = A + C", "S"), sought("M = A + B; S = C + B", "S")
    assert len(group_by_shape([by_father, by_mother])) == 2


def test_untyped_people_who_join_nobody_do_not_matter():
    plain = sought("M = A + B; S = A + B", "S")
    with_others = sought("M = A + B; S = A + B; D = M + W; E = D + V; G = S + Z", "S")
    (group,) = group_by_shape([plain, with_others])
    assert len(group.shape.parents) == 4


def test_relatives_by_blood_leave_out_partners():
    (group,) = group_by_shape([sought("M = A + B; C = M + W; S = A + B", "CWS")])
    own = pedigree("M = A + B; C = M + W; S = A + B")
    names = [own.ids[person] for person in group.people[0]]
    assert {n for n, is_relative in zip(names, group.shape.is_relative, strict=True) if is_relative} == set("MABCS")


@pytest.mark.parametrize(
    ("text", "is_inbred"),
    [
        ("M = A + B", False),
        ("X = A + B; Y = A + B; M = X + Y", True),
        ("X = A + B; M = A + X", True),
        ("M = A + -", False),
    ],
)
def test_inbreeding_is_seen(text, is_inbred):
    (group,) = group_by_shape([sought(text, "A")])
    assert group.shape.is_inbred == is_inbred
