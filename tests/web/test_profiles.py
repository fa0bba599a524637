"""Profiles: one form of the alleles, consensus, what is suspicious, and a swap that is found and corrected."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.web.journal.keeping import amend
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.laboratory.actions import clear_suspicion, exchange_owners, make_consensus
from homeward.web.laboratory.case_from_record import case_from_record
from homeward.web.laboratory.comparing import run_comparison
from homeward.web.laboratory.consensus import RULES, consensus_of
from homeward.web.laboratory.exchanges import possible_exchanges
from homeward.web.laboratory.models import ConsensusPart, Profile, Suspicion
from homeward.web.laboratory.resting import what_rests_on
from homeward.web.roll.models import Relative
from tests.web.laboratory_rows import LaboratoryRecord, People, text, two_families

pytestmark = pytest.mark.django_db
TWO = RULES["two of any, version 1"]


def kinds(code):
    return set(Suspicion.objects.filter(profile=code, cleared="").values_list("kind", flat=True))


def test_alleles_are_kept_in_one_form_and_every_bad_line_is_told(everybody):
    record = LaboratoryRecord(everybody)
    record.sample("s")
    kept = record.profile("p", "vwa 17,15\nPenta E 12 12\nth01 9.3 ?\nFGA Failed\namelogenin Y X", sample="s")
    assert kept.alleles == "FGA failed\nTH01 9.3 ?\nvWA 15 17\nPentaE 12 12\nAMEL X Y"
    mt = record.profile("m", "A263G 315.1C", regions="HV2", sample="s", system="mt")
    assert (mt.alleles, mt.regions) == ("263G\n315.1C", "73-340")
    with pytest.raises(ValidationError) as refused:
        record.profile("q", "D3S1358 15\nNoSuch 1 2\nTH01 9.33 6\nTH01 6 7", sample="s")
    assert [message.partition(":")[0] for message in refused.value.message_dict["alleles"]] == [
        "line 1",
        "line 2",
        "line 3",
        "line 4",
    ]
    with pytest.raises(ValidationError, match="Nothing was typed"):
        record.profile("r", "", sample="s")


def test_a_consensus_counts_what_two_typings_saw():
    typings = [
        {"TH01": ("6", "9.3"), "FGA": ("20", "20"), "vWA": ("15", "16"), "TPOX": ("8", "8"), "SE33": ("failed",)},
        {"TH01": ("6", "9.3"), "FGA": ("20", "20"), "vWA": ("15", "17"), "TPOX": ("8", "11"), "SE33": ("20", "21")},
        {"TH01": ("6", "?"), "vWA": ("16", "17"), "TPOX": ("8", "8")},
    ]
    made = consensus_of(typings, TWO)
    assert made.typing == {
        "TH01": ("6", "9.3"),
        "FGA": ("20", "20"),
        "vWA": ("inconclusive",),
        "TPOX": ("8", "?"),
        "SE33": ("inconclusive",),
    }
    assert dict(made.open_loci) == {
        "vWA": "15, 16, 17 were each seen often enough, and a person has two",
        "TPOX": "11 was seen too seldom",
        "SE33": "no allele was seen in 2 of 1 typing",
    }


def test_a_consensus_lists_its_typings_and_leaves_them_as_they_are(everybody):
    record = LaboratoryRecord(everybody)
    record.sample("s")
    first, second = (record.profile(code, "TH01 6 9.3\nFGA 20 21", sample="s") for code in ("one", "two"))
    failed = record.profile("three", "", sample="s", quality="failed")
    made = make_consensus([first, second, failed], TWO, by=everybody)
    assert (made.alleles, made.quality, made.sample_id) == ("FGA 20 21\nTH01 6 9.3", "complete", "s")
    assert "three (failed)" in made.note
    assert ConsensusPart.objects.filter(consensus=made).count() == 3
    assert set(Profile.objects.filter(pk__in=["one", "two", "three"]).values_list("version", flat=True)) == {1}
    with pytest.raises(ValidationError, match="needs at least 2 typings"):
        make_consensus([first, failed], TWO, by=everybody)
    record.sample("t", element="humerus")
    other = record.profile("four", "TH01 6 7", sample="t")
    with pytest.raises(ValidationError, match="different samples"):
        make_consensus([first, second, other], TWO, by=everybody)
    assert Entry.objects.filter(action="profile.consensus").count() == 1
    assert verify_record().holds


def test_what_is_suspicious_is_noted_when_a_profile_is_entered(everybody, analyst):
    record, people = LaboratoryRecord(everybody), People()
    bone, other, technician = people.founder(), people.founder(), people.founder()
    record.staff("tech")
    record.profile("p-tech", text(technician), staff="tech")
    record.sample("s1")
    record.sample("s2", element="humerus")
    record.profile("p1", text(bone), sample="s1")
    record.profile("p2", text(bone), sample="s2")
    assert not Suspicion.objects.exists()  # two bones of one body, from one box
    record.sample("s3")
    record.profile("p3", text(bone), sample="s3")
    assert kinds("p3") == kinds("p1") == {"same"}  # a second left femur
    record.profile("p4", text(other), sample="s2")
    assert kinds("p4") == kinds("p2") == {"repeat"}
    record.sample("s5", element="tibia")
    record.profile("p5", text(technician), sample="s5")
    assert (kinds("p5"), kinds("p-tech")) == ({"staff"}, set())
    assert set(case_from_record(everybody).case.samples.ids) == set()
    noted = Suspicion.objects.get(profile="p5")
    with pytest.raises(ValidationError, match="Say why"):
        clear_suspicion(noted, by=analyst, why=" ")
    clear_suspicion(noted, by=analyst, why="The technician gave this sample as a control.")
    assert kinds("p5") == set()
    assert case_from_record(everybody).case.samples.ids == ("s5",)
    assert Entry.objects.get(action="profile.cleared").code == "p5"
    assert verify_record().holds


def test_a_sex_that_amelogenin_does_not_show_is_noted(everybody):
    record, people = LaboratoryRecord(everybody), People()
    record.family("f")
    record.profile("p", text(people.founder(), "male"), donor="f-mother-gave")
    assert kinds("p") == {"sex"}


def test_a_sample_swap_is_found_and_corrected_with_history(everybody, reader):
    record, genotypes = two_families(everybody)
    for name in ("f1", "f2"):
        parents = {"father": f"{name}-father", "mother": f"{name}-mother"}
        record.row(Relative, f"{name}-daughter", family=name, name="daughter", sex="female", **parents)
        record.donor(f"{name}-daughter-gave", f"{name}-daughter")
    before = run_comparison(by=everybody, title="Before")
    # In the laboratory the tubes of the two daughters were exchanged.
    people = People(9)
    daughters = {name: people.child(genotypes[f"{name}-father"], genotypes[f"{name}-mother"]) for name in ("f1", "f2")}
    first = record.profile("p-f1-daughter", text(daughters["f2"], "female"), donor="f1-daughter-gave")
    second = record.profile("p-f2-daughter", text(daughters["f1"], "female"), donor="f2-daughter-gave")
    assert kinds("p-f1-daughter") == kinds("p-f2-daughter") == {"family"}
    suggested = possible_exchanges(first, everybody)
    assert [one.other for one in suggested][:1] == ["p-f2-daughter"]
    assert suggested[0].log10_gain > 10
    with pytest.raises(PermissionDenied):
        exchange_owners(first, second, by=reader, why="No right to.")
    with pytest.raises(ValidationError):
        exchange_owners(first, second, by=everybody, why="")
    first, second = exchange_owners(first, second, by=everybody, why="The tubes were exchanged: run sheet 7.")
    assert (first.donor_id, second.donor_id) == ("f2-daughter-gave", "f1-daughter-gave")
    assert not Suspicion.objects.filter(cleared="").exists()
    lines = Entry.objects.filter(action="profile.exchanged").order_by("number")
    assert [(line.code, line.version) for line in lines] == [("p-f1-daughter", 2), ("p-f2-daughter", 2)]
    assert "f1-daughter-gave" in lines[0].before
    assert "f2-daughter-gave" in lines[0].after
    bone = Profile.objects.get(pk="p-f1-bone")
    resting = what_rests_on([bone], everybody)
    assert [one.address for one in resting] == [f"/analyses/{before.analysis.public_id}/"]
    assert what_rests_on([first], reader) == []
    assert verify_record().holds


def test_a_profile_that_is_corrected_is_compared_anew(everybody):
    record, people = LaboratoryRecord(everybody), People()
    one, other = people.founder(), people.founder()
    record.staff("tech")
    record.profile("p-tech", text(one), staff="tech")
    record.sample("s")
    wrong = record.profile("p", text(one), sample="s")
    assert kinds("p") == {"staff"}
    amend(wrong, {"alleles": text(other)}, by=everybody, why="Typed from the wrong sheet.", read_version=1)
    assert not Suspicion.objects.exists()
