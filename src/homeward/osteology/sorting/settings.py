"""How bones are sorted: every threshold and choice in one place."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from homeward.core.errors import ProblemLog
from homeward.osteology.reference import SMALLEST_REFERENCE
from homeward.osteology.sorting.choices import ALPHA, DENSITY, TAILS, Density, Method


@dataclass(frozen=True, slots=True)
class Articulation:
    """One measurement on each of two bones that meet in a joint."""

    first: str
    second: str


ARTICULATIONS = (
    Articulation("Fem_04", "Osc_17"),
    Articulation("Hum_06", "Uln_11"),
    Articulation("Hum_06", "Rad_04"),
    Articulation("Hum_07", "Sca_03"),
    Articulation("Fem_03", "Tib_02"),
    Articulation("Fib_05", "Tib_12"),
)
"""Measurements that meet in a joint, as in the configuration of OsteoSort 1.4.0 (Lynch 2025, DPAA)."""


@dataclass(frozen=True, slots=True)
class SortSettings:
    """Thresholds and choices of sorting; a new version for every change of a default.

    alpha: a pair with a p-value of at most this is excluded, compared as numbers and without rounding. 0.10 is the
        level of Byrd & Adams 2003 (J. Forensic Sci. 48:717) and of OsteoSort: one true pair in ten is lost by design.
    tails: 2 or 1; a single tail halves the p-value of a signed difference. Absolute differences, regression and the
        multivariate test have one form each and take no notice of it. The z-transform takes notice of alpha alone.
    absolute: sum of |left - right| in place of left - right (Lynch, Byrd & LeGarde 2018, J. Forensic Sci. 63:371).
    zero_mean: the mean of the reference differences is taken as 0; their sd stays about their own mean (Byrd &
        LeGarde 2014).
    yeo_johnson: differences are transformed with a power fitted to the reference (Yeo & Johnson 2000, Biometrika
        87:954).
    density: of the likelihood ratio. Absolute and transformed differences always take the kernel.
    smallest_reference: people who must have all measurements in question on both bones; OsteoSort 2.0 asks for 10.
    articulations: pairs of measurements that meet in a joint.
    """

    version: str = "2026.1"
    alpha: float = ALPHA
    tails: int = TAILS
    absolute: bool = False
    zero_mean: bool = False
    yeo_johnson: bool = False
    density: Density = DENSITY
    smallest_reference: int = SMALLEST_REFERENCE
    articulations: tuple[Articulation, ...] = ARTICULATIONS

    @property
    def needs_kernel(self) -> bool:
        """Whether the densities of differences are estimated by a kernel."""
        return self.absolute or self.yeo_johnson or self.density is Density.KERNEL


def check_settings(settings: SortSettings) -> None:
    """Refuse thresholds that make no sense, all of them at once.

    Raises
    ------
    InputError
        alpha is not within (0, 1), tails are not 1 or 2, or the smallest reference is below 10 people.
    """
    log = ProblemLog()
    if not 0.0 < settings.alpha < 1.0:
        log.add(f"{settings.alpha:g} is not between 0 and 1.", where="alpha", fix="Give a level such as 0.10.")
    if settings.tails not in (1, 2):
        log.add(f"{settings.tails} is no number of tails.", where="tails", fix="Give 1 or 2.")
    if settings.smallest_reference < SMALLEST_REFERENCE:
        log.add(
            f"A reference of {settings.smallest_reference} people is too small for an estimate of its spread.",
            where="smallest reference",
            fix=f"Give {SMALLEST_REFERENCE} or more.",
        )
    log.raise_if_any()


def chosen_version(settings: SortSettings) -> str:
    """Return the version of the settings, marked if anything was chosen otherwise than published."""
    return settings.version if settings == SortSettings() else f"{settings.version}, changed"


def settings_notes(settings: SortSettings, methods: Collection[Method]) -> tuple[str, ...]:
    """Return sentences on choices that a reader of the results by some methods must know about."""
    notes = []
    if settings.absolute and settings.zero_mean:
        notes.append(
            "Absolute differences are never 0 on average. With a mean of zero far more true pairs are excluded than "
            "alpha says."
        )
    if not settings.absolute and Method.PAIR in methods:
        notes.append(
            "Signed differences cancel: a left bone longer and narrower than the right one can sum to nothing. "
            "Absolute differences (--absolute), the multivariate method and the z-transform do not cancel."
        )
    return tuple(notes)
