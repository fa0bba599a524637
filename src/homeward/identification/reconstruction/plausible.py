"""How well people fit together pair by pair, so that few pedigrees need to be worked out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from homeward.genetics.panel import Panel
from homeward.genetics.profiles import Profiles
from homeward.genetics.relatedness.catalogue import FURTHER_RELATIONSHIPS, PARENT_CHILD, STANDARD_RELATIONSHIPS
from homeward.identification.checking.relationships import pair_probabilities


class Link(IntEnum):
    """How a pedigree joins two people directly."""

    PARENT_CHILD = 0
    FULL_SIBLINGS = 1
    HALF_SIBLINGS = 2
    NONE = 3


_MEANS = {
    Link.PARENT_CHILD: (PARENT_CHILD,),
    Link.FULL_SIBLINGS: ("full siblings",),
    Link.HALF_SIBLINGS: ("half siblings, grandparent or uncle/aunt", "three-quarter siblings"),
    Link.NONE: (
        "unrelated",
        "half siblings, grandparent or uncle/aunt",
        "first cousins",
        "double first cousins",
        "half first cousins or first cousins once removed",
    ),
}
"""Relationships that two people joined like that may have where nobody is inbred."""


@dataclass(frozen=True, slots=True, eq=False)
class LinkScores:
    """How well each link fits each two of n people.

    loss: ``loss[link][a][b]``, log10 by which the best relationship that the link may mean is less likely than the best
        of all relationships; 0 at best.
    """

    loss: list[list[list[float]]]

    def score(self, fathers: tuple[int | None, ...], mothers: tuple[int | None, ...]) -> float:
        """Return minus the losses of every two people; parents are numbers, typed people by position."""
        n = len(fathers)
        return -sum(self.loss[_link(fathers, mothers, a, b)][a][b] for a in range(n) for b in range(a + 1, n))


def score_links(panel: Panel, profiles: Profiles) -> LinkScores:
    """Return how well every link fits every two of some people."""
    n = len(profiles)
    first, second = (grid.ravel() for grid in np.indices((n, n)))
    shown = pair_probabilities(panel, profiles, first, second)
    known = {one.name: one for one in (*STANDARD_RELATIONSHIPS[1:], *FURTHER_RELATIONSHIPS)}
    values = {name: shown.log10_likelihood(one).reshape(n, n) for name, one in known.items()}
    best = np.max(list(values.values()), axis=0)
    return LinkScores([(best - np.max([values[name] for name in _MEANS[link]], axis=0)).tolist() for link in Link])


def _link(fathers: tuple[int | None, ...], mothers: tuple[int | None, ...], a: int, b: int) -> Link:
    if a in (fathers[b], mothers[b]) or b in (fathers[a], mothers[a]):
        return Link.PARENT_CHILD
    n_shared = sum(of[a] is not None and of[a] == of[b] for of in (fathers, mothers))
    return (Link.NONE, Link.HALF_SIBLINGS, Link.FULL_SIBLINGS)[n_shared]
