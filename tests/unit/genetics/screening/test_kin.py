"""Samples that are related to each other, against textbook formulas."""

import math

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.screening.confirmation import confirm
from homeward.genetics.screening.kin import SAMPLE, Relation, seek_relatives
from tests.families import locus, profiles

PANEL = Panel((locus("L", {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.4}),))


def lr(relation, first, second):
    of = profiles(["a", "b"], PANEL, {"a": first, "b": second})
    confirmed = confirm(PANEL, seek_relatives(PANEL, of, relation), of, np.array([0]), np.array([1]))
    return 10.0 ** confirmed.log10_lr[0, 0]


# Evett & Weir (1998), Interpreting DNA Evidence, chapter 4: k0 + k1 ... with (1/4, 1/2, 1/4) and (0, 1, 0).
@pytest.mark.parametrize(
    ("relation", "first", "second", "expected"),
    [
        (Relation.FULL_SIBLINGS, "8/9", "8/9", (1 + 0.1 + 0.2 + 2 * 0.1 * 0.2) / (8 * 0.1 * 0.2)),
        (Relation.FULL_SIBLINGS, "8/9", "8/10", (1 + 2 * 0.1) / (8 * 0.1)),
        (Relation.FULL_SIBLINGS, "8/8", "8/8", (1 + 0.1) ** 2 / (4 * 0.1**2)),
        (Relation.FULL_SIBLINGS, "8/9", "10/11", 0.25),
        (Relation.PARENT_AND_CHILD, "8/9", "8/9", (0.1 + 0.2) / (4 * 0.1 * 0.2)),
        (Relation.PARENT_AND_CHILD, "8/9", "8/10", 1 / (4 * 0.1)),
        (Relation.PARENT_AND_CHILD, "8/8", "8/8", 1 / 0.1),
        (Relation.PARENT_AND_CHILD, "8/8", "8/9", 1 / (2 * 0.1)),
        (Relation.PARENT_AND_CHILD, "8/8", "9/10", 0.0),
    ],
)
def test_the_lr_of_two_genotypes(relation, first, second, expected):
    assert lr(relation, first, second) == pytest.approx(expected, rel=1e-12)
    assert lr(relation, second, first) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(("sex", "column"), [(Sex.MALE, 0), (Sex.FEMALE, 1), (Sex.UNKNOWN, 0)])
def test_a_parent_stands_where_its_sex_puts_it(sex, column):
    of = profiles(["a"], PANEL, {"a": "8/9"}, sex={"a": sex})
    (sought,) = seek_relatives(PANEL, of, Relation.PARENT_AND_CHILD)
    pedigree = sought.family.pedigree
    assert pedigree.parents[sought.position][column] == pedigree.position(SAMPLE)


def test_a_mean_lr_over_unrelated_pairs_is_one():
    # E(LR | H2) = 1, here summed over all genotypes of the second.
    total = 0.0
    f = PANEL.loci[0].frequencies
    names = PANEL.loci[0].alleles
    for a in range(4):
        for b in range(a, 4):
            weight = f[a] * f[b] * (1 if a == b else 2)
            total += weight * lr(Relation.FULL_SIBLINGS, "8/10", f"{names[a]}/{names[b]}")
    assert math.isclose(total, 1.0, rel_tol=1e-12)
