"""Simulated families: structures drawn at random, genes dropped through all families of one structure at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import FloatArray, IntArray
from homeward.core.errors import InputError, Problem
from homeward.core.progress import Progress, no_progress
from homeward.genetics.alleles import MISSING
from homeward.genetics.case import Family, MissingPerson
from homeward.genetics.databases.panels import IDENTIFILER
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.genetics.simulation.observation import observe_fully
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.structures import FamilyStructure
from homeward.genetics.simulation.truth import FamilyTruth


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedFamily:
    """A family as the case shows it, and what is true of its n_missing missing persons.

    genotypes: (n_missing, n_loci, 2) int16 allele codes.
    sex: (n_missing,) int8 array of :class:`Sex`.
    """

    family: Family
    truth: FamilyTruth
    genotypes: IntArray
    sex: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class _Batch:
    """Families of one structure whose missing are of the same sexes.

    numbers: place of each family in the case.
    pedigree: the one they share, its people named as in the structure.
    """

    structure: FamilyStructure
    missing_women: frozenset[str]
    numbers: list[int]
    pedigree: Pedigree


def simulate_families(
    options: SimulationOptions,
    panel: Panel,
    structures: Sequence[FamilyStructure],
    *,
    progress: Progress = no_progress,
) -> list[SimulatedFamily]:
    """Return families with as many missing persons in all as the options ask for.

    Their random numbers are apart from those of the samples: the same seed gives the same families whatever the
    samples shall be like.

    Raises
    ------
    InputError
        No structure has the number of missing persons that is needed to end on the number asked for.
    """
    streams = [np.random.default_rng([options.seed, stream]) for stream in range(3)]
    chosen = _choose_structures(options.missing, structures, streams[0])
    width = max(5, len(str(len(chosen))))
    made: dict[int, SimulatedFamily] = {}
    for batch in _batches(chosen, options.male, streams[0]):
        names = [f"F{number + 1:0{width}d}" for number in batch.numbers]
        made |= zip(batch.numbers, _make_families(batch, names, panel, options, streams[1], streams[2]), strict=True)
        progress("Simulating families", len(made), len(chosen))
    return [made[number] for number in range(len(chosen))]


def _choose_structures(
    n_missing: int, structures: Sequence[FamilyStructure], rng: np.random.Generator
) -> list[FamilyStructure]:
    """Return the structure of each family, drawn by weight; the last is drawn among those that end on the number."""
    sizes = np.array([len(structure.missing) for structure in structures])
    weights = np.array([structure.weight for structure in structures])
    drawn = _draw(weights, rng.random(n_missing))
    chosen = drawn[np.cumsum(sizes[drawn]) <= n_missing]
    left = n_missing - int(sizes[chosen].sum())
    if left:
        if not (sizes == left).any():
            what = f"No family structure has {left} missing, which is needed to end on {n_missing} missing persons."
            raise InputError(
                Problem(what, "family structures", "Add one, or ask for another number of missing persons.")
            )
        chosen = np.append(chosen, _draw(np.where(sizes == left, weights, 0.0), rng.random(1)))
    return [structures[index] for index in chosen]


def _draw(weights: FloatArray, draws: FloatArray) -> IntArray:
    """Return a position for each draw in [0, 1), with probabilities in proportion to the weights."""
    cumulative = np.cumsum(weights)
    return np.searchsorted(cumulative / cumulative[-1], draws, side="right")


def _batches(chosen: Sequence[FamilyStructure], male: float, rng: np.random.Generator) -> Iterator[_Batch]:
    """Draw the sexes of the missing and put families together that share a structure and these sexes."""
    draws = rng.random((len(chosen), max(len(structure.missing) for structure in chosen)))
    numbers: dict[tuple[FamilyStructure, frozenset[str]], list[int]] = {}
    for number, (structure, row) in enumerate(zip(chosen, draws, strict=True)):
        women = frozenset(person for person, draw in zip(structure.missing, row, strict=False) if draw >= male)
        numbers.setdefault((structure, women), []).append(number)
    for (structure, women), of in numbers.items():
        yield _Batch(structure, women, of, structure.pedigree(women))


def _make_families(
    batch: _Batch,
    names: Sequence[str],
    panel: Panel,
    options: SimulationOptions,
    genes: np.random.Generator,
    typing: np.random.Generator,
) -> Iterator[SimulatedFamily]:
    """Yield the families of a batch, in its order."""
    structure, template = batch.structure, batch.pedigree
    genotypes = drop_genes(template, panel, len(names), genes)
    sex = _draw_sexes(batch, typing)
    donors = [template.position(donor) for donor in structure.donors]
    missing = [template.position(person) for person in structure.missing]
    alleles = np.full_like(genotypes, MISSING)
    alleles[:, donors] = _type_donors(genotypes[:, donors], panel, options.partial_donors, typing)
    for row, name in enumerate(names):
        ids = tuple(f"{name}-{person}" for person in template.ids)
        lost = tuple(MissingPerson(ids[position], position) for position in missing)
        pedigree = Pedigree(ids, template.parents, sex[row])
        profiles = make_profiles(ids, len(panel), sex=sex[row], alleles=alleles[row])
        truth = FamilyTruth(name, structure.name, tuple(person.id for person in lost), len(donors))
        yield SimulatedFamily(Family(name, pedigree, profiles, lost), truth, genotypes[row, missing], sex[row, missing])


def _draw_sexes(batch: _Batch, rng: np.random.Generator) -> IntArray:
    """Return (n_families, n_people) sexes: of parents and the missing as they are, of others at random."""
    n_people = len(batch.pedigree)
    sex = np.where(rng.random((len(batch.numbers), n_people)) < 0.5, Sex.MALE, Sex.FEMALE).astype(np.int8)
    known = batch.pedigree.sex != Sex.UNKNOWN
    sex[:, known] = batch.pedigree.sex[known]
    for person in batch.structure.missing:
        sex[:, batch.pedigree.position(person)] = Sex.FEMALE if person in batch.missing_women else Sex.MALE
    return sex


def _type_donors(genotypes: IntArray, panel: Panel, partial: float, rng: np.random.Generator) -> IntArray:
    """Return (n_families, n_donors, n_loci, 2) alleles as typed, a share of the donors with the older kit only."""
    alleles = observe_fully(genotypes)
    is_partial = rng.random(alleles.shape[:2]) < partial
    not_in_older_kit = np.array([name not in IDENTIFILER for name in panel.names])
    alleles[is_partial[:, :, None] & not_in_older_kit] = MISSING
    return alleles
