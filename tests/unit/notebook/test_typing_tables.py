"""Genotypes from tables and dictionaries."""

from __future__ import annotations

import polars as pl
import pytest

from homeward.core.errors import InputError
from homeward.notebook.typing_tables import read_typings

EXPECTED = {"Anna": {"TH01": ("6", "9.3"), "FGA": ("20", "21")}, "Ben": {"TH01": ("6", "6")}}
TIDY = [
    {"person": "Anna", "locus": "TH01", "genotype": "9.3/6"},
    {"person": "Anna", "locus": "FGA", "genotype": "20,21"},
    {"person": "Ben", "locus": "TH01", "genotype": "6 6"},
    {"person": "Ben", "locus": "FGA", "genotype": None},
]
TWO_COLUMNS = [
    {"sample": "Anna", "marker": "TH01", "allele1": 6.0, "allele2": 9.3},
    {"sample": "Anna", "marker": "FGA", "allele1": 20, "allele2": 21},
    {"sample": "Ben", "marker": "TH01", "allele1": 6, "allele2": 6},
    {"sample": "Ben", "marker": "FGA", "allele1": float("nan"), "allele2": float("nan")},
]
WIDE = [
    {"id": "Anna", "sex": "female", "TH01": "6/9.3", "FGA": "20/21"},
    {"id": "Ben", "sex": "male", "TH01": "6/6", "FGA": ""},
]
PAIRED = [
    {"id": "Anna", "TH01_1": "6", "TH01_2": "9.3", "FGA_1": "20", "FGA_2": "21"},
    {"id": "Ben", "TH01_1": "6", "TH01_2": "6", "FGA_1": "", "FGA_2": ""},
]


class PandasLike:
    """As much of a data frame of pandas as is asked for."""

    def __init__(self, rows):
        self.rows = rows

    def to_dict(self, orient):
        assert orient == "records"
        return self.rows


@pytest.mark.parametrize("rows", [TIDY, TWO_COLUMNS, WIDE, PAIRED])
@pytest.mark.parametrize("as_table", [list, pl.DataFrame, PandasLike])
def test_a_table_of_any_form_gives_the_same_genotypes(rows, as_table):
    assert read_typings(as_table(rows)) == EXPECTED


def test_a_dictionary_gives_the_same_genotypes():
    assert read_typings({"Anna": {"TH01": ("6", 9.3), "FGA": "20/21"}, "Ben": {"TH01": [6, 6], "FGA": "-"}}) == EXPECTED


def test_a_file_gives_the_same_genotypes(tmp_path):
    path = tmp_path / "profiles.csv"
    path.write_text("person,TH01,FGA\nAnna,6/9.3,20/21\nBen,6/6,\n", encoding="utf-8")
    assert read_typings(path) == read_typings(str(path)) == EXPECTED


def test_an_allele_that_could_not_be_read_stays_unknown():
    assert read_typings({"Anna": {"TH01": "?/6"}}) == {"Anna": {"TH01": ("6", "?")}}


def test_all_genotypes_that_are_none_are_named():
    with pytest.raises(InputError) as raised:
        read_typings({"Anna": {"TH01": "6/7/8", "FGA": ("20", "")}, "Ben": 3})
    assert [problem.where for problem in raised.value.problems] == [
        "profile of Anna, locus TH01",
        "profile of Anna, locus FGA",
        "profile of Ben",
    ]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (5, "This int holds no profiles."),
        ([], "This list holds no profiles."),
        ({}, "There are no genotypes."),
        ([{"TH01": "6/7"}], "There is no column of people among th01."),
        ([{"person": "Anna", "locus": "TH01"}], "There is no column of genotypes."),
        (
            [{"person": "A", "locus": "TH01", "genotype": g} for g in ("6/7", "6/8")],
            "There are two genotypes: 6/7 and 6/8.",
        ),
    ],
)
def test_what_is_no_table_of_profiles_is_refused(data, what):
    with pytest.raises(InputError) as raised:
        read_typings(data)
    assert [problem.what for problem in raised.value.problems] == [what]
