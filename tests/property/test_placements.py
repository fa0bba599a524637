"""The table of all placements against placements grown one pair at a time."""

import numpy as np
import pytest
from hypothesis import given, settings

from homeward.genetics import contraction
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.placement_levels import grow_placements
from homeward.identification.placement_table import tabulate_placements
from homeward.identification.placements import place_samples
from homeward.identification.policy import Policy
from tests.examples import examples
from tests.property.test_joint_by_enumeration import cases
from tests.simulated import one_large_family


@settings(max_examples=examples(80), deadline=None)
@given(cases())
def test_both_ways_give_the_same_placements_with_the_same_weights(the_case):
    pairwise = compare_pairwise(the_case, Policy())
    first = 0
    for family in the_case.families:
        members = list(range(first, first + len(family.missing)))
        possible = pairwise.allowed[:, members] & (pairwise.total_log10_lr[:, members] > -np.inf)
        if not possible.any():
            first += len(family.missing)
            continue
        at_once, weights = tabulate_placements(the_case, family, first, pairwise, possible)
        grown, grown_weights, complete = grow_placements(the_case, family, first, pairwise, possible, 10_000)
        assert complete
        assert at_once[0] == ()
        expected = {p: w for p, w in zip(grown, grown_weights, strict=True) if w > -np.inf}
        assert dict(zip(at_once, weights, strict=True)) == pytest.approx(expected, abs=1e-10)
        first += len(family.missing)


def test_a_table_too_large_for_memory_is_replaced_by_growing(monkeypatch):
    the_case = one_large_family(3, rate=0.001, n_loci=4)
    pairwise = compare_pairwise(the_case, Policy())
    at_once = place_samples(the_case, the_case.families[0], 0, pairwise, 2)
    # The family itself needs tensors of some thousands of entries; its table of 4 * 4 * 4 choices needs more.
    monkeypatch.setattr(contraction, "LARGEST_TENSOR", 3_000)
    grown = place_samples(the_case, the_case.families[0], 0, pairwise, 2)
    assert sorted(grown.placements) == sorted(at_once.placements)
    assert np.sort(grown.log10_weight) == pytest.approx(np.sort(at_once.log10_weight), abs=1e-10)
