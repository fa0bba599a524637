"""Tables of many families at once against those of one family at a time."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.genetics.panel import Panel
from homeward.genetics.profiles import make_profiles
from homeward.genetics.screening.conditioning import condition
from homeward.genetics.screening.confirmation import confirm
from homeward.genetics.screening.tables import choose_tables, join_tables
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from tests.families import case, family, locus
from tests.families import pedigree as read_pedigree
from tests.simulated import MODELS, many_shapes, sought_of


@pytest.mark.parametrize("name", MODELS)
def test_tables_and_confirmed_lrs_equal_those_of_one_family_at_a_time(name):
    of = many_shapes(MODELS[name], dropout=0.2)
    one_by_one = compare_pairwise(of, Policy())
    sought = sought_of(of)
    tables = condition(of.panel, sought)
    certain = (of.samples.dropout == 0) & of.samples.typed
    for i in range(len(of.panel)):
        rows = np.flatnonzero(certain[:, i])
        low, high = of.samples.alleles[rows, i].T
        expected = one_by_one.log10_lr[rows, :, i]
        # Single precision: 6e-8 of each value.
        np.testing.assert_allclose(tables.genotype_values(i, low, high), expected, rtol=1e-6, atol=1e-7)
    sample, person = (index.ravel() for index in np.indices((len(of.samples), len(sought))))
    confirmed = confirm(of.panel, sought, of.samples, sample, person)
    np.testing.assert_allclose(
        confirmed.log10_lr.reshape(one_by_one.log10_lr.shape), one_by_one.log10_lr, rtol=1e-12, atol=1e-12
    )
    assert (confirmed.inconsistent.reshape(one_by_one.inconsistent.shape) == one_by_one.inconsistent).all()


def test_compared_are_the_loci_with_a_typed_blood_relative():
    of = many_shapes(MODELS["none"])
    tables = condition(of.panel, sought_of(of))
    everything = replace(of, samples=make_profiles(("S",), 4, alleles=np.zeros((1, 4, 2))))
    assert (tables.compared == compare_pairwise(everything, Policy()).compared[0]).all()


def test_without_mutation_a_table_has_a_state_for_each_allele_shown_and_one_more():
    panel = Panel((locus("L", {"8": 0.1, "9": 0.2, "10": 0.3, "11": 0.25, "12": 0.15}),))
    one = family("F", read_pedigree("M = A + B; S = A + B"), panel, {"S": "9/11"}, ["M"])
    tables = condition(panel, sought_of(case(panel, make_profiles((), 1), one)))
    assert list(tables.state_of[0]) == [2, 0, 2, 1, 2]
    assert tables.sizes.tolist() == [[6]]
    # Full siblings, alleles x y against a b with none shared: (1/4) P(xy) / P(xy).
    assert tables.genotype_values(0, np.array([0]), np.array([4]))[0, 0] == pytest.approx(np.log10(0.25))
    # The same genotype a b: (1 + p(a) + p(b) + 2 p(a) p(b)) / (8 p(a) p(b)).
    a, b = 0.2, 0.25
    assert tables.genotype_values(0, np.array([1]), np.array([3]))[0, 0] == pytest.approx(
        np.log10((1 + a + b + 2 * a * b) / (8 * a * b)), rel=1e-6
    )


def test_with_stepwise_mutation_every_allele_keeps_its_own_state():
    of = many_shapes(MODELS["stepwise"])
    tables = condition(of.panel, sought_of(of))
    assert (tables.sizes == 7 * 8 // 2).all()


def test_tables_can_be_taken_apart_and_put_together():
    of = many_shapes(MODELS["none"])
    sought = sought_of(of)
    whole = condition(of.panel, sought)
    order = np.random.default_rng(0).permutation(len(sought))
    shuffled = choose_tables(whole, order)
    parts = join_tables([choose_tables(shuffled, np.arange(5)), choose_tables(shuffled, np.arange(5, len(sought)))])
    again = choose_tables(parts, np.argsort(order))
    for name in ("state_of", "start", "values", "expected", "compared", "impossible"):
        assert (getattr(again, name) == getattr(whole, name)).all(), name


def test_who_else_is_in_a_batch_changes_no_bit():
    of = many_shapes(MODELS["stepwise"])
    sought = sought_of(of)
    whole = condition(of.panel, sought)
    alone = join_tables([condition(of.panel, [one]) for one in sought])
    assert (alone.values == whole.values).all()
