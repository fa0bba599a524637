"""The check of families as one JSON object; ``docs/json-results.md`` describes every key."""

from __future__ import annotations

from dataclasses import asdict

from homeward.core.arrays import FloatArray
from homeward.identification.checking.corrections import Correction
from homeward.identification.checking.pairs import PairCheck
from homeward.identification.checking.results import CheckResult, FamilyCheck
from homeward.reports.documents import Document, case_document, json_number


def check_document(result: CheckResult) -> Document:
    """Return the check of a case as one JSON object."""
    return {
        "homeward": result.software_version,
        "case": case_document(result.case, result.inputs, result.notes),
        "settings": asdict(result.settings),
        "serious": result.is_serious,
        "findings": [
            {
                "grade": finding.grade.value,
                "kind": finding.kind.value,
                "families": list(finding.families),
                "people": list(finding.people),
                "text": finding.text,
            }
            for finding in result.findings
        ],
        "families": [_family(family) for family in result.families],
        "corrections_tried": result.n_corrections,
        "pairs_compared": result.pairs.n_compared,
        "pair_tests": result.pairs.n_tests,
        "across_families": result.pairs.across_families,
        "pairs": [_pair(pair) for pair in result.pairs.pairs],
    }


def _family(check: FamilyCheck) -> Document:
    return {
        "family": check.family.id,
        "hypothesis": check.is_hypothesis,
        "people": len(check.family.pedigree),
        "typed": check.n_typed,
        "log10_likelihood": json_number(check.log10_likelihood),
        "errors": [
            {
                "locus": error.locus,
                "people": list(error.people),
                "genotypes": [list(genotype) for genotype in error.genotypes],
                "mutations": error.mutations,
                "log10_likelihood": json_number(error.log10_likelihood),
            }
            for error in check.errors
        ],
        "sexes": [
            {
                "person": one.person,
                "recorded": one.recorded.name.lower(),
                "shown": one.shown.name.lower(),
                "evidence": one.evidence,
                "disagrees": one.disagrees,
            }
            for one in check.sexes
        ],
        "corrections": [_correction(one) for one in check.corrections],
    }


def _correction(one: Correction) -> Document:
    return {
        "rank": one.rank,
        "kind": one.kind.value,
        "people": list(one.people),
        "other_family": one.other_family,
        "words": one.words,
        "log10_gain": json_number(one.log10_gain),
        "log10_gain_without_mutation": json_number(one.log10_gain_without_mutation),
        "errors_left": one.errors_left,
        "bound": json_number(one.bound),
    }


def _pair(pair: PairCheck) -> Document:
    return {
        "first": {"family": pair.first.family_id, "person": pair.first.id},
        "second": {"family": pair.second.family_id, "person": pair.second.id},
        "stated": pair.stated,
        "stated_kappa": _numbers(pair.stated_kappa),
        "loci": pair.n_loci,
        "same": pair.n_same,
        "kappa": _numbers(pair.kappa),
        "kappa_low": None if pair.kappa_interval is None else _numbers(pair.kappa_interval[0]),
        "kappa_high": None if pair.kappa_interval is None else _numbers(pair.kappa_interval[1]),
        "log10_likelihood": json_number(pair.log10_likelihood),
        "log10_lr": {name: json_number(value) for name, value in pair.log10_lr.items()},
        "log10_glr": json_number(pair.log10_glr),
        "p_value": json_number(pair.p_value),
        "best": pair.best,
        "best_log10_lr": json_number(pair.best_log10_lr),
        "plausible": [{"name": one.name, "posterior": json_number(one.posterior)} for one in pair.plausible],
        "bound": json_number(pair.bound),
        "grade": None if pair.grade is None else pair.grade.value,
    }


def _numbers(values: FloatArray | None) -> list[float | str | None] | None:
    return None if values is None else [json_number(float(value)) for value in values]
