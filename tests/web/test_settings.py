"""What the environment changes in the settings, and that they are safe without it."""

import os
import runpy

import pytest
from django.core.exceptions import ImproperlyConfigured

from homeward.web.config import settings as loaded


@pytest.fixture
def settings_with(monkeypatch):
    """Return a function that reads the settings anew under a given environment."""

    def read(**environment: str) -> dict[str, object]:
        for name in [name for name in os.environ if name.startswith("HOMEWARD_")]:
            monkeypatch.delenv(name)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(loaded.__file__)

    return read


def test_without_any_environment_the_site_is_local_and_never_in_debug_mode(settings_with, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = settings_with()
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert settings["DATABASES"]["default"]["NAME"] == tmp_path / "var" / "homeward.sqlite3"


def test_reading_the_settings_writes_nothing_and_invents_no_key(settings_with, tmp_path):
    settings = settings_with(HOMEWARD_DATA=str(tmp_path / "data"))
    assert settings["SECRET_KEY"] == ""
    assert list(tmp_path.iterdir()) == []


def test_further_hosts_are_added_to_the_local_ones(settings_with):
    hosts = settings_with(HOMEWARD_HOSTS="lab.example, record.example")["ALLOWED_HOSTS"]
    assert hosts[3:] == ["lab.example", "record.example"]


def test_with_tls_cookies_and_pages_travel_only_encrypted(settings_with):
    settings = settings_with(HOMEWARD_HTTPS="1")
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        assert settings[name] is True
    assert settings["SECURE_HSTS_SECONDS"] == 365 * 24 * 60 * 60


def test_the_database_waits_for_its_lock_and_keeps_a_write_ahead_log(settings_with, tmp_path):
    options = settings_with(HOMEWARD_DATA=str(tmp_path))["DATABASES"]["default"]["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_an_address_moves_the_database_to_postgresql(settings_with, tmp_path):
    address = "postgresql://clerk:secret@db.example:5433/record"
    database = settings_with(HOMEWARD_DATA=str(tmp_path), HOMEWARD_DATABASE=address)["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "5433", "record")


def test_a_wrong_address_of_the_database_stops_the_settings(settings_with):
    with pytest.raises(ImproperlyConfigured, match="HOMEWARD_DATABASE: This is not the address"):
        settings_with(HOMEWARD_DATABASE="record.sqlite3")
