"""Frequency databases of laboratories, in the forms that they come in."""

import openpyxl
import pytest

from homeward.core.errors import InputError
from homeward.formats.frequency_databases import read_frequency_databases


def _read(tmp_path, text, name="ours.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_frequency_databases(path)


def _table(database, locus):
    found = database.loci[locus]
    return dict(zip(found.alleles, found.frequencies.tolist(), strict=True))


def test_a_tidy_table_gives_one_database_for_each_population(tmp_path):
    text = "population,marker,allele,frequency\nNorth,TH01,9.3,0.25\nNorth,TH01,6,0.75\nSouth,TH01,6,1\n"
    north, south = _read(tmp_path, text).databases
    assert (north.name, north.population, south.population) == ("ours", "North", "South")
    assert _table(north, "TH01") == {"6": 0.75, "9.3": 0.25}
    assert list(north.loci["TH01"].alleles) == ["6", "9.3"]
    assert north.loci["TH01"].n_counted is None


def test_counts_become_frequencies_and_their_number_is_kept(tmp_path):
    (database,) = _read(tmp_path, "locus;allele;count\nTH01;6;30\nTH01;9.3;10\nTH01;7;0\n").databases
    assert _table(database, "TH01") == {"6": 0.75, "9.3": 0.25}
    assert database.loci["TH01"].n_counted == 40


LADDER = "Allele,TH01,Penta D\n6,0.75,\n9.3,0.25,0.5\n10,,0.5\nN,40,38\n"


def test_a_ladder_has_a_column_for_each_locus(tmp_path):
    (database,) = _read(tmp_path, LADDER).databases
    assert _table(database, "TH01") == {"6": 0.75, "9.3": 0.25}
    assert _table(database, "Penta D") == {"9.3": 0.5, "10": 0.5}


def test_a_ladder_in_a_workbook_reads_as_the_same_ladder_in_text(tmp_path):
    book = openpyxl.Workbook()
    for row in [("Allele", "TH01", "Penta D"), (6, 0.75, None), (9.3, 0.25, 0.5), (10, None, 0.5)]:
        book.active.append(row)
    book.save(tmp_path / "ours.xlsx")
    (database,) = read_frequency_databases(tmp_path / "ours.xlsx").databases
    (expected,) = _read(tmp_path, LADDER).databases
    assert {name: _table(database, name) for name in database.loci} == {
        name: _table(expected, name) for name in expected.loci
    }


def test_a_ladder_of_whole_numbers_holds_counts(tmp_path):
    (database,) = _read(tmp_path, "Allele\tTH01\n6\t30\n9.3\t10\n").databases
    assert _table(database, "TH01") == {"6": 0.75, "9.3": 0.25}


def test_a_list_names_each_locus_alone_on_a_line(tmp_path):
    (database,) = _read(tmp_path, "Penta D\n9\t0.4\n10\t0.6\n\nTH01\n6 0.75\n9.3 0.25\n", "ours.txt").databases
    assert list(database.loci) == ["Penta D", "TH01"]
    assert _table(database, "TH01") == {"6": 0.75, "9.3": 0.25}


def test_an_allele_that_is_no_number_of_repeats_is_noted(tmp_path):
    read = _read(tmp_path, "locus,allele,frequency\nD18S51,27,0.5\nD18S51,>27,0.25\nD18S51,OL,0.25\n")
    assert read.notes == ("D18S51: >27, OL: no number of repeats, so no stepwise model can be used.",)


def test_two_populations_that_are_the_same_everywhere_are_noted(tmp_path):
    read = _read(tmp_path, "population,locus,allele,frequency\nA,TH01,6,1\nB,TH01,6,1\n")
    assert "A and B are the same at every locus" in read.notes[0]


def test_all_problems_are_listed_at_once_with_their_lines(tmp_path):
    text = "locus,allele,frequency\nTH01,6,x\nTH01,,0.5\nvWA,14,0.5\nvWA,14,0.5\nFGA,20,60\nFGA,21,40\nTPOX,8,0.4\n"
    with pytest.raises(InputError) as caught:
        _read(tmp_path, text)
    said = [(problem.where, problem.what) for problem in caught.value.problems]
    assert [where.split(",")[0] for where, _ in said] == [f"ours.csv line {n}" for n in (2, 3, 5, 6, 8)]
    assert "sum to 100" in said[3][1]
    assert "Divide percentages" in caught.value.problems[3].fix
    assert "sum to 0.4" in said[4][1]


@pytest.mark.parametrize("text", ["", "locus,allele,frequency\n", "TH01\n"])
def test_a_file_without_frequencies_is_refused(tmp_path, text):
    with pytest.raises(InputError):
        _read(tmp_path, text)
