"""X-linked loci, twins, silent alleles, drop-in and unread alleles in a case folder, and names that are no alleles."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.formats.case_texts import FOLDER, KINSHIP, assert_same_case, what_went_wrong, write_texts

from homeward.core.errors import InputError
from homeward.formats.case_folder_reader import read_case_folder
from homeward.formats.case_folder_writer import write_case_folder
from homeward.formats.familias_reader import read_familias
from homeward.formats.familias_writer import write_familias
from homeward.formats.frequency_rules import FrequencyPolicy
from homeward.genetics.case import Case

Texts = dict[str, str]
Read = Callable[..., Case]
Refuse = Callable[..., str]

LOCI = "locus,chromosome,silent_frequency\n"
TWINS = "family,person,father,mother,sex,role,twins\n"


def relatives(*lines: str) -> str:
    """Return people.csv with a missing man, his wife, and some children of theirs."""
    parents = "F1,Lost,,,m,missing,\nF1,Wife,,,f,none,\n"
    return TWINS + parents + "".join(f"F1,{line}\n" for line in lines)


def typed(*lines: str) -> str:
    return "owner,locus,allele1,allele2,dropout,dropin\nS1,L2,5,5,,\nS2,L2,5,5,,\n" + "".join(
        f"{line}\n" for line in lines
    )


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_texts(changes: Texts, texts: Texts = FOLDER, **options: FrequencyPolicy) -> Case:
        return read_case_folder(write_texts(tmp_path / "toy", texts, changes), **options)

    return read_texts


@pytest.fixture
def refuse(read: Read) -> Refuse:
    def problems(changes: Texts, texts: Texts = FOLDER, **options: FrequencyPolicy) -> str:
        with pytest.raises(InputError) as caught:
            read(changes, texts, **options)
        return what_went_wrong(caught.value)

    return problems


SEEN_IN_MANY_WAYS = {
    "frequencies.csv": FOLDER["frequencies.csv"].replace("L1,10,0.5", "L1,10,0.49"),
    "loci.csv": LOCI + "L1,3,0.01\nL2,chrX,\n",
    "people.csv": relatives("Son,Lost,Wife,m,reference,a", "Twin,Lost,Wife,m,reference,a", "Aunt,,,f,,"),
    "samples.csv": "sample,sex,drop-in\nS1,m,0.02\nS2,f,\n",
    "profiles.csv": typed(
        "S1,L1,9,?,0.1,", "S2,L1,silent,Silent,,", "Son,L1,-,9,,", "Son,L2,5,,,", "Twin,L1,9,10,,0.05", "Twin,L2,5,5,,"
    ),
}


def test_every_kind_of_observation_is_read(read: Read) -> None:
    case = read(SEEN_IN_MANY_WAYS)
    first, second = case.panel.loci
    assert (first.silent_frequency, first.silent_code, second.is_x_linked) == (0.01, 3, True)
    assert case.samples.genotype(0, 0, case.panel) == ("9", "?")
    assert case.samples.genotype(1, 0, case.panel) == ("silent", "silent")
    assert case.samples.dropin.tolist() == [[0.02, 0.02], [0, 0]]
    assert case.samples.dropout.tolist() == [[0.1, 0], [0, 0]]
    (family,) = case.families
    son, twin = (family.pedigree.position(name) for name in ("Son", "Twin"))
    assert family.pedigree.twins == ((son, twin),)
    assert family.profiles.genotype(son, 0, case.panel) == ("9", "?")
    assert family.profiles.genotype(son, 1, case.panel) == ("5", "5")
    assert family.profiles.dropin[twin].tolist() == [0.05, 0]


@pytest.mark.parametrize("parquet", [False, True])
def test_every_kind_of_observation_is_written_as_it_was_read(read: Read, tmp_path: Path, parquet: bool) -> None:
    case = read(SEEN_IN_MANY_WAYS)
    write_case_folder(case, tmp_path / "again", parquet=parquet)
    assert_same_case(read_case_folder(tmp_path / "again"), case)


def test_the_unnamed_parent_of_twins_is_written_as_it_was_read(read: Read, tmp_path: Path) -> None:
    people = TWINS + "F1,Lost,,,m,missing,\nF1,Son,Lost,,m,reference,a\nF1,Twin,Lost,,m,none,a\n"
    case = read({"people.csv": people})
    assert len(case.families[0].pedigree) == 4
    write_case_folder(case, tmp_path / "again")
    assert_same_case(read_case_folder(tmp_path / "again"), case)


def test_twins_with_different_genotypes_are_refused_with_the_locus_and_both(refuse: Refuse) -> None:
    people = relatives("Son,Lost,Wife,m,reference,a", "Twin,Lost,Wife,m,reference,a")
    problems = refuse({"people.csv": people, "profiles.csv": typed("Son,L1,9,10,,", "Twin,L1,9,9,,")})
    assert "The twins Son and Twin have different genotypes at locus L1: 9/10 and 9/9" in problems
    assert "profiles.csv line 4" in problems
    assert "profiles.csv line 5" in problems


def test_twins_may_differ_where_an_allele_may_have_dropped_out(read: Read) -> None:
    people = relatives("Son,Lost,Wife,m,reference,a", "Twin,Lost,Wife,m,reference,a")
    read({"people.csv": people, "profiles.csv": typed("Son,L1,9,10,,", "Twin,L1,9,9,0.1,")})


def test_twins_with_different_genotypes_are_noted_where_pedigrees_compete(read: Read) -> None:
    people = "family,person,sex,twins\nTwins,Man,m,1\nTwins,Child,m,1\nUnrelated,Man,m,\nUnrelated,Child,m,\n"
    case = read({"people.csv": people, "case.toml": 'title = "T"\nkind = "kinship"\n'}, KINSHIP)
    assert any("Twins: The twins Man and Child have different genotypes at locus L1" in note for note in case.notes)


@pytest.mark.parametrize(
    ("lines", "sex", "said"),
    [
        (["Son,L1,9,10,,"], "m", "'Son' is male but has two different alleles, 9/10, at the X-linked locus L1"),
        (["Son,L1,9,,,"], "f", "There is one allele only (9), and 'Son' is female"),
        (["Son,L1,9,,,"], "unknown", "The sex of 'Son' is not known, so the X-linked locus L1 cannot be used"),
        (["Son,L1,9,10,,"], "", "The sex of 'Son' is not known"),
        (["S1,L1,9,10,,"], "m", "'S1' is male but has two different alleles"),
    ],
)
def test_what_cannot_be_at_an_x_linked_locus_is_refused(refuse: Refuse, lines: list[str], sex: str, said: str) -> None:
    people = relatives(f"Son,Lost,Wife,{sex},reference,")
    problems = refuse({"loci.csv": LOCI + "L1,x,\n", "people.csv": people, "profiles.csv": typed(*lines)})
    assert said in problems
    assert "profiles.csv line 4" in problems


def test_one_allele_is_refused_at_a_locus_that_is_not_x_linked(refuse: Refuse) -> None:
    problems = refuse({"profiles.csv": typed("Son,L1,9,,,")})
    assert "There is one allele only (9)" in problems
    assert "or ? for one that could not be read" in problems


def test_an_unread_allele_in_a_remains_group_gives_way_to_the_full_genotype(read: Read) -> None:
    samples = "sample,sex,remains_group\nS1,m,G\nS2,m,G\n"
    case = read({"samples.csv": samples, "profiles.csv": typed("S1,L1,9,?,,", "S2,L1,9,10,,")})
    assert case.samples.genotype(0, 0, case.panel) == ("9", "10")


def test_an_unread_allele_in_a_remains_group_does_not_hide_a_contradiction(refuse: Refuse) -> None:
    samples = "sample,sex,remains_group\nS1,m,G\nS2,m,G\n"
    problems = refuse({"samples.csv": samples, "profiles.csv": typed("S1,L1,9.3,?,,", "S2,L1,9,10,,")})
    assert "two genotypes at locus L1: 9.3/? (" in problems


@pytest.mark.parametrize(
    ("loci", "line", "said"),
    [
        ("L1,3,0.01", "Son,L1,silent,9,,", "The silent allele stands beside another"),
        ("L1,3,0", "Son,L1,silent,silent,,", "Nothing was seen, but locus L1 has no silent allele"),
        ("L1,3,0.3", "Son,L1,9,9,,", "The frequencies sum to 1.3 with the silent allele, not to 1"),
        ("L1,3,1", "Son,L1,9,9,,", "silent_frequency 1 is outside [0, 1)"),
    ],
)
def test_a_silent_allele_that_cannot_be_is_refused(refuse: Refuse, loci: str, line: str, said: str) -> None:
    assert said in refuse({"loci.csv": LOCI + loci + "\n", "profiles.csv": typed(line)})


def test_a_silent_allele_among_the_others_is_refused(refuse: Refuse) -> None:
    frequencies = FOLDER["frequencies.csv"].replace("L1,10,0.5", "L1,10,0.49\nL1,Silent,0.01")
    assert "The silent allele stands among the others" in refuse({"frequencies.csv": frequencies})


def test_rescaling_keeps_the_frequency_of_the_silent_allele(read: Read) -> None:
    case = read({"loci.csv": LOCI + "L1,3,0.2\n"}, frequencies=FrequencyPolicy(rescale=True))
    assert case.panel.loci[0].frequencies.tolist() == pytest.approx([0.2, 0.2, 0.4], rel=1e-15)
    assert case.panel.loci[0].silent_frequency == 0.2


@pytest.mark.parametrize(
    ("allele", "said"),
    [
        ("OL", "'OL' says that an allele lies off the ladder, not which one it is"),
        (">30", "'>30' says that an allele lies beyond the ladder, not which one it is"),
        ("<8", "'<8' says that an allele lies beyond the ladder"),
        ("9a", "'9a' is not a repeat number, as the other alleles of locus L1 are"),
        ("9.1", "Allele 9.1 has no frequency at locus L1"),
    ],
)
def test_a_name_from_another_nomenclature_is_named_with_every_place(refuse: Refuse, allele: str, said: str) -> None:
    problems = refuse({"profiles.csv": typed(f"S1,L1,9,{allele},,", f"Son,L1,{allele},10,,")})
    assert said in problems
    assert "profiles.csv line 4, S1, locus L1; profiles.csv line 5, Son, locus L1" in problems


def test_a_silent_allele_goes_through_a_familias_file(read: Read, tmp_path: Path) -> None:
    changes = {"frequencies.csv": SEEN_IN_MANY_WAYS["frequencies.csv"], "samples.csv": "sample,sex\nS1,m\nS2,f\n"}
    case = read({**changes, "loci.csv": LOCI + "L1,3,0.01\n"})
    write_familias(case, tmp_path / "out.fam")
    assert read_familias(tmp_path / "out.fam").panel.loci[0].silent_frequency == 0.01


def test_what_a_familias_file_cannot_hold_is_refused_by_name(read: Read, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        write_familias(read(SEEN_IN_MANY_WAYS), tmp_path / "out.fam")
    problems = what_went_wrong(caught.value)
    for part in ("no X-linked loci", "hold drop-in", "could not be read", "showed nothing", "twins from one egg"):
        assert part in problems


def test_a_pedigree_that_cannot_be_has_no_finite_lr_and_its_loci_are_named(homeward_json: Callable[..., dict]) -> None:
    profiles = "owner,locus,allele1,allele2\nMan,L1,9,9\nChild,L1,10,10\nMan,L2,5,5\nChild,L2,5,5\n"
    document = homeward_json({"profiles.csv": profiles}, KINSHIP)
    assert document["hypotheses"][0]["log10_lr"] == "-Infinity"
    assert document["hypotheses"][0]["posterior"] == 0
    assert [locus["notes"] for locus in document["loci"]] == [["impossible under Father"], []]
    assert document["loci"][0]["log10_likelihood"]["Father"] == "-Infinity"


@pytest.fixture
def homeward_json(tmp_path: Path) -> Callable[..., dict]:
    from typer.testing import CliRunner

    from homeward.cli.main import app

    def run(changes: Texts, texts: Texts) -> dict:
        folder = write_texts(tmp_path / "toy", texts, changes)
        done = CliRunner().invoke(app, ["kinship", str(folder), "--json"])
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    return run
