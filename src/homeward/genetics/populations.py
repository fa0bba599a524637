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
        alleles = codes[np.arange(len(panel))[:, None], profiles.alleles]
        # The two alleles stand in ascending order, and one that could not be read after the other.
        in_order = np.where((alleles == MISSING).any(axis=2, keepdims=True), alleles, np.sort(alleles, axis=2))
        return replace(profiles, alleles=in_order)

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
    """(n_loci, n_codes + 1) int16: the code in the other panel of each code of a panel; the last is ``MISSING``.

    An allele that the other panel does not have is in no profile, and is ``MISSING`` as well.
    """
    n_alleles = max((len(locus.alleles) for locus in panel.loci), default=0)
    codes = np.full((len(panel), n_alleles + 2), MISSING, dtype=np.int16)
    for i, (locus, same) in enumerate(zip(panel.loci, other.loci, strict=True)):
        position = {allele: code for code, allele in enumerate(same.alleles)}
        codes[i, : len(locus.alleles)] = [position.get(allele, MISSING) for allele in locus.alleles]
        # The silent allele follows the others.
        codes[i, len(locus.alleles)] = len(same.alleles)
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
