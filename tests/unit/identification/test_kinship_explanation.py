"""One LR with everything that it is made of."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from homeward.identification.kinship_explanation import explain_kinship
from homeward.notebook import half_siblings, identical_twins, kinship, panel, pedigree, siblings, trio, unrelated

TABLE = {"L1": {"12": 0.1, "13": 0.2, "14": 0.7}, "L2": {"8": 0.25, "9": 0.75}}


def explained(hypotheses, profiles, frequencies=TABLE, name=None, **options):
    return explain_kinship(kinship(hypotheses, profiles, frequencies, **options).result, name)


def test_an_explanation_names_the_difference_of_the_pedigrees():
    shown = explained({"H1": trio(), "H2": unrelated()}, {"child": {"L1": "12/13"}, "father": {"L1": "12/14"}})
    assert [(p.first, p.second, p.hypothesis, p.reference) for p in shown.pairs] == [
        ("child", "father", "child and father", "unrelated")
    ]


def test_a_locus_carries_what_its_lr_rests_on():
    made = panel(TABLE, ["L1"])
    made = replace(made, loci=(replace(made.loci[0], chromosome="7", database_size=400, minimum_frequency=0.01),))
    (locus,) = explained(trio(), {"child": {"L1": "12/13"}, "father": {"L1": "12/14"}}, made).loci
    assert locus.genotypes == {"child": ("12", "13"), "father": ("12", "14")}
    assert locus.frequencies == {"12": 0.1, "13": 0.2, "14": 0.7}
    assert (locus.chromosome, locus.n_counted, locus.minimum_frequency) == ("7", 400, 0.01)
    assert locus.log10_lr == locus.log10_likelihood - locus.log10_reference
    assert locus.female_mutation == "no mutation"


def test_the_strongest_and_the_weakest_locus_are_named():
    shown = explained(trio(), {"child": {"L1": "12/12", "L2": "9/9"}, "father": {"L1": "12/12", "L2": "9/9"}})
    assert (shown.strongest.locus, shown.weakest.locus) == ("L1", "L2")


def test_the_loci_that_exclude_a_pedigree_are_named():
    shown = explained(trio(), {"child": {"L1": "12/12", "L2": "9/9"}, "father": {"L1": "13/13", "L2": "9/9"}})
    assert shown.log10_lr == -np.inf
    assert shown.impossible == ("L1",)
    assert shown.impossible_reference == ()
    assert shown.loci[0].formula is None


def test_a_reference_that_is_impossible_is_named():
    families = {"H1": unrelated("A", "B"), "H2": "A is father of B"}
    shown = explained(families, {"A": {"L1": "12/12"}, "B": {"L1": "13/13"}})
    assert shown.log10_lr == np.inf
    assert shown.impossible_reference == ("L1",)


def test_each_event_that_is_needed_is_named():
    mutant = {"child": {"L1": "12/12"}, "father": {"L1": "13/13"}}
    (locus,) = explained(trio(), mutant, mutation="equal 0.001").loci
    assert (locus.needs, locus.reference_needs) == (("mutation",), ())
    (locus,) = explained(trio(), mutant, dropout={"child": 0.1}).loci
    assert locus.needs == ("dropout",)
    twins = {"A": {"L1": "12/12"}, "B": {"L1": "12/13"}}
    (locus,) = explained(identical_twins(), twins, dropin={"B": 0.1}).loci
    assert locus.needs == ("drop-in",)
    made = panel({"L1": {"12": 0.1, "13": 0.2, "14": 0.69}, "L2": TABLE["L2"]}, ["L2"])
    silent = replace(
        made,
        loci=(replace(panel(TABLE, ["L1"]).loci[0], frequencies=np.array([0.1, 0.2, 0.69]), silent_frequency=0.01),),
    )
    (locus,) = explained(trio(), mutant, silent).loci
    assert locus.needs == ("silent allele",)
    assert locus.formula is None


def test_where_one_of_several_events_will_do_both_are_named():
    mutant = {"child": {"L1": "12/12"}, "father": {"L1": "13/13"}}
    (locus,) = explained(trio(), mutant, mutation="equal 0.001", dropout={"child": 0.1}).loci
    assert locus.needs == ("mutation or dropout",)


def test_a_formula_is_that_without_mutation():
    (locus,) = explained(trio(), {"child": {"L1": "12/13"}, "father": {"L1": "12/14"}}, mutation="equal 0.01").loci
    assert locus.formula.value == pytest.approx(2.5, rel=1e-12)
    assert 10**locus.log10_lr_without_mutation == pytest.approx(2.5, rel=1e-9)
    assert 10**locus.log10_lr != pytest.approx(2.5, rel=1e-4)


def test_an_inbred_pair_has_no_formula():
    inbred = pedigree("A and B are full siblings; A is male; C is child of A and B")
    (locus,) = explained({"H1": inbred, "H2": unrelated("A", "C")}, {"A": {"L1": "12/13"}, "C": {"L1": "12/12"}}).loci
    assert locus.formula is None


def test_four_people_have_no_formula():
    people = {name: {"L1": "12/13"} for name in "ABCD"}
    (locus,) = explained(siblings("A", "B", "C", "D"), people).loci
    assert locus.formula is None


def test_any_pedigree_but_the_reference_can_be_explained():
    families = {"full": siblings(), "half": half_siblings(), "none": unrelated()}
    profiles = {"A": {"L1": "12/13"}, "B": {"L1": "12/12"}}
    shown = explained(families, profiles, name="half")
    assert shown.names == ("half", "none")
    assert 10**shown.log10_lr == pytest.approx(1 / 2 + 1 / (4 * 0.1), rel=1e-9)


def test_a_locus_where_nobody_is_typed_says_nothing():
    shown = explained(trio(), {"child": {"L1": "12/13"}}, panel(TABLE), loci=["L1", "L2"])
    assert [locus.is_typed for locus in shown.loci] == [True, False]
    assert shown.loci[1].log10_lr == 0.0
