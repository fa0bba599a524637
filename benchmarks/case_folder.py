"""Time and peak memory of writing and reading large case folders, as CSV and as Parquet.

    python -m benchmarks.case_folder [FAMILIES SAMPLES]

Each job runs in a process of its own. Made-up data: random profiles, one to five typed relatives in each family.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.run import peak_mib

if TYPE_CHECKING:
    from homeward.genetics.case import Case

FAMILIES, SAMPLES = 8_000, 5_000
N_LOCI = 24
N_ALLELES = 16
RELATIVES = ("Mother", "Father", "Sister", "Brother", "Child")
JOBS = ("write", "read", "write --parquet", "read --parquet")


def simulated_case(n_families: int, n_samples: int) -> Case:
    """Return a case with random profiles."""
    import numpy as np

    from homeward.genetics.case import Case, Family, MissingPerson
    from homeward.genetics.panel import Locus, Panel
    from homeward.genetics.pedigree import Sex, build_pedigree
    from homeward.genetics.profiles import make_profiles

    rng = np.random.default_rng(1)
    names = tuple(f"{8 + i // 2}{'.3' * (i % 2)}" for i in range(N_ALLELES))
    frequencies = np.full(N_ALLELES, 1 / N_ALLELES)
    panel = Panel(tuple(Locus(f"D{i + 1}S{1000 + i}", names, frequencies) for i in range(N_LOCI)))

    def random_alleles(n: int, typed: float) -> np.ndarray:
        alleles = np.sort(rng.integers(0, N_ALLELES, (n, N_LOCI, 2)), axis=2)
        alleles[rng.random((n, N_LOCI)) > typed] = -1
        return alleles

    families = []
    for number in range(n_families):
        donors = list(rng.choice(RELATIVES, size=rng.integers(1, 6), replace=False))
        people = [f"{person} {number}" for person in ("Missing", "Wife", *RELATIVES)]
        missing, wife, mother, father, sister, brother, child = people
        pedigree = build_pedigree(
            people,
            {missing: Sex.MALE, wife: Sex.FEMALE, sister: Sex.FEMALE, brother: Sex.MALE},
            {missing: father, sister: father, brother: father, child: missing},
            {missing: mother, sister: mother, brother: mother, child: wife},
            where="benchmark",
        )
        alleles = random_alleles(len(people), 1.0)
        alleles[[name.split()[0] not in donors for name in people]] = -1
        profiles = make_profiles(pedigree.ids, N_LOCI, sex=pedigree.sex, alleles=alleles)
        families.append(Family(f"F{number}", pedigree, profiles, (MissingPerson(missing, 0),)))
    ids = tuple(f"S{number}" for number in range(n_samples))
    samples = make_profiles(ids, N_LOCI, alleles=random_alleles(n_samples, 0.8))
    return Case(
        title=f"{n_families:,} families, {n_samples:,} samples",
        panel=panel,
        samples=samples,
        families=tuple(families),
        sample_members=tuple((name,) for name in ids),
        synthetic=True,
    )


def measure(job: str, folder: Path, n_families: int, n_samples: int) -> dict[str, float]:
    """Do one job in this process; return seconds, and MiB of peak memory (for writing, the case itself included)."""
    if job.startswith("write"):
        from homeward.formats.case_folder_writer import write_case_folder

        case = simulated_case(n_families, n_samples)
        start = time.perf_counter()
        write_case_folder(case, folder, parquet="--parquet" in job)
    else:
        from homeward.formats.reading import read_case

        start = time.perf_counter()
        case = read_case(folder)
    seconds = time.perf_counter() - start
    if (len(case.families), len(case.samples)) != (n_families, n_samples):
        raise SystemExit("The case that was read is not the case that was written.")
    return {"seconds": seconds, "mib": peak_mib(resource.RUSAGE_SELF)}


def main(arguments: list[str]) -> None:
    """Print a line for each job, or, for ``--job``, what one job took as JSON."""
    if arguments[:1] == ["--job"]:
        print(json.dumps(measure(arguments[1], Path(arguments[2]), int(arguments[3]), int(arguments[4]))))
        return
    n_families, n_samples = map(int, arguments or (FAMILIES, SAMPLES))
    print(f"{n_families:,} families, {n_samples:,} samples")
    print(f"{'job':<16} {'time':>9} {'memory':>10} {'folder':>10}")
    with tempfile.TemporaryDirectory() as place:
        for job in JOBS:
            folder = Path(place) / ("parquet" if "--parquet" in job else "csv")
            command = [sys.executable, "-m", "benchmarks.case_folder", "--job", job, str(folder)]
            done = subprocess.run(
                [*command, str(n_families), str(n_samples)], check=True, stdout=subprocess.PIPE, text=True
            )
            found = json.loads(done.stdout)
            size_mib = sum(path.stat().st_size for path in folder.iterdir()) / 2**20
            print(f"{job:<16} {found['seconds']:>7.2f} s {found['mib']:>6.0f} MiB {size_mib:>6.1f} MiB", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
