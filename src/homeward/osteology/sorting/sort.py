"""All bones of an assemblage against all others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from homeward.core.arrays import IntArray
from homeward.core.progress import Progress, no_progress
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.sorting.choices import Keep, Method
from homeward.osteology.sorting.fitted import FittedTest, Refusal
from homeward.osteology.sorting.plans import Plan, fitted_tests, plans_for
from homeward.osteology.sorting.results import Comparison, SetAside, Sorting, TestedPairs
from homeward.osteology.sorting.settings import SortSettings, check_settings, settings_notes
from homeward.osteology.specimens import Side, Specimens

USUAL_METHODS = (Method.PAIR, Method.ARTICULATION, Method.REGRESSION)
CELLS_AT_ONCE = 2_000_000
"""Pairs that are worked out in one step; bounds the memory."""
MOST_SETS_NAMED = 20
"""Refused sets of measurements that are named for each two kinds of bones; the rest are counted."""


@dataclass(slots=True)
class Tally:
    """Counts of one comparison while it is worked out."""

    n_excluded: int = 0
    n_not_excluded: int = 0
    n_without_shared: int = 0
    refused: dict[tuple[tuple[str, ...], int, int], int] = field(default_factory=dict)

    def refuse(self, test: FittedTest, sets: IntArray, n_first: int) -> None:
        """Count pairs whose set of measurements the reference cannot judge."""
        positions, counts = np.unique(sets, return_counts=True)
        for position, count in zip(positions.tolist(), counts.tolist(), strict=True):
            key = (test.measurements(position), int(test.n_reference[position]), int(test.refusals[position]))
            self.refused[key] = self.refused.get(key, 0) + count * n_first


def sort_bones(
    specimens: Specimens,
    reference: ReferenceSample,
    *,
    methods: Sequence[Method] = USUAL_METHODS,
    settings: SortSettings | None = None,
    keep: Keep = Keep.ALL,
    receive: Callable[[TestedPairs], None] | None = None,
    progress: Progress = no_progress,
) -> Sorting:
    """Compare all bones of an assemblage with all others and return the pairs.

    Parameters
    ----------
    specimens : Specimens
        Bones as measured, in millimetres.
    reference : ReferenceSample
        People who are known; for each pair those who have all its measurements on both bones count.
    methods : sequence of Method
        What to compare.
    settings : SortSettings
        Thresholds and choices.
    keep : Keep
        Which pairs to return; counts are returned in any case.
    receive : callable
        Takes the pairs block by block, to be written away; none are then returned, and memory stays bounded.
    progress : callable
        Told how many comparisons of two kinds of bones are done.

    Raises
    ------
    InputError
        A setting is out of range, or an element has too many measurements.
    """
    settings = settings or SortSettings()
    check_settings(settings)
    plans = list(plans_for(specimens, methods, settings))
    kept: list[TestedPairs] = []
    comparisons: list[Comparison] = []
    set_aside = _unusable(specimens)
    for done, plan in enumerate(plans):
        tally = Tally()
        for block in stream_pairs(plan, specimens, reference, settings, keep, tally):
            (receive or kept.append)(block)
        comparisons.append(_comparison(plan, specimens, tally))
        set_aside += _refused_pairs(plan, tally, comparisons[-1].n_not_compared, settings)
        progress("Comparing bones", done + 1, len(plans))
    return Sorting(settings, tuple(kept), tuple(comparisons), tuple(set_aside), settings_notes(settings, methods))


def stream_pairs(
    plan: Plan,
    specimens: Specimens,
    reference: ReferenceSample,
    settings: SortSettings,
    keep: Keep,
    tally: Tally,
) -> Iterator[TestedPairs]:
    """Yield the pairs of one comparison block by block, and count all of them in the tally.

    No block is larger than CELLS_AT_ONCE pairs, so that memory does not grow with the assemblage.
    """
    for test in fitted_tests(plan, specimens, reference, settings):
        starts = test.first.starts()
        for pattern in range(len(test.first.patterns)):
            sets = test.set_of[pattern][test.second.pattern_of]
            rows = np.arange(starts[pattern], starts[pattern + 1])
            tally.n_without_shared += int((sets < 0).sum()) * len(rows)
            columns = np.flatnonzero(sets >= 0)
            refused = test.refusals[sets[columns]] != Refusal.NONE
            tally.refuse(test, sets[columns[refused]], len(rows))
            yield from _blocks(test, rows, columns[~refused], sets, keep, tally)


def _blocks(
    test: FittedTest, rows: IntArray, columns: IntArray, sets: IntArray, keep: Keep, tally: Tally
) -> Iterator[TestedPairs]:
    """Work out first bones of one pattern with all second bones they can be compared with."""
    wide = min(max(len(columns), 1), CELLS_AT_ONCE)
    high = max(1, CELLS_AT_ONCE // wide)
    for left in range(0, len(columns), wide):
        chosen = columns[left : left + wide]
        for top in range(0, len(rows), high):
            some = rows[top : top + high]
            statistics = test.statistics(some, chosen, sets[chosen])
            excluded = test.excluded(statistics, sets[chosen])
            n_excluded = int(np.count_nonzero(excluded))
            tally.n_excluded += n_excluded
            tally.n_not_excluded += excluded.size - n_excluded
            if keep is Keep.NONE:
                continue
            i, j = np.nonzero(~excluded | (keep is Keep.ALL))
            if not len(i):
                continue
            first, second, of = some[i], chosen[j], sets[chosen][j]
            values = statistics[i, j]
            yield TestedPairs(
                test=test,
                a=test.first.rows[first],
                b=test.second.rows[second],
                sets=of,
                statistic=values,
                p_value=test.p_values(values, of),
                log10_lr=test.log10_lr(values, first, second, of),
                excluded=excluded[i, j],
            )


def _comparison(plan: Plan, specimens: Specimens, tally: Tally) -> Comparison:
    n_pairs = len(specimens.rows_of(plan.first.element, plan.first.side))
    n_pairs *= len(specimens.rows_of(plan.second.element, plan.second.side))
    n_compared = tally.n_excluded + tally.n_not_excluded
    return Comparison(
        plan.method, plan.first, plan.second, tally.n_excluded, tally.n_not_excluded, n_pairs - n_compared
    )


def _unusable(specimens: Specimens) -> list[SetAside]:
    """Bones that are compared with nothing: without a measurement, or of a side that is not known."""
    found = []
    measured = np.asarray(specimens.taken.any(axis=1))
    for row, (name, element, side) in enumerate(zip(specimens.ids, specimens.elements, specimens.sides, strict=True)):
        if not measured[row]:
            found.append(SetAside("No measurement was taken.", name, element, side))
        elif side is Side.UNKNOWN:
            found.append(SetAside("The side is not known.", name, element, side))
    return found


def _refused_pairs(plan: Plan, tally: Tally, n_pairs: int, settings: SortSettings) -> list[SetAside]:
    """Pairs without a test, for each reason: named by their measurements, the commonest sets first."""
    both = f"{plan.first} and {plan.second}"
    found = []
    if tally.n_without_shared:
        reason = f"{both}: no measurement was taken on both bones."
        found.append(SetAside(reason, method=plan.method, n_pairs=tally.n_without_shared))
    if not (tally.n_excluded or tally.n_not_excluded or tally.n_without_shared or tally.refused):
        reason = f"{both}: the reference knows no measurement that was taken on them."
        found.append(SetAside(reason, method=plan.method, n_pairs=n_pairs))
    ordered = sorted(tally.refused.items(), key=lambda item: (-item[1], item[0]))
    for (measurements, n, refusal), n_refused in ordered[:MOST_SETS_NAMED]:
        listed = ", ".join(measurements)
        reason = f"{both}: the {n} people of the reference who have {listed} on both bones do not vary."
        if refusal == Refusal.FEW_PEOPLE:
            least = settings.smallest_reference
            if plan.method is Method.MULTIVARIATE:
                least = max(least, len(measurements) + 2)
            people = "1 person of the reference has" if n == 1 else f"{n} people of the reference have"
            reason = f"{both}: {people} {listed} on both bones; at least {least} are needed."
        found.append(SetAside(reason, method=plan.method, measurements=measurements, n_reference=n, n_pairs=n_refused))
    rest = ordered[MOST_SETS_NAMED:]
    if rest:
        reason = f"{both}: {len(rest)} more sets of measurements that too few people of the reference have."
        found.append(SetAside(reason, method=plan.method, n_pairs=sum(n_refused for _, n_refused in rest)))
    return found
