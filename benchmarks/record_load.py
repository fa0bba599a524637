"""Many readers at once: each asks a served record for one page a second, some of them as it was known years ago."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

from benchmarks.measuring import peak_mib_of

HOMEWARD = Path(sys.executable).with_name("homeward")
AS_OF = "2018-07-13"
EVERY_FOURTH = 4
"""One reader in so many reads the record as it was known on that day."""
CODES = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """One sort of page: its addresses, and the role of those who ask for them."""

    addresses: Sequence[str]
    role: str = "Reader"


@dataclass(slots=True)
class Times:
    """How long each request for one sort of page took, in seconds; and how many were not answered with that page."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def percentile(self, percent: int) -> float:
        """Return the time within which so many of a hundred were answered."""
        return quantiles([*self.seconds, max(self.seconds)], n=100, method="inclusive")[percent - 1]


def measure_pages(
    environment: Mapping[str, str], asked: Mapping[str, Any], seconds: int
) -> tuple[dict[str, Times], float]:
    """Serve a record, and have its readers ask for pages.

    Parameters
    ----------
    asked : mapping
        What `readers_and_pages` returned.

    Returns
    -------
    dict, float
        The times by sort of page, and the peak memory of the server in MiB.
    """
    cookies, pages = asked["cookies"], {kind: Asked(**page) for kind, page in asked["pages"].items()}
    n_readers = min(len(of_role) for of_role in cookies.values())
    times = {kind: Times() for kind in pages}
    lock = threading.Lock()

    def read(number: int, start: float) -> None:
        rng = Random(number)
        # Each in an order of their own: else all would ask for the slow pages at once.
        kinds = rng.sample(list(pages), len(pages))
        for second in range(seconds):
            time.sleep(max(0.0, start + second + number / n_readers - time.monotonic()))
            kind = kinds[second % len(kinds)]
            page = pages[kind]
            took, is_answered = ask(port, rng.choice(page.addresses), cookies[page.role][number])
            with lock:
                times[kind].seconds.append(took)
                times[kind].failures += not is_answered

    with served(environment) as (port, server):
        for page in [*pages.values()] * 3:  # the first requests of each process read templates and open connections
            ask(port, page.addresses[0], cookies[page.role][0])
        start = time.monotonic() + 0.5
        threads = [threading.Thread(target=read, args=(number, start)) for number in range(n_readers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server_mib = peak_mib_of(server)
    return times, server_mib


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Serve the record as ``homeward serve`` does, on the loopback interface; give the port and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [HOMEWARD, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            while not _is_open(port) and server.poll() is None:
                time.sleep(0.05)
            yield port, server.pid
        finally:
            server.terminate()


def ask(port: int, address: str, cookie: str) -> tuple[float, bool]:
    """Ask for a page; return how long the whole answer took, in seconds, and whether it was the page."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", address, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
    except OSError:
        return time.perf_counter() - start, False
    finally:
        connection.close()
    return time.perf_counter() - start, answer.status == http.client.OK


def readers_and_pages(n_readers: int, pages: Mapping[str, Asked]) -> str:
    """Sign readers in; return their cookies by role, and the pages by sort, as JSON. Needs Django."""
    cookies = {
        role: [_cookie(number, role) for number in range(n_readers)] for role in {page.role for page in pages.values()}
    }
    return json.dumps({"cookies": cookies, "pages": {kind: asdict(page) for kind, page in pages.items()}})


def _cookie(number: int, role: str) -> str:
    """The cookie of somebody of a role who is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group
    from django.contrib.sessions.backends.db import SessionStore

    from homeward.web.accounts.models import User
    from homeward.web.pages import as_of

    user, _ = User.objects.get_or_create(username=f"{role.lower().replace(' ', '-')}-{number}")
    user.groups.set([Group.objects.get(name=role)])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if number % EVERY_FOURTH == EVERY_FOURTH - 1:
        session[as_of.SESSION_KEY] = [AS_OF, AS_OF]
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def some_codes(rows: Any) -> list[str]:
    """Return codes of some rows of a query; known on the day that some read as of, if any were."""
    found = list(rows.filter(known_on__lte=AS_OF).order_by("code").values_list("code", flat=True))
    found = found or list(rows.order_by("code").values_list("code", flat=True))
    return Random(rows.model.noun()).sample(found, min(CODES, len(found)))


def _is_open(port: int) -> bool:
    """Whether somebody answers at a port."""
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
