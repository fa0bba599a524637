"""The number of people from bones that were paired: distribution, likeliest values, intervals.

L left and R right bones of an element, P of them pairs, from N people: given N, P is hypergeometric if a left bone was
recovered independently of the right one. Adams & Konigsberg (2004, Am. J. Phys. Anthropol. 125:138-151).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import hypergeom

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem

LEVEL = 0.95
NEGLIGIBLE = 1e-12
"""The distribution is summed term by term until what is left is below this, or up to ``MOST_TERMS``."""
MOST_TERMS = 2**18
FIRST_TERMS = 4096
LARGEST_SOUGHT = 10**9
"""An upper limit of an interval above this is reported as open."""


class Prior(StrEnum):
    """How the prior 1 / (N+1) enters where several elements are taken together.

    EACH_ELEMENT is the published method: the distributions of the elements multiply, priors included. ONCE is Bayes'
    rule
    with one prior for the one number that all elements speak of; its values are a little higher.
    """

    EACH_ELEMENT = "each element"
    ONCE = "once"


@dataclass(frozen=True, slots=True)
class PairCount:
    """Bones of one element, or of one zone of it: ``left``, ``right``, and ``pairs`` among them."""

    left: int
    right: int
    pairs: int

    def __post_init__(self) -> None:
        if not 0 <= self.pairs <= min(self.left, self.right):
            what = f"There cannot be {self.pairs} pairs among {self.left} left and {self.right} right bones."
            fix = "Give numbers from 0 on, with no more pairs than bones of the rarer side."
            raise InputError(Problem(what, "numbers of bones", fix))

    @property
    def people_seen(self) -> int:
        """L + R - P: the grand minimum, if every true pair was recognised and no false one made."""
        return self.left + self.right - self.pairs


@dataclass(frozen=True, slots=True, eq=False)
class NumberPosterior:
    """How probable each number of people is.

    first: the smallest number possible.
    probabilities: (k,) of the numbers first, first + 1, ...; with ``beyond`` they sum to 1.
    beyond: probability of all larger numbers.
    """

    first: int
    probabilities: FloatArray
    beyond: float

    @property
    def mode(self) -> int:
        """The most probable number; the smaller one of equals."""
        return self.first + int(self.probabilities.argmax())

    def highest_set(self, level: float = LEVEL) -> tuple[int, int]:
        """Return the ends of the smallest set of numbers that holds the true one with this probability.

        The numbers are taken in the order of their probability until the sum reaches the level.
        """
        order = np.argsort(-self.probabilities, kind="stable")
        total = np.cumsum(self.probabilities[order])
        n = min(int(np.searchsorted(total, level * (1 - NEGLIGIBLE))) + 1, len(order))
        return self.first + int(order[:n].min()), self.first + int(order[:n].max())


def posterior_of_number(
    counts: Sequence[PairCount], *, prior: Prior = Prior.EACH_ELEMENT, at_least: int = 0
) -> NumberPosterior | None:
    """Return the distribution of the number of people, or None where it has none.

    For one element: C(L,P) C(N-L,R-P) / C(N,R) x P / (N+1) for N >= L + R - P, which sums to 1. For several elements
    these multiply and are divided by their sum.

    With no pair at all there is no distribution: such data do not bound the number from above. An element without
    pairs among others with pairs counts like the others, with its own likelihood.

    Parameters
    ----------
    counts : sequence of PairCount
        One for each element; they must be recovered independently of each other given the people.
    prior : Prior
        Whether 1 / (N+1) is taken for each element or once; the same for a single element.
    at_least : int
        A minimum number that is known otherwise, such as the MNI; smaller numbers are left out.
    """
    n_pairs = sum(count.pairs for count in counts)
    if n_pairs == 0:
        return None
    power = len(counts) if prior == Prior.EACH_ELEMENT else 1
    first = max(at_least, *(count.people_seen for count in counts))
    k = FIRST_TERMS
    while True:
        logs = _log_terms(counts, first, k, power)
        terms = np.exp(logs - logs.max())
        beyond = _sum_beyond(counts, terms, first, power)
        if beyond <= NEGLIGIBLE * terms.sum() or k >= MOST_TERMS:
            break
        k = min(k * 8, MOST_TERMS)
    left = np.cumsum(terms[::-1])[::-1] + beyond
    kept = terms[left > NEGLIGIBLE * left[0]]
    return NumberPosterior(first, kept / left[0], max(0.0, 1.0 - float(kept.sum() / left[0])))


def _sum_beyond(counts: Sequence[PairCount], terms: FloatArray, first: int, power: int) -> float:
    """The sum of all terms after those given: exact for one element, all of whose terms sum to 1 if not scaled."""
    if len(counts) == 1 and first == counts[0].people_seen:
        left, right, pairs = counts[0].left, counts[0].right, counts[0].pairs
        first_log = _log_binomial(left, pairs) - _log_binomial(first, right) + math.log(pairs / (first + 1))
        return max(0.0, float(terms[0] * math.exp(-first_log) - terms.sum()))
    # Far out the terms fall like N^-(pairs + power), so the sum of those left is a multiple of the last one.
    n_pairs = sum(count.pairs for count in counts)
    return float(terms[-1]) * (first + len(terms)) / (n_pairs + power - 1)


def _log_binomial(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)


def _log_terms(counts: Sequence[PairCount], first: int, k: int, power: int) -> FloatArray:
    """Log of likelihood times prior for k numbers from ``first`` on, up to a constant.

    The ratio of the likelihood at N + 1 to that at N is 1 + (LR - P(N+1)) / ((N+1)(N+1-L-R+P)), so nothing cancels
    however large N is.
    """
    following = np.arange(first + 1, first + k, dtype=np.float64)
    steps = power * np.log(following / (following + 1.0))
    for count in counts:
        gain = count.left * count.right - count.pairs * following
        steps += np.log1p(gain / (following * (following - count.people_seen)))
    return np.concatenate([[0.0], np.cumsum(steps)])


def exact_interval(count: PairCount, level: float = LEVEL) -> tuple[int, int | None]:
    """Return the numbers of people under which that many pairs are neither too few nor too many.

    For every N between the ends, so few pairs and so many pairs both have a probability above (1 - level)/2. Whatever
    the true number is, it is missed with at most 1 - level (the construction of Clopper and Pearson on the
    hypergeometric distribution); pairs being whole numbers, it is missed less often than that.

    Returns
    -------
    lower, upper : int, int or None
        None: no upper limit, as where there are no pairs.
    """
    tail = (1.0 - level) / 2.0

    def few_enough(n: int) -> bool:
        return float(hypergeom.cdf(count.pairs, n, count.left, count.right)) > tail

    def too_many(n: int) -> bool:
        return float(hypergeom.sf(count.pairs - 1, n, count.left, count.right)) <= tail

    # More people make fewer pairs, so each condition goes on holding once it holds.
    lower = _first_number(few_enough, count.people_seen)
    assert lower is not None, "With enough people no pair at all becomes likely."  # noqa: S101
    if count.pairs == 0:
        return lower, None
    upper = _first_number(too_many, lower)
    return lower, None if upper is None else max(upper - 1, lower)


def _first_number(holds: Callable[[int], bool], start: int) -> int | None:
    """The smallest number from ``start`` on for which a condition holds that goes on holding; None if beyond reach."""
    if holds(start):
        return start
    low, step = start, 1
    while not holds(low + step):
        low, step = low + step, step * 2
        if step > LARGEST_SOUGHT:
            return None
    high = low + step
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
