"""A program that writes in a record: ``python -m tests.web.writer NAME COUNT``, or with ``stop`` after them.

With ``stop`` it halts in the middle of its first action, after the row and before its line, and says so.
"""

import os
import sys
import time

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


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    django.setup()
    if "stop" in sys.argv:
        from homeward.web.journal import keeping

        keeping.append = halt
    write(sys.argv[1], int(sys.argv[2]))
