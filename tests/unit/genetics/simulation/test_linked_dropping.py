"""Profiles at linked loci drawn given typed relatives, against their exact distribution; every seed is fixed."""

from dataclasses import replace
from itertools import combinations_with_replacement, product

import numpy as np
import pytest
from scipy.stats import chi2_contingency, chisquare

from homeward.core.errors import InputError
from homeward.genetics.linkage.distribution import linked_genotype_distribution
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.conditional_dropping import draw_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from tests.families import locus, pedigree, profiles

SURPRISE = 0.001
"""A test on a fixed seed fails if chance alone would do worse this rarely."""

P = {"8": 0.2, "9": 0.5, "10": 0.3}
TWO = {"8": 0.4, "9": 0.6}
SIBLINGS = "A = F + M; B = F + M"
NEAR = LinkageGroup((0, 1), male=(0.05,), female=(0.05,))


def panel_of(*tables, model=None, chromosome=None, silent=0.0):
    models = [model] if model else []
    return Panel(
        tuple(locus(f"L{i}", table, *models, chromosome=chromosome, silent=silent) for i, table in enumerate(tables))
    )


def draw(members, seen, panel, people, group, n, seed=7):
    places = [members.position(person) for person in people]
    return draw_profiles(members, seen, panel, places, n, np.random.default_rng(seed), groups=[group])


def assert_as_often(counts, shares):
    """The counts are those of the shares, as far as chance goes; what is expected less than 5 times is put together."""
    counts, expected = np.ravel(counts), np.ravel(shares) * np.sum(counts)
    assert counts[expected == 0].sum() == 0
    common = expected >= 5
    counts = np.append(counts[common], counts[~common].sum())
    expected = np.append(expected[common], expected[~common].sum())
    assert chisquare(counts[expected > 0], expected[expected > 0], sum_check=False).pvalue > SURPRISE


@pytest.mark.parametrize(
    ("typed", "person", "group"),
    [
        ({"A": "8/9 8/8 8/9"}, "B", LinkageGroup((0, 1), (0.05,), (0.05,))),
        ({"A": "8/9 - 8/8"}, "B", LinkageGroup((2, 0), (0.05,), (0.3,))),
        ({"A": "8/9 8/9 8/8", "B": "8/8 8/9 8/9"}, "F", LinkageGroup((0, 1), (0.05,), (0.05,))),
        ({"A": "8/9 8/9 -"}, "F", LinkageGroup((0, 1, 2), (0.05, 0.1), (0.1, 0.2))),
    ],
)
@pytest.mark.parametrize("model", [None, MutationModel(MutationKind.EQUAL, 0.05)])
def test_a_relative_is_drawn_as_often_as_the_joint_distribution_says(typed, person, group, model):
    members, panel = pedigree(SIBLINGS), panel_of(P, TWO, TWO, model=model)
    seen = profiles(members.ids, panel, typed)
    found = draw(members, seen, panel, [person], group, 4_000)[:, 0, list(group.loci)]
    exact = linked_genotype_distribution(members, seen, panel, group, person)
    counts = np.zeros(exact.probability.shape)
    n_alleles = [len(panel.loci[at].alleles) for at in group.loci]
    number = [{pair: i for i, pair in enumerate(combinations_with_replacement(range(n), 2))} for n in n_alleles]
    for drawn in found.tolist():
        counts[tuple(of[tuple(pair)] for of, pair in zip(number, drawn, strict=True))] += 1
    assert_as_often(counts, exact.probability)


@pytest.mark.parametrize(
    ("text", "people", "typed", "loci"),
    [
        (SIBLINGS, ("B", "F"), {"A": "8/9 8/8"}, {}),
        (SIBLINGS, ("F", "B"), {"A": "8/9 8/8", "B": "- 8/9"}, {}),
        (SIBLINGS, ("B",), {"A": "8/9 8/8"}, {"silent": 0.2}),
        (SIBLINGS, ("M", "B"), {"A": "8/8 9/9"}, {"chromosome": "X"}),
    ],
)
@pytest.mark.parametrize("dropout", [0.0, 0.2])
def test_several_people_show_what_the_likelihood_says_together(text, people, typed, loci, dropout):
    members = pedigree(text, {"A": Sex.MALE, "B": Sex.MALE, "F": Sex.MALE, "M": Sex.FEMALE})
    panel = panel_of(TWO, TWO, **loci)
    seen = profiles(members.ids, panel, typed, dropout=dict.fromkeys(people, dropout))
    found = draw(members, seen, panel, people, NEAR, 4_000)
    blank = 2 if "silent" in loci else -1
    shown = [(0, 0), (0, 1), (1, 1), (blank, blank)]
    places = [(members.position(person), at) for person in people for at in range(2)]
    to_draw = [(i, at) for i, at in places if not seen.typed[i, at]]
    shares, counts = [], []
    drawn = np.stack([found[:, people.index(members.ids[i]), at] for i, at in to_draw], axis=1)
    for outcome in product(shown, repeat=len(to_draw)):
        alleles, share = seen.alleles.copy(), 1.0
        for (i, at), pair in zip(to_draw, outcome, strict=True):
            alleles[i, at] = pair
            is_one = "chromosome" in loci and members.sex[i] == Sex.MALE
            share *= 1.0 if pair != (-1, -1) else dropout ** (1 if is_one else 2)
            share *= not (is_one and pair == (0, 1))
        if share:
            known = make_profiles(members.ids, 2, alleles=alleles, dropout=seen.dropout)
            share *= 10 ** group_log10_likelihood(members, known, panel, NEAR)
        shares.append(share)
        counts.append((drawn == np.array(outcome)).all(axis=(1, 2)).sum())
    assert sum(counts) == len(found)
    assert_as_often(counts, np.array(shares) / sum(shares))
    for i, at in set(places) - set(to_draw):
        assert (found[:, people.index(members.ids[i]), at] == seen.alleles[i, at]).all()


def test_a_fraction_of_one_half_draws_as_unlinked_loci_are_drawn():
    members, panel = pedigree(SIBLINGS), panel_of(TWO, TWO)
    seen = profiles(members.ids, panel, {"A": "8/9 8/8"})
    free = draw(members, seen, panel, ["B"], LinkageGroup((0, 1), (0.5,), (0.5,)), 5_000)
    unlinked = draw_profiles(members, seen, panel, [members.position("B")], 5_000, np.random.default_rng(8))
    counts = [np.bincount(of[:, 0].sum(axis=2) @ [3, 1], minlength=9) for of in (free, unlinked)]
    assert chi2_contingency(counts).pvalue > SURPRISE


def test_a_group_at_which_nobody_is_typed_is_gene_dropping_with_linkage():
    members, panel = pedigree(SIBLINGS), panel_of(P, TWO, TWO)
    seen = profiles(members.ids, panel, {"A": "8/9 - -"})
    found = draw(members, seen, panel, members.ids, LinkageGroup((2, 1), (0.0,), (0.0,)), 50)
    untyped = Panel(panel.loci[1:])
    group = LinkageGroup((1, 0), (0.0,), (0.0,))
    dropped = drop_genes(members, untyped, 50, np.random.default_rng(7), groups=[group])
    assert (found[:, :, 1:] == np.sort(dropped, axis=-1)).all()


def test_a_seed_draws_the_same_linked_profiles_again():
    members, panel = pedigree(SIBLINGS), panel_of(P, P)
    seen = profiles(members.ids, panel, {"A": "8/9 8/8"})
    first, again, other = (draw(members, seen, panel, ["B", "F"], NEAR, 50, seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


def test_profiles_that_only_linkage_makes_impossible_are_refused():
    members, panel = pedigree("A = F + M; B = F + M; C = F + M"), panel_of(TWO, TWO)
    seen = profiles(members.ids, panel, {"F": "8/9 8/9", "M": "9/9 9/9", "A": "8/9 8/9", "B": "8/9 9/9"})
    with pytest.raises(InputError, match="impossible at L0, L1"):
        draw(members, seen, panel, ["C"], LinkageGroup((0, 1), (0.0,), (0.0,)), 5)


def test_theta_and_inbred_founders_are_refused_by_name():
    members, panel = pedigree(SIBLINGS), panel_of(TWO, TWO)
    seen = profiles(members.ids, panel, {"A": "8/9 8/8"})
    with pytest.raises(InputError, match="Drawing profiles with linkage cannot deal with a co-ancestry"):
        draw(members, seen, Panel(panel.loci, theta=0.01), ["B"], NEAR, 5)
    inbred = replace(members, founder_inbreeding=np.array([0.1, 0, 0, 0]))
    with pytest.raises(InputError, match="Drawing profiles with linkage cannot deal with inbred founders"):
        draw(inbred, seen, panel, ["B"], NEAR, 5)


def test_twins_from_one_egg_are_drawn_alike_at_linked_loci():
    members, panel = pedigree("A = F + M; B = F + M; C = F + M", twins=[("B", "C")]), panel_of(P, TWO)
    seen = profiles(members.ids, panel, {"A": "8/9 8/8", "C": "8/10 -"})
    found = draw(members, seen, panel, ["B", "C"], NEAR, 50)
    assert (found[:, 0] == found[:, 1]).all()
    assert (found[:, 0, 0] == [0, 2]).all()
