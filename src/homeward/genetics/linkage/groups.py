"""Linkage groups: loci of a panel on one chromosome, and the recombination fractions between neighbours."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import ProblemLog
from homeward.genetics.linkage.recombination import Linkage, NeighbourFractions, combined_fraction
from homeward.genetics.panel import Locus, Panel

_MAP_FIX = "Give position_cm for all of them, or female_position_cm and male_position_cm for all of them."


@dataclass(frozen=True, slots=True)
class LinkageGroup:
    """Two loci or more, in order along a chromosome.

    loci: positions in the panel.
    male, female: recombination fraction between each locus and the next, by sex of the parent, in [0, 0.5].
    """

    loci: tuple[int, ...]
    male: tuple[float, ...]
    female: tuple[float, ...]

    @property
    def fractions(self) -> FloatArray:
        """(2, n_loci - 1) float64: male, then female."""
        return np.array([self.male, self.female])


def linkage_groups(
    panel: Panel, *, used: Collection[int] | None = None, where: str = "the panel"
) -> tuple[LinkageGroup, ...]:
    """Return the linkage groups of a panel; loci in none of them are independent of all others.

    Loci on one chromosome are linked if the panel gives recombination fractions between them, or if it names a map
    function and they have positions. Only a recombination fraction of exactly 0.5 in both sexes separates two groups.

    Parameters
    ----------
    panel : Panel
    used : collection of int, optional
        The loci that matter, as positions in the panel; all if not given. Others are left out and those on either side
        become neighbours: at their distance on the map, or with the given fractions combined without interference.
    where : str
        What to call the panel in an error.

    Raises
    ------
    InputError
        A recombination fraction is outside [0, 0.5], a locus or pair is unknown, listed twice or in a circle, a
        position is negative or has no chromosome, or a locus has both positions and fractions. All problems are listed.
    """
    if panel.linkage is Linkage.NONE:
        return ()
    log = ProblemLog()
    _check_fractions(panel, where, log)
    by_chromosome = _mapped_loci(panel, where, log) if panel.linkage else {}
    log.raise_if_any()
    wanted = set(range(len(panel))) if used is None else set(used)
    groups = [_group_by_fractions(panel, chain, wanted) for chain in _chains(panel)]
    groups += [_group_by_map(panel, loci, wanted) for loci in by_chromosome.values()]
    return tuple(sorted((part for group in groups for part in _separate(group)), key=lambda group: min(group.loci)))


def _separate(group: LinkageGroup) -> list[LinkageGroup]:
    """Divide a group where loci recombine freely; parts of one locus are no groups."""
    ends = [i for i, pair in enumerate(zip(group.male, group.female, strict=True)) if pair == (0.5, 0.5)]
    parts = []
    for start, stop in pairwise([-1, *ends, len(group.loci) - 1]):
        if stop - start > 1:
            within = slice(start + 1, stop)
            parts.append(LinkageGroup(group.loci[start + 1 : stop + 1], group.male[within], group.female[within]))
    return parts


def _group_by_fractions(panel: Panel, chain: Sequence[int], wanted: set[int]) -> LinkageGroup:
    between = {frozenset((panel.position(f.first), panel.position(f.second))): f for f in panel.recombination}
    steps = [between[frozenset(pair)] for pair in pairwise(chain)]
    kept = [i for i, locus in enumerate(chain) if locus in wanted]
    return LinkageGroup(
        tuple(chain[i] for i in kept),
        tuple(combined_fraction(f.male for f in steps[a:b]) for a, b in pairwise(kept)),
        tuple(combined_fraction(f.female for f in steps[a:b]) for a, b in pairwise(kept)),
    )


def _group_by_map(panel: Panel, loci: Sequence[int], wanted: set[int]) -> LinkageGroup:
    kept = [i for i in loci if i in wanted]
    by_sex = all(panel.loci[i].female_position_cm is not None for i in loci)
    fractions = []
    for name in ("male_position_cm", "female_position_cm") if by_sex else ("position_cm", "position_cm"):
        positions = [getattr(panel.loci[i], name) for i in kept]
        fractions.append(tuple(_linkage(panel).recombination_fraction(b - a) for a, b in pairwise(positions)))
    return LinkageGroup(tuple(kept), *fractions)


def _linkage(panel: Panel) -> Linkage:
    return panel.linkage or Linkage.NONE


def _chains(panel: Panel) -> list[list[int]]:
    """Return the loci joined by given fractions, each chain in order."""
    neighbours = _neighbours(panel.recombination)
    chains, seen = [], set()
    for start in neighbours:
        if start in seen or len(neighbours[start]) != 1:
            continue
        chain = [start]
        while following := [name for name in neighbours[chain[-1]] if name not in chain[-2:]]:
            chain += following
        seen.update(chain)
        chains.append([panel.position(name) for name in chain])
    return chains


def _neighbours(recombination: Sequence[NeighbourFractions]) -> dict[str, list[str]]:
    neighbours: dict[str, list[str]] = {}
    for pair in recombination:
        neighbours.setdefault(pair.first, []).append(pair.second)
        neighbours.setdefault(pair.second, []).append(pair.first)
    return neighbours


def _check_fractions(panel: Panel, where: str, log: ProblemLog) -> None:
    """Note everything that is wrong with given recombination fractions."""
    pairs: set[frozenset[str]] = set()
    for given in panel.recombination:
        at = f"{where}, {given.first} and {given.second}"
        for sex, fraction in (("female", given.female), ("male", given.male)):
            if not 0.0 <= fraction <= 0.5:
                fix = "Give a fraction of 0 to 0.5 (unlinked); 1 cM is about 0.01."
                log.add(f"The {sex} recombination fraction {fraction:g} is outside [0, 0.5].", where=at, fix=fix)
        for name in (given.first, given.second):
            if name not in panel:
                log.add(f"There is no locus '{name}'.", where=at, fix="Correct its name.")
        pair = frozenset((given.first, given.second))
        if len(pair) == 1:
            log.add("A locus cannot be its own neighbour.", where=at, fix="Name two loci.")
        elif pair in pairs:
            log.add("This pair is listed twice.", where=at, fix="Keep one of the two.")
        elif given.first in panel and given.second in panel:
            on = {panel.loci[panel.position(name)].chromosome for name in pair}
            if len(on - {None}) > 1 or on == {"X", None}:
                log.add("These loci are on different chromosomes.", where=at, fix="Remove the pair, or correct them.")
        pairs.add(pair)
    neighbours = _neighbours(panel.recombination)
    for name, others in neighbours.items():
        if len(set(others) - {name}) > 2:
            fix = "Give fractions between loci that follow each other on the chromosome only."
            log.add(f"The locus {name} has {len(others)} neighbours: {', '.join(others)}.", where=where, fix=fix)
    if log:
        return
    in_chains = {panel.loci[i].name for chain in _chains(panel) for i in chain}
    if circle := [name for name in neighbours if name not in in_chains]:
        fix = "Leave out the pair that does not follow each other on the chromosome."
        log.add(f"The neighbours {', '.join(circle)} form a circle.", where=where, fix=fix)


def _mapped_loci(panel: Panel, where: str, log: ProblemLog) -> dict[str, list[int]]:
    """Return the loci with positions by chromosome, in order; note what cannot be used."""
    by_chromosome: dict[str, list[int]] = {}
    given = _neighbours(panel.recombination)
    for i, locus in enumerate(panel.loci):
        at = f"{where}, locus {locus.name}"
        positions = [locus.position_cm, locus.female_position_cm, locus.male_position_cm]
        if positions == [None, None, None]:
            continue
        for position in positions:
            if position is not None and not (math.isfinite(position) and position >= 0.0):
                fix = "Give the distance from the end of the short arm in cM, 0 or more."
                log.add(f"The map position {position:g} cM is negative or not a number.", where=at, fix=fix)
        if (locus.female_position_cm is None) != (locus.male_position_cm is None):
            log.add("Only one of the female and the male position is given.", where=at, fix="Give both or neither.")
        if locus.chromosome is None:
            log.add("This locus has a position on the map but no chromosome.", where=at, fix="Name its chromosome.")
        else:
            by_chromosome.setdefault(locus.chromosome, []).append(i)
        if locus.name in given:
            fix = "Remove its positions, or the fractions."
            log.add("This locus has positions on the map and recombination fractions as well.", where=at, fix=fix)
    if not log:
        for chromosome, loci in by_chromosome.items():
            _sort_by_position([panel.loci[i] for i in loci], loci, f"{where}, chromosome {chromosome}", log)
    return by_chromosome


def _sort_by_position(loci: Sequence[Locus], positions: list[int], at: str, log: ProblemLog) -> None:
    """Put loci of one chromosome in order; note where they are not on one map."""
    names = ", ".join(locus.name for locus in loci)
    by_sex = [(x.female_position_cm, x.male_position_cm) for x in loci if x.female_position_cm is not None]
    if len(by_sex) < len(loci):
        average = [x.position_cm for x in loci if x.position_cm is not None]
        if len(average) < len(loci):
            log.add(f"The positions of {names} are not on one map.", where=at, fix=_MAP_FIX)
        else:
            positions[:] = [positions[k] for k in np.argsort(np.array(average), kind="stable")]
        return
    order = sorted(range(len(loci)), key=lambda k: by_sex[k])
    if any(by_sex[b][1] < by_sex[a][1] for a, b in pairwise(order)):  # type: ignore[operator]
        fix = "Correct the positions: one sex recombines more than the other, but the order is the same."
        log.add(f"The order of {names} differs between the female and the male map.", where=at, fix=fix)
    positions[:] = [positions[k] for k in order]
