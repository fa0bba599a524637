"""Linkage in the comparison of pedigrees: which loci are taken together, and what that changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.case import Case
from homeward.genetics.databases.genetic_maps import MAP_SOURCES, place_on_map
from homeward.genetics.linkage.groups import LinkageGroup, linkage_groups
from homeward.genetics.linkage.likelihood import group_log10_likelihood
from homeward.genetics.linkage.recombination import GeneticMap, Linkage
from homeward.genetics.panel import Locus, Panel
from homeward.identification.results import LinkedLoci


def choose_linkage(case: Case, linkage: Linkage, genetic_map: GeneticMap | None = None) -> Case:
    """Return the case with linkage switched off, or with a map function for positions on the genetic map.

    The positions are those of a map that comes with Homeward if one is named, or else those of the case; a case without
    any takes them from the sex-averaged map. Which it was is noted.
    """
    panel = replace(case.panel, linkage=linkage)
    if linkage is Linkage.NONE:
        return replace(case, panel=panel)
    has_own = any(is_mapped(locus) for locus in panel.loci) or panel.recombination
    if genetic_map is None and has_own:
        return replace(case, panel=panel)
    chosen = genetic_map or GeneticMap.HAPMAP
    placed = replace(place_on_map(panel, chosen), recombination=())
    note = f"Linkage by {MAP_SOURCES[chosen]}; map function {linkage}."
    return replace(case, panel=placed, notes=(*case.notes, note))


def compare_linked(case: Case, by_locus: FloatArray) -> tuple[LinkedLoci, ...]:
    """Return the linkage groups of a case, as far as anybody is typed at their loci, and their likelihoods.

    Parameters
    ----------
    case : Case
        With H hypotheses and L loci.
    by_locus : (H, L) float64 array
        log10 likelihood of each locus by itself.

    Raises
    ------
    InputError
        The positions or recombination fractions cannot be used; lists all problems.
    TooComplexError
        A group cannot be computed in memory.
    """
    used = {int(i) for h in case.hypotheses for i in np.flatnonzero(h.profiles.typed.any(axis=0))}
    return tuple(
        _compare_group(case, group, by_locus) for group in linkage_groups(case.panel, used=used, where=case.title)
    )


def _compare_group(case: Case, group: LinkageGroup, by_locus: FloatArray) -> LinkedLoci:
    linked = np.array([group_log10_likelihood(h.pedigree, h.profiles, case.panel, group) for h in case.hypotheses])
    alone = by_locus[:, list(group.loci)].sum(axis=1)
    with np.errstate(invalid="ignore"):
        return LinkedLoci(group, linked, linked - linked[-1], alone - alone[-1])


def linkage_notes(panel: Panel) -> list[str]:
    """Say which loci of one chromosome were taken as independent."""
    if panel.linkage is None and not panel.recombination and any(is_mapped(locus) for locus in panel.loci):
        return ["All loci were taken as independent, though they have map positions: no map function was chosen."]
    if panel.linkage in (None, Linkage.NONE):
        return []
    by_chromosome = defaultdict(list)
    joined = {name for pair in panel.recombination for name in (pair.first, pair.second)}
    for locus in panel.loci:
        if locus.chromosome is not None:
            by_chromosome[locus.chromosome].append(locus)
    return [
        f"{locus.name} has no map position: it was taken as independent of the other loci of chromosome {chromosome}."
        for chromosome, loci in by_chromosome.items()
        if len(loci) > 1
        for locus in loci
        if not is_mapped(locus) and locus.name not in joined
    ]


def is_mapped(locus: Locus) -> bool:
    """Return whether a locus has a position on the genetic map."""
    return locus.position_cm is not None or locus.female_position_cm is not None


def fractions_in_words(group: LinkageGroup) -> str:
    """Return the recombination fractions of a linkage group, by sex where they differ: "0.117", "0.084 m / 0.119 f"."""
    return ", ".join(
        f"{male:.3f}" if male == female else f"{male:.3f} m / {female:.3f} f"
        for male, female in zip(group.male, group.female, strict=True)
    )
