"""Stature from one or several bones of one person, from published equations or from a reference sample."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from statistics import NormalDist

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Specimens
from homeward.osteology.stature_choices import AgeCorrection, Interval
from homeward.osteology.stature_equations import TIBIA, PublishedLine, tibia_refusal
from homeward.osteology.stature_evidence import (
    ADULT_AGE,
    BonesGivenStature,
    bones_log10_lr,
    estimate_log10_lr,
    fit_bones_given_stature,
)
from homeward.osteology.stature_regression import (
    BoneMeasurement,
    KnownPeople,
    StatureRegression,
    bootstrap_stature,
    fit_stature,
    predict_stature,
)
from homeward.osteology.stature_results import (
    Comparison,
    NotEstimated,
    StatureChoices,
    StatureEstimate,
    StatureResult,
    Subject,
    check_choices,
)


def subjects_of(
    specimens: Specimens, codes: Sequence[str], *, individuals: Sequence[str] = (), together: bool = False
) -> tuple[Subject, ...]:
    """Return the people whose bones these are, with their measurements of some codes.

    Parameters
    ----------
    codes : sequence of str
        Measurements to use, such as the maximum lengths.
    individuals : sequence of str
        Name of the person of each specimen, "" where not known; a bone without one is a person of its own.
    together : bool
        All bones are of one person.

    Raises
    ------
    InputError
        One person has the same measurement of the same bone and side twice.
    """
    log = ProblemLog()
    known = [(code, specimens.codes.index(code)) for code in codes if code in specimens.codes]
    people: dict[str, dict[BoneMeasurement, float]] = {}
    for i, (name, element, side) in enumerate(zip(specimens.ids, specimens.elements, specimens.sides, strict=True)):
        own = f"{name} ({side} {element})"
        person = "all bones" if together else (individuals[i] if individuals and individuals[i] else own)
        lengths = people.setdefault(person, {})
        for code, column in known:
            value = float(specimens.measurements_mm[i, column])
            measurement = BoneMeasurement(element, side, code)
            if np.isnan(value):
                continue
            if measurement in lengths:
                log.add(
                    f"There is a second {side} {element} of one person.",
                    where=f"{person}, {own}",
                    fix="Sort the bones first, or name the person of each in a column 'individual'.",
                )
            lengths[measurement] = value
    log.raise_if_any()
    return tuple(Subject(name, tuple(lengths.items())) for name, lengths in people.items())


def from_published_lines(
    subjects: Iterable[Subject],
    lines: Sequence[PublishedLine],
    choices: StatureChoices | None = None,
    comparison: Comparison | None = None,
) -> StatureResult:
    """Estimate stature with published equations.

    Of several estimates of one person that with the least error is preferred. They are never averaged: they rest on
    bones that depend on each other. Intervals are normal, with the printed error; they leave out that the equation
    itself was estimated.
    """
    choices = choices or StatureChoices()
    check_choices(choices)
    estimates: list[StatureEstimate] = []
    set_aside: list[NotEstimated] = []
    for subject in subjects:
        own: list[StatureEstimate] = []
        refused: list[NotEstimated] = []
        for line in lines:
            sides = [_both_sides(subject, code) for code in line.measurements]
            if not all(sides):
                continue
            used = {one: length_mm for side in sides for one, length_mm in side.items()}
            if line.tibia_without_malleolus and TIBIA in line.measurements and not choices.tibia_without_malleolus:
                refused.append(NotEstimated(subject.name, tuple(used), tibia_refusal(line)))
                continue
            length_mm = sum(sum(side.values()) / len(side) for side in sides)
            own.append(_published(subject.name, used, length_mm, line, choices, comparison))
        if not own and not refused:
            reason = "None of the equations is for what was measured."
            refused.append(NotEstimated(subject.name, tuple(one for one, _ in subject.lengths_mm), reason))
        estimates += _with_preferred(own, _least_error(own))
        set_aside += refused
    return _result(estimates, set_aside, choices, comparison)


def check_has_statures(reference: ReferenceSample) -> None:
    """Refuse a reference from which no stature can be estimated.

    Raises
    ------
    InputError
        Nobody in it has a stature.
    """
    if np.isnan(reference.stature_cm).all():
        fix = "Name one with a column Stature in cm, or choose published equations."
        raise InputError(Problem("Nobody in this reference has a stature.", reference.name, fix))


def from_reference(
    subjects: Iterable[Subject],
    reference: ReferenceSample,
    choices: StatureChoices | None = None,
    comparison: Comparison | None = None,
) -> StatureResult:
    """Estimate stature by regression on a reference: each bone alone, and all bones of a person in one regression.

    Bones of one person depend on each other, so several are never multiplied as if they were independent. Where the
    reference has too few people with all of them, the most bones are used for which it has enough.

    Raises
    ------
    InputError
        Choices contradict each other, or nobody in the reference has a stature.
    """
    choices = choices or StatureChoices()
    check_choices(choices)
    check_has_statures(reference)
    fits = _Fits(reference, choices)
    estimates: list[StatureEstimate] = []
    set_aside: list[NotEstimated] = []
    for subject in subjects:
        own: list[StatureEstimate] = []
        usable: dict[BoneMeasurement, float] = {}
        if not subject.lengths_mm:
            set_aside.append(NotEstimated(subject.name, (), "None of the measurements was taken."))
        for measurement, length_mm in subject.lengths_mm:
            try:
                own.append(fits.estimate(subject.name, {measurement: length_mm}, comparison))
                usable[measurement] = length_mm
            except InputError as error:
                reason = " ".join(f"{problem.where}: {problem.what}" for problem in error.problems)
                set_aside.append(NotEstimated(subject.name, (measurement,), reason))
        joint = fits.largest(usable) if len(usable) > 1 else ()
        if len(joint) > 1:
            left_out = tuple(one for one in usable if one not in joint)
            own.append(fits.estimate(subject.name, {one: usable[one] for one in joint}, comparison, left_out))
            estimates += _with_preferred(own, own[-1])
        else:
            estimates += _with_preferred(own, _least_error(own))
    return _result(estimates, set_aside, choices, comparison)


class _Fits:
    """Regressions on one reference, each made once."""

    def __init__(self, reference: ReferenceSample, choices: StatureChoices) -> None:
        self.reference, self.choices = reference, choices
        self.rng = np.random.default_rng(choices.seed)
        self._fits: dict[tuple[BoneMeasurement, ...], StatureRegression] = {}
        self.people = KnownPeople(reference)
        self._bones: dict[tuple[BoneMeasurement, ...], BonesGivenStature] = {}

    def fit(self, measurements: tuple[BoneMeasurement, ...]) -> StatureRegression:
        if measurements not in self._fits:
            self._fits[measurements] = fit_stature(
                self.people.with_all(measurements), form=self.choices.form, settings=self.choices.settings
            )
        return self._fits[measurements]

    def bones(self, measurements: tuple[BoneMeasurement, ...]) -> BonesGivenStature:
        if measurements not in self._bones:
            self._bones[measurements] = fit_bones_given_stature(self.people.with_all(measurements))
        return self._bones[measurements]

    def largest(self, usable: dict[BoneMeasurement, float]) -> tuple[BoneMeasurement, ...]:
        """The most measurements, one side of each, that enough people have; of several such sets the best known."""
        one_side: dict[str, BoneMeasurement] = {}
        for one in usable:
            other = one_side.get(one.code)
            if other is None or len(self.people.with_all((one,))) > len(self.people.with_all((other,))):
                one_side[one.code] = one
        chosen = tuple(one_side.values())
        for size in range(len(chosen), 1, -1):
            able = [subset for subset in combinations(chosen, size) if self._can_fit(subset)]
            if able:
                return max(able, key=lambda subset: len(self.people.with_all(subset)))
        return ()

    def _can_fit(self, measurements: tuple[BoneMeasurement, ...]) -> bool:
        try:
            self.fit(measurements)
        except InputError:
            return False
        return True

    def estimate(
        self,
        subject: str,
        lengths_mm: dict[BoneMeasurement, float],
        comparison: Comparison | None,
        left_out: tuple[BoneMeasurement, ...] = (),
    ) -> StatureEstimate:
        """One estimate; InputError if the reference cannot give it."""
        settings = self.choices.settings
        measurements = tuple(lengths_mm)
        regression = self.fit(measurements)
        lengths = np.array(list(lengths_mm.values()))
        if self.choices.bootstrap and regression.n < settings.bootstrap_below:
            prediction = bootstrap_stature(
                regression, lengths, level=settings.level, draws=settings.bootstrap_draws, rng=self.rng
            )
        else:
            prediction = predict_stature(regression, lengths, level=settings.level)
        notes = [f"Not used together with the others: {one}." for one in left_out]
        if not _is_within(regression, lengths):
            notes.append("The bones are smaller or larger than any of the reference: the line is extended beyond it.")
        log10_lr = None
        if comparison is not None:
            log10_lr = bones_log10_lr(
                self.bones(measurements),
                lengths,
                comparison.recorded,
                comparison.population,
                record_error=settings.record_error,
            )
        loss = self.choices.age_loss_cm
        return StatureEstimate(
            subject=subject,
            measurements=measurements,
            lengths_mm=tuple(lengths_mm.values()),
            basis=self.reference.name,
            printed="",
            n_reference=regression.n,
            df=regression.df,
            stature_cm=prediction.stature_cm - loss,
            sd_cm=prediction.sd_cm,
            lower_cm=prediction.lower_cm - loss,
            upper_cm=prediction.upper_cm - loss,
            level=prediction.level,
            interval=prediction.interval,
            age_loss_cm=loss,
            log10_lr=log10_lr,
            notes=tuple(notes),
            regression=regression,
        )


def _is_within(regression: StatureRegression, lengths_mm: FloatArray) -> bool:
    low, high = regression.people.lengths_mm.min(axis=0), regression.people.lengths_mm.max(axis=0)
    return bool(((lengths_mm >= low) & (lengths_mm <= high)).all())


def _published(
    subject: str,
    lengths_mm: Mapping[BoneMeasurement, float],
    length_mm: float,
    line: PublishedLine,
    choices: StatureChoices,
    comparison: Comparison | None,
) -> StatureEstimate:
    settings, loss = choices.settings, choices.age_loss_cm
    stature, sd = line.stature_cm(length_mm), line.error_sd_cm
    half = NormalDist().inv_cdf((1.0 + settings.level) / 2.0) * sd
    notes = [f"The figures of this equation are {line.verified}: check them against the paper before casework."]
    notes += [f"{line.note[:1].upper()}{line.note[1:]}."] if line.note else []
    log10_lr = None
    if comparison is not None:
        log10_lr = estimate_log10_lr(
            stature, sd, comparison.recorded, comparison.population, record_error=settings.record_error
        )
    return StatureEstimate(
        subject=subject,
        measurements=tuple(lengths_mm),
        lengths_mm=tuple(lengths_mm.values()),
        basis=f"{line.source}; {line.group}, {line.sex}",
        printed=line.printed(),
        n_reference=line.n,
        df=None,
        stature_cm=stature - loss,
        sd_cm=sd,
        lower_cm=stature - loss - half,
        upper_cm=stature - loss + half,
        level=settings.level,
        interval=Interval.NORMAL,
        age_loss_cm=loss,
        log10_lr=log10_lr,
        notes=tuple(notes),
        regression=None,
    )


def _both_sides(subject: Subject, code: str) -> dict[BoneMeasurement, float]:
    """The measurement on each side on which it was taken; published equations are for the mean of both."""
    return {one: length_mm for one, length_mm in subject.lengths_mm if one.code == code}


def _with_preferred(estimates: Sequence[StatureEstimate], preferred: StatureEstimate | None) -> list[StatureEstimate]:
    return [replace(one, preferred=one is preferred) for one in estimates]


def _least_error(estimates: Sequence[StatureEstimate]) -> StatureEstimate | None:
    return min(estimates, key=lambda one: one.sd_cm, default=None)


def _result(
    estimates: Sequence[StatureEstimate],
    set_aside: Sequence[NotEstimated],
    choices: StatureChoices,
    comparison: Comparison | None,
) -> StatureResult:
    notes = []
    if choices.age_loss_cm > 0:
        notes.append(f"{choices.age_loss_cm:.2f} cm is taken off for age ({choices.age_correction}).")
    elif choices.age_years is not None and choices.age_correction is AgeCorrection.NONE:
        notes.append("Nothing is taken off for age: no correction was chosen.")
    if comparison is not None:
        recorded = comparison.recorded
        if recorded.age_years is not None and recorded.age_years < ADULT_AGE and not recorded.growth_cm:
            notes.append(
                f"The stature was recorded at {recorded.age_years:g}, when growth may not have been over, and no "
                "growth was given: the LR takes it as the final one."
            )
        if any(one.regression is None for one in estimates):
            notes.append(
                "An estimate from a published equation is drawn towards the mean of the people it was made from, and "
                "so is its LR; with a reference sample the LR rests on the bones themselves."
            )
    return StatureResult(tuple(estimates), tuple(set_aside), choices, comparison, tuple(notes))
