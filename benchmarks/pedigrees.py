"""How long the likelihood of one pedigree takes, and how that grows with people, alleles and loops.

    python -m benchmarks.pedigrees

24 STR loci, stepwise mutation. Made-up families: genes dropped through the pedigree with a fixed seed. "First" includes
the search for an order of contraction, which is kept; "warm" is what every further likelihood of the shape takes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import EXPANDED_24, make_panel
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind
from homeward.genetics.network import plan_network
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import Profiles, make_profiles
from homeward.genetics.simulation.gene_dropping import drop_genes

THREE_GENERATIONS_TARGET_S = 0.020
MANY_LOOPS_TARGET_S = 2.0


def descent(n_generations: int, n_founder_couples: int, children_per_couple: int, n_loops: int) -> Pedigree:
    """Return some families over generations; the first ``n_loops`` couples who can are cousins, the others marry in."""
    people: list[str] = []
    sex: dict[str, Sex] = {}
    fathers: dict[str, str] = {}
    mothers: dict[str, str] = {}

    def person(name: str, of: Sex, couple: tuple[str, str] | None = None) -> str:
        people.append(name)
        sex[name] = of
        if couple is not None:
            fathers[name], mothers[name] = couple
        return name

    couples = [(person(f"F{i}", Sex.MALE), person(f"M{i}", Sex.FEMALE)) for i in range(n_founder_couples)]
    for generation in range(1, n_generations):
        born = [
            person(f"G{generation}-{i}-{j}", Sex.MALE if (i + j) % 2 else Sex.FEMALE, couple)
            for i, couple in enumerate(couples)
            for j in range(children_per_couple)
        ]
        if generation == n_generations - 1:
            break
        couples = []
        free = list(born)
        while free:
            one = free.pop(0)
            partner = next((p for p in free if n_loops and sex[p] != sex[one] and fathers[p] != fathers[one]), None)
            if partner is not None:
                free.remove(partner)
                n_loops -= 1
            else:
                partner = person(f"{one}'s", Sex.FEMALE if sex[one] is Sex.MALE else Sex.MALE)
            couples.append((one, partner) if sex[one] is Sex.MALE else (partner, one))
    return build_pedigree(people, sex, fathers, mothers, where="benchmark")


def typed_members(pedigree: Pedigree, panel: Panel, typed: Sequence[int]) -> Profiles:
    """Return profiles from one dropping of genes; only some people are typed."""
    genotypes = np.sort(drop_genes(pedigree, panel, 1, np.random.default_rng(7))[0], axis=2)
    alleles = np.full_like(genotypes, -1)
    alleles[list(typed)] = genotypes[list(typed)]
    return make_profiles(pedigree.ids, len(panel), sex=pedigree.sex, alleles=alleles)


def stepwise_panel() -> Panel:
    """Return 24 loci with stepwise mutation."""
    return make_panel(load_database("NIST 1036", "US Caucasian"), EXPANDED_24, mutation=MutationKind.STEPWISE)
