"""Fills a record of real size with made-up rows and a journal whose chain holds.

    HOMEWARD_DATA=FOLDER python -m benchmarks.record_data benchmarks.record_rows --seed 1 \\
        --documents 400 --claims 2000 --meetings 100 --lines 20000

The module that is named makes the rows. The record must be prepared (``homeward init --no-example``) and empty.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import islice
from random import Random
from typing import Any

GROUP = 2_000
LATER = timedelta(days=90)
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def fill(rows: Any, sizes: Any, seed: int) -> int:
    """Make all rows and lines; return how many lines the journal has then.

    Parameters
    ----------
    rows : module
        Its ``MAKERS`` make rows, and its ``AMENDED`` says which column of which nouns is amended.
    sizes : Sizes
        As that module defines them.
    """
    from homeward.web.accounts.models import User

    made, by = rows.Made(sizes, Random(seed)), User.objects.order_by("pk").first()
    for maker in rows.MAKERS:
        start = time.monotonic()
        n_rows = sum(enter(group, by) for group in groups(maker(made)))
        say(f"{maker.__name__}: {n_rows:,} rows in {time.monotonic() - start:.0f} s")
    n_lines = n_lines_now()
    for number in range(1, 100):
        for noun, column in rows.AMENDED.items():
            if n_lines >= sizes.lines:
                return n_lines
            n_lines += amend(noun, column, number, sizes.lines - n_lines, by)
            say(f"round {number}, {noun}: {n_lines:,} lines")
    return n_lines


def enter(rows: list[Any], by: Any) -> int:
    """Insert rows and write their lines; return how many."""
    from django.db import transaction

    from homeward.web.journal.chain import append
    from homeward.web.journal.inserting import insert_rows
    from homeward.web.journal.keeping import entered_line
    from homeward.web.sources.documents import Original
    from homeward.web.sources.originals import kept_line

    lines = []
    for row in rows:
        if isinstance(row, Original):
            row.kept_at = BEGAN
            lines.append(kept_line(row))
        else:
            row.version_known_on, row.recorded_at = row.known_on, BEGAN
    by_model: dict[type[Any], list[Any]] = {}
    for row in sorted(rows, key=lambda row: not isinstance(row, Original)):
        by_model.setdefault(type(row), []).append(row)
    with transaction.atomic():
        for model, some in by_model.items():
            insert_rows(model, some)
        lines += [entered_line(row, f"{row.noun()}.entered", "") for row in rows if not isinstance(row, Original)]
        return append(lines, by=by, at=BEGAN)


def amend(noun: str, column: str, number: int, at_most: int, by: Any) -> int:
    """Amend the rows of a noun once more, every other one as known from a later day; return how many."""
    from django.db import connection, transaction

    from homeward.web.journal.chain import append
    from homeward.web.journal.keeping import amended_line
    from homeward.web.journal.recorded import nouns, snapshot

    model, at = nouns()[noun], BEGAN + number * LATER
    names = (column, "version", "version_known_on", "recorded_at")
    columns = [model._meta.get_field(name) for name in names]
    assignments = ", ".join(f"{field.column} = %s" for field in columns)
    n_done = 0
    last = ""
    # Not one long query: while it is read, SQLite's log of changes could not be emptied.
    while group := list(model.objects.filter(code__gt=last).order_by("code")[: min(GROUP, at_most - n_done)]):
        last = group[-1].code
        lines, values = [], []
        for place, row in enumerate(group):
            before = snapshot(row)
            setattr(row, column, f"{getattr(row, column).split(' (reading')[0]} (reading {number})".strip())
            row.version, row.recorded_at = row.version + 1, at
            row.version_known_on += LATER * (place % 2)
            row.version_known_on = min(row.version_known_on, BEGAN.date())
            after = snapshot(row)
            lines.append(amended_line(row, before, after, [column], f"{noun}.amended", "Read again."))
            kept = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in columns]
            values.append((*kept, row.code))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"UPDATE {model._meta.db_table} SET {assignments} WHERE code = %s", values)
            n_done += append(lines, by=by, at=at)
    return n_done


def n_lines_now() -> int:
    """Return how many lines the journal has."""
    from homeward.web.journal.models import Entry

    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def groups(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Return rows, some at a time."""
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield group


def say(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, file=sys.stderr, flush=True)


def start_django() -> None:
    """Set Django up for the record that the environment names."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "homeward.web.config.settings"
    django.setup()


def main(arguments: list[str]) -> int:
    start_django()
    rows = import_module(arguments[0])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, required=True)
    for size in fields(rows.Sizes):
        parser.add_argument(f"--{size.name}", type=int, required=True)
    chosen = vars(parser.parse_args(arguments[1:]))
    start = time.monotonic()
    n_lines = fill(rows, seed=chosen.pop("seed"), sizes=rows.Sizes(**chosen))
    say(f"{n_lines:,} lines in {time.monotonic() - start:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
