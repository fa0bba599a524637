from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import DVI, FOLDER, KINSHIP, PATERNITY, assert_same_case, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.familias_reader import read_familias

CUSTOM = {
    "loci.csv": "locus,mutation_model,female_mutation_model,female_mutation_rate,minimum_frequency\n"
    "L1,none,equal,0.01,0.001\nL2,custom,,,\n",
    "mutation_matrices.csv": "locus,sex,from,to,probability\n"
    "L2,both,5,5,0.9\nL2,both,5,Rest allele,0.1\nL2,both,Rest allele,Rest allele,1\n",
}
GROUPS = {
    "case.toml": 'title = "Tést \\"x\\""\ndescription = "a\\nb"\nsource = "me"\nsynthetic = true\ntheta = 0.02\n',
    "samples.csv": "sample,sex,remains_group,site,dropout\nS1,m,G,Pit 1,0.2\nS2,m,G,Pit 2,0.1\nS3,,H,,0.3\n",
    "profiles.csv": FOLDER["profiles.csv"].replace("S2,L1,9,9.3", "S2,L1,10,9") + "S3,L1,9,9\nS3,L2,5,5\n",
}


@pytest.mark.parametrize(
    ("texts", "changes"), [(FOLDER, {}), (KINSHIP, {}), (FOLDER, CUSTOM), (FOLDER, GROUPS)], ids=str
)
def test_the_same_folder_comes_out_as_went_in(
    texts: Mapping[str, str], changes: Mapping[str, str], tmp_path: Path
) -> None:
    case = read_case_folder(write_texts(tmp_path / "in", texts, changes))
    write_case_folder(case, tmp_path / "out")
    again = read_case_folder(tmp_path / "out")
    assert_same_case(again, case)
    assert (again.title, again.notes) == (case.title, case.notes)


@pytest.mark.parametrize("text", [DVI, PATERNITY], ids=["dvi", "pedigrees"])
def test_a_familias_case_becomes_an_equal_folder(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(text, encoding="utf-8")
    case = read_familias(tmp_path / "a.fam")
    write_case_folder(case, tmp_path / "out")
    assert_same_case(read_case_folder(tmp_path / "out"), case)


def test_a_second_writing_gives_the_same_bytes(tmp_path: Path) -> None:
    write_case_folder(read_case_folder(write_texts(tmp_path / "in", FOLDER, GROUPS)), tmp_path / "one")
    write_case_folder(read_case_folder(tmp_path / "one"), tmp_path / "two")
    one = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert one == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "in", FOLDER)
    case = read_case_folder(folder)
    with pytest.raises(InputError, match="There is something here already"):
        write_case_folder(case, folder)
    assert {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()} == FOLDER


def test_an_empty_folder_is_written_to(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_case_folder(read_case_folder(write_texts(tmp_path / "in", FOLDER)), tmp_path / "out")
    assert (tmp_path / "out" / "case.toml").exists()


def test_nothing_is_left_behind_when_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = read_case_folder(write_texts(tmp_path / "in", FOLDER))

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(InputError, match="No space left"):
        write_case_folder(case, tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_options_come_out_as_they_went_in(tmp_path: Path) -> None:
    settings = FOLDER["case.toml"] + '\n[options]\nsex = "ignore"\nmin_loci = 2\nsex_error = 0.05\n'
    case = read_case_folder(write_texts(tmp_path / "toy", FOLDER, {"case.toml": settings}))
    write_case_folder(case, tmp_path / "out")
    assert read_case_folder(tmp_path / "out").options == case.options != ()


def test_a_name_with_a_line_end_in_it_comes_out_as_it_went_in(tmp_path: Path) -> None:
    names = {"Son": '"So\rn"', "Wife": '"Wi\nfe"', "Aunt": '"A, ""u"" nt"'}
    changes = {name: FOLDER[name] for name in ("people.csv", "profiles.csv")}
    for name, written in names.items():
        changes = {file: text.replace(name, written) for file, text in changes.items()}
    folder = write_texts(tmp_path / "in", FOLDER)
    for file, text in changes.items():
        (folder / file).write_bytes(text.encode())
    case = read_case_folder(folder)
    assert case.families[0].pedigree.ids == ("Wi\nfe", "Lost", "So\rn", 'A, "u" nt')
    write_case_folder(case, tmp_path / "out")
    assert_same_case(read_case_folder(tmp_path / "out"), case)
