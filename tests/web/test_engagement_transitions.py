"""Every change that a state allows is accepted, and every other refused, by the one action that keeps rows."""

from collections import deque
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.models import Meeting, Operation, Request
from homeward.web.journal.keeping import amend, withdraw
from homeward.web.journal.models import Entry
from tests.web import record_rows
from tests.web.conftest import PASSWORD
from tests.web.record_rows import CHANGES, change, enter_ground, keep

FIRST_DAY = date(2018, 7, 1)
BUILDERS = {model: getattr(record_rows, model.noun()) for model in CHANGES}


def paths(model: type[Changing]) -> dict[str, list[str]]:
    """The shortest way to each state, as kinds of change."""
    found: dict[str, list[str]] = {"": []}
    waiting = deque([""])
    while waiting:
        state = waiting.popleft()
        for kind, after in model.machine.steps[state].items():
            if after not in found:
                found[after] = [*found[state], kind]
                waiting.append(after)
    return found


def cases(*, allowed: bool):
    return [
        pytest.param(
            model, path, kind, model.machine.steps[state].get(kind), id=f"{model.noun()}-{state or 'new'}-{kind}"
        )
        for model, changes in CHANGES.items()
        for state, path in paths(model).items()
        for kind, _ in changes._meta.get_field("kind").choices
        if (kind in model.machine.steps[state]) == allowed
    ]


def day(number: int) -> str:
    return (FIRST_DAY + timedelta(days=number)).isoformat()


@pytest.fixture(scope="module")
def subjects(rows_for_several_tests):
    """By model and path, a row that was led along it; what a test adds to its history is undone."""
    with rows_for_several_tests():
        officer = add_user("officer", Role.ENGAGEMENT_OFFICER, PASSWORD)
        enter_ground(officer)
        yield {
            (model, *path): with_history(model, path, officer, code=state or "new")
            for model in CHANGES
            for state, path in paths(model).items()
        }


@pytest.fixture
def officer(subjects, db) -> User:
    return User.objects.get(username="officer")


def with_history(model: type[Changing], kinds: list[str], by: User, *, code: str = "it") -> Changing:
    subject = keep(BUILDERS[model](code), by=by)
    for number, kind in enumerate(kinds):
        keep(change(subject, kind, day(number)), by=by)
    return subject


@pytest.mark.parametrize("model", CHANGES)
def test_every_state_of_the_machine_can_be_reached(model):
    assert set(paths(model)) == set(model.machine.steps)


@pytest.mark.parametrize("model", CHANGES)
def test_every_state_has_words(model):
    assert set(model.machine.steps) - {""} == set(model.machine.labels)


@pytest.mark.parametrize(("model", "path", "kind", "after"), cases(allowed=True))
def test_a_change_that_the_state_allows_leads_on(subjects, officer, model, path, kind, after):
    subject = subjects[model, *path]
    keep(change(subject, kind, day(len(path))), by=officer)
    steps, problems = model.trace(subject.changes.all())
    assert (steps[-1].state, problems) == (after, [])


@pytest.mark.parametrize(("model", "path", "kind", "after"), cases(allowed=False))
def test_a_change_that_the_state_does_not_allow_is_refused_and_leaves_nothing(
    subjects, officer, model, path, kind, after
):
    subject = subjects[model, *path]
    lines = Entry.objects.count()
    with pytest.raises(ValidationError, match=f"it cannot be '{kind}'"):
        keep(change(subject, kind, day(len(path))), by=officer)
    assert (subject.changes.count(), Entry.objects.count()) == (len(path), lines)


def test_a_change_is_refused_that_would_make_a_later_one_impossible(officer):
    subject = with_history(Meeting, ["announced", "held"], officer)
    between = change(subject, "cancelled", day(0), order=1)
    with pytest.raises(ValidationError, match="it cannot be 'held'"):
        keep(between, by=officer)


def test_a_change_that_others_rest_on_cannot_be_withdrawn(officer):
    subject = with_history(Operation, ["planned", "begun", "completed"], officer)
    begun = subject.changes.get(kind="begun")
    with pytest.raises(ValidationError, match="it cannot be"):
        withdraw(begun, by=officer, why="It never began.")
    assert subject.changes.get(kind="begun").stands


def test_a_date_cannot_be_amended_past_the_change_that_follows(officer):
    subject = with_history(Request, ["made", "granted"], officer)
    made = subject.changes.get(kind="made")
    with pytest.raises(ValidationError, match="it cannot be 'granted'"):
        amend(made, {"happened": day(9)}, by=officer, why="Misread.", read_version=1)
