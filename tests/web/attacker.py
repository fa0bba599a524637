"""A program that alters a record behind the application's back: ``python -m tests.web.attacker STATEMENT...``."""

import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    django.setup()
    from tests.web.unguarded import attack

    for statement in sys.argv[1:]:
        attack(statement)
