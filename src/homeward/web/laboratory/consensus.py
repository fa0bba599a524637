"""What several typings of one sample say together, by a named rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from homeward.genetics.alleles import UNKNOWN_ALLELE
from homeward.web.laboratory.alleles import INCONCLUSIVE, Typing, allele_order, seen_alleles


@dataclass(frozen=True, slots=True)
class ConsensusRule:
    """How often an allele must be seen.

    least_typings: of an allele that counts. A locus whose alleles that count are more than two is of two people.
    """

    name: str
    least_typings: int

    @property
    def words(self) -> str:
        """The rule in a sentence."""
        return f"{self.name}: an allele counts when it is seen in at least {self.least_typings} typings."


RULES: Mapping[str, ConsensusRule] = {
    rule.name: rule for rule in (ConsensusRule("two of any, version 1", 2), ConsensusRule("three of any, version 1", 3))
}
"""The rules to choose from. A rule is never changed; another version is another rule."""


@dataclass(frozen=True, slots=True)
class Consensus:
    """What came out: the typing, and why each locus that is left open is so."""

    typing: Typing
    open_loci: tuple[tuple[str, str], ...]

    @property
    def is_complete(self) -> bool:
        """Whether both alleles of every locus count."""
        return not self.open_loci and all(UNKNOWN_ALLELE not in alleles for alleles in self.typing.values())


def consensus_of(typings: Sequence[Typing], rule: ConsensusRule) -> Consensus:
    """Return what typings say together.

    At each locus the alleles count that were seen often enough. One allele that counts is a homozygote only if as many
    typings as the rule asks for showed it alone and none showed another; else the second allele was not read. More than
    two that count, or typings that have nothing in common, leave the locus inconclusive, with the reason.
    """
    loci = dict.fromkeys(locus for typing in typings for locus in typing)
    typing: dict[str, tuple[str, ...]] = {}
    open_loci: list[tuple[str, str]] = []
    for locus in loci:
        seen = [found[locus] for one in typings if locus in (found := seen_alleles(one))]
        alleles, reason = _locus(seen, rule)
        typing[locus] = alleles
        if reason:
            open_loci.append((locus, reason))
    return Consensus(typing, tuple(open_loci))


def _locus(seen: Sequence[tuple[str, ...]], rule: ConsensusRule) -> tuple[tuple[str, ...], str]:
    """The alleles of a locus that count, and why it is open if it is."""
    often = Counter(allele for alleles in seen for allele in set(alleles) if allele != UNKNOWN_ALLELE)
    count = sorted((allele for allele, n in often.items() if n >= rule.least_typings), key=allele_order)
    if len(count) == 2:
        return tuple(count), ""
    if len(count) > 2:
        return (INCONCLUSIVE,), f"{', '.join(count)} were each seen often enough, and a person has two"
    if not count:
        n = len(seen)
        return (INCONCLUSIVE,), f"no allele was seen in {rule.least_typings} of {n} {'typing' if n == 1 else 'typings'}"
    alone = sum(alleles == (count[0], count[0]) for alleles in seen)
    others = sorted(set(often) - set(count), key=allele_order)
    if others:
        return (count[0], UNKNOWN_ALLELE), f"{', '.join(others)} was seen too seldom"
    if alone >= rule.least_typings:
        return (count[0], count[0]), ""
    return (count[0], UNKNOWN_ALLELE), f"{count[0]} was seen alone in {alone} typings only"
