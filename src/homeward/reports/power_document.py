"""Power as one JSON object; ``docs/json-results.md`` describes every key."""

from __future__ import annotations

from dataclasses import asdict

from homeward.genetics.prediction import PredictedGenotypes, rank_profiles
from homeward.genetics.simulation.lr_power import QUANTILES, Power
from homeward.identification.policy import Policy
from homeward.identification.power_results import ComparisonPower, MissingPower, PowerResult, PowerSettings
from homeward.reports.documents import Document, case_document, json_number, policy_document

MOST_GENOTYPES = 3
"""Genotypes that are listed for each locus, the most probable first."""
MOST_PROFILES = 5


def power_document(result: PowerResult) -> Document:
    """Return the power of the families of a case, or of its comparison, as one JSON object."""
    return {
        "homeward": result.software_version,
        "case": case_document(result.case, result.inputs, result.notes),
        "policy": policy_document(result.policy),
        "settings": asdict(result.settings),
        "theta": result.case.panel.theta,
        "population": result.case.population or None,
        "missing": [_missing(one, result) for one in result.missing],
        "comparison": None if result.comparison is None else _comparison(result.comparison, result),
    }


def _missing(one: MissingPower, result: PowerResult) -> Document:
    loci = result.case.panel.loci
    names = [
        [tuple(locus.allele_name(int(i)) for i in pair) for pair in of.alleles]
        for locus, of in zip(loci, one.predicted, strict=True)
    ]
    return {
        "missing": one.missing,
        "family": one.family.id,
        "typed": list(one.typed),
        "present": _power(one.present.power, result.policy, result.settings),
        "next": [
            {"relatives": list(of.relatives), **_power(of.power, result.policy, result.settings)}
            for of in one.next_sets
        ],
        "predicted": [
            {
                "locus": of.locus,
                "genotypes": [
                    {"alleles": list(pair), "probability": json_number(float(probability))}
                    for pair, probability in list(zip(pairs, of.probability, strict=True))[:MOST_GENOTYPES]
                ],
            }
            for pairs, of in zip(names, one.predicted, strict=True)
        ],
        "profiles": _profiles(one.predicted, names),
    }


def _profiles(predicted: tuple[PredictedGenotypes, ...], names: list[list[tuple[str, ...]]]) -> list[Document]:
    return [
        {
            "log10_probability": json_number(profile.log10_probability),
            "genotypes": {
                of.locus: list(pairs[place])
                for of, pairs, place in zip(predicted, names, profile.genotypes, strict=True)
            },
        }
        for profile in rank_profiles(predicted, MOST_PROFILES)
    ]


def _comparison(one: ComparisonPower, result: PowerResult) -> Document:
    return {
        "h1": one.h1,
        "h2": one.h2,
        "people": list(one.people),
        "typed": list(one.typed),
        **_power(one.power, result.policy, result.settings),
    }


def _power(power: Power, policy: Policy, settings: PowerSettings) -> Document:
    chance, chance_error = power.chance_inclusion(settings.log10_threshold)
    return {
        "expected_log10_lr": json_number(power.total_expected_log10_lr),
        "expected_log10_lr_h2": json_number(float(power.expected_log10_lr_h2.sum())),
        "log10_expected_lr": json_number(float(power.log10_expected_lr.sum())),
        "inclusion_power": json_number(power.inclusion_power(settings.log10_threshold)),
        "chance_inclusion": json_number(chance),
        "chance_inclusion_error": json_number(chance_error),
        "exclusion_power": json_number(power.total_exclusion_power),
        "policy_exclusion_power": json_number(power.more_exclusions_than(policy.max_inconsistencies)),
        "expected_exclusions": json_number(power.expected_exclusions),
        "exclusion_counts": [json_number(float(probability)) for probability in power.exclusion_counts()],
        "h1_quantiles": _quantiles(power.quantiles_h1.tolist()),
        "h2_quantiles": _quantiles(power.quantiles_h2.tolist()),
        "exact": bool(power.is_exact.all()),
        "loci": [
            {
                "locus": locus,
                "expected_log10_lr": json_number(float(power.expected_log10_lr_h1[i])),
                "expected_log10_lr_h2": json_number(float(power.expected_log10_lr_h2[i])),
                "log10_expected_lr": json_number(float(power.log10_expected_lr[i])),
                "exclusion_power": json_number(float(power.exclusion_power[i])),
                "exact": bool(power.is_exact[i]),
            }
            for i, locus in enumerate(power.loci)
        ],
    }


def _quantiles(values: list[float]) -> Document:
    return {f"{100 * share:g}%": json_number(value) for share, value in zip(QUANTILES, values, strict=True)}
