"""Make the worked case that comes with Homeward: a synthetic case folder and, apart from it, the truth.

    python tools/worked_case/make.py

The same seed gives the same files, byte for byte. README.md beside this file says how the case was chosen.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from families import FAMILIES, SAMPLES, Person, Sample
from homeward.core.arrays import FloatArray
from homeward.genetics.mutation import MutationKind, MutationModel, transmission_matrix

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASE_FOLDER = ROOT / "src" / "homeward" / "examples" / "worked_case"
TRUTH_FILE = ROOT / "tests" / "golden" / "worked_case" / "truth.csv"

SEED = 1
STEP_RATIO = 0.1
MICROVARIANT_RATE = 1e-6
N_LOCI_LOST = 10
DROPOUT_PROBABILITY = 0.1

Genotype = tuple[int, int]  # allele codes; in a simulated person paternal then maternal
Genotypes = dict[str, Genotype]  # by locus


@dataclass(frozen=True, slots=True, eq=False)
class Locus:
    """One marker as counted in the population, and how it mutates.

    counts: how often each of the n alleles was seen.
    female_rate, male_rate: mutations per meiosis.
    female, male: (n, n) transmission matrices.
    """

    name: str
    chromosome: str
    alleles: tuple[str, ...]
    counts: tuple[int, ...]
    female_rate: float
    male_rate: float
    female: FloatArray
    male: FloatArray

    @property
    def n_counted(self) -> int:
        return sum(self.counts)

    @property
    def frequencies(self) -> tuple[float, ...]:
        return tuple(count / self.n_counted for count in self.counts)


def read_loci() -> tuple[Locus, ...]:
    """Return the loci; one without mutation counts of its own takes the rate of all the others together."""
    with (HERE / "loci.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    with (HERE / "allele_counts.csv").open(encoding="utf-8", newline="") as file:
        counted = list(csv.DictReader(file))
    pooled = {
        sex: sum(int(line[f"{sex}_mutations"] or 0) for line in lines)
        / sum(int(line[f"{sex}_meioses"] or 0) for line in lines)
        for sex in ("female", "male")
    }
    loci = []
    for line in lines:
        mine = [row for row in counted if row["locus"] == line["locus"]]
        alleles, counts = tuple(row["allele"] for row in mine), tuple(int(row["count"]) for row in mine)
        frequencies = np.array(counts) / sum(counts)
        rates, matrices = {}, {}
        for sex in ("female", "male"):
            meioses = line[f"{sex}_meioses"]
            rate = int(line[f"{sex}_mutations"]) / int(meioses) if meioses else pooled[sex]
            rates[sex] = float(f"{rate:.6f}")
            model = MutationModel(MutationKind.STEPWISE, rates[sex], STEP_RATIO, MICROVARIANT_RATE)
            matrices[sex] = transmission_matrix(model, alleles, frequencies)
        loci.append(
            Locus(
                line["locus"],
                line["chromosome"],
                alleles,
                counts,
                rates["female"],
                rates["male"],
                matrices["female"],
                matrices["male"],
            )
        )
    return tuple(loci)


# Only rng.random() is used: how NumPy turns it into choices may change between its versions.


def draw(rng: np.random.Generator, weights: Sequence[float] | FloatArray) -> int:
    """Return a position, drawn with these weights."""
    cumulative = np.cumsum(weights)
    return int(np.searchsorted(cumulative, rng.random() * cumulative[-1], side="right"))


def transmitted(rng: np.random.Generator, parent: Genotype, matrix: FloatArray) -> int:
    """Return the allele that a parent passes on, mutation included."""
    return draw(rng, matrix[parent[rng.random() < 0.5]])


def simulate_family(family: Sequence[Person], loci: Iterable[Locus], rng: np.random.Generator) -> dict[str, Genotypes]:
    """Return everybody's genotypes: founders from the population, children from their parents, loci unlinked."""
    people: dict[str, Genotypes] = {person.id: {} for person in family}
    for locus in loci:
        for person in family:
            if person.father:
                father, mother = people[person.father][locus.name], people[person.mother][locus.name]
                genotype = transmitted(rng, father, locus.male), transmitted(rng, mother, locus.female)
            else:
                genotype = draw(rng, locus.counts), draw(rng, locus.counts)
            people[person.id][locus.name] = genotype
    return people


def degrade(genotypes: Genotypes, rng: np.random.Generator) -> tuple[Genotypes, list[str]]:
    """Return what a poor sample still shows, and the loci where one of two alleles was not seen.

    Some loci fail altogether; at the others each allele goes unseen with ``DROPOUT_PROBABILITY``.
    """
    failed = sorted(genotypes, key=lambda _: rng.random())[:N_LOCI_LOST]
    seen, dropped = {}, []
    for name in [name for name in genotypes if name not in failed]:
        left = [allele for allele in genotypes[name] if rng.random() >= DROPOUT_PROBABILITY]
        if left:
            seen[name] = left[0], left[-1]
        if len(left) == 1 and len(set(genotypes[name])) == 2:
            dropped.append(name)
    return seen, dropped


@dataclass(frozen=True, slots=True)
class World:
    """Everything that was simulated.

    dropped: for each degraded sample, the loci where one of two alleles was not seen.
    """

    loci: tuple[Locus, ...]
    people: dict[str, Genotypes]
    samples: dict[str, Genotypes]
    dropped: dict[str, list[str]]


def simulate(seed: int) -> World:
    """Return the people and samples that this seed gives; each family and the strangers have a stream of their own."""
    loci = read_loci()
    people: dict[str, Genotypes] = {}
    for number, family in enumerate(FAMILIES.values()):
        people |= simulate_family(family, loci, np.random.default_rng([seed, number]))
    rng = np.random.default_rng([seed, len(FAMILIES)])
    samples, dropped = {}, {}
    for sample in SAMPLES:
        if sample.person is None:
            stranger = Person(sample.id, sample.sex)
            samples[sample.id] = simulate_family([stranger], loci, rng)[sample.id]
        else:
            samples[sample.id] = people[sample.person]
        if sample.degraded:
            samples[sample.id], dropped[sample.id] = degrade(samples[sample.id], rng)
    return World(loci, people, samples, dropped)


def shows_dropout(world: World) -> bool:
    """Whether one allele in all was lost, and the sample then seems not to be the parent of a typed child."""
    owners = {sample.id: sample.person for sample in SAMPLES}
    lost = [(sample, locus) for sample, loci in world.dropped.items() for locus in loci]
    if len(lost) != 1:
        return False
    sample, locus = lost[0]
    children = [
        person.id
        for family in FAMILIES.values()
        for person in family
        if owners[sample] in (person.father, person.mother) and person.role == "reference"
    ]
    seen = world.samples[sample][locus][0]
    return any(seen not in world.people[child][locus] for child in children)


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a UTF-8 table with commas and plain line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def profile_rows(owner: str, genotypes: Genotypes, loci: Iterable[Locus]) -> list[tuple[str, str, str, str]]:
    """Return one line per typed locus, the smaller allele first."""
    rows = []
    for locus in loci:
        if locus.name in genotypes:
            first, second = sorted(genotypes[locus.name])
            rows.append((owner, locus.name, locus.alleles[first], locus.alleles[second]))
    return rows


def write_case(world: World, folder: Path) -> None:
    """Write the case folder: only what the reader of the case may know."""
    loci = world.loci
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("case.toml", "README.md"):
        (folder / name).write_bytes((HERE / "folder" / name).read_bytes())
    write_table(
        folder / "frequencies.csv",
        ("locus", "allele", "frequency"),
        ((at.name, allele, p) for at in loci for allele, p in zip(at.alleles, at.frequencies, strict=True)),
    )
    write_table(
        folder / "loci.csv",
        (
            "locus",
            "chromosome",
            "mutation_model",
            "female_mutation_rate",
            "male_mutation_rate",
            "step_ratio",
            "microvariant_rate",
            "database_size",
        ),
        (
            (
                locus.name,
                locus.chromosome,
                "stepwise",
                f"{locus.female_rate:.6f}",
                f"{locus.male_rate:.6f}",
                STEP_RATIO,
                MICROVARIANT_RATE,
                locus.n_counted,
            )
            for locus in loci
        ),
    )
    write_table(
        folder / "people.csv",
        ("family", "person", "father", "mother", "sex", "role"),
        (
            (name, person.id, person.father, person.mother, person.sex, person.role)
            for name, family in FAMILIES.items()
            for person in family
        ),
    )
    write_table(
        folder / "samples.csv",
        ("sample", "sex", "remains_group", "site", "dropout"),
        ((s.id, s.sex, s.remains_group, s.site, DROPOUT_PROBABILITY if s.degraded else "") for s in SAMPLES),
    )
    references = [person.id for family in FAMILIES.values() for person in family if person.role == "reference"]
    owners = [(name, world.people[name]) for name in references] + list(world.samples.items())
    write_table(
        folder / "profiles.csv",
        ("owner", "locus", "allele1", "allele2"),
        (row for owner, genotypes in owners for row in profile_rows(owner, genotypes, loci)),
    )


def write_truth(world: World, path: Path) -> None:
    """Write who each sample really is, and where an allele of it was not seen."""

    def truth(sample: Sample) -> tuple[str, str, str]:
        return sample.id, sample.person or "", " ".join(world.dropped.get(sample.id, ()))

    write_table(path, ("sample", "person", "loci_with_dropout"), (truth(sample) for sample in SAMPLES))


def main(folder: Path = CASE_FOLDER, truth_file: Path = TRUTH_FILE) -> None:
    """Write the case folder and the truth."""
    world = simulate(SEED)
    if not shows_dropout(world):
        sys.exit(f"Seed {SEED} does not show dropout as README.md describes.")
    write_case(world, folder)
    write_truth(world, truth_file)


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:]))
