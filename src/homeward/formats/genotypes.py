"""From genotypes as read to arrays of allele codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.errors import ProblemLog
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex
from homeward.genetics.profiles import Profiles, make_profiles


@dataclass(frozen=True, slots=True)
class Genotype:
    """Two alleles by name at a locus by name.

    where: file, line and owner.
    """

    locus: str
    alleles: tuple[str, str]
    where: str

    def same_alleles(self, other: Genotype) -> bool:
        """Whether both hold the same two alleles, in whatever order."""
        return sorted(self.alleles) == sorted(other.alleles)


Typing = Mapping[str, Genotype]
"""The genotypes of one person or sample, by locus."""


def code_profiles(
    ids: Sequence[str],
    sexes: Sequence[Sex],
    typings: Sequence[Typing],
    panel: Panel,
    *,
    dropout: Sequence[Sequence[float]] | None = None,
) -> Profiles:
    """Return profiles: genotypes as allele codes, in the order of the panel.

    Parameters
    ----------
    ids, sexes, typings : sequences of length n
        One entry per person or sample. Every locus and allele must be in the panel.
    panel : Panel
        Loci and alleles.
    dropout : n rows of n_loci probabilities, optional
        Used where the person is typed; 0 elsewhere.
    """
    codes = [{allele: code for code, allele in enumerate(locus.alleles)} for locus in panel.loci]
    alleles = np.full((len(ids), len(panel), 2), MISSING, dtype=np.int16)
    for row, typing in enumerate(typings):
        for name, genotype in typing.items():
            column = panel.position(name)
            alleles[row, column] = sorted(codes[column][allele] for allele in genotype.alleles)
    profiles = make_profiles(tuple(ids), len(panel), sex=np.array(sexes, dtype=np.int8), alleles=alleles)
    if dropout is None:
        return profiles
    rates = np.where(profiles.typed, np.array(dropout, dtype=np.float64).reshape(len(ids), len(panel)), 0.0)
    return make_profiles(profiles.ids, len(panel), sex=profiles.sex, alleles=alleles, dropout=rates)


def places_of_alleles(genotypes: Iterable[Genotype]) -> dict[str, dict[str, list[str]]]:
    """Return, for each locus, every allele that occurs and where."""
    places: dict[str, dict[str, list[str]]] = {}
    for genotype in genotypes:
        for allele in dict.fromkeys(genotype.alleles):
            places.setdefault(genotype.locus, {}).setdefault(allele, []).append(genotype.where)
    return places


def spelling_hint(name: str, known: Iterable[str]) -> str:
    """Return a sentence that names the known locus that differs in case, blanks or signs only, or ""."""
    similar = [other for other in known if locus_letters(other) == locus_letters(name)]
    return f" The panel has '{similar[0]}'." if len(similar) == 1 else ""


@lru_cache(maxsize=1024)
def locus_letters(name: str) -> str:
    """Return a name without case, blanks and signs, in which programs write loci differently."""
    return "".join(filter(str.isalnum, name)).lower()


def check_typed(
    samples: Mapping[str, str], typings: Mapping[str, Typing], panel_names: set[str], log: ProblemLog
) -> None:
    """Note every sample (name and where it stands) that is typed on no locus of the panel."""
    for sample, where in samples.items():
        if not any(locus in panel_names for locus in typings.get(sample, {})):
            log.add(
                f"Sample {sample} is typed on no locus of the panel.",
                where=where,
                fix="Add its profile, or take the sample out of the case.",
            )
