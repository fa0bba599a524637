"""A program that writes in a record: ``python -m tests.web.writer NAME COUNT``, or with ``stop`` after them.

With ``stop`` it halts in the middle of its first action, after the row and before its line, and says so.
"""

import os
import sys
import time
from collections.abc import Callable
from importlib import import_module

import django


def write(name: str, count: int) -> None:
    from homeward.web.accounts.models import User
    from homeward.web.journal.keeping import enter
    from tests.web.record_rows import party

    officer = User.objects.get(username="officer")
    for number in range(count):
        enter(party(f"{name}-{number:03}"), by=officer)


def halt(*arguments: object, **options: object) -> None:
    sys.stdout.write("The row is written, its line is not.\n")
    sys.stdout.flush()
    time.sleep(600)


def act_or_halt(prepare: Callable[[], None], act: Callable[[str], None], halting: str) -> None:
    """Be the program that the command line asks for: ``prepare``, or an action as a user, or ``stop`` and a user.

    With ``stop`` the function named ``halting`` (module.function) halts, so that the action is done by half.
    """
    if sys.argv[1] == "prepare":
        prepare()
        return
    if sys.argv[1] == "stop":
        module, _, name = halting.rpartition(".")
        setattr(import_module(module), name, halt)
    act(sys.argv[2])


def start_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    django.setup()


if __name__ == "__main__":
    start_django()
    if "stop" in sys.argv:
        from homeward.web.journal import keeping

        keeping.append = halt
    write(sys.argv[1], int(sys.argv[2]))
