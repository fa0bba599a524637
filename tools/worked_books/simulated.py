"""The simulated case that pedigrees and profiles are taken from."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

OPTIONS = ["--missing", "110", "--samples", "96", "--seed", "2018", "--samples-per-person", "1.6", "--strangers", "0.1"]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Simulated:
    """families: the people of each. alleles: loci and alleles of each owner. person: whose each sample is, or ""."""

    families: dict[str, list[Row]]
    alleles: dict[str, dict[str, tuple[str, str]]]
    person: dict[str, str]


def simulate() -> Simulated:
    """Return the case that ``homeward simulate`` makes with these options."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "case"
        command = [str(Path(sys.executable).with_name("homeward")), "simulate", str(out), *OPTIONS]
        subprocess.run(command, check=True, capture_output=True)
        families: dict[str, list[Row]] = {}
        for row in _rows(out / "people.csv"):
            families.setdefault(row["family"], []).append(row)
        alleles: dict[str, dict[str, tuple[str, str]]] = {}
        for row in _rows(out / "profiles.csv"):
            alleles.setdefault(row["owner"], {})[row["locus"]] = row["allele1"], row["allele2"]
        person = {row["sample"]: row["missing"] for row in _rows(Path(folder) / "case-truth.csv")}
    return Simulated(families, alleles, person)


def _rows(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
