"""The tensor network of several linked loci: the networks of the loci, joined by the coins of their meioses.

At each locus the network is that of a single locus (:mod:`homeward.genetics.network`), but which of a parent's alleles
a meiosis passes on is an index of its own. The indices of one meiosis at successive loci are joined by a 2 x 2 matrix
with 1 - r on its diagonal and r beside it, r being the recombination fraction (Lander & Green 1987, Proc. Natl. Acad.
Sci. USA 84:2363-2367). There is no interference; alleles of different loci are independent in founders.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from homeward.genetics.contraction import Indices, Steps
from homeward.genetics.elimination import contraction_order
from homeward.genetics.linkage.coins import Chain, ChainKind, plan_coins
from homeward.genetics.network import relevant_people
from homeward.genetics.pedigree import FOUNDER, ParentRows


@dataclass(frozen=True, slots=True)
class AlleleFactor:
    """One tensor that depends on alleles: what it is, where, and its indices (the batch comes first).

    passes: whether the child has the parent's paternal (0) or maternal (1) allele, or None if the first index says so.
    """

    kind: str
    locus: int
    person: int
    parent: int
    is_mother: bool
    passes: int | None
    indices: Indices


@dataclass(frozen=True, slots=True)
class CoinFactor:
    """One tensor that depends on recombination fractions only.

    kind: "first" coin of a chain, "step" of a chain, or "reference" recombines.
    between: the two loci; the same one twice for "first".
    """

    kind: str
    chain: ChainKind
    is_mother: bool
    between: tuple[int, int]
    indices: Indices


@dataclass(frozen=True, slots=True)
class LinkedNetwork:
    """Factors of one pedigree shape at the loci of a linkage group, and the order in which to contract them."""

    alleles: tuple[AlleleFactor, ...]
    coins: tuple[CoinFactor, ...]
    steps: Steps
    results: tuple[Indices, ...]
    output: Indices
    size: tuple[int, ...]

    @property
    def tensors(self) -> list[Indices]:
        """The indices of all tensors, given and intermediate."""
        return [*(f.indices for f in self.alleles), *(f.indices for f in self.coins), *self.results]


@dataclass(frozen=True, slots=True)
class Shape:
    """What the network of a linkage group depends on.

    parents: (father, mother) from whom everybody has an allele, as positions; twins from one egg are their first.
    n_phases: by locus, the phases of each person's observation; 0 for untyped people and those who are weighed.
    n_states: by locus, the number of allele states.
    weighed: by locus, the people for whom there is a weight for each genotype.
    hemizygous: who carries one allele only, that of the mother; or () if nobody.
    open_person: somebody untyped whose alleles at every locus are left open, or None.
    """

    parents: ParentRows
    n_phases: tuple[tuple[int, ...], ...]
    n_states: tuple[int, ...]
    weighed: tuple[tuple[int, ...], ...]
    hemizygous: tuple[bool, ...] = ()
    open_person: int | None = None

    def relevant(self, locus: int) -> list[int]:
        """Return who matters at a locus."""
        seen = [person for person, n in enumerate(self.n_phases[locus]) if n]
        opened = [] if self.open_person is None else [self.open_person]
        return relevant_people(self.parents, [*seen, *self.weighed[locus], *opened])

    def has_one_allele(self, person: int) -> bool:
        """Return whether somebody carries one allele only."""
        return bool(self.hemizygous) and self.hemizygous[person]


@lru_cache(maxsize=1024)
def plan_linked_network(shape: Shape) -> LinkedNetwork:
    """Return the network of one shape; somebody must be typed, or left open."""
    return _Planner(shape).plan()


class _Planner:
    """Numbers the indices of a network and lists its factors."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.size: list[int] = []
        self.alleles: list[AlleleFactor] = []
        self.coins: list[CoinFactor] = []
        self.coin: dict[tuple[int, bool, int], int] = {}
        self.output: list[int] = []

    def plan(self) -> LinkedNetwork:
        relevant = [self.shape.relevant(locus) for locus in range(len(self.shape.n_states))]
        chains = plan_coins(self.shape.parents, [set(people) for people in relevant], self.shape.hemizygous)
        for chain in chains:
            self._add_chain(chain)
        self._add_references(chains)
        for locus, people in enumerate(relevant):
            self._add_locus(locus, people)
        tensors = [*(f.indices for f in self.alleles), *(f.indices for f in self.coins)]
        waiting = {i for factor in self.coins for i in factor.indices}
        steps, results = contraction_order(tensors, tuple(self.output), self.size, waiting)
        return LinkedNetwork(
            tuple(self.alleles), tuple(self.coins), steps, results, tuple(self.output), tuple(self.size)
        )

    def _index(self, n: int) -> int:
        self.size.append(n)
        return len(self.size) - 1

    def _add_chain(self, chain: Chain) -> None:
        child, is_mother = chain.meiosis
        indices = [self._index(2) for _ in chain.loci]
        for locus, index in zip(chain.loci, indices, strict=True):
            self.coin[child, is_mother, locus] = index
        first = (chain.loci[0], chain.loci[0])
        self.coins.append(CoinFactor("first", chain.kind, is_mother, first, (indices[0],)))
        if chain.kind is ChainKind.SHARED:
            return
        for i, between in enumerate(pairwise(chain.loci)):
            self.coins.append(CoinFactor("step", chain.kind, is_mother, between, (indices[i], indices[i + 1])))

    def _add_references(self, chains: list[Chain]) -> None:
        """Join the chains that are relative to one other child: whether that one recombined is theirs in common."""
        for parent in dict.fromkeys(c.parent for c in chains if c.kind is ChainKind.SHARED):
            together = [c for c in chains if c.parent == parent]
            loci = together[0].loci
            for here, there in pairwise(loci):
                recombined = self._index(2)
                is_mother = together[0].meiosis[1]
                self.coins.append(CoinFactor("reference", ChainKind.SHARED, is_mother, (here, there), (recombined,)))
                for child, _ in (c.meiosis for c in together):
                    ends = self.coin[child, is_mother, here], self.coin[child, is_mother, there]
                    self.coins.append(
                        CoinFactor("step", ChainKind.SHARED, is_mother, (here, there), (*ends, recombined))
                    )

    def _add_locus(self, locus: int, people: list[int]) -> None:
        n_phases, parents = self.shape.n_phases[locus], self.shape.parents
        typed = {person for person in people if n_phases[person]}
        phase = {i: self._index(n_phases[i]) for i in people if i in typed}
        n_states = self.shape.n_states[locus]
        alleles = {
            i: tuple(self._index(n_states) for _ in range(2 - self.shape.has_one_allele(i)))
            for i in people
            if i not in typed
        }
        if self.shape.open_person is not None:
            self.output.extend(alleles[self.shape.open_person])

        def add(kind: str, child: int, parent: int, is_mother: bool, passes: int | None, *indices: int) -> None:
            self.alleles.append(AlleleFactor(kind, locus, child, parent, is_mother, passes, indices))

        for person in people:
            if person in typed:
                add("observed", person, FOUNDER, False, None, phase[person])
            elif person in self.shape.weighed[locus]:
                add("weighed", person, FOUNDER, False, None, *alleles[person])
            for is_mother in (True,) if self.shape.has_one_allele(person) else (False, True):
                parent = parents[person][is_mother]
                child = phase[person] if person in typed else alleles[person][-1 if is_mother else 0]
                coin = self.coin.get((person, is_mother, locus))
                own = f"{'typed' if person in typed else 'untyped'} from "
                if parent == FOUNDER:
                    add("founder", person, parent, is_mother, None, child)
                elif parent in typed:
                    indices = (child, phase[parent]) if coin is None else (coin, child, phase[parent])
                    add(own + "typed", person, parent, is_mother, 0 if coin is None else None, *indices)
                elif coin is None:
                    add(own + "untyped", person, parent, is_mother, None, child, alleles[parent][0])
                else:
                    for passes in (0, 1):
                        indices = coin, child, alleles[parent][passes]
                        add(own + "untyped", person, parent, is_mother, passes, *indices)
