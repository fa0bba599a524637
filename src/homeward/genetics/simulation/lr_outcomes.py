"""What the LR of two hypotheses would be if some people were typed: at one locus, exactly or by simulation."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Hypothesis
from homeward.genetics.likelihood import option_log10_likelihood
from homeward.genetics.many_rows import LocusObservations, every_state, rows_log10_likelihood
from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.simulation.conditional_dropping import check_possible, draw_profiles, typing_of
from homeward.genetics.simulation.genotypes import Typing, genotype_numbers

MOST_OUTCOMES = 1_000_000
"""Largest table of the genotypes that some people can have together; where it is larger, they are simulated."""


_LEAST_SCALE = -1e6
"""In place of the scale of a table in which nothing is possible."""

_OPTION_SIZES = (64, 192, 800, 3200)


@dataclass(frozen=True, slots=True, eq=False)
class Contrast:
    """Two hypotheses about the same people, of whom some are still to be typed.

    h1, h2: pedigrees with what is typed already; H1 is the numerator of the LR. Who is in both is named alike.
    people: those to be typed, in both pedigrees. What is typed of them already is kept.
    dropout: probability for each of them that an allele is not seen, in [0, 1).
    """

    h1: Hypothesis
    h2: Hypothesis
    panel: Panel
    people: tuple[str, ...]
    dropout: tuple[float, ...] = ()

    def dropout_of(self, person: str) -> float:
        """Return the dropout probability of one of the people; 0 if nothing was said."""
        return self.dropout[self.people.index(person)] if self.dropout else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class LocusOutcomes:
    """Everything that typing could show at one locus; E outcomes, n draws under each hypothesis.

    h1, h2: (E,) float64, probability of each outcome given what is typed; if not exact, how often it was drawn.
    log10_lr: (E,) float64 of everything typed at the locus, -inf where H1 is impossible; NaN where the outcome is.
    h2_unmutated: (E,) float64, probability of each outcome under H2 without mutation; NaN where what is typed already
        needs a mutation under H2.
    is_excluded: (E,) whether H1 is impossible without a mutation.
    drawn_h1, drawn_h2: (n,) positions of the outcomes that were drawn.
    present_log10_lr: of what is typed already.
    is_exact: whether all outcomes are there, with their probabilities.
    """

    h1: FloatArray
    h2: FloatArray
    log10_lr: FloatArray
    h2_unmutated: FloatArray
    is_excluded: BoolArray
    drawn_h1: IntArray
    drawn_h2: IntArray
    present_log10_lr: float
    is_exact: bool


def locus_outcomes(contrast: Contrast, locus: int, n_draws: int, rng: np.random.Generator) -> LocusOutcomes:
    """Return what typing some people could show at one locus, and draws of it under both hypotheses.

    All genotypes that the people can have together are listed where there are no more than ``MOST_OUTCOMES``, which is
    always so for one person and for two people with up to 44 alleles. Beyond that profiles are drawn, see
    :func:`~homeward.genetics.simulation.conditional_dropping.draw_profiles`.

    Parameters
    ----------
    contrast : Contrast
        What is typed must be possible under both hypotheses, see :func:`check_contrast`.
    locus : int
        Position in the panel.
    n_draws : int
        Number of draws under each hypothesis.
    """
    typed = contrast.h1.profiles.typed[:, locus]
    people = [p for p in contrast.people if not typed[contrast.h1.pedigree.position(p)]]
    one, dropouts = contrast.panel.loci[locus], [contrast.dropout_of(person) for person in people]
    sexes = [int(contrast.h1.pedigree.sex[contrast.h1.pedigree.position(person)]) for person in people]
    at_locus = _AtLocus(
        panel=replace(contrast.panel, loci=(one,)),
        h1=_at_locus(contrast.h1, locus),
        h2=_at_locus(contrast.h2, locus),
        people=tuple(people),
        typings=tuple(typing_of(one, sex, dropout) for sex, dropout in zip(sexes, dropouts, strict=True)),
        dropout=np.array(dropouts),
        mutates=one.female_mutation.mutates or one.male_mutation.mutates,
    )
    if not people:
        return _nothing_to_type(at_locus, n_draws)
    if math.prod(map(len, at_locus.typings)) <= MOST_OUTCOMES:
        return _listed(at_locus, n_draws, rng)
    return _simulated(at_locus, n_draws, rng)


@dataclass(frozen=True, slots=True, eq=False)
class _AtLocus:
    """Both hypotheses at one locus, and k people who are untyped there.

    panel: with this locus only.
    h1, h2: with the profiles at this locus only.
    dropout: (k,).
    """

    panel: Panel
    h1: Hypothesis
    h2: Hypothesis
    people: tuple[str, ...]
    typings: tuple[Typing, ...]
    dropout: FloatArray
    mutates: bool

    def places(self, hypothesis: Hypothesis) -> list[int]:
        """Return the positions of the people in a pedigree."""
        return [hypothesis.pedigree.position(person) for person in self.people]

    def observed(self, hypothesis: Hypothesis, shown: IntArray | None = None) -> LocusObservations:
        """Return what is typed already, in one row, or with (R, k, 2) shown of the people put in."""
        profiles, n_rows = hypothesis.profiles, 1 if shown is None else len(shown)
        alleles = np.repeat(profiles.alleles[None, :, 0], n_rows, axis=0)
        dropout, dropin = profiles.dropout[:, 0].copy(), profiles.dropin[:, 0].copy()
        if shown is not None:
            places = self.places(hypothesis)
            alleles[:, places], dropout[places], dropin[places] = shown, self.dropout, 0.0
        shape = alleles.shape[:2]
        return LocusObservations(alleles, np.broadcast_to(dropout, shape), np.broadcast_to(dropin, shape))

    def present_log10_likelihood(self, hypothesis: Hypothesis, *, mutation: bool = True) -> float:
        """Return the log10 likelihood of what is typed already."""
        observed = self.observed(hypothesis)
        return float(rows_log10_likelihood(hypothesis.pedigree, self.panel, observed, mutation=mutation)[0])

    @property
    def present_log10_lr(self) -> float:
        """Of what is typed already, which is possible under both hypotheses."""
        return self.present_log10_likelihood(self.h1) - self.present_log10_likelihood(self.h2)


def check_contrast(contrast: Contrast) -> None:
    """Raise InputError if what is typed already is impossible under one of the hypotheses."""
    for hypothesis in (contrast.h1, contrast.h2):
        check_possible(hypothesis.pedigree, hypothesis.profiles, contrast.panel, where=hypothesis.name)


def _listed(at: _AtLocus, n_draws: int, rng: np.random.Generator) -> LocusOutcomes:
    """List all outcomes with their probabilities, and draw from the list."""
    (first, first_scale), (second, second_scale) = (_joint_table(at, h) for h in (at.h1, at.h2))
    unmutated_h1, unmutated_h2 = first, second
    if at.mutates:
        unmutated_h1, unmutated_h2 = (_joint_table(at, h, mutation=False)[0] for h in (at.h1, at.h2))
    with np.errstate(divide="ignore", invalid="ignore"):
        log10_lr = np.log10(first) - np.log10(second) + (first_scale - second_scale)
    h1, h2 = first / first.sum(), second / second.sum()
    drawn_h1, drawn_h2 = (np.searchsorted(_reach(p), rng.random(n_draws), side="right") for p in (h1, h2))
    present = math.log10(first.sum()) - math.log10(second.sum()) + first_scale - second_scale
    return LocusOutcomes(
        h1=h1,
        h2=h2,
        log10_lr=log10_lr,
        h2_unmutated=_shares(unmutated_h2),
        is_excluded=unmutated_h1 == 0.0,
        drawn_h1=drawn_h1,
        drawn_h2=drawn_h2,
        present_log10_lr=present,
        is_exact=True,
    )


def _joint_table(at: _AtLocus, hypothesis: Hypothesis, *, mutation: bool = True) -> tuple[FloatArray, float]:
    """Return P(typed profiles, what the people can show together) = table * 10**scale; the last varies fastest."""
    places = at.places(hypothesis)
    options = {
        place: _options(typing, dropout) for place, typing, dropout in zip(places, at.typings, at.dropout, strict=True)
    }
    states = (every_state(at.panel, mutation=mutation),)
    logs = option_log10_likelihood(hypothesis.pedigree, states, hypothesis.profiles, options)
    logs = logs.transpose(np.argsort(np.argsort(places)))[tuple(slice(1, 1 + len(typing)) for typing in at.typings)]
    for axis, typing in enumerate(at.typings):
        if typing.log10_untyped:
            # The engine takes "nothing seen" for "not typed", which is certain.
            unseen = np.where(typing.shown[:, 0] == MISSING, typing.log10_untyped, 0.0)
            logs = logs + unseen.reshape([-1 if i == axis else 1 for i in range(len(places))])
    scale = max(float(logs.max()), _LEAST_SCALE)
    return 10.0 ** (logs - scale).ravel(), scale


def _options(typing: Typing, dropout: float) -> Profiles:
    """Everything that typing can show, and untyped profiles behind it up to one of a few numbers.

    The engine looks for an order of contraction for each number of options; so it is found once for many loci.
    """
    n = next((size for size in _OPTION_SIZES if size >= len(typing)), len(typing))
    alleles = np.full((n, 1, 2), MISSING, dtype=np.int16)
    alleles[: len(typing), 0] = typing.shown
    return make_profiles(tuple(map(str, range(n))), 1, alleles=alleles, dropout=np.full((n, 1), dropout))


def _simulated(at: _AtLocus, n_draws: int, rng: np.random.Generator) -> LocusOutcomes:
    """Draw profiles under both hypotheses, and work out the LR of each outcome that came up."""
    drawn = []
    for hypothesis in (at.h1, at.h2):
        places = at.places(hypothesis)
        dropout = hypothesis.profiles.dropout.copy()
        dropout[places, 0] = at.dropout
        profiles = replace(hypothesis.profiles, dropout=dropout)
        drawn.append(draw_profiles(hypothesis.pedigree, profiles, at.panel, places, n_draws, rng)[:, :, 0])
    outcome_of, first_of = _distinct(np.concatenate(drawn))
    outcomes = np.concatenate(drawn)[first_of]

    def log10_likelihood(hypothesis: Hypothesis, *, mutation: bool = True) -> FloatArray:
        observed = at.observed(hypothesis, outcomes)
        return rows_log10_likelihood(hypothesis.pedigree, at.panel, observed, mutation=mutation)

    first, second = log10_likelihood(at.h1), log10_likelihood(at.h2)
    unmutated_h1, unmutated_h2 = first, second
    if at.mutates:
        unmutated_h1, unmutated_h2 = (log10_likelihood(h, mutation=False) for h in (at.h1, at.h2))
    drawn_h1, drawn_h2 = outcome_of[:n_draws], outcome_of[n_draws:]
    h2 = np.bincount(drawn_h2, minlength=len(outcomes)) / n_draws
    with np.errstate(invalid="ignore"):
        log10_lr = first - second
        unmutated = np.where(h2 > 0, 10.0 ** (unmutated_h2 - second), 0.0)
    return LocusOutcomes(
        h1=np.bincount(drawn_h1, minlength=len(outcomes)) / n_draws,
        h2=h2,
        log10_lr=log10_lr,
        h2_unmutated=_shares(h2 * unmutated),
        is_excluded=unmutated_h1 == -np.inf,
        drawn_h1=drawn_h1,
        drawn_h2=drawn_h2,
        present_log10_lr=at.present_log10_lr,
        is_exact=False,
    )


def _distinct(shown: IntArray) -> tuple[IntArray, IntArray]:
    """Return, for (n, k, 2) profiles, which distinct one each is, and where each distinct one comes first."""
    group = np.zeros(len(shown), dtype=np.int64)
    for numbers in genotype_numbers(shown).T:
        group = np.unique(group * (numbers.max() + 2) + numbers + 1, return_inverse=True)[1]
    _, first, group = np.unique(group, return_index=True, return_inverse=True)
    return group, first


def _nothing_to_type(at: _AtLocus, n_draws: int) -> LocusOutcomes:
    """The one outcome of a locus at which all are typed already."""
    is_excluded = at.present_log10_likelihood(at.h1, mutation=False) == -np.inf
    present, sure, drawn = at.present_log10_lr, np.ones(1), np.zeros(n_draws, dtype=np.intp)
    unmutated = at.present_log10_likelihood(at.h2, mutation=False) > -np.inf
    return LocusOutcomes(
        h1=sure,
        h2=sure,
        log10_lr=np.array([present]),
        h2_unmutated=_shares(np.array([float(unmutated)])),
        is_excluded=np.array([is_excluded]),
        drawn_h1=drawn,
        drawn_h2=drawn,
        present_log10_lr=present,
        is_exact=True,
    )


def _at_locus(hypothesis: Hypothesis, locus: int) -> Hypothesis:
    """The hypothesis with the profiles at one locus."""
    profiles = hypothesis.profiles
    here = replace(
        profiles,
        alleles=profiles.alleles[:, [locus]],
        dropout=profiles.dropout[:, [locus]],
        dropin=profiles.dropin[:, [locus]],
    )
    return replace(hypothesis, profiles=here)


def _shares(weights: FloatArray) -> FloatArray:
    """Weights as shares of their sum; NaN if it is 0."""
    total = float(weights.sum())
    return weights / total if total > 0 else np.full(weights.shape, np.nan)


def _reach(probabilities: FloatArray) -> FloatArray:
    """Cumulative probabilities that end in exactly 1."""
    reach = np.cumsum(probabilities)
    return np.asarray(reach / reach[-1])
