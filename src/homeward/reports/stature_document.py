"""Estimates of stature as one JSON object."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from homeward import __version__
from homeward.core.provenance import InputFile
from homeward.osteology.populations import NormalPopulation
from homeward.osteology.profile_settings import profile_version
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Specimens
from homeward.osteology.stature_regression import BoneMeasurement
from homeward.osteology.stature_results import Comparison, NotEstimated, StatureChoices, StatureEstimate, StatureResult
from homeward.reports.documents import Document, json_number


def stature_document(
    result: StatureResult,
    specimens: Specimens,
    reference: ReferenceSample | None,
    inputs: Sequence[InputFile],
    notes: Iterable[str],
) -> Document:
    """Return all estimates with what they were made from and with."""
    return {
        "homeward": __version__,
        "policy": policy_document(result.choices),
        "case": {
            "specimens": len(specimens),
            "subjects": len(result.subjects),
            "reference": None if reference is None else reference.name,
            "reference_people": None if reference is None else len(set(reference.persons)),
            "inputs": [{"name": one.name, "sha256": one.sha256, "bytes": one.n_bytes} for one in inputs],
            "notes": list(dict.fromkeys([*notes, *result.notes])),
        },
        "recorded": None if result.comparison is None else _recorded(result.comparison),
        "estimates": [_estimate(one) for one in result.estimates],
        "set_aside": [_set_aside(one) for one in result.set_aside],
    }


def policy_document(choices: StatureChoices) -> Document:
    """Return every threshold and choice."""
    settings = choices.settings
    return {
        **asdict(settings),
        "version": profile_version(settings),
        "form": choices.form.value,
        "bootstrap": choices.bootstrap,
        "seed": choices.seed,
        "tibia_without_malleolus": choices.tibia_without_malleolus,
        "age_years": choices.age_years,
        "age_correction": choices.age_correction.value,
    }


def _recorded(comparison: Comparison) -> Document:
    recorded, population = comparison.recorded, comparison.population
    if isinstance(population, NormalPopulation):
        mean, sd, n = population.mean, population.sd, None
    else:
        mean, sd, n = float(population.values.mean()), float(population.values.std()), len(population.values)
    return {
        "stature_cm": recorded.stature_cm,
        "expected_cm": recorded.expected_cm,
        "error_sd_cm": recorded.error_sd_cm,
        "rounding": recorded.rounding.value,
        "age_years": recorded.age_years,
        "growth_cm": recorded.growth_cm,
        "population_mean_cm": mean,
        "population_sd_cm": sd,
        "population_people": n,
    }


def _measurements(measurements: Sequence[BoneMeasurement], lengths_mm: Sequence[float]) -> list[Document]:
    return [
        {"code": one.code, "element": one.element, "side": one.side.value, "length_mm": json_number(length)}
        for one, length in zip(measurements, lengths_mm, strict=True)
    ]


def _estimate(one: StatureEstimate) -> Document:
    return {
        "subject": one.subject,
        "preferred": one.preferred,
        "measurements": _measurements(one.measurements, one.lengths_mm),
        "basis": one.basis,
        "equation": one.printed or None,
        "coefficients": None if one.regression is None else one.regression.coefficients.tolist(),
        "residual_sd_cm": None if one.regression is None else json_number(one.regression.residual_sd_cm),
        "n_reference": one.n_reference,
        "df": one.df,
        "stature_cm": json_number(one.stature_cm),
        "sd_cm": json_number(one.sd_cm),
        "lower_cm": json_number(one.lower_cm),
        "upper_cm": json_number(one.upper_cm),
        "level": one.level,
        "interval": one.interval.value,
        "age_loss_cm": json_number(one.age_loss_cm),
        "log10_lr": json_number(one.log10_lr),
        "notes": list(one.notes),
    }


def _set_aside(one: NotEstimated) -> Document:
    return {
        "subject": one.subject,
        "measurements": [
            {"code": each.code, "element": each.element, "side": each.side.value} for each in one.measurements
        ],
        "reason": one.reason,
    }
