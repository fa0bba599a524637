"""What is chosen for an estimate of stature, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field

from homeward.core.errors import ProblemLog
from homeward.osteology.populations import Population
from homeward.osteology.profile_settings import ProfileSettings
from homeward.osteology.stature_choices import AgeCorrection, Form, Interval, age_loss_cm
from homeward.osteology.stature_evidence import RecordedStature
from homeward.osteology.stature_regression import BoneMeasurement, StatureRegression


@dataclass(frozen=True, slots=True)
class StatureChoices:
    """What is chosen for one analysis; thresholds are in the settings.

    form: how several bones of one person are used together. bootstrap, seed: take intervals from residual bootstraps
        where the reference is small. tibia_without_malleolus: the tibiae of the case were measured without it.
    age_years, age_correction: age for which stature is wanted, and what it takes off; nothing is taken off unless
        chosen.
    """

    form: Form = Form.MULTIPLE
    bootstrap: bool = False
    seed: int = 1
    tibia_without_malleolus: bool = False
    age_years: float | None = None
    age_correction: AgeCorrection = AgeCorrection.NONE
    settings: ProfileSettings = field(default_factory=ProfileSettings)

    @property
    def age_loss_cm(self) -> float:
        """What is taken off for age."""
        return 0.0 if self.age_years is None else age_loss_cm(self.age_years, self.age_correction)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A stature on record, and the people the bones could be of otherwise."""

    recorded: RecordedStature
    population: Population


@dataclass(frozen=True, slots=True)
class Subject:
    """Bones of one person. lengths_mm: of each measurement."""

    name: str
    lengths_mm: tuple[tuple[BoneMeasurement, float], ...]


@dataclass(frozen=True, slots=True)
class StatureEstimate:
    """One estimate of the stature of one person.

    subject, measurements: whose, and what it was made from. lengths_mm: of each measurement.
    basis: name of the reference, or publication and group. printed: the published equation, or "".
    n_reference: people of the regression; None where not known. df: of t; None for a normal interval.
    stature_cm, sd_cm, lower_cm, upper_cm, level, interval: after the correction for age.
    age_loss_cm: what was taken off for age. preferred: of several estimates of one person, the one to report.
    log10_lr: against a stature on record, None if there is none. notes: what must be known of it.
    regression: None for a published equation.
    """

    subject: str
    measurements: tuple[BoneMeasurement, ...]
    lengths_mm: tuple[float, ...]
    basis: str
    printed: str
    n_reference: int | None
    df: int | None
    stature_cm: float
    sd_cm: float
    lower_cm: float
    upper_cm: float
    level: float
    interval: Interval
    age_loss_cm: float
    log10_lr: float | None
    notes: tuple[str, ...]
    regression: StatureRegression | None
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class NotEstimated:
    """Measurements of a person that gave no estimate, and why."""

    subject: str
    measurements: tuple[BoneMeasurement, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class StatureResult:
    """All estimates, and what was set aside."""

    estimates: tuple[StatureEstimate, ...]
    set_aside: tuple[NotEstimated, ...]
    choices: StatureChoices
    comparison: Comparison | None
    notes: tuple[str, ...]

    @property
    def subjects(self) -> tuple[str, ...]:
        """Names of the people, in order."""
        return tuple(dict.fromkeys([one.subject for one in self.estimates] + [one.subject for one in self.set_aside]))


def check_choices(choices: StatureChoices) -> None:
    """Refuse choices that contradict each other.

    Raises
    ------
    InputError
        A correction for age was chosen without an age, or the age is impossible.
    """
    log = ProblemLog()
    if choices.age_correction is not AgeCorrection.NONE and choices.age_years is None:
        log.add("A correction for age needs the age.", where="--age-correction", fix="Give it with --age.")
    if choices.age_years is not None and not 0.0 < choices.age_years < 130.0:
        log.add(f"{choices.age_years:g} years is no age of a person.", where="--age", fix="Give it in years.")
    log.raise_if_any()
