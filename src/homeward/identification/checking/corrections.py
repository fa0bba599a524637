"""Single corrections of a family, and how much better each explains the same profiles.

Every correction is a statement about the same profiles, so that its likelihood can be compared with that of the family
as stated: a profile that is set aside counts as one of an unrelated person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Family
from homeward.genetics.conditioning import (
    condition_on_relatives,
    observation_log10_probability,
    population_distribution,
)
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex, with_stranger
from homeward.genetics.profiles import Profiles, choose_profiles, make_profiles
from homeward.genetics.states import panel_states
from homeward.identification.checking.people import Member, choose_loci, is_autosomal, panel_of
from homeward.identification.checking.sexes import sex_log10_probability, shown_sex

TIED = 0.5
"""Two corrections whose log10 likelihoods differ by less, a factor of three, explain about equally well."""
STRANGERS_TRIED = 3
"""Profiles of other families that are exchanged for good, of those that fit best in somebody's place."""


class CorrectionKind(StrEnum):
    """What would be corrected."""

    SET_ASIDE = "set a profile aside"
    EXCHANGE = "exchange two profiles"
    OTHER_PARENT = "another parent"
    SEX = "change a recorded sex"


@dataclass(frozen=True, slots=True)
class Correction:
    """One single correction of a family.

    people: ids of those it is about; in an exchange with another family, the second is of ``other_family``.
    words: what would be done.
    log10_gain: likelihood of the same profiles (of both families in an exchange) with the correction over that as
    stated,
        with mutation, the sexes that profiles show included.
    errors_left: loci that need a mutation afterwards, in all families concerned.
    log10_gain_without_mutation: the same without mutation; None where both are impossible.
    rank: 1 for the best; corrections that explain about equally well share one.
    bound: the probability that any correction tried would gain as much, were everything as stated, is at most this.
    """

    kind: CorrectionKind
    people: tuple[str, ...]
    other_family: str | None
    words: str
    log10_gain: float
    errors_left: int
    log10_gain_without_mutation: float | None
    rank: int = 0
    bound: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class _Score:
    with_mutation: float
    without_mutation: float
    errors: int

    def __add__(self, other: _Score) -> _Score:
        return _Score(
            self.with_mutation + other.with_mutation,
            self.without_mutation + other.without_mutation,
            self.errors + other.errors,
        )


class Corrector:
    """Tries corrections of the families of a case.

    Parameters
    ----------
    panel : Panel
        Autosomal loci give the likelihoods; those whose model has no mutation are given the proportional model with
        ``rate``, so that a family that is impossible as stated can be compared. Theta is left out, as it costs
        minutes in a family with many untyped founders. Loci on the sex chromosomes tell the sex.
    families : sequence of Family
    rate, sex_error : float
        See :class:`~homeward.identification.checking.settings.CheckSettings`.
    exchange_across : bool
        Try exchanges between families.
    """

    def __init__(
        self, panel: Panel, families: Sequence[Family], *, rate: float, sex_error: float, exchange_across: bool = True
    ) -> None:
        self._loci = np.array([i for i, locus in enumerate(panel.loci) if is_autosomal(locus)], dtype=np.intp)
        self._whole_panel = panel
        self._panel = replace(with_mutation_everywhere(panel_of(panel, self._loci), rate), theta=0.0)
        self._families = families
        self._sex_error = sex_error
        self._exchange_across = exchange_across
        self.n_tried = 0

    def corrections(self, at: int, suspects: set[int]) -> list[Correction]:
        """Return every correction of one family that gains anything, best first.

        Parameters
        ----------
        at : int
            Position of the family.
        suspects : set of int
            Positions of members who take part in a finding. Exchanges are tried between them and everybody else.
        """
        family = self._families[at]
        stated = self._score(family)
        found = []
        for kind, people, words, changed in self._changes(family, suspects):
            self.n_tried += 1
            found.append(_correction(kind, people, None, words, self._score(changed), stated))
        if self._exchange_across:
            found += self._exchanges_across(at, suspects, stated)
        gaining = [one for one in found if one.log10_gain > TIED]
        return _ranked(sorted(gaining, key=lambda one: -one.log10_gain))

    def _changes(
        self, family: Family, suspects: set[int]
    ) -> Iterator[tuple[CorrectionKind, tuple[str, ...], str, Family]]:
        """Yield kind, people, words, and the family as corrected."""
        pedigree, profiles = family.pedigree, family.profiles
        ids = pedigree.ids
        typed = [int(person) for person in np.flatnonzero(profiles.typed.any(axis=1))]
        for person in typed:
            words = f"Set the profile of {ids[person]} aside: it is of nobody in this family"
            yield CorrectionKind.SET_ASIDE, (ids[person],), words, set_aside(family, person)
        for one, other in combinations(typed, 2):
            if {one, other} & suspects:
                changed = replace(family, profiles=_exchanged(profiles, one, other))
                words = f"Exchange the profiles of {ids[one]} and {ids[other]}"
                yield CorrectionKind.EXCHANGE, (ids[one], ids[other]), words, changed
        for child in range(len(pedigree)):
            for side, role in ((0, "father"), (1, "mother")):
                parent = int(pedigree.parents[child, side])
                if parent != FOUNDER and _matters(pedigree, profiles, parent, child):
                    words = f"{ids[parent]} is not the {role} of {ids[child]}"
                    changed = with_other_parent(family, child, side)
                    yield CorrectionKind.OTHER_PARENT, (ids[parent], ids[child]), words, changed
        for person in typed:
            recorded, shown = Sex(int(pedigree.sex[person])), shown_sex(profiles, person, self._whole_panel)[0]
            if Sex.UNKNOWN not in (recorded, shown) and recorded is not shown and not pedigree.children(person):
                words = f"Record {ids[person]} as {shown.name.lower()}"
                yield CorrectionKind.SEX, (ids[person],), words, with_sex(family, person, shown)

    def _exchanges_across(self, at: int, suspects: set[int], stated: _Score) -> list[Correction]:
        """Exchanges with members of other families: those that fit best in a suspect's place are worked out in full."""
        family = self._families[at]
        others = [
            Member(f, other.id, other.pedigree.ids[row], int(row))
            for f, other in enumerate(self._families)
            for row in np.flatnonzero(other.profiles.typed.any(axis=1))
            if f != at and other.pedigree.ids[row] not in family.pedigree.ids
        ]
        found = []
        if others:
            foreign = _stacked(self._families, others)
            for person in sorted(suspects):
                self.n_tried += len(others)
                fit = self._fit_in_place(family, person, foreign)
                best = [k for k in np.argsort(-fit, kind="stable")[:STRANGERS_TRIED] if fit[k] > 0]
                found += [self._exchange(family, person, others[k], stated) for k in best]
        return found

    def _fit_in_place(self, family: Family, person: int, foreign: Profiles) -> FloatArray:
        """(n,): log10 LR that each of some profiles is of this member, against its being of somebody unrelated."""
        known, foreign = self._autosomal(family.profiles), self._autosomal(foreign)
        known.alleles[person] = MISSING
        states = panel_states(self._panel, np.concatenate([known.alleles, foreign.alleles]))
        given = condition_on_relatives(family.pedigree, states, known, person)
        related = observation_log10_probability(given, states, foreign)
        unrelated = observation_log10_probability(population_distribution(states), states, foreign)
        fit: FloatArray = np.nan_to_num((related - unrelated).sum(axis=1), nan=-np.inf)
        return fit

    def _exchange(self, family: Family, person: int, other: Member, stated: _Score) -> Correction:
        second = self._families[other.family]
        mine, theirs = (choose_profiles(f.profiles, [row]) for f, row in ((family, person), (second, other.position)))
        score = self._score(_with_profile(family, person, theirs)) + self._score(
            _with_profile(second, other.position, mine)
        )
        name = family.pedigree.ids[person]
        words = f"Exchange the profiles of {name} and of {other.id} of family {other.family_id}"
        before = stated + self._score(second)
        return _correction(CorrectionKind.EXCHANGE, (name, other.id), other.family_id, words, score, before)

    def _score(self, family: Family) -> _Score:
        pedigree, profiles = family.pedigree, self._autosomal(family.profiles)
        sexes = sex_log10_probability(pedigree, family.profiles, self._whole_panel, self._sex_error)
        constant = pedigree_log10_likelihood(pedigree, profiles, self._panel, mutation=False)
        mutating = pedigree_log10_likelihood(pedigree, profiles, self._panel)
        return _Score(float(mutating.sum()) + sexes, float(constant.sum()) + sexes, int((constant == -np.inf).sum()))

    def _autosomal(self, profiles: Profiles) -> Profiles:
        return choose_loci(profiles, self._loci, list(range(len(profiles))))


def with_mutation_everywhere(panel: Panel, rate: float) -> Panel:
    """Return the panel with the proportional model wherever a locus has no mutation for one of the sexes."""
    model = MutationModel(MutationKind.PROPORTIONAL, rate)
    loci = tuple(
        one
        if one.female_mutation.mutates and one.male_mutation.mutates
        else replace(one, female_mutation=model, male_mutation=model)
        for one in panel.loci
    )
    return replace(panel, loci=loci)


def set_aside(family: Family, person: int) -> Family:
    """Return the family with somebody's profile moved to an unrelated person, who is added to it."""
    alone = choose_profiles(family.profiles, [person])
    name = f"(profile of {family.pedigree.ids[person]})"
    wider = _with_founder(family, name, Sex.UNKNOWN, alone)
    alleles = wider.profiles.alleles.copy()
    alleles[person] = MISSING
    return replace(wider, profiles=replace(wider.profiles, alleles=alleles))


def with_other_parent(family: Family, child: int, side: int) -> Family:
    """Return the family with an untyped stranger as father (side 0) or mother (side 1) of a child and twins."""
    name = f"(other {'mother' if side else 'father'} of {family.pedigree.ids[child]})"
    nothing = make_profiles((name,), family.profiles.alleles.shape[1])
    wider = _with_founder(family, name, Sex.FEMALE if side else Sex.MALE, nothing)
    parents = wider.pedigree.parents.copy()
    parents[list(twins_of(family.pedigree, child)), side] = len(family.pedigree)
    return replace(wider, pedigree=replace(wider.pedigree, parents=parents))


def _with_founder(family: Family, name: str, sex: Sex, profile: Profiles) -> Family:
    """Return the family with one more person at its end, who is nobody's relative."""
    pedigree, profiles = family.pedigree, family.profiles
    wider = with_stranger(pedigree)
    wider = replace(wider, ids=(*pedigree.ids, name), sex=np.append(pedigree.sex, np.int8(sex)))
    together = make_profiles(
        wider.ids,
        profiles.alleles.shape[1],
        sex=np.append(profiles.sex, np.int8(sex)),
        alleles=np.concatenate([profiles.alleles, profile.alleles]),
        dropout=np.concatenate([profiles.dropout, profile.dropout]),
        dropin=np.concatenate([profiles.dropin, profile.dropin]),
    )
    return replace(family, pedigree=wider, profiles=together)


def twins_of(pedigree: Pedigree, person: int) -> set[int]:
    """Return a person and their twins from the same egg."""
    return next((set(group) for group in pedigree.twins if person in group), {person})


def with_sex(family: Family, person: int, sex: Sex) -> Family:
    """Return the family with another sex recorded of somebody."""
    changed, of_profiles = family.pedigree.sex.copy(), family.profiles.sex.copy()
    both = list(twins_of(family.pedigree, person))
    changed[both] = of_profiles[both] = sex
    return replace(
        family, pedigree=replace(family.pedigree, sex=changed), profiles=replace(family.profiles, sex=of_profiles)
    )


def _exchanged(profiles: Profiles, one: int, other: int) -> Profiles:
    rows = np.arange(len(profiles))
    rows[[one, other]] = other, one
    return replace(
        profiles, alleles=profiles.alleles[rows], dropout=profiles.dropout[rows], dropin=profiles.dropin[rows]
    )


def _with_profile(family: Family, person: int, profile: Profiles) -> Family:
    of = family.profiles
    alleles, dropout, dropin = of.alleles.copy(), of.dropout.copy(), of.dropin.copy()
    alleles[person], dropout[person], dropin[person] = profile.alleles[0], profile.dropout[0], profile.dropin[0]
    return replace(family, profiles=replace(of, alleles=alleles, dropout=dropout, dropin=dropin))


def _stacked(families: Sequence[Family], members: Sequence[Member]) -> Profiles:
    """The profiles of members of several families, as they stand."""
    rows = [choose_profiles(families[m.family].profiles, [m.position]) for m in members]
    return make_profiles(
        tuple(str(i) for i in range(len(members))),
        rows[0].alleles.shape[1],
        alleles=np.concatenate([row.alleles for row in rows]),
        dropout=np.concatenate([row.dropout for row in rows]),
        dropin=np.concatenate([row.dropin for row in rows]),
    )


def _matters(pedigree: Pedigree, profiles: Profiles, parent: int, child: int) -> bool:
    """Whether a parent joins a child to anybody typed: an untyped founder without another child does not."""
    is_untyped_founder = not profiles.typed[parent].any() and (pedigree.parents[parent] == FOUNDER).all()
    return not (is_untyped_founder and pedigree.children(parent) == [child])


def _correction(
    kind: CorrectionKind, people: tuple[str, ...], other: str | None, words: str, score: _Score, stated: _Score
) -> Correction:
    both_impossible = score.without_mutation == stated.without_mutation == -np.inf
    return Correction(
        kind=kind,
        people=people,
        other_family=other,
        words=words,
        log10_gain=score.with_mutation - stated.with_mutation,
        errors_left=score.errors,
        log10_gain_without_mutation=None if both_impossible else score.without_mutation - stated.without_mutation,
    )


def _ranked(corrections: list[Correction]) -> list[Correction]:
    """Give ranks to corrections in order; one that is as good as the first of a rank shares it."""
    ranked: list[Correction] = []
    for n, one in enumerate(corrections, start=1):
        is_tied = bool(ranked) and _first_of_rank(ranked).log10_gain - one.log10_gain < TIED
        ranked.append(replace(one, rank=ranked[-1].rank if is_tied else n))
    return ranked


def _first_of_rank(ranked: list[Correction]) -> Correction:
    return next(one for one in ranked if one.rank == ranked[-1].rank)
