"""The coins of a pedigree: which of a parent's two alleles each meiosis passes on, at each locus of a linkage group.

A coin is 0 where the child has the parent's paternal allele and 1 where it has the maternal one. Coins of one meiosis
at neighbouring loci differ with the recombination fraction; coins of different meioses are independent. Two things
make most coins unnecessary, both exact because the two alleles of a founder are exchangeable at every locus on its
own (Hardy-Weinberg proportions, linkage equilibrium):

- where only one child of a founder matters at a locus, it may as well always have the paternal allele;
- of several children one may always have the paternal allele. What remains of the others is whether they have the
  same allele as that one. Between two loci this changes if one of the two meioses recombined and the other did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from homeward.genetics.pedigree import FOUNDER, ParentRows

Meiosis = tuple[int, bool]
"""(child, whether the parent is the mother)."""


class ChainKind(Enum):
    """What the coins of a chain say.

    OWN: which allele the child has.
    RELATIVE: whether it is another one than that of the founder's only other child.
    SHARED: whether it is another one than that of one other child, with which several are compared.
    """

    OWN = "own"
    RELATIVE = "relative"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Chain:
    """The coins of one meiosis from locus to locus.

    parent: the parent of this meiosis.
    loci: where there is a coin, in order along the chromosome.
    """

    meiosis: Meiosis
    parent: int
    loci: tuple[int, ...]
    kind: ChainKind


def plan_coins(
    parents: ParentRows, relevant: Sequence[set[int]], hemizygous: Sequence[bool] | None = None
) -> list[Chain]:
    """Return the chains of coins that matter; at all other places the coin may be taken as 0.

    Parameters
    ----------
    parents : tuple of (father, mother)
        Positions, ``FOUNDER`` where none.
    relevant : sequence of set of int
        Who matters at each locus of the group, in order along the chromosome.
    hemizygous : sequence of bool, optional
        Who carries one allele only, so that nothing is left to chance in what they pass on.
    """
    children: dict[int, list[Meiosis]] = {}
    for child, pair in enumerate(parents):
        for is_mother in (False, True):
            if pair[is_mother] != FOUNDER:
                children.setdefault(pair[is_mother], []).append((child, is_mother))
    chains = []
    for parent, meioses in children.items():
        if hemizygous and hemizygous[parent]:
            continue
        loci_of = {m: tuple(i for i, people in enumerate(relevant) if m[0] in people) for m in meioses}
        if parents[parent] == (FOUNDER, FOUNDER):
            chains.extend(_founder_chains(parent, loci_of))
        else:
            chains.extend(Chain(m, parent, loci, ChainKind.OWN) for m, loci in loci_of.items() if loci)
    return chains


def _founder_chains(parent: int, loci_of: dict[Meiosis, tuple[int, ...]]) -> list[Chain]:
    """Return the chains of a founder's children, one of whom can do without if it matters wherever several do."""
    n_loci = 1 + max((locus for loci in loci_of.values() for locus in loci), default=-1)
    several = [i for i in range(n_loci) if sum(i in loci for loci in loci_of.values()) > 1]
    loci_of = {m: tuple(i for i in loci if i in several) for m, loci in loci_of.items()}
    loci_of = {m: loci for m, loci in loci_of.items() if loci}
    reference = next((m for m, loci in loci_of.items() if len(loci) == len(several)), None)
    if reference is None:
        return [Chain(m, parent, loci, ChainKind.OWN) for m, loci in loci_of.items()]
    others = [m for m in loci_of if m != reference]
    if len(others) == 1:
        return [Chain(others[0], parent, loci_of[others[0]], ChainKind.RELATIVE)]
    # Whether the reference recombined concerns all others at once, so their chains have a coin at every such locus.
    return [Chain(m, parent, tuple(several), ChainKind.SHARED) for m in others]
