"""Make the two books of the worked example.

    python -m tools.worked_books.make

Containers are facts from public sources; people, families, bones, samples and profiles are made up and say so.
The same seed gives the same files, byte for byte.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
from tools.worked_books.bones import add_bones
from tools.worked_books.containers import add_containers
from tools.worked_books.people import add_people
from tools.worked_books.simulated import simulate
from tools.worked_books.tables import Tables

FOLDER = Path(__file__).parent.parent.parent / "src" / "homeward" / "examples" / "worked_books"
TITLE = "Two books for practice: real containers, made-up people and bones"
SEED = 2018


def make(folder: Path = FOLDER) -> None:
    """Write the bundle."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeward.web.config.settings")
    django.setup()
    from tools.worked_books.cases import add_cases  # it needs the models, which need Django

    tables = Tables(SEED)
    case = simulate()
    boxes = add_containers(tables)
    people = add_people(tables, case)
    bones = add_bones(tables, case, people, boxes)
    add_cases(tables, case, people, bones)
    tables.write(folder, TITLE)


if __name__ == "__main__":
    make()
