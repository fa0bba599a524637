"""The likelihood of a pedigree by summing over every ordered genotype of everybody: slow, plain, right."""

from __future__ import annotations

from itertools import product


def likelihood_by_enumeration(parents, observed, frequencies, female, male, dropout=None):
    """Sum over every genotype of everyone.

    parents: (father, mother) positions per person, -1 where none; observed: a pair of alleles or None per
    person; female, male: M[i][j] = P(child gets j | parent transmits i); dropout: probability per person.
    """
    n = len(frequencies)
    total = 0.0
    for family in product(product(range(n), repeat=2), repeat=len(parents)):
        probability = 1.0
        for person, (genotype, of) in enumerate(zip(family, parents, strict=True)):
            d = dropout[person] if dropout else 0.0
            probability *= _probability_of_observation(observed[person], genotype, d)
            if not probability:
                break
            for allele, parent, matrix in zip(genotype, of, (male, female), strict=True):
                if parent == -1:
                    probability *= frequencies[allele]
                else:
                    probability *= sum(matrix[transmitted][allele] for transmitted in family[parent]) / 2
        total += probability
    return total


def _probability_of_observation(observed, genotype, d):
    if observed is None:
        return 1.0
    if sorted(observed) == sorted(genotype):
        return 1 - d * d if genotype[0] == genotype[1] else (1 - d) ** 2
    if observed[0] == observed[1] and observed[0] in genotype:
        return d * (1 - d)
    return 0.0


def linked_likelihood_by_enumeration(parents, loci, male_fractions, female_fractions):
    """Sum over what every meiosis passes on at every locus, and over every ordered genotype of everybody.

    loci: along the chromosome, each (observed, frequencies, female, male, dropout) as for one locus;
    male_fractions, female_fractions: recombination fraction from each locus to the next, by sex of the parent.
    """
    meioses = [(c, side) for c, pair in enumerate(parents) for side in (0, 1) if pair[side] != -1]
    vectors = list(product((0, 1), repeat=len(meioses)))
    given = [
        [_likelihood_given_coins(parents, dict(zip(meioses, v, strict=True)), *at) for v in vectors] for at in loci
    ]
    forward = [p / len(vectors) for p in given[0]]
    for at in range(1, len(loci)):
        r = [(male_fractions, female_fractions)[side][at - 1] for _, side in meioses]
        forward = [
            p * sum(before * _transition(old, new, r) for old, before in zip(vectors, forward, strict=True) if before)
            if p
            else 0.0
            for new, p in zip(vectors, given[at], strict=True)
        ]
    return sum(forward)


def _transition(old, new, fractions):
    probability = 1.0
    for a, b, r in zip(old, new, fractions, strict=True):
        probability *= 1 - r if a == b else r
    return probability


def _likelihood_given_coins(parents, coins, observed, frequencies, female, male, dropout=None):
    """Sum over every ordered genotype of everyone, when it is known which allele each meiosis passes on."""
    total = 0.0
    for family in product(product(range(len(frequencies)), repeat=2), repeat=len(parents)):
        probability = 1.0
        for person, (genotype, of) in enumerate(zip(family, parents, strict=True)):
            probability *= _probability_of_observation(observed[person], genotype, dropout[person] if dropout else 0.0)
            if not probability:
                break
            for side, (allele, parent, matrix) in enumerate(zip(genotype, of, (male, female), strict=True)):
                if parent == -1:
                    probability *= frequencies[allele]
                else:
                    probability *= matrix[family[parent][coins[person, side]]][allele]
        total += probability
    return total
