"""Custody: who holds what, what is refused and why, and that nothing is half done."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from homeward.core.dates import PartialDate, parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.engagement.histories import in_order
from homeward.web.journal.keeping import amend, enter
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.models import Entry
from homeward.web.journal.verification import verify_record
from homeward.web.remains.custody_actions import move, receive, send, take_over, turn_back
from homeward.web.remains.custody_rules import Receipt
from homeward.web.remains.holders import custody_lines, holders_of
from homeward.web.remains.models import Sample, SampleStep, Store, Transfer, TransferCase, TransferItem
from tests.web.conftest import PASSWORD
from tests.web.custody_rows import KNOWN_ON, box, register, sending

FEMUR, TIBIA, CUT, BUTTON, ACCESSION = (
    "specimen:femur",
    "specimen:tibia",
    "sample:cut",
    "effect:button",
    "accession:acc",
)
EVERYTHING = [ACCESSION, FEMUR, TIBIA, BUTTON, CUT]


@pytest.fixture(scope="module")
def cast(rows_for_several_tests) -> Iterator[dict[str, User]]:
    """The register, and who works with it; what each test does is undone."""
    with rows_for_several_tests():
        users = {
            "everybody": add_user("everybody", list(Role), PASSWORD),
            **{name: add_user(name, Role.EVIDENCE_CUSTODIAN, PASSWORD) for name in ("custodian", "second")},
        }
        register(users["everybody"])
        yield users


@pytest.fixture
def everybody(db, cast) -> User:
    return cast["everybody"]


@pytest.fixture
def custodian(db, cast) -> User:
    return cast["custodian"]


@pytest.fixture
def second(db, cast) -> User:
    return cast["second"]


def day(number: int) -> PartialDate:
    return parse_date(f"2018-09-{number:02}")


def receipt(day: str, n_received: int = 1, **said) -> Receipt:
    return Receipt(parse_date(day), "R. Receiver", n_received, **said)


def passed(things: list[str], giver: str, receiver: str, day: str, users: list[User], **columns) -> Transfer:
    """Things that were sent by one user and received by another on the same day."""
    sent = send(sending(giver, receiver, day, n_things=len(things), **columns), things, by=users[0])
    return receive(sent, receipt(day, len(things)), by=users[1])


def test_things_are_with_whoever_received_them_or_what_they_were_taken_out_of_last(custodian, second):
    assert holders_of([*EVERYTHING, "transfercase:box-2"]) == dict.fromkeys([*EVERYTHING, "transfercase:box-2"], "lab")
    users = [custodian, second]
    passed([TIBIA], "lab", "other", "2018-09-01", users)
    assert holders_of(EVERYTHING) == {**dict.fromkeys(EVERYTHING, "lab"), TIBIA: "other"}
    sent = send(sending("lab", "north", "2018-09-02"), [ACCESSION], by=custodian)
    assert set(sent.items.values_list("about", "packed")) == {
        (ACCESSION, False),
        *((one, True) for one in (FEMUR, BUTTON, CUT)),
    }
    assert holders_of(EVERYTHING) == {**dict.fromkeys(EVERYTHING, "lab"), TIBIA: "other"}, "nobody has received it yet"
    receive(sent, receipt("2018-09-04"), by=second)
    assert holders_of(EVERYTHING) == {**dict.fromkeys(EVERYTHING, "north"), TIBIA: "other"}
    passed([TIBIA], "other", "lab", "2018-09-05", users, kind="return")
    assert holders_of(EVERYTHING)[TIBIA] == "lab"
    assert holders_of(EVERYTHING, AsOf(on=parse_date("2018-09-03").latest)) == {
        **dict.fromkeys(EVERYTHING, "lab"),
        TIBIA: "other",
    }
    assert verify_record().holds


def test_a_bone_described_after_its_accession_passed_is_where_the_accession_is(custodian, second, everybody):
    passed([ACCESSION], "lab", "other", "2018-09-02", [custodian, second])
    enter(Sample(code="late", known_on=KNOWN_ON, specimen_id="femur", number="02A", purpose="DNA"), by=everybody)
    assert holders_of(["sample:late"]) == {"sample:late": "other"}


def test_what_stays_behind_stays_with_the_giver(custodian, second):
    sent = send(sending("lab", "other", "2018-09-01"), [FEMUR], by=custodian, staying=[CUT])
    receive(sent, receipt("2018-09-01"), by=second)
    assert holders_of([FEMUR, CUT]) == {FEMUR: "other", CUT: "lab"}


def test_a_sample_that_is_sent_received_and_returned_says_so_by_itself(custodian, second):
    def steps() -> list[str]:
        return [step.kind for step in in_order(SampleStep.objects.filter(sample="cut"))]

    users = [custodian, second]
    with pytest.raises(ValidationError, match="On 3 August 2018 this stands as not yet begun"):
        send(sending("lab", "other", "2018-08-03"), [CUT], by=custodian)
    turn_back(send(sending("lab", "other", "2018-09-01"), [CUT], by=custodian), on=day(1), by=second, why="No seal.")
    assert steps() == ["cut", "sent", "returned"]
    passed([CUT], "lab", "other", "2018-09-01", users, kind="loan")
    passed([CUT], "other", "lab", "2018-09-20", users, kind="return")
    assert steps() == ["cut", "sent", "returned", "sent", "received", "returned"]
    passed([FEMUR], "lab", "other", "2018-09-21", users)
    assert len(steps()) == 6, "what goes along with its bone is not sent itself"
    assert verify_record().holds


def test_the_lines_of_many_things_take_as_many_queries_as_that_of_one(custodian, second, django_assert_max_num_queries):
    passed([ACCESSION], "lab", "other", "2018-09-02", [custodian, second])
    with django_assert_max_num_queries(7):
        assert len(custody_lines([*EVERYTHING, "transfercase:box-1", "transfercase:box-2"])) == 7


def test_containers_are_taken_over_by_two_people(custodian, second):
    takeover = sending("north", "lab", "2018-07-27", n_things=2, seal="S 7")
    take_over(takeover, [box("box-8", number="8"), box("box-9", number="9")], by=custodian)
    boxes = ["transfercase:box-8", "transfercase:box-9"]
    assert holders_of(boxes) == dict.fromkeys(boxes, "north")
    with pytest.raises(ValidationError, match="second person"):
        receive(takeover, receipt("2018-07-27", 2, seal_intact=True), by=custodian)
    receive(takeover, receipt("2018-07-27", 2, seal_intact=True), by=second)
    assert holders_of(boxes) == dict.fromkeys(boxes, "lab")
    with pytest.raises(ValidationError, match="taken over before, on 27 July 2018"):
        take_over(sending("north", "lab", "2018-07-28"), [box_of("box-8")], by=custodian)


def box_of(code: str) -> TransferCase:
    return TransferCase.objects.get(pk=code)


@pytest.mark.parametrize(
    ("things", "columns", "sentence"),
    [
        ([FEMUR], {"giver": "other", "receiver": "north"}, "specimen:femur is held by lab since 2 August 2018, not by"),
        ([FEMUR, "specimen:none"], {"n_things": 2}, "There is no specimen:none in the register"),
        ([FEMUR], {"n_things": 2}, "2 things were counted, and 1 are listed"),
        ([FEMUR], {"day": "2018-07-30"}, "came to lab on 2 August 2018, so it cannot be sent before"),
        ([FEMUR], {"receiver": "lab"}, "everything else passes between two"),
        ([FEMUR], {"kind": "move"}, "pages of their own"),
        ([], {"n_things": 0}, "at least one"),
        ([FEMUR], {"day": "2918-09-01"}, "1 September 2918 has not come yet"),
    ],
)
def test_a_sending_that_cannot_be_is_refused_and_leaves_nothing(custodian, things, columns, sentence):
    before = Entry.objects.count()
    columns = {"giver": "lab", "receiver": "other", "day": "2018-09-01", **columns}
    with pytest.raises(ValidationError, match=sentence):
        send(sending(**columns), things, by=custodian)
    assert (Entry.objects.count(), Transfer.objects.count(), TransferItem.objects.count()) == (before, 0, 0)


def test_a_thing_is_on_one_way_at_a_time_until_it_is_turned_back(custodian, second):
    first = send(sending("lab", "other", "2018-09-01"), [FEMUR], by=custodian)
    for things in ([FEMUR], [ACCESSION]):
        with pytest.raises(ValidationError, match=r"specimen:femur is on its way since 1 September 2018"):
            send(sending("lab", "north", "2018-09-02"), things, by=custodian)
    turn_back(first, on=parse_date("2018-09-03"), by=second, why="The seal was broken.")
    assert Entry.objects.filter(action="transfer.refused").count() == 1
    with pytest.raises(ValidationError, match="turned back on 3 September 2018 by second"):
        receive(first, receipt("2018-09-03"), by=second)
    passed([FEMUR], "lab", "north", "2018-09-04", [custodian, second])
    line = custody_lines([FEMUR])[FEMUR]
    assert (line.holder, len(line.turned_back), len(line.received)) == ("north", 1, 1)


def test_a_receipt_is_confirmed_once_by_a_second_person_with_what_differed(custodian, second, reader):
    sent = send(sending("lab", "other", "2018-09-02", seal="S 1"), [FEMUR], by=custodian)
    for said, by, sentence in (
        (receipt("2018-09-03", seal_intact=True), custodian, "second person"),
        (receipt("2018-08-30", seal_intact=True), second, "cannot have been received on 30 August 2018"),
        (receipt("2018-09-01", seal_intact=True), second, "crossed the date line"),
        (receipt("2018-09-03"), second, "Say whether it is intact"),
        (receipt("2018-09-03", seal_intact=False), second, "seal is not intact"),
        (receipt("2018-09-03", 2, seal_intact=True), second, "1 were sent and 2 counted"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            receive(sent, said, by=by)
    with pytest.raises(PermissionDenied):
        receive(sent, receipt("2018-09-03", seal_intact=True), by=reader)
    kept = receive(sent, receipt("2018-09-01", seal_intact=False, note="Date line; opened by customs."), by=second)
    assert kept.differs
    assert not TransferItem.objects.filter(under_way=True).exists()
    with pytest.raises(ValidationError, match="cannot be received again"):
        receive(sent, receipt("2018-09-03", seal_intact=True), by=second)
    passed([FEMUR], "other", "lab", "2018-09-02", [custodian, second], kind="return")
    assert holders_of([FEMUR]) == {FEMUR: "lab"}, "what was received across the date line comes before the return"


def test_what_is_used_up_or_released_does_not_pass_on(custodian, second, everybody):
    step = SampleStep(
        sample_id="cut", kind="used-up", happened=parse_date("2018-08-20"), code="gone", known_on=KNOWN_ON
    )
    enter(step, by=everybody)
    with pytest.raises(ValidationError, match="sample:cut is used up"):
        send(sending("lab", "other", "2018-09-01"), [CUT], by=custodian)
    released = passed([FEMUR], "lab", "other", "2018-09-01", [custodian, second], kind="release")
    assert set(released.items.values_list("about", flat=True)) == {FEMUR}, "the sample is used up"
    with pytest.raises(ValidationError, match="specimen:femur was released to other"):
        send(sending("other", "lab", "2018-09-02"), [FEMUR], by=custodian)


def test_one_person_moves_things_between_the_stores_of_their_holder(custodian, second):
    shelf, safe = (Store.objects.get(pk=code) for code in ("shelf", "safe"))
    move([ACCESSION], shelf, on=parse_date("2018-08-06"), by=custodian)
    move([FEMUR], safe, on=parse_date("2018-08-06"), by=custodian)
    lines = custody_lines([FEMUR, TIBIA, CUT])
    assert {code: line.store for code, line in lines.items()} == {FEMUR: "safe", TIBIA: "shelf", CUT: "safe"}
    assert lines[FEMUR].since.words == "2 August 2018"
    passed([FEMUR], "lab", "other", "2018-09-01", [custodian, second])
    with pytest.raises(ValidationError, match="held by other"):
        move([FEMUR], shelf, on=parse_date("2018-09-02"), by=custodian)


def test_a_line_cannot_be_bent_by_an_amendment(custodian, second, everybody):
    passed([FEMUR], "lab", "other", "2018-09-01", [custodian, second])
    passed([FEMUR], "other", "north", "2018-09-03", [custodian, second])
    with pytest.raises(ValidationError, match=r"specimen:femur passes from other .* but it was then with lab"):
        amend(
            Transfer.objects.get(receiver="other"),  # it would come after the next
            {"received": parse_date("2018-09-09")},
            by=everybody,
            why="Copied wrongly.",
            read_version=2,
            action="transfer.corrected",
        )
