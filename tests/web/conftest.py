"""The standing cast, and a small case to record."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.casework.actions import record_analysis
from homeward.web.casework.models import Analysis
from tests.database import SERVER
from tests.prepared import prepared_once
from tests.web.record_programs import ProgramRecord
from tests.web.unguarded import flushing_unguarded

PASSWORD = "barley-window-thirteen"

CASE_FILES = {
    "case.toml": 'title = "Two loci, one family (synthetic)"\nkind = "resolve"\nsynthetic = true\n',
    "frequencies.csv": "locus,allele,frequency\n"
    "D3S1358,14,0.2\nD3S1358,15,0.3\nD3S1358,16,0.5\nvWA,16,0.4\nvWA,17,0.6\n",
    "loci.csv": "locus,chromosome,mutation_model\nD3S1358,3,none\nvWA,12,none\n",
    "people.csv": "family,person,father,mother,sex,role\n"
    "F,father,,,male,reference\nF,mother,,,female,reference\nF,son,father,mother,male,missing\n",
    "samples.csv": "sample,sex\nR-1,male\nR-2,male\n",
    "profiles.csv": "owner,locus,allele1,allele2\n"
    "father,D3S1358,14,15\nfather,vWA,16,17\nmother,D3S1358,16,16\nmother,vWA,17,17\n"
    "R-1,D3S1358,14,16\nR-1,vWA,16,17\nR-2,D3S1358,15,15\nR-2,vWA,16,16\n",
}


@pytest.fixture(autouse=True)
def requests_counted_from_nothing():
    """A user of one test has the number of a user of another, for whom the API would count on."""
    cache.clear()


@pytest.fixture(autouse=True)
def quick_password_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied() -> Iterator[None]:
    with flushing_unguarded():
        yield


@pytest.fixture(scope="session")
def rows_for_several_tests(django_db_setup, django_db_blocker):
    """Return a context in which a fixture of wide scope enters rows; what each test does to them is undone."""

    @contextmanager
    def rows() -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return rows


@pytest.fixture
def case_folder(tmp_path) -> Path:
    folder = tmp_path / "case"
    folder.mkdir()
    for name, text in CASE_FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def analyst(db) -> User:
    return add_user("analyst", Role.DNA_ANALYST, PASSWORD)


@pytest.fixture
def everybody(db) -> User:
    """Somebody who has every role."""
    return add_user("everybody", list(Role), PASSWORD)


@pytest.fixture
def officer(db) -> User:
    return add_user("officer", Role.ENGAGEMENT_OFFICER, PASSWORD)


@pytest.fixture
def reader(db) -> User:
    return add_user("reader", Role.READER, PASSWORD)


@pytest.fixture
def outsider(db) -> User:
    return User.objects.create_user("outsider", password=PASSWORD)


@pytest.fixture
def analysis(analyst, case_folder) -> Analysis:
    return record_analysis(case_folder, by=analyst)


@pytest.fixture(scope="session")
def prepared_folder(tmp_path_factory, migrated_folder) -> Path:
    """A folder with a record in SQLite that has an engagement officer."""

    def prepare(folder: Path) -> None:
        shutil.copytree(migrated_folder, folder)
        record = ProgramRecord(folder)
        record.homeward("init", "--no-example")
        record.homeward("user", "add", "officer", "--role", Role.ENGAGEMENT_OFFICER.value)

    return prepared_once(tmp_path_factory, "prepared-record", prepare)


@pytest.fixture
def program_record(transactional_db, tmp_path, request) -> ProgramRecord:
    """A record with an engagement officer, on the engine that is tested, for programs to work on."""
    if connection.vendor == "postgresql":
        add_user("officer", Role.ENGAGEMENT_OFFICER, PASSWORD)
        address = urlsplit(os.environ[SERVER])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        return ProgramRecord(tmp_path, address)
    return ProgramRecord(shutil.copytree(request.getfixturevalue("prepared_folder"), tmp_path / "record"))
