"""The policy: one frozen object, documented completely, whose version stands for its numbers."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, asdict, fields
from pathlib import Path

import pytest

from homeward.core.errors import InputError
from homeward.identification.policy import Policy, choose_policy

ROOT = Path(__file__).parents[3]


def test_the_defaults_of_this_version_are_these():
    # A change here is a change of every verdict: give the policy a new version and note it in the changelog.
    assert asdict(Policy()) == {
        "version": "2026.1",
        "identified_log10_glr": 4.0,
        "probable_log10_glr": 3.0,
        "identified_posterior": 0.999,
        "probable_posterior": 0.99,
        "max_inconsistencies": 2,
        "min_loci": 8,
        "sex": "filter",
        "sex_error": 0.01,
        "male_fraction": 0.5,
        "n_candidates": None,
    }


def test_a_policy_cannot_be_changed_after_it_was_made():
    with pytest.raises(FrozenInstanceError):
        Policy().min_loci = 1  # type: ignore[misc]


def test_every_field_is_explained_in_the_documentation_of_results():
    page = (ROOT / "docs" / "json-results.md").read_text(encoding="utf-8")
    section = page[page.index("### `policy`") : page.index("### `pedigree`")]
    assert {field.name for field in fields(Policy)} == set(re.findall(r"`([a-z0-9_]+)`", section)) - {"policy", "null"}


def test_options_choose_fields_and_the_version_says_so():
    policy = choose_policy({"sex": "evidence", "min_loci": 10, "n_candidates": 7500}, where="options")
    assert (policy.sex, policy.min_loci, policy.n_candidates) == ("evidence", 10, 7500)
    assert policy.version == f"{Policy().version}, changed"
    assert choose_policy({"min_loci": Policy().min_loci}, where="options") == Policy()


def test_options_that_cannot_be_used_are_all_named():
    wrong = {"sex": "maybe", "min_loci": 2.5, "sex_error": 0.0, "threshold": 4, "male_fraction": "half"}
    with pytest.raises(InputError) as error:
        choose_policy(wrong, where="case.toml, options")
    assert [problem.where.split(", ")[-1] for problem in error.value.problems] == list(wrong)
    assert all(problem.fix for problem in error.value.problems)
