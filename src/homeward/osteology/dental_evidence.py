"""Ante- and post-mortem charts compared tooth by tooth, and what their agreement is worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import betaincinv

from homeward.core.arrays import BoolArray
from homeward.core.errors import InputError, Problem
from homeward.osteology.dental_charts import (
    MISSING_TOOTH,
    RESTORED,
    THIRD_MOLARS,
    UNOBSERVED,
    VIRGIN,
    WITHOUT_THIRD_MOLARS,
    CodeArray,
    DentalCharts,
    generic,
)
from homeward.osteology.profile_settings import ProfileSettings


class ToothResult(StrEnum):
    """What one tooth says.

    An explainable discrepancy is what time can do: a tooth filled, filled more, or lost since the chart was made. An
    unexplainable one cannot happen: a tooth that was missing or filled and is sound. (Adams 2003, J. Forensic Sci.
    48:487.)
    """

    AGREES = "agrees"
    EXPLAINABLE = "explainable"
    UNEXPLAINABLE = "unexplainable"
    NOT_COMPARED = "not compared"


class Explainable(StrEnum):
    """What is done with explainable teeth when their pattern is looked for in a reference."""

    LEFT_OUT = "left out"
    BOTH_WAYS = "both ways"


@dataclass(frozen=True, slots=True)
class PatternFrequency:
    """How often a pattern of teeth is found.

    n_matches, n_reference: people of the reference who have it, and all of them. frequency: (x + 1) / (N + 1).
    upper: upper confidence bound of the frequency (Clopper & Pearson 1934). n_teeth: in the pattern.
    """

    n_matches: int
    n_reference: int
    frequency: float
    upper: float
    n_teeth: int


@dataclass(frozen=True, slots=True)
class DentalComparison:
    """Two charts compared.

    results: of each of 32 teeth. log10_lr: of the post-mortem chart; log10_lr_lower with the upper bound of the
    frequency; log10_lr_most what the reference could give at most, with no match among its people.
    """

    results: tuple[ToothResult, ...]
    n_agreeing: int
    n_explainable: int
    n_unexplainable: int
    pattern: PatternFrequency
    log10_lr: float
    log10_lr_lower: float
    log10_lr_most: float


def compare_teeth(antemortem: CodeArray, postmortem: CodeArray) -> tuple[ToothResult, ...]:
    """Compare two charts of (32,) codes tooth by tooth; the first must be the earlier one.

    Surfaces are compared where both charts give them, otherwise only whether a tooth is restored. A missing third molar
    may have been there unerupted: one that is seen later is explainable. A tooth lost after death is to be charted
    as not observed.
    """
    return tuple(
        _compare(int(before), int(after), is_third_molar=i in THIRD_MOLARS)
        for i, (before, after) in enumerate(zip(antemortem, postmortem, strict=True))
    )


def matches(pattern: CodeArray, reference: DentalCharts, teeth: Sequence[int]) -> BoolArray:
    """Return (n,): which people of a reference have a pattern on some teeth.

    A tooth that was not observed, in the pattern or in the reference, is a wild card. A tooth of the pattern that is R
    matches every restored tooth, and a reference that says R matches every restored tooth of the pattern.
    """
    rows = np.arange(len(reference))  # of those who have every tooth so far: soon few, so that looking on is quick
    for tooth in teeth:
        code = pattern[tooth]
        if code == UNOBSERVED:
            continue
        column = reference.codes[rows, tooth]
        same = (column == code) | (column == UNOBSERVED)
        if code == RESTORED:
            same |= generic(column) == RESTORED
        elif code not in (VIRGIN, MISSING_TOOTH):
            same |= column == RESTORED
        rows = rows[same]
    found = np.zeros(len(reference), dtype=bool)
    found[rows] = True
    return found


def pattern_frequency(
    pattern: CodeArray, reference: DentalCharts, teeth: Sequence[int], *, confidence: float
) -> PatternFrequency:
    """Return how often a pattern of some teeth is found: (x + 1) / (N + 1), as in OdontoSearch 3.0."""
    n_matches = int(matches(pattern, reference, teeth).sum())
    n = len(reference)
    upper = 1.0 if n_matches == n else float(betaincinv(n_matches + 1, n - n_matches, confidence))
    n_teeth = sum(int(pattern[tooth] != UNOBSERVED) for tooth in teeth)
    return PatternFrequency(n_matches, n, (n_matches + 1) / (n + 1), upper, n_teeth)


def teeth_log10_lr(n_compared: int, n_contradictions: int, frequency: float, *, tooth_error: float) -> float:
    """Return log10 of (1 - e)^(T - k) e^k / frequency.

    Parameters
    ----------
    n_compared, n_contradictions : int
        T teeth that agree or contradict, k of them contradict.
    frequency : float
        Of the post-mortem pattern of those teeth, in (0, 1].
    tooth_error : float
        Chance that the record of one tooth is wrong; an exclusion by one tooth holds only as far as charts are right.
    """
    agreeing = n_compared - n_contradictions
    return agreeing * math.log10(1.0 - tooth_error) + n_contradictions * math.log10(tooth_error) - math.log10(frequency)


def compare_charts(
    antemortem: CodeArray,
    postmortem: CodeArray,
    reference: DentalCharts,
    *,
    teeth: Sequence[int] = WITHOUT_THIRD_MOLARS,
    explainable: Explainable = Explainable.LEFT_OUT,
    settings: ProfileSettings | None = None,
) -> DentalComparison:
    """Compare two charts and return the LR.

    H1: both charts are of one person. H2: the post-mortem chart is of somebody like the people of the reference.
    The pattern looked for is that of the post-mortem chart. People of today have fewer fillings and extractions than
    those of 1950: where the charts of the list in question exist, use them as the reference.

    Parameters
    ----------
    antemortem, postmortem : (32,) uint8 arrays
        Codes from :func:`homeward.osteology.dental_charts.chart_of`.
    reference : DentalCharts
        People in whom the pattern is looked for.
    teeth : sequence of int
        Positions that are used; third molars are left out, as in OdontoSearch, unless asked for.
    explainable : Explainable
        Leave explainable teeth out of the pattern, or look for the pattern with what they are and again with what they
        were, and keep the larger frequency.

    Raises
    ------
    InputError
        The reference is empty, or no tooth can be compared.
    """
    settings = settings or ProfileSettings()
    results = compare_teeth(antemortem, postmortem)
    used = [tooth for tooth in teeth if results[tooth] in (ToothResult.AGREES, ToothResult.UNEXPLAINABLE)]
    unsure = [tooth for tooth in teeth if results[tooth] is ToothResult.EXPLAINABLE]
    if len(reference) == 0 or not used + unsure:
        raise InputError(
            Problem(
                "No tooth was observed in both charts." if len(reference) else "The reference has nobody.",
                "dental charts",
                "Chart more teeth, or give a reference with people.",
            )
        )
    pattern = _frequency(antemortem, postmortem, reference, used, unsure, explainable, settings)
    n_bad = sum(results[tooth] is ToothResult.UNEXPLAINABLE for tooth in used)
    lr, lower, most = (
        teeth_log10_lr(len(used), n_bad, frequency, tooth_error=settings.tooth_error)
        for frequency in (pattern.frequency, pattern.upper, 1.0 / (len(reference) + 1))
    )
    return DentalComparison(results, len(used) - n_bad, len(unsure), n_bad, pattern, lr, lower, most)


def _frequency(
    antemortem: CodeArray,
    postmortem: CodeArray,
    reference: DentalCharts,
    used: Sequence[int],
    unsure: Sequence[int],
    explainable: Explainable,
    settings: ProfileSettings,
) -> PatternFrequency:
    """Frequency of the pattern of the teeth that are used, with the explainable ones as they are to be treated."""
    confidence = settings.dental_confidence
    seen = np.where(antemortem == RESTORED, generic(postmortem), postmortem).astype(np.uint8)
    if explainable is Explainable.LEFT_OUT or not unsure:
        return pattern_frequency(seen, reference, used, confidence=confidence)
    before = seen.copy()
    before[list(unsure)] = antemortem[list(unsure)]
    both = [pattern_frequency(one, reference, [*used, *unsure], confidence=confidence) for one in (seen, before)]
    return max(both, key=lambda one: one.frequency)


def _compare(before: int, after: int, *, is_third_molar: bool) -> ToothResult:
    if UNOBSERVED in (before, after):
        return ToothResult.NOT_COMPARED
    if before == after:
        return ToothResult.AGREES
    if after == MISSING_TOOTH or before == VIRGIN:
        return ToothResult.EXPLAINABLE
    if before == MISSING_TOOTH:
        return ToothResult.EXPLAINABLE if is_third_molar else ToothResult.UNEXPLAINABLE
    if after == VIRGIN:
        return ToothResult.UNEXPLAINABLE
    if RESTORED in (before, after):
        return ToothResult.AGREES
    return ToothResult.EXPLAINABLE if before & after == before else ToothResult.UNEXPLAINABLE
