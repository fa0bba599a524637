"""The files of a bundle: nothing that leads out of it, nothing that bursts, nothing that was changed on the way."""

import json
import os
import stat
import zipfile

import pytest

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.roles import Role
from homeward.web.bundle.exporting import export_bundle
from homeward.web.bundle.importing import already_imported, import_bundle
from homeward.web.bundle.reading import Limits, files_at
from homeward.web.places.models import Place
from tests.web.bundles import PAGE_PATH, write_bundle, zipped
from tests.web.conftest import PASSWORD


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.fixture
def refused(historian):
    """Return a function that imports what is at a path and returns what is said against it."""

    def problems(path):
        with pytest.raises(InputError) as error:
            import_bundle(path, by=historian)
        assert not Place.objects.exists()
        return " ".join(map(str, error.value.problems))

    return problems


def hostile_zip(path, *entries):
    """A zip with entries given as (ZipInfo or name, content)."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return path


def link(name):
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../passwd",
        "originals/../../passwd",
        "originals//x",
        "C:/passwd",
        "originals\\..\\x",
        "./party.csv",
    ],
)
def test_a_path_that_leads_out_of_a_zip_is_refused(refused, tmp_path, name):
    assert "does not stay within" in refused(hostile_zip(tmp_path / "bad.zip", (name, "x")))


def test_a_link_in_a_zip_is_refused(refused, tmp_path):
    assert "a link" in refused(hostile_zip(tmp_path / "bad.zip", (link("party.csv"), "/etc/passwd")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_in_a_zip_is_refused(refused, tmp_path):
    assert "stands here twice" in refused(hostile_zip(tmp_path / "bad.zip", ("party.csv", "a"), ("party.csv", "b")))


def test_a_name_that_is_written_in_two_ways_is_one_name(refused, tmp_path):
    names = ("originals/\u00e9.txt", "originals/e\u0301.txt")
    assert "stands here twice" in refused(hostile_zip(tmp_path / "bad.zip", *((name, "a") for name in names)))


def test_a_zip_that_would_burst_is_refused_before_it_is_unpacked(refused, tmp_path, monkeypatch):
    bomb = hostile_zip(tmp_path / "bomb.zip", ("originals/bomb.txt", b"\0" * 20_000_000))

    def unpack(*_):
        raise AssertionError("The bomb was unpacked.")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpack)
    assert "more than 200 times as large" in refused(bomb)


def test_more_files_or_bytes_than_anybody_keeps_are_refused(tmp_path):
    folder = write_bundle(tmp_path / "bundle")
    packed = zipped(folder, tmp_path / "bundle.zip")
    for path in (folder, packed):
        with pytest.raises(InputError, match="more than 3 files"), files_at(path, Limits(files=3)):
            pass
        with pytest.raises(InputError, match="at most 0 GiB"), files_at(path, Limits(total=100)):
            pass


def test_a_zip_that_packs_in_an_unusual_way_is_refused(refused, tmp_path):
    info = zipfile.ZipInfo("party.csv")
    info.compress_type = zipfile.ZIP_LZMA
    assert "unusual way" in refused(hostile_zip(tmp_path / "bad.zip", (info, "x")))


def test_a_file_that_is_no_zip_is_refused(refused, tmp_path):
    (tmp_path / "bundle.zip").write_text("PK and nothing else")
    assert "neither a folder nor a zip" in refused(tmp_path / "bundle.zip")
    assert "There is no such file" in refused(tmp_path / "nothing.zip")


def test_a_damaged_zip_is_refused(refused, tmp_path):
    packed = zipped(write_bundle(tmp_path / "bundle"), tmp_path / "bundle.zip")
    content = bytearray(packed.read_bytes())
    with zipfile.ZipFile(packed) as archive:
        start = archive.getinfo("party.csv").header_offset
    content[start + 50 : start + 60] = b"\xff" * 10
    packed.write_bytes(content)
    assert "party.csv: The file cannot be read" in refused(packed)


def test_a_link_in_a_folder_is_refused(refused, tmp_path):
    folder = write_bundle(tmp_path / "bundle")
    (folder / PAGE_PATH).unlink()
    (folder / PAGE_PATH).symlink_to("/etc/passwd")
    assert "a link" in refused(folder)


def test_what_is_no_plain_file_is_refused(refused, tmp_path):
    folder = write_bundle(tmp_path / "bundle")
    os.mkfifo(folder / "event.csv")
    assert "not a plain file" in refused(folder)


@pytest.mark.parametrize("name", ["meetings.csv", "notes.txt", "data/party.csv", ".DS_Store"])
def test_a_file_that_no_import_looks_at_is_refused(refused, tmp_path, name):
    folder = write_bundle(tmp_path / "bundle")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("x")
    assert f"{name}: There is no place for this file" in refused(folder)


def test_a_file_for_people_may_lie_beside_the_tables(historian, tmp_path):
    folder = write_bundle(tmp_path / "bundle")
    digest = import_bundle(folder, by=historian).digest
    (folder / "README.md").write_text("About these tables.")
    assert import_bundle(folder, by=historian).digest == digest


def test_a_folder_within_a_folder_says_which_to_name(refused, tmp_path):
    write_bundle(tmp_path / "bundle")
    assert "It stands in bundle/manifest.json" in refused(tmp_path)


@pytest.mark.parametrize("change", ["altered", "removed", "added", "listed"])
def test_a_bundle_that_was_changed_on_the_way_is_refused(historian, tmp_path, change):
    source, out = write_bundle(tmp_path / "bundle"), tmp_path / "out"
    import_bundle(source, by=historian)
    export_bundle(out, by=historian)
    if change == "altered":
        (out / "party.csv").write_text((out / "party.csv").read_text().replace("North", "East"))
    elif change == "removed":
        (out / "event.csv").unlink()
    elif change == "added":
        (out / "originals" / "more.txt").write_text("x")
    else:
        manifest = json.loads((out / "manifest.json").read_text())
        manifest["files"]["party.csv"] = "0" * 64
        (out / "manifest.json").write_text(json.dumps(manifest))
    said = {
        "altered": "party.csv: This file is not the one that the manifest lists",
        "removed": "event.csv: The manifest lists this file, and it is not here",
        "added": "originals/more.txt: The manifest does not list this file",
        "listed": "party.csv: This file is not the one that the manifest lists",
    }
    with pytest.raises(InputError) as refused:
        import_bundle(out, by=historian, why="Again.")
    assert any(str(problem).startswith(said[change]) for problem in refused.value.problems)


def test_asking_whether_nothing_was_imported_is_refused(db, tmp_path):
    with pytest.raises(InputError, match="There is no such file"):
        already_imported(tmp_path / "nothing")
