from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import (
    DVI,
    FAMILY,
    FOLDER,
    KINSHIP,
    PATERNITY,
    RELATIONS,
    SAMPLE,
    SON,
    WIFE,
    assert_same_case,
    dvi_file,
    dvi_person,
    family,
    pedigree,
    what_went_wrong,
    write_texts,
)

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.familias_reader import read_familias
from homeward.formats.familias_writer import write_familias
from homeward.genetics.case import Case
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform

OPEN_SEX = dvi_file(
    [SAMPLE],
    [
        family(
            1,
            "F1",
            [dvi_person(5, 1, "Partner", "Unknown", {}), SON, WIFE],
            [pedigree(1, "P", ("Missing person", "Son"), ("Partner", "Son"), ("Son", "Missing boy"))],
        )
    ],
)


def written_and_read(case: Case, tmp_path: Path) -> Case:
    path = tmp_path / "written.fam"
    write_familias(case, path)
    return read_familias(path)


def refused(case: Case, path: Path) -> str:
    with pytest.raises(InputError) as caught:
        write_familias(case, path)
    assert not path.exists()
    return what_went_wrong(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        DVI,
        PATERNITY,
        OPEN_SEX,
        dvi_file([SAMPLE], [FAMILY], notes="Ask the aunt\n"),
        DVI.replace("Fst: 0 )", "Fst: 0.01 )").replace("4\n4\n3\n0.1", "3\n1\n3\n0.1"),
        DVI.replace("0.25", "0.249999999999999").replace("1e-006", "1.2345678901234567e-006"),
    ],
)
def test_a_written_case_is_read_back_unchanged(text: str, tmp_path: Path) -> None:
    path = tmp_path / "original.fam"
    path.write_text(text, encoding="utf-8")
    case = read_familias(path)
    again = written_and_read(case, tmp_path)
    assert_same_case(again, case)
    assert [n for n in again.notes if n.startswith("Note in")] == [n for n in case.notes if n.startswith("Note in")]


def test_the_missing_person_stays_out_of_the_list_of_persons(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(DVI, encoding="utf-8")
    write_familias(read_familias(tmp_path / "a.fam"), tmp_path / "b.fam")
    assert "Name= Missing person\n" not in (tmp_path / "b.fam").read_text(encoding="utf-8")


def test_missing_people_of_a_folder_get_a_name_that_familias_knows(tmp_path: Path) -> None:
    texts = {**FOLDER, "loci.csv": "locus\nL1\n", "samples.csv": "sample,sex\nS1,m\nS2,f\n"}
    case = read_case_folder(write_texts(tmp_path / "case", texts))
    again = written_and_read(case, tmp_path)
    assert again.missing_ids == ("Missing Lost",)
    assert again.families[0].pedigree.ids[1] == "Missing Lost"
    assert again.families[0].pedigree.parents.tolist() == case.families[0].pedigree.parents.tolist()


def test_everything_that_familias_cannot_hold_is_refused_at_once(tmp_path: Path) -> None:
    changes = {
        "loci.csv": "locus,chromosome,mutation_model\nL1,3,custom\nL2,11,none\n",
        "mutation_matrices.csv": "locus,sex,from,to,probability\n"
        + "".join(f"L1,both,{a},9,1\n" for a in ("9", "9.3", "10")),
        "samples.csv": "sample,sex,remains_group,dropout\nS1,m,G1,\nS2,m,,0.1\n",
        "people.csv": FOLDER["people.csv"].replace("Aunt", "Missing aunt") + "F2,Nobody,,,,missing\n",
    }
    problems = refused(read_case_folder(write_texts(tmp_path / "case", FOLDER, changes)), tmp_path / "out.fam")
    for part in (
        "both sexes: Familias cannot hold this mutation model (custom matrix)",
        "G1 was put together",
        "dropout probability of a sample",
    ):
        assert part in problems
    assert "would take 'Missing aunt' for a missing person" in problems
    assert "missing person without any relative" in problems


def test_mutation_models_that_familias_does_not_have_are_refused_by_locus_and_sex(tmp_path: Path) -> None:
    case = read_case_folder(write_texts(tmp_path / "case", FOLDER))
    stationary = MutationModel(MutationKind.STEPWISE, 0.002, 0.1, 1e-5, MutationTransform.STATIONARY)
    models = (MutationModel(MutationKind.ONE_STEP, 0.002), replace(stationary, transform=MutationTransform.BARKER))
    first, second = case.panel.loci[:2]
    loci = (
        replace(first, male_mutation=stationary),
        replace(second, female_mutation=models[0], male_mutation=models[1]),
    )
    problems = refused(replace(case, panel=replace(case.panel, loci=loci)), tmp_path / "out.fam")
    assert "locus L2, female: Familias cannot hold this mutation model (onestep, rate 0.002)." in problems
    assert "locus L2, male: Familias cannot hold this mutation model (stepwise, rate 0.002, step ratio" in problems
    assert "L1" not in problems


@pytest.mark.parametrize("sex", ["female_mutation", "male_mutation"])
@pytest.mark.parametrize(
    "model",
    [
        MutationModel(MutationKind.EQUAL, 0.001),
        MutationModel(MutationKind.PROPORTIONAL, 0.001),
        MutationModel(MutationKind.STEPWISE, 0.001, 0.2),
        MutationModel(MutationKind.STEPWISE, 0.001, 0.2, 1e-5),
        MutationModel(MutationKind.STEPWISE, 0.001, 0.2, 1e-5, MutationTransform.STATIONARY),
    ],
)
def test_each_mutation_model_of_familias_comes_back_as_it_was_written(
    model: MutationModel, sex: str, tmp_path: Path
) -> None:
    case = _with_equal_models(read_case_folder(write_texts(tmp_path / "case", KINSHIP)))
    case = replace(case, hypotheses=tuple(replace(h, prior=1.0) for h in case.hypotheses))
    loci = (replace(case.panel.loci[0], **{sex: model}), *case.panel.loci[1:])
    (read, *_) = written_and_read(replace(case, panel=replace(case.panel, loci=loci)), tmp_path).panel.loci
    assert getattr(read, sex) == model


def test_priors_of_hypotheses_are_refused(tmp_path: Path) -> None:
    case = read_case_folder(write_texts(tmp_path / "case", KINSHIP))
    assert "no priors" in refused(case, tmp_path / "out.fam")
    flat = replace(case, hypotheses=tuple(replace(h, prior=1.0) for h in case.hypotheses))
    assert_same_case(written_and_read(flat, tmp_path), _with_equal_models(flat))


def _with_equal_models(case: Case) -> Case:
    """Familias writes a locus without mutation as equal with rate 0."""
    model = MutationModel(MutationKind.EQUAL)
    loci = tuple(replace(locus, female_mutation=model, male_mutation=model) for locus in case.panel.loci)
    return replace(case, panel=replace(case.panel, loci=loci))


def test_a_name_with_a_line_end_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON], [pedigree(1, "P", *RELATIONS)])]))
    case = read_familias(tmp_path / "a.fam")
    (only,) = case.families
    assert "cannot hold the name" in refused(replace(case, families=(replace(only, id="F\n1"),)), tmp_path / "out.fam")


def test_an_existing_file_is_untouched_when_the_case_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "out.fam"
    path.write_text("before", encoding="utf-8")
    case = read_case_folder(write_texts(tmp_path / "case", FOLDER))
    with pytest.raises(InputError):
        write_familias(case, path)
    assert path.read_text(encoding="utf-8") == "before"


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.fam").write_text(DVI, encoding="utf-8")
    case = read_familias(tmp_path / "a.fam")
    with pytest.raises(InputError, match="Nothing could be written"):
        write_familias(case, tmp_path / "none" / "out.fam")
