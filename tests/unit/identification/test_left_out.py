"""Where placements are left out to keep the sums small, the error reported bounds what that does to any posterior."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from homeward.genetics.case import Case
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.identification import components
from homeward.identification.joint import resolve_jointly
from homeward.identification.pairwise import compare_pairwise
from homeward.identification.policy import Policy
from homeward.identification.results import JointResult, PairwiseResult, Quality
from tests.families import case, family, locus, pedigree, profiles

N_ALLELES = 5


def random_case(rng: np.random.Generator) -> Case:
    """Return a case in which every sample could come from every family: frequent mutations, common alleles."""
    frequencies = {str(a): 1 / N_ALLELES for a in range(N_ALLELES)}
    mutation = MutationModel(MutationKind.EQUAL, float(rng.choice([0.01, 0.1])))
    on = Panel(tuple(locus(f"L{i}", frequencies, mutation) for i in range(int(rng.integers(4, 13)))))
    families, children = [], []
    for f in range(int(rng.integers(3, 5))):
        father, mother = rng.integers(N_ALLELES, size=(2, len(on), 2))
        missing = [f"M{f}{i}" for i in range(int(rng.integers(1, 3)))]
        members = pedigree("; ".join(f"{m} = F{f} + W{f}" for m in missing))
        families.append(family(f"F{f}", members, on, {f"F{f}": text(father)}, missing))
        children += [np.stack([picked(rng, father), picked(rng, mother)], axis=1) for _ in missing]
    strangers = list(rng.integers(N_ALLELES, size=(2, len(on), 2)))
    found = [*children, *strangers]
    order = rng.permutation(len(found))[: int(rng.integers(4, 6))]
    ids = [f"V{i}" for i in range(len(order))]
    samples = {name: text(found[i]) for name, i in zip(ids, order, strict=True)}
    return case(on, profiles(ids, on, samples), *families)


def picked(rng: np.random.Generator, genotypes: np.ndarray) -> np.ndarray:
    return genotypes[np.arange(len(genotypes)), rng.integers(2, size=len(genotypes))]


def text(genotypes: np.ndarray) -> str:
    return " ".join(f"{a}/{b}" for a, b in genotypes)


@cache
def prepared(seed: int) -> tuple[Case, PairwiseResult]:
    the_case = random_case(np.random.default_rng(seed))
    return the_case, compare_pairwise(the_case, Policy())


def solved(seed: int, n_candidates: int | None = None) -> JointResult:
    return resolve_jointly(*prepared(seed), Policy(n_candidates=n_candidates))


@pytest.fixture
def narrow(monkeypatch):
    """Allow only a few samples to be open between families at one time."""

    def narrow_to(widest: int) -> None:
        monkeypatch.setattr(components, "SMALL", 0)
        monkeypatch.setattr(components, "WIDEST", widest)
        monkeypatch.setattr(components, "BUDGETS", tuple(10.0 ** (e / 2) for e in range(-24, 1)))

    return narrow_to


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize(("widest", "n_candidates"), [(2, None), (3, None), (3, 15)])
def test_every_posterior_is_within_the_reported_error_of_the_exact_one(seed, widest, n_candidates, narrow):
    exact = solved(seed, n_candidates)
    narrow(widest)
    bounded = solved(seed, n_candidates)
    assert exact.quality is Quality.EXACT
    assert exact.error == 0.0
    off, known = np.abs(bounded.posterior - exact.posterior), ~np.isnan(bounded.errors)
    # Sums over some hundred assignments in double precision: rounding stays below 1e-12.
    assert (off[known] <= bounded.errors[known] + 1e-12).all()
    assert bounded.log10_glr == pytest.approx(exact.log10_glr, abs=1e-9)


@pytest.mark.parametrize("seed", range(25))
def test_the_quality_of_each_posterior_follows_from_its_error(seed, narrow):
    narrow(2)
    joint = solved(seed)
    for s, m in np.ndindex(joint.posterior.shape):
        error = joint.errors[s, m]
        expected = Quality.ESTIMATED if np.isnan(error) else Quality.BOUNDED if error > 1e-12 else Quality.EXACT
        assert joint.quality_of(s, m) is expected


def test_these_cases_do_leave_placements_out_at_a_small_price(narrow):
    narrow(3)
    errors = np.array([solved(seed).errors.max() for seed in range(25)])
    assert ((errors > 1e-9) & (errors < 0.2)).sum() >= 12
