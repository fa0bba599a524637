"""The bundled databases: whole, and as they were published."""

import csv
from pathlib import Path

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.genetics.databases.frequencies import bundled_databases, load_database

WORKED_CASE_COUNTS = Path(__file__).parents[4] / "tools" / "worked_case" / "allele_counts.csv"
EVERY_POPULATION = [
    (name, population) for name, populations in bundled_databases().items() for population in populations
]


def test_nist_1036_has_four_populations_that_add_up_to_1036_people():
    populations = bundled_databases()["NIST 1036"]
    assert populations == ("US African American", "US Asian", "US Caucasian", "US Hispanic")
    assert sum(load_database("NIST 1036", population).n_people for population in populations) == 1036


@pytest.mark.parametrize("population", bundled_databases()["NIST 1036"])
def test_nist_1036_counts_two_alleles_of_everybody_at_29_loci_but_for_two_genotypes(population):
    database = load_database("NIST 1036", population)
    untyped = {("US African American", "TPOX"), ("US Hispanic", "Penta D")}
    assert len(database.counts) == 29
    for locus in database.counts:
        typed = database.n_people - ((population, locus) in untyped)
        assert database.n_counted(locus) == 2 * typed


def test_the_us_caucasian_counts_are_those_of_the_worked_case():
    database = load_database("NIST 1036", "US Caucasian")
    with WORKED_CASE_COUNTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {}
    for row in rows:
        expected.setdefault(row["locus"], {})[row["allele"]] = int(row["count"])
    assert {locus: dict(database.counts[locus]) for locus in expected} == expected


@pytest.mark.parametrize(("name", "population"), EVERY_POPULATION)
def test_alleles_stand_in_order_and_their_frequencies_are_counts_over_the_number_counted(name, population):
    database = load_database(name, population)
    assert database.source
    assert database.licence
    for locus, counts in database.counts.items():
        repeats = [float(allele) for allele in counts]
        assert repeats == sorted(set(repeats))
        assert min(counts.values()) >= 1
        frequencies = database.frequencies(locus)
        assert frequencies.sum() == pytest.approx(1.0, abs=1e-14)
        assert np.allclose(frequencies * database.n_counted(locus), list(counts.values()), rtol=1e-14)


def test_no_two_populations_are_the_same_at_every_locus():
    counts = [load_database(*of).counts for of in EVERY_POPULATION]
    assert not any(one == other for i, one in enumerate(counts) for other in counts[:i])


def test_counts_cannot_be_changed():
    with pytest.raises(TypeError):
        load_database("NIST 1036", "US Asian").counts["TH01"]["9.3"] = 1


@pytest.mark.parametrize(
    ("name", "population", "known"), [("NIST 1037", "US Asian", "NIST 1036"), ("NIST 1036", "Martian", "US Hispanic")]
)
def test_a_database_or_population_that_is_not_there_is_refused_with_those_that_are(name, population, known):
    with pytest.raises(InputError, match=known):
        load_database(name, population)
