"""Minimum frequencies, worked by hand."""

from __future__ import annotations

import pytest

from homeward.core.errors import InputError, ProblemLog
from homeward.formats.frequency_rules import (
    FrequencyPolicy,
    FrequencyTable,
    MinimumRule,
    parse_minimum,
    settle_frequencies,
)

TABLE = FrequencyTable("L", ("8", "9", "10"), (0.01, 0.39, 0.6), 0.0, "frequencies.csv line 2", n_counted=200)


def settled(policy: FrequencyPolicy, *seen: str, table: FrequencyTable = TABLE) -> tuple[dict[str, float], list[str]]:
    log, notes = ProblemLog(), list[str]()
    found = settle_frequencies(table, dict.fromkeys(seen, "somewhere"), policy, log, notes)
    log.raise_if_any()
    return dict(zip(found.alleles, found.frequencies, strict=True)), notes


@pytest.mark.parametrize(
    ("minimum", "frequency"),
    [(0.02, 0.02), (MinimumRule.FIVE_COPIES, 5 / 200), (MinimumRule.UPPER_LIMIT, 3 / 200)],
)
def test_a_new_allele_and_rarer_ones_get_the_minimum_and_the_locus_is_rescaled(minimum, frequency):
    found, notes = settled(FrequencyPolicy(minimum), "11")
    total = 2 * frequency + 0.39 + 0.6
    expected = {"8": frequency / total, "9": 0.39 / total, "10": 0.6 / total, "11": frequency / total}
    assert found == pytest.approx(expected, rel=1e-12)
    assert "minimum frequency" in notes[0]


def test_new_alleles_are_counted_once_each():
    found, notes = settled(FrequencyPolicy(MinimumRule.COUNTED), "11", "12")
    assert found == pytest.approx({"8": 2 / 202, "9": 78 / 202, "10": 120 / 202, "11": 1 / 202, "12": 1 / 202})
    assert "added to the 200 alleles counted" in notes[0]


def test_rare_alleles_are_raised_everywhere_only_when_asked_for():
    assert settled(FrequencyPolicy(MinimumRule.FIVE_COPIES)) == ({"8": 0.01, "9": 0.39, "10": 0.6}, [])
    found, notes = settled(FrequencyPolicy(MinimumRule.FIVE_COPIES, raise_rare=True))
    assert found == pytest.approx({"8": 0.025 / 1.015, "9": 0.39 / 1.015, "10": 0.6 / 1.015}, rel=1e-12)
    assert "1 allele rarer than the minimum frequency 0.025 raised to it" in notes[0]


def test_a_rule_needs_the_number_of_alleles_counted():
    table = FrequencyTable("L", ("8", "9"), (0.4, 0.6), 0.0, "frequencies.csv line 2")
    with pytest.raises(InputError, match="database_size"):
        settled(FrequencyPolicy(MinimumRule.FIVE_COPIES), "10", table=table)


def test_counting_gives_nothing_to_raise_others_to():
    with pytest.raises(InputError, match="--raise-rare"):
        FrequencyPolicy(MinimumRule.COUNTED, raise_rare=True)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [("0.005", 0.005), ("5/2N", MinimumRule.FIVE_COPIES), ("5/(2N)", MinimumRule.FIVE_COPIES), ("count", "count")],
)
def test_a_minimum_is_a_number_or_a_rule(text, meaning):
    assert parse_minimum(text) == meaning


def test_anything_else_is_refused_with_what_may_be_written():
    with pytest.raises(InputError, match=r"5/2N, 3/2N, count"):
        parse_minimum("five")
