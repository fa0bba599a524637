"""Time and peak memory of stature, age and teeth.

    python -m benchmarks.biological_profile [JOB ...]

Made-up people and charts. Each job runs in a process of its own.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time

from benchmarks.run import peak_mib

LENGTHS = {
    "Hum_01": "humerus",
    "Rad_01": "radius",
    "Uln_01": "ulna",
    "Fem_01": "femur",
    "Tib_01": "tibia",
    "Fib_01": "fibula",
}
JOBS = (
    "stature of 1,000 people, six bones each, reference of 4,000",
    "age of 1,000 people, four findings each",
    "one chart against 8,000 listed, pattern among 57,980",
)


def stature() -> tuple[float, int]:
    """Seconds and estimates: every bone alone and all together, with an LR each."""
    import numpy as np

    from homeward.osteology.populations import NormalPopulation
    from homeward.osteology.reference import ReferenceSample
    from homeward.osteology.specimens import Side, Specimens
    from homeward.osteology.stature import from_reference, subjects_of
    from homeward.osteology.stature_evidence import RecordedStature
    from homeward.osteology.stature_results import Comparison

    rng = np.random.default_rng(1)

    def people(n: int, missing: float) -> tuple[Specimens, object]:
        stature_cm = rng.normal(173, 6.5, n)
        values = np.full((6 * n, 6), np.nan)
        for i in range(6):
            lengths = 350 + 2 * (stature_cm - 173) + rng.normal(0, 12, n)
            values[i * n : (i + 1) * n, i] = np.where(rng.random(n) < missing, np.nan, lengths)
        ids = tuple(f"P{k}" for k in range(n)) * 6
        elements = tuple(element for element in LENGTHS.values() for _ in range(n))
        return Specimens(ids, elements, (Side.LEFT,) * len(ids), tuple(LENGTHS), values), np.tile(stature_cm, 6)

    known, stature_cm = people(4000, 0.1)
    blank = ("",) * len(known)
    reference = ReferenceSample("Made", "benchmark", known.ids, known, stature_cm, blank, blank)
    bones, _ = people(1000, 0.3)
    comparison = Comparison(RecordedStature(178.0, 1.0), NormalPopulation(173.5, 6.5))
    start = time.perf_counter()
    subjects = subjects_of(bones, tuple(LENGTHS), individuals=bones.ids)
    result = from_reference(subjects, reference, comparison=comparison)
    return time.perf_counter() - start, len(result.estimates)


def age() -> tuple[float, int]:
    """Seconds and posteriors, each with its highest-density set and an LR against a list of 8,000."""
    import numpy as np

    from homeward.osteology.age import age_log10_lr, age_posterior
    from homeward.osteology.age_methods import AgeClasses, Transitions, age_grid, stage_evidence
    from homeward.osteology.populations import ListedPopulation

    rng = np.random.default_rng(1)
    ages, prior = age_grid(15, 95), AgeClasses((15, 95), (1,))
    the_list = ListedPopulation(rng.normal(22, 3, 8000).clip(17, 60))
    methods = [
        Transitions(f"m{i}", f"trait {i}", ("1", "2", "3", "4"), (2.9 + i / 10, 3.3 + i / 10, 3.7 + i / 10), 0.2)
        for i in range(4)
    ]
    start = time.perf_counter()
    for _ in range(1000):
        findings = [stage_evidence(one, [str(rng.integers(1, 5))], ages) for one in methods]
        age_posterior(findings, prior).highest_density(0.95)
        age_log10_lr(findings, 21.0, the_list)
    return time.perf_counter() - start, 1000


def teeth() -> tuple[float, int]:
    """Seconds and comparisons of one post-mortem chart with every chart of a list."""
    import numpy as np

    from homeward.osteology.dental_charts import DentalCharts
    from homeward.osteology.dental_evidence import compare_charts

    rng = np.random.default_rng(1)
    codes = np.array([0, 32, 2, 3, 7, 8], dtype=np.uint8)
    people = rng.choice(codes, (57_980, 32), p=[0.6, 0.1, 0.1, 0.08, 0.07, 0.05])
    reference = DentalCharts(("",) * len(people), np.asfortranarray(people), "made")  # as the reader makes it
    listed = rng.choice(codes, (8000, 32), p=[0.6, 0.1, 0.1, 0.08, 0.07, 0.05])
    start = time.perf_counter()
    for chart in listed:
        compare_charts(chart, listed[0], reference)
    return time.perf_counter() - start, len(listed)


def main(arguments: list[str]) -> None:
    """Print a line for each job; with ``--job`` do one, as JSON."""
    if arguments[:1] == ["--job"]:
        seconds, n = (stature, age, teeth)[JOBS.index(arguments[1])]()
        print(json.dumps({"seconds": seconds, "n": n, "mib": peak_mib(resource.RUSAGE_SELF)}))
        return
    for job in arguments or JOBS:
        command = [sys.executable, "-m", "benchmarks.biological_profile", "--job", job]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(f"{job:<62} {found['n']:>7,} {found['seconds']:>8.2f} s {found['mib']:>6.0f} MiB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
