"""The best assignments, best first, by A* search with exact bounds."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from homeward.identification.assignment_sums import StageTotals, next_states
from homeward.identification.components import Stage
from homeward.identification.placement_levels import Placement


@dataclass(order=True, slots=True)
class _Partial:
    """An assignment of the first families, ordered by how good it can still become."""

    priority: float
    serial: int
    depth: int = field(compare=False)
    state: int = field(compare=False)
    weight: float = field(compare=False)
    chosen: tuple[Placement, ...] = field(compare=False)


def best_assignments(
    components: Sequence[Sequence[Stage]], totals: Sequence[Sequence[StageTotals]], n_best: int
) -> list[tuple[float, Placement]]:
    """Return up to ``n_best`` assignments as (natural log of the joint LR, pairs), best first.

    Parameters
    ----------
    components : sequence of components, each a sequence of Stage
    totals : sequence of sequence of StageTotals
        Made with ``np.maximum``: their backward values say exactly what the later families can still add,
        so that no partial assignment is looked at in vain.
    n_best : int
    """
    stages = [stage for component in components for stage in component]
    onward = [total.backward[0] for component in totals for total in component]
    first_of_component = [i == 0 for component in components for i in range(len(component))]
    later = _best_of_later_components(onward, first_of_component)
    serial = 0
    queue = [_Partial(0.0, serial, 0, 0, 0.0, ())]
    found: list[tuple[float, Placement]] = []
    while queue and len(found) < n_best:
        partial = heapq.heappop(queue)
        if partial.depth == len(stages):
            pairs = tuple(pair for placement in partial.chosen for pair in placement)
            found.append((partial.weight, pairs))
            continue
        stage = stages[partial.depth]
        fits = [i for i, mask in enumerate(stage.masks) if not mask & partial.state]
        after = next_states(stage, np.array([partial.state | stage.masks[i] for i in fits]))
        weights = partial.weight + stage.log_weight[fits]
        if partial.depth + 1 == len(stages) or first_of_component[partial.depth + 1]:
            reachable = weights + later[partial.depth + 1]
        else:
            reachable = weights + onward[partial.depth + 1][after] + later[partial.depth + 1]
        best = np.argsort(-reachable, kind="stable")[: n_best - len(found)]
        for i in best:
            if reachable[i] == -np.inf:
                break
            serial += 1
            chosen = (*partial.chosen, stage.placements[fits[i]])
            heapq.heappush(
                queue,
                _Partial(-float(reachable[i]), serial, partial.depth + 1, int(after[i]), float(weights[i]), chosen),
            )
    return found


def _best_of_later_components(onward: Sequence[np.ndarray], first_of_component: Sequence[bool]) -> list[float]:
    """Return, for each stage, the best total of the components that begin at or after ... the next start."""
    n = len(onward)
    later = [0.0] * (n + 1)
    running = 0.0
    for depth in range(n - 1, -1, -1):
        later[depth] = running
        if first_of_component[depth]:
            running += float(onward[depth][0])
            later[depth] = running
    return later
