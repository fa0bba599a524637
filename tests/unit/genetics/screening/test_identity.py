"""One person sampled twice, against closed forms and enumeration."""

import math
from itertools import product

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.profiles import make_profiles
from homeward.genetics.screening.identity import condition_on_identity, confirm_identity
from tests.families import locus, profiles

PANEL = Panel((locus("L", {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.4}),))
F = PANEL.loci[0].frequencies


def lr(first, second, d_first=0.0, d_second=0.0):
    of = profiles(["a", "b"], PANEL, {"a": first, "b": second}, dropout={"a": d_first, "b": d_second})
    confirmed = confirm_identity(PANEL, of, of, np.array([0]), np.array([1]))
    return 10.0 ** confirmed.log10_lr[0, 0], bool(confirmed.inconsistent[0, 0])


def test_the_same_heterozygote_is_one_over_2pq():
    assert lr("8/10", "10/8") == (pytest.approx(1 / (2 * 0.1 * 0.3), rel=1e-12), False)


def test_the_same_homozygote_is_one_over_p_squared():
    assert lr("9/9", "9/9") == (pytest.approx(1 / 0.04, rel=1e-12), False)


def test_different_genotypes_without_dropout_are_impossible():
    assert lr("9/9", "9/10") == (0.0, True)


def test_an_untyped_locus_is_no_evidence():
    assert lr("9/9", "-") == (1.0, False)


def test_a_single_allele_that_may_hide_another_fits_a_heterozygote():
    # P(9 | 9,10) P(9,10) / (P(9) P(9,10)) with P(9) over all genotypes that can show 9 alone.
    d = 0.2
    p_seen = 0.04 * (1 - d * d) + 2 * 0.2 * 0.8 * d * (1 - d)
    assert lr("9/9", "9/10", d_first=d) == (pytest.approx(d * (1 - d) / p_seen, rel=1e-12), False)


def probability(seen, genotype, d):
    if sorted(seen) == sorted(genotype):
        return 1 - d * d if genotype[0] == genotype[1] else (1 - d) ** 2
    return d * (1 - d) if seen[0] == seen[1] and seen[0] in genotype else 0.0


@pytest.mark.parametrize(("d_first", "d_second"), [(0.0, 0.0), (0.1, 0.0), (0.1, 0.3)])
def test_every_pair_equals_enumeration(d_first, d_second):
    genotypes = [(a, b) for a in range(4) for b in range(a, 4)]
    pairs = list(product(genotypes, genotypes))
    of = [
        make_profiles(
            tuple(f"{side}{i}" for i in range(len(pairs))),
            1,
            alleles=np.array([[pair[side]] for pair in pairs]),
            dropout=np.full((len(pairs), 1), d),
        )
        for side, d in enumerate((d_first, d_second))
    ]
    row = np.arange(len(pairs))
    confirmed = confirm_identity(PANEL, of[0], of[1], row, row)
    tables = condition_on_identity(PANEL, of[1])
    for i, (first, second) in enumerate(pairs):
        # Ordered genotypes (paternal, maternal).
        both = one = other = 0.0
        for g in product(range(4), repeat=2):
            weight = F[g[0]] * F[g[1]]
            p, q = probability(first, g, d_first), probability(second, g, d_second)
            both, one, other = both + weight * p * q, one + weight * p, other + weight * q
        assert 10 ** confirmed.log10_lr[i, 0] == pytest.approx(both / (one * other), rel=1e-12)
        if d_first == 0:
            value = tables.genotype_values(0, np.array([first[0]]), np.array([first[1]]))[0, i]
            assert 10.0**value == pytest.approx(both / (one * other), rel=1e-5)


def test_expected_of_an_identity_is_the_lr_of_a_certain_genotype():
    of = profiles(["a"], PANEL, {"a": "8/10"})
    tables = condition_on_identity(PANEL, of)
    assert tables.expected[0, 0] == pytest.approx(math.log10(1 / 0.06), rel=1e-6)
    assert tables.compared.tolist() == [[True]]
