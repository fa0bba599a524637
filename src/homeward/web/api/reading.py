"""What is read: rows as they were known and so at the times asked for, as plain data."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django.http import Http404

from homeward.web.api.schemas import AsOfAsked, HistorySlice, Slice, narrowing_columns
from homeward.web.engagement.histories import Changing
from homeward.web.engagement.meetings import Meeting, Standing
from homeward.web.journal.access import visible
from homeward.web.journal.fields import Bound
from homeward.web.journal.knowledge import AsOf
from homeward.web.journal.looks import looked_at
from homeward.web.journal.models import Entry
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns, plain, snapshot
from homeward.web.sources.documents import Citation

Plain = dict[str, Any]


def as_of(asked: AsOfAsked) -> AsOf:
    """Return the two times that were asked for."""
    return AsOf(on=asked.on, known=asked.known)


def nouns_with_counts(reader: Reader) -> Plain:
    """Return every noun, with how many rows of it can be known and what the user may do."""
    return {
        "as_of": _times(reader),
        "nouns": [
            {
                "noun": noun,
                "name": str(model._meta.verbose_name),
                "rows": reader.rows(model).filter(_can_be_so(model, reader)).count(),
                "may_enter": model.may_be_entered_by(reader.user),
                "may_withdraw": not model.by_action_only
                and reader.user.has_perm(model.withdraw_permission or model.keep_permission),
            }
            for noun, model in nouns().items()
        ],
    }


def page(model: type[Recorded], asked: Slice, reader: Reader) -> Plain:
    """Return rows in the order of their codes, as many as were asked for or fewer."""
    wanted = {name: value for name in narrowing_columns(model) if (value := getattr(asked, name)) is not None}
    rows = reader.rows(model).filter(_can_be_so(model, reader))
    for name, value in wanted.items():
        rows = rows.filter(Q(**{name: value}) | _said_otherwise_then(reader))
    if asked.after is not None:
        rows = rows.filter(pk__gt=asked.after)
    found = list(rows.order_by("pk")[: asked.limit + 1])
    known = [snapshot_of(row) for row in _as_asked(found[: asked.limit], reader)]
    shown = [row for row in known if all(row[name] == value for name, value in wanted.items())]
    looked_at(model.noun(), [row["code"] for row in shown], reader.user, "API")
    return {
        "as_of": _times(reader),
        "rows": shown,
        "next": found[asked.limit - 1].code if len(found) > asked.limit else None,
    }


def row_of(model: type[Recorded], code: str, reader: Reader) -> Recorded:
    """Return one row as it was known and so.

    Raises
    ------
    Http404
        There is none that the user may see, or it was not known or not so then.
    """
    found: list[Recorded] = _as_asked(reader.rows(model).filter(pk=code), reader)
    if found:
        return found[0]
    if visible(reader.user, model).filter(pk=code).exists():
        raise Http404(
            f"The {model._meta.verbose_name} {code} no longer stands."
            if reader.as_of.is_now
            else f"The {model._meta.verbose_name} {code} was not in the record at the time asked for."
        )
    raise Http404(f"There is no {model._meta.verbose_name} {code}.")


def answer(row: Recorded, reader: Reader) -> Plain:
    """Return a row with its citations, and the states that it went through where it has any."""
    looked_at(row.noun(), [row.code], reader.user, "API")
    citations = reader.known(reader.rows_about(Citation, [row.reference]).order_by("pk"))
    found: Plain = {
        "as_of": _times(reader),
        "row": snapshot_of(row),
        "citations": [snapshot_of(citation) for citation in citations],
    }
    if isinstance(row, Changing):
        changes = _changes(row, reader)
        steps, _ = row.trace(changes)
        found["state"] = steps[-1].state if steps else ""
        found["states"] = [
            {
                "change": step.change.code,
                "kind": step.change.kind,
                "happened": step.change.happened.text,
                "state": step.state,
            }
            for step in steps
        ]
        if isinstance(row, Meeting):
            found["standing"] = _standing(changes)
    return found


def snapshot_of(row: Recorded) -> Plain:
    """Return all that a row says, and which version of it this is."""
    return {
        **snapshot(row),
        "version": row.version,
        "version_known_on": plain(row.version_known_on),
        "recorded_at": plain(row.recorded_at),
    }


def history(model: type[Recorded], code: str, asked: HistorySlice, reader: Reader) -> Plain:
    """Return the lines of the journal about a row that the user may see, withdrawn or not.

    Raises
    ------
    Http404
        There is no such row.
    """
    if not visible(reader.user, model).filter(pk=code).exists():
        raise Http404(f"There is no {model._meta.verbose_name} {code}.")
    looked_at(model.noun(), [code], reader.user, "API")
    lines = Entry.objects.filter(noun=model.noun(), code=code).order_by("number")
    if reader.as_of.known is not None:
        lines = lines.filter(known_on__lte=reader.as_of.known)
    if asked.after is not None:
        lines = lines.filter(number__gt=asked.after)
    found = list(lines[: asked.limit + 1])
    return {
        "as_of": _times(reader),
        "lines": [_line(entry) for entry in found[: asked.limit]],
        "next": found[asked.limit - 1].number if len(found) > asked.limit else None,
    }


def _times(reader: Reader) -> Plain:
    """The two times of an answer."""
    return {"on": plain(reader.as_of.on), "known": plain(reader.as_of.known)}


def _first_day(model: type[Recorded]) -> str:
    """The column of the first day on which a row was so; empty if its noun has no date of its own."""
    bounds = (
        field.name for field in model._meta.concrete_fields if isinstance(field, Bound) and field.end == "earliest"
    )
    return next(bounds, "")


def _can_be_so(model: type[Recorded], reader: Reader) -> Q:
    """The condition that a row can have begun by the day asked for."""
    column = _first_day(model)
    if reader.as_of.on is None or not column:
        return Q()
    return Q(**{column: None}) | Q(**{f"{column}__lte": reader.as_of.on}) | _said_otherwise_then(reader)


def _said_otherwise_then(reader: Reader) -> Q:
    """The condition that a row was amended after the day asked for, so that its columns may have held other values."""
    return Q(pk__in=[]) if reader.as_of.known is None else Q(version_known_on__gt=reader.as_of.known)


def _as_asked(rows: QuerySet[Any] | Iterable[Any], reader: Reader) -> list[Any]:
    """Rows as they were known, without those that begin later than the day asked for."""
    known = reader.known(rows)
    on = reader.as_of.on
    column = _first_day(type(known[0])) if known else ""
    if on is None or not column:
        return known
    return [row for row in known if (first := getattr(row, column)) is None or first <= on]


def _changes(row: Changing, reader: Reader) -> list[Any]:
    """The changes of a thing that were known and had happened."""
    model: Any = apps.get_model(row.change)
    return _as_asked(reader.rows(model).filter(**{model.subject: row.code}), reader)


def _standing(changes: list[Any]) -> Plain:
    """Where a meeting stands after its changes."""
    found, _ = Meeting.standings(changes)
    standing = found[-1][1] if found else Standing()
    return {
        "state": standing.state,
        "words": standing.words,
        "scheduled": plain(standing.scheduled),
        "level": standing.level,
        "agreed_by": list(standing.agreed_by),
        "missed_by": list(standing.missed_by),
        "earlier": [date.text for date in standing.earlier],
    }


def _line(entry: Entry) -> Plain:
    """A line of the journal."""
    return {
        "number": entry.number,
        "at": plain(entry.at),
        "by": entry.by_name,
        "action": entry.action,
        "version": entry.version,
        "known_on": plain(entry.known_on),
        "before": json.loads(entry.before) if entry.before else None,
        "after": json.loads(entry.after) if entry.after else None,
        "why": entry.why,
        "digest": entry.digest,
    }
