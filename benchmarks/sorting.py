"""Time and peak memory of sorting bones, all against all.

    python -m benchmarks.sorting [JOB ...]

Made-up people: normal sizes and asymmetry, measurements missing at random. Each job runs in a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from benchmarks.run import peak_mib

if TYPE_CHECKING:
    from homeward.osteology.reference import ReferenceSample
    from homeward.osteology.sorting.results import Sorting
    from homeward.osteology.specimens import Specimens

HUMERUS = {"humerus": 7}
SKELETON = {
    "clavicle": 7, "scapula": 5, "humerus": 9, "radius": 8, "ulna": 9, "os coxae": 12, "femur": 12, "tibia": 10,
    "fibula": 5, "calcaneus": 4, "talus": 3, "metatarsal 1": 1,
}  # fmt: skip
CODES = {"humerus": "Hum", "ulna": "Uln", "femur": "Fem", "tibia": "Tib", "radius": "Rad", "fibula": "Fib"}
TARGETS = {
    "1,000 x 1,000 humeri": (2.0, 1024),
    "1,056 specimens, three methods": (20.0, 1024),
    "10,000 x 10,000 counted": (300.0, 1024),
    "10,000 x 10,000 streamed, all LRs": (300.0, 1024),
}
GROWTH = (
    "500 x 500 humeri",
    "2,000 x 2,000 humeri",
    "4,000 x 4,000 humeri",
    "1,000 x 1,000 multivariate",
    "1,000 x 1,000 z-transform",
)


def people(n: int, elements: dict[str, int], missing: float, seed: int) -> tuple[tuple[str, ...], Specimens]:
    """Both sides of some elements of n people."""
    import numpy as np

    from homeward.osteology.specimens import Side, Specimens

    rng = np.random.default_rng(seed)
    codes = [f"{CODES.get(e, e[:3].title())}_{i + 1:02}" for e, m in elements.items() for i in range(m)]
    size = rng.normal(0, 0.05, (n, 1))
    body = 100 * np.exp(size + rng.normal(0, 0.02, (n, len(codes))))
    persons, names, sides, rows = [], [], [], []
    start = 0
    for element, m in elements.items():
        for side in (Side.LEFT, Side.RIGHT):
            bones = np.full((n, len(codes)), np.nan)
            values = body[:, start : start + m] * np.exp(rng.normal(0, 0.01, (n, m)))
            bones[:, start : start + m] = np.where(rng.random((n, m)) < missing, np.nan, values)
            rows.append(bones)
            persons += [f"P{i}" for i in range(n)]
            names += [element] * n
            sides += [side] * n
        start += m
    return tuple(persons), Specimens(tuple(persons), tuple(names), tuple(sides), tuple(codes), np.concatenate(rows))


def reference_of(n: int, elements: dict[str, int]) -> ReferenceSample:
    """A reference of n people, with some measurements missing."""
    import numpy as np

    from homeward.osteology.reference import ReferenceSample

    persons, bones = people(n, elements, 0.1, 2)
    blank = ("",) * len(persons)
    return ReferenceSample("Made", "benchmark", persons, bones, np.full(len(persons), np.nan), blank, blank)


def measure(job: str) -> dict[str, float]:
    """Do one job in this process; return seconds, pairs, and MiB of peak memory, the bones included."""
    from homeward.osteology.sorting.choices import Keep, Method
    from homeward.osteology.sorting.plans import plans_for
    from homeward.osteology.sorting.settings import SortSettings
    from homeward.osteology.sorting.sort import Tally, sort_bones, stream_pairs

    settings = SortSettings()
    if job.startswith("1,056"):
        bones, reference = people(44, SKELETON, 0.2, 1)[1], reference_of(400, SKELETON)
        start = time.perf_counter()
        result: Sorting = sort_bones(bones, reference)
    else:
        bones, reference = people(int(job.split()[0].replace(",", "")), HUMERUS, 0.2, 1)[1], reference_of(4000, HUMERUS)
        start = time.perf_counter()
        if job.endswith("all LRs"):
            n_pairs, tally = 0, Tally()
            for plan in plans_for(bones, [Method.PAIR], settings):
                n_pairs += sum(map(len, stream_pairs(plan, bones, reference, settings, Keep.ALL, tally)))
            seconds = time.perf_counter() - start
            return {"seconds": seconds, "pairs": n_pairs, "mib": peak_mib(resource.RUSAGE_SELF)}
        last = job.split()[-1]
        method = Method(last) if last in tuple(Method) else Method.PAIR
        keep = Keep.NONE if job.endswith("counted") else Keep.ALL
        result = sort_bones(bones, reference, methods=[method], keep=keep)
    seconds = time.perf_counter() - start
    n_pairs = sum(one.n_excluded + one.n_not_excluded for one in result.comparisons)
    return {"seconds": seconds, "pairs": n_pairs, "mib": peak_mib(resource.RUSAGE_SELF)}


def main(arguments: list[str]) -> None:
    """Print a line for each job, and end with an error if a target is missed; with ``--job`` do one, as JSON."""
    if arguments[:1] == ["--job"]:
        print(json.dumps(measure(arguments[1])))
        return
    missed = []
    for job in arguments or [*TARGETS, *GROWTH]:
        command = [sys.executable, "-m", "benchmarks.sorting", "--job", job]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(f"{job:<36} {found['pairs']:>12,} pairs {found['seconds']:>8.2f} s {found['mib']:>6.0f} MiB", flush=True)
        if job in TARGETS and (found["seconds"] > TARGETS[job][0] or found["mib"] > TARGETS[job][1]):
            missed.append(job)
    if missed:
        raise SystemExit(f"Targets missed: {', '.join(missed)}.")


if __name__ == "__main__":
    main(sys.argv[1:])
