"""Simulated cases for tests and benchmarks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from homeward.genetics.case import Case, Family, MissingPerson
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.profiles import make_profiles
from homeward.genetics.screening.shapes import Sought
from homeward.genetics.simulation.gene_dropping import drop_genes
from tests.families import case, pedigree

COUSINS = "X = A + B; Y = A + B; M = X + V; C = Y + W"
PARENTS = "M = F + G"
SIBLING_AND_CHILD = "M = A + B; S = A + B; C = M + W"

MANY_SHAPES = [
    ("M = F + G", "FG"),
    ("M = F + G", "G"),
    ("M = A + B; S = A + B; C = M + W", "SC"),
    ("M = A + B; S = A + B; C = M + W", "CW"),
    ("X = A + B; Y = A + B; M = X + V; C = Y + W", "C"),
    ("X = A + B; Y = A + B; M = X + Y; C = V + Y", "C"),
    ("M = A + B; S = A + C", "S"),
]
MODELS = {
    "none": MutationModel(),
    "proportional": MutationModel(MutationKind.PROPORTIONAL, 0.002),
    "equal": MutationModel(MutationKind.EQUAL, 0.002),
    "stepwise": MutationModel(MutationKind.STEPWISE, 0.002),
}


def random_panel(rng: np.random.Generator, n_loci: int, n_alleles: int = 10) -> Panel:
    model = MutationModel(MutationKind.EQUAL, 0.001)
    names = tuple(str(8 + i) for i in range(n_alleles))
    return Panel(
        tuple(Locus(f"L{i}", names, rng.dirichlet(np.full(n_alleles, 2.0)), model, model) for i in range(n_loci))
    )


def family_of(name: str, text: str, typed: str, panel: Panel, rng: np.random.Generator) -> tuple[Family, np.ndarray]:
    """Return a family in which M is missing, and the true genotype of M."""
    members = pedigree(text)
    genotypes = drop_genes(members, panel, 1, rng)[0]
    seen = np.full_like(genotypes, -1)
    for person in typed:
        seen[members.position(person)] = genotypes[members.position(person)]
    place = members.position("M")
    profiles = make_profiles(members.ids, len(panel), alleles=seen)
    return Family(name, members, profiles, (MissingPerson(f"M of {name}", place),)), genotypes[place]


def cousins_and_strangers(*, n_families: int, with_clear_match: bool = False, n_loci: int = 12) -> Case:
    """Return families that have only a first cousin typed, and as many samples, none of them related."""
    rng = np.random.default_rng(20)
    panel = random_panel(rng, n_loci)
    families = [family_of(f"F{f}", COUSINS, "C", panel, rng)[0] for f in range(n_families)]
    stranger = pedigree("S")
    ids = [f"S{i}" for i in range(n_families)]
    genotypes = list(drop_genes(stranger, panel, len(ids), rng)[:, 0])
    if with_clear_match:
        parents, child = family_of("clear family", PARENTS, "FG", panel, rng)
        families.append(parents)
        ids.append("clear")
        genotypes.append(child)
    return case(panel, make_profiles(tuple(ids), n_loci, alleles=np.array(genotypes)), *families)


def siblings_and_children(n_families: int, *, n_loci: int = 23) -> Case:
    """Return families with a sibling and a child of the missing person typed, and all the missing among the samples."""
    rng = np.random.default_rng(1)
    panel = random_panel(rng, n_loci, n_alleles=12)
    families, genotypes = zip(
        *(family_of(f"F{f}", SIBLING_AND_CHILD, "SC", panel, rng) for f in range(n_families)), strict=True
    )
    ids = tuple(f"V{f}" for f in range(n_families))
    return case(panel, make_profiles(ids, n_loci, alleles=np.array(genotypes)), *families)


def one_large_family(n_missing: int, *, rate: float, n_loci: int = 23) -> Case:
    """Return one family of three generations: up to eight missing, all of them among the samples, and five typed."""
    rng = np.random.default_rng(1)
    panel = random_panel(rng, n_loci, n_alleles=12)
    model = MutationModel(MutationKind.EQUAL, rate)
    panel = Panel(tuple(replace(locus, female_mutation=model, male_mutation=model) for locus in panel.loci))
    members = pedigree(
        "M1 = A + B; M2 = A + B; R1 = A + B; M3 = M1 + W1; M4 = M1 + W1; M5 = R1 + X; M6 = R1 + X;"
        "R2 = M2 + Y; M7 = M2 + Y; M8 = M7 + Z; R3 = M7 + Z; R4 = M3 + Q; R5 = M5 + S"
    )
    genotypes = drop_genes(members, panel, 1, rng)[0]
    seen = np.full_like(genotypes, -1)
    for i in range(1, 6):
        seen[members.position(f"R{i}")] = genotypes[members.position(f"R{i}")]
    missing = [members.position(f"M{i}") for i in range(1, n_missing + 1)]
    lost = tuple(MissingPerson(members.ids[place], place) for place in missing)
    family = Family("F", members, make_profiles(members.ids, n_loci, alleles=seen), lost)
    ids = tuple(f"V{i}" for i in range(1, n_missing + 1))
    return case(panel, make_profiles(ids, n_loci, alleles=genotypes[missing]), family)


def many_shapes(model: MutationModel, *, n_samples: int = 40, n_loci: int = 4, dropout: float = 0.0) -> Case:
    """Return families of many shapes, some members untyped here and there; all the missing are among the samples."""
    rng = np.random.default_rng(8)
    loci = random_panel(rng, n_loci, 7).loci
    panel = Panel(tuple(replace(one, female_mutation=model, male_mutation=model) for one in loci))
    families, genotypes = [], []
    for i in range(21):
        text, typed = MANY_SHAPES[i % len(MANY_SHAPES)]
        one, genotype = family_of(f"F{i}", text, typed, panel, rng)
        one.profiles.alleles[rng.random((len(one.pedigree), n_loci)) < 0.15] = -1
        families.append(one)
        genotypes.append(genotype)
    strangers = drop_genes(pedigree("S"), panel, n_samples - len(genotypes), rng)[:, 0]
    alleles = np.concatenate([np.array(genotypes), strangers]).astype(np.int16)
    alleles[rng.random(alleles.shape[:2]) < 0.1] = -1
    rates = np.where(rng.random(alleles.shape[:2]) < 0.5, dropout, 0.0)
    samples = make_profiles(tuple(f"S{i}" for i in range(n_samples)), n_loci, alleles=alleles, dropout=rates)
    return case(panel, samples, *families)


def sought_of(of: Case) -> list[Sought]:
    """Return everybody who is missing in a case, in order."""
    return [Sought(one, missing.position) for one in of.families for missing in one.missing]
