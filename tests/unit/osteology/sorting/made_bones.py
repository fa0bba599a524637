"""Bones made for tests, and the tests of pairs as plain double loops."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import stats

from homeward.osteology.reference import ReferenceSample
from homeward.osteology.specimens import Side, Specimens

CODES = ("Hum_01", "Hum_02", "Hum_03", "Hum_06", "Uln_01", "Uln_11")
MEANS_MM = np.array([330.0, 62.0, 48.0, 45.0, 270.0, 24.0])
OF_HUMERUS, OF_ULNA = slice(0, 4), slice(4, 6)
KINDS = tuple((element, side) for element in ("humerus", "ulna") for side in (Side.LEFT, Side.RIGHT))


def made_people(n: int, seed: int, *, missing: float = 0.15) -> tuple[tuple[str, ...], Specimens]:
    """Four bones each of n people, row by row with the person's name; normal sizes, some measurements not taken."""
    rng = np.random.default_rng(seed)
    size = rng.normal(0, 0.05, (n, 1))
    persons, elements, sides, rows = [], [], [], []
    body = MEANS_MM * np.exp(size + rng.normal(0, 0.02, (n, 6)))
    for element, side in KINDS:
        bones = body + rng.normal(0, 0.01, (n, 6)) * MEANS_MM
        taken = rng.random((n, 6)) >= missing
        taken[:, OF_ULNA if element == "humerus" else OF_HUMERUS] = False
        persons += [f"P{i}" for i in range(n)]
        elements += [element] * n
        sides += [side] * n
        rows.append(np.where(taken, bones, np.nan))
    return tuple(persons), Specimens(tuple(persons), tuple(elements), tuple(sides), CODES, np.concatenate(rows))


def made_reference(n: int, seed: int, *, missing: float = 0.15) -> ReferenceSample:
    return reference_of(*made_people(n, seed, missing=missing))


def reference_of(persons: tuple[str, ...], specimens: Specimens) -> ReferenceSample:
    n = len(persons)
    return ReferenceSample("Made", "made for tests", persons, specimens, np.full(n, np.nan), ("",) * n, ("",) * n)


def simple_reference(
    left: list[list[float]], right: list[list[float]], codes: tuple[str, ...], elements: tuple[str, str]
) -> ReferenceSample:
    """One bone each of two kinds for some people; elements of the left and of the right table."""
    n = len(left)
    persons = tuple(f"P{i}" for i in range(n)) * 2
    sides = (Side.LEFT,) * n + ((Side.RIGHT,) if elements[0] == elements[1] else (Side.LEFT,)) * n
    names = (elements[0],) * n + (elements[1],) * n
    return reference_of(persons, Specimens(persons, names, sides, codes, np.array([*left, *right], dtype=float)))


@dataclass(frozen=True)
class SlowPair:
    a: int
    b: int
    method: str
    measurements: tuple[str, ...]
    n: int
    statistic: float
    p_value: float


def slow_pairs(
    specimens: Specimens, reference: ReferenceSample, *, absolute: bool = False, zero_mean: bool = False
) -> Iterator[SlowPair]:
    """Every pair-match, articulation and regression of humeri and ulnae, one after the other."""
    people: dict[tuple[str, str, str], dict[str, float]] = {}
    for i, person in enumerate(reference.persons):
        bone = reference.specimens
        people[person, bone.elements[i], bone.sides[i]] = taken(bone, i)
    names = sorted({person for person, _, _ in people})
    for a in range(len(specimens)):
        for b in range(len(specimens)):
            kind_a, kind_b = ((specimens.elements[i], specimens.sides[i]) for i in (a, b))
            one, other = taken(specimens, a), taken(specimens, b)
            known = [
                (people[name, *kind_a], people[name, *kind_b])
                for name in names
                if (name, *kind_a) in people and (name, *kind_b) in people
            ]
            if kind_a[0] == kind_b[0] and (kind_a[1], kind_b[1]) == (Side.LEFT, Side.RIGHT):
                shared = tuple(code for code in CODES if code in one and code in other)
                yield from difference(a, b, "pair", one, other, shared, shared, known, absolute, zero_mean)
            if (kind_a[0], kind_b[0]) == ("humerus", "ulna"):
                if kind_a[1] == kind_b[1] and "Hum_06" in one and "Uln_11" in other:
                    codes = (("Hum_06",), ("Uln_11",))
                    yield from difference(a, b, "articulation", one, other, *codes, known, absolute, zero_mean)
                yield from regression(a, b, one, other, known)


def taken(specimens: Specimens, row: int) -> dict[str, float]:
    values = zip(specimens.codes, specimens.measurements_mm[row].tolist(), strict=True)
    return {code: value for code, value in values if not math.isnan(value)}


def difference(a, b, method, one, other, codes, other_codes, known, absolute, zero_mean) -> Iterator[SlowPair]:
    def total(first, second):
        parts = [first[code] - second[of] for code, of in zip(codes, other_codes, strict=True)]
        return sum(map(abs, parts)) if absolute else sum(parts)

    sums = [total(x, y) for x, y in known if all(c in x for c in codes) and all(c in y for c in other_codes)]
    n = len(sums)
    if not codes or n < 10:
        return
    mean = sum(sums) / n
    sd = math.sqrt(sum((d - mean) ** 2 for d in sums) / (n - 1))
    t = (total(one, other) - (0 if zero_mean else mean)) / sd
    p = stats.t.sf(t, n - 1) if absolute else 2 * stats.t.cdf(-abs(t), n - 1)
    yield SlowPair(a, b, method, tuple(dict.fromkeys([*codes, *other_codes])), n, t, p)


def regression(a, b, one, other, known) -> Iterator[SlowPair]:
    if not one or not other:
        return
    points = [
        (math.log(sum(first[c] for c in one)), math.log(sum(second[c] for c in other)))
        for first, second in known
        if all(c in first for c in one) and all(c in second for c in other)
    ]
    n = len(points)
    if n < 10:
        return
    x_mean, y_mean = (sum(values) / n for values in zip(*points, strict=True))
    sum_xx = sum((x - x_mean) ** 2 for x, _ in points)
    slope = sum((x - x_mean) * (y - y_mean) for x, y in points) / sum_xx
    rest = sum((y - y_mean - slope * (x - x_mean)) ** 2 for x, y in points)
    x, y = math.log(sum(one.values())), math.log(sum(other.values()))
    error = math.sqrt(rest / (n - 2)) * math.sqrt(1 + 1 / n + (x - x_mean) ** 2 / sum_xx)
    t = abs(y_mean + slope * (x - x_mean) - y) / error
    yield SlowPair(a, b, "regression", (*one, *other), n, t, 2 * stats.t.cdf(-t, n - 2))
