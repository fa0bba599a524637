"""Allele frequencies of populations: the bundled databases, and what a database is."""

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
class LocusFrequencies:
    """How common each allele of one locus is in one population.

    alleles: n names, each once.
    frequencies: (n,) float64, dimensionless, in (0, 1], summing to one.
    n_counted: alleles counted at the locus, twice the people typed there; None where only frequencies are published.
    """

    alleles: tuple[str, ...]
    frequencies: FloatArray
    n_counted: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyDatabase:
    """Allele frequencies in a sample of one population.

    source, licence: where the figures come from, and on what terms, in sentences.
    n_people: size of the sample, or None where it was not given.
    loci: name to frequencies, in the order of the table.
    """

    name: str
    population: str
    source: str
    licence: str
    n_people: int | None
    loci: Mapping[str, LocusFrequencies]

    @property
    def title(self) -> str:
        """Name, population and size, as they stand beside a result."""
        parts = [self.name, self.population, f"{self.n_people} people" if self.n_people else ""]
        return ", ".join(part for part in parts if part)


def counted_locus(counts: Mapping[str, int]) -> LocusFrequencies:
    """Return the frequencies of a locus from how often each allele was counted, at least once."""
    numbers = np.array(list(counts.values()))
    return LocusFrequencies(tuple(counts), numbers / numbers.sum(), int(numbers.sum()))


def bundled_databases() -> Mapping[str, tuple[str, ...]]:
    """Return the names of the bundled databases, each with the names of its populations."""
    return {described["name"]: tuple(described["people"]) for described in _descriptions().values()}


def load_database(name: str, population: str) -> FrequencyDatabase:
    """Return the allele frequencies of one population.

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
        n_people=described["people"][population] or None,
        loci=_loci(described["table"])[population],
    )


@lru_cache(maxsize=1)
def _descriptions() -> dict[str, dict[str, Any]]:
    """Return what the .toml file of each database says, by name of the database."""
    described = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    return {description["name"]: description for description in described}


@lru_cache(maxsize=8)
def _loci(file_name: str) -> Mapping[str, Mapping[str, LocusFrequencies]]:
    """Return population to locus to frequencies, from a table of counts or of frequencies."""
    tables: dict[str, dict[str, dict[str, str]]] = {}
    with (FOLDER / file_name).open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        counted = "count" in (reader.fieldnames or ())
        for row in reader:
            locus = tables.setdefault(row["population"], {}).setdefault(row["locus"], {})
            locus[row["allele"]] = row["count" if counted else "frequency"]
    return MappingProxyType(
        {
            population: MappingProxyType({name: _locus(values, counted) for name, values in loci.items()})
            for population, loci in tables.items()
        }
    )


def _locus(values: Mapping[str, str], counted: bool) -> LocusFrequencies:
    """Return one locus; frequencies are printed to six decimals, so they are divided by their sum."""
    if counted:
        return counted_locus({allele: int(value) for allele, value in values.items()})
    frequencies = np.array([float(value) for value in values.values()])
    return LocusFrequencies(tuple(values), frequencies / frequencies.sum())
