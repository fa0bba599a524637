"""Many readers at once: each asks a served record for one page a second, some of them as it was known years ago."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any
from urllib.parse import quote

HOMEWARD = Path(sys.executable).with_name("homeward")
AS_OF = "2018-07-13"
EVERY_FOURTH = 4
"""One reader in so many reads the record as it was known on that day."""
CODES = 60
NOUNS = ("document", "statement", "meeting", "series", "conflict", "handover", "party", "place", "agreement")
WORDS = (
    "panmunjom",
    "remains",
    "chosin",
    "장진호",
    "wooden boxes",
    "handed over 55",
    '"military command"',
    "unaccounted",
    "document-17",
    "kim yong-chol",
    "july 1954",
    "rese",
    "meeting",
    "P'anmunjŏm",
    "denied boxes",
    "the of and",
    "zzzz",
)


@dataclass(slots=True)
class Times:
    """How long each request for one sort of page took, in seconds; and how many were not answered with that page."""

    seconds: list[float] = field(default_factory=list)
    failures: int = 0

    def percentile(self, percent: int) -> float:
        """Return the time within which so many of a hundred were answered."""
        return quantiles([*self.seconds, max(self.seconds)], n=100, method="inclusive")[percent - 1]


def measure_pages(environment: Mapping[str, str], asked: Mapping[str, Any], seconds: int) -> dict[str, Times]:
    """Serve a record, have its readers ask for pages, and return the times by sort of page.

    Parameters
    ----------
    asked : mapping
        What `readers_and_pages` returned.
    """
    cookies, pages = asked["cookies"], asked["pages"]
    times = {kind: Times() for kind in pages}
    lock = threading.Lock()

    def read(number: int, start: float) -> None:
        rng, kinds = Random(number), list(pages)
        for second in range(seconds):
            time.sleep(max(0.0, start + second + number / len(cookies) - time.monotonic()))
            kind = kinds[(number + second) % len(kinds)]
            took, is_answered = ask(port, rng.choice(pages[kind]), cookies[number])
            with lock:
                times[kind].seconds.append(took)
                times[kind].failures += not is_answered

    with served(environment) as port:
        for kind in [*pages] * 3:  # the first requests of each process read templates and open connections
            ask(port, pages[kind][0], cookies[0])
        start = time.monotonic() + 0.5
        threads = [threading.Thread(target=read, args=(number, start)) for number in range(len(cookies))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return times


@contextmanager
def served(environment: Mapping[str, str]) -> Iterator[int]:
    """Serve the record as ``homeward serve`` does, on the loopback interface; give the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [HOMEWARD, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            while not _is_open(port) and server.poll() is None:
                time.sleep(0.05)
            yield port
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


def readers_and_pages(n_readers: int) -> str:
    """Sign readers in; return their cookies, and addresses of pages by sort, as JSON. Needs Django."""
    return json.dumps({"cookies": [_cookie(number) for number in range(n_readers)], "pages": _pages()})


def _cookie(number: int) -> str:
    """The cookie of a reader who is signed in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import Group
    from django.contrib.sessions.backends.db import SessionStore

    from homeward.web.accounts.models import User
    from homeward.web.accounts.roles import Role
    from homeward.web.pages import as_of

    user, _ = User.objects.get_or_create(username=f"reader-{number}")
    user.groups.set([Group.objects.get(name=Role.READER.value)])
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if number % EVERY_FOURTH == EVERY_FOURTH - 1:
        session[as_of.SESSION_KEY] = [AS_OF, AS_OF]
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def _pages() -> dict[str, list[str]]:
    """Addresses of pages by sort."""
    return {
        "timeline": ["/timeline/"],
        "timeline of a party": [f"/timeline/party/party-{number}/" for number in range(6)],
        "search": [f"/search?q={quote(words)}" for words in WORDS],
        "search, one section": [f"/search?q={quote(words)}&in=statements" for words in WORDS],
        **{noun: [f"/record/{noun}/{code}/" for code in _codes(noun)] for noun in NOUNS},
        "list of documents": ["/documents/", "/documents/?page=5"],
        "list of statements": ["/record/statement/", "/record/statement/?page=5"],
    }


def _codes(noun: str) -> list[str]:
    """Codes of rows that everybody may see; known on the day that some read as of, if any were."""
    from homeward.web.journal.recorded import nouns

    rows = nouns()[noun].objects.order_by("code")
    if noun in ("document", "statement"):
        rows = rows.filter(**{"reach" if noun == "document" else "document__reach": "record"})
    found = list(rows.filter(known_on__lte=AS_OF).values_list("code", flat=True)) or list(
        rows.values_list("code", flat=True)
    )
    return Random(noun).sample(found, min(CODES, len(found)))


def _is_open(port: int) -> bool:
    """Whether somebody answers at a port."""
    with socket.socket() as door:
        return door.connect_ex(("127.0.0.1", port)) == 0
