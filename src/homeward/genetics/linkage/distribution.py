"""How probable each combination of genotypes of an untyped person is at linked loci, given the typed relatives."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations_with_replacement

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem
from homeward.genetics.linkage.contraction import contract_linked
from homeward.genetics.linkage.groups import LinkageGroup
from homeward.genetics.linkage.likelihood import group_tensors, loci_of_group, one_row
from homeward.genetics.linkage.network import plan_linked_network
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles
from homeward.genetics.states import whole_states


@dataclass(frozen=True, slots=True, eq=False)
class LinkedGenotypes:
    """The joint distribution of somebody's genotypes at the loci of a linkage group.

    genotypes: by locus, the unordered genotypes as pairs of allele names; a male has one allele at an X-linked locus.
    probability: float64, one axis for each locus, over its genotypes; sums to one, or NaN throughout if the profiles of
        the relatives are impossible.
    """

    genotypes: tuple[tuple[tuple[str, ...], ...], ...]
    probability: FloatArray


def linked_genotype_distribution(
    pedigree: Pedigree, profiles: Profiles, panel: Panel, group: LinkageGroup, person: str
) -> LinkedGenotypes:
    """Return P(genotypes of a person at the loci of a linkage group | profiles of the relatives).

    Parameters
    ----------
    pedigree, profiles, panel, group
        As for :func:`~homeward.genetics.linkage.likelihood.group_log10_likelihood`.
    person : str
        Somebody in the pedigree who is untyped at these loci.

    Raises
    ------
    InputError
        There is no such person, or the person is typed at one of the loci; or as for the likelihood.
    TooComplexError
        The table or a step to it does not fit into memory.
    """
    loci = list(group.loci)
    if person not in pedigree.ids:
        fix = f"The people are: {', '.join(pedigree.ids)}."
        raise InputError(Problem(f"There is no '{person}' in the pedigree.", "pedigree", fix))
    position = pedigree.position(person)
    if profiles.typed[position, loci].any():
        fix = "Ask for somebody untyped, or take this profile out."
        raise InputError(Problem(f"'{person}' is typed at these loci.", "profiles", fix))
    chosen = loci_of_group(panel, group)
    (of_one_form,) = group_tensors(pedigree, whole_states(chosen), one_row(profiles, group), open_person=position)
    _, tensors, shape = of_one_form
    values, _ = contract_linked(plan_linked_network(shape), tensors, group.fractions)
    table = values[0]
    names = [
        tuple(locus.allele_name(code) for code in range(len(at.frequencies[0])))
        for locus, at in zip(chosen.loci, tensors, strict=True)
    ]
    genotypes: list[tuple[tuple[str, ...], ...]] = []
    for axis, of_locus in enumerate(names):
        if shape.has_one_allele(position):
            genotypes.append(tuple((name,) for name in of_locus))
        else:
            table = _unordered(table, axis)
            genotypes.append(tuple(combinations_with_replacement(of_locus, 2)))
    with np.errstate(invalid="ignore"):
        return LinkedGenotypes(tuple(genotypes), table / table.sum())


def _unordered(table: FloatArray, axis: int) -> FloatArray:
    """Sum the two orders of each genotype: the axes ``axis`` and ``axis + 1`` become one."""
    moved = np.moveaxis(table, (axis, axis + 1), (0, 1))
    first, second = np.triu_indices(len(moved))
    both = moved[first, second] + moved[second, first]
    both[first == second] /= 2.0
    return np.moveaxis(both, 0, axis)
