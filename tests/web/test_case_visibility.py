"""A family that must not learn of a match before it is told does not, and nobody else does: not by any answer.

Two records are compared: one with an identification that is signed and not announced, and one in which as many lines
were written about something else that few may see. Whoever may not see cases gets the same answers, byte for byte.
The lists and the pages of all nouns are asked for in a thorough run; at a desk the export, which holds every row.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from homeward.core.errors import InputError
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.api import door
from homeward.web.bundle.exporting import export_bundle
from homeward.web.bundle.import_rows import SourceRow, import_rows
from homeward.web.casework.afterwards_actions import announce, decide, notify, release
from homeward.web.casework.models import Identification
from homeward.web.journal.book import InBook
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import nouns
from homeward.web.journal.verification import verify_record_for
from tests.examples import THOROUGH
from tests.web.two_books import FEMUR, PASSWORD, TIBIA, TwoBooks, today

pytestmark = pytest.mark.django_db
NOT_TOLD = (
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "csrf"),
    (re.compile(r"\d\d:\d\d(:\d\d)? UTC"), "time"),
    (re.compile(r"\d{4}-\d\d-\d\dT[\d:.+Z]+"), "time"),
)
BOOKS = [noun for noun, model in nouns().items() if issubclass(model, InBook)]
ASKED_FOR = ("Adam", "accounted for", "identified", "I-01", "rosette")
SOUGHT = ("noun=identification", "noun=status", "action=identification.signed", "by=examiner", "noun=obligation")


@pytest.fixture
def books(everybody, monkeypatch) -> TwoBooks:
    monkeypatch.setattr(door, "REQUESTS_PER_MINUTE", 10_000)
    return TwoBooks(everybody)


@pytest.fixture
def users(books) -> dict[Role, User]:
    roles = (Role.HISTORIAN, Role.READER, Role.ENGAGEMENT_OFFICER, Role.ADMINISTRATOR)
    return {role: add_user(role.name.lower(), role, PASSWORD) for role in roles}


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def told(answer) -> str:
    """An answer without what differs from one moment to the next."""
    headers = {name: answer[name] for name in ("Location", "Content-Type", "Content-Length") if name in answer}
    text = f"{answer.status_code} {headers.get('Location', '')}\n{answer.content.decode()}"
    for pattern, word in NOT_TOLD:
        text = pattern.sub(word, text)
    return text


def tell_and_release(books: TwoBooks, case: Identification) -> None:
    """Tell the family, note what they decide, and give them the remains."""
    kin, said = books.kin("adam"), {"happened": books.now, "by": books.staff.liaison}
    notify(case, kin, kind="told", told_by="L. Iaison", **said)
    decide(case, kin, kind="burial", later_portions="tell", **said)
    release(case, books.released(f"specimen:{FEMUR}", f"specimen:{TIBIA}"), by=books.staff.liaison)


def codes_of_the_match() -> dict[str, str]:
    """One row of each noun that the match brought about."""
    nouns_of_it = ["identification", "status", "obligation", "evidence", "association", "transfer", "transferitem"]
    lines = Entry.objects.filter(noun__in=nouns_of_it)
    return dict(lines.order_by("number").values_list("noun", "code"))


def addresses(hidden: dict[str, str], role: Role) -> Iterator[str]:
    code = hidden["identification"]
    yield from ("/cases/", "/record/missingperson/adam/", f"/record/identification/{code}/", "/api/v1/status")
    yield from ("/search/?q=accounted+for", "/journal/?noun=identification", f"/cases/do/rescind/{code}")
    if role == Role.HISTORIAN:
        yield from _more_addresses(hidden)


def _more_addresses(hidden: dict[str, str]) -> Iterator[str]:
    yield from ("/register/", f"/custody/specimen/{FEMUR}/", f"/record/specimen/{FEMUR}/", "/record/transfer/")
    yield from ("/", "/record/", "/cases/", "/waiting/", "/timeline/", "/journal/", "/record/missingperson/adam/")
    for noun, code in hidden.items():
        yield from (f"/record/{noun}/{code}/", f"/journal/{noun}/{code}/", f"/api/v1/{noun}/{code}", f"/api/v1/{noun}")
    yield f"/cases/{hidden['identification']}/sign"
    yield from (f"/cases/do/{name}/{hidden['identification']}" for name in ("rescind", "notify", "announce"))
    yield from (f"/search/?q={words}" for words in ASKED_FOR)
    yield from (f"/journal/?{sought}" for sought in (*SOUGHT, f"code={hidden['identification']}"))
    if THOROUGH:
        yield from (f"/record/{noun}/" for noun in BOOKS)
        yield from (f"/api/v1/{noun}" for noun in BOOKS)
        rows = Entry.objects.filter(noun__in=BOOKS, by_name="everybody").order_by("number")
        visible = [(noun, code) for noun, code in rows.values_list("noun", "code") if noun not in hidden]
        yield from (f"/record/{noun}/{code}/" for noun, code in dict(visible).items())


def posts(hidden: dict[str, str]) -> Iterator[tuple[str, dict[str, str]]]:
    """What a historian may try: to decide otherwise about the person, to take the line back, to touch the match."""
    status = {"missing": "adam", "known_on": today(), "happened": today(), "order": "0", "note": "Cannot be found."}
    for kind in ("non-recoverable", "accounted", "reopened", "unaccounted"):
        yield "/record/status/new", {**status, "kind": kind}
    yield "/record/status/new", {**status, "kind": "accounted", "identification": hidden["identification"]}
    yield "/record/missingperson/adam/withdraw", {"why": "Twice in the roll."}
    yield "/record/status/adam-lost/withdraw", {"why": "Wrong."}
    yield f"/record/status/{hidden['status']}/withdraw", {"why": "Wrong."}
    yield f"/record/identification/{hidden['identification']}/amend", {"policy": "x", "why": "Wrong."}
    yield f"/cases/do/rescind/{hidden['identification']}", {"reason": "Wrong."}
    yield f"/cases/{hidden['identification']}/sign", {"password": PASSWORD}
    yield "/record/citation/new", {"about": f"identification:{hidden['identification']}", "document": "paper"}


def everything_told(users: dict[Role, User], hidden: dict[str, str], folder: Path) -> dict[str, str]:
    """All that three roles get to see, by who asked for what."""
    cache.clear()
    found: dict[str, str] = {}
    for role in (Role.HISTORIAN, Role.READER, Role.ENGAGEMENT_OFFICER):
        client = Client()
        client.force_login(users[role])
        for address in addresses(hidden, role):
            found[f"{role} {address}"] = told(client.get(address))
        for address, typed in posts(hidden) if role == Role.HISTORIAN else ():
            with undone():
                found[f"{role} POST {address} {typed}"] = told(client.post(address, typed))
        with undone():
            patched = client.patch(f"/api/v1/status/{hidden['status']}", {"note": "x"}, "application/json")
            found[f"{role} PATCH"] = told(patched)
    for role in (Role.HISTORIAN, Role.ENGAGEMENT_OFFICER) if THOROUGH else (Role.HISTORIAN,):
        folder.mkdir(exist_ok=True)
        export_bundle(folder / role.name, by=users[role], title="All")
        for file in sorted(path for path in (folder / role.name).rglob("*") if path.is_file()):
            if file.name != "manifest.json":
                found[f"{role} export {file.name}"] = file.read_text()
    found["import"] = imported(users[Role.HISTORIAN], hidden["identification"])
    verified = verify_record_for(users[Role.ADMINISTRATOR])
    found["verify"] = f"{verified.findings} {verified.counts} {verified.lines}"
    return found


def imported(by: User, identification: str) -> str:
    """What a historian is told who brings in a list with a status of the person."""
    said: list[str] = []
    cells = {"known_on": today(), "missing": "adam", "happened": today()}
    for values in (
        {"kind": "non-recoverable"},
        {"kind": "reopened"},
        {"kind": "accounted", "identification": identification},
    ):
        row = SourceRow("list.csv line 1", {"code": "listed", **cells, **values})
        with undone():
            try:
                counts = import_rows({"status": [row]}, by=by, why="A list.", title="list.csv").counts
                said.append(str(counts["status"].entered))
            except InputError as refused:
                said.append(str(refused))
    return "\n".join(said)


def compared(books: TwoBooks, users: dict[Role, User], folder: Path, do: Callable[[], object]) -> tuple[dict, dict]:
    """What is told after something was done, and after as many lines about something else were written."""
    n_before = Entry.objects.count()
    with undone():
        do()
        n_lines, hidden = Entry.objects.count() - n_before, codes_of_the_match()
        one = everything_told(users, hidden, folder / "one")
    with undone():
        for number in range(n_lines):
            said = {"family": "family", "happened": today(), "kind": "call", "spoken_by": "L.", "note": "Called."}
            books.row("familycontact", f"call-{number}", **said)
        other = everything_told(users, hidden, folder / "other")
    return one, other


def test_who_may_not_see_cases_is_told_nothing_of_a_match_before_it_is_announced(books, users, tmp_path):
    def match() -> None:
        books.together(FEMUR, TIBIA)
        case = books.signed()
        tell_and_release(books, case)

    one, other = compared(books, users, tmp_path, match)
    assert len(one) > 100
    assert f"{Role.HISTORIAN} export status.csv" in one
    assert {asked: (text, other[asked]) for asked, text in one.items() if text != other[asked]} == {}


def test_the_comparison_sees_a_match_that_is_announced(books, users, client):
    books.together(FEMUR, TIBIA)
    case = books.signed()
    client.force_login(users[Role.READER])
    assert client.get(case.get_absolute_url()).status_code == 404
    tell_and_release(books, case)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert "Released to" not in client.get(f"/custody/specimen/{FEMUR}/").text
    announce(case, by=books.staff.examiner)
    assert "Released to" in client.get(f"/custody/specimen/{FEMUR}/").text
    assert "Announced" in client.get(case.get_absolute_url()).text
    assert case.code in client.get("/cases/").text
    assert "accounted" in client.get("/api/v1/status").text
    assert Identification.objects.get().in_force
