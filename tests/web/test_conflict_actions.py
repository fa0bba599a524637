"""What is done with a conflict: in which states, by whom, with which reason, and through which forms."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import ROLE_PERMISSIONS, Role
from homeward.web.journal.keeping import ChangedMeanwhile, withdraw
from homeward.web.journal.models import Entry
from homeward.web.sources import actions
from homeward.web.sources.models import Conflict, Position
from tests.web.conftest import PASSWORD
from tests.web.korean_claims import claims_of_june_2018
from tests.web.sourced_rows import Keeper
from tests.web.test_page_safety import refused_markup

PAGE = "/record/conflict/cf-05/"
STATES = ("open", "explained", "decided", "unresolvable")
FROM_OPEN = {
    "taken-on": "open",
    "handed-on": "open",
    "explained": "explained",
    "decided": "decided",
    "left-undecided": "unresolvable",
}
ALLOWED = {(state, action): "open" for state in STATES[1:] for action in ["reopened"]} | {
    ("open", action): state for action, state in FROM_OPEN.items()
}
ACTIONS = [*FROM_OPEN, "reopened"]


@pytest.fixture(scope="module")
def june(rows_for_several_tests):
    with rows_for_several_tests():
        yield claims_of_june_2018(add_user("officer", Role.ENGAGEMENT_OFFICER, PASSWORD))


@pytest.fixture
def officer(db, june):
    return User.objects.get(username="officer")


@pytest.fixture
def conflict(db, june):
    return Conflict.objects.get(pk=june.conflict.pk)


@pytest.fixture
def historian(db):
    return add_user("historian", Role.HISTORIAN, PASSWORD)


@pytest.fixture
def page(client, reader, june):
    client.force_login(reader)
    return lambda address=PAGE: client.get(address)


def perform(action, conflict, by, to=None, version=None):
    """Do one thing with a conflict as it is now."""
    current = Conflict.objects.get(pk=conflict.pk)
    given = {"by": by, "read_version": version or current.version}
    answer = Position.objects.filter(conflict=conflict.pk).order_by("code").first()
    return {
        "taken-on": lambda: actions.take_on(current, **given),
        "handed-on": lambda: actions.hand_to(current, to or by, **given),
        "explained": lambda: actions.explain(current, "They speak of different days.", **given),
        "decided": lambda: actions.decide(current, answer, "Nothing was in custody.", **given),
        "left-undecided": lambda: actions.leave_undecided(current, "Nobody can tell any more.", **given),
        "reopened": lambda: actions.reopen(current, "A custody paper was found.", **given),
    }[action]()


def bring_to(state, conflict, by):
    """Bring an open conflict to a state."""
    for action, led_to in FROM_OPEN.items():
        if led_to == state != "open":
            return perform(action, conflict, by)
    return conflict


def everything():
    return (
        list(Entry.objects.values("number", "digest")),
        list(Conflict.objects.values()),
        list(Position.objects.values()),
    )


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("state", STATES)
def test_each_state_allows_its_actions_and_no_others(conflict, officer, historian, state, action):
    bring_to(state, conflict, officer)
    before = everything()
    if (state, action) in ALLOWED:
        assert perform(action, conflict, officer, to=historian).state == ALLOWED[state, action]
        assert Entry.objects.filter(action=f"conflict.{action}", code="cf-05", by=officer).count() == 1
    else:
        with pytest.raises(ValidationError, match="stands as"):
            perform(action, conflict, officer, to=historian)
        assert everything() == before


def test_the_table_of_transitions_knows_every_state_and_every_action():
    assert set(actions.TRANSITIONS) == set(STATES)
    assert {
        (str(state), action): str(leads_to)
        for state, possible in actions.TRANSITIONS.items()
        for action, leads_to in possible.items()
    } == ALLOWED


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("role", Role)
def test_only_roles_that_keep_conflicts_may_do_anything(conflict, officer, role, action):
    user = add_user(f"some-{role.name.lower()}", role, PASSWORD)
    if action == "reopened":
        perform("explained", conflict, officer)
    before = everything()
    if "sources.keep_conflicts" in ROLE_PERMISSIONS[role]:
        perform(action, conflict, user)
        assert everything() != before
    else:
        with pytest.raises(PermissionDenied):
            perform(action, conflict, user, to=officer)
        assert everything() == before


def test_who_takes_a_conflict_on_is_its_owner_from_today_on(conflict, officer):
    taken = perform("taken-on", conflict, officer)
    assert taken.owner == officer
    assert taken.version_known_on == timezone.localdate()


def test_taking_on_what_one_has_already_is_refused(conflict, officer):
    perform("taken-on", conflict, officer)
    before = everything()
    with pytest.raises(ValidationError, match="officer has it already"):
        perform("taken-on", conflict, officer)
    assert everything() == before


def test_a_conflict_can_only_be_handed_to_somebody_who_may_keep_conflicts(conflict, officer, reader, historian):
    with pytest.raises(ValidationError, match="reader may not keep conflicts"):
        perform("handed-on", conflict, officer, to=reader)
    historian.is_active = False
    historian.save()
    with pytest.raises(ValidationError, match="historian may not keep conflicts"):
        perform("handed-on", conflict, officer, to=historian)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_nothing_is_closed_or_opened_again_without_a_reason(conflict, officer, reason):
    given = {"by": officer, "read_version": 1}
    answer = Position.objects.first()
    for act in (
        lambda: actions.explain(conflict, reason, **given),
        lambda: actions.leave_undecided(conflict, reason, **given),
        lambda: actions.decide(conflict, answer, reason, **given),
    ):
        with pytest.raises(ValidationError, match="Say why"):
            act()
    perform("explained", conflict, officer)
    with pytest.raises(ValidationError, match="Say why"):
        actions.reopen(conflict, reason, by=officer, read_version=2)


def test_deciding_prefers_one_answer_and_keeps_the_others(conflict, june, officer):
    answer = Position.objects.get(statement=june.no)
    actions.decide(conflict, answer, "Nothing was in custody.", by=officer, read_version=1)
    assert Position.objects.get(preferred=True) == answer
    assert Position.objects.filter(conflict=conflict, withdrawn="").count() == 2
    assert Entry.objects.filter(action="position.preferred", code=answer.code).count() == 1


def test_an_answer_to_another_question_cannot_be_preferred(conflict, june, officer):
    keep = Keeper(officer)
    other = keep.position(keep.conflict("cf-99", "Another question?", date(2018, 7, 1)), "no", june.no)
    before = everything()
    for position in (other, Position(code="no-such-answer")):
        with pytest.raises(ValidationError, match="not one of the answers"):
            actions.decide(conflict, position, "Because.", by=officer, read_version=1)
    assert everything() == before


def test_a_withdrawn_answer_cannot_be_preferred(conflict, june, officer):
    answer = Position.objects.get(statement=june.yes)
    withdraw(answer, by=officer, why="It was misheard.")
    with pytest.raises(ValidationError, match="not one of the answers"):
        actions.decide(conflict, answer, "Because.", by=officer, read_version=1)


def test_opening_again_takes_the_preference_back_and_keeps_the_reason(conflict, officer):
    perform("decided", conflict, officer)
    opened = perform("reopened", conflict, officer)
    assert opened.reason == "Nothing was in custody."
    assert not Position.objects.filter(preferred=True).exists()
    assert Entry.objects.filter(action="position.no-longer-preferred").count() == 1
    perform("decided", conflict, officer)
    assert Position.objects.filter(preferred=True).count() == 1


def test_a_withdrawn_conflict_is_left_alone(conflict, officer):
    withdraw(conflict, by=officer, why="Asked twice.")
    for action in ACTIONS:
        with pytest.raises(ValidationError, match="was withdrawn"):
            perform(action, conflict, officer)


def test_a_failure_half_way_through_deciding_leaves_nothing_behind(conflict, officer, monkeypatch):
    def fail(*_args, **_keywords):
        raise OSError("The disk is full.")

    before = everything()
    monkeypatch.setattr(actions, "_prefer", fail)
    with pytest.raises(OSError, match="disk"):
        perform("decided", conflict, officer)
    assert everything() == before


def test_the_second_of_two_who_take_it_on_at_once_is_told_of_the_first(conflict, officer, historian):
    perform("taken-on", conflict, historian)
    with pytest.raises(ChangedMeanwhile) as refusal:
        perform("taken-on", conflict, officer, version=1)
    assert refusal.value.by_name == "historian"
    assert [(change.name, change.was, change.now) for change in refusal.value.changes] == [("owner", None, "historian")]


# Forms and buttons


FORMS = {
    "taken-on": {},
    "handed-on": {"owner": "historian", "why": "They know it best."},
    "explained": {"reason": "They speak of different days."},
    "decided": {"preferred": "cf-05-pompeo-not-received", "reason": "Nothing was in custody."},
    "left-undecided": {"reason": "Nobody can tell any more."},
    "reopened": {"why": "A custody paper was found."},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_form_does_its_one_thing_and_comes_back_to_the_conflict(client, conflict, officer, historian, action):
    if action == "reopened":
        perform("explained", conflict, officer)
    client.force_login(officer)
    address = f"/conflicts/cf-05/{action}"
    form = client.get(address)
    assert form.status_code == 200
    assert refused_markup(form.text) == []
    version = form.context["read_version"]
    done = client.post(address, {**FORMS[action], "read_version": version})
    assert (done.status_code, done["Location"]) == (302, PAGE)
    line = Entry.objects.filter(code="cf-05").last()
    assert (line.action, line.by, line.version) == (f"conflict.{action}", officer, version + 1)


@pytest.mark.parametrize("action", ACTIONS)
def test_looking_at_a_form_changes_nothing(client, conflict, officer, action):
    client.force_login(officer)
    before = everything()
    client.get(f"/conflicts/cf-05/{action}", FORMS[action])
    assert everything() == before


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(("who", "status"), [("reader", 403), ("outsider", 404)])
def test_readers_are_refused_and_strangers_find_nothing(client, conflict, request, action, who, status):
    client.force_login(request.getfixturevalue(who))
    for response in (
        client.get(f"/conflicts/cf-05/{action}"),
        client.post(f"/conflicts/cf-05/{action}", FORMS[action]),
    ):
        assert response.status_code == status
    assert Conflict.objects.get().version == 1


@pytest.mark.parametrize("address", ["/conflicts/nothing/explained", "/conflicts/cf-05/deleted"])
def test_there_is_no_form_for_what_does_not_exist(client, conflict, officer, address):
    client.force_login(officer)
    assert client.get(address).status_code == 404


def test_what_the_state_does_not_allow_is_said_and_what_was_typed_stays(client, conflict, officer):
    perform("explained", conflict, officer)
    client.force_login(officer)
    response = client.post("/conflicts/cf-05/left-undecided", {"reason": "My <b>own</b> reason.", "read_version": "2"})
    assert response.status_code == 422
    assert (
        "stands as ‘explained: both can stand’, so it cannot be left undecided. Open it again first." in response.text
    )
    assert "My &lt;b&gt;own&lt;/b&gt; reason." in response.text


def test_an_empty_reason_is_pointed_out(client, conflict, officer):
    client.force_login(officer)
    response = client.post("/conflicts/cf-05/explained", {"reason": "", "read_version": "1"})
    assert response.status_code == 422
    assert "This field is required." in response.text


def test_the_second_writer_sees_what_changed_and_loses_nothing(client, conflict, officer, historian):
    perform("taken-on", conflict, historian)
    client.force_login(officer)
    response = client.post("/conflicts/cf-05/handed-on", {"owner": "officer", "why": "Mine.", "read_version": "1"})
    assert response.status_code == 409
    assert "historian changed this while you were writing" in response.text
    assert 'value="Mine."' in response.text
    again = client.post("/conflicts/cf-05/handed-on", {**response.context["form"].data.dict(), "read_version": "2"})
    assert again.status_code == 302
    assert Conflict.objects.get().owner == officer


def test_only_those_who_may_keep_conflicts_are_offered_as_owners(client, conflict, officer, historian, reader):
    client.force_login(officer)
    offered = {
        user.username for user in client.get("/conflicts/cf-05/handed-on").context["form"].fields["owner"].queryset
    }
    assert offered == {"officer", "historian"}


@pytest.mark.parametrize("version", ["", "nonsense", "-1", "9" * 30, "²"])
def test_a_version_that_is_none_counts_as_the_present_one(client, conflict, officer, version):
    client.force_login(officer)
    response = client.post("/conflicts/cf-05/explained", {"reason": "Because.", "read_version": version})
    assert response.status_code == 302


def test_buttons_are_shown_to_those_who_may_and_only_what_is_possible(client, page, conflict, officer):
    assert "/conflicts/cf-05/" not in page().text
    client.force_login(officer)
    assert {action for action in ACTIONS if f"/conflicts/cf-05/{action}" in page().text} == set(FROM_OPEN)
    perform("explained", conflict, officer)
    assert {action for action in ACTIONS if f"/conflicts/cf-05/{action}" in page().text} == {"reopened"}
    assert "/conflicts/cf-05/" not in page(f"{PAGE}?known=2018-07-01").text


def test_state_owner_and_preference_are_not_typed_into_the_form_of_the_row(client, conflict, officer):
    client.force_login(officer)
    assert not {"state", "owner"} & client.get(f"{PAGE}amend").context["form"].fields.keys()
    position = Position.objects.first()
    assert "preferred" not in client.get(f"/record/position/{position.code}/amend").context["form"].fields
