"""Reading dental charts and lists of people."""

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.formats.dental_tables import read_dental_charts
from homeward.formats.listed_values import read_listed_values
from homeward.osteology.dental_charts import FDI, UNOBSERVED, Notation, write_code


def written(tmp_path, text):
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    return path


def statures(path):
    return read_listed_values(path, "stature_cm", low=100, high=250)


def test_charts_are_read_by_either_number(tmp_path):
    charts = read_dental_charts(written(tmp_path, "id,16,36,11\nA,mod,X,\nB,V,R,V\n"))
    assert charts.ids == ("A", "B")
    assert [write_code(charts.codes[0, FDI.index(tooth)]) for tooth in ("16", "36", "11")] == ["MOD", "X", ""]
    assert (charts.codes[:, FDI.index("21")] == UNOBSERVED).all()
    universal = read_dental_charts(written(tmp_path, "id;3;19;8\nA;mod;X;\nB;V;R;V\n"), notation=Notation.UNIVERSAL)
    assert np.array_equal(universal.codes, charts.codes)


def test_every_problem_of_a_chart_is_listed_with_its_line(tmp_path):
    with pytest.raises(InputError) as caught:
        read_dental_charts(written(tmp_path, "id,16,36\nA,MM,V\nA,V,Q\n,V,V\n"))
    assert [problem.where for problem in caught.value.problems] == [
        "table.csv line 2, tooth 16",
        "table.csv line 3, tooth 36",
        "table.csv line 3",
        "table.csv line 4",
    ]


def test_columns_that_are_no_teeth_are_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        read_dental_charts(written(tmp_path, "name,99,16\nA,V,V\n"))
    assert [problem.what for problem in caught.value.problems] == [
        "There is no column 'id'.",
        "The column 'name' is no permanent tooth by fdi numbers.",
        "The column '99' is no permanent tooth by fdi numbers.",
    ]
    with pytest.raises(InputError, match="no column of a tooth"):
        read_dental_charts(written(tmp_path, "id\nA\n"))


def test_a_list_is_one_column_and_blanks_are_people_whose_value_is_not_known(tmp_path):
    listed = statures(written(tmp_path, "name,stature_cm\nA,170.2\nB,\nC,180\n\n"))
    assert listed.population.values.tolist() == [170.2, 180.0]
    assert listed.n_unknown == 1
    assert listed.input.name == "table.csv"


def test_every_problem_of_a_list_is_listed(tmp_path):
    with pytest.raises(InputError) as caught:
        statures(written(tmp_path, "stature_cm\n68\nnan\ntall\n1.75\n170\n"))
    assert [problem.where for problem in caught.value.problems] == [
        f"table.csv line {line}, stature_cm" for line in (2, 3, 4, 5)
    ]
    with pytest.raises(InputError, match="no column 'stature_cm'; there are name, height"):
        statures(written(tmp_path, "name,height\nA,170\n"))
    with pytest.raises(InputError, match="empty, or has values"):
        statures(written(tmp_path, "stature_cm,x\n,1\n"))


def test_a_table_that_is_none_is_refused(tmp_path):
    with pytest.raises(InputError, match="The table is empty"):
        statures(written(tmp_path, "\n\n"))
    with pytest.raises(InputError, match="There is no file"):
        statures(tmp_path / "none.csv")
    with pytest.raises(InputError) as caught:
        statures(written(tmp_path, "a,stature_cm,a\n1,170\n"))
    assert len(caught.value.problems) == 2
    with pytest.raises(InputError, match="cannot be read"):
        statures(written(tmp_path, 'a,stature_cm\n"1,170\n'))
