from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.unit.formats.case_texts import (
    DATABASE,
    DVI,
    FAMILY,
    FULL,
    LISTED,
    PATERNITY,
    RELATIONS,
    SAMPLE,
    SON,
    WIFE,
    dvi_file,
    dvi_person,
    family,
    pedigree,
    what_went_wrong,
)

from homeward.core.errors import InputError, Problem
from homeward.formats.familias_reader import read_familias
from homeward.formats.frequency_rules import FrequencyPolicy
from homeward.genetics.case import Case
from homeward.genetics.mutation import MutationKind, MutationModel
from homeward.genetics.pedigree import Sex

Read = Callable[..., Case]
Refuse = Callable[..., str]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str, **options: FrequencyPolicy) -> Case:
        path = tmp_path / "toy.fam"
        path.write_bytes(text.encode("utf-8"))
        return read_familias(path, **options)

    return read_text


@pytest.fixture
def refuse(read: Read) -> Refuse:
    def problems(text: str) -> str:
        with pytest.raises(InputError) as caught:
            read(text)
        return what_went_wrong(caught.value)

    return problems


def line_of(text: str, wanted: str) -> int:
    return text.split("\n").index(wanted) + 1


def test_the_database_is_read_with_its_mutation_parameters_by_sex(read: Read) -> None:
    first, second = read(DVI).panel.loci
    assert first.alleles == ("9", "9.3", "10")
    assert first.frequencies.tolist() == [0.25, 0.25, 0.5]
    assert first.female_mutation == MutationModel(MutationKind.STEPWISE, 0.001, 0.1, 1e-6)
    assert first.male_mutation == MutationModel(MutationKind.STEPWISE, 0.002, 0.2, 1e-5)
    assert (first.database_size, first.dropout_probability) == (2500, 0.05)
    assert second.female_mutation == MutationModel(MutationKind.EQUAL)
    assert second.database_size is None


def test_samples_and_families_are_read(read: Read) -> None:
    case = read(DVI)
    assert case.title == "toy"
    assert case.samples.ids == ("V1",)
    assert case.sample_members == (("V1",),)
    assert case.samples.genotype(0, 0, case.panel) == ("9", "10")
    (only,) = case.families
    assert only.pedigree.ids == ("Wife", "Son", "Missing person")
    assert only.pedigree.parents.tolist() == [[-1, -1], [2, 0], [-1, -1]]
    assert case.missing_ids == ("Missing person",)


def test_the_listed_missing_without_relation_is_left_out_with_a_note(read: Read) -> None:
    case = read(DVI)
    assert "Missing female 1" not in case.families[0].pedigree.ids
    assert any("'Missing female 1' has no relation" in note for note in case.notes)


def test_the_sex_of_the_missing_person_follows_from_the_partner_not_from_the_listed_entry(read: Read) -> None:
    case = read(DVI)
    assert case.families[0].profiles.sex[2] == Sex.MALE
    assert any("'Missing person' is taken as male, because 'Wife'" in note for note in case.notes)


def test_a_missing_child_keeps_an_unknown_sex_and_a_note_says_so(read: Read) -> None:
    relations = (("Wife", "Missing person"), ("Wife", "Son"))
    case = read(dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON, LISTED], [pedigree(1, "P", *relations)])]))
    only = case.families[0]
    assert only.profiles.sex[only.pedigree.position("Missing person")] == Sex.UNKNOWN
    assert any("does not follow from the pedigree" in note for note in case.notes)


def test_two_parents_of_unknown_sex_get_roles_but_their_sex_stays_unknown(read: Read) -> None:
    partner = dvi_person(5, 1, "Partner", "Unknown", {})
    relations = (("Missing person", "Son"), ("Partner", "Son"))
    only = read(dvi_file([SAMPLE], [family(1, "F1", [partner, SON], [pedigree(1, "P", *relations)])])).families[0]
    assert only.pedigree.sex[[0, 2]].tolist() == [Sex.MALE, Sex.FEMALE]
    assert only.profiles.sex[[0, 2]].tolist() == [Sex.UNKNOWN, Sex.UNKNOWN]


def test_sexes_spread_through_chains_of_partners(read: Read) -> None:
    people = [WIFE, SON, dvi_person(5, 3, "Other", "Unknown", {}), dvi_person(5, 4, "Half", "Male", {})]
    relations = (*RELATIONS, ("Missing person", "Half"), ("Other", "Half"))
    only = read(dvi_file([SAMPLE], [family(1, "F1", people, [pedigree(1, "P", *relations)])])).families[0]
    assert only.profiles.sex[only.pedigree.position("Other")] == Sex.FEMALE


def test_of_two_pedigrees_the_second_is_used(read: Read) -> None:
    both = [pedigree(1, "Reference pedigree"), pedigree(2, "PED", *RELATIONS)]
    only = read(dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON], both)])).families[0]
    assert len(only.missing) == 1


def test_missing_people_of_one_name_are_called_by_family_and_name(read: Read) -> None:
    second = FAMILY.replace("Family 1", "Family 2").replace("Name= F1", "Name= F2")
    assert read(dvi_file([SAMPLE], [FAMILY, second])).missing_ids == ("F1/Missing person", "F2/Missing person")


def test_a_missing_person_with_the_name_of_a_sample_is_called_by_family_and_name(read: Read) -> None:
    sample = dvi_person(3, 1, "Missing person", "Male", FULL)
    assert read(dvi_file([sample], [FAMILY])).missing_ids == ("F1/Missing person",)


def test_hypotheses_are_read_with_extras_dropout_and_known_relations(read: Read) -> None:
    case = read(PATERNITY)
    father, uncle = case.hypotheses
    assert (father.name, uncle.name) == ("Father", "Uncle")
    assert father.pedigree.ids == ("Man", "Mother", "Child")
    assert father.pedigree.parents.tolist() == [[-1, -1], [-1, -1], [0, 1]]
    assert uncle.pedigree.ids[:5] == ("Man", "Mother", "Child", "extra female 1", "extra male 1")
    assert uncle.pedigree.parents[:3].tolist() == [[4, 3], [-1, -1], [4, 1]]
    assert father.profiles.genotype(0, 1, case.panel) == ("Rest allele", "Rest allele")
    assert father.profiles.dropout.tolist() == [[0, 0], [0, 0], [0.05, 0]]


def test_theta_is_read(read: Read) -> None:
    assert read(DVI.replace("Fst: 0 )", "Fst: 0.01 )")).panel.theta == 0.01


def test_decimal_commas_and_crlf_and_a_byte_order_mark_are_accepted(read: Read) -> None:
    text = "\ufeff" + DVI.replace("0.25", "0,25").replace("probability = 0.05", "probability = 0,05")
    case = read(text.replace("\n", "\r\n"))
    assert case.panel.loci[0].frequencies[0] == 0.25
    assert case.panel.loci[0].dropout_probability == 0.05


def test_the_blank_fourth_line_may_be_missing(read: Read) -> None:
    assert len(read(PATERNITY.replace('3.3.1\n""\n', "3.3.1\n")).hypotheses) == 2


def test_family_notes_and_direct_comparison_settings_become_notes(read: Read) -> None:
    text = dvi_file([SAMPLE], [FAMILY], notes="Ask the aunt\n").replace("Dropin= 0", "Dropin= 0.05")
    notes = read(text).notes
    assert "Note in the file on family F1: Ask the aunt" in notes
    assert any("Dropin= 0.05" in note for note in notes)


def test_a_stepwise_model_without_mutation_accepts_a_rest_allele(read: Read) -> None:
    text = DVI.replace('"L2"\n0\n0\n0\n0\n2\n0.1\n0.1', '"L2"\n0\n0\n2\n2\n2\n0\n0')
    assert not read(text).panel.loci[1].female_mutation.mutates


def test_a_file_with_nobody_missing_says_so_in_a_note(read: Read) -> None:
    case = read(dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON], [pedigree(1, "P", ("Wife", "Son"))])]))
    assert any("Nobody is missing" in note for note in case.notes)


def test_the_input_is_described_by_its_digest(read: Read) -> None:
    (described,) = read(DVI).inputs
    assert (described.name, described.n_bytes) == ("toy.fam", len(DVI.encode()))


# --- what is refused --------------------------------------------------------------------------------------


def test_a_stepwise_model_that_mutates_refuses_a_rest_allele(refuse: Refuse) -> None:
    text = DVI.replace('"L2"\n0\n0\n0\n0\n2', '"L2"\n0.001\n0.001\n2\n2\n2')
    assert "'Rest allele' is not a repeat number" in refuse(text)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no file"):
        read_familias(tmp_path / "none.fam")


@pytest.mark.parametrize("text", ["", "\n", "hello\nworld\n", "a,b,c\n1,2,3\n4,5,6\n7,8,9\n", "%PDF-1.7\n\n1 0 obj\n"])
def test_another_kind_of_file_is_refused(refuse: Refuse, text: str) -> None:
    assert "Name a Familias 3 file" in refuse(text)


def test_another_version_is_refused(refuse: Refuse) -> None:
    assert "Familias version 2" in refuse(DVI.replace("3.3.1 (DVI)", "2.1.4"))


def test_bytes_that_are_not_utf8_are_refused_with_line_and_offset(tmp_path: Path) -> None:
    path = tmp_path / "latin.fam"
    content = DVI.replace("Name= Wife", "Name= Åse").encode("latin-1")
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_familias(path)
    problem = caught.value.problems[0]
    assert f"byte {content.index(0xC5)} " in problem.what
    assert problem.where == f"latin.fam line {line_of(DVI, 'Name= Wife')}"
    assert "UTF-8" in problem.fix


def test_an_oversized_file_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("homeward.formats.source_text.MAX_BYTES", 100)
    with pytest.raises(InputError, match="at most"):
        read(DVI)


@pytest.mark.parametrize("text", [DVI, PATERNITY])
def test_a_file_cut_off_within_its_data_is_refused_wherever_it_ends(refuse: Refuse, text: str) -> None:
    lines = text.split("\n")
    end = lines.index("[Prior]") if "[Prior]" in lines else lines.index("[Advanced]")
    for n in range(end):
        assert refuse("\n".join(lines[:n])), f"cut before line {n + 1}"


def test_a_file_cut_off_names_what_should_follow(refuse: Refuse) -> None:
    text = DVI[: DVI.index("[[Notes]]")].rsplit("\n", 2)[0] + "\n"
    assert "The file ends where 'Allele2=' should follow" in refuse(text)


def test_an_absurd_count_is_refused_without_reading_on(refuse: Refuse) -> None:
    assert "only" in refuse(DVI.replace("nPersons= 1", "nPersons= 999999999999999"))
    assert "999999999999" in refuse(PATERNITY.replace('""\n3\n', '""\n999999999999\n'))


@pytest.mark.parametrize(
    ("old", "new"),
    [("nPersons= 3", "nPersons= 2"), ("nPedigrees= 2", "nPedigrees= 1"), ("nRelations= 2", "nRelations= 1")],
)
def test_a_count_that_is_too_low_is_refused(refuse: Refuse, old: str, new: str) -> None:
    assert "toy.fam line" in refuse(DVI.replace(old, new))


def test_an_unknown_section_and_an_unknown_key_are_named_with_their_lines(refuse: Refuse) -> None:
    text = DVI.replace("[Prior]\n", "[Blind search]\nMode= 3\n[Prior]\nColour= red\n")
    problems = refuse(text)
    assert f"line {line_of(text, '[Blind search]')}" in problems
    assert "'Colour=' is not known in [Prior]" in problems
    assert f"line {line_of(text, 'Colour= red')}" in problems


def test_stored_results_and_several_databases_are_refused(refuse: Refuse) -> None:
    assert "stored results" in refuse(DVI.replace("#FALSE# (#Databases", "#TRUE# (#Databases"))
    assert "2 databases" in refuse(DVI.replace("#Databases: 1", "#Databases: 2"))


def test_twins_are_refused_by_pedigree_and_line(refuse: Refuse) -> None:
    text = PATERNITY.replace('"Father"\n0\n0\n1\n0\n2', '"Father"\n0\n0\n1\n0 Direct\n2')
    problems = refuse(text)
    assert "identity or twins" in problems
    assert f"line {line_of(text, '0 Direct')}, pedigree Father" in problems


def test_a_silent_allele_counts_in_the_sum_of_the_frequencies(refuse: Refuse) -> None:
    text = DVI.replace("4\n4\n3\n", "4\n4\n4\n", 1).replace("#FALSE#\n0\n3\t", "#TRUE#\n0.02\n3\t")
    assert "line 15, locus L1: The frequencies sum to 1.02 with the silent allele" in refuse(text)


def test_a_third_pedigree_is_refused_by_name(refuse: Refuse) -> None:
    third = [pedigree(1, "A"), pedigree(2, "B", *RELATIONS), pedigree(3, "C", ("Wife", "Son"))]
    assert "'C' is one too many" in refuse(dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON], third)]))


def test_an_own_ancestor_is_refused(refuse: Refuse) -> None:
    relations = (("Missing person", "Son"), ("Son", "Missing person"))
    assert "their own ancestor" in refuse(dvi_file([SAMPLE], [family(1, "F1", [SON], [pedigree(1, "P", *relations)])]))


def test_two_parents_of_one_sex_are_refused(refuse: Refuse) -> None:
    father = dvi_person(5, 1, "Wife", "Male", {})
    uncle = dvi_person(5, 3, "Uncle", "Male", {})
    relations = (("Uncle", "Son"), ("Wife", "Son"), ("Missing person", "Uncle"))
    text = dvi_file([SAMPLE], [family(1, "F1", [father, SON, uncle], [pedigree(1, "P", *relations)])])
    assert "Both parents of 'Son', 'Uncle' and 'Wife', would be the father" in refuse(text)


def test_a_third_parent_is_refused(refuse: Refuse) -> None:
    relations = (*RELATIONS, ("Missing female 1", "Son"))
    text = dvi_file([SAMPLE], [family(1, "F1", [WIFE, SON, LISTED], [pedigree(1, "P", *relations)])])
    assert "more than two parents" in refuse(text)


def test_two_mothers_in_the_main_section_are_refused(refuse: Refuse) -> None:
    text = PATERNITY.replace('"Man"\n#FALSE#\n-1\n#FALSE#\n#TRUE#', '"Man"\n#FALSE#\n-1\n#FALSE#\n#FALSE#')
    assert "'Child' has two mothers" in refuse(text)


def test_an_allele_without_frequency_offers_the_minimum_frequency_rule(refuse: Refuse) -> None:
    problems = refuse(DVI.replace("Allele1= 9\n", "Allele1= 8\n"))
    assert "Allele 8 has no frequency at locus L1" in problems
    assert "person V1" in problems
    assert "--minimum-frequency" in problems


def test_the_minimum_frequency_rule_is_used_when_asked_for_and_noted(read: Read) -> None:
    case = read(DVI.replace("Allele1= 9\n", "Allele1= 8\n"), frequencies=FrequencyPolicy(minimum=0.25))
    locus = case.panel.loci[0]
    assert locus.alleles == ("9", "9.3", "10", "8")
    assert np.allclose(locus.frequencies, [0.2, 0.2, 0.4, 0.2], rtol=1e-15)
    assert any("Locus L1" in note and "allele 8" in note and "0.25" in note for note in case.notes)


def test_the_minor_allele_frequency_of_the_file_serves_as_minimum(read: Read) -> None:
    text = DVI.replace("Allele1= 9\n", "Allele1= 8\n").replace(
        "0.05 , Minor allele frequency = 0", "0.05 , Minor allele frequency = 0.1"
    )
    assert read(text).panel.loci[0].frequencies[3] == pytest.approx(0.1 / 1.1, rel=1e-15)


def test_frequencies_that_do_not_sum_to_one_are_refused_or_rescaled(read: Read, refuse: Refuse) -> None:
    text = DVI.replace('"10"\n0.5', '"10"\n0.75')
    assert "The frequencies sum to 1.25, not to 1" in refuse(text)
    assert "--rescale-frequencies" in refuse(text)
    case = read(text, frequencies=FrequencyPolicy(rescale=True))
    assert case.panel.loci[0].frequencies.tolist() == [0.2, 0.2, 0.6]
    assert any("rescaled" in note for note in case.notes)


def test_frequencies_within_the_tolerance_are_left_as_they_are(read: Read) -> None:
    case = read(DVI.replace('"10"\n0.5', '"10"\n0.50005'))
    assert case.panel.loci[0].frequencies[2] == 0.50005
    assert not any("rescaled" in note for note in case.notes)


def test_one_allele_and_three_alleles_are_refused(refuse: Refuse) -> None:
    assert "one allele only (9)" in refuse(DVI.replace("Allele2= 10\n", "Allele2=\n", 1))
    assert "more than two alleles" in refuse(DVI.replace("Allele2= 10\n", "Allele2= 10\nAllele3= 9.3\n", 1))


def test_duplicates_are_refused(refuse: Refuse) -> None:
    doubled = DATABASE.replace('"L2"', '"L1"').replace('"9.3"', '"9"')
    problems = refuse(dvi_file([SAMPLE, SAMPLE], [family(1, "F1", [WIFE, WIFE], []), FAMILY], database=doubled))
    for text in ("Sample V1 is listed twice", "'Wife' is listed twice", "Family F1 is listed twice"):
        assert text in problems
    assert "Allele 9 is listed twice" in problems
    assert "The locus L1 is listed twice" in problems


def test_a_locus_listed_twice_for_one_person_is_refused(refuse: Refuse) -> None:
    assert "Locus L1 is listed twice" in refuse(DVI.replace("SystemName= L2", "SystemName= L1"))


def test_a_sample_without_a_locus_of_the_panel_is_refused(refuse: Refuse) -> None:
    problems = refuse(dvi_file([dvi_person(3, 1, "V1", "Male", {"L9": ("1", "1")})], [FAMILY]))
    assert "Locus L9 is not in the frequency database" in problems
    assert "Sample V1 is typed on no locus" in problems


def test_a_missing_person_with_a_profile_is_refused(refuse: Refuse) -> None:
    typed = dvi_person(5, 1, "Missing person", "Male", FULL)
    assert "has a profile" in refuse(
        dvi_file([SAMPLE], [family(1, "F1", [typed, SON], [pedigree(1, "P", *RELATIONS)])])
    )


def test_an_empty_case_is_refused(refuse: Refuse) -> None:
    assert "The case is empty" in refuse(dvi_file([SAMPLE], []))


@pytest.mark.parametrize("frequency", ["-0.25", "0", "25"])
def test_a_frequency_outside_its_range_is_refused_with_its_line(refuse: Refuse, frequency: str) -> None:
    text = DVI.replace('"9"\n0.25', f'"9"\n{frequency}')
    assert f"toy.fam line {line_of(text, chr(34) + '9' + chr(34))}, locus L1, allele 9: Frequency" in refuse(text)


@pytest.mark.parametrize("number", ["abc", "nan", "inf", "1e999", "0x1", "1_0", "٣"])
def test_what_is_not_a_finite_number_is_refused(refuse: Refuse, number: str) -> None:
    assert f"'{number}' is not a number" in refuse(DVI.replace('"9"\n0.25', f'"9"\n{number}'))


def test_an_unknown_sex_word_is_refused(refuse: Refuse) -> None:
    assert "The sex 'Man' is not known" in refuse(DVI.replace("Gender= Male", "Gender= Man", 1))


def test_every_problem_of_a_file_is_listed_at_once(refuse: Refuse) -> None:
    text = (
        DVI.replace('"10"\n0.5', '"10"\n0.75')
        .replace("Allele1= 5", "Allele1= 6", 1)
        .replace("Gender= Male", "Gender= M", 1)
    )
    problems = refuse(text)
    for part in ("sum to 1.25", "Allele 6 has no frequency", "The sex 'M'"):
        assert part in problems


def test_a_broken_layout_does_not_hide_what_was_wrong_before_it(refuse: Refuse) -> None:
    problems = refuse(DVI.replace('"10"\n0.5', '"10"\n0.75').replace("[[[[Persons]]]]", "[[[[People]]]]"))
    assert "sum to 1.25" in problems
    assert "[[[[Persons]]]]" in problems


@pytest.mark.parametrize("seed", range(100))
def test_damage_to_any_lines_gives_a_case_or_a_list_of_problems_never_another_error(read: Read, seed: int) -> None:
    rng = random.Random(seed)
    lines = rng.choice([DVI, PATERNITY]).split("\n")
    for _ in range(3):
        at = rng.randrange(len(lines))
        damage = ["-1", "99", '""', "abc", "#TRUE#", "[[X]]", "Name= ", "nPersons= 7", "=", lines[at][:2]]
        lines[at : at + rng.randint(0, 1)] = [rng.choice(damage)] if rng.random() < 0.7 else []
    problems: tuple[Problem, ...] = ()
    try:
        read("\n".join(lines))
    except InputError as error:
        problems = error.problems
    assert all(problem.what and problem.where and problem.fix for problem in problems)
