"""Cut a case into parts that can be resolved apart, and put the families of each part in a good order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import BoolArray, FloatArray
from homeward.identification.left_out_bounds import placement_bounds
from homeward.identification.placement_levels import Placement
from homeward.identification.placements import FamilyPlacements

WIDEST = 18
"""Samples that may be open between families at one time: memory and time double with each."""

SMALL = 10
"""Samples open at one time up to which nothing at all is left out."""

BUDGETS = (1e-13, *(10.0**e for e in range(-12, -2)))
"""Error that a component may cost, tried in turn until it is narrow enough."""


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
class Component:
    """Families and samples that are resolved together, apart from all others.

    error: bound on how far leaving out unlikely placements can move a posterior probability in here.
    is_too_wide: whether too many samples are open at one time to sum over all assignments.
    """

    stages: tuple[Stage, ...]
    error: float
    is_too_wide: bool

    @property
    def samples(self) -> set[int]:
        """The samples that some family of the component can use."""
        return {sample for stage in self.stages for sample in stage.live}


def cut_into_components(
    families: Sequence[FamilyPlacements], *, may_leave_out: bool = True
) -> tuple[tuple[Component, ...], dict[int, float]]:
    """Return independent components, and the error for samples that stand in none.

    Unlikely placements are left out, those with the smallest bounds of their posterior first
    (``placement_bounds``), until the components are narrow enough. Given that no placement left out is true,
    a component is independent of all others; so its posteriors are off by no more than the sum of the bounds
    of the placements left out that touch it.

    Parameters
    ----------
    families : sequence of FamilyPlacements
    may_leave_out : bool
        False keeps every placement (needed where the prior forbids to leave samples unpaired).
    """
    everything = [np.ones(len(family.placements), dtype=bool) for family in families]
    parts = _parts(families, everything, range(len(families)))
    if not may_leave_out:
        return tuple(Component(part, 0.0, not _is_narrow(part, WIDEST)) for part in parts), {}
    if all(_is_narrow(part, SMALL) for part in parts):
        return tuple(Component(part, 0.0, is_too_wide=False) for part in parts), {}
    bounds = placement_bounds(families)
    kept = _keep_all_but(bounds, BUDGETS[0], range(len(families)), everything)
    narrow: list[tuple[Stage, ...]] = []
    wide = [(part, 1) for part in _parts(families, kept, range(len(families)))]
    too_wide = []
    while wide:
        part, tries = wide.pop()
        members = [stage.family for stage in part]
        if _is_narrow(part, WIDEST):
            narrow.append(part)
        elif tries == len(BUDGETS):
            too_wide.append(part)
        else:
            fewer = _keep_all_but(bounds, BUDGETS[tries], members, kept)
            smaller = _parts(families, fewer, members)
            if tries + 1 == len(BUDGETS) and not all(_is_narrow(p, WIDEST) for p in smaller):
                too_wide.append(part)
                continue
            for f in members:
                kept[f] = fewer[f]
            wide += [(p, tries + 1) for p in smaller]
    errors, loose = _errors(families, bounds, kept, [*narrow, *too_wide])
    return (
        tuple(
            Component(part, error, is_too_wide=i >= len(narrow))
            for i, (part, error) in enumerate(zip([*narrow, *too_wide], errors, strict=True))
        ),
        loose,
    )


def _is_narrow(stages: Sequence[Stage], widest: int) -> bool:
    return all(len(stage.live) <= widest for stage in stages)


def _parts(
    families: Sequence[FamilyPlacements], kept: Sequence[BoolArray], members: Iterable[int]
) -> list[tuple[Stage, ...]]:
    return [_order(families, kept, group) for group in _connected(families, kept, members)]


def _keep_all_but(
    bounds: Sequence[FloatArray], budget: float, members: Iterable[int], kept: Sequence[BoolArray]
) -> list[BoolArray]:
    """Return what to keep when placements of these families are left out up to a total bound."""
    members = list(members)
    ordered = np.sort(np.concatenate([bounds[f] for f in members]))
    n_left_out = int(np.searchsorted(np.cumsum(ordered), budget, side="right"))
    limit = ordered[n_left_out - 1] if n_left_out else -1.0
    keep = [own.copy() for own in kept]
    for f in members:
        keep[f] &= bounds[f] > limit
        keep[f][0] = True
    return keep


def _errors(
    families: Sequence[FamilyPlacements],
    bounds: Sequence[FloatArray],
    kept: Sequence[BoolArray],
    parts: Sequence[Sequence[Stage]],
) -> tuple[list[float], dict[int, float]]:
    """Return, per component and for each sample in none, the sum of bounds of what was left out and touches it."""
    of_family = {stage.family: i for i, part in enumerate(parts) for stage in part}
    of_sample = {s: i for i, part in enumerate(parts) for stage in part for s in stage.live}
    errors, loose = [0.0] * len(parts), dict[int, float]()
    for f, (family, bound, keep) in enumerate(zip(families, bounds, kept, strict=True)):
        for i in np.flatnonzero(~keep):
            samples = [s for _, s in family.placements[i]]
            touched = {of_sample[s] for s in samples if s in of_sample}
            if f in of_family:
                touched.add(of_family[f])
            for part in touched:
                errors[part] += float(bound[i])
            for s in samples:
                if s not in of_sample:
                    loose[s] = loose.get(s, 0.0) + float(bound[i])
    return [min(error, 1.0) for error in errors], loose


def _connected(
    families: Sequence[FamilyPlacements], kept: Sequence[BoolArray], members: Iterable[int]
) -> list[list[int]]:
    """Return groups of families joined by samples that both could have."""
    samples_of = {f: _samples(families[f], kept[f]) for f in members}
    groups: list[tuple[set[int], list[int]]] = []
    for f, samples in samples_of.items():
        if not samples:
            continue
        joined = [group for group in groups if group[0] & samples]
        groups = [group for group in groups if not group[0] & samples]
        groups.append((samples.union(*(g[0] for g in joined)), [*(i for g in joined for i in g[1]), f]))
    return [sorted(group) for _, group in groups]


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
