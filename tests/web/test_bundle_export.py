"""Exporting the record as a bundle: whole, at one time, as far as somebody may see it, and back again."""

import csv
import json
import stat
import tempfile
import zipfile
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.exporting import export_bundle
from homeward.web.bundle.importing import already_imported, import_bundle
from homeward.web.journal.keeping import amend, enter, withdraw
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.models import Entry
from homeward.web.parties.models import Party
from homeward.web.places.models import Place
from homeward.web.sources.models import Document, Figure
from homeward.web.sources.originals import record_original
from tests.examples import examples
from tests.web.bundles import EXAMPLE, PAGE, changed, contents, write_bundle, write_table, zipped
from tests.web.conftest import PASSWORD
from tests.web.record_rows import party


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@contextmanager
def passing_record():
    """A record that is gone afterwards, as if in another database."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def rows_of(folder, noun):
    with (folder / f"{noun}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def manifest_of(folder):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_record_that_was_exported_and_imported_exports_the_same(historian, tmp_path):
    with passing_record():
        import_bundle(write_bundle(tmp_path / "first"), by=historian)
        place = Place.objects.get()
        amend(place, {"name": "=Phanmunjom", "note": '\'=\n"x"'}, by=historian, why="The signs.", read_version=1)
        withdraw(Figure.objects.get(), by=historian, why="-Counted, twice")
        export_bundle(tmp_path / "one", by=historian)
    assert not Place.objects.exists()
    import_bundle(tmp_path / "one", by=historian)
    assert Place.objects.get().note == '\'=\n"x"'
    assert Figure.objects.get().withdrawn == "-Counted, twice"
    export_bundle(tmp_path / "two", by=historian)
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    changing = {"exported_at"}
    one, two = manifest_of(tmp_path / "one"), manifest_of(tmp_path / "two")
    assert {name for name in one if one[name] != two[name]} <= changing


kept_text = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), max_size=60)
names = kept_text.filter(lambda text: text.strip())


@pytest.mark.django_db
@settings(max_examples=examples(15, 5), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(names, kept_text), min_size=1, max_size=5), original=st.binary(min_size=1, max_size=200))
def test_any_words_and_any_bytes_survive_export_and_import(historian, rows, original):
    with tempfile.TemporaryDirectory() as name, passing_record():
        one, two = Path(name, "one.zip"), Path(name, "two.zip")
        with passing_record():
            kept = record_original(original, rows[0][0], by=historian)
            paper = Document(
                code="paper",
                known_on=date(2018, 7, 1),
                kind="article",
                headline=rows[0][0],
                publisher=rows[0][0],
                published="2018-07-01",
                grade="N",
                holding="original",
                original=kept,
            )
            enter(paper, by=historian)
            for number, (title, description) in enumerate(rows):
                enter(party(f"p-{number}", name=title, description=description), by=historian)
            export_bundle(one, by=historian)
        import_bundle(one, by=historian)
        assert bytes(Document.objects.get().original.content) == original
        described = Party.objects.order_by("code").values_list("name", "description")
        assert list(described) == rows
        export_bundle(two, by=historian)
        assert _entries(one) == _entries(two)


def _entries(path):
    with zipfile.ZipFile(path) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist() if info.filename != "manifest.json"}


def test_the_manifest_lists_every_file_with_its_digest(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian, title="Talks of 2018")
    manifest = manifest_of(tmp_path / "out")
    assert (manifest["format"], manifest["version"], manifest["title"]) == ("homeward-bundle", 1, "Talks of 2018")
    assert manifest["as_of"] == {"on": None, "known": None}
    assert manifest["files"].keys() == contents(tmp_path / "out").keys()


def test_what_came_from_made_up_data_is_called_made_up(historian, tmp_path):
    export_bundle(tmp_path / "before", by=historian)
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "after", by=historian)
    assert [manifest_of(tmp_path / name)["synthetic"] for name in ("before", "after")] == [False, True]


def test_two_exports_have_the_same_bytes(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    one = export_bundle(tmp_path / "one.zip", by=historian)
    two = export_bundle(tmp_path / "two.zip", by=historian)
    assert one == two
    with zipfile.ZipFile(tmp_path / "one.zip") as first, zipfile.ZipFile(tmp_path / "two.zip") as second:
        for before, after in zip(first.infolist(), second.infolist(), strict=True):
            assert (before.filename, before.date_time) == (after.filename, after.date_time)
            assert before.filename == "manifest.json" or first.read(before) == second.read(after)


def test_the_record_knows_an_export_of_itself_only_after_it_was_imported(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out.zip", by=historian)
    before = Entry.objects.count()
    result = import_bundle(tmp_path / "out.zip", by=historian)
    assert sum(count.unchanged for count in result.counts.values()) == sum(map(len, EXAMPLE.values()))
    assert Entry.objects.count() == before + 1
    assert already_imported(tmp_path / "out.zip")


def test_no_cell_of_a_text_begins_a_formula_and_negative_numbers_stay(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian)
    assert rows_of(tmp_path / "out", "document")["paper"]["headline"] == '\'=Talks, "on" remains'
    assert rows_of(tmp_path / "out", "place")["panmunjom"]["longitude"] == "-157.95"


def test_lines_end_and_quotes_are_doubled_as_in_rfc_4180(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian)
    table = (tmp_path / "out" / "document.csv").read_bytes()
    assert table.startswith(b"code,known_on,withdrawn,")
    assert b'"\'=Talks, ""on"" remains"' in table
    assert table.endswith(b"\r\n")


def test_an_export_of_what_was_known_then_says_what_was_known_then(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    place = Place.objects.get()
    amend(
        place,
        {"name": "Phanmunjom"},
        by=historian,
        why="A newer map.",
        read_version=1,
        known_on=date(2018, 9, 1),
    )
    withdraw(Figure.objects.get(), by=historian, why="Counted twice.", known_on=date(2018, 9, 1))
    enter(party("east", known_on=date(2018, 8, 1)), by=historian)
    for day, name, figures, parties in [
        (date(2018, 7, 20), "Panmunjom", 1, 2),
        (date(2018, 8, 20), "Panmunjom", 1, 3),
        (date(2018, 9, 20), "Phanmunjom", 0, 3),
    ]:
        out = tmp_path / day.isoformat()
        result = export_bundle(out, by=historian, as_of=AsOf(known=day))
        assert rows_of(out, "place")["panmunjom"]["name"] == name
        assert (result.rows["figure"], result.rows["party"]) == (figures, parties)
        assert manifest_of(out)["as_of"] == {"on": None, "known": day.isoformat()}
    assert export_bundle(tmp_path / "before", by=historian, as_of=AsOf(known=date(2018, 7, 1))).originals == 0


def test_an_export_of_what_was_known_then_can_be_imported(historian, tmp_path):
    with passing_record():
        import_bundle(write_bundle(tmp_path / "first"), by=historian)
        later = {
            "party": [{"code": "east", "name": "E", "short_name": "E", "kind": "agency", "known_on": "2018-08-01"}],
            "office": [{"code": "minister", "party": "east", "name": "Minister"}],
        }
        import_bundle(write_bundle(tmp_path / "more", later, files={}), by=historian)
        result = export_bundle(tmp_path / "out", by=historian, as_of=AsOf(known=date(2018, 7, 20)))
        assert result.left_out == 1
        assert result.rows["office"] == 0
    assert import_bundle(tmp_path / "out", by=historian).counts["meeting"].entered == 1


def test_an_export_of_a_day_leaves_out_what_had_not_begun(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian, as_of=AsOf(on=date(2018, 7, 12)))
    assert rows_of(tmp_path / "out", "meetingchange").keys() == {"talks-1", "talks-2", "talks-3"}
    assert rows_of(tmp_path / "out", "document").keys() == {"paper", "letter"}
    assert rows_of(tmp_path / "out", "statement").keys() == set()
    assert rows_of(tmp_path / "out", "bearing").keys() == set()
    export_bundle(tmp_path / "earlier", by=historian, as_of=AsOf(on=date(2018, 7, 11)))
    assert rows_of(tmp_path / "earlier", "meetingchange").keys() == {"talks-1"}


def test_nobody_gets_what_they_may_not_see_nor_what_rests_on_it(historian, officer, tmp_path):
    tables = changed("document", "paper", reach="family")
    tables["citation"] = [
        *tables["citation"],
        {"code": "of-the-claim", "about": "statement:will-meet", "document": "letter"},
    ]
    import_bundle(write_bundle(tmp_path / "first", tables), by=historian)
    result = export_bundle(tmp_path / "out", by=officer)
    exported = {noun: set(rows_of(tmp_path / "out", noun)) for noun in result.rows}
    assert exported["document"] == set()  # the letter is a copy of the paper
    assert exported["statement"] == exported["figure"] == exported["citation"] == exported["bearing"] == set()
    assert exported["party"] == {"north", "south"}
    assert result.originals == 0
    assert PAGE not in contents(tmp_path / "out").values()
    assert not any(b"will-meet" in content for content in contents(tmp_path / "out").values())
    assert export_bundle(tmp_path / "all", by=historian).rows["statement"] == 1


def test_a_reader_may_not_export(reader, tmp_path):
    with pytest.raises(PermissionDenied):
        export_bundle(tmp_path / "out", by=reader)
    assert list(tmp_path.iterdir()) == []


def test_what_stands_at_the_destination_is_left_alone(historian, tmp_path):
    (tmp_path / "out.zip").write_text("mine")
    write_table(tmp_path / "mine.csv", [{"code": "a"}])
    for destination in (tmp_path / "out.zip", tmp_path):
        with pytest.raises(InputError, match="There is something here already"):
            export_bundle(destination, by=historian)
    assert (tmp_path / "out.zip").read_text() == "mine"
    with pytest.raises(InputError, match="Nothing could be written here"):
        export_bundle(tmp_path / "no" / "folder", by=historian)


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_an_export_that_is_broken_off_leaves_nothing(historian, tmp_path, name):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)

    def stop(step, done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_bundle(tmp_path / name, by=historian, progress=stop)
    assert [path.name for path in tmp_path.iterdir()] == ["first"]


def test_only_its_owner_can_read_an_export(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian)
    export_bundle(tmp_path / "out.zip", by=historian)
    assert stat.S_IMODE((tmp_path / "out.zip").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "out").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out").rglob("*") if path.is_file()} == {0o600}


def test_a_zip_by_hand_and_an_export_as_zip_are_read_alike(historian, tmp_path):
    import_bundle(write_bundle(tmp_path / "first"), by=historian)
    export_bundle(tmp_path / "out", by=historian)
    export_bundle(tmp_path / "out.zip", by=historian)
    assert import_bundle(tmp_path / "out.zip", by=historian).digest == (
        import_bundle(zipped(tmp_path / "out", tmp_path / "by-hand.zip"), by=historian).digest
    )
