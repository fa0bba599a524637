"""Founders of one subpopulation (theta): the likelihood of a pedigree summed over how their alleles are related.

The alleles of all founders are draws one after the other (Balding & Nichols 1994): after m draws, n of them a, the
next is a with probability (n theta + (1 - theta) p(a)) / (1 + (m - 1) theta). The order does not matter. That is the
same as Dirichlet distributed frequencies of the subpopulation, and as the Chinese restaurant: the next allele is a
copy of an earlier draw or a new one. So:

1. Founder alleles that are known, whatever the phase, come first: they are a constant factor, and leave frequencies
   for the others.
2. The others are summed over the ways in which they can share draws, one network for each; or the frequencies are
   replaced by the points of a quadrature that is exact for polynomials. Whichever has fewer terms is used.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.contraction import TooComplexError
from homeward.genetics.dirichlet import dirichlet_points, quadrature_size
from homeward.genetics.founders import FounderSlots, Sharing, founder_slots, people_passing_one_allele, sharings
from homeward.genetics.network import (
    FounderDraws,
    Network,
    Phases,
    carried_from,
    contract,
    other_than_first,
    plan_network,
    relevant_people,
)
from homeward.genetics.pedigree import FOUNDER, ParentRows

MOST_TERMS = 100_000
"""Networks that are summed over for one observation."""

_POINT_ENTRIES = 2_000_000
"""Entries of the transmission matrices that are worked on at one time (8 bytes each)."""


@dataclass(frozen=True, slots=True)
class Founders:
    """How the alleles of founders depend on each other.

    theta: co-ancestry coefficient of all founders of all rows, dimensionless, in [0, 1).
    inbreeding: of everybody; of founders, the probability that both alleles are one draw; or () if 0 for all.
    """

    theta: float = 0.0
    inbreeding: tuple[float, ...] = ()


UNRELATED = Founders()
"""Hardy-Weinberg proportions, all founders independent."""


@dataclass(frozen=True, slots=True, eq=False)
class FamilyForm:
    """What the rows of a batch have in common; see :func:`~homeward.genetics.network.plan_network`.

    n_phases: of each typed person, 0 for the others.
    open_person: as the one who stands for their genotype.
    """

    parents: ParentRows
    n_phases: tuple[int, ...]
    open_person: int | None
    n_options: tuple[int, ...]
    weighed: tuple[int, ...]
    one_allele: tuple[bool, ...]
    genotype_of: tuple[int, ...]

    @property
    def carried_from(self) -> ParentRows:
        """The parents from whom somebody has an allele."""
        return carried_from(self.parents, self.one_allele)

    @property
    def kept_apart(self) -> set[int]:
        """People whose alleles matter whatever their children."""
        seen = {i for i, n in enumerate(self.n_phases) if n} | set(self.weighed)
        seen |= {self.genotype_of[i] for i, n in enumerate(self.n_options) if n}
        return seen | ({self.open_person} if self.open_person is not None else set())

    def sides(self, person: int) -> tuple[int, ...]:
        """Return which alleles somebody has: 0 the paternal, 1 the maternal one."""
        return (1,) if self.one_allele[person] else (0, 1)

    def founder_sides(self, person: int) -> tuple[int, ...]:
        """Return which of somebody's alleles are founder alleles."""
        return tuple(side for side in self.sides(person) if self.parents[person][side] == FOUNDER)

    def plan(self, *, inbreeding: tuple[float, ...] = (), draws: FounderDraws = ()) -> Network:
        """Return the network."""
        return plan_network(
            self.parents,
            tuple(n > 0 for n in self.n_phases),
            self.open_person,
            self.n_phases,
            self.n_options,
            weighed=self.weighed,
            hemizygous=self.one_allele if any(self.one_allele) else (),
            genotype_of=self.genotype_of,
            inbreeding=inbreeding,
            draws=draws,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Rows of observations of one form.

    frequencies: (R, n); female, male: (R, n, n); phases, options, weights: as for
        :func:`~homeward.genetics.network.contract`.
    """

    frequencies: FloatArray
    female: FloatArray
    male: FloatArray
    phases: Mapping[int, Phases]
    options: Mapping[int, FloatArray]
    weights: Mapping[int, FloatArray]

    def contract(self, network: Network) -> tuple[FloatArray, FloatArray]:
        """Return values and scales; see :func:`~homeward.genetics.network.contract`."""
        return contract(network, self.frequencies, self.female, self.male, self.phases, self.options, self.weights)

    def at(self, row: IntArray, frequencies: FloatArray) -> Batch:
        """Return some of the rows with other frequencies of the founders' alleles."""
        return Batch(
            frequencies,
            self.female[row],
            self.male[row],
            {i: Phases(p.paternal[row], p.maternal[row], p.weight[row]) for i, p in self.phases.items()},
            {i: values[row] for i, values in self.options.items()},
            {i: values[row] for i, values in self.weights.items()},
        )


@dataclass(frozen=True, slots=True, eq=False)
class KnownDraws:
    """Founder alleles whose probability does not depend on the phases.

    is_known: (paternal, maternal) of everybody.
    drawn: (R, n_known) intp, their states.
    """

    is_known: tuple[tuple[bool, bool], ...]
    drawn: IntArray


def contract_founders(form: FamilyForm, batch: Batch, founders: Founders) -> tuple[FloatArray, FloatArray]:
    """Contract a batch of rows of one form.

    Parameters
    ----------
    form : FamilyForm
    batch : Batch
    founders : Founders
        How the alleles of founders depend on each other.

    Returns
    -------
    (R, *open indices) float64 array, (R,) float64 array
        Value and log10 of its scale, as :func:`~homeward.genetics.network.contract` returns.

    Raises
    ------
    TooComplexError
        More than ``MOST_TERMS`` networks are needed for each row, or one of them is too large.

    References
    ----------
    Balding & Nichols (1994), Forensic Sci. Int. 64:125-140, for the draws; Blackwell & MacQueen (1973), Ann. Stat.
    1:353-355, and Aldous (1985), Exchangeability and related topics, section 11, for the equivalences.
    """
    if not founders.theta:
        return batch.contract(form.plan(inbreeding=founders.inbreeding))
    terms: list[Term] = []
    for one_draw, probability in _inbred_founders(form, founders.inbreeding):
        given = replace(batch, phases=_with_one_draw(batch.phases, one_draw))
        if not one_draw or all(p.weight.any() for p in given.phases.values()):
            of_draws = _sum_terms(form, given, founders.theta, one_draw)
            terms += [(probability * value, scale) for value, scale in of_draws]
    return _add(terms)


Term = tuple[FloatArray, FloatArray]
"""Values of rows, (R, *open indices), and log10 of their scales, (R,)."""


def _inbred_founders(form: FamilyForm, inbreeding: tuple[float, ...]) -> Iterator[tuple[frozenset[int], float]]:
    """Yield each set of founders whose two alleles are one draw, with its probability."""
    people = set(relevant_people(form.carried_from, form.kept_apart))
    passing = people_passing_one_allele(form.carried_from, people, form.kept_apart)
    inbred = [
        person
        for person in sorted(people - passing)
        if inbreeding and inbreeding[person] > 0 and form.founder_sides(person) == (0, 1)
    ]
    if 2 ** len(inbred) > MOST_TERMS:
        raise TooComplexError(_too_many(2.0 ** len(inbred)))
    for is_one_draw in product((False, True), repeat=len(inbred)):
        chosen = frozenset(person for person, one in zip(inbred, is_one_draw, strict=True) if one)
        yield chosen, math.prod(inbreeding[i] if i in chosen else 1.0 - inbreeding[i] for i in inbred)


def _with_one_draw(phases: Mapping[int, Phases], one_draw: frozenset[int]) -> dict[int, Phases]:
    """Leave those whose two alleles are one draw with two equal alleles only."""
    return {
        person: replace(p, weight=p.weight * (p.paternal == p.maternal)) if person in one_draw else p
        for person, p in phases.items()
    }


def _sum_terms(form: FamilyForm, batch: Batch, theta: float, one_draw: frozenset[int]) -> list[Term]:
    """Return the terms whose sum is the likelihood."""
    known = _known_draws(form, batch, one_draw)
    n_known = known.drawn.shape[1]
    log10_known, frequencies = _draw_known(batch.frequencies, known.drawn, theta)
    people = set(relevant_people(form.carried_from, form.kept_apart))
    slots = founder_slots(
        form.carried_from, people, form.one_allele, known.is_known, one_draw, form.kept_apart, form.open_person
    )
    ways = sharings(slots.owner)
    n_states = int((frequencies > 0).sum(axis=1).max())
    n_points = quadrature_size(n_states, len(slots))
    n_ways = math.inf if ways is None else len(ways)
    if min(n_points, n_ways) > MOST_TERMS:
        raise TooComplexError(_too_many(n_points))
    after = replace(batch, frequencies=frequencies)
    if ways is not None and n_ways <= n_points:
        terms = sum_over_sharings(form, after, theta, n_known, slots, ways)
    else:
        terms = sum_over_points(form, after, theta, n_known, slots)
    return [(value, scale + log10_known) for value, scale in terms]


def _known_draws(form: FamilyForm, batch: Batch, one_draw: frozenset[int]) -> KnownDraws:
    """Return the founder alleles of typed people that are the same in every phase, for every row of the batch."""
    is_known = [[False, False] for _ in form.parents]
    drawn = []

    def take(person: int, sides: tuple[int, ...], allele: IntArray) -> None:
        # The same allele in every phase: in the first that is possible, and wherever another is.
        weight = batch.phases[person].weight > 0
        first = np.take_along_axis(allele, weight.argmax(axis=1)[:, None], axis=1)
        if ((allele == first) | ~weight).all():
            for side in sides:
                is_known[person][side] = True
            drawn.append(first[:, 0])

    for person, own in batch.phases.items():
        sides = form.founder_sides(person)
        if person in one_draw:
            take(person, (0, 1), own.paternal)
        elif sides == (0, 1):
            first = own.paternal[:, :1]
            if ((own.paternal == first) | (own.maternal == first) | (own.weight == 0)).all():
                is_known[person][0] = True
                drawn.append(first[:, 0])
                take(person, (1,), other_than_first(own))
        elif sides:
            take(person, sides, own.maternal if sides == (1,) else own.paternal)
    n_rows = len(batch.frequencies)
    states = np.stack(drawn, axis=1) if drawn else np.empty((n_rows, 0), dtype=np.intp)
    return KnownDraws(tuple((bool(a), bool(b)) for a, b in is_known), states)


def _draw_known(frequencies: FloatArray, drawn: IntArray, theta: float) -> tuple[FloatArray, FloatArray]:
    """Draw alleles one after the other.

    Returns
    -------
    (R,) float64 array, (R, n) float64 array
        log10 of the probability of the alleles, and the probability of each state at the next draw.
    """
    own_share = (1.0 - theta) * frequencies
    counts = np.zeros_like(frequencies)
    log10_probability = np.zeros(len(frequencies))
    rows = np.arange(len(frequencies))
    for m, state in enumerate(drawn.T):
        chance = (counts[rows, state] * theta + own_share[rows, state]) / (1.0 + (m - 1) * theta)
        log10_probability += np.log10(chance)
        counts[rows, state] += 1.0
    return log10_probability, (counts * theta + own_share) / (1.0 + (drawn.shape[1] - 1) * theta)


def sum_over_sharings(
    form: FamilyForm, batch: Batch, theta: float, n_known: int, slots: FounderSlots, ways: Iterable[Sharing]
) -> list[Term]:
    """Return one term for each way in which the founder alleles can share draws.

    ``batch.frequencies`` are those of the next draw after ``n_known`` draws.
    """
    new_draw = 1.0 + (n_known - 1) * theta
    all_draws = math.prod(1.0 + (n_known + k - 1) * theta for k in range(len(slots)))
    terms = []
    for way in ways:
        n_draws = len(way.sizes)
        probability = way.weight * theta ** (len(slots) - n_draws) * new_draw**n_draws / all_draws
        value, scale = batch.contract(form.plan(draws=slots.assign(way.draw_of)))
        terms.append((probability * value, scale))
    return terms


def sum_over_points(form: FamilyForm, batch: Batch, theta: float, n_known: int, slots: FounderSlots) -> list[Term]:
    """Return one term for each point of an exact quadrature over the subpopulation's frequencies.

    ``batch.frequencies`` are those of the next draw after ``n_known`` draws.
    """
    n_rows, n_states = batch.frequencies.shape
    concentration = (1.0 + (n_known - 1) * theta) / theta
    parameters = concentration * batch.frequencies
    points, weights = dirichlet_points(parameters, len(slots))
    # Frequencies that do not quite sum to one are taken as they are, as in the draws one after the other.
    total, steps = parameters.sum(axis=1)[:, None], np.arange(len(slots))
    weights = weights * ((total + steps) / (concentration + steps)).prod(axis=1)
    network = form.plan(draws=slots.assign(tuple(range(len(slots)))))
    at_once = max(1, _POINT_ENTRIES // (n_rows * n_states**2))
    terms: list[Term] = []
    for start in range(0, len(points), at_once):
        chosen, weight = points[start : start + at_once], weights[start : start + at_once]
        row = np.tile(np.arange(n_rows), len(chosen))
        value, scale = batch.at(row, chosen.reshape(-1, n_states)).contract(network)
        value = value * weight.reshape(-1, *[1] * (value.ndim - 1))
        of_points = value.reshape(len(chosen), n_rows, *value.shape[1:]), scale.reshape(len(chosen), n_rows)
        terms += zip(*of_points, strict=True)
    return terms


def _add(terms: list[Term]) -> Term:
    """Return the sum."""
    scales = np.array([scale for _, scale in terms])
    top = scales.max(axis=0)
    total = np.zeros_like(terms[0][0])
    for (value, _), scale in zip(terms, scales, strict=True):
        total += value * (10.0 ** (scale - top)).reshape(-1, *[1] * (value.ndim - 1))
    return total, top


def _too_many(n_terms: float) -> str:
    return (
        "Theta above 0 makes this family too entangled to compute exactly: its founders may be related in "
        f"{n_terms:.2g} ways. Type further founders, take out untyped people who join no typed ones, or set theta to 0."
    )
