"""One pair of bones: what was compared, with whom, and how unusual it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.osteology.reference import ReferenceSample
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.results import SetAside, TestedPairs
from homeward.osteology.sorting.settings import SortSettings
from homeward.osteology.sorting.sort import USUAL_METHODS, sort_bones
from homeward.osteology.specimens import Specimens, choose_specimens


@dataclass(frozen=True, slots=True)
class MeasuredBoth:
    """One measurement of a pair: on each bone, in millimetres; None where it was not taken or is not compared."""

    code: str
    a_mm: float | None
    b_mm: float | None


@dataclass(frozen=True, slots=True, eq=False)
class PairTest:
    """One test of one pair, with the reference it was judged by.

    a, b: positions of the bones among the two that are explained.
    value: what the statistic is made from; same, different: the same for true pairs, and for different people, of the
        reference.
    """

    method: Method
    a: int
    b: int
    measurements: tuple[MeasuredBoth, ...]
    n_reference: int
    statistic: float
    df: tuple[int, ...]
    p_value: float
    excluded: bool
    log10_lr: float
    value: float
    same: FloatArray
    different: FloatArray

    @property
    def reference_mean(self) -> float:
        """Mean of the true pairs."""
        return float(self.same.mean())

    @property
    def reference_sd(self) -> float:
        """Standard deviation of the true pairs, over n - 1."""
        return float(self.same.std(ddof=1))


@dataclass(frozen=True, slots=True, eq=False)
class PairExplanation:
    """All tests of two bones, and why there are no others."""

    bones: Specimens
    settings: SortSettings
    tests: tuple[PairTest, ...]
    set_aside: tuple[SetAside, ...]


def find_specimen(specimens: Specimens, name: str) -> int:
    """Return the position of a specimen by its id, or by id:element:side where bones share an id.

    Raises
    ------
    InputError
        There is none, or more than one.
    """
    full = [
        f"{one}:{element}:{side}"
        for one, element, side in zip(specimens.ids, specimens.elements, specimens.sides, strict=True)
    ]
    found = [row for row, one in enumerate(specimens.ids) if one == name]
    found = found or [row for row, one in enumerate(full) if one.lower() == name.lower()]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(Problem("There is no such specimen.", name, "Give an id of the file, or id:element:side."))
    fix = f"Write one of: {', '.join(full[row] for row in found[:10])}."
    raise InputError(Problem(f"{len(found)} specimens have this id.", name, fix))


def explain_pair(
    specimens: Specimens,
    reference: ReferenceSample,
    names: tuple[str, str],
    *,
    methods: Sequence[Method] = USUAL_METHODS,
    settings: SortSettings | None = None,
) -> PairExplanation:
    """Return every test of one pair of bones.

    Raises
    ------
    InputError
        A bone is not in the assemblage, or its id is not enough to tell which it is.
    """
    settings = settings or SortSettings()
    log = ProblemLog()
    rows = []
    for name in names:
        with log.collecting():
            rows.append(find_specimen(specimens, name))
    log.raise_if_any()
    bones = choose_specimens(specimens, np.array(rows, dtype=np.intp))
    result = sort_bones(bones, reference, methods=methods, settings=settings)
    tests = tuple(_explained(bones, part) for part in result.pairs)
    return PairExplanation(bones, settings, tests, result.set_aside)


def _explained(bones: Specimens, pair: TestedPairs) -> PairTest:
    """Return the test of the only pair of a part."""
    test, position = pair.test, int(pair.sets[0])
    a, b = int(pair.a[0]), int(pair.b[0])
    same, different = test.reference_values(position)
    column_of = {code: i for i, code in enumerate(bones.codes)}
    return PairTest(
        method=test.method,
        a=a,
        b=b,
        measurements=tuple(
            MeasuredBoth(
                code,
                _known(bones, a, column_of[code], code in test.first.codes),
                _known(bones, b, column_of[code], code in test.second.codes),
            )
            for code in test.measurements(position)
        ),
        n_reference=int(test.n_reference[position]),
        statistic=float(pair.statistic[0]),
        df=test.degrees(position),
        p_value=float(pair.p_value[0]),
        excluded=bool(pair.excluded[0]),
        log10_lr=float(pair.log10_lr[0]),
        value=test.value(float(pair.statistic[0]), 0, 0, position),
        same=same,
        different=different,
    )


def _known(bones: Specimens, row: int, column: int, is_compared: bool) -> float | None:
    value = float(bones.measurements_mm[row, column])
    return value if is_compared and not np.isnan(value) else None
