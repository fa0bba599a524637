"""From the record to the engine and back: cases, exports and runs."""

import io
import zipfile

import numpy as np
import pytest

from homeward.core.errors import InputError
from homeward.formats.reading import read_case
from homeward.web.journal.keeping import amend
from homeward.web.journal.models import Entry
from homeward.web.laboratory.case_export import CaseFormat, export_case
from homeward.web.laboratory.case_from_record import case_from_record
from homeward.web.laboratory.comparing import run_comparison
from homeward.web.laboratory.models import Comparison, Profile, ProfileLook
from homeward.web.roll.models import Donor
from tests.web.laboratory_rows import two_families

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(everybody):
    return two_families(everybody)[0]


def test_the_bones_of_two_sons_are_found_in_their_families(record, everybody):
    made = run_comparison(by=everybody, title="All")
    best = {row["sample"]: row["missing"] for row in made.candidates if row["rank"] == 1}
    assert best == {"s-f1": "f1-lost", "s-f2": "f2-lost"}
    true = {row["sample"]: row["log10_lr"] for row in made.candidates if row["rank"] == 1}
    assert min(true.values()) > 5
    verdicts = {one["sample"]: one["missing"] for one in made.analysis.result["conclusions"]}
    assert verdicts == best
    assert made.analysis.synthetic
    assert run_comparison(by=everybody, title="All") == made
    assert Comparison.objects.count() == 1
    assert made.profiles.count() == 6
    assert set(ProfileLook.objects.filter(where="comparison").values_list("profile", flat=True)) == set(
        Profile.objects.values_list("pk", flat=True)
    )


@pytest.mark.parametrize("form", list(CaseFormat))
def test_a_case_leaves_the_record_and_comes_back_the_same(record, everybody, tmp_path, form):
    record.staff("a-tech")
    record.profile("p-tech", "TPOX 6 7\nTH01 4 4\nFGA 19 19\nD2S441 9 9\nvWA 13 13", staff="a-tech")
    name, content, made = export_case(by=everybody, format=form, title="Case")
    if form is CaseFormat.FOLDER:
        zipfile.ZipFile(io.BytesIO(content)).extractall(tmp_path)
        back = read_case(tmp_path / "case")
        assert back.elimination.ids == made.case.elimination.ids == ("a-tech",)
    else:
        (tmp_path / name).write_bytes(content)
        back = read_case(tmp_path / name)
    assert back.samples.ids == made.case.samples.ids == ("s-f1", "s-f2")
    assert [locus.alleles for locus in back.panel.loci] == [locus.alleles for locus in made.case.panel.loci]
    np.testing.assert_array_equal(back.samples.alleles, made.case.samples.alleles)
    for ours, theirs in zip(made.case.families, back.families, strict=True):
        np.testing.assert_array_equal(ours.profiles.alleles, theirs.profiles.alleles)
        np.testing.assert_array_equal(ours.pedigree.parents, theirs.pedigree.parents)
    assert Entry.objects.filter(action="case.exported").count() == 1
    assert (
        ProfileLook.objects.filter(where="case export").count()
        == len(made.used)
        == (7 if form is CaseFormat.FOLDER else 6)
    )


def test_what_may_not_be_used_is_set_aside_with_the_reason(record, everybody):
    donor = Donor.objects.get(pk="f1-mother-gave")
    amend(donor, {"consent_ended": "2019-01-01"}, by=everybody, why="A letter.", read_version=1)
    bone = Profile.objects.get(pk="p-f2-bone")
    amend(bone, {"suspicion": "The control failed."}, by=everybody, why="The run.", read_version=1)
    record.profile("p-again", "", sample="s-f1", quality="failed")
    made = case_from_record(everybody)
    reasons = {one.about: one.reason for one in made.set_aside}
    assert reasons == {
        "profile:p-f1-mother": "The donor took consent back.",
        "profile:p-f2-bone": "Suspected: The control failed.",
        "profile:p-again": "The typing is failed: nothing was typed.",
    }
    assert made.case.samples.ids == ("s-f1",)
    first = made.case.families[0]
    assert first.profiles.typed.any(axis=1).tolist() == [name == "f1-father" for name in first.pedigree.ids]


def test_nothing_to_compare_is_refused_with_what_was_set_aside(record, everybody):
    with pytest.raises(InputError, match="No sample that was chosen"):
        run_comparison(by=everybody, samples=["no-such"], title="None")
    assert not Comparison.objects.exists()
