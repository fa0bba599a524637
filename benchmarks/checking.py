"""How fast a check is, and how often it finds a planted error.

    python -m benchmarks.checking [--planted N]

Made-up data. Without arguments: time and memory of all pairs among 185 people. With ``--planted``: N cases of each kind
of error, the table of docs/checking.md.
"""

from __future__ import annotations

import sys
from collections import Counter

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements

PAIRS_TARGET_S = 5.0
N_FAMILIES = 42


def measure_pairs() -> list[Measurement]:
    """Time the check of 42 families with 185 typed people, 24 loci and amelogenin, stepwise mutation."""
    import numpy as np
    from tests.planted import SHAPES, plant_nothing, simulated_families, str_panel

    from homeward.core.progress import no_progress
    from homeward.identification.checking.check import check_case
    from homeward.identification.checking.pairs import check_pairs
    from homeward.identification.checking.people import gather_people
    from homeward.identification.checking.settings import CheckSettings

    rng, panel = np.random.default_rng(1), str_panel("stepwise")
    shapes = [list(SHAPES)[n % len(SHAPES)] for n in range(N_FAMILIES)]
    case = plant_nothing(panel, simulated_families(panel, shapes, rng), rng).case
    people = gather_people(case, case.families)
    settings, chosen = CheckSettings(), range(N_FAMILIES)
    pairs = best_time(lambda: check_pairs(people, settings, chosen, progress=no_progress))
    whole = best_time(lambda: check_case(case))
    n = len(people)
    return [
        Measurement(f"all {n * (n - 1) // 2:,} pairs of {n} people", pairs, peak_mib(), PAIRS_TARGET_S),
        Measurement(f"the whole check of {N_FAMILIES} families", whole, peak_mib(), None),
    ]


def print_planted(n_cases: int) -> None:
    """Print how often each kind of planted error is found."""
    from tests.planted import PLANTS, plant, verdict

    from homeward.identification.checking.check import check_case

    for name in PLANTS:
        found: Counter[str] = Counter()
        for seed in range(n_cases):
            planted = plant(name, seed)
            found[verdict(check_case(planted.case), planted)] += 1
        print(f"{name:<42} {', '.join(f'{n} {word}' for word, n in found.most_common())}", flush=True)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        print_measurements(measure_pairs())
        return 0
    if arguments[:1] == ["--planted"]:
        print_planted(int(arguments[1]))
        return 0
    measurements = in_own_process("benchmarks.checking")
    print(f"{'job':<44} {'best time':>10} {'target':>10} {'peak memory':>12}")
    for m in measurements:
        target = "" if m.target_s is None else f"{m.target_s * 1000:.0f} ms"
        print(f"{m.job:<44} {m.seconds * 1000:>7.0f} ms {target:>10} {m.peak_mib:>8.0f} MiB{m.missed}")
    return int(not all(m.is_met for m in measurements))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
