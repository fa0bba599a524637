"""Time and peak memory of the main jobs, each in a process of its own, against their targets.

    python -m benchmarks.run [CASE...]

Start-up is timed from outside. Resolving and explaining are timed inside a started process, best of several.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Measurement, best_time, in_own_process, peak_mib, print_measurements

START_UP_TARGET_S = 0.7
RESOLVE_TARGET_S = 1.0
EXPLAIN_TARGET_S = 0.05


def measure_start_up() -> list[Measurement]:
    """Time the command line from nothing to its help."""
    command = [Path(sys.executable).with_name("homeward"), "--help"]
    seconds = best_time(lambda: subprocess.run(command, check=True, capture_output=True))
    return [Measurement("start-up (homeward --help)", seconds, peak_mib(resource.RUSAGE_CHILDREN), START_UP_TARGET_S)]


def measure_case(path: Path) -> list[Measurement]:
    """Time reading and resolving one case, and explaining its best pairing."""
    import numpy as np

    from homeward.formats.reading import read_case
    from homeward.identification.explain import explain
    from homeward.identification.policy import Policy
    from homeward.identification.resolve import resolve

    case = read_case(path)
    resolution = resolve(case, policy=Policy())
    sample, missing = divmod(int(np.nanargmax(resolution.pairwise.total_log10_lr)), len(case.missing_ids))
    pair = case.samples.ids[sample], case.missing_ids[missing]
    resolving = best_time(lambda: resolve(read_case(path), policy=Policy()))
    explaining = best_time(lambda: explain(case, *pair, policy=Policy()))
    memory = peak_mib()
    return [
        Measurement(f"resolve {path.name}", resolving, memory, RESOLVE_TARGET_S),
        Measurement(f"explain {path.name} {pair[0]} {pair[1]}", explaining, memory, EXPLAIN_TARGET_S),
    ]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        found = measure_case(Path(arguments[1])) if arguments[1:] else measure_start_up()
        print_measurements(found)
        return 0
    from homeward.examples import WORKED_CASE

    measurements = in_own_process("benchmarks.run")
    for case in [str(WORKED_CASE), *arguments]:
        measurements += in_own_process("benchmarks.run", case)
    print(f"{'job':<44} {'best time':>10} {'target':>10} {'peak memory':>12}")
    for m in measurements:
        target = "" if m.target_s is None else f"{m.target_s * 1000:.0f} ms"
        print(f"{m.job:<44} {m.seconds * 1000:>7.0f} ms {target:>10} {m.peak_mib:>8.0f} MiB{m.missed}")
    return int(not all(m.is_met for m in measurements))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
