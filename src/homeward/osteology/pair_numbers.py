"""Numbers of people from paired bones: grand minimum, Lincoln index, MLNI, recovery, by element."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from homeward.osteology.inventory import AgeClass, Inventory, zones_counted
from homeward.osteology.minimum_numbers import minimum_number
from homeward.osteology.number_posterior import (
    LEVEL,
    NumberPosterior,
    PairCount,
    Prior,
    exact_interval,
    posterior_of_number,
)
from homeward.osteology.specimens import Side

Pair = tuple[int, int]
"""Positions of a left and a right specimen that are taken to be one person's."""


@dataclass(frozen=True, slots=True, eq=False)
class PairNumbers:
    """What the left and right bones of one element, and the pairs among them, say about how many people there were.

    zone: the zone counted. age_class: whose bones; None for everybody's.
    lefts, rights: positions of the specimens that show the zone. pairs: pairs among them.
    lincoln_index: L R / P; None without pairs.
    mlni: floor((L+1)(R+1)/(P+1) - 1), after Chapman (1951).
    recovery, recovery_se: 2P/(L+R), the chance that a bone of a person was recovered, and its standard error, None
        without pairs.
    posterior: distribution of the number; None without pairs. interval: exact interval, open above without pairs.
    """

    element: str
    zone: str
    age_class: AgeClass | None
    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    pairs: tuple[Pair, ...]
    lincoln_index: float | None
    mlni: int
    recovery: float
    recovery_se: float | None
    posterior: NumberPosterior | None
    interval: tuple[int, int | None]

    @property
    def count(self) -> PairCount:
        """L, R and P."""
        return PairCount(len(self.lefts), len(self.rights), len(self.pairs))

    @property
    def grand_minimum(self) -> int:
        """L + R - P."""
        return self.count.people_seen


@dataclass(frozen=True, slots=True, eq=False)
class NumbersTogether:
    """All elements together.

    grand_minimum: the largest GMI: of an element over everybody, or of adults and of subadults, added.
    posterior: of the number of people, the elements multiplied, none below the MNI; None without pairs.
    elements: what it is made of.
    """

    grand_minimum: int
    posterior: NumberPosterior | None
    elements: tuple[PairNumbers, ...]
    prior: Prior


def lincoln_index(count: PairCount) -> float | None:
    """Return L R / P, or None without pairs."""
    return count.left * count.right / count.pairs if count.pairs else None


def most_likely_number(count: PairCount) -> int:
    """Return the MLNI of Adams & Konigsberg (2004): floor((L+1)(R+1)/(P+1) - 1), defined without pairs as well."""
    return (count.left + 1) * (count.right + 1) // (count.pairs + 1) - 1


def recovery_rate(count: PairCount) -> tuple[float, float | None]:
    """Return r = 2P/(L+R) and its standard error; without pairs r is 0 and has none.

    The error of Adams & Konigsberg (2004), which simplifies to sqrt(r (1 - r) (2 - r) / (L + R)).
    """
    bones = count.left + count.right
    if not count.pairs:
        return 0.0, None
    r = 2.0 * count.pairs / bones
    return r, math.sqrt(r * (1 - r) * (2 - r) / bones)


def pair_numbers(
    inventory: Inventory, pairs: Iterable[Pair], *, age_class: AgeClass | None = None, level: float = LEVEL
) -> tuple[PairNumbers, ...]:
    """Return the numbers from each element that has left or right bones, in the order of their names.

    Of the zones of an element, the one is counted that most specimens show (of equals, that with most pairs): a person
    has one of it on each side, so two fragments of one bone cannot count twice. Bones of which a person has several on
    a side under one name are left out, as are bones whose side is not known.

    Holds if a left bone was recovered independently of the right one, if every true pair was recognised and no false
    one made. True pairs that went unseen make every number too large, false pairs too small.

    Parameters
    ----------
    inventory : Inventory
        The bones.
    pairs : iterable of (int, int)
        Left and right specimen of each pair; pairs of other elements or without the zone are passed over.
    age_class : AgeClass or None
        Count bones of one age class only.
    level : float
        Of the exact interval.
    """
    shown = zones_counted(inventory)
    members: dict[tuple[str, str], tuple[list[int], list[int]]] = {}
    for i in range(len(inventory)):
        if inventory.sides[i] not in (Side.LEFT, Side.RIGHT) or age_class not in (None, inventory.age_classes[i]):
            continue
        if inventory.number_on_a_side.get(inventory.elements[i], 1) > 1:
            continue
        for zone in shown[i]:
            sides = members.setdefault((inventory.elements[i], zone), ([], []))
            sides[inventory.sides[i] == Side.RIGHT].append(i)
    partners = dict(pairs)
    best: dict[str, tuple[tuple[int, int], str, list[int], list[int], tuple[Pair, ...]]] = {}
    for (element, zone), (lefts, rights) in sorted(members.items()):
        right_ones = set(rights)
        found = tuple((a, partners[a]) for a in lefts if partners.get(a) in right_ones)
        rank = (len(lefts) + len(rights), len(found))
        if element not in best or rank > best[element][0]:
            best[element] = (rank, zone, lefts, rights, found)
    return tuple(
        _numbers(element, zone, age_class, lefts, rights, found, level)
        for element, (_, zone, lefts, rights, found) in sorted(best.items())
    )


def numbers_together(
    inventory: Inventory, pairs: Sequence[Pair], *, prior: Prior = Prior.EACH_ELEMENT, level: float = LEVEL
) -> NumbersTogether:
    """Return grand minimum and distribution of the number from all elements, which are taken to be independent."""
    everybody = pair_numbers(inventory, pairs, level=level)
    apart = sum(
        max((one.grand_minimum for one in pair_numbers(inventory, pairs, age_class=age, level=level)), default=0)
        for age in (AgeClass.ADULT, AgeClass.SUBADULT)
    )
    largest = max((one.grand_minimum for one in everybody), default=0)
    # An element that is there on one side only cannot show pairs, and so says nothing about how many are missing.
    both = [one.count for one in everybody if one.lefts and one.rights]
    posterior = posterior_of_number(both, prior=prior, at_least=minimum_number(inventory).value)
    return NumbersTogether(max(apart, largest), posterior, everybody, prior)


def _numbers(
    element: str,
    zone: str,
    age_class: AgeClass | None,
    lefts: Sequence[int],
    rights: Sequence[int],
    pairs: tuple[Pair, ...],
    level: float,
) -> PairNumbers:
    """All numbers of one element and zone."""
    count = PairCount(len(lefts), len(rights), len(pairs))
    recovery, error = recovery_rate(count)
    return PairNumbers(
        element=element,
        zone=zone,
        age_class=age_class,
        lefts=tuple(lefts),
        rights=tuple(rights),
        pairs=pairs,
        lincoln_index=lincoln_index(count),
        mlni=most_likely_number(count),
        recovery=recovery,
        recovery_se=error,
        posterior=posterior_of_number([count]),
        interval=exact_interval(count, level),
    )
