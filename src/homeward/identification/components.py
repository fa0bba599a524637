"""Cut a case into parts that can be resolved apart, and put the families of each part in a good order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.errors import HomewardError
from homeward.genetics.arrays import BoolArray, FloatArray
from homeward.identification.left_out_bounds import placement_bounds
from homeward.identification.placements import FamilyPlacements, Placement

WIDEST = 18
"""Samples that may be open between families at one time: memory and time double with each."""

_SMALL = 10
"""Samples open at one time up to which nothing at all is left out."""

_BUDGETS = ((0.0, _SMALL), (1e-13, WIDEST), *((10.0**e, WIDEST) for e in range(-12, 4)))
"""Error allowed, and samples that may then be open at one time."""

ROUNDING = 1e-12
"""Error that is no more than the rounding of the sums themselves: the posterior still counts as exact."""


@dataclass(frozen=True, slots=True, eq=False)
class Stage:
    """One family of a component, with its placements as sets of samples.

    masks: for each placement, the samples used, as bits over ``live``.
    log_weight: (P,) float64, natural logarithm.
    n_pairs: (P,) number of samples used.
    carried: how many samples are open from earlier families; they come first in ``live``.
    live: samples (positions in the case) that this family or later families of the component can use, and
        that an earlier one or this one could.
    leaving: bits of ``live`` that no later family uses.
    """

    family: int
    placements: tuple[Placement, ...]
    masks: tuple[int, ...]
    log_weight: FloatArray
    n_pairs: tuple[int, ...]
    carried: int
    live: tuple[int, ...]
    leaving: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """The case cut into independent parts.

    stages: one tuple of stages per component that has any sample to place.
    error: bound on how far leaving out unlikely placements can move any posterior probability.
    """

    stages: tuple[tuple[Stage, ...], ...]
    error: float


def cut_into_components(families: Sequence[FamilyPlacements], *, may_leave_out: bool = True) -> Components:
    """Return independent components, leaving out as little weight as makes them manageable.

    Placements are left out in order of the bound of their posterior (``placement_bounds``), so that the sum
    of the bounds of all that are left out, which is the error reported, stays as small as possible.

    Parameters
    ----------
    families : sequence of FamilyPlacements
    may_leave_out : bool
        False keeps every placement (needed where the prior forbids to leave samples unpaired).
    """
    bounds = placement_bounds(families) if may_leave_out else [np.ones(len(f.placements)) for f in families]
    everything = np.sort(np.concatenate(bounds))
    reached = np.cumsum(everything)
    for budget, widest in _BUDGETS:
        n_left_out = int(np.searchsorted(reached, budget, side="right"))
        limit = everything[n_left_out - 1] if n_left_out else -1.0
        kept = [(bound > limit) | (np.arange(len(bound)) == 0) for bound in bounds]
        components = [_order(families, kept, members) for members in _connected(families, kept)]
        if all(len(stage.live) <= widest for stages in components for stage in stages):
            break
    else:
        raise HomewardError(
            "Too many samples fit too many families about equally well to weigh all assignments together. "
            "Group samples of one person, or leave out families that say little."
        )
    error = float(sum(bound[~keep].sum() for bound, keep in zip(bounds, kept, strict=True)))
    return Components(tuple(components), min(error, 1.0))


def _connected(families: Sequence[FamilyPlacements], kept: Sequence[BoolArray]) -> list[list[int]]:
    """Return groups of families joined by samples that both could have."""
    samples_of = [_samples(family, keep) for family, keep in zip(families, kept, strict=True)]
    groups: list[tuple[set[int], list[int]]] = []
    for f, samples in enumerate(samples_of):
        if not samples:
            continue
        joined = [group for group in groups if group[0] & samples]
        groups = [group for group in groups if not group[0] & samples]
        groups.append((samples.union(*(g[0] for g in joined)), [*(i for g in joined for i in g[1]), f]))
    return [sorted(members) for _, members in groups]


def _samples(family: FamilyPlacements, keep: BoolArray) -> set[int]:
    return {sample for i in np.flatnonzero(keep) for _, sample in family.placements[i]}


def _order(
    families: Sequence[FamilyPlacements],
    kept: Sequence[BoolArray],
    members: list[int],
) -> tuple[Stage, ...]:
    """Put families in the order that keeps the fewest samples open, step by step."""
    samples_of = {f: _samples(families[f], kept[f]) for f in members}
    remaining, carried, stages = list(members), list[int](), []
    while remaining:
        family = min(remaining, key=lambda f: (len(samples_of[f] - set(carried)), f))
        remaining.remove(family)
        live = carried + sorted(samples_of[family] - set(carried))
        later = set[int]().union(*(samples_of[f] for f in remaining))
        leaving = [bit for bit, sample in enumerate(live) if sample not in later]
        stages.append(_stage(families[family], family, kept[family], len(carried), live, leaving))
        carried = [sample for sample in live if sample in later]
    return tuple(stages)


def _stage(
    placements: FamilyPlacements,
    family: int,
    keep: BoolArray,
    carried: int,
    live: list[int],
    leaving: list[int],
) -> Stage:
    bit = {sample: 1 << i for i, sample in enumerate(live)}
    chosen = [placements.placements[i] for i in np.flatnonzero(keep)]
    return Stage(
        family=family,
        placements=tuple(chosen),
        masks=tuple(sum(bit[s] for _, s in placement) for placement in chosen),
        log_weight=placements.log10_weight[keep] * np.log(10.0),
        n_pairs=tuple(len(placement) for placement in chosen),
        carried=carried,
        live=tuple(live),
        leaving=tuple(leaving),
    )
