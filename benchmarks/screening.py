"""Time and peak memory of screening synthetic cases at real size, against the targets.

    python -m benchmarks.screening [--mutation none|stepwise] [--growth | --large]

Each job runs in a process of its own, on cases that ``homeward simulate`` makes with its own options. ``--growth``
measures how time and memory grow with the numbers of samples and of missing persons; ``--large`` measures 20,000
samples against 72,000 missing persons.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measuring import Measurement, in_own_process, print_measurements

MODULE = "benchmarks.screening"
NO_MUTATION, STEPWISE = "none", "stepwise"
CONDITIONING_TARGET_S = {NO_MUTATION: 20.0, STEPWISE: 60.0}
SCORING_TARGET_S = 2.0
"""5,000 x 8,000: at least 20 million LR in a second."""
SCORING_TARGET_MIB = 2048.0
DEGRADED_TARGET_S = 30.0
LARGE_TARGET_S, LARGE_TARGET_MIB = 120.0, 8192.0

BANDWIDTH = """\
For each LR and locus, and once for the sexes, scoring reads a table entry, writes and reads a copy of it, and reads and
writes the sum: 20 bytes. These stay in the processor's cache, so it is the cache that they are to be compared with.
What must come from memory, the tables, is read once and is little."""


def measure(mutation: str, missing: int, samples: int, job: str, **options: float | str | None) -> list[Measurement]:
    """Do one job in a process of its own."""
    asked = {"job": job, "mutation": mutation, "missing": missing, "samples": samples, **options}
    return in_own_process(MODULE, json.dumps(asked))


def measure_here(asked: dict[str, object]) -> list[Measurement]:
    """Do one job in this process."""
    from benchmarks import screening_jobs

    job = getattr(screening_jobs, str(asked.pop("job")))
    size = screening_jobs.Size(*(asked.pop(name) for name in ("mutation", "missing", "samples")))  # type: ignore[arg-type]
    found: list[Measurement] = job(size, **asked)
    return found


def usual_jobs(folder: Path, mutation: str) -> Iterator[Measurement]:
    """5,000 samples against 8,000 missing persons, everything."""
    case, kept = (mutation, 8000, 5000), str(folder / "tables")
    [conditioning] = measure(*case, "condition_all", kept=kept, target_s=CONDITIONING_TARGET_S[mutation])
    yield conditioning
    [scoring] = measure(*case, "score_all", kept=kept, target_s=SCORING_TARGET_S, target_mib=SCORING_TARGET_MIB)
    yield scoring
    yield from measure(*case, "score_all", kept=kept, min_log10_lr=float("-inf"))
    yield from measure(*case, "score_all", kept=kept, target_s=DEGRADED_TARGET_S, degraded=1.0)
    yield from measure(*case, "screen_all")
    yield from measure(*case, "one_by_one", conditioning_s=conditioning.seconds, scoring_s=scoring.seconds)
    if mutation == NO_MUTATION:
        yield from measure(*case, "keep_tables")
        yield from measure(*case, "dask_or_threads")
    yield from measure(*case, "copy_bandwidth")


def large_jobs(folder: Path, mutation: str) -> Iterator[Measurement]:
    """20,000 samples against 72,000 missing persons."""
    case, kept = (mutation, 72_000, 20_000), str(folder / "tables")
    yield from measure(*case, "condition_all", kept=kept)
    yield from measure(*case, "score_all", kept=kept, target_s=LARGE_TARGET_S, target_mib=LARGE_TARGET_MIB, repeats=1)
    yield from measure(*case, "screen_all", target_s=LARGE_TARGET_S, target_mib=LARGE_TARGET_MIB)


def growing_jobs(_: Path, mutation: str) -> Iterator[Measurement]:
    """Whole screens of more and more samples, and of more and more missing persons."""
    for samples in (1000, 2500, 5000, 10_000, 20_000):
        yield from measure(mutation, 16_000, samples, "screen_all")
    for missing in (4000, 8000, 32_000, 72_000):
        yield from measure(mutation, missing, 5000, "screen_all")


def print_line(m: Measurement) -> None:
    """Print one measurement."""
    target = "" if m.target_s is None else f"{m.target_s:.0f} s"
    room = "" if m.target_mib is None else f" of {m.target_mib:.0f}"
    print(f"{m.job:<52} {m.seconds:>8.2f} s {target:>6} {m.peak_mib:>6.0f} MiB{room:<8} {m.note}{m.missed}", flush=True)


def print_bandwidth(found: Sequence[Measurement]) -> None:
    """Say how scoring compares with the speed of memory."""
    speed = {m.job.split(":")[0]: m.gb_per_s for m in found if m.gb_per_s is not None}
    in_memory, in_cache = speed["copying in memory"], speed["copying in the cache"]
    print(
        f"\nCopying (bytes read and written, two threads): {in_memory:.1f} GB/s in memory, "
        f"{in_cache:.0f} GB/s in the cache."
    )
    for m in found:
        if m.job.startswith("scoring") and m.gb_per_s is not None and m.target_mib is not None:
            print(
                f"{m.job}: {m.gb_per_s:.0f} GB/s, {m.gb_per_s / in_memory:.1f} times the bandwidth of memory and "
                f"{m.gb_per_s / in_cache:.0%} of that of the cache."
            )
    print(BANDWIDTH)


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--measure"]:
        print_measurements(measure_here(json.loads(arguments[1])))
        return 0
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mutation", choices=(NO_MUTATION, STEPWISE), help="only with this mutation model")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--growth", action="store_true", help="more and more samples, then missing persons; no mutation")
    which.add_argument("--large", action="store_true", help="20,000 samples, 72,000 missing persons; no mutation")
    chosen = parser.parse_args(arguments)
    jobs = growing_jobs if chosen.growth else large_jobs if chosen.large else usual_jobs
    both = (NO_MUTATION, STEPWISE) if jobs is usual_jobs else (NO_MUTATION,)
    met = True
    for mutation in (chosen.mutation,) if chosen.mutation else both:
        print(f"{'samples x missing persons':<52} {'time':>10} {'target':>6} {'peak memory':>11}")
        found = []
        with tempfile.TemporaryDirectory(prefix="homeward-benchmark-") as folder:
            for measurement in jobs(Path(folder), mutation):
                print_line(measurement)
                found.append(measurement)
        if jobs is usual_jobs:
            print_bandwidth(found)
        met &= all(m.is_met for m in found)
    return int(not met)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
