"""Profiles from laboratories' files: found owners, all problems, all or none, and twice the same changes nothing."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from homeward.core.errors import InputError
from homeward.formats.profile_files import read_profiles
from homeward.formats.typed_profiles import ProfileFormat
from homeward.web.identity.models import Identifier
from homeward.web.journal.models import Entry
from homeward.web.laboratory.case_export import CaseFormat, export_case
from homeward.web.laboratory.models import Profile, Suspicion
from homeward.web.laboratory.profile_import import ImportChoice, OneAllele, import_profiles
from tests.web.laboratory_rows import KNOWN, LaboratoryRecord, two_families

pytestmark = pytest.mark.django_db
CHOICE = ImportChoice(issuer="Lab X", known_on=KNOWN)

LONG = """Sample Name,Marker,Allele 1,Allele 2,Height 1
EX-77,D3S1358,16,15,900
EX-77,TH01,9.3,,500
EX-77,AMEL,X,Y,800
EX-77,DYS391,10,,800
K-f-father-gave,D3S1358,15,17,1
K-f-father-gave,TH01,6,9.3,1
tech,TH01,7,8,1
"""
WIDE = """id;D3S1358 1;D3S1358 2;Penta E;Penta E;remark
EX-77;15;16;12;12;fine
tech;14;14;7;;
"""
CMF = """<?xml version="1.0"?>
<CODISImportFile xmlns="urn:CODISImportFile-schema">
<HEADERVERSION>3.2</HEADERVERSION><MESSAGETYPE>Import</MESSAGETYPE><SOURCELAB>X</SOURCELAB>
<SPECIMEN SOURCEID="true"><SPECIMENID>EX-77</SPECIMENID><SPECIMENCATEGORY>Unidentified Person</SPECIMENCATEGORY>
<LOCUS><LOCUSNAME>D3S1358</LOCUSNAME><ALLELE><ALLELEVALUE>15</ALLELEVALUE></ALLELE>
<ALLELE><ALLELEVALUE>16</ALLELEVALUE></ALLELE></LOCUS>
<LOCUS><LOCUSNAME>Amelogenin</LOCUSNAME><ALLELE><ALLELEVALUE>X</ALLELEVALUE></ALLELE></LOCUS></SPECIMEN>
</CODISImportFile>
"""


@pytest.fixture
def record(everybody):
    record = LaboratoryRecord(everybody)
    record.sample("s")
    record.family("f")
    record.staff("tech")
    record.row(Identifier, "ex", about="sample:s", kind="exhibit", issuer="lab", value="EX 77")
    return record


def read(tmp_path, text, name="table.csv", **options):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return read_profiles(file, **options)


def kept():
    return {row.owner_reference: row.alleles for row in Profile.objects.all()}


def test_a_table_of_markers_comes_in_once(record, everybody, tmp_path):
    typed = read(tmp_path, LONG)
    dry = import_profiles(typed, CHOICE, by=everybody, title="table.csv", dry_run=True)
    assert {name: (match.owners, match.by) for name, match in dry.matches.items()} == {
        "EX-77": (("sample:s",), "number"),
        "K-f-father-gave": (("donor:f-father-gave",), "number of the kit"),
        "tech": (("staffmember:tech",), "code"),
    }
    assert not Profile.objects.exists()
    import_profiles(typed, CHOICE, by=everybody, title="table.csv")
    assert kept() == {
        "sample:s": "D3S1358 15 16\nTH01 9.3 ?\nAMEL X Y\nDYS391 10",
        "donor:f-father-gave": "D3S1358 15 17\nTH01 6 9.3",
        "staffmember:tech": "TH01 7 8",
    }
    assert Profile.objects.get(sample="s").quality == "partial"
    n_lines = Entry.objects.count()
    later = ImportChoice(issuer="Lab X", known_on=date(2019, 1, 1))
    again = import_profiles(typed, later, by=everybody, title="table.csv")
    assert (again.result.counts["profile"].entered, again.result.counts["profile"].unchanged) == (0, 3)
    assert Entry.objects.count() == n_lines


def test_a_wide_table_and_a_codis_file_say_the_same(record, everybody, tmp_path):
    choice = ImportChoice(issuer="Lab X", known_on=KNOWN, one_allele=OneAllele.HOMOZYGOTE)
    import_profiles(read(tmp_path, WIDE), choice, by=everybody, title="table.csv")
    assert kept() == {"sample:s": "D3S1358 15 16\nPentaE 12 12", "staffmember:tech": "D3S1358 14 14\nPentaE 7 7"}
    typed = read(tmp_path, CMF, "export.xml")
    assert [(one.name, one.category) for one in typed] == [("EX-77", "Unidentified Person")]
    other = ImportChoice(issuer="CODIS", known_on=KNOWN, one_allele=OneAllele.HOMOZYGOTE)
    import_profiles(typed, other, by=everybody, title="export.xml")
    assert Profile.objects.get(issuer="CODIS").alleles == "D3S1358 15 16\nAMEL X X"


def test_columns_and_owners_that_somebody_told_are_taken(record, everybody, tmp_path):
    typed = read(tmp_path, WIDE.replace("id;", "Probe;"), columns={"Probe": "sample", "remark": ""})
    told = ImportChoice(issuer="Lab X", known_on=KNOWN, told={"EX-77": "donor:f-mother-gave"})
    import_profiles(typed, told, by=everybody, title="table.csv")
    assert "donor:f-mother-gave" in kept()
    with pytest.raises(InputError, match="No column names the sample"):
        read(tmp_path, WIDE.replace("id;", "Probe;"))


def test_every_problem_is_told_at_its_line_and_nothing_is_kept(record, everybody, tmp_path):
    text = LONG.replace("tech,TH01,7,8", "nobody,TH01,7,8").replace("EX-77,TH01,9.3,", "EX-77,TH01,9.33,6")
    text = text.replace("K-f-father-gave,D3S1358,15", "K-f-father-gave,D3S13,15")
    with pytest.raises(InputError) as refused:
        import_profiles(read(tmp_path, text), CHOICE, by=everybody, title="table.csv")
    assert sorted((problem.where, problem.what) for problem in refused.value.problems) == [
        ("table.csv line 2, TH01", "'9.33' is no allele of TH01."),
        ("table.csv line 6", "'D3S13' is no STR locus that is known."),
        ("table.csv line 8", "nobody is no sample, donor or member of staff in the record."),
    ]
    assert not Profile.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("a.csv", LONG + "EX-77,TH01,6,7,1\n", "TH01 of EX-77 is given twice"),
        ("a.csv", "Sample Name,Marker\nEX-77,TH01\n", "no column of alleles"),
        ("a.csv", WIDE + "tech;1;2;3;4;\n", "tech has two rows"),
        ("a.xml", CMF.replace("CODISImportFile", "Other"), "begins with <Other>"),
        ("a.xml", CMF.replace("EX-77", ""), "has no id"),
        ("a.xml", "<!DOCTYPE x [<!ENTITY y 'z'>]><CODISImportFile/>", "cannot be read as XML"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name, text, what):
    with pytest.raises(InputError, match=what):
        read(tmp_path, text, name)


def test_who_may_not_keep_profiles_brings_in_none(record, reader, tmp_path):
    with pytest.raises(PermissionDenied):
        import_profiles(read(tmp_path, LONG), CHOICE, by=reader, title="table.csv")


def test_a_familias_file_that_left_the_record_comes_in_again_as_second_typings(everybody, tmp_path):
    two_families(everybody)
    name, content, _ = export_case(by=everybody, format=CaseFormat.FAMILIAS, title="Case")
    (tmp_path / name).write_bytes(content)
    typed = read_profiles(tmp_path / name, ProfileFormat.CASE)
    choice = ImportChoice(issuer="Familias", known_on=KNOWN)
    done = import_profiles(typed, choice, by=everybody, title=name)
    assert done.result.counts["profile"].entered == 6
    for row in Profile.objects.filter(issuer="Familias"):
        before = Profile.objects.exclude(issuer="Familias").get(sample=row.sample_id, donor=row.donor_id)
        assert before.alleles.replace("\nAMEL X Y", "").replace("\nAMEL X X", "") == row.alleles
    assert not Suspicion.objects.exists()
