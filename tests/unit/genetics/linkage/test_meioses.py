import numpy as np
import pytest

from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.meioses import draw_meioses

GROUP = LinkageGroup((3, 0, 2), male=(0.05, 0.0), female=(0.3, 0.5))


@pytest.mark.parametrize(("of_mother", "fractions"), [(False, GROUP.male), (True, GROUP.female)])
def test_meioses_recombine_with_the_fractions_of_the_sex(of_mother, fractions):
    passed_on = draw_meioses(200_000, 4, [GROUP], of_mother=of_mother, rng=np.random.default_rng(1))
    # Four standard errors of a fraction among 200,000 are 0.0045 at most.
    assert passed_on.mean(axis=0) == pytest.approx(0.5, abs=0.0045)
    for (here, there), fraction in zip([(3, 0), (0, 2)], fractions, strict=True):
        assert (passed_on[:, here] != passed_on[:, there]).mean() == pytest.approx(fraction, abs=0.0045)
    assert (passed_on[:, 1] != passed_on[:, 3]).mean() == pytest.approx(0.5, abs=0.0045)


def test_linkage_does_not_change_what_unlinked_loci_draw():
    linked, unlinked = (
        draw_meioses(100, 4, groups, of_mother=True, rng=np.random.default_rng(5)) for groups in ([GROUP], [])
    )
    assert np.array_equal(linked[:, [1, 3]], unlinked[:, [1, 3]])
