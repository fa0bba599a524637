"""Specimens and evidence turned into individuals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.osteology.grouping import individuals
from homeward.osteology.grouping.bounds import matching_bound
from homeward.osteology.grouping.constraints import constraints_of
from homeward.osteology.grouping.evidence import CANNOT, MUST, Evidence
from homeward.osteology.grouping.individuals import Method, group_specimens
from homeward.osteology.grouping.integer_programme import solve_exactly
from homeward.osteology.grouping.partition_problem import partition_problem
from homeward.osteology.grouping.search import search
from homeward.osteology.inventory import AgeClass, Inventory, choose_inventory
from homeward.osteology.specimens import Side
from tests.examples import examples
from tests.unit.osteology.assemblages import inventory_from
from tests.unit.osteology.grouping.divisions import all_scores, could_be_one_person, random_evidence, score

seeds = st.integers(0, 2**32 - 1)


def random_inventory(rng: np.random.Generator, n: int) -> Inventory:
    """Few elements, so that many pairs are barred; ribs, unknown sides and ages among them."""
    elements = rng.choice(["femur", "tibia", "rib", "cranium"], n)
    sides = [Side.AXIAL if e == "cranium" else Side(rng.choice(["left", "right", "unknown"])) for e in elements]
    return Inventory(
        ids=tuple(f"s{i}" for i in range(n)),
        elements=tuple(map(str, elements)),
        sides=tuple(sides),
        zones=tuple(frozenset(rng.choice(["1", "2", "3"], rng.integers(1, 3)).tolist()) for _ in range(n)),
        age_classes=tuple(AgeClass(rng.choice(["adult", "subadult", "unknown"], p=[0.4, 0.1, 0.5])) for _ in range(n)),
        number_on_a_side={"rib": 2},
    )


def a_problem(rng: np.random.Generator, inventory: Inventory, evidence):
    """The problem of specimens one by one, certain findings left out."""
    soft = [one for one in evidence if not one.is_certain]
    values = np.array([one.log10_lr for one in soft])
    first, second = np.array([(one.a, one.b) for one in soft], dtype=np.intp).reshape(-1, 2).T
    n = len(inventory)
    return partition_problem(constraints_of(inventory), np.arange(n), first, second, values), soft


@settings(max_examples=examples(60), deadline=None)
@given(seeds, st.integers(1, 8), st.sampled_from([0.0, -0.5]))
def test_up_to_eight_specimens_the_best_division_is_that_of_all_divisions(seed, n, prior):
    rng = np.random.default_rng(seed)
    inventory, evidence = random_inventory(rng, n), random_evidence(rng, n)
    scores = all_scores(inventory, evidence, prior)
    if not scores:
        with pytest.raises(InputError, match="cannot all be true"):
            group_specimens(inventory, evidence, prior_log10_odds=prior)
        return
    found = group_specimens(inventory, evidence, prior_log10_odds=prior)
    fixed = found.log10_lr
    assert score(evidence, found.groups, prior) == pytest.approx(scores[0], abs=1e-9)
    assert all(could_be_one_person(inventory, group) for group in found.groups)
    assert found.is_exact
    assert found.minimum.value <= len(found.groups)
    assert fixed <= found.upper_bound + 1e-9


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(3, 8))
def test_the_integer_programme_the_search_and_the_bounds_agree_with_all_divisions(seed, n):
    rng = np.random.default_rng(seed)
    inventory = random_inventory(rng, n)
    problem, soft = a_problem(rng, inventory, random_evidence(rng, n, 0.8))
    best = all_scores(inventory, soft)[0]
    assert matching_bound(problem) >= best - 1e-9
    optimum = solve_exactly(problem)
    assert optimum.upper_bound == pytest.approx(best, abs=1e-6)
    assert problem.allows(optimum.groups)
    assert problem.value(optimum.groups) == pytest.approx(best, abs=1e-6)
    searched = search(problem, np.random.default_rng(1), n_starts=2)
    assert problem.allows(searched)
    assert problem.value(searched) <= best + 1e-9


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 7))
def test_the_alternatives_of_a_small_part_are_the_next_best_divisions(seed, n):
    rng = np.random.default_rng(seed)
    inventory = random_inventory(rng, n)
    evidence = [one for one in random_evidence(rng, n, 0.9) if not one.is_certain]
    found = group_specimens(inventory, evidence)
    for part in found.parts:
        inside = set(part.specimens)
        rows = list(part.specimens)
        at = {i: k for k, i in enumerate(rows)}
        own = [Evidence(at[e.a], at[e.b], e.kind, e.log10_lr) for e in evidence if {e.a, e.b} <= inside]
        # Zones seen elsewhere do not matter here: every specimen of random_inventory has zones of its own.
        scores = all_scores(choose_inventory(inventory, rows), own)
        losses = [alternative.loss for alternative in part.alternatives]
        assert losses == pytest.approx([scores[0] - value for value in scores[1 : 1 + len(losses)]], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(seeds, st.integers(2, 14))
def test_the_order_of_specimens_and_findings_does_not_matter(seed, n):
    rng = np.random.default_rng(seed)
    inventory = random_inventory(rng, n)
    # Values without ties, so that the best division is one only.
    evidence = [
        Evidence(one.a, one.b, one.kind, one.log10_lr + float(rng.normal(0, 0.01)))
        for one in random_evidence(rng, n)
        if not one.is_certain
    ]
    order = rng.permutation(n)
    place = np.argsort(order)
    moved = [Evidence(int(place[one.b]), int(place[one.a]), one.kind, one.log10_lr) for one in evidence]
    here = group_specimens(inventory, evidence)
    there = group_specimens(
        choose_inventory(inventory, order.tolist()), [moved[i] for i in rng.permutation(len(moved))]
    )
    assert here.is_exact
    assert there.is_exact
    assert {frozenset(g) for g in here.groups} == {frozenset(int(order[i]) for i in g) for g in there.groups}


def test_no_findings_leave_every_specimen_by_itself():
    found = group_specimens(inventory_from("a,femur,L b,femur,R"), [])
    assert (found.groups, found.n_individuals, found.n_single, found.is_exact) == (((0,), (1,)), 0, 2, True)
    assert found.places == (None, None)


def test_a_left_femur_goes_with_the_better_of_two_right_ones():
    inventory = inventory_from("a,femur,L b,femur,R c,femur,R")
    evidence = [Evidence(0, 1, "pair", 1.0), Evidence(0, 2, "pair", 1.4, "lengths within 1 mm")]
    found = group_specimens(inventory, evidence)
    assert found.groups == ((0, 2), (1,))
    assert found.not_followed == (evidence[0],)
    place = found.places[0]
    assert (place.with_specimens, place.displaced, place.is_uncertain) == ((1,), (), True)
    assert place.loss == pytest.approx(0.4)
    assert [alternative.loss for alternative in found.parts[0].alternatives] == pytest.approx([0.4, 1.4])


def test_a_refit_holds_against_any_number_and_an_exclusion_too():
    inventory = inventory_from("a,femur,L b,tibia,L c,fibula,L")
    found = group_specimens(
        inventory,
        [
            Evidence(0, 1, "refit", MUST),
            Evidence(0, 1, "articulation", -9.0),
            Evidence(1, 2, "articulation", 5.0),
            Evidence(0, 2, "excluded", CANNOT),
        ],
    )
    assert found.groups == ((0, 1), (2,))
    assert [one.kind for one in found.not_followed] == ["articulation", "articulation"]


def test_contradictions_are_said_in_the_smallest_sets():
    inventory = inventory_from("a,femur,L,1 b,femur,L,2 c,femur,L,3 d,femur,L,3 e,tibia,L,,a f,tibia,R,,s")
    refits = [Evidence(a, b, "refit", MUST, where=f"line {a}{b}") for a, b in ((0, 1), (1, 2), (0, 3), (3, 1), (4, 5))]
    with pytest.raises(InputError) as caught:
        group_specimens(inventory, [*refits, Evidence(0, 2, "dna", CANNOT, where="line 9")])
    said = [problem.where for problem in caught.value.problems]
    assert "line 01; line 12; line 9" in {"; ".join(sorted(one.split("; "))) for one in said}
    whats = " ".join(problem.what for problem in caught.value.problems)
    assert "a person has only one: left femur, zone 3" in whats
    assert "nobody is adult and subadult" in whats
    # c and d, both with zone 3, are tied by two refits only: 1-2 and 3-1.
    assert "line 12; line 31" in {"; ".join(sorted(one.split("; "))) for one in said}


def test_thirteen_ribs_of_one_side_cannot_be_tied_together():
    inventory = inventory_from(" ".join(f"r{i},rib,L" for i in range(13)))
    refits = [Evidence(i, i + 1, "refit", MUST) for i in range(12)]
    with pytest.raises(InputError, match="at most 12: left rib"):
        group_specimens(inventory, refits)
    assert group_specimens(inventory, refits[:-1]).groups[0] == tuple(range(12))


def test_a_specimen_compared_with_itself_and_a_number_that_is_none_are_refused_together():
    inventory = inventory_from("a,femur,L b,femur,R")
    with pytest.raises(InputError) as caught:
        group_specimens(inventory, [Evidence(0, 0, "pair", 1.0), Evidence(0, 1, "pair", math.nan)])
    assert len(caught.value.problems) == 2


def test_a_larger_part_is_solved_by_the_integer_programme(monkeypatch):
    rng = np.random.default_rng(3)
    inventory = random_inventory(rng, 8)
    evidence = [one for one in random_evidence(rng, 8, 1.0) if not one.is_certain]
    expected = group_specimens(inventory, evidence)
    monkeypatch.setattr(individuals, "MOST_ENUMERATED", 1)
    found = group_specimens(inventory, evidence)
    assert {part.method for part in found.parts} <= {Method.INTEGER_PROGRAMME, Method.SEARCH}
    assert found.log10_lr == pytest.approx(expected.log10_lr, abs=1e-9)
    assert found.is_exact


def test_what_no_evidence_joins_stays_apart():
    inventory = inventory_from("a,femur,L b,humerus,L c,tibia,L d,radius,L")
    # Only something small against joins the two pairs; b and d, which nothing is known of, do not change that.
    evidence = [Evidence(0, 1, "pair", 1.0), Evidence(2, 3, "pair", 0.5), Evidence(0, 2, "pair", -0.2)]
    found = group_specimens(inventory, evidence)
    assert found.groups == ((0, 1), (2, 3))


@pytest.mark.parametrize("seed", [11367])
def test_a_found_case_of_two_equal_divisions_gives_the_one_without_needless_groups(seed):
    rng = np.random.default_rng(seed)
    inventory = random_inventory(rng, 9)
    evidence = [
        Evidence(one.a, one.b, one.kind, one.log10_lr + float(rng.normal(0, 0.01)))
        for one in random_evidence(rng, 9)
        if not one.is_certain
    ]
    assert group_specimens(inventory, evidence).groups == ((1, 3, 4, 5, 6), (0,), (2,), (7,), (8,))
