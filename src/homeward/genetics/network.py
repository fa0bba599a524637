"""A pedigree as a tensor network, contracted in one batch for many loci or many placements.

Every person has a paternal and a maternal allele. A founder contributes the allele frequencies twice; a
child contributes P(child's allele | parent) = (M[p, c] + M[m, c]) / 2 for each parent; a typed person needs
only an index over the few ordered genotypes ("phases") that the observation allows, and an observation that
allows many is a weight for each genotype. At an X-linked locus a male has one allele, from his mother, and
passes it on to his daughters. Twins from one egg are one person with several observations. Summing over all
indices gives the likelihood; leaving somebody's two alleles open gives the table of it. The order of
summation is found once per shape of pedigree. Loops need nothing special. Several founder alleles may be one draw from
the population, and the probability of some may be accounted for elsewhere (``FounderDraws``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.genetics.contraction import BATCH_BYTES, Steps, check_size, contract_tensors
from homeward.genetics.elimination import contraction_order
from homeward.genetics.pedigree import FOUNDER, ParentRows

TYPICAL_STATES = 12
"""Allele states per locus that orders of contraction are made for; the order is then used for any number."""

_SAFE_PEOPLE = 12
"""Typed people up to whom no product can underflow, however rare their alleles: each counts for 1e-22 or more."""


@dataclass(frozen=True, slots=True)
class Phases:
    """The ordered genotypes that each row's observation of one person allows; K of them, R rows.

    paternal, maternal: (R, K) intp allele states.
    weight: (R, K) float64, P(observation | genotype); 0.0 pads unused places.
    """

    paternal: IntArray
    maternal: IntArray
    weight: FloatArray


KNOWN = -1
"""In place of a draw: a founder allele whose probability is accounted for outside the network."""

FounderDraws = tuple[tuple[int, int], ...]
"""The draw from the population, by number, that the (paternal, maternal) allele of each founder is; or ``KNOWN``. Of a
typed founder with one known and one drawn allele, the known one is the first that was observed."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One tensor of the network: what it is, whom it belongs to, and its indices (the batch comes first).

    inbreeding: of an inbred founder, the probability that both alleles are one draw.
    """

    kind: str
    person: int
    parent: int
    is_mother: bool
    indices: tuple[int, ...]
    inbreeding: float = 0.0


@dataclass(frozen=True, slots=True)
class Network:
    """Factors of one pedigree shape and the order in which to contract them.

    steps: the order, see :func:`~homeward.genetics.elimination.contraction_order`.
    results: the indices of the tensor that each step leaves.
    output: indices left open: (paternal, maternal) of the open person, or the options of people who have some.
    size: length of each index; None for allele states, whose number differs between loci.
    """

    factors: tuple[Factor, ...]
    steps: Steps
    results: tuple[tuple[int, ...], ...]
    output: tuple[int, ...]
    size: tuple[int | None, ...]


def relevant_people(parents: Sequence[tuple[int, int]], observed: Iterable[int]) -> list[int]:
    """Return who matters: observed or open people and all their ancestors; others sum to one and drop out."""
    keep = set(observed)
    stack = list(keep)
    while stack:
        for parent in parents[stack.pop()]:
            if parent != FOUNDER and parent not in keep:
                keep.add(parent)
                stack.append(parent)
    return sorted(keep)


@lru_cache(maxsize=8192)
def plan_network(
    parents: ParentRows,
    typed: tuple[bool, ...],
    open_person: int | None,
    n_phases: tuple[int, ...],
    n_options: tuple[int, ...] = (),
    *,
    weighed: tuple[int, ...] = (),
    hemizygous: tuple[bool, ...] = (),
    genotype_of: tuple[int, ...] = (),
    inbreeding: tuple[float, ...] = (),
    draws: FounderDraws = (),
) -> Network:
    """Return the network of one pedigree shape.

    Parameters
    ----------
    parents : tuple of (father, mother)
        Positions, ``FOUNDER`` where none.
    typed : tuple of bool
        Who has an observation.
    open_person : int or None
        An untyped person whose (paternal, maternal) alleles are left open, in this order.
    n_phases : tuple of int
        Phases of each typed person, 0 for the others.
    n_options : tuple of int
        Number of observations to choose from for each untyped person, 0 for those with none; or () if there
        are no such people. The options stay open, in order of person.
    weighed : tuple of int
        Untyped people for whom there is a weight for each genotype.
    hemizygous : tuple of bool
        Who carries one allele only, that of the mother, and passes it on to daughters; or () if nobody. The genotype of
        such a person, if left open, has one index.
    genotype_of : tuple of int
        For each person, who has the same genotype and stands for them in ``parents``; or () if each stands alone.
    inbreeding : tuple of float
        Of everybody: the probability that a founder's two alleles are one draw; or () if it is 0 for all.
    draws : tuple of (paternal, maternal)
        What each founder allele is, see :data:`FounderDraws`; or () if all are draws of their own, but for inbreeding.
    """
    size: list[int | None] = []

    def new_index(n: int | None) -> int:
        size.append(n)
        return len(size) - 1

    stands_for = genotype_of or tuple(range(len(parents)))
    hemizygous = hemizygous or (False,) * len(parents)
    choosing = [i for i, n in enumerate(n_options) if n]
    seen = [i for i, is_typed in enumerate(typed) if is_typed]
    opened = [stands_for[i] for i in choosing] + ([] if open_person is None else [stands_for[open_person]])
    sources = carried_from(parents, hemizygous)
    people = relevant_people(sources, [*seen, *weighed, *opened])
    unseen = _unseen_founders(sources, people, {*seen, *weighed, *opened}) if not draws else set()
    people = [person for person in people if person not in unseen]
    phase = {i: new_index(n_phases[i]) for i in people if typed[i]}
    drawn = {n: new_index(None) for n in sorted({n for i in people if draws for n in draws[i]} - {KNOWN})}
    alleles: dict[int, tuple[int, ...]] = {}
    for i in people:
        if not typed[i]:
            # The alleles of an untyped founder are the draws themselves; those left open keep an index of their own.
            own = draws[i] if draws and i not in opened[len(choosing) :] else (KNOWN, KNOWN)
            alleles[i] = tuple(new_index(None) if n == KNOWN else drawn[n] for n in own[hemizygous[i] :])
    option = {i: new_index(n_options[i]) for i in choosing}
    factors = [Factor("founder", FOUNDER, FOUNDER, False, (index,)) for index in drawn.values()]
    for person in people:
        if typed[person]:
            factors.append(Factor("observed", person, FOUNDER, False, (phase[person],)))
        if person in weighed:
            factors.append(Factor("weighed", person, FOUNDER, False, tuple(dict.fromkeys(alleles[person]))))
        factors.extend(
            Factor("options", i, FOUNDER, False, (option[i], *dict.fromkeys(alleles[person])))
            for i in choosing
            if stands_for[i] == person
        )
        for is_mother in (True,) if hemizygous[person] else (False, True):
            parent = parents[person][is_mother]
            child = phase[person] if typed[person] else alleles[person][-1 if is_mother else 0]
            if parent == FOUNDER and draws:
                number, other = draws[person][is_mother], draws[person][not is_mother]
                if number != KNOWN and (typed[person] or person in opened[len(choosing) :]):
                    has_known = other == KNOWN and parents[person] == (FOUNDER, FOUNDER) and not hemizygous[person]
                    kind = "drawn beside known" if has_known else "drawn"
                    factors.append(Factor(kind, person, parent, is_mother, (child, drawn[number])))
            elif parent == FOUNDER and inbreeding and inbreeding[person] > 0 and not hemizygous[person]:
                if not is_mother:
                    both = (child,) if typed[person] else alleles[person]
                    factors.append(Factor("inbred founder", person, parent, is_mother, both, inbreeding[person]))
            elif parent == FOUNDER:
                factors.append(Factor("founder", person, parent, is_mother, (child,)))
            elif parent in unseen:
                factors.append(Factor("from unseen founder", person, parent, is_mother, (child,)))
            elif typed[parent]:
                factors.append(Factor("from typed", person, parent, is_mother, (child, phase[parent])))
            elif len(set(alleles[parent])) == 1:
                factors.append(Factor("from one allele", person, parent, is_mother, (child, alleles[parent][0])))
            elif typed[person]:
                factors.append(Factor("typed from untyped", person, parent, is_mother, (child, *alleles[parent])))
            else:
                paternal, maternal = alleles[parent]
                coin = new_index(2)
                factors.append(Factor("if grandpaternal", person, parent, is_mother, (coin, child, paternal)))
                factors.append(Factor("if grandmaternal", person, parent, is_mother, (coin, child, maternal)))
    output = alleles[stands_for[open_person]] if open_person is not None else tuple(option.values())
    steps, results = contraction_order([f.indices for f in factors], output, [n or TYPICAL_STATES for n in size])
    return Network(tuple(factors), steps, results, output, tuple(size))


def carried_from(parents: ParentRows, hemizygous: tuple[bool, ...]) -> ParentRows:
    """Return the parents from whom somebody has an allele: one who carries a single one has it from the mother."""
    return tuple(
        (FOUNDER if one else father, mother) for (father, mother), one in zip(parents, hemizygous, strict=True)
    )


def _unseen_founders(parents: ParentRows, people: Sequence[int], asked: Collection[int]) -> set[int]:
    """Return founders about whom nothing is asked and who have one child: what they pass on is a draw that mutates."""
    links = [parent for person in people for parent in parents[person] if parent != FOUNDER]
    return {
        person
        for person in people
        if parents[person] == (FOUNDER, FOUNDER) and person not in asked and links.count(person) == 1
    }


def contract(
    network: Network,
    frequencies: FloatArray,
    female: FloatArray,
    male: FloatArray,
    phases: Mapping[int, Phases],
    options: Mapping[int, FloatArray] | None = None,
    weights: Mapping[int, FloatArray] | None = None,
) -> tuple[FloatArray, FloatArray]:
    """Contract a batch of R rows of one shape.

    Parameters
    ----------
    network : Network
        From :func:`plan_network`.
    frequencies : (R, n) float64 array
    female, male : (R, n, n) float64 arrays
        Transmission matrices by sex of the parent.
    phases : mapping of person to Phases
        For every typed person who matters.
    options : mapping of person to (R, n_options, n, n) float64 array
        P(option | paternal, maternal allele) for everybody with observations to choose from.
    weights : mapping of person to (R, n, n) float64 array
        P(observation | paternal, maternal allele) of everybody who is weighed. Of people with one allele, the diagonal
        counts, here and in ``options``.

    Returns
    -------
    (R, *open indices) float64 array, (R,) float64 array
        Value and log10 of its scale: the likelihood is value * 10**scale. Rescaled at every step, so that
        families of any size neither under- nor overflow.

    Raises
    ------
    TooComplexError
        The order of contraction needs a tensor of more than ``LARGEST_TENSOR`` entries.
    """
    n_rows, n_states = frequencies.shape
    tensors = [*(factor.indices for factor in network.factors), *network.results]
    largest = check_size(tensors, network.size, n_states)
    rows_at_once = max(1, BATCH_BYTES // (8 * largest))
    parts = []
    for start in range(0, n_rows, rows_at_once):
        rows = slice(start, start + rows_at_once)
        chosen = {person: Phases(p.paternal[rows], p.maternal[rows], p.weight[rows]) for person, p in phases.items()}
        tables = {("options", person): values[rows] for person, values in (options or {}).items()} | {
            ("weighed", person): values[rows] for person, values in (weights or {}).items()
        }
        parts.append(_contract_rows(network, frequencies[rows], female[rows], male[rows], chosen, tables))
    values, scales = zip(*parts, strict=True)
    return np.concatenate(values), np.concatenate(scales)


def _contract_rows(
    network: Network,
    frequencies: FloatArray,
    female: FloatArray,
    male: FloatArray,
    phases: Mapping[int, Phases],
    tables: Mapping[tuple[str, int], FloatArray],
) -> tuple[FloatArray, FloatArray]:
    tensors = []
    # What depends on allele states alone is the same for all who are untyped and equally inbred.
    common: dict[tuple[str, bool, float], FloatArray] = {}
    for factor in network.factors:
        table = tables.get((factor.kind, factor.person))
        key = factor.kind, factor.is_mother, factor.inbreeding
        if table is not None:
            has_one_allele = len(factor.indices) + 1 < table.ndim
            tensor = np.diagonal(table, axis1=-2, axis2=-1) if has_one_allele else table
        elif factor.person in phases or factor.parent in phases:
            tensor = _build_factor(factor, frequencies, female, male, phases)
        else:
            tensor = common[key] = (
                common[key] if key in common else _build_factor(factor, frequencies, female, male, phases)
            )
        tensors.append((tensor, factor.indices))
    rescale = len(phases) + len(tables) > _SAFE_PEOPLE
    return contract_tensors(tensors, network.steps, network.results, network.output, rescale=rescale)


def _build_factor(
    factor: Factor, frequencies: FloatArray, female: FloatArray, male: FloatArray, phases: Mapping[int, Phases]
) -> FloatArray:
    """Return one tensor with the batch as its first axis."""
    matrix = female if factor.is_mother else male
    match factor.kind:
        case "observed":
            return phases[factor.person].weight
        case "founder":
            if factor.person not in phases:
                return frequencies
            return np.take_along_axis(frequencies, _allele(phases[factor.person], factor.is_mother), axis=1)
        case "inbred founder":
            return _inbred_founder(factor, frequencies, phases)
        case "drawn" | "drawn beside known":
            return _drawn(factor, frequencies.shape, phases)
        case "from unseen founder":
            received = (frequencies[:, None, :] @ matrix)[:, 0]
            if factor.person not in phases:
                return received
            return np.take_along_axis(received, _allele(phases[factor.person], factor.is_mother), axis=1)
        case "from typed":
            parent = phases[factor.parent]
            if factor.person not in phases:
                given = 0.5 * (_rows(matrix, parent.paternal) + _rows(matrix, parent.maternal))
            else:
                into = _columns(matrix, _allele(phases[factor.person], factor.is_mother))
                given = 0.5 * (_rows(into, parent.paternal) + _rows(into, parent.maternal))
            return given.swapaxes(1, 2)
        case "from one allele":
            child = phases.get(factor.person)
            into = matrix if child is None else _columns(matrix, _allele(child, factor.is_mother))
            return into.swapaxes(1, 2)
        case "typed from untyped":
            into = _columns(matrix, _allele(phases[factor.person], factor.is_mother)).swapaxes(1, 2)
            return 0.5 * (into[:, :, :, None] + into[:, :, None, :])
        case "if grandpaternal":
            return 0.5 * np.stack([matrix.swapaxes(1, 2), np.ones_like(matrix)], axis=1)
        case _:
            return np.stack([np.ones_like(matrix), matrix.swapaxes(1, 2)], axis=1)


def _inbred_founder(factor: Factor, frequencies: FloatArray, phases: Mapping[int, Phases]) -> FloatArray:
    """Return P(paternal, maternal allele): one draw for both with the probability of inbreeding, otherwise two."""
    f = factor.inbreeding
    if factor.person in phases:
        own = phases[factor.person]
        paternal, maternal = (np.take_along_axis(frequencies, side, axis=1) for side in (own.paternal, own.maternal))
        given: FloatArray = f * (own.paternal == own.maternal) + (1.0 - f) * maternal
        return paternal * given
    one_draw = np.eye(frequencies.shape[1]) * frequencies[:, None, :]
    table: FloatArray = f * one_draw + (1.0 - f) * frequencies[:, :, None] * frequencies[:, None, :]
    return table


def _drawn(factor: Factor, shape: tuple[int, ...], phases: Mapping[int, Phases]) -> FloatArray:
    """Return 1.0 where an allele is the draw that it belongs to, 0.0 elsewhere."""
    n_rows, n_states = shape
    if factor.person not in phases:
        return np.broadcast_to(np.eye(n_states), (n_rows, n_states, n_states))
    own = phases[factor.person]
    allele = other_than_first(own) if factor.kind == "drawn beside known" else _allele(own, factor.is_mother)
    is_drawn: FloatArray = np.eye(n_states)[allele]
    return is_drawn


def other_than_first(phases: Phases) -> IntArray:
    """(R, K): of each ordered genotype, the allele beside the first observed one."""
    return np.where(phases.paternal == phases.paternal[:, :1], phases.maternal, phases.paternal)


def _allele(phases: Phases, is_maternal: bool) -> IntArray:
    return phases.maternal if is_maternal else phases.paternal


def _columns(matrix: FloatArray, alleles: IntArray) -> FloatArray:
    """(R, n, K): column alleles[r, k] of each row's matrix."""
    return np.take_along_axis(matrix, alleles[:, None, :], axis=2)


def _rows(matrix: FloatArray, alleles: IntArray) -> FloatArray:
    """(R, K, n): row alleles[r, k] of each row's matrix."""
    return np.take_along_axis(matrix, alleles[:, :, None], axis=1)
