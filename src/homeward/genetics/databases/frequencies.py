"""Allele counts of populations, as bundled with Homeward."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np

from homeward.core.arrays import FloatArray
from homeward.core.errors import InputError, Problem

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyDatabase:
    """How often each allele was seen in a sample of one population.

    source, licence: where the counts come from, and on what terms, in sentences.
    n_people: size of the sample.
    counts: locus to allele to how often it was seen, at least once; alleles in order of their repeats.
    """

    name: str
    population: str
    source: str
    licence: str
    n_people: int
    counts: Mapping[str, Mapping[str, int]]

    @property
    def title(self) -> str:
        """Name, population and size, as they stand beside a result."""
        return f"{self.name}, {self.population}, {self.n_people} people"

    def n_counted(self, locus: str) -> int:
        """Return the number of alleles counted at a locus: twice the people typed there."""
        return sum(self.counts[locus].values())

    def frequencies(self, locus: str) -> FloatArray:
        """Return (n_alleles,) frequencies at a locus, count over number counted, in the order of ``counts``."""
        return np.array(list(self.counts[locus].values())) / self.n_counted(locus)


def bundled_databases() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the bundled databases, each with the names of its populations."""
    return {described["name"]: tuple(described["people"]) for described in _descriptions().values()}


def load_database(name: str, population: str) -> FrequencyDatabase:
    """Return the allele counts of one population.

    Raises
    ------
    InputError
        There is no such database, or it has no such population.
    """
    described = _descriptions().get(name)
    if described is None:
        known = ", ".join(_descriptions())
        raise InputError(Problem(f"There is no database '{name}'.", "frequency database", f"Write one of: {known}."))
    if population not in described["people"]:
        known = ", ".join(described["people"])
        raise InputError(
            Problem(f"The database {name} has no population '{population}'.", "population", f"Write one of: {known}.")
        )
    return FrequencyDatabase(
        name=name,
        population=population,
        source=described["source"].strip(),
        licence=described["licence"].strip(),
        n_people=described["people"][population],
        counts=_counts(described["counts"])[population],
    )


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, dict[str, Any]]:
    """Return what the .toml file of each database says, by name of the database."""
    described = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {description["name"]: description for description in described}


@lru_cache(maxsize=8)
def _counts(file_name: str) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    """Return population to locus to allele to count."""
    tables: dict[str, dict[str, dict[str, int]]] = {}
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            locus = tables.setdefault(row["population"], {}).setdefault(row["locus"], {})
            locus[row["allele"]] = int(row["count"])
    return MappingProxyType(
        {
            population: MappingProxyType({locus: MappingProxyType(counts) for locus, counts in loci.items()})
            for population, loci in tables.items()
        }
    )
