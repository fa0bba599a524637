"""Which genotypes may be behind what was observed, and how likely each is to show like that.

An allele of the true genotype that the typing can show is seen with probability 1 - d (dropout), each of the two for
itself; with probability c an allele drawn from the population appears that is not of this person (drop-in). The silent
allele is never seen. What is observed is the set of different alleles that are seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING, NO_STATE
from homeward.genetics.network import Phases


@dataclass(frozen=True, slots=True, eq=False)
class Observed:
    """R observations, each of one person at one locus; n allele states.

    codes: (R, 2) intp observed states; the second is ``MISSING`` where only one allele could be read, and both are
        the silent state where the typing showed nothing.
    dropout, dropin: (R,) float64 probabilities, in [0, 1).
    frequencies: (n,) or (R, n) float64, of the states; a state of frequency 0 is never a hidden allele.
    silent: (R,) intp, the silent state, or ``NO_STATE``.
    is_hemizygous: the person carries one allele only.
    """

    codes: IntArray
    dropout: FloatArray
    dropin: FloatArray
    frequencies: FloatArray
    silent: IntArray
    is_hemizygous: bool = False

    def __len__(self) -> int:
        return len(self.codes)


def plainly_observed(codes: IntArray, dropout: FloatArray, frequencies: FloatArray) -> Observed:
    """Return observations of two alleles, without drop-in, at autosomal loci that have no silent allele."""
    return Observed(codes, dropout, np.zeros(len(codes)), frequencies, np.full(len(codes), NO_STATE))


def leaves_many_genotypes(alleles: IntArray, dropout: FloatArray, dropin: FloatArray, silent: IntArray) -> BoolArray:
    """Return where an observation has to be weighed genotype by genotype.

    So it is where only one allele was read, where one may have dropped in, and where nothing was seen though alleles
    may have dropped out. ``silent`` is the code of the silent allele; all shapes follow ``alleles``, (..., 2).
    """
    first, second = alleles[..., 0], alleles[..., 1]
    many = (second == MISSING) | (dropin > 0)
    if (silent != NO_STATE).any():
        many |= (first == silent) & (dropout > 0)
    return np.asarray((first != MISSING) & many)


def observation_probability(observed: Observed, paternal: IntArray, maternal: IntArray) -> FloatArray:
    """Return P(observation | genotype) for some genotypes of each row.

    Parameters
    ----------
    observed : Observed
        Of R rows.
    paternal, maternal : (R, K) intp arrays
        Allele states of the genotypes; of a hemizygous person only the maternal one counts.

    References
    ----------
    Dropout by allele: Gill, Whitaker, Flaxman, Brown & Buckleton (2000), Forensic Sci. Int. 112:17-40. Drop-in with
    probability c, of allele a with c p_a: Curran, Gill & Bill (2005), Forensic Sci. Int. 148:47-53. Silent alleles:
    Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R.
    """
    neither, only_paternal, only_maternal, both = _what_survives(observed, paternal, maternal)
    first, second = observed.codes[:, :1], observed.codes[:, 1:]
    p_first, p_second = (_dropin_frequency(observed, codes) for codes in (first, second))
    c = observed.dropin[:, None]

    def alone(allele: IntArray) -> FloatArray:
        survives: FloatArray = only_paternal * (paternal == allele) + only_maternal * (maternal == allele)
        return survives

    same_pair = ((paternal == first) & (maternal == second)) | ((paternal == second) & (maternal == first))
    pair = both * same_pair * (1.0 - c + c * (p_first + p_second)) + c * (
        p_second * alone(first) + p_first * alone(second)
    )
    single = (1.0 - c + c * p_first) * alone(first) + c * p_first * neither
    is_shown = alone(first) + both * ((paternal == first) | (maternal == first))
    one_read = 1.0 - (1.0 - is_shown) * (1.0 - c * p_first)
    nothing = (1.0 - c) * neither
    is_silent = first == observed.silent[:, None]
    kinds = [is_silent, second == MISSING, first == second]
    return np.select(kinds, [nothing, one_read, single], pair)


def _what_survives(
    observed: Observed, paternal: IntArray, maternal: IntArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """(R, K) each: P(neither allele, the paternal, the maternal one, or two different ones are left after dropout).

    Two equal alleles count as one, the maternal.
    """
    d, silent = observed.dropout[:, None], observed.silent[:, None]
    lost_maternal = np.where(maternal == silent, 1.0, d)
    if observed.is_hemizygous:
        none = np.zeros_like(lost_maternal)
        return lost_maternal, none, 1.0 - lost_maternal, none
    lost_paternal = np.where(paternal == silent, 1.0, d)
    neither = lost_paternal * lost_maternal
    equal = paternal == maternal
    return (
        neither,
        np.where(equal, 0.0, (1.0 - lost_paternal) * lost_maternal),
        np.where(equal, 1.0 - neither, lost_paternal * (1.0 - lost_maternal)),
        np.where(equal, 0.0, (1.0 - lost_paternal) * (1.0 - lost_maternal)),
    )


def _dropin_frequency(observed: Observed, codes: IntArray) -> FloatArray:
    """(R, 1): how common an allele is among those that can drop in; 0 for one that is not told or silent."""
    frequencies = np.broadcast_to(observed.frequencies, (len(observed), observed.frequencies.shape[-1]))
    rows = np.arange(len(observed))[:, None]
    has_silent = observed.silent != NO_STATE
    hidden = np.where(has_silent, frequencies[rows[:, 0], observed.silent], 0.0)[:, None]
    cannot = (codes == MISSING) | (codes == observed.silent[:, None])
    return np.where(cannot, 0.0, frequencies[rows, codes] / (1.0 - hidden))


def observation_table(observed: Observed) -> FloatArray:
    """Return P(observation | paternal, maternal allele), (R, n, n); of a hemizygous person only the diagonal counts."""
    n = observed.frequencies.shape[-1]
    paternal, maternal = np.divmod(np.arange(n * n), n)
    shape = (len(observed), n * n)
    probability = observation_probability(observed, np.broadcast_to(paternal, shape), np.broadcast_to(maternal, shape))
    return probability.reshape(-1, n, n)


def observation_phases(observed: Observed) -> Phases:
    """Return the ordered genotypes behind observed alleles, and how likely each is to show like that.

    Not for observations that leave many genotypes; see :func:`leaves_many_genotypes`. Where dropout is d > 0, ab shows
    as ab with (1-d)^2 and as a alone with d(1-d), aa shows with 1 - d^2; a with the silent allele shows as a with 1-d.

    References
    ----------
    Egeland, Kling & Mostad (2016), Relationship Inference with Familias and R, on silent alleles and dropout.
    """
    first, second = observed.codes[:, 0], observed.codes[:, 1]
    dropout, frequencies = observed.dropout, observed.frequencies
    if observed.is_hemizygous:
        shown = np.where(first == observed.silent, 1.0, 1.0 - dropout)
        return Phases(first[:, None], first[:, None], shown[:, None])
    homozygous = first == second
    is_single, has_silent = homozygous, bool((observed.silent != NO_STATE).any())
    both_seen = np.where(homozygous, 1.0 - dropout**2, (1.0 - dropout) ** 2)
    if has_silent:
        is_single = homozygous & (first != observed.silent)
        both_seen = np.where(first == observed.silent, 1.0, both_seen)
    paternal = np.column_stack([first, second])
    maternal = np.column_stack([second, first])
    weight = np.column_stack([both_seen, np.where(homozygous, 0.0, both_seen)])
    if (is_single & (dropout > 0)).any():
        n_states = frequencies.shape[-1]
        hidden = np.tile(np.arange(n_states), (len(first), 1))
    elif has_silent and (is_single & (observed.silent != NO_STATE)).any():
        hidden = np.where(observed.silent == NO_STATE, first, observed.silent)[:, None]
    else:
        return Phases(paternal, maternal, weight)
    seen = np.repeat(first[:, None], hidden.shape[1], axis=1)
    lost = np.where(hidden == observed.silent[:, None], (1.0 - dropout)[:, None], (dropout * (1.0 - dropout))[:, None])
    possible = np.take_along_axis(np.broadcast_to(frequencies, (len(first), frequencies.shape[-1])), hidden, axis=1) > 0
    lost = lost * is_single[:, None] * (hidden != seen) * possible
    return Phases(
        np.hstack([paternal, seen, hidden]),
        np.hstack([maternal, hidden, seen]),
        np.hstack([weight, lost, lost]),
    )
