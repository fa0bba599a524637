"""How stature, age, sex and teeth are weighed: every threshold and choice in one place."""

from __future__ import annotations

import math
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.osteology.reference import SMALLEST_REFERENCE
from homeward.osteology.stature_choices import LEVEL, RECORD_ERROR


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """Thresholds and choices of the biological profile; a new version for every change of a default.

    level: probability content of intervals.
    smallest_reference: people who must have everything that is used; fewer are refused (OsteoSort 2.0 and SID ask for
        10).
    people_per_bone: people that a multiple regression must have for each of its bones. 10 to 20 is the usual rule
        (Harrell, Regression Modeling Strategies, 2001, section 4.4).
    bootstrap_below, bootstrap_draws: where the reference has fewer people than this, an interval can be taken from this
        many residual bootstraps (the defaults of SID, the stature program of the DPAA).
    record_error: chance that a record made by people is wrong altogether. It is kept at 0.001 or more so that no soft
        evidence alone can veto DNA.
    tooth_error: chance that the record of one tooth is wrong; published rates of charting errors are 0.01 to 0.05.
    dental_confidence: of the upper bound of a pattern's frequency, and so of the lower bound of its LR.
    """

    version: str = "2026.1"
    level: float = LEVEL
    smallest_reference: int = SMALLEST_REFERENCE
    people_per_bone: int = 10
    bootstrap_below: int = 100
    bootstrap_draws: int = 5000
    record_error: float = RECORD_ERROR
    tooth_error: float = 0.02
    dental_confidence: float = 0.95


LEAST_RECORD_ERROR = 0.001


def check_profile_settings(settings: ProfileSettings) -> None:
    """Refuse thresholds that make no sense, all of them at once.

    Raises
    ------
    InputError
        A probability is out of its range, or a number of people or draws is too small.
    """
    log = ProblemLog()
    for name, value, low, high in (
        ("level", settings.level, 0.5, 0.9999),
        ("record error", settings.record_error, LEAST_RECORD_ERROR, 0.5),
        ("tooth error", settings.tooth_error, LEAST_RECORD_ERROR, 0.5),
        ("dental confidence", settings.dental_confidence, 0.5, 0.9999),
        ("smallest reference", settings.smallest_reference, SMALLEST_REFERENCE, 1e9),
        ("people per bone", settings.people_per_bone, 2, 1e9),
        ("bootstrap draws", settings.bootstrap_draws, 1000, 1e6),
    ):
        if not low <= value <= high:
            log.add(f"{value:g} is not from {low:g} to {high:g}.", where=name, fix="Give a value in this range.")
    log.raise_if_any()


def most_log10_lr(n_people: int) -> float:
    """Return the cap on either side of a log10 LR that rests on so many people of a reference.

    n people have seen nothing rarer than one in n, so that the tails of a fitted distribution are not believed beyond
    that; the sorting of bones has the same rule.
    """
    return math.log10(n_people)


def profile_version(settings: ProfileSettings) -> str:
    """Return the version of the settings, marked if anything was chosen otherwise than published."""
    return settings.version if settings == ProfileSettings() else f"{settings.version}, changed"
