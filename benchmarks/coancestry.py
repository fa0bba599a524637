"""The likelihood of families with and without theta: 24 loci, stepwise mutation, allele by allele.

    python -m benchmarks.coancestry

Warm times: the order of summation has been found before. The last job has 2,000 parents and children of random
genotypes, whose founders' alleles are all known.
"""

from __future__ import annotations

import numpy as np

from benchmarks.measuring import best_time
from homeward.genetics.likelihood import batch_log10_likelihood, pedigree_log10_likelihood
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.panel import Locus, Panel
from homeward.genetics.pedigree import FOUNDER, Pedigree, Sex, build_pedigree
from homeward.genetics.profiles import make_profiles
from homeward.genetics.states import panel_states

N_LOCI, N_ALLELES = 24, 12
STEPWISE = MutationModel(MutationKind.STEPWISE, 0.002)

FAMILIES = {
    "parent and child": ({"C": ("F", "M")}, "F C"),
    "trio": ({"C": ("F", "M")}, "F M C"),
    "full siblings": ({"A": ("F", "M"), "B": ("F", "M")}, "A B"),
    "first cousins": ({"A": ("F", "M"), "B": ("F", "M"), "C": ("A", "X"), "D": ("B", "Y")}, "C D"),
    "10 people, 3 generations": (
        dict.fromkeys("ABC", ("F", "M")) | dict.fromkeys("DE", ("A", "X")) | dict.fromkeys("GH", ("B", "Y")),
        "C D E G",
    ),
}


def family(of: str) -> tuple[Pedigree, list[int]]:
    """Return a pedigree and the positions of those who are typed."""
    parents, typed = FAMILIES[of]
    people = list(dict.fromkeys([p for pair in parents.values() for p in pair] + list(parents)))
    fathers = {child: father for child, (father, _) in parents.items()}
    mothers = {child: mother for child, (_, mother) in parents.items()}
    members = build_pedigree(people, {"C": Sex.MALE}, fathers, mothers, where=of)
    return members, [members.position(person) for person in typed.split()]


def panel(rng: np.random.Generator, theta: float) -> Panel:
    """Return loci with random frequencies."""
    names = tuple(str(8 + i) for i in range(N_ALLELES))
    loci = (Locus(f"L{i}", names, rng.dirichlet(np.full(N_ALLELES, 2.0)), STEPWISE, STEPWISE) for i in range(N_LOCI))
    return Panel(tuple(loci), theta=theta)


def dropped(rng: np.random.Generator, members: Pedigree, loci: Panel) -> np.ndarray:
    """Return (n, n_loci, 2) alleles, handed down without mutation."""
    alleles = np.empty((len(members), len(loci), 2), dtype=np.intp)
    order = [i for i in range(len(members)) if members.parents[i][0] == FOUNDER]
    order += [i for i in range(len(members)) if members.parents[i][0] != FOUNDER]
    for person in order:
        for at, locus in enumerate(loci.loci):
            alleles[person, at] = [
                rng.choice(N_ALLELES, p=locus.frequencies) if parent == FOUNDER else rng.choice(alleles[parent, at])
                for parent in members.parents[person]
            ]
    return alleles


def main() -> None:
    """Print the table."""
    print(f"{N_LOCI} loci of {N_ALLELES} alleles, stepwise mutation; one likelihood, warm")
    for of in FAMILIES:
        members, typed = family(of)
        times = []
        for theta in (0.0, 0.02):
            rng = np.random.default_rng(1)
            loci = panel(rng, theta)
            seen = np.full((len(members), N_LOCI, 2), -1, dtype=np.int16)
            seen[typed] = dropped(rng, members, loci)[typed]
            profiles = make_profiles(members.ids, N_LOCI, alleles=seen)
            times.append(best_time(lambda p=profiles, m=members, at=loci: pedigree_log10_likelihood(m, p, at)))
        print(f"{of:26} {1e3 * times[0]:8.1f} ms   theta 0.02: {1e3 * times[1]:8.1f} ms")
    members, typed = family("parent and child")
    for theta in (0.0, 0.02):
        rng = np.random.default_rng(1)
        loci = panel(rng, theta)
        states = panel_states(loci, np.tile(np.arange(N_ALLELES)[:, None, None], (1, N_LOCI, 1)))
        alleles = np.full((2000 * N_LOCI, len(members), 2), -1)
        alleles[:, typed] = rng.integers(0, N_ALLELES, (len(alleles), len(typed), 2))
        row, dropout = np.tile(np.arange(N_LOCI), 2000), np.zeros(alleles.shape[:2])
        time = best_time(lambda s=states, r=row, a=alleles, d=dropout: batch_log10_likelihood(members, s, r, a, d))
        print(f"2,000 parents and children, theta {theta:g}: {len(alleles) / time:,.0f} loci/s")


if __name__ == "__main__":
    main()
