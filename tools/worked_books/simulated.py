"""The simulated case that pedigrees and profiles are taken from."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from homeward.formats.reading import read_case
from homeward.genetics.case import Case
from homeward.identification.explain import explain

OPTIONS = ["--missing", "110", "--samples", "96", "--seed", "2018", "--samples-per-person", "1.6", "--strangers", "0.1"]
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Simulated:
    """families: the people of each. alleles: loci and alleles of each owner. person: whose each sample is, or "".

    case: the case itself, to compute likelihood ratios.
    """

    families: dict[str, list[Row]]
    alleles: dict[str, dict[str, tuple[str, str]]]
    person: dict[str, str]
    case: Case

    def explain(self, sample: str, missing: str) -> tuple[float, int]:
        """Return log10 LR of a sample being a missing person against an unrelated one, and over how many loci."""
        pairing = explain(self.case, sample, missing)
        return pairing.log10_lr, pairing.n_compared

    def family_of(self, missing: str) -> list[Row]:
        """Return the people of the family of a missing person."""
        return next(rows for rows in self.families.values() if any(row["person"] == missing for row in rows))


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
        content = read_case(out)
    return Simulated(families, alleles, person, content)


def _rows(path: Path) -> list[Row]:
    """The rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
