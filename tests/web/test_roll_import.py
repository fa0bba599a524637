"""Bringing in tables of missing people: any columns, all or nothing, known again by the numbers of their source."""

import json
from dataclasses import asdict

import pytest
from django.core.exceptions import PermissionDenied
from typer.testing import CliRunner

from homeward.cli.main import app
from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.engagement.standing import history_of
from homeward.web.identity.models import Identifier
from homeward.web.journal.keeping import enter
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place
from homeward.web.roll.models import Incident, MissingName, MissingPerson
from homeward.web.roll.roll_import import import_roll, mapping_of
from homeward.web.roll.roll_mapping import as_toml, guessed
from homeward.web.roll.roll_values import Ambiguous, written_date
from tests.web.conftest import PASSWORD
from tests.web.roll_rows import KNOWN, enter_roll, lose, number_of

TABLE = """Svc No;Last Name;First Name;Gender;DOB;Branch;Date of Loss;Location;Incident;Status;Aliases
RA 11 111;Smith;John;M;1930;army;02 DEC 1950;Chosin;Night of the retreat;Missing in Action;"J. Smyth; Smith, John"
RA 11 112;Example;Kim;;;Navy;1950-11;;;Accounted for;
RA 11 113;Doe;Jane;F;19310412;Army;1951;;;non-recoverable;
"""
SETTINGS = 'calamity = "war"\nissuer = "army"\nknown_on = "2001-02-03"\nmade_up = true\n'


@pytest.fixture
def keeper(everybody):
    enter_roll(everybody)
    return everybody


@pytest.fixture
def table(tmp_path):
    """Write a table and its mapping; return what `import_roll` is asked with."""

    def write(text, settings=SETTINGS, name="roll.csv"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / "map.toml").write_text(settings, encoding="utf-8")
        return {"path": tmp_path / name, "mapping_file": tmp_path / "map.toml"}

    return write


def problems_of(error):
    return [(problem.where, problem.what) for problem in error.value.problems]


def test_headers_of_many_sorts_are_guessed_and_each_column_is_taken_once():
    header = ("Svc No", "Last Name", "First Name", "DOB", "Branch of Service", "Date of Loss", "Comment", "Extra")
    assert guessed(header).columns == {
        "number": "Svc No",
        "family_name": "Last Name",
        "given_name": "First Name",
        "born": "DOB",
        "service": "Branch of Service",
        "last_seen": "Date of Loss",
        "note": "Comment",
    }


@pytest.mark.parametrize(
    ("text", "order", "date"),
    [
        ("02 DEC 1950", "", "1950-12-02"),
        ("Dec 2, 1950", "", "1950-12-02"),
        ("December 1950", "", "1950-12"),
        ("19501202", "", "1950-12-02"),
        ("1950-12-02T00:00:00", "", "1950-12-02"),
        ("25/12/1950", "", "1950-12-25"),
        ("12/25/1950", "", "1950-12-25"),
        ("2/12/1950", "day-first", "1950-12-02"),
        ("2/12/1950", "month-first", "1950-02-12"),
        ("1950-12~", "", "1950-12~"),
        ("Bad 1950", "", "Bad 1950"),
    ],
)
def test_dates_of_tables_are_read_as_they_can_only_be_meant(text, order, date):
    assert written_date(text, order) == date


def test_a_day_that_can_be_read_in_two_ways_is_not_decided():
    with pytest.raises(Ambiguous):
        written_date("2/12/1950", "")


def test_a_table_becomes_people_names_numbers_and_statuses_and_once_more_changes_nothing(keeper, table):
    asked = table(TABLE)
    done = import_roll(**asked, by=keeper)
    assert done.n_people == 3
    smith = MissingPerson.objects.get(family_name="Smith")
    assert (smith.name, smith.sex, smith.born.text, smith.made_up) == ("John Smith", "male", "1930", True)
    assert (smith.service_id, smith.last_seen.text, smith.last_seen_place_id, smith.incident_id) == (
        "army",
        "1950-12-02",
        "lake",
        "battle",
    )
    assert Identifier.objects.get(about=smith.reference).value == "RA 11 111"
    assert set(MissingName.objects.filter(missing=smith).values_list("text", flat=True)) == {"J. Smyth", "Smith, John"}
    states = {person.family_name: history_of(person, Reader(keeper)).state for person in MissingPerson.objects.all()}
    assert states == {"Smith": "unaccounted", "Example": "accounted", "Doe": "non-recoverable"}
    assert MissingPerson.objects.get(family_name="Example").sex == "unknown"
    lines = Entry.objects.count()
    again = import_roll(**asked, by=keeper)
    assert Entry.objects.count() == lines
    assert {count.entered + count.amended for count in again.result.counts.values()} == {0}


def test_a_changed_line_amends_the_person_of_that_number_whatever_the_spelling(keeper, table):
    import_roll(**table(TABLE), by=keeper)
    changed = TABLE.replace("RA 11 111;Smith;John;M;1930", "ra-11111;Smythe;John;M;1931")
    with pytest.raises(InputError, match="no reason is given"):
        import_roll(**table(changed), by=keeper)
    import_roll(**table(changed), by=keeper, why="A later list")
    smith = MissingPerson.objects.get(family_name="Smythe")
    assert (smith.version, smith.born.text, MissingPerson.objects.count()) == (2, "1931", 3)


def test_a_dry_run_checks_everything_and_keeps_nothing(keeper, table):
    before = Entry.objects.count()
    done = import_roll(**table(TABLE), by=keeper, dry_run=True)
    assert asdict(done.result.counts["missingperson"])["entered"] == 3
    assert (MissingPerson.objects.count(), Entry.objects.count()) == (0, before)


def test_with_half_the_rows_wrong_every_problem_is_told_by_line_and_nothing_is_kept(keeper, table):
    enter(Place(code="sinhung-north", name="Sinhung-ri", kind="settlement", known_on=KNOWN), by=keeper)
    enter(Place(code="sinhung-south", name="Sinhŭng-ri", kind="settlement", known_on=KNOWN), by=keeper)
    text = (
        "number,name,sex,born,date of loss,place,incident,status\n"
        "1,A Right,male,1930,1950-12-02,lake,battle,missing\n"
        "1,B Twice,male,1930,1950-12-02,,,missing\n"
        "3,C Right,,,,,,\n"
        ",D Numberless,,,,,,\n"
        "5,E Right,unknown,,,Chosin,,unaccounted\n"
        "6,F Ambiguous,male,,2/3/1951,Sinhung ri,,missing\n"
        "7,G Right,f,1931?,1950~,sinhung-south,,accounted\n"
        "8,H Unheard,neither,1930-13,1950,Nowhere,No such battle,lost\n"
        "9,I Right,,,,,,\n"
        "10,,,1960,1950,,,\n"
    )
    before = Entry.objects.count()
    with pytest.raises(InputError) as error:
        import_roll(**table(text), by=keeper)
    found = problems_of(error)
    told = {
        (3, "stands on roll.csv line 2"),
        (5, "There is no number"),
        (7, "can be read in two ways"),
        (7, "sinhung-north"),
        (7, "sinhung-south"),
        (9, "The sex 'neither'"),
        (9, "1930-13"),
        (9, "no place called 'Nowhere'"),
        (9, "no incident called 'No such battle'"),
        (9, "The status 'lost'"),
        (11, "There is no name"),
    }
    for line, words in told:
        assert any(where.startswith(f"roll.csv line {line}") and words in what for where, what in found), words
    assert {int(where.split()[2].strip(",")) for where, _ in found} == {3, 5, 7, 9, 11}
    assert (MissingPerson.objects.count(), Entry.objects.count()) == (0, before)


def test_a_number_that_was_given_twice_over_time_is_decided_by_no_import(keeper, table):
    for code, used in (("first", "1942/1945"), ("second", "1950/1953")):
        lose(code, "Namesake", by=keeper)
        number_of(code, "RA 11 111", by=keeper, used=used)
    number_of("second", "RA 11 111", by=keeper, issuer="navy")
    with pytest.raises(InputError, match="used for several people: first, second"):
        import_roll(**table(TABLE), by=keeper)


def test_another_issuers_number_is_another_number(keeper, table):
    lose("sailor", "Sailor", by=keeper)
    number_of("sailor", "RA 11 111", by=keeper, issuer="navy")
    import_roll(**table(TABLE), by=keeper)
    assert MissingPerson.objects.count() == 4


def test_incidents_that_are_new_are_entered_only_where_that_is_asked_for(keeper, table):
    text = "number,name,incident\n1,A,B-29 44-1\n2,B,b-29 44-1\n"
    with pytest.raises(InputError, match="no incident called"):
        import_roll(**table(text), by=keeper)
    import_roll(**table(text, SETTINGS + "new_incidents = true\n"), by=keeper)
    incident = Incident.objects.exclude(code="battle").get()
    assert set(MissingPerson.objects.values_list("incident", flat=True)) == {incident.code}


def test_a_mapping_is_printed_as_it_is_read(keeper, table, tmp_path):
    asked = table(TABLE, SETTINGS + '[columns]\nnote = "Gender"\nsex = ""\n[statuses]\n"lost at sea" = "unaccounted"\n')
    mapping = mapping_of(asked["path"], asked["mapping_file"])
    assert mapping.columns["note"] == "Gender"
    assert "sex" not in mapping.columns
    (tmp_path / "printed.toml").write_text(as_toml(mapping), encoding="utf-8")
    assert mapping_of(asked["path"], tmp_path / "printed.toml") == mapping


def test_what_a_mapping_cannot_mean_is_told_at_once(keeper, table):
    settings = 'kinds = 1\ndates = "american"\n[columns]\nshoe_size = "Gender"\nname = "Nmae"\n'
    with pytest.raises(InputError) as error:
        import_roll(**table(TABLE, settings), by=keeper)
    assert len(error.value.problems) == 4
    with pytest.raises(InputError) as error:
        import_roll(**table("a,b\n1,2\n", 'issuer = "nobody"\n'), by=keeper)
    assert len(error.value.problems) == 4


def test_who_may_not_keep_the_roll_imports_nothing(reader, table):
    with pytest.raises(PermissionDenied):
        import_roll(**table(TABLE), by=reader)


def test_the_command_prints_how_the_table_was_read_and_lists_every_problem(keeper, table, monkeypatch):
    monkeypatch.setattr("homeward.cli.roll.open_record", lambda data: None)
    asked = table(TABLE)
    arguments = ["roll", str(asked["path"]), "--mapping", str(asked["mapping_file"]), "--as", "everybody"]
    shown = CliRunner().invoke(app, [*arguments, "--show-mapping"])
    assert 'number = "Svc No"' in shown.stdout.replace('"number"', "number")
    dry = json.loads(CliRunner().invoke(app, [*arguments, "--dry-run", "--json"]).stdout)
    assert (dry["dry_run"], dry["people"], dry["nouns"]["missingperson"]["entered"]) == (True, 3, 3)
    assert MissingPerson.objects.count() == 0
    done = CliRunner().invoke(app, arguments)
    assert "number = Svc No" in done.stdout
    assert "3 people: 12 rows entered, 0 amended." in done.stdout
    add_user("nobody", Role.READER, PASSWORD)
    refused = CliRunner().invoke(app, [*arguments[:-1], "nobody"])
    assert isinstance(refused.exception, InputError)
