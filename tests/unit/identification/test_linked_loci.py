"""Linkage in the comparison of pedigrees."""

from dataclasses import replace

import numpy as np
import pytest

from homeward.genetics.linkage.likelihood import group_log10_likelihood
from homeward.genetics.linkage.recombination import GeneticMap, Linkage, NeighbourFractions
from homeward.genetics.panel import Panel
from homeward.identification.kinship import compare_pedigrees
from homeward.identification.linked_loci import choose_linkage
from tests.families import locus
from tests.unit.identification.test_kinship import hypotheses

FREQUENCIES = {"A": 0.05, "B": 0.2, "C": 0.75}
NAMES = ("TH01", "vWA", "D12S391", "D6S1043", "SE33")
PANEL = Panel(tuple(locus(name, FREQUENCIES) for name in NAMES))
PEDIGREES = {
    "half": "Old = F + M; Young = F + N",
    "grandfather": "X = Old + W; Young = X + V",
    "unrelated": "Old; Young",
}
PROFILES = {"Old": "A/B A/A A/C B/C C/C", "Young": "A/C A/B B/C C/C C/C"}


def case_with(panel=PANEL, profiles=PROFILES):
    return hypotheses(PEDIGREES, profiles, panel=panel)


def test_linked_loci_count_jointly_and_the_others_one_by_one():
    case = case_with(replace(PANEL, recombination=(NeighbourFractions("vWA", "D12S391", 0.1, 0.2),)))
    result = compare_pedigrees(case)
    (linked,) = result.linked
    joint = [group_log10_likelihood(h.pedigree, h.profiles, case.panel, linked.group) for h in case.hypotheses]
    assert linked.group.loci == (1, 2)
    assert linked.log10_likelihood == pytest.approx(joint, abs=1e-12)
    assert linked.log10_lr_linked == pytest.approx(np.array(joint) - joint[-1], abs=1e-12)
    alone = result.log10_likelihood[:, [1, 2]].sum(axis=1)
    assert linked.log10_lr_unlinked == pytest.approx(alone - alone[-1], abs=1e-12)
    total = result.log10_likelihood[:, [0, 3, 4]].sum(axis=1) + joint
    assert result.total_log10_likelihood == pytest.approx(total, abs=1e-12)
    assert result.log10_lr == pytest.approx(total - total[-1], abs=1e-12)


def test_only_with_linkage_do_half_brother_and_grandfather_differ():
    unlinked = compare_pedigrees(case_with()).log10_lr
    linked = compare_pedigrees(choose_linkage(case_with(), Linkage.KOSAMBI)).log10_lr
    assert unlinked[0] == pytest.approx(unlinked[1], abs=1e-12)
    assert abs(linked[0] - linked[1]) > 0.01


def test_a_case_without_positions_takes_those_of_a_map_and_says_so():
    averaged = compare_pedigrees(choose_linkage(case_with(), Linkage.KOSAMBI))
    assert [[NAMES[i] for i in part.group.loci] for part in averaged.linked] == [["vWA", "D12S391"]]
    assert any("HapMap" in note and "kosambi" in note for note in averaged.notes)
    assert any(note.startswith("D6S1043 has no map position") for note in averaged.notes)
    by_sex = compare_pedigrees(choose_linkage(case_with(), Linkage.HALDANE, GeneticMap.DECODE))
    assert [[NAMES[i] for i in part.group.loci] for part in by_sex.linked] == [["vWA", "D12S391"], ["SE33", "D6S1043"]]


def test_a_case_with_positions_keeps_them_and_counts_loci_as_independent_until_told():
    loci = tuple(replace(x, chromosome="7", position_cm=10.0 * i) for i, x in enumerate(PANEL.loci[:2]))
    case = case_with(Panel(loci), {name: of[:7] for name, of in PROFILES.items()})
    untold = compare_pedigrees(case)
    assert untold.linked == ()
    assert any(note.startswith("All loci were taken as independent") for note in untold.notes)
    (linked,) = compare_pedigrees(choose_linkage(case, Linkage.HALDANE)).linked
    assert linked.group.male == (Linkage.HALDANE.recombination_fraction(10.0),)
    assert compare_pedigrees(choose_linkage(case, Linkage.NONE)).linked == ()


def test_linkage_can_be_switched_off():
    case = case_with(replace(PANEL, recombination=(NeighbourFractions("vWA", "D12S391", 0.1, 0.2),)))
    off = compare_pedigrees(choose_linkage(case, Linkage.NONE))
    assert off.linked == ()
    assert off.log10_lr == pytest.approx(compare_pedigrees(case_with()).log10_lr, abs=1e-12)


def test_a_locus_that_nobody_is_typed_at_joins_no_group():
    panel = replace(PANEL, recombination=(NeighbourFractions("vWA", "D12S391", 0.1, 0.2),))
    profiles = {name: " ".join([*of.split()[:2], "-", *of.split()[3:]]) for name, of in PROFILES.items()}
    assert compare_pedigrees(case_with(panel, profiles)).linked == ()
