import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.profiles import make_profiles
from homeward.genetics.relatedness.catalogue import PARENT_CHILD, STANDARD_RELATIONSHIPS
from homeward.genetics.relatedness.pair_simulation import simulate_pairs
from homeward.identification.reconstruction.ages import Ages
from homeward.identification.reconstruction.pair import rank_relationships
from tests.simulated import random_panel

RNG = np.random.default_rng(11)
PANEL = random_panel(RNG, 20)


def pair(position, seed=1):
    return simulate_pairs(PANEL, STANDARD_RELATIONSHIPS[position].delta, 1, np.random.default_rng(seed))


@pytest.mark.parametrize("position", [0, 2])
def test_a_clear_relationship_comes_first(position):
    ranking = rank_relationships(PANEL, pair(position), "0", "1", replicates=20)
    assert ranking.relationships[0].name == STANDARD_RELATIONSHIPS[position].name
    assert sum(one.posterior for one in ranking.relationships) == pytest.approx(1)
    assert (ranking.kappa_interval[0] <= ranking.kappa_interval[1]).all()


def test_ages_say_who_can_be_the_parent():
    seen = pair(1)
    both_ways = rank_relationships(PANEL, seen, "0", "1", replicates=20).relationships[:2]
    assert {one.name for one in both_ways} == {"0 is the parent of 1", "1 is the parent of 0"}
    older = rank_relationships(PANEL, seen, "0", "1", ages=Ages({"0": 50, "1": 20}), replicates=20).relationships
    assert older[0].name == "0 is the parent of 1"
    assert "1 is the parent of 0" not in {one.name for one in older}


def test_a_prior_of_nought_rules_out():
    only = {"first cousins": 1.0, "unrelated": 3.0}
    ranking = rank_relationships(PANEL, pair(1), "0", "1", prior=only, replicates=20)
    assert {one.name for one in ranking.relationships if one.posterior > 0} <= set(only)
    by_name = {one.name: one for one in ranking.relationships}
    odds = by_name["first cousins"].posterior / by_name["unrelated"].posterior
    assert odds == pytest.approx(10 ** by_name["first cousins"].log10_lr / 3)


def test_what_cannot_be_ranked_is_refused():
    seen = pair(2)
    with pytest.raises(InputError, match="no profile 'X'"):
        rank_relationships(PANEL, seen, "0", "X")
    with pytest.raises(InputError, match="no relationship 'friends'"):
        rank_relationships(PANEL, seen, "0", "1", prior={"friends": 1.0})
    with pytest.raises(InputError, match="weights"):
        rank_relationships(PANEL, seen, "0", "1", prior={PARENT_CHILD: 0.0})
    with pytest.raises(InputError, match="no locus in common"):
        rank_relationships(PANEL, make_profiles(("0", "1"), len(PANEL)), "0", "1")
