"""Pedigrees of a few typed people, enumerated and ranked.

Enumerated are all pedigrees in which everybody's father and mother are either typed people of the case or people who
are not typed, unrelated to each other and not themselves children of anybody in the pedigree: parents and children,
full and half siblings, and whatever these make together. Grandparents or cousins through people who are not typed are
not among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.errors import HomewardError, ProblemLog
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.relatedness.identity import kinship_matrix
from homeward.genetics.relatedness.words import relationship_words
from homeward.identification.reconstruction.ages import ANY_AGE, Ages
from homeward.identification.reconstruction.plausible import score_links

MOST_PEOPLE = 5
MOST_ENUMERATED = 500_000
MOST_COMPARED = 300
"""Pedigrees that are worked out: those whose pairs fit best."""

Parents = tuple[int | None, ...]
"""For each of n typed people the position of a typed parent, a number from n on for an untyped one, or None."""


@dataclass(frozen=True, slots=True, eq=False)
class RankedPedigree:
    """One pedigree of the typed people; untyped parents have names in parentheses.

    words: how any two typed people are related in it, pairs that are not left out.
    """

    pedigree: Pedigree
    words: tuple[str, ...]
    log10_likelihood: float
    posterior: float


@dataclass(frozen=True, slots=True, eq=False)
class PedigreeRanking:
    """The pedigrees that explain the profiles best, the most probable first.

    n_enumerated: how many there are, with those in which somebody is inbred, which are not worked out.
    n_compared: how many of these were worked out; in the others two people are joined in a way that their profiles
    speak
        against.
    """

    pedigrees: tuple[RankedPedigree, ...]
    n_enumerated: int
    n_compared: int


def rank_pedigrees(
    panel: Panel,
    profiles: Profiles,
    *,
    ages: Ages = ANY_AGE,
    children: Sequence[tuple[str, str]] = (),
    most_compared: int = MOST_COMPARED,
    top: int = 20,
) -> PedigreeRanking:
    """Rank every pedigree that joins a few typed people as parents, children, full or half siblings.

    Of those in which nobody is inbred, those are worked out in which every two people, taken by themselves,
    fit best what they are to each other.

    Parameters
    ----------
    panel : Panel
    profiles : Profiles
        Of 2 to 5 people. Somebody of unknown sex is tried as a father and as a mother.
    ages : Ages
        Rules parents out who are too young.
    children : sequence of (parent, child)
        What is known: only pedigrees with these are enumerated.
    most_compared : int
        Pedigrees worked out.
    top : int
        Pedigrees returned.

    Returns
    -------
    PedigreeRanking
        Posteriors from a flat prior over all pedigrees enumerated; those not worked out count as impossible.

    Raises
    ------
    InputError
        There are fewer than 2 or more than ``MOST_PEOPLE`` people, or a known parent or child is not among them.
    HomewardError
        There are more than ``MOST_ENUMERATED`` pedigrees.
    """
    _check(profiles, children)
    parentages = list(_parentages(profiles, ages, children))
    scores = score_links(panel, profiles)
    parentages.sort(key=lambda of: -scores.score(*of))
    # Twice as many as wanted, for the few in which somebody is inbred.
    pedigrees = [_pedigree(profiles, *of) for of in parentages[: 2 * most_compared]]
    compared = [pedigree for pedigree in pedigrees if not _is_inbred(pedigree)][:most_compared]
    likelihoods = _Likelihoods(panel, profiles)
    found = sorted(((likelihoods.of(pedigree), pedigree) for pedigree in compared), key=lambda one: -one[0])
    values = np.array([value for value, _ in found])
    share = 10.0 ** (values - values.max(initial=-np.inf)) if len(values) else values
    posterior = share / share.sum()
    return PedigreeRanking(
        pedigrees=tuple(
            RankedPedigree(pedigree, _words(pedigree, profiles.ids), value, float(posterior[k]))
            for k, (value, pedigree) in enumerate(found[:top])
        ),
        n_enumerated=len(parentages),
        n_compared=len(found),
    )


def _check(profiles: Profiles, children: Sequence[tuple[str, str]]) -> None:
    log = ProblemLog()
    if not 2 <= len(profiles) <= MOST_PEOPLE:
        what = f"There are {len(profiles)} people; pedigrees are enumerated for 2 to {MOST_PEOPLE}."
        log.add(what, where="the profiles", fix="Choose fewer people, those closest to each other.")
    for name in {name for pair in children for name in pair if name not in profiles.ids}:
        log.add(f"'{name}' is not among the people.", where="children", fix=f"Write one of: {', '.join(profiles.ids)}.")
    log.raise_if_any()


def _parentages(
    profiles: Profiles, ages: Ages, children: Sequence[tuple[str, str]]
) -> Iterator[tuple[Parents, Parents]]:
    """Yield fathers and mothers of everybody; nobody is a father here and a mother there, or their own ancestor."""
    known = {(profiles.position(parent), profiles.position(child)) for parent, child in children}
    people = range(len(profiles))
    fathers_of, mothers_of = (
        [
            [
                parent
                for parent in people
                if parent != child
                and profiles.sex[parent] != other_sex
                and ages.can_be_parent(profiles.ids[parent], profiles.ids[child])
            ]
            for child in people
        ]
        for other_sex in (Sex.FEMALE, Sex.MALE)
    )
    n_found = 0
    for fathers in _of_one_sex(fathers_of):
        men = {father for father in fathers if father in people}
        for mothers in _of_one_sex(mothers_of):
            links = {(of[child], child) for of in (fathers, mothers) for child in people}
            if men.intersection(mothers) or not known <= links or _has_circle(fathers, mothers):
                continue
            n_found += 1
            if n_found > MOST_ENUMERATED:
                raise HomewardError(
                    f"These people can be joined in more than {MOST_ENUMERATED:,} ways. Give their sexes and ages, or "
                    "parents and children that are known, or leave somebody out."
                )
            yield fathers, mothers


def _of_one_sex(possible: list[list[int]]) -> Iterator[Parents]:
    """Yield, for each of n people, a typed parent, an untyped one shared with somebody else, or None."""
    n = len(possible)

    def extend(chosen: Parents, n_untyped: int) -> Iterator[Parents]:
        if len(chosen) == n:
            yield tuple(
                parent if parent is not None and (parent < n or chosen.count(parent) > 1) else None for parent in chosen
            )
            return
        for parent in possible[len(chosen)]:
            yield from extend((*chosen, parent), n_untyped)
        for label in range(n_untyped + 1):
            yield from extend((*chosen, n + label), max(n_untyped, label + 1))

    return extend((), 0)


def _has_circle(fathers: Parents, mothers: Parents) -> bool:
    """Whether anybody is their own ancestor."""
    left = set(range(len(fathers)))
    while without := {person for person in left if fathers[person] not in left and mothers[person] not in left}:
        left -= without
    return bool(left)


def _pedigree(profiles: Profiles, fathers: Parents, mothers: Parents) -> Pedigree:
    n = len(profiles)

    def named(parents: Parents, role: str) -> dict[str, str]:
        return {
            profiles.ids[child]: profiles.ids[parent] if parent < n else f"({role} {parent - n + 1})"
            for child, parent in enumerate(parents)
            if parent is not None
        }

    of_fathers, of_mothers = named(fathers, "father"), named(mothers, "mother")
    untyped = [parent for parent in (*of_fathers.values(), *of_mothers.values()) if parent not in profiles.ids]
    sex = {name: Sex(int(code)) for name, code in zip(profiles.ids, profiles.sex, strict=True)}
    people = [*profiles.ids, *dict.fromkeys(untyped)]
    return build_pedigree(people, sex, of_fathers, of_mothers, where="enumerated pedigree")


def _is_inbred(pedigree: Pedigree) -> bool:
    return bool((np.diagonal(kinship_matrix(pedigree)) > 0.5).any())


class _Likelihoods:
    """Likelihoods of pedigrees as products over their separate parts, which many pedigrees share."""

    def __init__(self, panel: Panel, profiles: Profiles) -> None:
        self._panel, self._profiles = panel, profiles
        self._known: dict[tuple[tuple[str, str, str], ...], float] = {}

    def of(self, pedigree: Pedigree) -> float:
        """Return the log10 likelihood over all loci."""
        label = pedigree.components()
        return sum(self._of_part(pedigree, np.flatnonzero(label == part)) for part in range(label.max() + 1))

    def _of_part(self, pedigree: Pedigree, people: np.ndarray) -> float:
        names = {-1: "", **{int(p): pedigree.ids[p] for p in people}}
        names |= {int(p): f"({k})" for k, p in enumerate(people) if pedigree.ids[p] not in self._profiles.ids}
        rows = tuple((names[int(p)], *(names[int(q)] for q in pedigree.parents[p])) for p in people)
        if rows not in self._known:
            part = Pedigree(
                tuple(row[0] for row in rows),
                np.array(
                    [[-1 if q < 0 else int(np.searchsorted(people, q)) for q in pedigree.parents[p]] for p in people]
                ),
                pedigree.sex[people],
            )
            self._known[rows] = float(pedigree_log10_likelihood(part, self._profiles_of(part), self._panel).sum())
        return self._known[rows]

    def _profiles_of(self, pedigree: Pedigree) -> Profiles:
        seen = make_profiles(pedigree.ids, len(self._panel), sex=pedigree.sex)
        for row, name in enumerate(pedigree.ids):
            if name in self._profiles.ids:
                own = self._profiles.position(name)
                seen.alleles[row], seen.dropout[row] = self._profiles.alleles[own], self._profiles.dropout[own]
                seen.dropin[row] = self._profiles.dropin[own]
        return seen


def _words(pedigree: Pedigree, ids: Sequence[str]) -> tuple[str, ...]:
    """Return how typed people are related, pair by pair; those who are not are left out."""
    kinship = kinship_matrix(pedigree)
    return tuple(
        f"{ids[a]} and {ids[b]}: {relationship_words(pedigree, pedigree.position(ids[a]), pedigree.position(ids[b]))}"
        for a in range(len(ids))
        for b in range(a + 1, len(ids))
        if kinship[pedigree.position(ids[a]), pedigree.position(ids[b])] > 0
    )
