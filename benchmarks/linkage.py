"""Linked loci: a pair on a four-generation pedigree, and how time grows with loci and typed people.

python -m benchmarks.linkage
"""

from __future__ import annotations

import sys
import time

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements

RELATIONS = (
    "A = F1 + M1; B = F1 + M1; C = F1 + M1; D = A + S1; E = A + S1; F = B + S2; G = B + S2; H = S3 + C; "
    "I = D + S4; J = D + S4; K = S5 + F; L = H + S6; M = I + S7; N = S8 + K; O = L + S9"
)
"""Four generations, 25 people: three sibs, their children, grandchildren and great-grandchildren."""

TYPED = {
    "2 typed in the last generation": ("M", "N"),
    "4 typed": ("M", "N", "J", "G"),
    "8 typed in all generations but the first": ("M", "N", "O", "J", "E", "G", "S7", "S4"),
}
JOBS = (
    *((2, 12, name, 0.1) for name in TYPED),
    *((n_loci, 12, name, None) for n_loci in (3, 4, 6) for name in list(TYPED)[:2]),
    (2, 20, "4 typed", 0.1),
)
"""Loci, alleles, who is typed, and the target in seconds."""


def measure(n_loci: int, n_alleles: int, name: str, target_s: float | None) -> Measurement:
    """Return the time of one likelihood, its order of summation known, and of finding the order."""
    import numpy as np

    from homeward.genetics.linkage.groups import LinkageGroup
    from homeward.genetics.linkage.likelihood import group_log10_likelihood
    from homeward.genetics.mutation import MutationKind, MutationModel
    from homeward.genetics.panel import Locus, Panel
    from homeward.genetics.pedigree import build_pedigree
    from homeward.genetics.profiles import make_profiles
    from homeward.genetics.simulation.gene_dropping import drop_genes

    rng = np.random.default_rng(1)
    fathers, mothers, people = {}, {}, {}
    for line in RELATIONS.split(";"):
        child, parents = (part.strip() for part in line.split("="))
        fathers[child], mothers[child] = (parent.strip() for parent in parents.split("+"))
        people |= dict.fromkeys((child, fathers[child], mothers[child]))
    pedigree = build_pedigree(list(people), {}, fathers, mothers, where="benchmark")
    model = MutationModel(MutationKind.STEPWISE, 0.002)
    alleles = tuple(str(8 + i) for i in range(n_alleles))
    frequencies = [rng.dirichlet(np.ones(n_alleles)) for _ in range(n_loci)]
    panel = Panel(tuple(Locus(f"L{i}", alleles, p, model, model) for i, p in enumerate(frequencies)))
    genotypes = drop_genes(pedigree, panel, 1, rng)[0]
    genotypes[[i for i, person in enumerate(pedigree.ids) if person not in TYPED[name]]] = -1
    profiles = make_profiles(pedigree.ids, n_loci, alleles=genotypes)
    group = LinkageGroup(tuple(range(n_loci)), (0.1,) * (n_loci - 1), (0.15,) * (n_loci - 1))
    start = time.perf_counter()
    group_log10_likelihood(pedigree, profiles, panel, group)
    first = time.perf_counter() - start
    seconds = best_time(lambda: group_log10_likelihood(pedigree, profiles, panel, group))
    job = f"{n_loci} loci, {n_alleles} alleles, {name}"
    return Measurement(job, seconds, peak_mib(), target_s, note=f"first time {first:.2f} s")


def main() -> int:
    """Measure every job in a process of its own."""
    print("Linked loci: 25 people in four generations, stepwise mutation, nothing merged")
    missed = False
    for number in range(len(JOBS)):
        (found,) = in_own_process("benchmarks.linkage", str(number))
        missed |= not found.is_met
        target = "" if found.target_s is None else f" (target {found.target_s:g} s)"
        print(f"{found.job:60s}{found.seconds:9.4f} s{target}{found.peak_mib:7.0f} MiB  {found.note}{found.missed}")
    return int(missed)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        print_measurements([measure(*JOBS[int(sys.argv[2])])])
    else:
        sys.exit(main())
