"""How much a comparison would tell: LR distributions, expected LR and power of exclusion."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.core.errors import ProblemLog
from homeward.core.progress import Progress, no_progress
from homeward.genetics.linkage.groups import linkage_groups
from homeward.genetics.panel import Panel
from homeward.genetics.simulation.lr_outcomes import Contrast, LocusOutcomes, check_contrast, locus_outcomes

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Power:
    """What two hypotheses would look like once some people are typed; L loci, n simulated sets of profiles.

    log10_lr_h1, log10_lr_h2: (n,) float64, log10 LR of everything typed, all loci, simulated under H1 and under H2.
    expected_log10_lr_h1, expected_log10_lr_h2: (L,) float64, mean log10 LR under each hypothesis; -inf where H1 can
        turn out impossible.
    log10_expected_lr: (L,) float64, log10 of the mean LR under H1 (under H2 that is the LR of what is typed already).
    exclusion_power: (L,) float64, probability under H2 that H1 turns out impossible, both without mutation; NaN where
        what is typed already needs a mutation under H2.
    present_log10_lr: (L,) float64, of what is typed already.
    is_exact: (L,) whether the figures of a locus are sums over all outcomes; if not, they are means of simulated ones.
    """

    loci: tuple[str, ...]
    log10_lr_h1: FloatArray
    log10_lr_h2: FloatArray
    expected_log10_lr_h1: FloatArray
    expected_log10_lr_h2: FloatArray
    log10_expected_lr: FloatArray
    exclusion_power: FloatArray
    present_log10_lr: FloatArray
    is_exact: BoolArray

    @property
    def total_expected_log10_lr(self) -> float:
        """Expected log10 LR over all loci if H1 is true."""
        return float(self.expected_log10_lr_h1.sum())

    @property
    def quantiles_h1(self) -> FloatArray:
        """Quantiles of the simulated log10 LR under H1, at ``QUANTILES``."""
        # The nearest simulated value: halfway between -inf and a number there is nothing.
        return np.asarray(np.quantile(self.log10_lr_h1, QUANTILES, method="inverted_cdf"))

    @property
    def quantiles_h2(self) -> FloatArray:
        """Quantiles of the simulated log10 LR under H2, at ``QUANTILES``."""
        return np.asarray(np.quantile(self.log10_lr_h2, QUANTILES, method="inverted_cdf"))

    @property
    def expected_exclusions(self) -> float:
        """Expected number of loci that exclude H1 under H2."""
        return float(np.nansum(self.exclusion_power))

    @property
    def total_exclusion_power(self) -> float:
        """Probability under H2 that at least one locus excludes H1; NaN if no locus can tell.

        References
        ----------
        Egeland, Pinto & Vigeland (2014), Forensic Sci. Int. Genet. 9:186-190.
        """
        return 1.0 - float(self.exclusion_counts()[0]) if np.isfinite(self.exclusion_power).any() else float("nan")

    def exclusion_counts(self) -> FloatArray:
        """Return (L' + 1,) probabilities under H2 that 0, 1, ... of the L' loci that can tell exclude H1.

        Loci are independent, so the number is a sum of unlike coins (Poisson binomial).
        """
        counts = np.ones(1)
        for power in self.exclusion_power[np.isfinite(self.exclusion_power)]:
            counts = np.convolve(counts, [1.0 - power, power])
        return counts

    def more_exclusions_than(self, n_loci: int) -> float:
        """Return the probability under H2 that more than so many loci exclude H1."""
        return float(self.exclusion_counts()[n_loci + 1 :].sum())

    def inclusion_power(self, log10_threshold: float) -> float:
        """Return the share of simulations under H1 whose log10 LR reaches a threshold: P(LR >= t | H1).

        References
        ----------
        Vigeland, Marsico, Herrera Piñero & Egeland (2020), Forensic Sci. Int. Genet. 49:102376.
        """
        return float((self.log10_lr_h1 >= log10_threshold).mean())

    def chance_inclusion(self, log10_threshold: float) -> tuple[float, float]:
        """Return the probability under H2 that the log10 LR reaches a threshold, and the standard error.

        It is worked out from the simulations under H1: each outcome is exactly its LR times less probable under H2, so
        the probability is the mean of 1/LR over the outcomes that reach the threshold (importance sampling). However
        small it is, its error is small beside it.

        References
        ----------
        Kruijver (2015), Forensic Sci. Int. Genet. 14:116-124.
        """
        reached = self.log10_lr_h1 >= log10_threshold
        weight = np.zeros(len(reached))
        weight[reached] = 10.0 ** (self.present_log10_lr.sum() - self.log10_lr_h1[reached])
        return float(weight.mean()), float(weight.std() / np.sqrt(len(weight)))


def work_out_power(
    contrast: Contrast, n_draws: int, rng: np.random.Generator, *, progress: Progress = no_progress
) -> Power:
    """Return the power of a comparison, with n_draws simulated sets of profiles under each hypothesis.

    Raises
    ------
    InputError
        What is typed already is impossible under one of the hypotheses, or loci are linked.
    TooComplexError
        A pedigree cannot be computed in memory.
    """
    _refuse_linked(contrast.panel)
    check_contrast(contrast)
    n_loci = len(contrast.panel)
    log10_lr_h1, log10_lr_h2 = np.zeros(n_draws), np.zeros(n_draws)
    figures = np.empty((5, n_loci))
    is_exact = np.empty(n_loci, dtype=bool)
    for locus in range(n_loci):
        outcomes = locus_outcomes(contrast, locus, n_draws, rng)
        log10_lr_h1 += outcomes.log10_lr[outcomes.drawn_h1]
        log10_lr_h2 += outcomes.log10_lr[outcomes.drawn_h2]
        figures[:, locus] = _figures(outcomes)
        is_exact[locus] = outcomes.is_exact
        progress("Simulating profiles", locus + 1, n_loci)
    expected_h1, expected_h2, log10_expected_lr, exclusion_power, present = figures
    return Power(
        contrast.panel.names,
        log10_lr_h1,
        log10_lr_h2,
        expected_h1,
        expected_h2,
        log10_expected_lr,
        exclusion_power,
        present,
        is_exact,
    )


def _refuse_linked(panel: Panel) -> None:
    """Raise InputError if loci are linked, for then the LR is no sum over loci."""
    log = ProblemLog()
    for group in linkage_groups(panel):
        log.add(
            "Power cannot deal with linked loci.",
            where=", ".join(panel.names[i] for i in group.loci),
            fix='Switch linkage off (linkage = "none" in case.toml), or leave all but one of these loci out.',
        )
    log.raise_if_any()


def _figures(outcomes: LocusOutcomes) -> tuple[float, float, float, float, float]:
    """Expected log10 LR under H1 and H2, log10 of the expected LR, exclusion power, LR of what is there."""
    with np.errstate(over="ignore", divide="ignore"):
        expected_lr = _mean(outcomes.h1, 10.0**outcomes.log10_lr)
        log10_expected_lr = float(np.log10(expected_lr))
    return (
        _mean(outcomes.h1, outcomes.log10_lr),
        _mean(outcomes.h2, outcomes.log10_lr),
        log10_expected_lr,
        float(outcomes.h2_unmutated @ outcomes.is_excluded),
        outcomes.present_log10_lr,
    )


def _mean(probability: FloatArray, values: FloatArray) -> float:
    """Mean over the outcomes that can happen."""
    possible = probability > 0
    return float(probability[possible] @ values[possible])
