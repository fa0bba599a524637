"""A program that signs: ``python -m tests.web.signing_program prepare``, ``sign USER`` or ``stop USER``.

``prepare`` brings a case into review. With ``stop`` the signature halts when half of it is written, and says so.
"""

import sys

from tests.web.writer import act_or_halt, start_django


def prepare() -> None:
    from homeward.web.accounts.actions import add_user
    from homeward.web.accounts.roles import Role
    from tests.web.two_books import FEMUR, PASSWORD, TIBIA, TwoBooks

    books = TwoBooks(add_user("everybody", list(Role), PASSWORD))
    add_user("other-examiner", Role.EXAMINER, PASSWORD)
    books.together(FEMUR, TIBIA)
    books.in_review()


def sign_as(name: str) -> None:
    from django.core.exceptions import ValidationError

    from homeward.web.accounts.models import User
    from homeward.web.casework.argument import Argument
    from homeward.web.casework.models import Identification
    from homeward.web.casework.signing import sign

    case = Identification.objects.get()
    try:
        sign(case, by=User.objects.get(username=name), read_digest=Argument.of(case).digest)
    except ValidationError as error:
        sys.stdout.write(f"refused: {error.messages[0]}")
    else:
        sys.stdout.write("signed")


if __name__ == "__main__":
    start_django()
    act_or_halt(prepare, sign_as, halting="homeward.web.casework.signing.take_step")
