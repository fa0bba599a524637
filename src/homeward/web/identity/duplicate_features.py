"""Comparing two entries of the roll feature by feature, each with its points and its reason in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from math import asin, cos, prod, radians, sin, sqrt

from homeward.core.dates import PartialDate
from homeward.web.identity.duplicate_policy import POLICY, DuplicatePolicy, points
from homeward.web.identity.spellings import one_edit_apart, sound_key, sounds_of

EARTH_RADIUS_KM = 6_371.0


@dataclass(frozen=True, slots=True)
class Facts:
    """What is compared of one entry.

    names: the words of each of its names. whole: the keys that all spellings of a whole name share. family: those of
        the family name.
    numbers: compared number by (kind, issuer or nothing). where: latitude and longitude of the loss, in degrees.
    """

    code: str
    names: tuple[tuple[str, ...], ...]
    whole: frozenset[str]
    family: frozenset[str]
    born: PartialDate | None
    sex: str
    incident: str
    where: tuple[float, float] | None
    numbers: Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature of a comparison: what it says, and for how much."""

    points: int
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two entries compared."""

    features: tuple[Feature, ...]
    points: int
    level: str


def compare(a: Facts, b: Facts, frequency: Mapping[str, float], policy: DuplicatePolicy = POLICY) -> Comparison:
    """Return what speaks for and against two entries being one person.

    frequency: how often each sound stands in a name of the roll. Level: ``likely``, ``possible`` or nothing. However
    many points a pair has, it is not called likely while something speaks against it, as in siblings and twins.
    """
    features = tuple(_features(a, b, frequency, policy))
    total = sum(feature.points for feature in features)
    against = any(feature.points <= policy.against for feature in features)
    level = "likely" if total >= policy.likely and not against else "possible" if total >= policy.possible else ""
    return Comparison(features, total, level)


def _features(a: Facts, b: Facts, frequency: Mapping[str, float], policy: DuplicatePolicy) -> Iterator[Feature]:
    """Every feature that is known of both."""
    yield _names(a, b, frequency, policy)
    if a.born is not None and b.born is not None:
        yield _born(a.born, b.born, policy)
    yield from _numbers(a, b, policy)
    if a.incident and b.incident:
        same = a.incident == b.incident
        yield Feature(
            policy.same_incident if same else policy.other_incident,
            "lost in the same incident" if same else "lost in different incidents",
        )
    if a.where is not None and b.where is not None:
        distance = _distance_km(a.where, b.where)
        if distance > policy.far_km:
            yield Feature(policy.far, f"lost {distance:,.0f} km apart")
        elif distance < policy.near_km:
            yield Feature(policy.near, f"lost {distance:,.0f} km apart")
    if {a.sex, b.sex} == {"male", "female"}:
        yield Feature(policy.other_sex, "one is given as male, the other as female")


def _names(a: Facts, b: Facts, frequency: Mapping[str, float], policy: DuplicatePolicy) -> Feature:
    """The best agreement of any name of one with any name of the other."""
    best = max(
        (_two_names(first, second, frequency, policy) for first, second in product(a.names, b.names)),
        key=lambda feature: feature.points,
        default=Feature(0, "no name"),
    )
    if best.points < policy.same_whole and a.whole & b.whole:
        return Feature(policy.same_whole, "spellings of one name, as Korean names are romanised")
    if best.points < 0 and a.family & b.family:
        return Feature(policy.given_names_differ, "same family name, other given names, as of siblings")
    return best


def _two_names(
    first: tuple[str, ...], second: tuple[str, ...], frequency: Mapping[str, float], policy: DuplicatePolicy
) -> Feature:
    """Two names: the same words in any order, another spelling, initials, or different."""
    sounds = sounds_of(first) & sounds_of(second)
    rarity = max(prod(frequency.get(sound, policy.rarest) for sound in sounds), policy.rarest)
    if len(first) > 1 and sorted(first) == sorted(second):
        return Feature(points(policy.m_same_name, rarity), f"same name: {' '.join(first)}")
    if _are_spellings(first, second):
        return Feature(
            points(policy.m_spelling, rarity), f"spellings of one name: {' '.join(first)}, {' '.join(second)}"
        )
    if sounds and _initials_agree(first, second):
        return Feature(
            points(policy.m_initials, max(rarity, policy.m_initials / 30)),
            f"initials agree: {' '.join(first)}, {' '.join(second)}",
        )
    return Feature(policy.names_differ, "different names")


def _are_spellings(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name is a spelling of another word of the longer one; two words at least."""
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 1 and _all_spelled(shorter, longer)


def _all_spelled(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Whether each word of one name is a spelling of another word of the other."""
    left = list(longer)
    for word in shorter:
        found = next((other for other in left if _is_spelling(word, other)), None)
        if found is None:
            return False
        left.remove(found)
    return True


def _is_spelling(word: str, other: str) -> bool:
    """Whether two words are spellings of one: the same sound, or one letter apart."""
    if len(word) == 1 or len(other) == 1:
        return word == other
    return sound_key(word) == sound_key(other) or one_edit_apart(word, other)


def _initials_agree(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether the words that are written out in one name and as initials in the other begin alike."""
    short = first if any(len(word) == 1 for word in first) else second
    other = second if short is first else first
    left = list(other)
    for word in sorted(short, key=len, reverse=True):
        matches = [o for o in left if (o.startswith(word) if len(word) == 1 else _is_spelling(word, o))]
        if not matches:
            return False
        left.remove(matches[0])
    return any(len(word) == 1 for word in short)


def _born(a: PartialDate, b: PartialDate, policy: DuplicatePolicy) -> Feature:
    """Two dates of birth."""
    if a.is_day and b.is_day:
        if a.earliest == b.earliest:
            return Feature(policy.same_day, f"born on the same day, {a.words}")
        if a.earliest.year == b.earliest.year and (a.earliest.month, a.earliest.day) == (
            b.earliest.day,
            b.earliest.month,
        ):
            return Feature(policy.days_swapped, f"day and month of birth swapped: {a.text}, {b.text}")
    elif a.overlaps(b):
        return Feature(policy.may_be_same_day, f"dates of birth agree as far as they are known: {a.words}, {b.words}")
    return Feature(policy.born_otherwise, f"born at different times: {a.words}, {b.words}")


def _numbers(a: Facts, b: Facts, policy: DuplicatePolicy) -> Iterator[Feature]:
    """Numbers of one kind: the same, or of one issuer and different."""
    kinds = {kind for kind, _ in a.numbers} & {kind for kind, _ in b.numbers}
    for kind in sorted(kinds):
        ours = {issuer: value for (of, issuer), value in a.numbers.items() if of == kind}
        theirs = {issuer: value for (of, issuer), value in b.numbers.items() if of == kind}
        if set(ours.values()) & set(theirs.values()):
            yield Feature(policy.same_number, f"same {kind} number")
        elif any(issuer and ours[issuer] != theirs[issuer] for issuer in ours.keys() & theirs.keys()):
            yield Feature(policy.other_number, f"different {kind} numbers of one issuer")


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance along the earth's surface (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ([radians(value) for value in point] for point in (a, b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))
