"""A record prepared and served by the commands that people type, and a browser to look at it."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import run_command
from tests.examples import only_thorough

HOMEWARD = Path(sys.executable).with_name("homeward")
START_LIMIT_S = 60
SCREENS = [
    pytest.param((1440, 900), id="desk", marks=only_thorough),
    pytest.param((390, 780), id="phone"),
]
"""Width and height of the windows that pages are looked at in; the narrow one is where they go wrong."""

Command = Callable[..., subprocess.CompletedProcess[str]]


@dataclass(frozen=True)
class Record:
    """A record in a folder of its own: what ``homeward init`` printed, and how to run more commands on it."""

    folder: Path
    init_output: str
    run: Command

    @property
    def password(self) -> str:
        return re.search(r"password: (\S+)", (self.folder / "first-sign-in.txt").read_text())[1]


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """The environment of a command: its own data folder and database, and none of the settings of other tests."""
    others = {name: value for name, value in os.environ.items() if not name.startswith(("HOMEWARD_", "DJANGO_"))}
    return {**others, "HOMEWARD_DATA": str(folder), "HOMEWARD_DATABASE": database}


@pytest.fixture(scope="session")
def homeward() -> Callable[..., Command]:
    """Return a function that returns the homeward command for a data folder, and a database if that is elsewhere."""

    def for_folder(folder: Path, database: str = "") -> Command:
        def run(*arguments: str) -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [HOMEWARD, *arguments], env=environment(folder, database), capture_output=True, text=True, timeout=120
            )

        return run

    return for_folder


@pytest.fixture(scope="session")
def record(worked_folder, tmp_path_factory) -> Record:
    """A record that this worker may write in, a copy of the one that is prepared for all."""
    folder = shutil.copytree(worked_folder / "data", tmp_path_factory.mktemp("record") / "data")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return run_command(*arguments, environment=environment(folder))

    return Record(folder, (worked_folder / "said.txt").read_text(), run)


@pytest.fixture(scope="session")
def site(record) -> Iterator[str]:
    """The address of the record while ``homeward serve`` runs."""
    with serving(record.folder) as address:
        yield address


@contextmanager
def serving(folder: Path, database: str = "") -> Iterator[str]:
    """Run ``homeward serve`` on a record; the address of its first page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "serve.log"
    with log.open("w") as output:
        server = subprocess.Popen(
            [HOMEWARD, "serve", "--port", str(port)],
            env=environment(folder, database),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_until_it_listens(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def wait_until_it_listens(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_LIMIT_S
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"'homeward serve' did not start:\n{log.read_text()}")


@pytest.fixture(scope="module")
def browser():
    """Closed with each file: while it is open, an event loop runs, and Django refuses to use a database beside it."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        message = "There is no Chromium here; on Debian it is installed with: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path)
        yield chromium
        chromium.close()
