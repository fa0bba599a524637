"""Identity by descent of the four genes of two people: the fifteen ways, condensed to nine.

A block of genes is *together* if all of them are copies of one ancestral gene. Youngest first, each gene is followed to
its parent, where it is either of two genes with probability 1/2; blocks that come to hold the same gene are one block.
What the recursions of Karigl (1981) give case by case follows from this one rule (Weeks & Lange 1988, Am. J. Hum.
Genet. 42:315-326).
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex

N_STATES = 9
"""Condensed identity states of Jacquard."""

Partition = tuple[int, int, int, int]
"""Blocks of the genes (a paternal, a maternal, b paternal, b maternal), numbered in order of appearance."""

PARTITIONS: tuple[Partition, ...] = tuple(
    (0, second, third, fourth)
    for second in range(2)
    for third in range(second + 2)
    for fourth in range(max(second, third) + 2)
)
"""All fifteen."""

_CONDENSED = {
    (True, True, 1): 0,
    (True, True, 0): 1,
    (True, False, 1): 2,
    (True, False, 0): 3,
    (False, True, 1): 4,
    (False, True, 0): 5,
    (False, False, 2): 6,
    (False, False, 1): 7,
    (False, False, 0): 8,
}


def condensed_state(partition: Partition) -> int:
    """Return the position, 0 to 8, of Jacquard's condensed state that a partition belongs to."""
    first, second = partition[:2], partition[2:]
    return _CONDENSED[first[0] == first[1], second[0] == second[1], len({*first} & {*second})]


@dataclass(frozen=True, slots=True)
class PairCoefficients:
    """What a pedigree says of two people, before any profile is seen.

    delta: (9,) float64, probabilities of Jacquard's condensed identity states 1 to 9.
    """

    delta: FloatArray

    @property
    def kinship(self) -> float:
        """Probability that a gene drawn from one and a gene drawn from the other are identical by descent."""
        return float(self.delta @ KINSHIP_OF_STATE)

    @property
    def inbreeding(self) -> tuple[float, float]:
        """Probability, for each of the two, that their own two genes are identical by descent."""
        return float(self.delta[:4].sum()), float(self.delta[[0, 1, 4, 5]].sum())

    @property
    def kappa(self) -> FloatArray | None:
        """(3,): probabilities of sharing 0, 1, 2 genes identical by descent; None if one of the two is inbred."""
        return None if any(self.inbreeding) else self.delta[[8, 7, 6]]


KINSHIP_OF_STATE = np.array([1.0, 0.0, 0.5, 0.0, 0.5, 0.0, 0.5, 0.25, 0.0])


class Descent:
    """Identity by descent in one pedigree; keeps what it has worked out.

    Parameters
    ----------
    pedigree : Pedigree
        Loops are allowed; founders are unrelated, some perhaps inbred; twins from one egg have the same genes.
    x_linked : bool
        For a locus on the X chromosome. A man's one gene is counted as two copies of one gene, so that his pairs are in
        Jacquard's states 1 to 4 (or 1, 2, 5, 6). The sex of everybody with a child must be known.
    """

    def __init__(self, pedigree: Pedigree, *, x_linked: bool = False) -> None:
        self._genotype_of = pedigree.genotype_of
        self._parents = pedigree.parent_rows
        self._founder_inbreeding = pedigree.founder_inbreeding
        self._is_male = pedigree.sex == Sex.MALE
        self._x_linked = x_linked
        self._rank = {person: rank for rank, person in enumerate(_founders_first(pedigree))}
        self._person = list(self._rank)
        self._known: dict[tuple[tuple[int, ...], ...], float] = {}

    def coefficients(self, a: int, b: int) -> PairCoefficients:
        """Return the nine condensed identity coefficients of two people, given by their positions.

        References
        ----------
        Jacquard (1974), The Genetic Structure of Populations; Karigl (1981), Ann. Hum. Genet. 45:299-305.
        """
        genes = [self._gene(person, side) for person in (a, b) for side in (0, 1)]
        together = {
            p: self.together([[g for g, at in zip(genes, p, strict=True) if at == i] for i in set(p)])
            for p in PARTITIONS
        }
        exactly: dict[Partition, float] = {}
        delta = np.zeros(N_STATES)
        # "Together" counts everything coarser too: take those away, coarsest first.
        for partition in sorted(PARTITIONS, key=lambda p: len(set(p))):
            coarser = sum(value for other, value in exactly.items() if _is_coarser(other, partition))
            exactly[partition] = together[partition] - coarser
            delta[condensed_state(partition)] += exactly[partition]
        return PairCoefficients(delta)

    def together(self, blocks: list[list[int]]) -> float:
        """Return the probability that within every block all genes are copies of one ancestral gene."""
        state = _joined(blocks)
        if not state:
            return 1.0
        if state not in self._known:
            youngest = max(block[-1] for block in state)
            self._known[state] = sum(
                probability * self.together([[source if g == youngest else g for g in block] for block in state])
                for probability, source in self._sources(youngest)
            )
        return self._known[state]

    def _gene(self, person: int, side: int) -> int:
        """The number of a gene; genes of older people have smaller numbers."""
        if self._x_linked and self._is_male[person]:
            side = 1
        return 2 * self._rank[self._genotype_of[person]] + side

    def _sources(self, gene: int) -> list[tuple[float, int]]:
        """The genes that a gene may be a copy of, with probabilities; what they leave is for a copy of none."""
        person, side = self._person[gene // 2], gene % 2
        parent = self._parents[person][side]
        if parent == FOUNDER:
            # Of the two genes of an inbred founder, one may be a copy of the other.
            inbreeding = float(self._founder_inbreeding[person])
            return [(inbreeding, gene - 1)] if side and inbreeding else []
        of_parent = {self._gene(parent, 0), self._gene(parent, 1)}
        return [(1.0 / len(of_parent), source) for source in of_parent]


def kinship_matrix(pedigree: Pedigree) -> FloatArray:
    """Return (n, n) kinship coefficients of everybody with everybody; the diagonal is (1 + inbreeding) / 2."""
    kinship = np.zeros((len(pedigree), len(pedigree)))
    done: list[int] = []
    genotype_of = pedigree.genotype_of
    for person in _founders_first(pedigree):
        parents = [int(parent) for parent in pedigree.parents[person] if parent != FOUNDER]
        with_others = kinship[parents][:, done].sum(axis=0) / 2.0
        kinship[person, done] = kinship[done, person] = with_others
        inbreeding = kinship[parents[0], parents[1]] if len(parents) == 2 else pedigree.founder_inbreeding[person]
        kinship[person, person] = (1.0 + inbreeding) / 2.0
        twin = genotype_of[person]
        for other in done:
            if genotype_of[other] == twin:
                kinship[person, other] = kinship[other, person] = kinship[person, person]
        done.append(person)
    return kinship


def _founders_first(pedigree: Pedigree) -> list[int]:
    """Everybody's position, parents before their children and founders before all others."""
    parents = {child: [p for p in of if p != FOUNDER] for child, of in enumerate(pedigree.parent_rows)}
    order = list(TopologicalSorter(parents).static_order())
    return sorted(order, key=lambda person: bool(parents[person]))


def _joined(blocks: list[list[int]]) -> tuple[tuple[int, ...], ...]:
    """Join blocks that hold the same gene and leave out genes that are alone."""
    joined: list[set[int]] = []
    for block in map(set, blocks):
        for other in [one for one in joined if one & block]:
            joined.remove(other)
            block |= other
        joined.append(block)
    return tuple(sorted(tuple(sorted(block)) for block in joined if len(block) > 1))


def _is_coarser(coarse: Partition, fine: Partition) -> bool:
    """Whether genes that are together in one partition are together in the other, which is not the same."""
    return coarse != fine and len({(f, c) for f, c in zip(fine, coarse, strict=True)}) == len(set(fine))
