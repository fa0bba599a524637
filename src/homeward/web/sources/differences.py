"""Why two figures for one question differ: told from their units, scopes, dates, rules and words."""

from __future__ import annotations

from decimal import Decimal

from homeward.web.sources.figures import CountingRule, Figure, Qualifier

TEN = Decimal(10)
TRUE_CONTRADICTION = (
    "Same unit, same scope, same day and same rule: this is a true contradiction. "
    "See the conflict about it, or open one."
)
NO_RULES = "Neither source says how it counted, so they may have counted by different rules."


def explain_difference(first: Figure, second: Figure) -> list[str]:
    """Return the reasons for which two figures of a series differ, in sentences; a true contradiction says so.

    Parameters
    ----------
    first, second : Figure
        With their documents, asserters and rules.
    """
    if (first.low, first.high, first.qualifier) == (second.low, second.high, second.qualifier):
        return [f"Both say {first.words}.", *_same_source(first, second)]
    reasons = [
        *different_things(first, second),
        *_dates(first, second),
        *_rules(first, second),
        *_wording(first, second),
    ]
    if not reasons:
        reasons = [NO_RULES if first.rule is None and second.rule is None else TRUE_CONTRADICTION]
    return [*reasons, *_same_source(first, second)]


def different_things(first: Figure, second: Figure) -> list[str]:
    """Return in which ways two figures are not of the same things, in sentences: their units, and what they cover."""
    return [*_units(first, second), *_scopes(first, second)]


def stated_range(figure: Figure) -> tuple[Decimal, Decimal | None]:
    """Return the lowest and the highest number that the words of a figure can mean; ``None`` for no upper limit.

    'Nearly' reaches down, and 'about' to both sides, as far as the number is rounded: 'nearly 8,000' may be anything
    from 7,000, 'about 5,300' anything from 5,250 to 5,350.
    """
    low, high, unit = figure.low, figure.high, rounded_to(figure.low)
    match figure.qualifier:
        case Qualifier.NEARLY:
            return max(low - unit, Decimal(0)), high
        case Qualifier.ABOUT:
            return max(low - unit / 2, Decimal(0)), high + rounded_to(high) / 2
        case Qualifier.MORE | Qualifier.AT_LEAST:
            return low, None
        case Qualifier.UP_TO:
            return Decimal(0), high
        case _:
            return low, high


def rounded_to(value: Decimal) -> Decimal:
    """Return the power of ten to which a number seems to be rounded: 1,000 for 8,000, 100 for 5,300, 1 for 229."""
    unit = Decimal(1)
    while value and unit * TEN < value and value % (unit * TEN) == 0:
        unit *= TEN
    return unit


def covers(rough: Figure, other: Figure) -> bool:
    """Return whether a figure that is not exact is true whenever another one is."""
    if rough.qualifier == Qualifier.EXACT and rough.low == rough.high:
        return False
    low, high = stated_range(rough)
    other_low, other_high = stated_range(other)
    return low <= other_low and (high is None or (other_high is not None and other_high <= high))


def _units(first: Figure, second: Figure) -> list[str]:
    """Different things were counted."""
    if first.unit == second.unit:
        return []
    return [f"They count different things: {first.get_unit_display()}, and {second.get_unit_display()}."]


def _scopes(first: Figure, second: Figure) -> list[str]:
    """Different people or places were covered."""
    if first.scope.casefold().split() == second.scope.casefold().split():
        return []
    return [f"They do not cover the same: “{first.scope}”, and “{second.scope}”."]


def _dates(first: Figure, second: Figure) -> list[str]:
    """They were counted as of different days, or may have been."""
    one, other = first.counted, second.counted
    if not one.overlaps(other):
        return [f"They were counted as of different days: {one.words}, and {other.words}."]
    if one.is_day and other.is_day:
        return []
    return [f"They need not be of the same day: {one.words}, and {other.words}."]


def _rules(first: Figure, second: Figure) -> list[str]:
    """They were counted by different rules, or one of them may have been."""
    if first.rule is not None and second.rule is not None:
        if first.rule_id == second.rule_id:
            return []
        return [f"They count by different rules: {_named(first.rule)}, and {_named(second.rule)}."]
    if first.rule is None and second.rule is None:
        return []
    known, silent = (first, second) if first.rule is not None else (second, first)
    return [
        f"{_who(known)} counts by the rule {_named(known.rule)}; "
        f"the source of “{silent.words}” does not say how it counted."
    ]


def _wording(first: Figure, second: Figure) -> list[str]:
    """One is said roughly, and the other lies in what it says."""
    for rough, other in ((first, second), (second, first)):
        if covers(rough, other):
            return [f"“{rough.words}” covers {other.words}: it is the rougher way to say it."]
    return []


def _same_source(first: Figure, second: Figure) -> list[str]:
    """They are not independent of each other."""
    one, other = first.document, second.document
    if one.code == other.code:
        return [f"Both stand in one document, “{one.headline}”."]
    if one.copy_of_id == other.code:
        return [f"“{one.headline}” ({one.publisher}) repeats “{other.headline}” ({other.publisher})."]
    if other.copy_of_id == one.code:
        return [f"“{other.headline}” ({other.publisher}) repeats “{one.headline}” ({one.publisher})."]
    if one.copy_of_id is not None and one.copy_of_id == other.copy_of_id:
        return ["Both documents repeat one and the same document."]
    return []


def _named(rule: CountingRule) -> str:
    """A rule by its name, its edition and the time in which it was used."""
    facts = [rule.edition, f"used {rule.in_force.words}" if rule.in_force else ""]
    told = ", ".join(fact for fact in facts if fact)
    return f"“{rule.name}” ({told})" if told else f"“{rule.name}”"


def _who(figure: Figure) -> str:
    """Who vouches for a figure."""
    return str(figure.asserter.short_name if figure.asserter is not None else figure.document.publisher)
