"""The commands that prepare and look after a record, run as people run them."""

import stat
import urllib.request


def test_preparing_says_how_to_sign_in_and_shows_the_password_once(record):
    assert f"Sign in as analyst with the password {record.password}" in record.init_output
    again = record.run("init")
    assert again.returncode == 0
    assert record.password not in again.stdout
    assert "the password is in" in again.stdout


def test_what_a_record_keeps_is_private(record):
    assert stat.S_IMODE(record.folder.stat().st_mode) == 0o700
    for name in ("homeward.sqlite3", "secret-key.txt", "first-sign-in.txt"):
        assert stat.S_IMODE((record.folder / name).stat().st_mode) == 0o600


def test_serving_without_a_record_is_refused_in_plain_words(homeward, tmp_path):
    refused = homeward(tmp_path)("serve")
    assert refused.returncode == 2
    assert "Run 'homeward init' first." in " ".join(refused.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_user_is_added_once_and_can_get_a_new_password(record):
    added = record.run("user", "add", "rosa", "--role", "reader")
    assert added.returncode == 0, added.stderr
    assert "Added rosa as Reader." in added.stdout
    assert record.run("user", "add", "rosa", "--role", "reader").returncode == 2
    changed = record.run("user", "password", "rosa")
    assert changed.returncode == 0
    assert changed.stdout.splitlines()[1] != added.stdout.splitlines()[1]


def test_a_role_that_does_not_exist_is_refused(record):
    refused = record.run("user", "add", "otto", "--role", "owner")
    assert refused.returncode == 2
    assert "'reader'" in refused.stderr


def test_the_record_is_served_with_its_headers_and_static_files(site):
    with urllib.request.urlopen(f"{site}/") as page:
        assert page.url == f"{site}/account/sign-in/?next=/"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    with urllib.request.urlopen(f"{site}/static/homeward/site.css") as stylesheet:
        assert stylesheet.headers["Content-Type"].startswith("text/css")
