"""How long the likelihood of one pedigree takes, and how that grows with people, alleles and loops.

    python -m benchmarks.pedigrees

24 STR loci, stepwise mutation. Made-up families: genes dropped through the pedigree with a fixed seed. "First" includes
the search for an order of contraction, which is kept; "warm" is what every further likelihood of the shape takes.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements
from homeward.genetics.databases.frequencies import load_database
from homeward.genetics.databases.panels import EXPANDED_24, make_panel
from homeward.genetics.likelihood import pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
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


def stepwise_panel(loci: Sequence[str] = EXPANDED_24) -> Panel:
    """Return some loci with stepwise mutation."""
    return make_panel(load_database("NIST 1036", "US Caucasian"), loci, mutation=MutationKind.STEPWISE)


def ladder(n_alleles: int) -> Panel:
    """Return one made-up locus with stepwise mutation and so many alleles, the middle ones most common."""
    weights = np.exp(-0.5 * ((np.arange(n_alleles) - n_alleles / 2) / (n_alleles / 5)) ** 2)
    names = tuple(str(n) for n in range(5, 5 + n_alleles))
    model = MutationModel(MutationKind.STEPWISE, 0.002, 0.1)
    return Panel((Locus("ladder", names, weights / weights.sum(), model, model),))


def youngest(pedigree: Pedigree, n: int) -> list[int]:
    """Return the positions of the last n people, who are the latest born."""
    return list(range(len(pedigree)))[-n:]


def throughout(pedigree: Pedigree, n: int) -> list[int]:
    """Return the positions of n people of all generations."""
    return [round(i) for i in np.linspace(0, len(pedigree) - 1, n)]


def measure_likelihood(
    name: str, pedigree: Pedigree, panel: Panel, typed: Sequence[int], target_s: float | None = None
) -> Measurement:
    """Time one likelihood, the first time and again."""
    profiles = typed_members(pedigree, panel, typed)
    start = time.perf_counter()
    log10_likelihood = pedigree_log10_likelihood(pedigree, profiles, panel)
    first = time.perf_counter() - start
    assert np.isfinite(log10_likelihood).all()
    warm = best_time(lambda: pedigree_log10_likelihood(pedigree, profiles, panel))
    note = f"  {len(pedigree)} people, {len(typed)} typed; first {first:.2f} s"
    return Measurement(name, warm, peak_mib(), target_s, note=note)


def measure_targets() -> list[Measurement]:
    """Time the pedigrees for which there are targets."""
    panel = stepwise_panel()
    small, large, wide = descent(3, 1, 2, 0), descent(6, 2, 2, 4), descent(5, 3, 2, 5)
    return [
        measure_likelihood("three generations, no loop", small, panel, youngest(small, 5), THREE_GENERATIONS_TARGET_S),
        measure_likelihood(
            "six generations, four couples of cousins", large, panel, throughout(large, 20), MANY_LOOPS_TARGET_S
        ),
        measure_likelihood("the same, only the youngest typed", large, panel, youngest(large, 20), MANY_LOOPS_TARGET_S),
        measure_likelihood(
            "five generations, five couples, youngest typed", wide, panel, youngest(wide, 20), MANY_LOOPS_TARGET_S
        ),
    ]


def measure_growth() -> list[Measurement]:
    """Time how the work grows with people, loops and alleles."""
    panel = stepwise_panel()
    rows = []
    for n_generations in (3, 4, 5, 6):
        pedigree = descent(n_generations, 1, 2, 0)
        typed = youngest(pedigree, len(pedigree) // 2)
        rows.append(measure_likelihood(f"{n_generations} generations, no loop", pedigree, panel, typed))
    for n_loops in range(4):
        pedigree = descent(5, 2, 2, n_loops)
        rows.append(measure_likelihood(f"couples of cousins: {n_loops}", pedigree, panel, youngest(pedigree, 16)))
    pedigree = descent(5, 2, 2, 2)
    for n_alleles in (8, 16, 24, 32, 48):
        name = f"one locus of {n_alleles} alleles, two couples of cousins"
        rows.append(measure_likelihood(name, pedigree, ladder(n_alleles), youngest(pedigree, 16)))
    return rows


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        print_measurements(measure_growth() if arguments[1] == "growth" else measure_targets())
        return 0
    measurements = in_own_process("benchmarks.pedigrees", "targets") + in_own_process("benchmarks.pedigrees", "growth")
    print(f"{'pedigree, 24 STR loci, stepwise mutation':<54} {'warm':>9} {'target':>9} {'peak memory':>12}")
    for m in measurements:
        target = "" if m.target_s is None else f"{m.target_s * 1000:.0f} ms"
        print(f"{m.job:<54} {m.seconds * 1000:>6.0f} ms {target:>9} {m.peak_mib:>8.0f} MiB{m.missed}{m.note}")
    return int(not all(m.is_met for m in measurements))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
