"""The current value of a series: worked out each time from its figures, with the reason; never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from homeward.core.dates import PartialDate
from homeward.web.sources.differences import covers
from homeward.web.sources.documents import Grade
from homeward.web.sources.figures import Figure, Unit

GRADES = (Grade.PRIMARY, Grade.NEWS, Grade.SECONDARY, Grade.DERIVED, Grade.UNCONFIRMED)
"""Grades from the nearest to what they tell to the farthest."""
ONE_TIME = timedelta(days=31)
"""Counts no farther apart than this are of one time, so that the better source outweighs the later day."""
ONE_YEAR = timedelta(days=366)
"""How far from an exact count rough words are still taken to repeat it."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A figure that was not taken, and why not."""

    figure: Figure
    why: str


@dataclass(frozen=True, slots=True)
class CurrentValue:
    """What a series stands at on a day.

    figures: those that it is taken from; more than one where nothing prefers one of them.
    why: in a sentence.
    passed_over: the others, the latest first.
    """

    figures: tuple[Figure, ...]
    why: str
    passed_over: tuple[PassedOver, ...]

    @property
    def figure(self) -> Figure:
        """The figure that it is taken from, or the first of several."""
        return self.figures[0]

    @property
    def words(self) -> str:
        """The value, or the range that equally good figures span."""
        told = dict.fromkeys(figure.words for figure in self.figures)
        if len(told) == 1:
            return next(iter(told))
        low, high = min(self.figures, key=lambda one: one.low), max(self.figures, key=lambda one: one.high)
        return f"{low.words} to {high.words}"


def current_value(figures: Iterable[Figure], on: date, *, unit: str = "") -> CurrentValue | None:
    """Return the value of a series on a day and why it is that one; ``None`` if nothing was counted by then.

    The latest count wins; of several of one day the one nearest to what it tells (grade P, N, S, D, U); of those the
    one whose asserter counts by a rule of its own, then one that names its rule. What is left stands as a range.

    Parameters
    ----------
    figures : iterable of Figure
        Of one series.
    on : date
        Counts as of later days are passed over.
    unit : str
        What the series counts; figures of another unit are passed over. Empty: whatever they count.
    """
    everything = sorted(figures, key=lambda figure: (as_of_day(figure), figure.code), reverse=True)
    passed: list[PassedOver] = []
    left: list[Figure] = []
    for figure in everything:
        if unit and figure.unit != unit:
            passed.append(PassedOver(figure, f"It counts {figure.get_unit_display()}, not {Unit(unit).label}."))
        elif as_of_day(figure) > on:
            passed.append(PassedOver(figure, f"It was counted after {on:%-d %B %Y}."))
        else:
            left.append(figure)
    if not left:
        return None
    left = _without_rough(left, passed)
    latest = max(map(as_of_day, left))
    left = _keep(left, [figure for figure in left if latest - as_of_day(figure) <= ONE_TIME], passed, _older)
    of_that_time = len(left)
    best = min(_rank(figure) for figure in left)
    left = _keep(left, [figure for figure in left if _rank(figure) == best], passed, _farther)
    of_that_grade = len(left)
    latest = max(map(as_of_day, left))
    left = _keep(left, [figure for figure in left if as_of_day(figure) == latest], passed, _older)
    of_that_day = len(left)
    clearest = min(_clarity(figure) for figure in left)
    left = _keep(left, [figure for figure in left if _clarity(figure) == clearest], passed, _less_clear)
    why = _why(left, on, graded=of_that_time > of_that_grade, ruled=of_that_day > len(left))
    passed.sort(key=lambda one: (as_of_day(one.figure), one.figure.code), reverse=True)
    return CurrentValue(tuple(sorted(left, key=lambda one: (one.low, one.high, one.code))), why, tuple(passed))


def as_of_day(figure: Figure) -> date:
    """Return the day that a figure counts as counted on.

    A figure for a stretch of time, such as 1996/2005, was counted up to its end. A date that is only known roughly,
    such as 2018, counts from its first day, so that a figure of an exact day within it is the later one.
    """
    counted: PartialDate = figure.counted
    return counted.latest if "/" in counted.text and counted.latest != date.max else counted.earliest


def _without_rough(figures: Sequence[Figure], passed: list[PassedOver]) -> list[Figure]:
    """The figures without rough words that say no more than an exact count of the year around them."""
    left: list[Figure] = []
    for figure in figures:
        near = [one for one in figures if abs(as_of_day(one) - as_of_day(figure)) <= ONE_YEAR]
        exact = next((one for one in near if covers(figure, one) and not covers(one, figure)), None)
        if exact is None:
            left.append(figure)
        else:
            passed.append(PassedOver(figure, f"It says roughly what {exact.words} of {exact.counted.words} says."))
    return left


def _keep(
    left: Sequence[Figure], kept: list[Figure], passed: list[PassedOver], why: Callable[[Figure, Figure], str]
) -> list[Figure]:
    """The figures that are kept; the others are noted with the reason."""
    passed += [PassedOver(figure, why(figure, kept[0])) for figure in left if figure not in kept]
    return kept


def _older(figure: Figure, kept: Figure) -> str:
    """Why an older count was passed over."""
    return f"It is older: counted as of {figure.counted.words}."


def _farther(figure: Figure, kept: Figure) -> str:
    """Why a count of a lower grade was passed over."""
    same = "the same day" if as_of_day(figure) == as_of_day(kept) else "about the same time"
    return f"It is of {same}, but its grade is {figure.grade} and not {kept.grade}."


def _less_clear(figure: Figure, kept: Figure) -> str:
    """Why a count whose rule is less clear was passed over."""
    return "It does not say how it was counted." if figure.rule_id is None else "It was counted by the rule of another."


def _rank(figure: Figure) -> int:
    """How far a figure stands from what it tells."""
    return GRADES.index(Grade(figure.grade))


def _clarity(figure: Figure) -> int:
    """How clear it is by which rule a figure was counted: by its asserter's own, by a named one, by none."""
    if figure.rule is None:
        return 2
    return 0 if figure.rule.party_id is not None and figure.rule.party_id == figure.asserter_id else 1


def _why(left: Sequence[Figure], on: date, *, graded: bool, ruled: bool) -> str:
    """The reason in a sentence; whether the grade and the rule of counting decided."""
    figure = left[0]
    reasons = [f"it is the latest count by {on:%-d %B %Y}, as of {figure.counted.words}"]
    if graded:
        reasons = [
            f"of the counts of the last month it stands nearest to what it tells (grade {figure.grade}), "
            f"as of {figure.counted.words}"
        ]
    if ruled:
        reasons.append("its rule of counting is the clearest")
    sentence = f"Taken because {' and '.join(reasons)}."
    if len({(one.low, one.high, one.qualifier) for one in left}) > 1:
        sentence += f" {len(left)} figures are equally good, so all that they span is given."
    return sentence
