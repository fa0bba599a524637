"""The policy: one frozen object, documented completely, whose version stands for its numbers."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, asdict, fields
from pathlib import Path

import pytest

from homeward.identification.policy import Policy

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
