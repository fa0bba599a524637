"""Off-diagonal rates of the models in which alleles grow and shrink by repeats.

Stepwise: Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, chapter 4. One-step: Ohta &
Kimura (1973), Genet. Res. 22:201-204, on a ladder with two ends. Dawid: Dawid, Mortera & Pascali (2001), Forensic
Sci. Int. 124:55-61, with the overall rate as its parameter.
"""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.mutation.ladder import repeat_lengths, whole_repeats


def stepwise_rates(
    alleles: tuple[str, ...], where: str, *, rate: float, step_ratio: float, microvariant_rate: float
) -> FloatArray:
    """Return off-diagonal rates: whole steps within a microvariant group, one flat rate between groups."""
    whole, tenths = repeat_lengths(alleles, where)
    n = len(alleles)
    same_group = tenths[:, None] == tenths[None, :]
    steps = np.abs(whole[:, None] - whole[None, :])
    weight = np.where(same_group & ~np.eye(n, dtype=bool), step_ratio**steps, 0.0)
    total = weight.sum(axis=1, keepdims=True)
    within = rate * np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    n_other = n - same_group.sum(axis=1, keepdims=True)
    between = np.where(same_group, 0.0, microvariant_rate / np.maximum(n_other, 1))
    rates: FloatArray = within + between
    return rates


def one_step_rates(alleles: tuple[str, ...], where: str, *, rate: float) -> FloatArray:
    """Return off-diagonal rates: the rate is shared by those exactly one repeat away, of which there are up to 2."""
    whole = whole_repeats(alleles, where, model="one-step")
    neighbours = np.abs(whole[:, None] - whole[None, :]) == 1.0
    rates: FloatArray = rate * neighbours / np.maximum(neighbours.sum(axis=1, keepdims=True), 1)
    return rates


def dawid_rates(
    alleles: tuple[str, ...], where: str, frequencies: FloatArray, *, rate: float, step_ratio: float
) -> FloatArray:
    """Return off-diagonal rates r^s / p(i), s the number of places apart on the ladder, times one constant.

    The constant makes the overall rate, sum of p(i) times the rates of allele i, what is asked for. p(i) M[i, j] is
    the same both ways, so the model is reversible and keeps the frequencies.
    """
    whole = whole_repeats(alleles, where, model="Dawid")
    n = len(alleles)
    place = np.empty(n)
    place[np.argsort(whole)] = np.arange(n)
    weight = step_ratio ** np.abs(place[:, None] - place[None, :])
    np.fill_diagonal(weight, 0.0)
    population = frequencies / frequencies.sum()
    rates: FloatArray = rate / weight.sum() * weight / population[:, None]
    return rates
