"""Time and peak memory of the main jobs, each in a process of its own, against their targets.

    python benchmarks/run.py [CASE...]

Start-up is timed from outside. Resolving and explaining are timed inside a started process, best of several.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

START_UP_TARGET_S = 0.7
RESOLVE_TARGET_S = 1.0
EXPLAIN_TARGET_S = 0.05
REPEATS = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    """One job: best time and peak memory of the process that did it."""

    job: str
    seconds: float
    target_s: float
    peak_mib: float


def best_time(job: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the shortest of several times, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def peak_mib(who: int) -> float:
    """Return the peak memory of this process or its children so far, in MiB."""
    kib = resource.getrusage(who).ru_maxrss
    return kib / 1024 if sys.platform != "darwin" else kib / 1024**2


def measure_start_up() -> list[Measurement]:
    """Time the command line from nothing to its help."""
    command = [Path(sys.executable).with_name("homeward"), "--help"]
    seconds = best_time(lambda: subprocess.run(command, check=True, capture_output=True))
    return [Measurement("start-up (homeward --help)", seconds, START_UP_TARGET_S, peak_mib(resource.RUSAGE_CHILDREN))]


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
    memory = peak_mib(resource.RUSAGE_SELF)
    return [
        Measurement(f"resolve {path.name}", resolving, RESOLVE_TARGET_S, memory),
        Measurement(f"explain {path.name} {pair[0]} {pair[1]}", explaining, EXPLAIN_TARGET_S, memory),
    ]


def in_own_process(*arguments: str) -> list[Measurement]:
    """Run one of the measuring functions in a new process."""
    command = [sys.executable, __file__, "--measure", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [Measurement(**line) for line in json.loads(done.stdout)]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        found = measure_case(Path(arguments[1])) if arguments[1:] else measure_start_up()
        print(json.dumps([asdict(measurement) for measurement in found]))
        return 0
    from homeward.examples import WORKED_CASE

    measurements = in_own_process()
    for case in [str(WORKED_CASE), *arguments]:
        measurements += in_own_process(case)
    print(f"{'job':<44} {'best time':>10} {'target':>10} {'peak memory':>12}")
    for m in measurements:
        late = "" if m.seconds <= m.target_s else "  target missed"
        print(f"{m.job:<44} {m.seconds * 1000:>7.0f} ms {m.target_s * 1000:>7.0f} ms {m.peak_mib:>8.0f} MiB{late}")
    return int(any(m.seconds > m.target_s for m in measurements))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
