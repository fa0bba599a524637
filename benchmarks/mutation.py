"""Time of likelihoods under each mutation model, with unseen alleles merged and with every allele a state of its own.

    python -m benchmarks.mutation

24 loci with the NIST 1036 frequencies of US Caucasians, made-up profiles (gene dropping with a fixed seed). Each
pedigree runs in a process of its own; both likelihoods are compared, and must agree.
"""

from __future__ import annotations

import sys
from functools import partial

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements

PEDIGREES = {
    "a child of untyped parents": ("child = father + mother", "child"),
    "four siblings": ("a = f + m; b = f + m; c = f + m; d = f + m", "a b c d"),
    "cousins": ("p = gf + gm; q = gf + gm; a = p + s; b = q + t", "a b"),
    "three cousins": ("p = gf + gm; q = gf + gm; r = gf + gm; a = p + s; b = q + t; c = r + u", "a b c"),
    "a child of two siblings' children": ("p = gf + gm; q = gf + gm; a = p + s; b = t + q; c = a + b", "c"),
    "two generations of sibling matings": ("a = f + m; b = f + m; c = a + b; d = a + b; e = c + d", "e"),
}
"""Who descends from whom, and who is typed; everybody else is not."""


def measure(name: str) -> list[Measurement]:
    """Time the likelihood of one pedigree under the equal and the stepwise model, merged and not."""
    import numpy as np
    from tests.families import pedigree

    from homeward.genetics.databases.frequencies import load_database
    from homeward.genetics.databases.panels import EXPANDED_24, make_panel
    from homeward.genetics.likelihood import batch_log10_likelihood
    from homeward.genetics.mutation import MutationKind
    from homeward.genetics.simulation.gene_dropping import drop_genes
    from homeward.genetics.states import panel_states, whole_states

    text, typed = PEDIGREES[name]
    members = pedigree(text)
    found = []
    for kind in (MutationKind.EQUAL, MutationKind.STEPWISE):
        panel = make_panel(load_database("NIST 1036", "US Caucasian"), EXPANDED_24, mutation=kind)
        genotypes = drop_genes(members, panel, 1, np.random.default_rng(1))[0]
        genotypes[[person not in typed.split() for person in members.ids]] = -1
        rows = np.arange(len(panel)), genotypes.swapaxes(0, 1), np.zeros((len(panel), len(members)))
        apart, merged = whole_states(panel), panel_states(panel, genotypes)
        likelihood_apart, likelihood_merged = (
            partial(batch_log10_likelihood, members, states, *rows) for states in (apart, merged)
        )
        np.testing.assert_allclose(likelihood_merged(), likelihood_apart(), rtol=1e-10)
        seconds, seconds_apart = best_time(likelihood_merged), best_time(likelihood_apart)
        n_merged, n_apart = (sum(len(one) for one in states) for states in (merged, apart))
        note = f"{seconds_apart * 1000:.1f} ms with {n_apart} states, ratio {seconds_apart / seconds:.1f}"
        found.append(Measurement(f"{name}, {kind}, {n_merged} states", seconds, peak_mib(), note=note))
    return found


def main(arguments: list[str]) -> None:
    if arguments:
        print_measurements(measure(arguments[1]))
        return
    print(f"{'pedigree, model, states of 24 loci together':<64} {'merged':>9}  every allele apart")
    for name in PEDIGREES:
        for m in in_own_process("benchmarks.mutation", name):
            print(f"{m.job:<64} {m.seconds * 1000:>6.1f} ms  {m.note}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
