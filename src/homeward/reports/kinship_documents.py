"""Explained LRs of pedigrees and what they hang on as JSON; ``docs/json-results.md`` describes the keys."""

from __future__ import annotations

import math
from collections.abc import Iterable

from homeward.identification.kinship_explanation import KinshipExplanation, KinshipLocus
from homeward.identification.kinship_sensitivity import KinshipSensitivity, LeftOut, Setting
from homeward.identification.results import KinshipResult
from homeward.reports.documents import Document, json_number, kinship_document


def explained_kinship_document(
    result: KinshipResult,
    explanations: Iterable[KinshipExplanation] = (),
    sensitivity: KinshipSensitivity | None = None,
) -> Document:
    """Return the comparison of competing pedigrees as one JSON object, with what was asked for besides."""
    return kinship_document(result) | {
        "explanations": [explanation_document(one) for one in explanations],
        "sensitivity": None if sensitivity is None else sensitivity_document(sensitivity),
    }


def explanation_document(explanation: KinshipExplanation) -> Document:
    """Return one explained LR."""
    name, reference = explanation.names
    strongest, weakest = explanation.strongest, explanation.weakest
    return {
        "hypothesis": name,
        "reference": reference,
        "log10_lr": json_number(explanation.log10_lr),
        "pairs": [
            {"first": p.first, "second": p.second, "hypothesis": p.hypothesis, "reference": p.reference}
            for p in explanation.pairs
        ],
        "strongest_locus": None if strongest is None else strongest.locus,
        "weakest_locus": None if weakest is None else weakest.locus,
        "impossible_loci": list(explanation.impossible),
        "loci": [_locus(locus) for locus in explanation.loci if locus.is_typed],
    }


def _locus(locus: KinshipLocus) -> Document:
    return {
        "locus": locus.locus,
        "chromosome": locus.chromosome,
        "genotypes": {person: list(pair) for person, pair in locus.genotypes.items()},
        "log10_likelihood": json_number(locus.log10_likelihood),
        "log10_reference": json_number(locus.log10_reference),
        "log10_lr": json_number(locus.log10_lr),
        "needs": list(locus.needs),
        "reference_needs": list(locus.reference_needs),
        "frequencies": {allele: json_number(f) for allele, f in locus.frequencies.items()},
        "alleles_counted": locus.n_counted,
        "minimum_frequency": json_number(locus.minimum_frequency),
        "female_mutation": locus.female_mutation,
        "male_mutation": locus.male_mutation,
        "formula": [] if locus.formula is None else list(locus.formula.lines),
        "log10_lr_without_mutation": json_number(locus.log10_lr_without_mutation),
    }


def sensitivity_document(sensitivity: KinshipSensitivity) -> Document:
    """Return what the LRs hang on."""
    names = sensitivity.names[:-1]
    return {
        "settings": [_setting(setting, names) for setting in sensitivity.settings],
        "one_locus_left_out": [_left_out(one) for one in sensitivity.left_out],
    }


def _setting(setting: Setting, names: tuple[str, ...]) -> Document:
    values: Iterable[float] = (
        [math.nan] * len(names) if setting.log10_lr is None else setting.log10_lr[: len(names)].tolist()
    )
    return {
        "varied": setting.varied.value,
        "setting": setting.label,
        "as_computed": setting.is_own,
        "log10_lr": {name: json_number(value) for name, value in zip(names, values, strict=True)},
        "problem": setting.problem or None,
    }


def _left_out(one: LeftOut) -> Document:
    return {
        "hypothesis": one.hypothesis,
        "lowest": {"without": one.lowest[0], "log10_lr": json_number(one.lowest[1])},
        "highest": {"without": one.highest[0], "log10_lr": json_number(one.highest[1])},
    }
