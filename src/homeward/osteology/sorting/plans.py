"""Which bones are compared with which, by which method, and with which people of the reference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.osteology.reference import ReferenceSample, both_bones
from homeward.osteology.sorting.bones import Bones, Kind, bones_of
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.differences import DifferenceTest
from homeward.osteology.sorting.fitted import FittedTest
from homeward.osteology.sorting.multivariate import MultivariateTest
from homeward.osteology.sorting.regression import RegressionTest
from homeward.osteology.sorting.settings import Articulation, SortSettings
from homeward.osteology.sorting.z_transform import ZTransformTest
from homeward.osteology.specimens import Side, Specimens

MOST_SETS = 1_000_000
"""Patterns of first times patterns of second bones that are fitted at once."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Two kinds of bones to compare by one method; for an articulation with the measurements that meet."""

    method: Method
    first: Kind
    second: Kind
    articulation: Articulation | None = None


def plans_for(specimens: Specimens, methods: Sequence[Method], settings: SortSettings) -> Iterator[Plan]:
    """Yield all comparisons that the bones of an assemblage allow.

    Pairs: left and right of each element. Articulations: each two bones of one side. Regression: any two elements on
    any sides; the bone whose element comes first in the alphabet predicts the other.
    """
    kinds = sorted(
        {Kind(element, side) for element, side in zip(specimens.elements, specimens.sides, strict=True)},
        key=lambda kind: (kind.element, kind.side),
    )
    known = [kind for kind in kinds if kind.side is not Side.UNKNOWN]
    for method in methods:
        if method in (Method.PAIR, Method.MULTIVARIATE, Method.Z_TRANSFORM):
            for kind in known:
                other = Kind(kind.element, Side.RIGHT)
                if kind.side is Side.LEFT and other in kinds:
                    yield Plan(method, kind, other)
        elif method is Method.ARTICULATION:
            yield from _articulations(specimens, known, settings)
        else:
            for first, second in combinations(known, 2):
                if first.element != second.element:
                    yield Plan(method, first, second)


def _articulations(specimens: Specimens, kinds: Sequence[Kind], settings: SortSettings) -> Iterator[Plan]:
    """Two bones of one side that have the measurements of a joint."""
    taken = specimens.taken
    elements_with = {
        code: {specimens.elements[row] for row in np.flatnonzero(taken[:, column])}
        for column, code in enumerate(specimens.codes)
    }
    for joint in settings.articulations:
        for first in kinds:
            for second in kinds:
                meets = first.element in elements_with.get(joint.first, ())
                if meets and second.element in elements_with.get(joint.second, ()) and first.side is second.side:
                    yield Plan(Method.ARTICULATION, first, second, joint)


def fitted_tests(
    plan: Plan, specimens: Specimens, reference: ReferenceSample, settings: SortSettings
) -> Iterator[FittedTest]:
    """Yield the test of a plan, in parts if there are very many patterns of measurements."""
    first_codes, second_codes = _codes(plan, specimens, reference)
    first, second = bones_of(specimens, plan.first, first_codes), bones_of(specimens, plan.second, second_codes)
    if not len(first) or not len(second):
        return
    first_reference, second_reference = _reference_mm(plan, reference, first_codes, second_codes)
    step = max(1, MOST_SETS // len(second.patterns))
    for start in range(0, len(first.patterns), step):
        part = first.part(start, min(start + step, len(first.patterns)))
        yield _fit(plan, part, second, first_reference, second_reference, settings)


def _fit(
    plan: Plan,
    first: Bones,
    second: Bones,
    first_reference: FloatArray,
    second_reference: FloatArray,
    settings: SortSettings,
) -> FittedTest:
    if plan.method is Method.REGRESSION:
        return RegressionTest(first, second, first_reference, second_reference, settings)
    if plan.method is Method.MULTIVARIATE:
        return MultivariateTest(first, second, first_reference, second_reference, settings)
    if plan.method is Method.Z_TRANSFORM:
        return ZTransformTest(first, second, first_reference, second_reference, settings)
    return DifferenceTest(plan.method, first, second, first_reference, second_reference, settings)


def _codes(plan: Plan, specimens: Specimens, reference: ReferenceSample) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measurements to compare: those that the bones have and that the reference knows."""
    in_reference = set(reference.specimens.codes)
    if plan.articulation is not None:
        joint = (plan.articulation.first, plan.articulation.second)
        return ((joint[0],), (joint[1],)) if in_reference.issuperset(joint) else ((), ())
    first, second = (
        tuple(code for code in _taken_on(specimens, kind) if code in in_reference) for kind in (plan.first, plan.second)
    )
    if plan.method is Method.REGRESSION:
        return first, second
    either = tuple(code for code in specimens.codes if code in {*first, *second})
    return either, either


def _taken_on(specimens: Specimens, kind: Kind) -> tuple[str, ...]:
    """Codes of the measurements taken on any bone of a kind."""
    taken = specimens.taken[specimens.rows_of(kind.element, kind.side)].any(axis=0)
    return tuple(specimens.codes[i] for i in np.flatnonzero(taken))


def _reference_mm(
    plan: Plan, reference: ReferenceSample, first_codes: tuple[str, ...], second_codes: tuple[str, ...]
) -> tuple[FloatArray, FloatArray]:
    """Those measurements of the people who have both bones."""
    kinds = ((plan.first.element, plan.first.side), (plan.second.element, plan.second.side))
    _, first, second = both_bones(reference, *kinds)
    column_of = {code: i for i, code in enumerate(reference.specimens.codes)}
    return first[:, [column_of[code] for code in first_codes]], second[:, [column_of[code] for code in second_codes]]
