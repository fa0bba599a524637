"""How two mitochondrial haplotypes differ over what was read of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from homeward.genetics.lineage.mitochondrial import DELETED, Difference, MtHaplotype
from homeward.genetics.lineage.reference_sequence import reference_base

LENGTH_VARIANTS: Final = frozenset({309, 573, 960, 5899, 16193, *range(455, 464), *range(8276, 8290)})
"""Where bases that are there or not count as no difference: runs of one base, which vary within a person."""

NEARLY_ALWAYS: Final = frozenset({(263, 0), (315, 1)})
"""What the reference lacks and almost everybody has: a haplotype without it was probably written down incompletely."""

LEAST_SHARED: Final = 300
"""Fewest positions read of both for a comparison, as other programs have it."""


class MtReading(StrEnum):
    """What a comparison says (SWGDAM, Interpretation Guidelines for Mitochondrial DNA Analysis)."""

    NO_COMPARISON = "no comparison"
    CANNOT_EXCLUDE = "cannot exclude"
    INCONCLUSIVE = "inconclusive"
    EXCLUSION = "exclusion"


@dataclass(frozen=True, slots=True)
class MtComparison:
    """Outcome of comparing two haplotypes.

    n_shared: positions read of both.
    differing: places that differ, each an event: a base, one run of deleted bases, or bases inserted at one place.
    lengths: places that differ in length only, where that is not counted.
    doubtful: places at which one lacks what almost everybody has; not counted.
    """

    n_shared: int
    differing: tuple[str, ...]
    lengths: tuple[str, ...]
    doubtful: tuple[str, ...]

    @property
    def n_differences(self) -> int:
        """How many differences are counted."""
        return len(self.differing)

    @property
    def reading(self) -> MtReading:
        """What the number of differences says, length variants aside."""
        if self.n_shared < LEAST_SHARED:
            return MtReading.NO_COMPARISON
        if self.n_differences == 0:
            return MtReading.CANNOT_EXCLUDE
        return MtReading.INCONCLUSIVE if self.n_differences == 1 else MtReading.EXCLUSION


def compare_mt(first: MtHaplotype, second: MtHaplotype) -> MtComparison:
    """Return how two haplotypes differ where both were read.

    Bases that can be the same, such as Y and C, are no difference; a run of deleted bases is one. Bases inserted or
    deleted at ``LENGTH_VARIANTS``, and beyond the first inserted base at 315, are listed and not counted.
    """
    shared = first.positions & second.positions
    seen = tuple({(d.position, d.insertion): d for d in one.differences} for one in (first, second))
    places = sorted({place for one in seen for place in one if place[0] in shared})
    differing: list[str] = []
    lengths: list[str] = []
    doubtful: list[str] = []
    events: set[tuple[int, bool]] = set()
    for position, insertion in places:
        bases = [_bases(one, position, insertion) for one in seen]
        if bases[0] & bases[1]:
            continue
        is_length = any(DELETED in one for one in bases)
        name = f"{position}.{insertion}" if insertion else str(position)
        if (position, insertion) in NEARLY_ALWAYS and sum((position, insertion) in one for one in seen) == 1:
            doubtful.append(name)
        elif is_length and (position in LENGTH_VARIANTS or (position == 315 and insertion > 1)):
            lengths.append(name)
        elif _goes_on(position, insertion, is_length, events):
            events.add((position, is_length))
        else:
            events.add((position, is_length))
            differing.append(name)
    return MtComparison(len(shared), tuple(differing), tuple(lengths), tuple(doubtful))


def _bases(seen: Mapping[tuple[int, int], Difference], position: int, insertion: int) -> frozenset[str]:
    """What one haplotype has at a place."""
    one = seen.get((position, insertion))
    if one is not None:
        return one.bases
    return frozenset(DELETED if insertion else reference_base(position))


def _goes_on(position: int, insertion: int, is_length: bool, events: set[tuple[int, bool]]) -> bool:
    """Whether a place belongs to the event just before it: further inserted bases, or the next deleted base."""
    if insertion:
        return insertion > 1 and (position, True) in events
    return is_length and (position - 1, True) in events
