"""Whatever custodians do in whatever order, the register agrees with a list kept beside it by hand."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError

from homeward.core.dates import parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.journal.verification import verify_record
from homeward.web.remains.custody_actions import move, receive, send, turn_back
from homeward.web.remains.custody_rules import Receipt
from homeward.web.remains.holders import holders_of
from homeward.web.remains.models import Store, Transfer, TransferItem
from tests.web.conftest import PASSWORD
from tests.web.custody_rows import register, sending

INSIDE = {
    "accession:acc": ["specimen:femur", "specimen:tibia", "effect:button", "sample:cut"],
    "specimen:femur": ["sample:cut"],
    "specimen:tibia": [],
    "effect:button": [],
    "sample:cut": [],
}
PARTIES = ("lab", "other", "north")
N_STEPS, SEED = 40, 6


@dataclass
class ByHand:
    """A list of who holds what, and of what is on its way with the things that left together."""

    holder: dict[str, str] = field(default_factory=lambda: dict.fromkeys(INSIDE, "lab"))
    ways: dict[str, tuple[str, set[str]]] = field(default_factory=dict)

    def on_its_way(self) -> set[str]:
        return {thing for _, things in self.ways.values() for thing in things}

    def leaving(self, thing: str, giver: str) -> set[str] | None:
        """What leaves with a thing; ``None`` if it cannot."""
        going = {thing, *(one for one in INSIDE[thing] if self.holder[one] == giver)}
        return None if self.holder[thing] != giver or going & self.on_its_way() else going


@pytest.fixture(scope="module")
def users(rows_for_several_tests) -> Iterator[list[User]]:
    with rows_for_several_tests():
        register(add_user("everybody", list(Role), PASSWORD))
        yield [add_user(name, Role.EVIDENCE_CUSTODIAN, PASSWORD) for name in ("first", "second")]


def test_any_sequence_of_actions_leaves_every_thing_with_one_holder(db, users):
    chance, by_hand = random.Random(SEED), ByHand()
    for step in range(N_STEPS):
        day = f"2018-09-{1 + step // 2:02}"
        deed = chance.choice(("send", "send", "receive", "receive", "turn back", "move"))
        if deed == "send":
            start(by_hand, chance, day, users[0])
        elif deed == "move":
            put(by_hand, chance, day, users[0])
        elif by_hand.ways:
            end(by_hand, chance, day, users[1], arrives=deed == "receive")
        assert holders_of(INSIDE) == by_hand.holder, f"step {step} of seed {SEED}"
        under_way = TransferItem.objects.filter(under_way=True).values_list("about", flat=True)
        assert sorted(under_way) == sorted(by_hand.on_its_way())
    assert verify_record().holds


def start(by_hand: ByHand, chance: random.Random, day: str, by: User) -> None:
    thing, (giver, receiver) = chance.choice(list(INSIDE)), chance.sample(PARTIES, 2)
    going = by_hand.leaving(thing, giver)
    if going is None:
        with pytest.raises(ValidationError):
            send(sending(giver, receiver, day), [thing], by=by)
        return
    sent = send(sending(giver, receiver, day), [thing], by=by)
    by_hand.ways[sent.code] = (receiver, going)


def put(by_hand: ByHand, chance: random.Random, day: str, by: User) -> None:
    thing, shelf = chance.choice(list(INSIDE)), Store.objects.get(pk="shelf")
    if by_hand.holder[thing] == "lab" and thing not in by_hand.on_its_way():
        move([thing], shelf, on=parse_date(day), by=by)
    else:
        with pytest.raises(ValidationError):
            move([thing], shelf, on=parse_date(day), by=by)


def end(by_hand: ByHand, chance: random.Random, day: str, by: User, *, arrives: bool) -> None:
    code = chance.choice(sorted(by_hand.ways))
    receiver, things = by_hand.ways.pop(code)
    row = Transfer.objects.get(pk=code)
    if arrives:
        receive(row, Receipt(parse_date(day), "R", 1), by=by)
        by_hand.holder |= dict.fromkeys(things, receiver)
    else:
        turn_back(row, on=parse_date(day), by=by, why="Not now.")
