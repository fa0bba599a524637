"""Comparing the rows of the record with what the journal says of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.db.models.functions import Cast

from homeward.core.dates import NotADate
from homeward.core.errors import Problem
from homeward.core.progress import Progress
from homeward.web.journal.chain import queue
from homeward.web.journal.fields import Bound
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, canonical, content_fields, nouns, plain, snapshot

GROUP = 500
"""How many rows are read and compared together."""
MOST_GROUPS = 20
"""How many groups in which something seems altered are looked at again while nobody writes."""
MOST_FINDINGS = 1_000
"""How many findings are told one by one; the others are counted."""
UNREADABLE = (ValueError, TypeError, ArithmeticError, NotADate)
"""What reading a column raises when it holds something that no action could have put there."""

READ_PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
    models.DateField,
)
"""The columns that `_written` reads as a journal line says them."""

_FIND_OUT = "Find out who could write to the database"
RESTORE = f"{_FIND_OUT}. The journal holds what it said; a backup from before holds the whole."
"""What to do about anything that was altered or removed."""
REMOVED = "This was removed outside the application: the journal tells of it, and it is not in the record."


KEPT = ("version", "version_known_on", "recorded_at")
"""What a row keeps of the last line about it, in the order in which that line says it."""


class _Line(NamedTuple):
    """What the last line about a row says."""

    number: int
    version: int | None
    known_on: date | None
    at: datetime
    after: str


class Findings:
    """Gathers what is wrong, without ever holding more than can be told."""

    def __init__(self) -> None:
        self.told: list[Problem] = []
        self.not_told = 0

    def add(self, what: str, where: str, fix: str) -> None:
        """Note one finding."""
        if len(self.told) < MOST_FINDINGS:
            self.told.append(Problem(what=what, where=where, fix=fix))
        else:
            self.not_told += 1


def compare_rows(findings: Findings, progress: Progress) -> int:
    """Compare every row with the last line about it, and report what was altered, added or removed; return how many.

    Where all are as the journal says, also report histories that are not possible.
    """
    n_rows, n_altered = _look_at_all("Rows of the record", _altered_rows, findings, progress)
    for model in nouns().values():
        report_removed(model.noun(), model.objects.filter(pk=OuterRef("code")), findings)
    if not n_altered:
        _look_at_all("Histories", _impossible_histories, findings, progress)
    return n_rows


def _look_at_all(
    step: str,
    problems_of: Callable[[type[Recorded], list[str]], list[Problem]],
    findings: Findings,
    progress: Progress,
) -> tuple[int, int]:
    """Look at every row, some at a time, and report problems; return how many rows, and how many problems."""
    total = sum(model.objects.count() for model in nouns().values())
    done = n_problems = 0
    suspects: list[tuple[type[Recorded], list[str]]] = []

    def report(problems: list[Problem]) -> int:
        for problem in problems:
            findings.add(problem.what, problem.where, problem.fix)
        return len(problems)

    for model in nouns().values():
        for codes in groups(model.objects.all()):
            problems = problems_of(model, codes)
            if problems and len(suspects) < MOST_GROUPS:
                suspects.append((model, codes))
            else:
                n_problems += report(problems)
            done += len(codes)
            progress(step, done, total)
    if suspects:
        with transaction.atomic():
            queue()  # an action may have come between reading a row and reading its line: now none can
            n_problems += sum(report(problems_of(model, codes)) for model, codes in suspects)
    return done, n_problems


def groups(rows: QuerySet[Any]) -> Iterator[list[str]]:
    """Yield the keys of rows, some at a time, in the order of the database."""
    rest = rows = rows.order_by("pk")
    while keys := list(rest.values_list("pk", flat=True)[:GROUP]):
        yield keys
        rest = rows.filter(pk__gt=keys[-1])


def _altered_rows(model: type[Recorded], codes: list[str]) -> list[Problem]:
    """Which of some rows are not what the last line about each of them says."""
    agreeing = _agreeing(model, codes)
    others = [code for code in codes if code not in agreeing]
    lines = _last_lines(model.noun(), others)
    problems: list[Problem] = []
    for code, row in _read(model, others):
        line = lines.get(code)
        if line is None:
            what = "No line of the journal tells of this row: it was added outside the application."
            fix = f"{_FIND_OUT}. Nobody has said where the row comes from."
            problems.append(Problem(what=what, where=f"{model.noun()}:{code}", fix=fix))
        elif altered := ["a column that cannot be read"] if row is None else _altered_columns(row, line):
            what = f"This row was altered outside the application: {', '.join(altered)}."
            where = f"{model.noun()}:{code}, line {line.number} of the journal"
            problems.append(Problem(what=what, where=where, fix=RESTORE))
    return problems


def _impossible_histories(model: type[Recorded], codes: list[str]) -> list[Problem]:
    """What is not possible in the histories of some rows."""
    return [
        Problem(what=what, where=f"{code} ({model._meta.verbose_name})", fix=fix)
        for code, what, fix in model.problems_together(codes)
    ]


def _last_lines(noun: str, codes: list[str]) -> dict[str, _Line]:
    """The last line about each of some rows, by code."""
    if not codes:
        return {}
    lines = _lines_about(noun, codes).values_list("code", *_Line._fields)
    return {code: _Line(*said) for code, *said in lines}


def _lines_about(noun: str, codes: list[str]) -> QuerySet[Entry]:
    """The lines about rows from the first to the last of some, the last one about each of them last."""
    lines = Entry.objects.filter(noun=noun, code__range=(codes[0], codes[-1]), version__isnull=False)
    return lines.order_by("code", "number")


def _agreeing(model: type[Recorded], codes: list[str]) -> set[str]:
    """The rows that are just what the last line about each says; others are looked at column by column.

    Days and moments are compared as the database writes them: making dates of them takes as long as all the rest.
    """
    lines = _lines_about(model.noun(), codes)
    said = {
        code: rest for code, *rest in lines.values_list("code", "version", *_written(Entry, "known_on", "at"), "after")
    }
    fields = content_fields(model)
    bounds = [field for field in model._meta.concrete_fields if isinstance(field, Bound)]
    dates = [next(place for place, field in enumerate(fields) if field.name == bound.of) for bound in bounds]
    names = [*(field.attname for field in fields), *KEPT, *(bound.attname for bound in bounds)]
    asked = model.objects.filter(pk__range=(codes[0], codes[-1])).order_by()
    try:
        rows = list(asked.values_list("pk", *_written(model, *names)))
    except UNREADABLE:
        return set()
    n, end = len(fields), len(fields) + len(KEPT)
    field_names = [field.name for field in fields]
    to_make_plain = [field.name for field in fields if not isinstance(field, READ_PLAIN)]
    agreeing = set()
    for code, *values in rows:
        whole = [values[place] for place in dates]
        bound_days = [date and getattr(date, bound.end).isoformat() for date, bound in zip(whole, bounds, strict=True)]
        content = dict(zip(field_names, values[:n], strict=True))
        for name in to_make_plain:
            content[name] = plain(content[name])
        if values[end:] == bound_days and said.get(code) == [*values[n:end], canonical(content)]:
            agreeing.add(code)
    return agreeing


def _written(model: type[models.Model], *names: str) -> list[str | Cast]:
    """Columns, those of days and moments as the database writes them."""
    return [
        Cast(name, models.CharField()) if isinstance(model._meta.get_field(name), models.DateField) else name
        for name in names
    ]


def _read(model: type[Recorded], codes: list[str]) -> Iterator[tuple[str, Recorded | None]]:
    """Some rows by code; None for one that cannot be read."""
    if not codes:
        return
    try:
        rows = list(model.objects.filter(pk__in=codes))
    except UNREADABLE:
        for code in codes:
            try:
                yield code, model.objects.get(pk=code)
            except UNREADABLE:
                yield code, None
    else:
        yield from ((row.code, row) for row in rows)


def _altered_columns(row: Recorded, line: _Line) -> list[str]:
    """The columns of a row that are not what the last line about it says."""
    kept = dict(zip(KEPT, (line.version, line.known_on, line.at), strict=True))
    altered = [name for name, value in kept.items() if getattr(row, name) != value]
    altered += [
        field.name
        for field in row._meta.concrete_fields
        if isinstance(field, Bound) and getattr(row, field.attname) != field.of_row(row)
    ]
    content = snapshot(row)
    if canonical(content) != line.after:
        said = content_of(line.after)
        # A column that came into being after the line was written has the value that every row was given.
        altered += [
            field.name
            for field in content_fields(type(row))
            if content[field.name] != said.get(field.name, plain(field.get_default()))
        ]
    return altered


def content_of(after: str) -> dict[str, Any]:
    """Return what a line says; nothing if it was made unreadable."""
    try:
        content = json.loads(after)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def report_removed(noun: str, standing: QuerySet[Any], findings: Findings) -> None:
    """Report what the journal tells of and is not in the record.

    standing: the rows whose key is the code of a line (``OuterRef("code")``).
    """
    gone = Entry.objects.filter(~Exists(standing), noun=noun).order_by().values("code").annotate(last=Max("number"))
    for code, last in gone.values_list("code", "last").iterator():
        findings.add(
            REMOVED,
            f"{noun}:{code}, line {last} of the journal",
            RESTORE,
        )
