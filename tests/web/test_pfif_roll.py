"""People of a PFIF file in the roll and out of it: found again by their ids, told no more than may be told."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied

from homeward.core.dates import parse_date
from homeward.core.errors import InputError
from homeward.formats.pfif import parse_pfif
from homeward.formats.pfif_writer import pfif_text
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.casework.models import Identification, Individual
from homeward.web.identity.models import Identifier
from homeward.web.journal.keeping import enter
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.verification import verify_record
from homeward.web.roll.models import MissingName, MissingPerson, Ruling, Status
from homeward.web.roll.pfif_reading import PfifResult, bring_in
from homeward.web.roll.pfif_writing import roll_as_pfif, write_roll
from homeward.web.sources.models import Document
from tests.web.conftest import PASSWORD
from tests.web.identity_rows import KNOWN_ON, enter_missing, enter_war
from tests.web.record_rows import party

pytestmark = pytest.mark.django_db

FILE = """<?xml version="1.0"?>
<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.4">
<pfif:person><pfif:person_record_id>a.example/1</pfif:person_record_id>
<pfif:source_date>2018-07-20T02:07:57Z</pfif:source_date>
<pfif:author_name>Sister Author</pfif:author_name><pfif:author_phone>555 0100</pfif:author_phone>
<pfif:full_name>Adam Example</pfif:full_name><pfif:family_name>Example</pfif:family_name>
<pfif:alternate_names>Exampel, A.
아담</pfif:alternate_names>
<pfif:sex>male</pfif:sex><pfif:age>30-35</pfif:age><pfif:home_city>Springfield</pfif:home_city>
<pfif:note><pfif:note_record_id>a.example/n1</pfif:note_record_id><pfif:author_name>Witness</pfif:author_name>
<pfif:source_date>2018-07-21T00:00:00Z</pfif:source_date><pfif:status>believed_dead</pfif:status>
<pfif:linked_person_record_id>a.example/2</pfif:linked_person_record_id>
<pfif:text>Call 555 0101</pfif:text></pfif:note></pfif:person>
<pfif:person><pfif:person_record_id>a.example/2</pfif:person_record_id>
<pfif:source_date>2018-07-20T02:07:57Z</pfif:source_date><pfif:full_name>A. Example</pfif:full_name></pfif:person>
<pfif:person><pfif:person_record_id>a.example/3</pfif:person_record_id>
<pfif:source_date>2018-07-20T02:07:57Z</pfif:source_date><pfif:expiry_date>2018-07-22T00:00:00Z</pfif:expiry_date>
</pfif:person>
</pfif:pfif>
"""


@pytest.fixture
def historian(db):
    user = add_user("historian", Role.HISTORIAN, PASSWORD)
    enter_war(user)
    return user


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "people.xml"
    path.write_text(FILE, encoding="utf-8")
    return path


def test_people_come_in_once_with_names_status_and_source_and_a_linked_pair_is_left_to_decide(historian, file):
    n_before = Entry.objects.count()
    trial = bring_in(file, calamity="war", by=historian, dry_run=True)
    assert trial == PfifResult(entered=2, amended=0, unchanged=0, expired=1, linked=1)
    assert Entry.objects.count() == n_before
    assert bring_in(file, calamity="war", by=historian, why="Sent to us.") == trial
    adam = MissingPerson.objects.get(name="Adam Example")
    assert (adam.family_name, adam.sex, str(adam.born), adam.note) == (
        "Example",
        "male",
        "1982/1988",
        "Home: Springfield",
    )
    assert sorted(MissingName.objects.values_list("text", flat=True)) == ["Exampel, A.", "아담"]
    status = Status.objects.get(missing=adam)
    assert (status.kind, status.note) == ("unaccounted", "reported 21 July 2018: believed dead")
    assert Ruling.objects.get().verdict == "undecided"
    assert not Status.objects.filter(kind="duplicate").exists()
    n_lines = Entry.objects.count()
    again = bring_in(file, calamity="war", by=historian)
    assert again == PfifResult(entered=0, amended=0, unchanged=2, expired=1, linked=0)
    assert Entry.objects.count() == n_lines
    assert verify_record().holds


def test_a_changed_spelling_amends_the_entry_of_the_same_id(historian, file):
    bring_in(file, calamity="war", by=historian)
    file.write_text(FILE.replace(">A. Example<", ">Adan Example<"), encoding="utf-8")
    assert bring_in(file, calamity="war", by=historian, why="Sent again.").amended == 1
    assert MissingPerson.objects.count() == 2


def test_who_wrote_a_record_stays_with_those_who_work_with_families(historian, file, reader, client):
    bring_in(file, calamity="war", by=historian)
    assert Document.objects.get().reach == "family"
    client.force_login(reader)
    adam = MissingPerson.objects.get(name="Adam Example")
    shown = client.get(adam.get_absolute_url()).text
    assert "a.example/1" in shown
    assert "555" not in shown
    assert "Sister" not in shown
    assert client.get("/numbers/", {"q": "A.Example / 1"}, follow=True).redirect_chain[-1][0] == adam.get_absolute_url()


def test_every_problem_of_the_rows_is_told_at_its_line_and_nothing_is_kept(historian, file):
    n_before = Entry.objects.count()
    file.write_text(FILE.replace("Adam Example", "A" * 301).replace("A. Example", "B" * 301), encoding="utf-8")
    with pytest.raises(InputError) as refused:
        bring_in(file, calamity="peace", by=historian)
    places = {problem.where for problem in refused.value.problems}
    assert {"people.xml line 3, column name", "people.xml line 14, column name"} <= places
    assert {"people.xml line 3, column calamity", "people.xml line 14, column calamity"} <= places
    assert Entry.objects.count() == n_before
    with pytest.raises(PermissionDenied):
        bring_in(file, calamity="war", by=add_user("custodian", Role.EVIDENCE_CUSTODIAN, PASSWORD))


def test_what_is_written_comes_back_to_the_same_entries(historian, file, tmp_path):
    bring_in(file, calamity="war", by=historian)
    enter(
        MissingPerson(code="abcdefghjk", known_on=KNOWN_ON, name="Carl Own", calamity_id="war", features="Scar."),
        by=historian,
    )
    written = tmp_path / "out.xml"
    assert write_roll(written, domain="own.example", by=historian) == 3
    people = {one.id: one.fields for one in parse_pfif(written.read_bytes(), "out.xml").people}
    assert set(people) == {"a.example/1", "a.example/2", "own.example/abcdefghjk"}
    assert people["own.example/abcdefghjk"]["description"] == "Scar."
    assert people["a.example/1"]["alternate_names"].count("\n") == 1
    names = MissingName.objects.count()
    result = bring_in(written, calamity="war", by=historian)
    assert (result.entered, result.unchanged) == (0, 3)
    assert (MissingName.objects.count(), Identifier.objects.count()) == (names, 2)
    with pytest.raises(InputError, match="such a file already"):
        write_roll(written, domain="own.example", by=historian)
    with pytest.raises(InputError, match="no domain"):
        write_roll(tmp_path / "x.xml", domain="a/b", by=historian)


def test_nothing_of_families_contacts_or_an_unannounced_identification_is_written_whoever_writes(
    everybody, reader, tmp_path
):
    enter(party("lab"), by=everybody)
    enter_war(everybody)
    adam = enter_missing("m1", "Adam", by=everybody)
    individual = Individual(code="i", known_on=KNOWN_ON, number="I-1", laboratory_id="lab")
    enter(individual, by=everybody)
    signed = Identification(
        code="id", known_on=KNOWN_ON, individual=individual, missing=adam, prepared_by="a", signed_by="b"
    )
    signed.signed_digest, signed.in_force = "0" * 64, True
    enter(signed, by=everybody, action="identification.signed")
    accounted = Status(
        code="s",
        known_on=KNOWN_ON,
        missing=adam,
        kind="accounted",
        happened=parse_date("2018-07-20"),
        identification=signed,
    )
    enter(accounted, by=everybody, action="status.accounted")
    [note] = roll_as_pfif(Reader(everybody), "own.example").notes
    assert (note.fields["status"], note.fields["text"]) == ("believed_missing", "unaccounted for")
    text = pfif_text(roll_as_pfif(Reader(everybody), "own.example"), now=datetime(2018, 8, 1, tzinfo=UTC))
    assert "author_email" not in text
    with pytest.raises(PermissionDenied):
        write_roll(tmp_path / "x.xml", domain="own.example", by=reader)
