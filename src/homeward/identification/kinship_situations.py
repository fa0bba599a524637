"""Which closed form fits two competing pedigrees at a locus, by who is typed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.case import Hypothesis
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.relatedness.identity import Descent
from homeward.genetics.relatedness.words import relationship_words
from homeward.identification.kinship_formulas import (
    AlleleProbabilities,
    Formula,
    Names,
    pair_formula,
    parentage_formula,
    parents_formula,
)

MOST_PEOPLE = 40
"""Pedigrees with more people have no closed form looked for."""

UNSHARED = (1.0, 0.0, 0.0)
ONE_SHARED = (0.0, 1.0, 0.0)


class Kin:
    """What the people of one hypothesis are to each other."""

    def __init__(self, hypothesis: Hypothesis) -> None:
        self.pedigree: Pedigree = hypothesis.pedigree
        self._kappas: dict[tuple[str, str], FloatArray | None] = {}

    @cached_property
    def _descent(self) -> Descent:
        return Descent(self.pedigree)

    def kappa(self, a: str, b: str) -> FloatArray | None:
        """Return (3,) probabilities of sharing 0, 1, 2 genes; None if one of the two is inbred."""
        if (a, b) not in self._kappas:
            places = self.pedigree.position(a), self.pedigree.position(b)
            self._kappas[a, b] = self._descent.coefficients(*places).kappa
        return self._kappas[a, b]

    def is_pair(self, a: str, b: str, kappa: tuple[float, float, float]) -> bool:
        """Whether two people have these probabilities of sharing."""
        found = self.kappa(a, b)
        return found is not None and tuple(found.tolist()) == kappa

    def typed_parents(self, child: str, people: list[str]) -> list[str]:
        """Return the parents of somebody who are among some people."""
        ids, parents = self.pedigree.ids, self.pedigree.parents[self.pedigree.position(child)].tolist()
        return [ids[p] for p in parents if p >= 0 and ids[p] in people]

    def words(self, a: str, b: str) -> str:
        """Say what two people are to each other."""
        return relationship_words(self.pedigree, self.pedigree.position(a), self.pedigree.position(b))


@dataclass(frozen=True, slots=True)
class StatedPair:
    """What two typed people are to each other under hypothesis and reference, in words."""

    first: str
    second: str
    hypothesis: str
    reference: str


def stated_pairs(hypothesis: Kin, reference: Kin, people: Sequence[str]) -> tuple[StatedPair, ...]:
    """Return the pairs of people who are something else to each other under hypothesis and reference."""
    if max(len(hypothesis.pedigree), len(reference.pedigree)) > MOST_PEOPLE:
        return ()
    both = [p for p in people if p in hypothesis.pedigree.ids and p in reference.pedigree.ids]
    pairs = [
        StatedPair(a, b, hypothesis.words(a, b), reference.words(a, b))
        for i, a in enumerate(both)
        for b in both[i + 1 :]
    ]
    return tuple(pair for pair in pairs if pair.hypothesis != pair.reference)


def closed_form(
    hypothesis: Kin, reference: Kin, genotypes: Mapping[str, Names], alleles: AlleleProbabilities
) -> Formula | None:
    """Return the LR of two pedigrees at an autosomal locus without mutation, if a closed form is known.

    Parameters
    ----------
    hypothesis, reference : Kin
        The pedigrees.
    genotypes : mapping of person to two alleles
        Of everybody typed at the locus, without dropout and the like.
    alleles : AlleleProbabilities
        At the locus.
    """
    if max(len(hypothesis.pedigree), len(reference.pedigree)) > MOST_PEOPLE:
        return None
    people = list(genotypes)
    if len(people) == 2:
        a, b = people
        kappa, of_reference = hypothesis.kappa(a, b), reference.kappa(a, b)
        if kappa is None or of_reference is None:
            return None
        return pair_formula(genotypes[a], genotypes[b], kappa, of_reference, alleles)
    return _trio(hypothesis, reference, genotypes, alleles) if len(people) == 3 else None


def _trio(
    hypothesis: Kin, reference: Kin, genotypes: Mapping[str, Names], alleles: AlleleProbabilities
) -> Formula | None:
    """A child with both parents under the hypothesis, and with one of them or neither under the reference."""
    for child in genotypes:
        one, other = (person for person in genotypes if person != child)
        both = [one, other]
        if len(hypothesis.typed_parents(child, both)) < 2 or not hypothesis.is_pair(one, other, UNSHARED):
            continue
        if not reference.is_pair(one, other, UNSHARED):
            return None
        if all(reference.is_pair(parent, child, UNSHARED) for parent in both):
            return parents_formula(genotypes[child], genotypes[one], genotypes[other], alleles)
        for known, alleged in ((one, other), (other, one)):
            is_known = reference.is_pair(known, child, ONE_SHARED) and reference.typed_parents(child, [known])
            if is_known and reference.is_pair(alleged, child, UNSHARED):
                return parentage_formula(genotypes[child], genotypes[known], genotypes[alleged], alleles)
    return None


def is_same_value(log10_lr: float, formula: Formula) -> bool:
    """Whether a closed form has the value of the engine, to 1e-9."""
    return bool(np.isclose(formula.value, 10.0**log10_lr, rtol=1e-9, atol=0.0))
