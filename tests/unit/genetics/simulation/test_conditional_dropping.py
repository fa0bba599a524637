"""Profiles drawn given typed relatives, against conditional distributions by enumeration; every seed is fixed."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy.stats import chisquare

from homeward.core.errors import InputError
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.simulation.conditional_dropping import draw_profiles
from tests.enumeration import likelihood_by_enumeration
from tests.families import locus, pedigree, profiles

SURPRISE = 0.001
"""A test on a fixed seed fails if chance alone would do worse this rarely."""

P = {"8": 0.2, "9": 0.5, "10": 0.3}
TWO = {"8": 0.3, "9": 0.7}
GENOTYPES = list(combinations_with_replacement(range(3), 2))
MODEL = MutationModel(MutationKind.EQUAL, 0.1)


def drawn(text, genotypes, people, *, n=4_000, table=P, model=None, sex=None, dropout=None, chromosome=None):
    members = pedigree(text, sex)
    panel = Panel((locus("L", table, *([model] if model else []), chromosome=chromosome),))
    seen = profiles(members.ids, panel, genotypes, dropout=dropout)
    places = [members.position(person) for person in people]
    return draw_profiles(members, seen, panel, places, n, np.random.default_rng(5))[:, :, 0], members, panel, seen


def expected_shares(members, panel, seen, people, outcomes, *, dropout=None, sex=None):
    """The probability of each combination of what the people show, by summing over everybody's genotypes."""
    female, male = panel.loci[0].transmission()
    observed = [tuple(pair) if pair[0] >= 0 else None for pair in seen.alleles[:, 0].tolist()]
    shares = []
    for outcome in outcomes:
        for person, shown in zip(people, outcome, strict=True):
            observed[members.position(person)] = shown
        shares.append(
            likelihood_by_enumeration(
                members.parent_rows,
                observed,
                panel.loci[0].frequencies.tolist(),
                female,
                male,
                dropout,
                x_linked_sex=sex,
            )
        )
    return np.array(shares) / sum(shares)


@pytest.mark.parametrize(
    ("text", "genotypes", "people", "table"),
    [
        ("C = F + M", {"C": "8/9"}, ("F",), P),
        ("C = F + M", {"C": "8/9"}, ("M", "F"), TWO),
        ("A = F + M; B = F + M", {"A": "8/8"}, ("B", "F"), TWO),
        ("C = F + M", {"F": "8/9", "M": "8/10"}, ("C",), P),
    ],
)
@pytest.mark.parametrize("model", [None, MODEL])
def test_profiles_are_drawn_as_often_as_their_conditional_probability_says(text, genotypes, people, table, model):
    found, members, panel, seen = drawn(text, genotypes, people, table=table, model=model)
    outcomes = list(product(combinations_with_replacement(range(len(table)), 2), repeat=len(people)))
    counts = np.array([(found == np.array(outcome)).all(axis=(1, 2)).sum() for outcome in outcomes])
    shares = expected_shares(members, panel, seen, people, outcomes)
    assert counts[shares == 0].sum() == 0
    common = shares * counts.sum() >= 5
    rest = [counts[~common].sum()], [shares[~common].sum() * counts.sum()]
    observed, expected = np.append(counts[common], rest[0]), np.append(shares[common] * counts.sum(), rest[1])
    possible = expected > 0
    assert chisquare(observed[possible], expected[possible]).pvalue > SURPRISE


def test_dropout_of_a_typed_relative_and_of_the_drawn_person_is_honoured():
    chance = {"C": 0.3, "F": 0.2}
    found, members, panel, seen = drawn("C = F + M", {"C": "8/8"}, ("F",), dropout=chance)
    rates = [chance.get(person, 0.0) for person in members.ids]
    shares = expected_shares(members, panel, seen, ("F",), [(g,) for g in GENOTYPES], dropout=rates) * (1 - 0.2**2)
    counts = np.array([(found[:, 0] == g).all(axis=1).sum() for g in GENOTYPES])
    untyped = (found[:, 0] == -1).all(axis=1).sum()
    # P(seen | something seen) by enumeration, times P(something seen) = 1 - d^2.
    assert chisquare(np.append(counts, untyped), np.append(shares, 0.2**2) * len(found)).pvalue > SURPRISE


def test_males_have_the_allele_of_their_mother_at_x_linked_loci():
    sex = {"S": Sex.MALE, "D": Sex.FEMALE}
    text = "S = F + M; D = F + M"
    found, members, panel, seen = drawn(text, {"D": "8/9"}, ("S", "F"), sex=sex, chromosome="X")
    assert (found[:, :, 0] == found[:, :, 1]).all()
    outcomes = list(product([(a, a) for a in range(3)], repeat=2))
    counts = np.array([(found == np.array(outcome)).all(axis=(1, 2)).sum() for outcome in outcomes])
    one_allele = [tuple((a,) for a, _ in outcome) for outcome in outcomes]
    shares = expected_shares(members, panel, seen, ("S", "F"), one_allele, sex=members.sex.tolist())
    assert counts[shares == 0].sum() == 0
    assert chisquare(counts[shares > 0], shares[shares > 0] * counts.sum()).pvalue > SURPRISE


def test_without_anybody_typed_people_are_drawn_by_gene_dropping():
    found, *_ = drawn("A = F + M; B = F + M", {}, ("A", "B"), n=20_000)
    same = (found[:, 0] == found[:, 1]).all(axis=1).mean()
    squares, fourths = (sum(p**k for p in P.values()) for k in (2, 4))
    # P(two full siblings have one genotype) = (1 + 2 s2 + 2 s2^2 - s4) / 4.
    assert same == pytest.approx((1 + 2 * squares + 2 * squares**2 - fourths) / 4, abs=0.015)


def test_a_seed_draws_the_same_profiles_again():
    first, second = (drawn("C = F + M", {"C": "8/9"}, ("F", "M"), n=50)[0] for _ in range(2))
    assert (first == second).all()


def test_a_typed_person_is_not_drawn():
    found, *_ = drawn("C = F + M", {"C": "8/9", "F": "8/8"}, ("F", "M"), n=50)
    assert (found[:, 0] == 0).all()


def test_impossible_profiles_are_refused():
    with pytest.raises(InputError, match="impossible at L"):
        drawn("C = F + M", {"C": "8/8", "F": "9/9"}, ("M",), n=5)
