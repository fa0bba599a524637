"""The positions of the usual STR loci on genetic maps."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from homeward.genetics.databases.str_loci import str_loci
from homeward.genetics.linkage.recombination import GeneticMap
from homeward.genetics.panel import Locus, Panel

MAP_SOURCES: Final = {
    GeneticMap.HAPMAP: "sex-averaged positions from the HapMap, as distributed with norSTR and KLINK",
    GeneticMap.DECODE: (
        "positions by sex from the deCODE map (Halldorsson et al. 2019, Science 363, eaau1043), read off at the place "
        "of each locus on GRCh38"
    ),
}


def place_on_map(panel: Panel, genetic_map: GeneticMap = GeneticMap.HAPMAP) -> Panel:
    """Return the panel with the positions of a map, by the names of its loci, in place of those that it had.

    Loci that are not on the map get no position; chromosomes that were not given are filled in.
    """
    return replace(panel, loci=tuple(_placed(locus, genetic_map) for locus in panel.loci))


def _placed(locus: Locus, genetic_map: GeneticMap) -> Locus:
    known = str_loci().get(locus.name)
    if known is None or locus.chromosome not in (None, known.chromosome):
        return replace(locus, position_cm=None, female_position_cm=None, male_position_cm=None)
    averaged = genetic_map is GeneticMap.HAPMAP
    return replace(
        locus,
        chromosome=known.chromosome,
        position_cm=known.position_cm if averaged else None,
        female_position_cm=None if averaged else known.female_position_cm,
        male_position_cm=None if averaged else known.male_position_cm,
    )
