"""How good the best assignment is when one family is fixed: the numbers behind GLR and symmetry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from homeward.genetics.arrays import BoolArray, FloatArray
from homeward.identification.assignment_sums import component_best
from homeward.identification.components import Components, cut_into_components
from homeward.identification.placements import FamilyPlacements


class BestTotals:
    """The best assignment of all other families, for any placement of one.

    An assignment never gets better by using a placement of joint LR 1 or less: taking it out frees samples.
    So the other families need only their placements above 1, which cuts the case into small components.
    """

    def __init__(self, families: Sequence[FamilyPlacements]) -> None:
        self.families = families
        self._gaining = [_choose(family, _gains(family)) for family in families]
        self._components: Components = cut_into_components(self._gaining, may_leave_out=False)
        self._members = [frozenset(stage.family for stage in c) for c in self._components.stages]
        self._samples = [frozenset(s for stage in c for s in stage.live) for c in self._components.stages]
        self._component_of_family = {f: c for c, members in enumerate(self._members) for f in members}
        self._component_of_sample = {s: c for c, samples in enumerate(self._samples) for s in samples}
        self._known: dict[tuple[int, int | None, frozenset[int]], float] = {}
        self._base = [self._best(c, None, frozenset()) for c in range(len(self._members))]
        self.best = float(sum(self._base))

    def with_placements(self, family: int) -> FloatArray:
        """Return (P,) natural logs: the best assignment with each placement of a family."""
        placements = self.families[family]
        totals = placements.log10_weight * np.log(10.0)
        rest = [self._rest(family, frozenset(s for _, s in placement)) for placement in placements.placements]
        result: FloatArray = totals + np.array(rest)
        return result

    def _rest(self, family: int, samples: frozenset[int]) -> float:
        """Return the best total of all other families when these samples are taken."""
        touched = {self._component_of_sample[s] for s in samples if s in self._component_of_sample}
        own = self._component_of_family.get(family)
        if own is not None:
            touched.add(own)
        change = sum(
            self._best(c, family if c == own else None, samples & self._samples[c]) - self._base[c] for c in touched
        )
        return self.best + change

    def _best(self, component: int, without: int | None, taken: frozenset[int]) -> float:
        key = (component, without, taken)
        if key not in self._known:
            left = [
                _choose(self._gaining[f], _avoids(self._gaining[f], taken))
                for f in sorted(self._members[component])
                if f != without
            ]
            parts = cut_into_components(left, may_leave_out=False).stages if left else ()
            self._known[key] = float(sum(component_best(stages) for stages in parts))
        return self._known[key]


def _choose(family: FamilyPlacements, chosen: BoolArray) -> FamilyPlacements:
    placements = tuple(family.placements[i] for i in np.flatnonzero(chosen))
    return replace(family, placements=placements, log10_weight=family.log10_weight[chosen])


def _gains(family: FamilyPlacements) -> BoolArray:
    gains: BoolArray = family.log10_weight > 0
    gains[0] = True
    return gains


def _avoids(family: FamilyPlacements, taken: frozenset[int]) -> BoolArray:
    return np.array([all(s not in taken for _, s in placement) for placement in family.placements])
