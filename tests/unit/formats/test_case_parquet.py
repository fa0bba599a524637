from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import numpy as np
import polars as pl
import pytest
from tests.unit.formats.case_texts import FOLDER, KINSHIP, assert_same_case, what_went_wrong, write_texts
from tests.unit.formats.test_case_folder_writer import CUSTOM, GROUPS
from tests.unit.formats.test_elimination_profiles import STAFF

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.genetics.case import Case

Change = Callable[[pl.DataFrame], pl.DataFrame]
PROFILES = pl.read_csv(FOLDER["profiles.csv"].encode(), infer_schema=False)


def without(name: str) -> dict[str, str]:
    return {key: text for key, text in FOLDER.items() if key != f"{name}.csv"}


def read_with(folder: Path, name: str, frame: pl.DataFrame) -> Case:
    """Read the toy case with one table in Parquet."""
    write_texts(folder / "case", without(name))
    frame.write_parquet(folder / "case" / f"{name}.parquet")
    return read_case_folder(folder / "case")


def refuse(folder: Path, name: str, frame: pl.DataFrame) -> str:
    with pytest.raises(InputError) as caught:
        read_with(folder, name, frame)
    return what_went_wrong(caught.value)


def texts_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("texts", "changes"), [(FOLDER, {}), (KINSHIP, {}), (FOLDER, CUSTOM), (FOLDER, GROUPS), (FOLDER, STAFF)], ids=str
)
def test_the_same_case_comes_out_of_parquet_as_out_of_csv(
    texts: Mapping[str, str], changes: Mapping[str, str], tmp_path: Path
) -> None:
    case = read_case_folder(write_texts(tmp_path / "in", texts, changes))
    write_case_folder(case, tmp_path / "csv")
    write_case_folder(case, tmp_path / "parquet", parquet=True)
    again = read_case_folder(tmp_path / "parquet")
    assert_same_case(again, case)
    assert (again.title, again.notes) == (case.title, case.notes)
    write_case_folder(again, tmp_path / "csv again")
    assert texts_of(tmp_path / "csv again") == texts_of(tmp_path / "csv")
    names = {name.removesuffix(".csv") for name in texts_of(tmp_path / "csv")}
    assert {name.removesuffix(".parquet") for name in texts_of(tmp_path / "parquet")} == names


def test_polars_and_duckdb_read_what_is_written(tmp_path: Path) -> None:
    changes = STAFF | {"loci.csv": "locus,mutation_model,mutation_rate,database_size\nL1,equal,1e-3,200\n"}
    case = read_case_folder(write_texts(tmp_path / "in", FOLDER, changes))
    write_case_folder(case, tmp_path / "out", parquet=True)
    frame = pl.read_parquet(tmp_path / "out" / "profiles.parquet")
    assert frame.schema["allele1"] == pl.String
    assert frame.row(-1) == ("Driver", "L1", "9", "9.3", None, 0.1)
    assert pl.read_parquet(tmp_path / "out" / "loci.parquet")["database_size"].to_list() == [200, None]
    with duckdb.connect() as connection:
        path = str(tmp_path / "out" / "*.parquet").replace("*", "profiles")
        found = connection.execute("SELECT typeof(allele1), typeof(dropout), * FROM read_parquet(?)", [path]).fetchall()
    assert found[-1] == ("VARCHAR", "DOUBLE", "Driver", "L1", "9", "9.3", None, 0.1)
    assert len(found) == len(frame)


def test_a_table_that_duckdb_wrote_is_read(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", without("frequencies"))
    with duckdb.connect() as connection:  # 0.25 is a DECIMAL(3, 2) to DuckDB, and 9.3 a DECIMAL(3, 1)
        connection.execute(
            "COPY (SELECT * FROM (VALUES ('L1', 9.0, 0.25), ('L1', 9.3, 0.25), ('L1', 10.0, 0.50)) "
            f"AS f(locus, allele, frequency)) TO '{folder / 'frequencies.parquet'}' (FORMAT parquet)"
        )
    with pytest.raises(InputError) as caught:
        read_case_folder(folder)
    assert "Locus L2 is not in the panel" in what_went_wrong(caught.value)
    (folder / "profiles.csv").write_text("owner,locus,allele1,allele2\nS1,L1,9,10\nS2,L1,9,9.3\n", encoding="utf-8")
    (folder / "loci.csv").unlink()
    assert read_case_folder(folder).panel.loci[0].alleles == ("9", "9.3", "10")


@pytest.mark.parametrize(
    "change",
    [
        lambda frame: frame.with_columns(pl.all().cast(pl.Categorical)),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.Enum(["9", "10", "5"]))),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.Int16)),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.UInt64), pl.lit(None).alias("dropout")),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.Float64)),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.Float32)),
        lambda frame: frame.with_columns(pl.col("allele1").cast(pl.Decimal(10, 3))),
        lambda frame: frame.with_columns(pl.col("owner") + "  ").rename({"owner": "Owner", "allele1": "Allele1"}),
        lambda frame: pl.concat([frame.clear(n=2), frame, frame.clear(n=1)]),
    ],
    ids=["categorical", "enum", "int16", "uint64", "float64", "float32", "decimal", "blanks", "empty rows"],
)
def test_types_that_mean_the_same_give_the_same_case(change: Change, tmp_path: Path) -> None:
    expected = read_case_folder(write_texts(tmp_path / "csv", FOLDER))
    assert_same_case(read_with(tmp_path, "profiles", change(PROFILES)), expected)


def test_alleles_in_floats_keep_their_names_and_nan_is_blank(tmp_path: Path) -> None:
    alleles = pl.DataFrame({"locus": ["L1"] * 3 + ["L2"] * 2, "frequency": [0.25, 0.25, 0.5, 0.5, 0.5]})
    alleles = alleles.with_columns(pl.Series("allele", [9.0, 9.3, 10.0, 5.0, 6.0], dtype=pl.Float32))
    folder = write_texts(tmp_path / "case", without("frequencies"))
    alleles.write_parquet(folder / "frequencies.parquet")
    (folder / "profiles.csv").unlink()
    profiles = pl.DataFrame(
        {
            "owner": ["S1", "S2", "S2"],
            "locus": ["L1", "L1", "L2"],
            "allele1": [9.0, 9.3, float("nan")],
            "allele2": [9.3, 9.3, None],
        }
    )
    profiles.write_parquet(folder / "profiles.parquet")
    case = read_case_folder(folder)
    assert case.panel.loci[0].alleles == ("9", "9.3", "10")
    assert case.samples.genotype(0, 0, case.panel) == ("9", "9.3")
    assert case.samples.genotype(1, 1, case.panel) is None


@pytest.mark.parametrize("number", [9.33, 9.300000001, float(np.float32(9.3)), float("inf"), 1e300])
def test_an_allele_that_may_have_been_rounded_is_refused_with_its_row(number: float, tmp_path: Path) -> None:
    frame = PROFILES.with_columns(pl.Series("allele1", [9.0, 5.0, number, 10.0, number]))
    problems = refuse(tmp_path, "profiles", frame)
    assert "profiles.parquet row 3: The allele1 is the number" in problems
    assert "which may have been rounded (2 such rows)." in problems
    assert "Save this column as text" in problems


def test_numbers_are_read_exactly(tmp_path: Path) -> None:
    frequencies = [0.1, 0.2, 0.7, 1 / 3, 2 / 3]
    frame = pl.read_csv(FOLDER["frequencies.csv"].encode(), schema_overrides={"allele": pl.String})
    case = read_with(tmp_path, "frequencies", frame.with_columns(pl.Series("frequency", frequencies)))
    assert [f for locus in case.panel.loci for f in locus.frequencies.tolist()] == frequencies


@pytest.mark.parametrize(
    ("column", "said"),
    [
        (pl.Series("allele2", [["9", "10"]] * 5), "The column 'allele2' is of type List(String)"),
        (pl.Series("allele2", [{"a": 1}] * 5), "The column 'allele2' is of type Struct"),
        (pl.Series("allele2", [True] * 5), "The column 'allele2' is of type Boolean"),
        (pl.Series("allele2", [date(2026, 3, 9)] * 5), "The column 'allele2' is of type Date"),
        (pl.Series("allele2", [b"9"] * 5), "The column 'allele2' is of type Binary"),
        (pl.Series("allele2", [Decimal("9.31")] * 5), "The allele2 is the number 9.31"),
        (
            pl.Series("allele2", ["9", "9\0"] * 2 + ["9"]),
            "profiles.parquet row 2: The allele2 holds a character of value 0",
        ),
        (pl.Series("allele3", ["9"] * 5), "profiles.parquet: The column 'allele3' is not known"),
    ],
    ids=lambda value: str(value.dtype) if isinstance(value, pl.Series) else None,
)
def test_a_column_that_cannot_be_used_is_refused(column: pl.Series, said: str, tmp_path: Path) -> None:
    assert said in refuse(tmp_path, "profiles", PROFILES.with_columns(column))


def test_problems_name_the_file_and_the_row(tmp_path: Path) -> None:
    frame = PROFILES.vstack(pl.DataFrame([["Son", "L1", "9", None]], schema=PROFILES.schema, orient="row"))
    frame = frame.vstack(pl.DataFrame([["Ghost", "L9", "9", "9"]], schema=PROFILES.schema, orient="row"))
    problems = refuse(tmp_path, "profiles", frame)
    assert "profiles.parquet row 6, Son, locus L1: There is one allele only (9)." in problems
    assert "profiles.parquet row 7, owner Ghost: 'Ghost' is neither a sample nor a person" in problems
    assert "profiles.parquet row 7, Ghost, locus L9: Locus L9 is not in the panel" in problems


def test_problems_name_the_parquet_file_that_has_to_be_mended(tmp_path: Path) -> None:
    people = pl.read_csv(FOLDER["people.csv"].encode(), infer_schema=False)
    folder = write_texts(
        tmp_path / "case", without("people"), {"profiles.csv": "owner,locus,allele1,allele2\nX,L1,9,9\n"}
    )
    people.filter(pl.col("role") == "nobody").write_parquet(folder / "people.parquet")
    with pytest.raises(InputError) as caught:
        read_case_folder(folder)
    problems = what_went_wrong(caught.value)
    assert "people.parquet: The case is empty" in problems
    assert "add it to samples.csv or people.parquet" in problems


def test_one_table_in_both_forms_is_refused(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", FOLDER)
    PROFILES.write_parquet(folder / "profiles.parquet")
    with pytest.raises(InputError, match=r"There are both profiles\.csv and profiles\.parquet"):
        read_case_folder(folder)


def test_a_parquet_file_of_an_unknown_name_is_refused(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", FOLDER)
    PROFILES.write_parquet(folder / "profile.parquet")
    with pytest.raises(InputError, match=r"'profile\.parquet' is not part of a case folder"):
        read_case_folder(folder)


def test_a_damaged_file_is_refused_or_read_but_never_a_crash(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", without("profiles"))
    path = folder / "profiles.parquet"
    PROFILES.write_parquet(path)
    whole = path.read_bytes()
    rng = random.Random(1)
    damaged = [whole[:length] for length in (0, 3, 12, len(whole) // 2, len(whole) - 1)]
    for _ in range(150):
        at = rng.randrange(len(whole))
        damaged.append(whole[:at] + bytes([whole[at] ^ 1 << rng.randrange(8)]) + whole[at + 1 :])
    n_refused = 0
    for content in damaged:
        path.write_bytes(content)
        try:
            read_case_folder(folder)
        except InputError as error:
            n_refused += "profiles.parquet: This is not a Parquet file that can be read" in what_went_wrong(error)
    assert n_refused > 20


def test_a_file_that_is_no_parquet_is_refused_along_with_other_problems(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", without("profiles"), {"case.toml": "colour = 1\n"})
    (folder / "profiles.parquet").write_text(FOLDER["profiles.csv"], encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_case_folder(folder)
    problems = what_went_wrong(caught.value)
    assert "profiles.parquet: This is not a Parquet file that can be read" in problems
    assert "The setting 'colour' is not known" in problems


def test_a_table_that_unfolds_to_more_rows_than_can_be_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("homeward.formats.case_parquet.MAX_ROWS", 4)
    assert "profiles.parquet: The table has 5 rows; at most 4 can be read." in refuse(tmp_path, "profiles", PROFILES)


def test_a_case_in_csv_is_read_without_loading_polars(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "case", FOLDER)
    code = (
        "import sys; from pathlib import Path; import homeward.cli.main; "
        "from homeward.formats.reading import read_case; "
        f"read_case(Path({str(folder)!r})); sys.exit('polars' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
