"""homeward kinship: one LR explained, and what it hangs on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.documentation import documented

PAGE = "## `homeward kinship`"


@pytest.fixture
def paternity():
    """A man and a child at ten loci, with mutation; H2 is that they are unrelated."""
    return Path(__file__).parents[2] / "golden" / "familias_paternity"


def test_an_explanation_has_exactly_the_documented_keys(homeward, paternity):
    document = json.loads(homeward("kinship", paternity, "--explain", "--json").out)
    (explanation,) = document["explanations"]
    assert set(explanation) == documented(PAGE, "Each explanation:")
    assert set(explanation["loci"][0]) == documented(PAGE, "Each locus of an explanation:")
    total = sum(locus["log10_lr"] for locus in explanation["loci"])
    assert total == pytest.approx(document["hypotheses"][0]["log10_lr"], abs=1e-9)


def test_sensitivity_is_in_the_json_object(homeward, paternity):
    document = json.loads(homeward("kinship", paternity, "--sensitivity", "--json").out)
    settings = document["sensitivity"]["settings"]
    assert {one["varied"] for one in settings} == {"theta", "mutation"}
    own = [one["log10_lr"] for one in settings if one["as_computed"]]
    assert own == [{"H1": document["hypotheses"][0]["log10_lr"]}] * 2
    (left_out,) = document["sensitivity"]["one_locus_left_out"]
    assert left_out["lowest"]["log10_lr"] < left_out["highest"]["log10_lr"]


def test_nothing_is_explained_that_was_not_asked_for(homeward, paternity):
    document = json.loads(homeward("kinship", paternity, "--json").out)
    assert (document["explanations"], document["sensitivity"]) == ([], None)


def test_the_terminal_shows_formulas_and_settings(homeward, paternity):
    done = homeward("kinship", paternity, "--explain", "--sensitivity")
    assert "H1 against H2" in done.out
    assert "1/(2·p17)" in done.out
    assert "log10 LR by theta" in done.out
    assert "With one locus left out" in done.out


def test_the_reference_cannot_be_explained(homeward, paternity):
    done = homeward("kinship", paternity, "--hypothesis", "H2")
    assert done.code == 2
    assert "'H2' is the reference" in done.err


def test_the_report_explains_each_lr_and_what_it_hangs_on(homeward, paternity, tmp_path):
    homeward("kinship", paternity, "--sensitivity", "--out", tmp_path / "out")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "LR = 1/(2·p17)" in page
    assert "What the result hangs on" in page
    assert page.count('class="forest"') == 2
