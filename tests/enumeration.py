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
