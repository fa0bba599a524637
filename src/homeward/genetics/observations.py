"""Which genotypes may be behind what was observed."""

from __future__ import annotations

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.network import Phases


def observation_phases(codes: IntArray, dropout: FloatArray, frequencies: FloatArray) -> Phases:
    """Return the ordered genotypes behind observed states, and how likely each is to show like that.

    Parameters
    ----------
    codes : (R, 2) intp array
        Observed states of each row.
    dropout : (R,) float64 array
        Probability d that one allele is not seen: ab shows as ab with (1-d)^2 and as a alone with d(1-d),
        aa shows with 1 - d^2.
    frequencies : (n,) or (R, n) float64 array
        Of the states; a state of frequency 0 is never a hidden allele.

    References
    ----------
    Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, on silent alleles and dropout.
    """
    first, second = codes[:, 0], codes[:, 1]
    homozygous = first == second
    both_seen = np.where(homozygous, 1.0 - dropout**2, (1.0 - dropout) ** 2)
    paternal = np.column_stack([first, second])
    maternal = np.column_stack([second, first])
    weight = np.column_stack([both_seen, np.where(homozygous, 0.0, both_seen)])
    if not (homozygous & (dropout > 0)).any():
        return Phases(paternal, maternal, weight)
    n_states = frequencies.shape[-1]
    seen = np.repeat(first[:, None], n_states, axis=1)
    hidden = np.tile(np.arange(n_states), (len(codes), 1))
    lost = (dropout * (1.0 - dropout) * homozygous)[:, None] * (hidden != seen) * (frequencies > 0)
    return Phases(
        np.hstack([paternal, seen, hidden]),
        np.hstack([maternal, hidden, seen]),
        np.hstack([weight, lost, lost]),
    )
