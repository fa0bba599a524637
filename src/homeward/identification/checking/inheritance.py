"""Loci at which a family's profiles contradict its pedigree, with the fewest people who show it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Family
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree
from homeward.genetics.profiles import Profiles

_RARE, _RARER = 1e-6, 1e-8
"""Two mutation rates per meiosis; from how the likelihood falls with the rate follows how many mutations it needs."""


@dataclass(frozen=True, slots=True)
class InheritanceError:
    """One locus of one family that cannot be explained without a mutation.

    people: ids of a smallest set of members whose genotypes contradict the pedigree.
    genotypes: theirs.
    mutations: the fewest mutations that explain the genotypes of the whole family.
    log10_likelihood: of the family's genotypes there with the mutation model; -inf if the model does not allow it.
    """

    locus: str
    people: tuple[str, ...]
    genotypes: tuple[tuple[str, str], ...]
    mutations: int
    log10_likelihood: float


def inheritance_errors(family: Family, panel: Panel) -> tuple[InheritanceError, ...]:
    """Return the loci at which a family's profiles are impossible without a mutation.

    Parameters
    ----------
    family : Family
    panel : Panel
        Of the profiles.
    """
    pedigree, profiles = family.pedigree, family.profiles
    # Whether something is possible does not depend on theta.
    plain = replace(panel, theta=0.0)
    impossible = np.flatnonzero(pedigree_log10_likelihood(pedigree, profiles, plain, mutation=False) == -np.inf)
    if not len(impossible):
        return ()
    with_mutation = pedigree_log10_likelihood(pedigree, profiles, panel)
    needed = _fewest_mutations(pedigree, profiles, plain)
    errors = []
    for i in map(int, impossible):
        people = _smallest_conflict(pedigree, profiles, plain, i)
        genotypes = [profiles.genotype(person, i, panel) for person in people]
        errors.append(
            InheritanceError(
                locus=panel.loci[i].name,
                people=tuple(pedigree.ids[person] for person in people),
                genotypes=tuple(genotype for genotype in genotypes if genotype is not None),
                mutations=int(needed[i]),
                log10_likelihood=float(with_mutation[i]),
            )
        )
    return tuple(errors)


def _fewest_mutations(pedigree: Pedigree, profiles: Profiles, panel: Panel) -> FloatArray:
    """(n_loci,): k where the likelihood goes to 0 as the k-th power of the mutation rate."""
    by_rate = []
    for rate in (_RARE, _RARER):
        model = MutationModel(MutationKind.EQUAL, rate)
        loci = tuple(replace(one, female_mutation=model, male_mutation=model) for one in panel.loci)
        by_rate.append(pedigree_log10_likelihood(pedigree, profiles, replace(panel, loci=loci)))
    slope: FloatArray = (by_rate[0] - by_rate[1]) / np.log10(_RARE / _RARER)
    return np.round(slope)


def _smallest_conflict(pedigree: Pedigree, profiles: Profiles, panel: Panel, locus: int) -> list[int]:
    """Positions of members whose genotypes contradict each other, none of whom can be left out.

    A parent and a child are tried first, then a child with both parents; otherwise people are left out one after
    another, those with the fewest relatives among the others first.
    """
    one = replace(panel, loci=(panel.loci[locus],))
    typed = [int(person) for person in np.flatnonzero(profiles.typed[:, locus])]
    duos = [[int(parent), child] for child in typed for parent in pedigree.parents[child] if parent in typed]
    trios = [[*map(int, pedigree.parents[child]), child] for child in typed]
    for group in [*duos, *(trio for trio in trios if set(trio) <= set(typed))]:
        if _contradicts(pedigree, profiles, one, locus, group):
            return group
    left = typed
    for person in sorted(typed, key=lambda p: _n_close(pedigree, p, typed)):
        without = [other for other in left if other != person]
        if _contradicts(pedigree, profiles, one, locus, without):
            left = without
    return left


def _n_close(pedigree: Pedigree, person: int, typed: list[int]) -> int:
    """How many typed parents, children and siblings somebody has."""
    parents = {int(p) for p in pedigree.parents[person] if p != FOUNDER}
    near = parents | set(pedigree.children(person)) | {c for parent in parents for c in pedigree.children(parent)}
    return len(near & set(typed))


def _contradicts(pedigree: Pedigree, profiles: Profiles, panel: Panel, locus: int, people: list[int]) -> bool:
    """Whether the genotypes of these people at one locus are impossible without a mutation."""
    alleles = np.full((len(pedigree), 1, 2), MISSING, dtype=np.int16)
    alleles[people, 0] = profiles.alleles[people, locus]
    seen = replace(profiles, alleles=alleles, dropout=profiles.dropout[:, [locus]], dropin=profiles.dropin[:, [locus]])
    return bool(pedigree_log10_likelihood(pedigree, seen, panel, mutation=False)[0] == -np.inf)
