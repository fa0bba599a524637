"""Time of simulating LRs and of working out the power of families.

    python -m benchmarks.power

Each job runs in a process of its own; the NIST 1036 frequencies, 24 loci, 10,000 simulations under each hypothesis.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements

if TYPE_CHECKING:
    from homeward.genetics.simulation.lr_outcomes import Contrast

N_SIMULATIONS = 10_000
REPEATS = 3
SIBLINGS_TARGET_S = 5.0
FAMILY_TARGET_S = 15.0
SIBLINGS = ("A = F + M; B = F + M", "A; B")
FAMILY = ("C = F + M; D = F + M", "C = F + M; D")
FOUR = ("A = F + M; B = F + M; C = F + M; D = F + M", "A = F + M; B = F + M; C = F + M; D")


def contrast(pedigrees: tuple[str, str], people: str, *, mutation: bool) -> Contrast:
    """Return two hypotheses about people of whom nothing is typed yet."""
    from tests.families import pedigree

    from homeward.genetics.case import Hypothesis
    from homeward.genetics.databases.frequencies import load_database
    from homeward.genetics.databases.panels import EXPANDED_24, make_panel
    from homeward.genetics.mutation import MutationKind
    from homeward.genetics.profiles import make_profiles
    from homeward.genetics.simulation.lr_outcomes import Contrast
    from homeward.genetics.simulation.simulated_case import DATABASE

    kind = MutationKind.STEPWISE if mutation else MutationKind.NONE
    panel = make_panel(load_database(DATABASE, "US Caucasian"), EXPANDED_24, mutation=kind)
    members = [pedigree(text) for text in pedigrees]
    h1, h2 = (
        Hypothesis(text, of, make_profiles(of.ids, len(panel))) for text, of in zip(pedigrees, members, strict=True)
    )
    return Contrast(h1, h2, panel, tuple(people))


def simulate(of: Contrast) -> None:
    """Simulate the LRs of both hypotheses."""
    import numpy as np

    from homeward.genetics.simulation.lr_power import work_out_power

    work_out_power(of, N_SIMULATIONS, np.random.default_rng(1))


def worked_case() -> None:
    """Work out the power of the worked case: 6 missing persons and the relatives who could be sampled next."""
    from homeward.examples import WORKED_CASE
    from homeward.formats.reading import read_case
    from homeward.identification.power import power

    power(read_case(WORKED_CASE))


JOBS: dict[str, tuple[Callable[[], object], float | None]] = {
    "LRs of two siblings": (lambda: simulate(contrast(SIBLINGS, "AB", mutation=False)), SIBLINGS_TARGET_S),
    "LRs of two siblings, stepwise mutation": (
        lambda: simulate(contrast(SIBLINGS, "AB", mutation=True)),
        SIBLINGS_TARGET_S,
    ),
    "LRs of parents and two children": (lambda: simulate(contrast(FAMILY, "FMCD", mutation=False)), FAMILY_TARGET_S),
    "LRs of parents and two children, stepwise": (
        lambda: simulate(contrast(FAMILY, "FMCD", mutation=True)),
        FAMILY_TARGET_S,
    ),
    "LRs of four siblings": (lambda: simulate(contrast(FOUR, "ABCD", mutation=False)), None),
    "homeward power, the worked case": (worked_case, None),
}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        job, target_s = JOBS[arguments[1]]
        seconds = best_time(job, REPEATS)
        print_measurements([Measurement(arguments[1], seconds, peak_mib(), target_s)])
        return 0
    measurements = [found for job in JOBS for found in in_own_process("benchmarks.power", job)]
    print(f"{'job, 10,000 simulations':<44} {'best time':>10} {'target':>8} {'peak memory':>12}")
    for m in measurements:
        target = "" if m.target_s is None else f"{m.target_s:.0f} s"
        print(f"{m.job:<44} {m.seconds:>8.2f} s {target:>8} {m.peak_mib:>8.0f} MiB{m.missed}")
    return int(not all(m.is_met for m in measurements))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
