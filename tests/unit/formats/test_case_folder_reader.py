from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from tests.unit.formats.case_texts import FOLDER, KINSHIP, what_went_wrong, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.frequency_rules import FrequencyPolicy
from homeward.genetics.case import Case
from homeward.genetics.mutation import MutationKind, MutationModel, MutationTransform
from homeward.genetics.pedigree import Sex

Read = Callable[..., Case]
Refuse = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_texts(changes: Mapping[str, str] | None = None, texts: Mapping[str, str] = FOLDER) -> Case:
        return read_case_folder(write_texts(tmp_path / "toy", texts, changes))

    return read_texts


@pytest.fixture
def refuse(read: Read) -> Refuse:
    def problems(changes: Mapping[str, str], texts: Mapping[str, str] = FOLDER) -> str:
        with pytest.raises(InputError) as caught:
            read(changes, texts)
        return what_went_wrong(caught.value)

    return problems


def more(name: str, text: str) -> dict[str, str]:
    return {name: FOLDER[name] + text}


def test_a_folder_is_read(read: Read) -> None:
    case = read()
    assert (case.title, case.panel.database) == ("Toy", "Toy database")
    assert case.panel.names == ("L1", "L2")
    assert case.panel.loci[0].female_mutation == MutationModel(MutationKind.STEPWISE, 0.001)
    assert case.panel.loci[0].chromosome == "3"
    assert case.samples.ids == ("S1", "S2")
    assert case.samples.genotype(1, 0, case.panel) == ("9", "9.3")
    assert case.samples.genotype(1, 1, case.panel) is None
    assert case.samples.dropout.tolist() == [[0, 0], [0.1, 0]]
    assert case.missing_ids == ("Lost",)
    assert case.sites == (("S1", "Pit 1"),)
    assert [described.name for described in case.inputs] == [
        "case.toml", "frequencies.csv", "loci.csv", "people.csv", "samples.csv", "profiles.csv",
    ]  # fmt: skip


def test_a_blank_sex_follows_from_the_role_and_a_written_unknown_stays(read: Read) -> None:
    assert read().families[0].profiles.sex.tolist() == [Sex.FEMALE, Sex.MALE, Sex.MALE, Sex.UNKNOWN]
    changes = {"people.csv": FOLDER["people.csv"].replace("F1,Lost,,,,", "F1,Lost,,,unknown,")}
    assert read(changes).families[0].profiles.sex[1] == Sex.UNKNOWN


@pytest.mark.parametrize("separator", [";", "\t"])
def test_semicolons_and_tabs_separate_too(read: Read, separator: str) -> None:
    changes = {name: text.replace(",", separator) for name, text in FOLDER.items() if name.endswith(".csv")}
    if separator == ";":
        changes["frequencies.csv"] = changes["frequencies.csv"].replace("0.25", "0,25")
    assert read(changes).panel.loci[0].frequencies.tolist() == [0.25, 0.25, 0.5]


def test_blank_lines_crlf_and_a_byte_order_mark_are_accepted(read: Read) -> None:
    text = "\ufeff\n" + FOLDER["samples.csv"].replace("\n", "\r\n") + "\r\n,,,,\r\n"
    assert read({"samples.csv": text}).samples.ids == ("S1", "S2")


def test_the_title_is_the_name_of_the_folder_without_settings(read: Read) -> None:
    assert read(texts={name: text for name, text in FOLDER.items() if name != "case.toml"}).title == "toy"


def test_mutation_models_may_differ_by_sex(read: Read) -> None:
    loci = (
        "locus,mutation_model,female_mutation_rate,male_mutation_rate,male_mutation_model\n"
        "L1,stepwise,0.001,0.002,stepwise-stationary\n"
    )
    locus = read({"loci.csv": loci}).panel.loci[0]
    assert locus.female_mutation == MutationModel(MutationKind.STEPWISE, 0.001)
    assert locus.male_mutation == MutationModel(MutationKind.STEPWISE, 0.002, transform=MutationTransform.STATIONARY)


def test_custom_matrices_are_read_in_the_order_of_the_alleles(read: Read) -> None:
    changes = {
        "loci.csv": "locus,mutation_model\nL2,custom\n",
        "mutation_matrices.csv": "locus,sex,from,to,probability\n"
        "L2,both,Rest allele,Rest allele,1\nL2,female,5,5,0.9\nL2,female,5,Rest allele,0.1\nL2,male,5,5,1\n",
    }
    locus = read(changes).panel.loci[1]
    assert locus.female_mutation.matrix == ((0.9, 0.1), (0.0, 1.0))
    assert locus.male_mutation.matrix == ((1.0, 0.0), (0.0, 1.0))


def test_samples_of_one_remains_group_become_one_individual(read: Read) -> None:
    changes = {
        "samples.csv": "sample,sex,remains_group,dropout\nS1,m,G,0.2\nS2,,G,0.1\n",
        "profiles.csv": FOLDER["profiles.csv"].replace("S2,L1,9,9.3", "S2,L1,10,9"),
    }
    case = read(changes)
    assert case.samples.ids == ("G",)
    assert case.sample_members == (("S1", "S2"),)
    assert case.samples.typed.all()
    assert case.samples.sex.tolist() == [Sex.MALE]
    assert case.samples.dropout.tolist() == [[0.1, 0.2]]
    assert any("S1, S2 are taken as one individual" in note for note in case.notes)


def test_a_remains_group_may_own_the_profile(read: Read) -> None:
    changes = {
        "samples.csv": "sample,remains_group\nS1,G\nS2,G\n",
        "profiles.csv": "owner,locus,allele1,allele2\nG,L1,9,10\nSon,L1,9,10\n",
    }
    assert read(changes).samples.genotype(0, 0, read(changes).panel) == ("9", "10")


def test_a_donor_of_several_families_has_one_profile(read: Read) -> None:
    case = read(more("people.csv", "F2,Son,,,male,\nF2,Lost,Son,,,missing\n"))
    first, second = case.families
    assert np.array_equal(
        first.profiles.alleles[first.profiles.position("Son")], second.profiles.alleles[second.profiles.position("Son")]
    )
    assert case.missing_ids == ("F1/Lost", "F2/Lost")
    assert any("one donor" in note for note in case.notes)


def test_a_profile_may_name_its_family(read: Read) -> None:
    changes = more("people.csv", "F2,Son,,,male,\n") | {
        "profiles.csv": "owner,locus,allele1,allele2,family\nS1,L1,9,9,\nS2,L1,9,9,\nSon,L1,9,9,F1\nSon,L1,10,10,F2\n"
    }
    case = read(changes)
    assert case.families[1].profiles.genotype(0, 0, case.panel) == ("10", "10")


def test_a_kinship_case_has_hypotheses_in_file_order_with_priors(read: Read) -> None:
    case = read(texts=KINSHIP)
    assert [(h.name, h.prior) for h in case.hypotheses] == [("Father", 1.0), ("Unrelated", 3.0)]
    assert case.hypotheses[0].pedigree.parents[1, 0] == 0
    assert len(case.families) == len(case.samples) == 0


def test_the_minimum_frequency_of_a_locus_is_used_and_noted(read: Read) -> None:
    changes = more("profiles.csv", "Wife,L1,8,9\n") | {"loci.csv": "locus,minimum_frequency\nL1,0.25\n"}
    case = read(changes)
    assert case.panel.loci[0].frequencies == pytest.approx([0.2, 0.2, 0.4, 0.2], rel=1e-15)
    assert any("allele 8 had no frequency" in note for note in case.notes)


# --- what is refused --------------------------------------------------------------------------------------


def test_an_own_ancestor_is_refused(refuse: Refuse) -> None:
    changes = {"people.csv": "family,person,father,mother\nF1,Son,Lost,\nF1,Lost,Son,\n"}
    assert "their own ancestor" in refuse(changes)


def test_a_mother_recorded_male_is_refused_with_the_line_of_the_child(refuse: Refuse) -> None:
    changes = {"people.csv": FOLDER["people.csv"].replace("Wife,,,female", "Wife,,,male")}
    assert "people.csv line 4, family F1, person Son: The mother 'Wife' is recorded as male." in refuse(changes)


def test_a_parent_without_a_line_is_refused(refuse: Refuse) -> None:
    assert "The father 'Ghost' has no line" in refuse(more("people.csv", "F1,Nephew,Ghost,,,\n"))


def test_an_allele_without_frequency_is_refused_with_the_rule_on_offer(refuse: Refuse) -> None:
    problems = refuse(more("profiles.csv", "Wife,L1,8,9\n"))
    assert "profiles.csv line 7, Wife, locus L1" in problems
    assert "--minimum-frequency" in problems


def test_frequencies_that_do_not_sum_to_one_are_refused(refuse: Refuse) -> None:
    problems = refuse({"frequencies.csv": FOLDER["frequencies.csv"].replace("L1,10,0.5", "L1,10,0.4")})
    assert "sum to 0.9" in problems
    assert "--rescale-frequencies" in problems


def test_one_allele_is_refused(refuse: Refuse) -> None:
    assert "profiles.csv line 7, Wife, locus L1: There is one allele only (9)" in refuse(
        more("profiles.csv", "Wife,L1,9,\n")
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('Wife,L1,"9,9.3,10",\n', "'9,9.3,10' holds more than one allele"),
        ("Wife,L1,9,9.3,10\n", "A genotype has two alleles."),
        ("Son,L1,9,9\n", "Son has a second line for locus L1"),
    ],
)
def test_three_alleles_are_refused(refuse: Refuse, line: str, said: str) -> None:
    assert said in refuse(more("profiles.csv", line))


def test_duplicates_are_refused_all_at_once(refuse: Refuse) -> None:
    changes = (
        more("samples.csv", "S1,,,,\n")
        | more("people.csv", "F1,Son,,,,\n")
        | more("loci.csv", "L1,,,\n")
        | more("frequencies.csv", "L1,9,0.1\n")
    )
    problems = refuse(changes)
    assert "samples.csv line 4: Sample S1 is listed twice" in problems
    assert "'Son' is listed twice in family F1" in problems
    assert "The locus L1 is listed twice" in problems
    assert "Allele 9 is listed twice" in problems


def test_a_sample_without_a_profile_is_refused(refuse: Refuse) -> None:
    problems = refuse(more("samples.csv", "S3,,,,\nS4,,,,\n") | more("profiles.csv", "S4,L9,1,1\n"))
    assert "Sample S3 is typed on no locus of the panel" in problems
    assert "Sample S4 is typed on no locus of the panel" in problems
    assert "Locus L9 is not in the panel" in problems


def test_samples_of_one_group_that_disagree_are_refused_by_name_locus_and_genotypes(refuse: Refuse) -> None:
    problems = refuse({"samples.csv": "sample,sex,remains_group\nS1,m,G\nS2,f,G\n"})
    assert "Remains group G has two genotypes at locus L1: 9/10" in problems
    assert "9/9.3 (S2)" in problems
    assert "male and as female" in problems


def test_a_case_without_families_is_refused(refuse: Refuse) -> None:
    changes = {"people.csv": "family,person\n", "profiles.csv": "owner,locus,allele1,allele2\nS1,L1,9,9\nS2,L1,9,9\n"}
    assert "The case is empty" in refuse(changes)


@pytest.mark.parametrize("name", ["frequencies.csv", "people.csv", "samples.csv", "profiles.csv"])
def test_an_empty_table_is_refused(refuse: Refuse, name: str) -> None:
    assert f"{name}: The table is empty" in refuse({name: ""})


@pytest.mark.parametrize("name", ["frequencies.csv", "people.csv", "samples.csv", "profiles.csv"])
def test_a_missing_table_is_refused(refuse: Refuse, name: str) -> None:
    assert f"There is no file '{name}'" in refuse({}, {key: text for key, text in FOLDER.items() if key != name})


def test_bytes_that_are_not_utf8_are_refused_along_with_other_problems(tmp_path: Path) -> None:
    folder = write_texts(tmp_path / "toy", FOLDER, {"case.toml": "colour = 1\n"})
    (folder / "people.csv").write_bytes(FOLDER["people.csv"].replace("Wife", "Åse").encode("latin-1"))
    with pytest.raises(InputError) as caught:
        read_case_folder(folder)
    problems = what_went_wrong(caught.value)
    assert "people.csv line 2: The file is not UTF-8 text" in problems
    assert "The setting 'colour' is not known" in problems


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("frequencies.csv", "L3,1,abc\n", "The frequency 'abc' is not a number"),
        (
            "frequencies.csv",
            "L3,1,-0.5\n",
            "line 7, locus L3, allele 1: Frequency -0.5 is outside (0, 1]",
        ),
        ("frequencies.csv", "L3,1,inf\n", "The frequency 'inf' is not a number"),
        ("frequencies.csv", ",1,1\n", "The locus is blank"),
        ("people.csv", "F1,X,,,,boss\n", "The role 'boss' is not known"),
        ("people.csv", "F1,X,,,man,\n", "The sex 'man' is not known"),
        ("samples.csv", "S3,,,,1.5\n", "The dropout 1.5 is outside [0, 1)"),
        ("loci.csv", "L9,,,\n", "The locus L9 has no allele frequencies"),
        ("loci.csv", "L2,,magic,\n", "The mutation model 'magic' is not known"),
        ("profiles.csv", "Ghost,L1,9,9\n", "'Ghost' is neither a sample nor a person"),
        ("profiles.csv", "Lost,L1,9,9\n", "'Lost' is missing but has a profile"),
        ("profiles.csv", 'Wife,L1,"9"x,9\n', "cannot be read from here on"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused(refuse: Refuse, name: str, line: str, said: str) -> None:
    text = FOLDER[name].replace("L2,,equal,0.002\n", "") if name == "loci.csv" else FOLDER[name]
    problems = refuse({name: text + line})
    assert said in problems


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("title = ", "This is not TOML"),
        ("title = 3", "The title is not text"),
        ('kind = "guess"', "The kind 'guess' is not known"),
        ("theta = 1.0", "Theta 1.0"),
        ("theta = nan", "Theta nan"),
        ('synthetic = "yes"', "neither true nor false"),
        ("priors = 3", "not a table"),
        ("[priors]\nF1 = -1", "not a number of 0 or more"),
        ("[priors]\nF1 = 1", 'Priors belong to a case of kind "kinship"'),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(refuse: Refuse, settings: str, said: str) -> None:
    assert said in refuse({"case.toml": settings})


def test_an_unknown_column_is_refused_with_the_known_ones(refuse: Refuse) -> None:
    problems = refuse({"samples.csv": FOLDER["samples.csv"].replace("site", "place")})
    assert "The column 'place' is not known" in problems
    assert "remains_group, site, dropout" in problems


def test_a_missing_column_is_refused(refuse: Refuse) -> None:
    assert "The column 'frequency' is missing" in refuse({"frequencies.csv": "locus,allele\nL1,9\n"})


def test_a_table_of_an_unknown_name_is_refused(refuse: Refuse) -> None:
    assert "'profile.csv' is not part of a case folder" in refuse({"profile.csv": "x"})


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a case folder"):
        read_case_folder(tmp_path)


def test_a_rate_without_a_model_and_a_model_without_a_rate_are_refused(refuse: Refuse) -> None:
    problems = refuse({"loci.csv": "locus,mutation_model,mutation_rate\nL1,,0.001\nL2,equal,\n"})
    assert "There is a mutation rate, but the model is 'none'" in problems
    assert "The mutation model 'equal' has no rate" in problems


def test_a_custom_matrix_that_does_not_fit_is_refused(refuse: Refuse) -> None:
    changes = {
        "loci.csv": "locus,mutation_model\nL2,custom\n",
        "mutation_matrices.csv": "locus,sex,from,to,probability\nL2,both,5,5,0.5\nL2,both,7,7,1\nL1,both,9,9,1\n",
    }
    problems = refuse(changes)
    assert "The probabilities from allele 5 sum to 0.5" in problems
    assert "Allele 7 has no frequency" in problems
    assert "is 'none', not 'custom'" in problems


def test_a_kinship_case_that_does_not_fit_together_is_refused(refuse: Refuse) -> None:
    changes = {
        "people.csv": "family,person,father,sex,role\nFather,Man,,m,\nFather,Child,Man,f,missing\nUnrelated,Man,,m,\n",
        "case.toml": 'kind = "kinship"\n[priors]\nFather = 1\nUncle = 1\n',
        "samples.csv": "sample\nS1\n",
    }
    problems = refuse(changes, KINSHIP)
    for part in (
        "'Child' has a profile but is not in hypothesis 'Unrelated'",
        "Nobody is missing in a case of kind",
        "There is no hypothesis 'Uncle'",
        "Hypothesis 'Unrelated' has no prior",
        "There are samples",
    ):
        assert part in problems


def test_an_owner_who_is_sample_and_person_is_refused(refuse: Refuse) -> None:
    assert "'S1' is a sample and a person" in refuse(more("people.csv", "F1,S1,,,,\n"))


def test_a_group_named_after_a_sample_outside_it_is_refused(refuse: Refuse) -> None:
    assert "has the name of a sample that is not in it" in refuse({"samples.csv": "sample,remains_group\nS1,\nS2,S1\n"})


def test_frequencies_are_rescaled_when_asked_for(tmp_path: Path) -> None:
    changes = {"frequencies.csv": FOLDER["frequencies.csv"].replace("L1,10,0.5", "L1,10,0.75")}
    folder = write_texts(tmp_path / "toy", FOLDER, changes)
    case = read_case_folder(folder, frequencies=FrequencyPolicy(rescale=True))
    assert case.panel.loci[0].frequencies.tolist() == [0.2, 0.2, 0.6]


def test_headings_in_other_words_are_understood(read: Read) -> None:
    loci = (
        "Locus,Chromosome,Model,Rate female,male-rate,Range,rate2\nL1,3,stepwise,0.001,0.002,0.2,0.0001\nL2,,none,,,,\n"
    )
    case = read({"loci.csv": loci})
    locus = case.panel.loci[0]
    assert locus.female_mutation == MutationModel(MutationKind.STEPWISE, 0.001, 0.2, 0.0001)
    assert locus.male_mutation == MutationModel(MutationKind.STEPWISE, 0.002, 0.2, 0.0001)


def test_models_and_transforms_of_mutation_are_read_by_sex(read: Read) -> None:
    loci = (
        "locus,mutation_model,mutation_rate,mutation_transform,male_mutation_transform,male_mutation_model\n"
        "L1,equal,0.001,MH,,\nL2,equal,0.002,,barker,proportional\n"
    )
    first, second = read({"loci.csv": loci}).panel.loci
    model = MutationModel(MutationKind.EQUAL, 0.001, transform=MutationTransform.METROPOLIS_HASTINGS)
    assert (first.female_mutation, first.male_mutation) == (model, model)
    assert second.female_mutation == MutationModel(MutationKind.EQUAL, 0.002)
    assert second.male_mutation == MutationModel(MutationKind.PROPORTIONAL, 0.002, transform=MutationTransform.BARKER)


def test_models_and_transforms_that_are_not_known_or_do_not_fit_are_named_at_once(refuse: Refuse) -> None:
    said = refuse(
        {
            "loci.csv": "locus,mutation_model,mutation_rate,mutation_transform\n"
            "L1,twostep,0.001,MX\nL2,stepwise-stationary,0.002,barker\n"
        }
    )
    assert "line 2, locus L1: The mutation transform 'mx' is not known. Write one of: none, stationary," in said
    assert "line 2, locus L1: The mutation model 'twostep' is not known. Write one of: none, equal, " in said
    assert "line 3, locus L2: The model is 'stepwise-stationary', but the transform is 'barker'." in said


def test_every_allele_that_a_ladder_cannot_place_is_named_with_its_locus(refuse: Refuse) -> None:
    said = refuse({"loci.csv": "locus,mutation_model,mutation_rate\nL1,onestep,0.001\nL2,onestep,0.001\n"})
    assert "locus L1" in said
    assert "Allele '9.3' is not a whole number of repeats, so the one-step model cannot place it." in said


def test_options_are_read_as_written_and_what_is_neither_text_nor_number_is_refused(read: Read, refuse: Refuse) -> None:
    case = read(more("case.toml", '\n[options]\nsex = "ignore"\nmin_loci = 2\nsex_error = 0.05\n'))
    assert case.options == (("sex", "ignore"), ("min_loci", 2), ("sex_error", 0.05))
    said = refuse(more("case.toml", "\n[options]\nmin_loci = [2]\nsex = true\n"))
    assert "case.toml, options, min_loci" in said
    assert "case.toml, options, sex" in said
    assert "The options are not a table." in refuse(more("case.toml", "options = 3\n"))
