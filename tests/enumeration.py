"""The likelihood of a pedigree by summing over every ordered genotype of everybody: slow, plain, right."""

from __future__ import annotations

from itertools import product

MALE = 1


def likelihood_by_enumeration(
    parents,
    observed,
    frequencies,
    female,
    male,
    dropout=None,
    *,
    dropin=None,
    silent=None,
    x_linked_sex=None,
    twins=(),
    theta=0.0,
    inbreeding=None,
    order=None,
):
    """Sum over every genotype of everyone.

    parents: (father, mother) positions per person, -1 where none; observed: a pair of alleles or None per
    person; female, male: M[i][j] = P(child gets j | parent transmits i); dropout, dropin: probability per person;
    silent: the allele that is never seen; x_linked_sex: sex of everybody at an X-linked locus; twins: groups of
    positions; inbreeding: per person, of founders; order: in which founders draw their alleles.

    An observation (a, a) is the set {a}; (a, None) says that a was seen and nothing of what else; (silent, silent)
    is the empty set.
    """
    n = len(frequencies)
    of_one = [(allele,) for allele in range(n)]
    of_two = list(product(range(n), repeat=2))
    choices = []
    for person in range(len(parents)):
        d, c = (rates[person] if rates else 0.0 for rates in (dropout, dropin))
        chance = {
            genotype: _probability_of_observation(observed[person], genotype, d, c, frequencies, silent)
            for genotype in (of_one if x_linked_sex and x_linked_sex[person] == MALE else of_two)
        }
        choices.append({genotype: probability for genotype, probability in chance.items() if probability})
    first_of = {later: group[0] for group in twins for later in group[1:]}
    order = range(len(parents)) if order is None else order
    inbreeding = inbreeding or [0.0] * len(parents)
    total = 0.0
    for family in product(*choices):
        if any(family[later] != family[first] for later, first in first_of.items()):
            continue
        probability = 1.0
        for person, (genotype, of) in enumerate(zip(family, parents, strict=True)):
            probability *= choices[person][genotype]
            if person in first_of:
                continue
            transmissions = list(zip(of, (male, female), strict=True))[-len(genotype) :]
            for allele, (parent, matrix) in zip(genotype, transmissions, strict=True):
                if parent != -1:
                    given = [matrix[transmitted][allele] for transmitted in family[parent]]
                    probability *= sum(given) / len(given)
        if probability:
            founders = []
            for person in order:
                if person not in first_of:
                    of = zip(family[person], parents[person][-len(family[person]) :], strict=True)
                    founders.append(([allele for allele, parent in of if parent == -1], inbreeding[person]))
            total += probability * _probability_of_founders(founders, frequencies, theta, [])
    return total


def _probability_of_founders(founders, frequencies, theta, drawn):
    """Draw the alleles of founders one after the other: Balding & Nichols (1994), Forensic Sci. Int. 64:125-140."""
    if not founders:
        return 1.0
    (alleles, f), *rest = founders
    two_draws = _probability_of_founders(rest, frequencies, theta, drawn + alleles)
    for i, allele in enumerate(alleles):
        two_draws *= _next_draw(allele, frequencies, theta, drawn + alleles[:i])
    if not f or len(alleles) < 2:
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


def _probability_of_observation(observed, genotype, d, c, frequencies, silent):
    """Sum over what may have dropped out of the genotype, and what may have dropped in."""
    if observed is None:
        return 1.0
    wanted = {allele for allele in observed if allele not in (silent, None)}
    visible = [allele for allele in genotype if allele != silent]
    can_drop_in = [allele for allele in range(len(frequencies)) if allele != silent]
    share = sum(frequencies[allele] for allele in can_drop_in)
    total = 0.0
    for stays in product([True, False], repeat=len(visible)):
        chance = 1.0
        for stay in stays:
            chance *= 1 - d if stay else d
        left = {allele for allele, stay in zip(visible, stays, strict=True) if stay}
        for extra in [None, *can_drop_in]:
            seen = left | ({extra} - {None})
            fits = wanted <= seen if None in observed else wanted == seen
            total += fits * chance * (1 - c if extra is None else c * frequencies[extra] / share)
    return total
