"""The JSON objects say everything, and only what JSON can carry."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import numpy as np

from homeward.identification.policy import Policy
from homeward.reports.documents import explain_document, json_number, kinship_document, resolve_document
from tests.unit.reports.cases import ARABIC, LONG, MALICIOUS, make_explanation, make_kinship, make_resolution


def test_a_number_that_json_lacks_is_a_string_or_null():
    values = [1.5, -np.inf, np.inf, np.nan, None]
    assert [json_number(v) for v in values] == [1.5, "-Infinity", "Infinity", None, None]


def test_all_documents_are_strict_json():
    for document in (
        resolve_document(make_resolution()),
        kinship_document(make_kinship()),
        explain_document(make_explanation()),
    ):
        assert json.loads(json.dumps(document, allow_nan=False)) == document


def test_resolving_keeps_the_fixed_keys():
    document = resolve_document(make_resolution())
    assert document["homeward"] == "9.8.7"
    assert {"sample", "missing", "log10_lr", "inconsistencies", "loci"} <= document["pairwise"][0].keys()
    assert {"sample", "missing", "probability", "quality", "error"} <= document["posterior"][0].keys()
    assert document["assignments"][0].keys() == {"pairs", "log10_likelihood", "posterior"}
    conclusion = {"sample", "missing", "verdict", "log10_lr", "log10_glr", "posterior", "reasons"}
    assert conclusion | {"about", "symmetric_samples", "symmetric_missing"} == document["conclusions"][0].keys()


def test_pairwise_rows_cover_every_pairing_and_say_what_was_compared():
    rows = {(row["sample"], row["missing"]): row for row in resolve_document(make_resolution())["pairwise"]}
    assert len(rows) == 4 * 3
    assert rows["S1", "M1"]["log10_lr"] == 5.5
    assert rows["S1", "M1"]["family"] == "Rossi & sons"
    assert rows["S1", ARABIC]["log10_lr"] == "-Infinity"
    assert rows[MALICIOUS, ARABIC]["log10_lr"] is None
    assert rows[MALICIOUS, "M1"]["sex_compatible"] is False
    assert rows[MALICIOUS, "M1"]["loci"] == 1
    assert rows[LONG, ARABIC]["inconsistencies"] == 1
    assert rows[LONG, ARABIC]["sex_log10_lr"] == 0.3


def test_the_posterior_of_each_sample_includes_nobody_and_sums_to_one():
    rows = resolve_document(make_resolution())["posterior"]
    assert [row["missing"] for row in rows if row["sample"] == "S1"] == ["M1", "M2", ARABIC, None]
    assert sum(row["probability"] for row in rows if row["sample"] == "S1") == 1.0
    assert {row["quality"] for row in rows} == {"exact"}


def test_an_assignment_names_everybody_and_null_for_nobody():
    pairs = resolve_document(make_resolution())["assignments"][0]["pairs"]
    assert pairs == {"S1": "M1", "S2": "M2", LONG: ARABIC, MALICIOUS: None}


def test_the_case_carries_digests_and_each_note_once():
    case = resolve_document(make_resolution())["case"]
    assert case["inputs"] == [{"name": "case <1>.fam", "sha256": "ab" * 32, "bytes": 12345}]
    assert len(case["notes"]) == 2
    assert (case["samples"], case["missing"], case["families"], case["loci"]) == (4, 3, 2, 2)


def test_every_field_of_the_policy_is_there():
    policy = resolve_document(make_resolution())["policy"]
    assert list(policy) == [field.name for field in fields(Policy)]
    assert policy["sex"] == "filter"
    assert policy["n_candidates"] is None


def test_an_infinite_threshold_is_a_string():
    resolution = replace(make_resolution(), policy=Policy(identified_log10_glr=np.inf))
    assert resolve_document(resolution)["policy"]["identified_log10_glr"] == "Infinity"


def test_kinship_compares_with_the_last_hypothesis_locus_by_locus():
    document = kinship_document(make_kinship())
    first, last = document["hypotheses"]
    assert document["reference"] == last["name"] == "unrelated"
    assert first["log10_likelihood"] == "-Infinity"
    assert (last["log10_likelihood"], last["log10_lr"], last["prior"], last["posterior"]) == (-9.0, 0.0, 0.75, 1.0)
    assert document["loci"][1] == {
        "locus": "TH01",
        "log10_likelihood": {"full sibs": "-Infinity", "unrelated": -5.0},
        "notes": ["Impossible under 'full sibs'."],
    }


def test_an_explanation_gives_each_locus_with_its_genotypes():
    document = explain_document(make_explanation())
    assert (document["sample"], document["missing"], document["family"]) == ("S1", "M1", "Rossi & sons")
    typed, untyped = document["loci"]
    assert typed["sample_genotype"] == ["14", "15"]
    assert typed["relatives"] == {"Father": ["14", "15"]}
    assert untyped["sample_genotype"] is None
    assert untyped["log10_probability_related"] is None
    assert document["pedigree"][2] == {"id": "M1", "father": "Father", "mother": "Mother", "sex": "male"}
