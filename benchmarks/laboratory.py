"""Times the laboratory at real size: a case of 10,000 profiles from the record, new profiles compared with all others.

    python -m benchmarks.laboratory [--profiles 10000]

The profiles are made up and stand in a record in SQLite that is removed afterwards. Half of them are of samples, half
of the parents of somebody missing. The ratio is to building the same case from a case folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.measuring import best_time, peak_mib
from benchmarks.record import initialise, run
from benchmarks.record_data import enter, groups, start_django

CASE_TARGET_S = 2.0
NEW_TARGET_S = 1.0
KNOWN = date(2018, 7, 20)


def rows(n_profiles: int) -> Any:
    """Yield a laboratory with as many profiles, each row after those that it names."""
    import numpy as np

    from homeward.genetics.databases.frequencies import load_database
    from homeward.genetics.databases.panels import EXPANDED_24
    from homeward.web.laboratory.models import Profile
    from homeward.web.parties.models import Party
    from homeward.web.remains.models import Accession, Sample, Specimen
    from homeward.web.roll.models import Calamity, Donor, Family, MissingPerson, Relative

    def new(model: Any, code: str, **columns: Any) -> Any:
        row = model(code=code, known_on=KNOWN)
        for name, value in columns.items():
            field = model._meta.get_field(name)
            setattr(row, field.attname, field.to_python(value))
        return row

    chance, loci = np.random.default_rng(1), load_database("NIST 1036", "US Caucasian").loci

    def typed(n: int) -> list[str]:
        drawn = {name: chance.choice(loci[name].alleles, (n, 2), p=loci[name].frequencies) for name in EXPANDED_24}
        return [
            "\n".join(
                f"{name.replace(' ', '')} {' '.join(sorted(pairs[row], key=float))}" for name, pairs in drawn.items()
            )
            for row in range(n)
        ]

    yield new(Party, "lab", name="Laboratory", short_name="Lab", kind="laboratory")
    yield new(Calamity, "war", name="A war", kind="war", happened="1950")
    yield new(Accession, "acc", number="1", laboratory="lab", opened="2018-07-14", opened_by="C.")
    half = n_profiles // 2
    for number, alleles in enumerate(typed(half)):
        bone = {"designator": str(number), "element": "femur", "completeness": "part", "inventoried_by": "A."}
        yield new(Specimen, f"b{number}", accession="acc", **bone)
        yield new(Sample, f"s{number}", specimen=f"b{number}", number="01A", purpose="DNA")
        yield new(Profile, f"ps{number}", sample=f"s{number}", system="str", quality="complete", alleles=alleles)
    parents = iter(typed(n_profiles - half))
    for number in range((n_profiles - half) // 2):
        yield new(Family, f"f{number}", name=f"Family {number}")
        yield new(MissingPerson, f"m{number}", name=f"Lost {number}", calamity="war")
        for parent, sex in (("father", "male"), ("mother", "female")):
            yield new(Relative, f"{parent}{number}", family=f"f{number}", name=parent, sex=sex)
            yield new(Donor, f"d{parent}{number}", relative=f"{parent}{number}", scope="any-missing", consented="2018")
            owner = {"donor": f"d{parent}{number}", "system": "str", "quality": "complete", "alleles": next(parents)}
            yield new(Profile, f"p{parent}{number}", **owner)
        both = {"father": f"father{number}", "mother": f"mother{number}"}
        yield new(Relative, f"lost{number}", family=f"f{number}", name="lost", missing=f"m{number}", **both)


def fill(n_profiles: int) -> None:
    """Make the record."""
    from homeward.web.accounts.models import User

    by = User.objects.filter(username="benchmark").first() or User.objects.create_superuser("benchmark")
    for group in groups(rows(n_profiles)):
        enter(group, by)


def measure() -> dict[str, float]:
    """Return what each job took in seconds, and the peak of memory in MiB."""
    from homeward.formats.case_folder_writer import write_case_folder
    from homeward.formats.reading import read_case
    from homeward.web.accounts.models import User
    from homeward.web.laboratory.case_from_record import case_from_record
    from homeward.web.laboratory.sentinel import find_suspicions

    by = User.objects.get(username="benchmark")
    made = case_from_record(by)
    found = {"profiles": float(len(made.used)), "case": best_time(lambda: case_from_record(by), 3)}
    found["mib"] = peak_mib()
    found["new"] = best_time(lambda: find_suspicions({"ps0"}), 3)
    start = time.perf_counter()
    find_suspicions()
    found["all"] = time.perf_counter() - start
    with tempfile.TemporaryDirectory() as folder:
        write_case_folder(made.case, Path(folder) / "case")
        found["folder"] = best_time(lambda: read_case(Path(folder) / "case"), 3)
    return found


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=10_000)
    parser.add_argument("--step", choices=["fill", "measure"])
    asked = parser.parse_args(arguments)
    if asked.step:
        start_django()
        if asked.step == "fill":
            fill(asked.profiles)
        else:
            print(json.dumps(measure()))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "HOMEWARD_DATA": folder}
        initialise(environment)
        run(environment, "benchmarks.laboratory", "--step", "fill", "--profiles", str(asked.profiles))
        found = json.loads(run(environment, "benchmarks.laboratory", "--step", "measure"))
    case = f"{found['case']:.2f} s ({CASE_TARGET_S} s), {found['mib']:.0f} MiB"
    print(f"a case of {found['profiles']:,.0f} profiles: {case}")
    print(f"the same from a case folder: {found['folder']:.2f} s, {found['folder'] / found['case']:.1f} times as long")
    print(f"comparing a new profile with all: {found['new']:.2f} s ({NEW_TARGET_S} s)")
    print(f"comparing all with all: {found['all']:.1f} s")
    return int(found["case"] > CASE_TARGET_S or found["new"] > NEW_TARGET_S)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
