"""How the benchmarks measure: the best of several times, peak memory, jobs in processes of their own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

REPEATS = 5


@dataclass(frozen=True, slots=True)
class Measurement:
    """One job: time, and peak memory of the process that did it; targets where there are any.

    note: what else a reader wants to know, such as how much was done in a second.
    gb_per_s: bytes read and written in a second, in any memory, over 10**9; None if they were not counted.
    """

    job: str
    seconds: float
    peak_mib: float
    target_s: float | None = None
    target_mib: float | None = None
    note: str = ""
    gb_per_s: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether all targets are met."""
        return not self._is_late and not self._is_large

    @property
    def _is_late(self) -> bool:
        return self.target_s is not None and self.seconds > self.target_s

    @property
    def _is_large(self) -> bool:
        return self.target_mib is not None and self.peak_mib > self.target_mib

    @property
    def missed(self) -> str:
        """What is said of targets that are not met."""
        return ("  target missed" if self._is_late else "") + ("  too much memory" if self._is_large else "")


def best_time(job: Callable[[], object], repeats: int = REPEATS) -> float:
    """Return the shortest of several times, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        job()
        times.append(time.perf_counter() - start)
    return min(times)


def peak_mib(who: int = resource.RUSAGE_SELF) -> float:
    """Return the peak memory of this process or its children so far, in MiB."""
    kib = resource.getrusage(who).ru_maxrss
    return kib / 1024 if sys.platform != "darwin" else kib / 1024**2


def peak_mib_of(process: int) -> float:
    """Return the peak memory of a running process and those that it started, in MiB: what each had at its most, added.

    Not a number where the system does not tell. A process that has ended and is not yet collected counts nothing.
    """
    folder = Path(f"/proc/{process}")
    if not (folder / "status").exists():
        return float("nan")
    status = (folder / "status").read_text().splitlines()
    own = next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0.0)
    started = (folder / "task" / str(process) / "children").read_text().split()
    return own + sum(peak_mib_of(int(child)) for child in started)


def in_own_process(module: str, *arguments: str) -> list[Measurement]:
    """Run a module with ``--measure`` in a new process; return the measurements that it printed."""
    command = [sys.executable, "-m", module, "--measure", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return [Measurement(**line) for line in json.loads(done.stdout)]


def print_measurements(found: Sequence[Measurement]) -> None:
    """Print what a process measured, for the one that started it."""
    print(json.dumps([asdict(measurement) for measurement in found]))
