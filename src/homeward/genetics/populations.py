"""One case in one population or another: the same profiles with other frequencies or another theta."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Case, Population
from homeward.genetics.panel import Panel, check_theta
from homeward.genetics.profiles import Profiles


def in_population(case: Case, name: str) -> Case:
    """Return the case with the frequencies and the theta of one of its populations.

    Parameters
    ----------
    case : Case
    name : str
        Of one of ``case.populations``.

    Raises
    ------
    InputError
        The case has no such population.
    """
    found = [population for population in case.populations if population.name == name]
    if not found:
        known = ", ".join(population.name for population in case.populations)
        fix = f"The populations are: {known}." if known else "Name populations in frequencies.csv (column population)."
        raise InputError(Problem(f"There is no population '{name}'.", case.title, fix))
    if name == case.population:
        return case
    panel = found[0].panel
    codes = _codes(case.panel, panel)

    def coded(profiles: Profiles) -> Profiles:
        locus = np.arange(len(panel))[:, None]
        return replace(profiles, alleles=np.sort(codes[locus, profiles.alleles], axis=2))

    return replace(
        case,
        panel=panel,
        population=name,
        samples=coded(case.samples),
        families=tuple(replace(family, profiles=coded(family.profiles)) for family in case.families),
        hypotheses=tuple(replace(one, profiles=coded(one.profiles)) for one in case.hypotheses),
        elimination=coded(case.elimination),
    )


def _codes(panel: Panel, other: Panel) -> IntArray:
    """(n_loci, n_alleles + 1) int16: the code in the other panel of each allele of a panel; the last is ``MISSING``.

    An allele that the other panel does not have is in no profile, and is ``MISSING`` as well.
    """
    n_alleles = max((len(locus.alleles) for locus in panel.loci), default=0)
    codes = np.full((len(panel), n_alleles + 1), MISSING, dtype=np.int16)
    for i, (locus, same) in enumerate(zip(panel.loci, other.loci, strict=True)):
        position = {allele: code for code, allele in enumerate(same.alleles)}
        codes[i, : len(locus.alleles)] = [position.get(allele, MISSING) for allele in locus.alleles]
    return codes


def with_theta(case: Case, theta: float) -> Case:
    """Return the case with this co-ancestry coefficient in every population.

    Raises
    ------
    InputError
        Theta is outside [0, 1).
    """
    check_theta(theta)
    populations = tuple(Population(one.name, replace(one.panel, theta=theta)) for one in case.populations)
    return replace(case, panel=replace(case.panel, theta=theta), populations=populations)
