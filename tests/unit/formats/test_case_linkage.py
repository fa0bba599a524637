"""Positions on the genetic map and recombination fractions in a case folder."""

from pathlib import Path

import pytest

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.genetics.linkage.groups import LinkageGroup, linkage_groups
from homeward.genetics.linkage.recombination import Linkage, NeighbourFractions

FOLDER = {
    "case.toml": 'title = "Linked"\nkind = "kinship"\n',
    "frequencies.csv": "locus,allele,frequency\n" + "".join(f"{name},{a},0.5\n" for name in "ABCD" for a in (1, 2)),
    "people.csv": "family,person,father\nhalf,X,F\nhalf,Y,F\nhalf,F,\nunrelated,X,\nunrelated,Y,\n",
    "profiles.csv": "owner,locus,allele1,allele2\n" + "".join(f"{who},{name},1,2\n" for who in "XY" for name in "ABCD"),
    "loci.csv": "locus,chromosome\nA,12\nB,12\nC,12\nD,5\n",
}


def write(folder: Path, changes: dict[str, str]) -> Path:
    for name, text in (FOLDER | changes).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def problems(folder: Path) -> list[str]:
    with pytest.raises(InputError) as caught:
        read_case_folder(folder)
    return [f"{problem.where}: {problem.what}" for problem in caught.value.problems]


POSITIONS = {
    "case.toml": FOLDER["case.toml"] + 'linkage = "kosambi"\n',
    "loci.csv": "locus,chromosome,position_cm,female_position_cm,male_position_cm\n"
    "A,12,15.6303,,\nB,12,27.5713,,\nD,5,,3.5,1.25\n",
}
FRACTIONS = {"linkage.csv": "locus1,locus2,rho,female_rho,male_rho\nA,B,0.1,,\nB,C,,0.25,0.125\n"}


@pytest.mark.parametrize("changes", [POSITIONS, FRACTIONS], ids=["positions", "fractions"])
@pytest.mark.parametrize("parquet", [False, True], ids=["csv", "parquet"])
def test_linkage_comes_out_of_a_folder_as_it_went_in(tmp_path, changes, parquet):
    case = read_case_folder(write(tmp_path, changes))
    write_case_folder(case, tmp_path / "again", parquet=parquet)
    again = read_case_folder(tmp_path / "again")
    places = [
        [(x.chromosome, x.position_cm, x.female_position_cm, x.male_position_cm) for x in of.panel.loci]
        for of in (case, again)
    ]
    assert places[0] == places[1]
    assert (again.panel.linkage, again.panel.recombination) == (case.panel.linkage, case.panel.recombination)


def test_positions_and_the_map_function_are_read(tmp_path):
    panel = read_case_folder(write(tmp_path, POSITIONS)).panel
    assert panel.linkage is Linkage.KOSAMBI
    (group,) = linkage_groups(panel)
    assert (group.loci, round(group.male[0], 4)) == ((0, 1), 0.1172)


def test_fractions_are_read_for_both_sexes_or_each(tmp_path):
    panel = read_case_folder(write(tmp_path, FRACTIONS)).panel
    assert panel.recombination == (NeighbourFractions("A", "B", 0.1, 0.1), NeighbourFractions("B", "C", 0.25, 0.125))
    assert linkage_groups(panel) == (LinkageGroup((0, 1, 2), (0.1, 0.125), (0.1, 0.25)),)


def test_every_problem_with_linkage_is_named_with_its_line(tmp_path):
    folder = write(
        tmp_path,
        {
            "case.toml": FOLDER["case.toml"] + 'linkage = "morgan"\n',
            "loci.csv": "locus,chromosome,position_cm\nA,12,-1\nB,12,far\n",
            "linkage.csv": "locus1,locus2,rho,female_rho\nA,B,0.7,\nA,Z,0.1,\nB,C,,0.1\nB,D,0.1,\n,C,0.1,\n",
        },
    )
    assert problems(folder) == [
        "case.toml, linkage: 'morgan' is no choice of linkage.",
        "loci.csv line 2, locus A: The position_cm -1 is negative.",
        "loci.csv line 3: The position_cm 'far' is not a number.",
        "linkage.csv line 2: The recombination fraction 0.7 is outside [0, 0.5].",
        "linkage.csv line 3: The locus 'Z' has no allele frequencies.",
        "linkage.csv line 4: There is no recombination fraction.",
        "linkage.csv line 6: The locus1 is blank.",
    ]


def test_a_map_given_twice_and_a_position_without_chromosome_are_refused_together(tmp_path):
    loci = "locus,chromosome,position_cm\nA,12,1\nB,12,2\nC,,5\n"
    folder = write(tmp_path, {**POSITIONS, "loci.csv": loci, "linkage.csv": "locus1,locus2,rho\nA,B,0.1\n"})
    assert problems(folder) == [
        "loci or linkage.csv, locus A: This locus has positions on the map and recombination fractions as well.",
        "loci or linkage.csv, locus B: This locus has positions on the map and recombination fractions as well.",
        "loci or linkage.csv, locus C: This locus has a position on the map but no chromosome.",
    ]
