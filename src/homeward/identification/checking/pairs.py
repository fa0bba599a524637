"""Every pair of people: what is stated of them, what their profiles show, and whether the two agree."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.core.progress import Progress
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import choose_profiles
from homeward.genetics.relatedness.catalogue import IDENTICAL, STANDARD_RELATIONSHIPS, UNRELATED
from homeward.genetics.relatedness.estimation import KAPPA_STATES, estimate_kappa
from homeward.identification.checking.people import Member, People, panel_of
from homeward.identification.checking.relationships import (
    PARENT_CHILD_STATE,
    PairProbabilities,
    log10_glr,
    pair_probabilities,
    simulate_glr,
    standard_log10_likelihoods,
)
from homeward.identification.checking.settings import CheckSettings, Grade
from homeward.identification.checking.stated import StatedPairs, Statements
from homeward.identification.reconstruction.pair import PairRanking, RankedRelationship, rank_relationships

MOST_PEOPLE = 3_000
"""With more people than this, only pairs within families are compared."""
SIMULATED_FROM = 1.0
"""log10 GLR from which the p-value is simulated; below it the stated relationship fits well enough."""
LEAST_POSTERIOR = 0.05
NEARLY_ALL = 0.9
"""Share of the loci at which two profiles must agree to be called nearly the same."""


@dataclass(frozen=True, slots=True, eq=False)
class PairCheck:
    """One pair of typed people.

    stated: what the pedigree says, in words; people of different families are unrelated.
    stated_kappa: (3,) or None if one of the two is inbred by the pedigree.
    n_loci, n_same: loci at which both are typed, and those at which their genotypes are the same.
    kappa: (3,) maximum-likelihood estimate.
    kappa_interval: (2, 3) bootstrap interval of each entry; None where there is no finding.
    log10_likelihood: of the stated relationship.
    log10_lr: of each relationship of the standard set against unrelated people.
    log10_glr: the best kappa against the stated relationship.
    p_value: of that, simulated under the stated relationship; None where it was not needed.
    best: the relationship of the standard set that explains the profiles best.
    best_log10_lr: that against the stated relationship.
    plausible: relationships with a posterior of ``LEAST_POSTERIOR`` or more from a flat prior over them, if there is a
        finding; see :func:`~homeward.identification.reconstruction.pair.rank_relationships`.
    bound: the probability of such an LR for any pair of the case, were all relationships as stated, is at most this.
    grade: of the finding, or None.
    """

    first: Member
    second: Member
    stated: str
    stated_kappa: FloatArray | None
    n_loci: int
    n_same: int
    kappa: FloatArray
    kappa_interval: FloatArray | None
    log10_likelihood: float
    log10_lr: dict[str, float]
    log10_glr: float
    p_value: float | None
    best: str
    best_log10_lr: float
    plausible: tuple[RankedRelationship, ...]
    bound: float
    grade: Grade | None

    @property
    def nearly_same(self) -> bool:
        """Whether all or nearly all genotypes are the same."""
        return self.n_same >= NEARLY_ALL * self.n_loci

    @property
    def is_duplicate(self) -> bool:
        """Whether the profiles are those of one person, or all but so, though two people are named."""
        return self.grade is not None and (self.best == IDENTICAL or self.nearly_same)


@dataclass(frozen=True, slots=True, eq=False)
class PairChecks:
    """The pairs that are kept: those within families, and any with a finding.

    n_compared: pairs compared.
    n_tests: comparisons of a pair with another relationship than the stated one.
    across_families: whether pairs across families were compared.
    """

    pairs: tuple[PairCheck, ...]
    n_compared: int
    n_tests: int
    across_families: bool


def check_pairs(
    people: People, settings: CheckSettings, chosen: Collection[int], *, progress: Progress, within_only: bool = False
) -> PairChecks:
    """Compare every pair of typed people with what is stated of them.

    Parameters
    ----------
    people : People
        With more than ``MOST_PEOPLE`` only pairs within families are compared.
    settings : CheckSettings
    chosen : collection of int
        Positions of families; only pairs with somebody of these are compared.
    progress : callable
        Told how many pairs are done.
    within_only : bool
        Leave out pairs across families, as where the families are competing pedigrees of the same people.
    """
    across = len(people) <= MOST_PEOPLE and not within_only
    statements = Statements(people)
    parts = list(statements.pairs(settings.min_loci, across_families=across, chosen=chosen))
    n_compared = sum(map(len, parts))
    checker = _Checker(people, settings, statements, n_compared * (len(STANDARD_RELATIONSHIPS) - 1))
    kept: list[PairCheck] = []
    done = 0
    for part in parts:
        kept += checker.check(part)
        done += len(part)
        progress("Comparing pairs of people", done, n_compared)
    return PairChecks(tuple(kept), n_compared, checker.n_tests, across)


class _Checker:
    """Checks pairs, some at a time; keeps the simulated distributions."""

    def __init__(self, people: People, settings: CheckSettings, statements: Statements, n_tests: int) -> None:
        self.n_tests = n_tests
        self._people, self._settings, self._statements = people, settings, statements
        self._typed = people.profiles.typed
        self._simulated: dict[tuple[bytes, bytes, bool | None], FloatArray] = {}

    def check(self, pairs: StatedPairs) -> list[PairCheck]:
        """Return the checks of those pairs that are kept."""
        shown = pair_probabilities(self._people.panel, self._people.profiles, pairs.first, pairs.second)
        likelihoods = standard_log10_likelihoods(shown)
        stated = shown.stated_log10_likelihood(pairs.delta, pairs.is_parent)
        with np.errstate(invalid="ignore"):
            gains = np.where(likelihoods == -np.inf, -np.inf, likelihoods - stated[:, None])
        bounds = np.minimum(1.0, self.n_tests * 10.0 ** -np.minimum(gains.max(axis=1), 300.0))
        n_same = self._n_same(pairs)
        is_same = (n_same >= NEARLY_ALL * self._n_loci(pairs)) & ~pairs.are_identical
        is_serious = (bounds <= self._settings.serious) | (is_same & (likelihoods[:, 0] > stated))
        kept = np.flatnonzero(pairs.within | is_serious | is_same)
        if not len(kept):
            return []
        few = pairs.part(kept)
        of_kept = PairProbabilities(shown.states[kept], shown.first_as_parent[kept], shown.second_as_parent[kept])
        glr = log10_glr(of_kept, stated[kept])
        p_values = self._p_values(few, glr)
        unusual = np.array([p is not None and p <= self._settings.notice for p in p_values])
        kappas = estimate_kappa(of_kept.states).coefficients
        checks = []
        for k, pair in enumerate(kept):
            grade = Grade.SERIOUS if is_serious[pair] else Grade.NOTICE if unusual[k] or is_same[pair] else None
            ranking = None if grade is None else self._rank(pairs, int(pair))
            best = int(gains[pair].argmax())
            checks.append(
                PairCheck(
                    first=self._people.members[pairs.first[pair]],
                    second=self._people.members[pairs.second[pair]],
                    stated=self._statements.words(int(pairs.first[pair]), int(pairs.second[pair])),
                    stated_kappa=_kappa(pairs.delta[pair]),
                    n_loci=int(self._n_loci(pairs)[pair]),
                    n_same=int(n_same[pair]),
                    kappa=kappas[k],
                    kappa_interval=None if ranking is None else ranking.kappa_interval,
                    log10_likelihood=float(stated[pair]),
                    log10_lr=_against_unrelated(likelihoods[pair]),
                    log10_glr=float(glr[k]),
                    p_value=p_values[k],
                    best=STANDARD_RELATIONSHIPS[best].name,
                    best_log10_lr=float(gains[pair, best]),
                    bound=float(bounds[pair]),
                    plausible=() if ranking is None else _plausible(ranking),
                    grade=grade,
                )
            )
        return checks

    def _n_loci(self, pairs: StatedPairs) -> IntArray:
        return np.asarray((self._typed[pairs.first] & self._typed[pairs.second]).sum(axis=1))

    def _n_same(self, pairs: StatedPairs) -> IntArray:
        """(P,): loci at which both show the same alleles."""
        alleles = np.sort(self._people.profiles.alleles, axis=2)
        same = (alleles[pairs.first] == alleles[pairs.second]).all(axis=2)
        return np.asarray((same & self._both_typed(pairs)).sum(axis=1))

    def _both_typed(self, pairs: StatedPairs) -> BoolArray:
        return np.asarray(self._typed[pairs.first] & self._typed[pairs.second])

    def _rank(self, pairs: StatedPairs, pair: int) -> PairRanking:
        """How the two people of a finding may be related by their profiles alone."""
        two = choose_profiles(self._people.profiles, [int(pairs.first[pair]), int(pairs.second[pair])])
        settings = self._settings
        return rank_relationships(
            self._people.panel,
            two,
            *two.ids,
            replicates=settings.replicates,
            level=settings.level,
            seed=settings.seed,
        )

    def _p_values(self, pairs: StatedPairs, glr: FloatArray) -> list[float | None]:
        """Simulated p-values of relatives whose stated relationship does not fit well anyway."""
        both = self._both_typed(pairs)
        is_related = pairs.are_related
        values: list[float | None] = []
        for k in range(len(pairs)):
            if not is_related[k] or glr[k] < SIMULATED_FROM:
                values.append(None)
                continue
            simulated = self._simulate(pairs, k, both[k])
            n_above = len(simulated) - int(np.searchsorted(simulated, glr[k] - 1e-9))
            values.append((1 + n_above) / (1 + len(simulated)))
        return values

    def _simulate(self, pairs: StatedPairs, k: int, typed: BoolArray) -> FloatArray:
        """The log10 GLR of pairs like this one; kept for other pairs like it."""
        is_mother = None
        if pairs.is_parent[k] and pairs.delta[k, PARENT_CHILD_STATE] == 1.0:
            parent = (pairs.first if pairs.is_parent[k] == 1 else pairs.second)[k]
            is_mother = bool(self._people.profiles.sex[parent] == Sex.FEMALE)
        key = pairs.delta[k].tobytes(), typed.tobytes(), is_mother
        if key not in self._simulated:
            self._simulated[key] = simulate_glr(
                panel_of(self._people.panel, np.flatnonzero(typed)),
                pairs.delta[k],
                parent_is_mother=is_mother,
                n=self._settings.simulations,
                rng=np.random.default_rng([self._settings.seed, 1]),
            )
        return self._simulated[key]


def _plausible(ranking: PairRanking) -> tuple[RankedRelationship, ...]:
    return tuple(one for one in ranking.relationships if one.posterior >= LEAST_POSTERIOR)


def _kappa(delta: FloatArray) -> FloatArray | None:
    """Return (kappa0, kappa1, kappa2), or None for a pair with an inbred person."""
    return None if delta[:6].any() else delta[list(KAPPA_STATES)]


def _against_unrelated(log10_likelihoods: FloatArray) -> dict[str, float]:
    names = [one.name for one in STANDARD_RELATIONSHIPS]
    base = log10_likelihoods[names.index(UNRELATED)]
    return {
        name: float(value - base) for name, value in zip(names, log10_likelihoods, strict=True) if name != UNRELATED
    }
