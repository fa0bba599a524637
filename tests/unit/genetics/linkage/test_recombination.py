import math

import pytest

from homeward.genetics.linkage.recombination import Linkage, combined_fraction


def test_map_functions_give_the_fractions_of_their_formulas():
    # vWA and D12S391 are 11.941 cM apart: (1 - exp(-2d)) / 2 and tanh(2d) / 2.
    assert Linkage.HALDANE.recombination_fraction(11.941) == pytest.approx((1 - math.exp(-0.23882)) / 2, rel=1e-12)
    assert Linkage.KOSAMBI.recombination_fraction(11.941) == pytest.approx(math.tanh(0.23882) / 2, rel=1e-12)
    # Printed as 0.1172 for Kosambi in O'Connor & Tillmar (2012).
    assert round(Linkage.KOSAMBI.recombination_fraction(11.941), 4) == 0.1172


@pytest.mark.parametrize("linkage", [Linkage.HALDANE, Linkage.KOSAMBI])
def test_fractions_grow_from_none_to_a_half(linkage):
    fractions = [linkage.recombination_fraction(cm) for cm in (0, 1, 10, 100, 1e6)]
    assert fractions == sorted(fractions)
    assert fractions[0] == 0.0
    assert fractions[-1] == 0.5


def test_haldane_fractions_combine_as_distances_add():
    parts = [Linkage.HALDANE.recombination_fraction(cm) for cm in (3.0, 20.0, 8.5)]
    assert combined_fraction(parts) == pytest.approx(Linkage.HALDANE.recombination_fraction(31.5), rel=1e-12)
    assert combined_fraction([]) == 0.0
    assert combined_fraction([0.1]) == 0.1
