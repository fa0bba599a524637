"""Recording an analysis: once, completely, and only by those entitled."""

import hashlib
import shutil

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from homeward.core.errors import InputError
from homeward.formats.reading import read_case
from homeward.identification.resolve import resolve
from homeward.reports.documents import resolve_document
from homeward.web.casework import actions
from homeward.web.casework.actions import record_analysis
from homeward.web.casework.models import Analysis, AnalysisInput
from tests.web.conftest import CASE_FILES

pytestmark = pytest.mark.django_db


def test_an_analysis_holds_the_result_that_the_library_computes(analysis, case_folder):
    analysis.refresh_from_db()
    assert analysis.result == resolve_document(resolve(read_case(case_folder)))
    assert analysis.title == "Two loci, one family (synthetic)"


def test_inputs_are_kept_byte_for_byte(analysis):
    kept = {file.name: bytes(file.content) for file in analysis.inputs.all()}
    assert kept == {name: text.encode() for name, text in CASE_FILES.items()}
    for file in analysis.inputs.all():
        assert file.sha256 == hashlib.sha256(bytes(file.content)).hexdigest()
        assert file.n_bytes == len(bytes(file.content))


def test_the_same_case_twice_changes_nothing(analysis, analyst, case_folder, tmp_path):
    before = Analysis.objects.values().get()
    shutil.copytree(case_folder, tmp_path / "copy")
    assert record_analysis(tmp_path / "copy", by=analyst) == analysis
    assert Analysis.objects.values().get() == before
    assert AnalysisInput.objects.count() == len(CASE_FILES)


def test_a_changed_file_makes_another_analysis(analysis, analyst, case_folder):
    people = case_folder / "samples.csv"
    people.write_text(people.read_text().replace("R-2,male", "R-2,unknown"))
    assert record_analysis(case_folder, by=analyst) != analysis


def test_another_version_of_the_software_makes_another_analysis(analysis, analyst, case_folder, monkeypatch):
    monkeypatch.setattr(actions, "__version__", "9.9.9")
    assert record_analysis(case_folder, by=analyst) != analysis


def test_the_database_itself_refuses_a_second_copy(analysis, analyst):
    fields = Analysis.objects.values().get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Analysis.objects.create(**{**fields, "id": None, "public_id": "00000000-0000-4000-8000-000000000000"})


def test_a_bad_case_leaves_nothing_behind(analyst, case_folder):
    (case_folder / "profiles.csv").write_text("owner,locus,allele1,allele2\nfather,D3S1358,14,99\n")
    with pytest.raises(InputError):
        record_analysis(case_folder, by=analyst)
    assert not Analysis.objects.exists()
    assert not AnalysisInput.objects.exists()


def test_a_failure_while_keeping_the_inputs_leaves_nothing_behind(analyst, case_folder, monkeypatch):
    def fail(_files):
        raise OSError("The disk is full.")

    monkeypatch.setattr(AnalysisInput.objects, "bulk_create", fail)
    with pytest.raises(OSError, match="disk"):
        record_analysis(case_folder, by=analyst)
    assert not Analysis.objects.exists()


def test_a_file_that_changed_after_it_was_read_is_refused(analyst, case_folder, monkeypatch):
    def read_then_change(path):
        case = read_case(path)
        (path / "samples.csv").write_text("sample,sex\nR-1,female\n")
        return case

    monkeypatch.setattr(actions, "read_case", read_then_change)
    with pytest.raises(InputError, match=r"samples\.csv: The file changed while it was read"):
        record_analysis(case_folder, by=analyst)
    assert not Analysis.objects.exists()


@pytest.mark.parametrize("who", ["reader", "outsider"])
def test_only_an_analyst_records(who, request, case_folder):
    with pytest.raises(PermissionDenied, match="DNA analyst"):
        record_analysis(case_folder, by=request.getfixturevalue(who))
    assert not Analysis.objects.exists()
