"""What sorting leaves behind."""

from __future__ import annotations

from dataclasses import dataclass

from homeward.core.arrays import BoolArray, FloatArray, IntArray
from homeward.osteology.sorting.bones import Kind
from homeward.osteology.sorting.choices import Method
from homeward.osteology.sorting.fitted import FittedTest
from homeward.osteology.sorting.settings import SortSettings


@dataclass(frozen=True, slots=True, eq=False)
class TestedPairs:
    """n pairs of bones that one test was made for.

    test: the fitted test.
    a, b: (n,) positions of the two bones among the specimens.
    sets: (n,) set of measurements, a position in the test.
    statistic, p_value, log10_lr: (n,) float64.
    excluded: (n,) bool; what is not excluded cannot be excluded, which is no proof that it belongs together.
    """

    __test__ = False  # not a test case for pytest

    test: FittedTest
    a: IntArray
    b: IntArray
    sets: IntArray
    statistic: FloatArray
    p_value: FloatArray
    log10_lr: FloatArray
    excluded: BoolArray

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many pairs of two kinds of bones one method compared, and with what outcome."""

    method: Method
    first: Kind
    second: Kind
    n_excluded: int
    n_not_excluded: int
    n_not_compared: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """What was not compared, and why.

    id, element, side: of the specimen; None where the reason concerns many pairs.
    method, measurements, n_reference: of the pairs; None or empty where it concerns a specimen.
    n_pairs: how many pairs it concerns, 0 for a specimen.
    """

    reason: str
    id: str | None = None
    element: str | None = None
    side: str | None = None
    method: Method | None = None
    measurements: tuple[str, ...] = ()
    n_reference: int | None = None
    n_pairs: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Sorting:
    """All pairs of an assemblage.

    pairs: those kept, a part for each test and block; see :class:`Keep`.
    comparisons: counts for each method and two kinds of bones.
    """

    settings: SortSettings
    pairs: tuple[TestedPairs, ...]
    comparisons: tuple[Comparison, ...]
    set_aside: tuple[SetAside, ...]
    notes: tuple[str, ...]
