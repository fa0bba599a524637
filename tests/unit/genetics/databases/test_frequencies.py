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
    assert len(database.loci) == 29
    for name, locus in database.loci.items():
        typed = database.n_people - ((population, name) in untyped)
        assert locus.n_counted == 2 * typed


def test_the_us_caucasian_counts_are_those_of_the_worked_case():
    database = load_database("NIST 1036", "US Caucasian")
    with WORKED_CASE_COUNTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    expected = {}
    for row in rows:
        expected.setdefault(row["locus"], {})[row["allele"]] = int(row["count"])
    assert {locus: _counts(database.loci[locus]) for locus in expected} == expected


@pytest.mark.parametrize(("name", "population"), EVERY_POPULATION)
def test_alleles_stand_in_order_and_their_frequencies_sum_to_one(name, population):
    database = load_database(name, population)
    assert database.source
    assert database.licence
    for locus in database.loci.values():
        repeats = [float(allele) for allele in locus.alleles]
        assert repeats == sorted(set(repeats))
        assert locus.frequencies.sum() == pytest.approx(1.0, abs=1e-14)
        assert (locus.frequencies > 0).all()


@pytest.mark.parametrize(("name", "population"), EVERY_POPULATION)
def test_counts_are_whole_and_no_more_than_two_for_each_person(name, population):
    database = load_database(name, population)
    for locus in database.loci.values():
        if locus.n_counted is None:
            assert database.n_people is None
            continue
        counted = locus.frequencies * locus.n_counted
        assert np.allclose(counted, np.round(counted), atol=1e-9)
        assert 0.9 * 2 * database.n_people <= locus.n_counted <= 2 * database.n_people


@pytest.mark.parametrize(
    ("of", "locus", "allele", "printed"),
    [
        # As printed by the publishers, to their decimals.
        (("FBI 2015", "Caucasian"), "D3S1358", "15", 0.2475),
        (("Japan 2015", "Japanese"), "D3S1358", "15", 0.3971),
        (("UK DNA-17", "White"), "vWA", "17", 0.2800),
        (("Norway 2013", "Norway"), "D3S1358", "15", 0.2635),
        (("Oslo 2023", "Norway"), "D1S1656", "15.3", 0.0845),
    ],
)
def test_a_frequency_is_the_published_one(of, locus, allele, printed):
    table = load_database(*of).loci[locus]
    assert table.frequencies[table.alleles.index(allele)] == pytest.approx(printed, abs=5e-5)


def test_no_two_populations_are_the_same_at_every_locus():
    databases = [load_database(*of) for of in EVERY_POPULATION]
    tables = [{name: dict(zip(t.alleles, t.frequencies, strict=True)) for name, t in d.loci.items()} for d in databases]
    assert not any(one == other for i, one in enumerate(tables) for other in tables[:i])


def test_frequencies_cannot_be_replaced():
    with pytest.raises(TypeError):
        load_database("NIST 1036", "US Asian").loci["TH01"] = None


@pytest.mark.parametrize(
    ("name", "population", "known"), [("NIST 1037", "US Asian", "NIST 1036"), ("NIST 1036", "Martian", "US Hispanic")]
)
def test_a_database_or_population_that_is_not_there_is_refused_with_those_that_are(name, population, known):
    with pytest.raises(InputError, match=known):
        load_database(name, population)


def _counts(locus):
    counts = np.round(locus.frequencies * locus.n_counted).astype(int)
    return dict(zip(locus.alleles, counts.tolist(), strict=True))
