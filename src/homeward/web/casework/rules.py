"""What cannot be in one individual, one function for each rule; and what is only unlikely.

Each contradiction names the smallest set of specimens that shows it: without any one of them there would be none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from homeward.identification.association_limits import LIMITS
from homeward.osteology.catalogue import elements
from homeward.web.casework.grouped import Bone, Group
from homeward.web.casework.one_source import Typed, differing_loci, mt_differences, unequal_loci

AT_LEAST = {"complete": 1.0, "most": 0.75, "half": 0.5, "part": 0.25, "fragment": 0.0}
"""How much of the element there is at least, by what was recorded."""
OPPOSITE = {"left": "right", "right": "left"}


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Specimens that cannot all be of one person.

    rule: short name of the rule. specimens: codes, the smallest set. what: a sentence. fix: what to do.
    """

    rule: str
    specimens: tuple[str, ...]
    what: str
    fix: str

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return f"{self.what} {self.fix}"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Specimens that are hardly of one person, though it is possible."""

    rule: str
    specimens: tuple[str, ...]
    what: str


_LOOK_AGAIN = "Look at both again; one of them belongs to somebody else."


def contradictions(group: Group) -> list[Contradiction]:
    """Return everything that cannot be in one individual."""
    rules = (same_zone_twice, more_than_a_body_has, told_apart, two_mt_types, two_profiles)
    return [found for rule in rules for found in rule(group)]


def doubts(group: Group) -> list[Doubt]:
    """Return what is unlikely in one individual, and needs a reason."""
    rules = (one_mt_difference, unequal_profiles, sizes_of_a_pair, ages_of_a_pair, burnt_and_unburnt, far_apart)
    return [found for rule in rules for found in rule(group)]


def same_zone_twice(group: Group) -> Iterator[Contradiction]:
    """Yield two specimens of one element and side of which a recorded zone is there twice."""
    for one, other in _of_one_element(group.bones):
        both = sorted(one.zones & other.zones)
        if both:
            what = f"{_both(one, other)} have the same part of the bone: {', '.join(both)}."
            yield Contradiction("same-zone", (one.code, other.code), what, _LOOK_AGAIN)


def more_than_a_body_has(group: Group) -> Iterator[Contradiction]:
    """Yield the fewest specimens that are together more of an element than a body has, as two left femora are.

    What was recorded as more than three quarters counts as three quarters: only what is there for certain is counted.
    Pieces whose zones were all recorded and do not meet are one bone, however they were estimated.
    """
    by_place: dict[tuple[str, str], list[Bone]] = {}
    for bone in group.bones:
        for element in _with_wholes(bone.element):
            by_place.setdefault((element, ""), []).append(bone)
            if bone.side in OPPOSITE:
                by_place.setdefault((element, bone.side), []).append(bone)
    told: set[frozenset[str]] = set()
    for (element, side), bones in sorted(by_place.items(), key=lambda found: (found[0][1] == "", found[0])):
        has = elements()[element].number_on_a_side * (2 if elements()[element].paired and not side else 1)
        fewest = _fewest_beyond(bones, has)
        codes = frozenset(bone.code for bone in fewest)
        if fewest and not any(codes >= known for known in told) and not _are_pieces(fewest, has):
            told.add(codes)
            yield _too_many(fewest, element, side, has)


def told_apart(group: Group) -> Iterator[Contradiction]:
    """Yield two specimens that somebody excluded from being one person."""
    for first, second in group.apart:
        what = f"{group.name_of(first)} and {group.name_of(second)} were told apart by a signed exclusion."
        yield Contradiction("told-apart", (first, second), what, "Leave one out, or withdraw the exclusion first.")


def two_mt_types(group: Group) -> Iterator[Contradiction]:
    """Yield two specimens of different mtDNA types."""
    for one, other, differences in _compared(group.bones, "mt"):
        if differences >= LIMITS.mt_differences_excluding:
            what = (
                f"{_both(one, other)} have different mitochondrial DNA: {differences} differences where both were read."
            )
            yield Contradiction("two-mt-types", (one.code, other.code), what, _LOOK_AGAIN)


def two_profiles(group: Group) -> Iterator[Contradiction]:
    """Yield two specimens of different autosomal profiles."""
    for one, other, loci in _compared(group.bones, "str"):
        if loci >= LIMITS.str_loci_excluding:
            what = f"{_both(one, other)} have different autosomal profiles: {loci} loci differ."
            yield Contradiction("two-profiles", (one.code, other.code), what, _LOOK_AGAIN)


def unlike_pairs(group: Group, paired: Iterable[str]) -> Iterator[Contradiction]:
    """Yield the specimens, of those taken to be one of a pair, that have no partner: the same element, other side."""
    for bone in group.bones:
        if bone.code in set(paired) and not any(_are_a_pair(bone, other) for other in group.bones):
            what = f"There is no partner here for {bone.name}: a pair is the same bone, left and right."
            yield Contradiction("unlike-pair", (bone.code,), what, "Give the partner too, or another ground.")


def one_mt_difference(group: Group) -> Iterator[Doubt]:
    """Yield two specimens whose mtDNA differs, but too little to tell them apart."""
    for one, other, differences in _compared(group.bones, "mt"):
        if 0 < differences < LIMITS.mt_differences_excluding:
            yield Doubt("mt", (one.code, other.code), f"{_both(one, other)} differ once in mitochondrial DNA.")


def unequal_profiles(group: Group) -> Iterator[Doubt]:
    """Yield two specimens whose autosomal profiles are not equal, but too little to tell them apart."""
    for one, other in combinations(group.bones, 2):
        for first in one.of("str"):
            for second in other.of("str"):
                loci = unequal_loci(first, second)
                if loci and differing_loci(first, second) < LIMITS.str_loci_excluding:
                    what = f"{_both(one, other)} are not equal at {loci} autosomal loci; dropout may explain it."
                    yield Doubt("str", (one.code, other.code), what)


def sizes_of_a_pair(group: Group) -> Iterator[Doubt]:
    """Yield a left and a right bone of very different size."""
    for one, other in _pairs(group.bones):
        for measure in sorted(one.measured_mm.keys() & other.measured_mm.keys()):
            left, right = one.measured_mm[measure], other.measured_mm[measure]
            if abs(left - right) > LIMITS.pair_difference * (left + right) / 2:
                what = f"{_both(one, other)} hardly fit in size: {measure} is {left:g} and {right:g} mm."
                yield Doubt("size", (one.code, other.code), what)


def ages_of_a_pair(group: Group) -> Iterator[Doubt]:
    """Yield a left and a right bone of which one is fused and the other is not."""
    for one, other in _pairs(group.bones):
        if {_is_fused(one), _is_fused(other)} == {True, False}:
            yield Doubt("age", (one.code, other.code), f"{_both(one, other)} hardly fit in age: one is not fused yet.")


def burnt_and_unburnt(group: Group) -> Iterator[Doubt]:
    """Yield two specimens of which one is burnt and the other is not."""
    burnt = [bone for bone in group.bones if bone.condition == "burnt"]
    unburnt = [bone for bone in group.bones if bone.condition not in {"burnt", ""}]
    if burnt and unburnt:
        one, other = burnt[0], unburnt[0]
        yield Doubt("colour", (one.code, other.code), f"{one.name} is burnt, and {other.name} is not.")


def far_apart(group: Group) -> Iterator[Doubt]:
    """Yield two specimens that came by different handovers, or from different sites."""
    placed = sorted((bone for bone in group.bones if bone.came_with), key=lambda bone: bone.came_with)
    for one, other in pairwise(placed):
        if one.came_with != other.came_with:
            what = f"{_both(one, other)} did not come together: {one.came_with} and {other.came_with}."
            yield Doubt("far-apart", (one.code, other.code), what)


def _compared(bones: Iterable[Bone], system: str) -> Iterator[tuple[Bone, Bone, int]]:
    """Two specimens that were both typed, and the most that two of their profiles differ; each pair of types once.

    Among many specimens of two types, one pair shows it: a pair is passed over where both types were compared before.
    """
    differ = {"mt": mt_differences, "str": differing_loci}[system]
    seen: set[tuple[Typed, Typed]] = set()
    for one, other in combinations([bone for bone in bones if bone.of(system)], 2):
        pairs = [(first, second) for first in one.of(system) for second in other.of(system)]
        new = [pair for pair in pairs if pair not in seen]
        seen.update(new)
        if new:
            yield one, other, max(differ(first, second) for first, second in new)


def _of_one_element(bones: Iterable[Bone]) -> Iterator[tuple[Bone, Bone]]:
    """Two specimens of one element and side, of which a body has one."""
    for one, other in combinations(bones, 2):
        same = one.element == other.element and one.side == other.side
        if same and elements()[one.element].number_on_a_side == 1 and (one.side != "unknown"):
            yield one, other


def _with_wholes(element: str) -> Iterator[str]:
    """An element, and the groups of like bones that it is counted in; a frontal is no cranium, a first rib is a rib."""
    yield element
    whole = elements()[element].part_of
    if whole and elements()[whole].number_on_a_side > 1:
        yield from _with_wholes(whole)


def _fewest_beyond(bones: Iterable[Bone], has: int) -> list[Bone]:
    """The fewest specimens that are for certain more than a number of whole bones; none if all are not."""
    taken: list[Bone] = []
    for bone in sorted(bones, key=lambda bone: (-AT_LEAST[bone.completeness], bone.code)):
        taken.append(bone)
        if sum(AT_LEAST[one.completeness] for one in taken) > has:
            return taken
    return []


def _are_pieces(bones: Iterable[Bone], has: int) -> bool:
    """Whether specimens of a single bone all have their zones recorded, and no zone twice."""
    zones = [zone for bone in bones for zone in bone.zones]
    return has == 1 and all(bone.zones for bone in bones) and len(zones) == len(set(zones))


def _too_many(bones: Iterable[Bone], element: str, side: str, has: int) -> Contradiction:
    """More of an element than a body has."""
    names = " and ".join(bone.name for bone in bones)
    sided = f"{side} {element}" if side else element
    what = f"{names} are more than the {has if has > 1 else 'one'} {sided} that a body has."
    return Contradiction("too-many", tuple(bone.code for bone in bones), what, _LOOK_AGAIN)


def _pairs(bones: Iterable[Bone]) -> Iterator[tuple[Bone, Bone]]:
    """A left and a right specimen of one element."""
    return (pair for pair in combinations(bones, 2) if _are_a_pair(*pair))


def _are_a_pair(one: Bone, other: Bone) -> bool:
    """Whether two specimens are the same element, left and right."""
    return one.element == other.element and OPPOSITE.get(one.side) == other.side


def _is_fused(bone: Bone) -> bool | None:
    """Whether growth has ended in it; ``None`` where nothing is said of it."""
    words = bone.age_stage.casefold()
    if "unfused" in words or "not fused" in words or "open" in words:
        return False
    return True if "fused" in words or "closed" in words else None


def _both(one: Bone, other: Bone) -> str:
    """Two specimens by name."""
    return f"{one.name} and {other.name}"
