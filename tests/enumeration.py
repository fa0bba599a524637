"""The likelihood of a pedigree by summing over every ordered genotype of everybody: slow, plain, right."""

from __future__ import annotations

from itertools import product


def likelihood_by_enumeration(
    parents, observed, frequencies, female, male, dropout=None, theta=0.0, inbreeding=None, order=None
):
    """Sum over every genotype of everyone.

    parents: (father, mother) positions per person, -1 where none; observed: a pair of alleles or None per
    person; female, male: M[i][j] = P(child gets j | parent transmits i); dropout, inbreeding: per person;
    order: in which founders draw their alleles.
    """
    n = len(frequencies)
    total = 0.0
    order = range(len(parents)) if order is None else order
    inbreeding = inbreeding or [0.0] * len(parents)
    for family in product(product(range(n), repeat=2), repeat=len(parents)):
        pairs = [
            ([allele for allele, parent in zip(family[person], parents[person], strict=True) if parent == -1], f)
            for person, f in ((person, inbreeding[person]) for person in order)
        ]
        probability = _probability_of_founders(pairs, frequencies, theta, [])
        for person, (genotype, of) in enumerate(zip(family, parents, strict=True)):
            d = dropout[person] if dropout else 0.0
            probability *= _probability_of_observation(observed[person], genotype, d)
            if not probability:
                break
            for allele, parent, matrix in zip(genotype, of, (male, female), strict=True):
                if parent != -1:
                    probability *= sum(matrix[transmitted][allele] for transmitted in family[parent]) / 2
        total += probability
    return total


def _probability_of_founders(pairs, frequencies, theta, drawn):
    """Draw the alleles of founders one after the other: Balding & Nichols (1994), Forensic Sci. Int. 64:125-140."""
    if not pairs:
        return 1.0
    (alleles, f), *rest = pairs
    two_draws = _probability_of_founders(rest, frequencies, theta, drawn + alleles)
    for i, allele in enumerate(alleles):
        two_draws *= _next_draw(allele, frequencies, theta, drawn + alleles[:i])
    if not f:
        return two_draws
    one_draw = 0.0
    if alleles[0] == alleles[1]:
        one_draw = _next_draw(alleles[0], frequencies, theta, drawn)
        one_draw *= _probability_of_founders(rest, frequencies, theta, [*drawn, alleles[0]])
    return f * one_draw + (1 - f) * two_draws


def _next_draw(allele, frequencies, theta, drawn):
    if not theta:
        return frequencies[allele]
    return (drawn.count(allele) * theta + (1 - theta) * frequencies[allele]) / (1 + (len(drawn) - 1) * theta)


def _probability_of_observation(observed, genotype, d):
    if observed is None:
        return 1.0
    if sorted(observed) == sorted(genotype):
        return 1 - d * d if genotype[0] == genotype[1] else (1 - d) ** 2
    if observed[0] == observed[1] and observed[0] in genotype:
        return d * (1 - d)
    return 0.0
