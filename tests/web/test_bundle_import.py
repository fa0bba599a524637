"""Importing a bundle: what it enters, amends and leaves alone."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from homeward.core.dates import parse_date
from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.imported import Counts
from homeward.web.bundle.importing import already_imported, import_bundle
from homeward.web.engagement.models import Meeting, MeetingChange
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.places.models import Place
from homeward.web.sources.models import Document, Figure, Original, Position, Statement
from tests.web.bundles import EXAMPLE, KNOWN_ON, PAGE, changed, write_bundle, write_table, zipped
from tests.web.conftest import PASSWORD

CONFLICT = {
    **EXAMPLE,
    "conflict": [{"code": "how-many", "question": "How many?"}],
    "position": [
        {"code": "a-yes", "conflict": "how-many", "answer": "yes", "statement": "will-meet", "preferred": "false"},
        {"code": "b-55", "conflict": "how-many", "answer": "55", "figure": "fifty-five", "preferred": "true"},
    ],
}


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.fixture
def bundle(tmp_path):
    return write_bundle(tmp_path / "bundle")


def test_every_row_is_entered_with_a_line_of_the_journal(historian, bundle):
    result = import_bundle(bundle, by=historian, why="Sent by the embassy.")
    assert result.counts["meetingchange"] == Counts(entered=3)
    assert result.originals == 1
    assert Meeting.objects.get().place_id == "panmunjom"
    assert bytes(Original.objects.get().content) == PAGE
    n_rows = sum(len(rows) for rows in EXAMPLE.values())
    lines = Entry.objects.filter(by=historian)
    assert lines.filter(action__endswith=".entered", version=1).count() == n_rows
    assert {line.why for line in lines} == {"Sent by the embassy."}
    assert verify_record().holds


def test_the_last_line_tells_of_the_bundle(historian, bundle):
    result = import_bundle(bundle, by=historian)
    last = Entry.objects.order_by("-number").first()
    assert (last.action, last.noun, last.code) == ("bundle.imported", "bundle", result.digest[:16])
    assert '"title":"By hand"' in last.after
    assert '"synthetic":true' in last.after


def test_numbers_dates_links_and_passages_are_what_the_cells_say(historian, bundle):
    import_bundle(bundle, by=historian)
    assert str(Place.objects.get().longitude) == "-157.95000"
    assert Figure.objects.get().about == "meeting:talks"
    assert MeetingChange.objects.get(code="talks-3").scheduled == parse_date("2018-07-15")
    statement = Statement.objects.get()
    text = statement.document.text
    assert text[statement.passage_start : statement.passage_end] == "meet at Panmunjom"
    assert set(Document.objects.values_list("headline", flat=True)) == {
        '=Talks, "on" remains',
        "'A letter\nof two lines",
    }


def test_the_same_bundle_again_changes_nothing(historian, bundle):
    import_bundle(bundle, by=historian)
    before = Entry.objects.count()
    again = import_bundle(bundle, by=historian)
    assert again.counts["party"] == Counts(unchanged=2)
    assert again.originals == 0
    assert Entry.objects.count() == before


def test_a_folder_and_a_zip_of_it_are_one_bundle(historian, bundle, tmp_path):
    packed = zipped(bundle, tmp_path / "bundle.zip")
    assert not already_imported(bundle)
    import_bundle(packed, by=historian)
    assert already_imported(bundle)
    assert already_imported(packed)
    before = Entry.objects.count()
    import_bundle(bundle, by=historian)
    assert Entry.objects.count() == before


def test_a_changed_bundle_was_not_imported(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    assert not already_imported(write_bundle(tmp_path / "other", changed("party", "north", name="The North")))


def test_a_row_may_point_to_one_further_down(historian, tmp_path):
    tables = {
        "party": [{"code": "a", "name": "A", "short_name": "A", "kind": "agency", "part_of": "b"}, *EXAMPLE["party"]]
    }
    tables["party"].append({"code": "b", "name": "B", "short_name": "B", "kind": "ministry"})
    result = import_bundle(write_bundle(tmp_path / "bundle", tables, files={}), by=historian)
    assert result.counts["party"].entered == 4


def test_what_says_something_new_is_amended_for_a_reason(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    later = write_bundle(tmp_path / "later", changed("place", "panmunjom", name="Phanmunjom", longitude="126.677"))
    with pytest.raises(InputError, match="no reason is given"):
        import_bundle(later, by=historian)
    result = import_bundle(later, by=historian, why="The map was misread.")
    assert result.counts["place"] == Counts(amended=1)
    place = Place.objects.get()
    assert (place.name, place.version, place.version_known_on) == ("Phanmunjom", 2, date.fromisoformat(KNOWN_ON))
    line = Entry.objects.get(action="place.amended")
    assert line.before == '{"longitude":"-157.95","name":"Panmunjom"}'
    assert verify_record().holds


def test_an_amended_passage_is_found_again(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    later = write_bundle(tmp_path / "later", changed("statement", "will-meet", passage="on Sunday"))
    import_bundle(later, by=historian, why="The other words say it.")
    statement = Statement.objects.get()
    assert statement.document.text[statement.passage_start : statement.passage_end] == "on Sunday"
    assert verify_record().holds


def test_a_bundle_may_say_from_when_an_amended_row_is_known(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    later = changed("place", "panmunjom", name="Phanmunjom", version_known_on="2018-09-01")
    import_bundle(write_bundle(tmp_path / "later", later), by=historian, why="A newer map.")
    assert Place.objects.get().version_known_on == date(2018, 9, 1)


def test_columns_that_a_table_has_not_are_left_as_they_are(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    short = {"place": [{"code": "panmunjom", "name": "Panmunjom", "kind": "site", "note": "The truce village."}]}
    import_bundle(write_bundle(tmp_path / "short", short, files={}), by=historian, why="Noted.")
    place = Place.objects.get()
    assert (place.note, str(place.latitude)) == ("The truce village.", "37.95610")


def test_an_older_bundle_never_reverts_later_work(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    place = Place.objects.get()
    amend(place, {"name": "Phanmunjom"}, by=historian, why="As the signs have it.", read_version=1)
    before = Entry.objects.count()
    again = import_bundle(bundle, by=historian, why="Again.")
    assert again.counts["place"] == Counts(older=1)
    assert Place.objects.get().name == "Phanmunjom"
    assert Entry.objects.count() == before


def test_an_older_bundle_does_not_bring_back_what_was_withdrawn(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    withdraw(Figure.objects.get(), by=historian, why="Counted twice.")
    assert import_bundle(bundle, by=historian, why="Again.").counts["figure"] == Counts(unchanged=1)
    standing = write_bundle(tmp_path / "standing", changed("figure", "fifty-five", withdrawn=""))
    assert import_bundle(standing, by=historian, why="Again.").counts["figure"] == Counts(older=1)
    assert not Figure.objects.get().stands
    changed_too = write_bundle(tmp_path / "later", changed("figure", "fifty-five", scope="some"))
    with pytest.raises(InputError, match="The record withdrew this row"):
        import_bundle(changed_too, by=historian, why="Again.")


def test_a_bundle_can_withdraw_a_row_from_today_on(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    later = write_bundle(tmp_path / "later", changed("figure", "fifty-five", withdrawn="Counted twice."))
    import_bundle(later, by=historian, why="The agency withdrew it.")
    figure = Figure.objects.get()
    assert (figure.withdrawn, figure.version_known_on) == ("Counted twice.", timezone.localdate())
    assert Entry.objects.filter(action="figure.withdrawn", code="fifty-five").count() == 1
    assert verify_record().holds


@pytest.mark.parametrize(("first", "then"), [("a-yes", "b-55"), ("b-55", "a-yes")])
def test_of_two_rows_one_may_take_the_place_of_the_other_in_any_order(historian, tmp_path, first, then):
    preferred = [{**row, "preferred": str(row["code"] == first).lower()} for row in CONFLICT["position"]]
    import_bundle(write_bundle(tmp_path / "before", {**CONFLICT, "position": preferred}), by=historian)
    preferred = [{**row, "preferred": str(row["code"] == then).lower()} for row in CONFLICT["position"]]
    import_bundle(write_bundle(tmp_path / "after", {**CONFLICT, "position": preferred}), by=historian, why="Decided.")
    assert Position.objects.get(preferred=True).code == then
    assert verify_record().holds


def test_a_bundle_may_rest_on_rows_that_the_record_has(historian, bundle, tmp_path):
    import_bundle(bundle, by=historian)
    more = {
        "statement": [
            {
                "code": "came",
                "document": "paper",
                "passage": "on Sunday & talk",
                "party": "south",
                "said": "2018-07-15",
                "claim": "They came.",
                "grade": "N",
            }
        ]
    }
    assert import_bundle(write_bundle(tmp_path / "more", more, files={}), by=historian).counts["statement"].entered == 1


def test_only_who_may_import_imports(officer, bundle):
    assert officer.has_perm(Meeting.keep_permission)
    with pytest.raises(PermissionDenied):
        import_bundle(bundle, by=officer)
    assert not Place.objects.exists()


def test_importing_needs_no_permission_for_the_nouns(historian, bundle):
    assert not historian.has_perm(Meeting.keep_permission)
    import_bundle(bundle, by=historian)
    assert Meeting.objects.exists()


def test_progress_is_reported_to_the_last_row(historian, bundle):
    reports = []
    import_bundle(bundle, by=historian, progress=lambda *report: reports.append(report))
    n_rows = sum(len(rows) for rows in EXAMPLE.values())
    assert ("Importing rows", n_rows, n_rows) in reports


def test_a_table_of_a_thousand_rows_is_read_in_groups(historian, tmp_path):
    rows = [{"code": f"p-{number}", "name": f"Person {number}"} for number in range(1_200)]
    write_bundle(tmp_path / "bundle", {}, files={})
    write_table(tmp_path / "bundle" / "person.csv", rows)
    assert import_bundle(tmp_path / "bundle", by=historian).counts["person"] == Counts(entered=1_200)
    assert import_bundle(tmp_path / "bundle", by=historian).counts["person"] == Counts(unchanged=1_200)
    assert verify_record().holds
