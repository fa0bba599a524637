"""Simulated samples: several of one person, some of them degraded, some of nobody who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from homeward.core.arrays import IntArray
from homeward.genetics.alleles import MISSING
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.simulation.families import SimulatedFamily
from homeward.genetics.simulation.gene_dropping import drop_genes
from homeward.genetics.simulation.observation import observe
from homeward.genetics.simulation.options import SimulationOptions
from homeward.genetics.simulation.truth import SampleTruth


@dataclass(frozen=True, slots=True, eq=False)
class _People:
    """Those of whom samples were found.

    missing: (n,) whether each is one of the missing.
    genotypes: (n, n_loci, 2) int16 allele codes.
    sex: (n,) int8 array of :class:`Sex`.
    """

    names: tuple[str, ...]
    is_missing: tuple[bool, ...]
    genotypes: IntArray
    sex: IntArray


def simulate_samples(
    options: SimulationOptions, panel: Panel, families: Sequence[SimulatedFamily]
) -> tuple[Profiles, tuple[SampleTruth, ...]]:
    """Return the samples as the laboratory sees them, and whose each is."""
    drawing, typing = (np.random.default_rng([options.seed, stream]) for stream in (3, 4))
    people = _found_people(options, panel, families, drawing)
    n_found = sum(people.is_missing)
    n_strangers = options.n_strangers
    owners = np.concatenate(
        [
            _owners(options.samples - n_strangers, n_found, drawing),
            n_found + _owners(n_strangers, len(people.names) - n_found, drawing),
        ]
    )
    owners = owners[_shuffled(len(owners), drawing)]
    return _type_samples(options, panel, people, owners, typing)


def _found_people(
    options: SimulationOptions, panel: Panel, families: Sequence[SimulatedFamily], rng: np.random.Generator
) -> _People:
    """Draw who of the missing was found, and people who are nobody's."""
    names = [person.id for of in families for person in of.family.missing]
    found = _shuffled(len(names), rng)[: options.n_people(options.samples - options.n_strangers)]
    n_strangers = options.n_people(options.n_strangers)
    stranger = build_pedigree(["X"], {}, {}, {}, where="a stranger")
    width = max(5, len(str(n_strangers)))
    return _People(
        names=(*(names[i] for i in found), *(f"X{i + 1:0{width}d}" for i in range(n_strangers))),
        is_missing=(True,) * len(found) + (False,) * n_strangers,
        genotypes=np.concatenate(
            [
                np.concatenate([of.genotypes for of in families])[found],
                drop_genes(stranger, panel, n_strangers, rng)[:, 0],
            ]
        ),
        sex=np.concatenate(
            [
                np.concatenate([of.sex for of in families])[found],
                np.where(rng.random(n_strangers) < options.male, Sex.MALE, Sex.FEMALE).astype(np.int8),
            ]
        ),
    )


def _shuffled(n: int, rng: np.random.Generator) -> IntArray:
    """Return the numbers from 0 to n - 1 in random order."""
    return np.argsort(rng.random(n), kind="stable")


def _owners(n_samples: int, n_people: int, rng: np.random.Generator) -> IntArray:
    """Return (n_samples,) people: each has one sample, and those left over are anybody's."""
    more = (rng.random(n_samples - n_people) * n_people).astype(np.intp)
    return np.concatenate([np.arange(n_people), more])


def _type_samples(
    options: SimulationOptions, panel: Panel, people: _People, owners: IntArray, rng: np.random.Generator
) -> tuple[Profiles, tuple[SampleTruth, ...]]:
    """Return the profiles of the samples and the truth about them."""
    n = len(owners)
    true = people.genotypes[owners]
    degraded = np.zeros(n, dtype=bool)
    degraded[_shuffled(n, rng)[: round(n * options.degraded)]] = True
    failure = options.least_failure + (options.most_failure - options.least_failure) * rng.random(n)
    failure = np.where(degraded, failure, 0.0)
    dropout = np.where(degraded, options.dropout, 0.0)
    alleles = observe(true, locus_failure=failure, allele_dropout=dropout, rng=rng)
    # The sex marker fails as any locus does.
    sex = np.where(rng.random(n) < failure, Sex.UNKNOWN, people.sex[owners])
    width = max(5, len(str(n)))
    ids = tuple(f"S{i + 1:0{width}d}" for i in range(n))
    typed = (alleles != MISSING).all(axis=2)
    stated = np.where(typed, dropout[:, None], 0.0)
    profiles = make_profiles(ids, len(panel), sex=sex, alleles=alleles, dropout=stated)
    dropped = typed & (true[..., 0] != true[..., 1]) & (alleles[..., 0] == alleles[..., 1])
    truth = tuple(
        SampleTruth(
            sample,
            people.names[owner],
            people.names[owner] if people.is_missing[owner] else None,
            bool(degraded[i]),
            int(typed[i].sum()),
            int(dropped[i].sum()),
        )
        for i, (sample, owner) in enumerate(zip(ids, owners, strict=True))
    )
    return profiles, truth
