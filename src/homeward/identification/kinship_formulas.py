"""Closed forms of the LR at one locus, without mutation: a pair of people, or a child with one or two parents.

For two people who are not inbred the probability of their genotypes is k0 P0 + k1 P1 + k2 P2, where k0, k1 and k2 are
the probabilities that they share 0, 1 or 2 genes identical by descent. Divided by P0, that of unrelated people, it is
k0 + k1 x + k2 y with x = P1 / P0 and y = P2 / P0. With co-ancestry theta, an allele that k of the n genes seen so far
are is seen next with probability (k theta + (1 - theta) p) / (1 + (n - 1) theta).

References
----------
Evett & Weir (1998), Interpreting DNA Evidence, chapter 6, for parentage; Wenk, Traver & Chiafari (1996), Transfusion
36:259-262, for siblings; Weir, Anderson & Hepler (2006), Nat. Rev. Genet. 7:771-780, for pairs of any kind; Balding &
Nichols (1994), Forensic Sci. Int. 64:125-140, for theta.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from homeward.core.arrays import FloatArray

Names = tuple[str, str]
"""The two alleles of a genotype."""

THETA, TIMES = "\N{GREEK SMALL LETTER THETA}", "\N{MIDDLE DOT}"


@dataclass(frozen=True, slots=True)
class Formula:
    """The LR at one locus in symbols and numbers.

    lines: equations, each with its value: how the LR is put together, and what stands in it.
    value: LR, without mutation.
    """

    lines: tuple[str, ...]
    value: float


@dataclass(frozen=True, slots=True)
class _Term:
    """A positive expression in symbols, with its value; ``is_product`` if it needs no brackets as a factor."""

    text: str
    value: float
    is_product: bool = True

    @property
    def factor(self) -> str:
        return self.text if self.is_product else f"({self.text})"


class AlleleProbabilities:
    """Probabilities of the next allele given those seen, in symbols: p15 is the frequency of allele 15.

    Parameters
    ----------
    frequencies : mapping of allele to float
        Of the alleles that are seen.
    theta : float
        Co-ancestry coefficient, dimensionless, in [0, 1).
    """

    def __init__(self, frequencies: Mapping[str, float], theta: float) -> None:
        self._frequencies, self._theta = frequencies, theta

    def next(self, allele: str, seen: Sequence[str]) -> _Term:
        """Return the probability that the next gene is this allele."""
        p, theta = self._frequencies[allele], self._theta
        if theta == 0.0:
            return _Term(f"p{allele}", p)
        k, n = seen.count(allele), len(seen)
        top = f"(1-{THETA}){TIMES}p{allele}"
        top = f"({_times(k, THETA)} + {top})" if k else top
        bottom = f"/(1+{_times(n - 1, THETA)})" if n > 1 else ""
        return _Term(top + bottom, (k * theta + (1 - theta) * p) / (1 + (n - 1) * theta))


def pair_formula(
    first: Names, second: Names, kappa: FloatArray, reference: FloatArray, alleles: AlleleProbabilities
) -> Formula | None:
    """Return the LR of two relationships of two people who are not inbred.

    Parameters
    ----------
    first, second : pair of str
        Their genotypes.
    kappa, reference : (3,) float64 arrays
        Probabilities of sharing 0, 1, 2 genes under the hypothesis and under the reference.
    alleles : AlleleProbabilities
        At this locus.

    Returns
    -------
    Formula or None
        None if one of the two relationships is impossible without a mutation.
    """
    x, y = _one_shared(first, second, alleles), _both_shared(first, second, alleles)
    top, bottom = (_mixture(shares, x, y) for shares in (kappa, reference))
    if not top.value or not bottom.value:
        return None
    value = top.value / bottom.value
    if bottom.text == "1" and top.text in ("x", "y"):
        term = x if top.text == "x" else y
        return Formula((f"LR = {term.text if term else 0} = {_number(value)}",), value)
    whole = top.text if bottom.text == "1" else f"{_bracketed(top)}/{_bracketed(bottom)}"
    used = [
        f"{name} = {of.text} = {_number(of.value)}"
        for name, of, i in (("x", x, 1), ("y", y, 2))
        if of is not None and (kappa[i] or reference[i])
    ]
    used += [f"{name} = 0" for name, of, i in (("x", x, 1), ("y", y, 2)) if of is None and (kappa[i] or reference[i])]
    return Formula((f"LR = {whole} = {_number(value)}", *used), value)


def _mixture(shares: FloatArray, x: _Term | None, y: _Term | None) -> _Term:
    """Return k0 + k1 x + k2 y, parts that are 0 left out."""
    parts, value = [], 0.0
    for share, name, of in zip(shares.tolist(), ("", "x", "y"), (_Term("1", 1.0), x, y), strict=True):
        if share and of is not None:
            k = Fraction(share)
            parts.append(name or str(k) if k == 1 else f"{k}{TIMES}{name}" if name else str(k))
            value += share * of.value
    return _Term(" + ".join(parts) or "0", value, is_product=len(parts) == 1)


def _one_shared(first: Names, second: Names, of: AlleleProbabilities) -> _Term | None:
    """Return x: how much more probable the genotypes are if one gene is shared; None if they cannot share one."""
    shared = sorted(set(first) & set(second))
    if not shared:
        return None
    if len(shared) == 2:
        a, b = shared
        pa, pb = of.next(a, [a, b, b]), of.next(b, [a, a, b])
        value = (1 / pa.value + 1 / pb.value) / 4
        if pa.text == f"p{a}":
            return _Term(f"(p{a} + p{b})/(4{TIMES}p{a}{TIMES}p{b})", value)
        return _Term(f"1/4{TIMES}(1/[{pa.text}] + 1/[{pb.text}])", value)
    # The alleles of the three genes that two such people hold, besides the fourth that is now known.
    seen = list((Counter(first) + Counter(second) - Counter(shared)).elements())
    p = of.next(shared[0], seen)
    n = (1 if first[0] == first[1] else 2) * (1 if second[0] == second[1] else 2)
    return _Term(_over([p], n), 1 / (n * p.value))


def _both_shared(first: Names, second: Names, of: AlleleProbabilities) -> _Term | None:
    """Return y: how much more probable the genotypes are if both genes are shared; None if they differ."""
    if sorted(first) != sorted(second):
        return None
    a, b = first
    pa, pb = of.next(a, [a, b]), of.next(b, [a, a, b])
    n = 1 if a == b else 2
    text = f"1/p{a}\N{SUPERSCRIPT TWO}" if a == b and pa.text == f"p{a}" else _over([pa, pb], n)
    return _Term(text, 1 / (n * pa.value * pb.value))


def parents_formula(child: Names, mother: Names, father: Names, alleles: AlleleProbabilities) -> Formula | None:
    """Return the LR that both are the parents of a child against that the child is related to neither."""
    transmitted = _transmitted(child, mother, father)
    if not transmitted:
        return None
    seen = [*mother, *father]
    a, b = child
    pa, pb = alleles.next(a, seen), alleles.next(b, [*seen, a])
    weight = Fraction(1 if a == b else 2) / transmitted
    value = 1 / (float(weight) * pa.value * pb.value)
    return Formula((f"LR = {_over([pa, pb], weight)} = {_number(value)}",), value)


def parentage_formula(child: Names, known: Names, alleged: Names, alleles: AlleleProbabilities) -> Formula | None:
    """Return the LR that somebody is the other parent of a child whose one parent is typed, against somebody unrelated.

    None if it is impossible without a mutation.
    """
    transmitted = _transmitted(child, known, alleged)
    if not transmitted:
        return None
    a, b = child
    seen = [*known, *alleged]
    needed: Counter[str] = Counter()
    for own, other in {(a, b), (b, a)}:
        if own in known:
            needed[other] += known.count(own)
    weights = {allele: Fraction(n, 2) / transmitted for allele, n in sorted(needed.items())}
    terms = {allele: alleles.next(allele, seen) for allele in weights}
    parts = [
        terms[allele].text if w == 1 else f"{w if w.denominator == 1 else f'({w})'}{TIMES}{terms[allele].text}"
        for allele, w in weights.items()
    ]
    value = 1 / sum(float(w) * terms[allele].value for allele, w in weights.items())
    whole = " + ".join(parts)
    single = len(parts) == 1 and whole.startswith("p")
    return Formula((f"LR = 1/{whole if single else f'({whole})'} = {_number(value)}",), value)


def _transmitted(child: Names, mother: Names, father: Names) -> Fraction:
    """Return the probability of the child's genotype given those of the parents."""
    hits = sum(sorted(pair) == sorted(child) for pair in product(mother, father))
    return Fraction(hits, 4)


def _over(terms: Sequence[_Term], n: int | Fraction) -> str:
    """Write 1/(n a b)."""
    factors = [*([] if n == 1 else [str(n) if Fraction(n).denominator == 1 else f"({n})"]), *(t.text for t in terms)]
    joined = TIMES.join(factors)
    return f"1/{joined}" if len(factors) == 1 and "(" not in joined else f"1/({joined})"


def _times(k: int, symbol: str) -> str:
    return symbol if k == 1 else f"{k}{symbol}"


def _bracketed(term: _Term) -> str:
    return term.text if term.is_product and "/" not in term.text else f"({term.text})"


def _number(value: float) -> str:
    return f"{value:.5g}"
