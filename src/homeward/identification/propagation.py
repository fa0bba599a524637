"""An estimate of the joint posterior where too many samples fit too many families to sum over all assignments."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.identification.components import Stage

_MOST_ROUNDS = 500
_DAMPING = 0.5
_CONVERGED = 1e-9


def propagate(stages: Sequence[Stage], log_prior_ratio: float = 0.0) -> list[FloatArray]:
    """Return the log posterior of every placement of every family of a component, by belief propagation.

    Each family passes to each sample the odds that it uses the sample; each sample passes to each family
    the weight of still being free. Exact where the families and samples form a tree, else an estimate
    (Vontobel 2013, IEEE Trans. Inf. Theory 59:1866-1901, for sums over matchings).

    Parameters
    ----------
    stages : sequence of Stage
        The families of one component.
    log_prior_ratio : float
        Natural log of the prior of an assignment with one more pair over that of one with fewer.

    Returns
    -------
    list of (P,) float64 arrays
        Natural logarithms, one array per stage.
    """
    samples = sorted({s for stage in stages for s in stage.live})
    used = [_uses(stage, samples) for stage in stages]
    weights = [stage.log_weight + log_prior_ratio * uses.sum(axis=1) for stage, uses in zip(stages, used, strict=True)]
    odds = np.zeros((len(stages), len(samples)))
    for _ in range(_MOST_ROUNDS):
        log_free = -np.log1p(odds.sum(axis=0) - odds)
        new = np.array([_odds_of_use(*of) for of in zip(weights, used, log_free, strict=True)])
        change = np.abs(new / (1.0 + new) - odds / (1.0 + odds)).max()
        odds = _DAMPING * odds + (1.0 - _DAMPING) * new
        if change < _CONVERGED:
            break
    log_free = -np.log1p(odds.sum(axis=0) - odds)
    with np.errstate(divide="ignore"):
        return [np.log(_beliefs(*of)) for of in zip(weights, used, log_free, strict=True)]


def _uses(stage: Stage, samples: Sequence[int]) -> FloatArray:
    """(P, S): 1.0 where a placement uses a sample."""
    column = {sample: i for i, sample in enumerate(samples)}
    uses = np.zeros((len(stage.placements), len(samples)))
    for i, placement in enumerate(stage.placements):
        for _, sample in placement:
            uses[i, column[sample]] = 1.0
    return uses


def _beliefs(weights: FloatArray, uses: FloatArray, log_free: FloatArray) -> FloatArray:
    """(P,): probability of each placement, given how free the samples are."""
    log_belief = weights + uses @ log_free
    belief: FloatArray = np.exp(log_belief - log_belief.max())
    belief /= belief.sum()
    return belief


def _odds_of_use(weights: FloatArray, uses: FloatArray, log_free: FloatArray) -> FloatArray:
    """(S,): odds that the family uses each sample, leaving out what that sample itself has said."""
    belief = _beliefs(weights, uses, log_free)
    with_sample = belief @ uses
    without = np.maximum(1.0 - with_sample, 1e-300)
    odds: FloatArray = with_sample / without * np.exp(-log_free)
    bounded: FloatArray = np.minimum(odds, 1e300)
    return bounded
