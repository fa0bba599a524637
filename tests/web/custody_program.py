"""A program that receives: ``python -m tests.web.custody_program prepare``, ``receive USER`` or ``stop USER``.

``prepare`` sends a box. With ``stop`` the receipt halts when half of it is written, and says so.
"""

import sys

from tests.web.writer import act_or_halt, start_django


def prepare() -> None:
    from homeward.web.accounts.actions import add_user
    from homeward.web.accounts.roles import Role
    from homeward.web.remains.custody_actions import send
    from tests.web.conftest import PASSWORD
    from tests.web.custody_rows import register, sending

    register(add_user("everybody", list(Role), PASSWORD))
    users = [add_user(name, Role.EVIDENCE_CUSTODIAN, PASSWORD) for name in ("first", "second", "third")]
    send(sending("lab", "other", "2018-09-01"), ["accession:acc"], by=users[0])


def receive_as(name: str) -> None:
    from django.core.exceptions import ValidationError

    from homeward.core.dates import parse_date
    from homeward.web.accounts.models import User
    from homeward.web.remains.custody_actions import receive
    from homeward.web.remains.custody_rules import Receipt
    from homeward.web.remains.models import Transfer

    receipt = Receipt(parse_date("2018-09-01"), name, 1)
    try:
        receive(Transfer.objects.get(), receipt, by=User.objects.get(username=name))
    except ValidationError as error:
        sys.stdout.write(f"refused: {error.messages[0]}")
    else:
        sys.stdout.write("received")


if __name__ == "__main__":
    start_django()
    act_or_halt(prepare, receive_as, halting="homeward.web.remains.custody_actions.amend")
