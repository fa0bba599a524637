"""Entering, amending and withdrawing rows: permission, checks, row and journal line, all together or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import Recorded, Row, canonical, content_fields, links, nouns, plain, snapshot

EARLIEST_DAWN = timedelta(hours=14)
"""How far the clocks of the first place to see a day are before ours."""
NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
"""Characters that are no text and that a database may refuse: the null character and halves of others."""

_NOT_TEXT_REFUSED = "There is a character in this that is no text. Type it again, or copy it from elsewhere."
_NOT_BEGUN = "This day has not begun yet, so nothing can be known from it."


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column that somebody else changed: its label, what it was, and what it is now."""

    name: str
    label: str
    was: Any
    now: Any


class ChangedMeanwhile(Exception):  # noqa: N818 - says what happened
    """Somebody else amended the row after it was read; carries what they changed and the row as it is now."""

    def __init__(self, row: Recorded, changes: Sequence[FieldChange], by_name: str) -> None:
        self.row, self.changes, self.by_name = row, changes, by_name
        super().__init__(f"{row.reference} was changed by {by_name} after you read it.")


def require(user: User, permission: str) -> None:
    """Make sure that a user holds a permission.

    Raises
    ------
    PermissionDenied
        The user does not.
    """
    if not user.has_perm(permission):
        raise PermissionDenied(f"This needs the permission {permission}, which {user.get_username()} does not have.")


def enter(
    row: Row, *, by: User, why: str = "", action: str = "", parts: Iterable[Recorded] = (), permission: str = ""
) -> Row:
    """Enter a new row, and with it the rows that say where it comes from or who took part.

    Parameters
    ----------
    row : Recorded
        Not yet in the database, with its code and the day from which it is known.
    by : User
        Who enters it; needs the model's ``keep_permission``, which covers the parts.
    why : str
        Reason, for the journal.
    action : str
        What to call it in the journal; ``noun.entered`` if empty.
    parts : iterable of Recorded
        New rows that refer to this one: citations, involvements, names.
    permission : str
        Instead of the model's ``keep_permission``, for an action that has one of its own.

    Raises
    ------
    PermissionDenied
        The user may not.
    ValidationError
        A row, or the history that it would become a part of, is not possible. Nothing was written.
    """
    rows: list[Recorded] = [row, *parts]
    with transaction.atomic():
        queue()
        require(by, permission or row.keep_permission)
        _check_own_action(row, action)
        _check_action_fields(row, {name for name in row.action_fields if not _has_default(row, name)}, action)
        now = timezone.now()
        for kept in rows:
            kept.version, kept.version_known_on, kept.recorded_at, kept.withdrawn = 1, kept.known_on, now, ""
            _check_seen(kept, by)
            _check(kept, why)
            _check_second_person(kept, by)
            kept.save(force_insert=True)
        _check_together(rows)
        names = [action or f"{row.noun()}.entered", *(f"{part.noun()}.entered" for part in rows[1:])]
        append((entered_line(kept, name, why) for kept, name in zip(rows, names, strict=True)), by=by, at=now)
    return row


def entered_line(row: Recorded, action: str, why: str) -> Line:
    """Return the journal line of a new row."""
    return Line(action, row.noun(), row.code, row.version, row.known_on, "", canonical(snapshot(row)), why)


def amend(
    row: Row,
    changes: Mapping[str, Any],
    *,
    by: User,
    why: str,
    read_version: int,
    known_on: date | None = None,
    action: str = "",
    permission: str = "",
) -> Row:
    """Change what a row says; the version before stays in the journal.

    Parameters
    ----------
    changes : mapping
        New values by column; columns that keep their value may be named too.
    why : str
        Required: what was wrong, or what was learned.
    read_version : int
        The version that the change was made from.
    known_on : date, optional
        From when the new version counts as known. Default: the same day as the version before, as for a mistake in
        copying a source. Never before that day.
    permission : str
        Instead of the model's ``keep_permission``.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `enter`.
    ChangedMeanwhile
        Somebody changed one of the same columns since ``read_version``. Changes of other columns are both kept.
    """
    with transaction.atomic():
        queue()
        model = type(row)
        require(by, permission or model.keep_permission)
        current: Row = model.objects.select_for_update().get(pk=row.pk)
        columns = {field.name: field for field in content_fields(model)}
        ours = {name: _as_kept(columns[name], value) for name, value in changes.items()}
        before = snapshot(current)
        for name, value in _without_lost_updates(current, ours, read_version).items():
            setattr(current, columns[name].attname, value)
        _check_seen(current, by, {name for name in ours if plain(ours[name]) != before[name]})
        _check(current, why)
        after = snapshot(current)
        altered = {name for name in after if after[name] != before[name]}
        if not altered:
            return current
        _check_amendment(current, altered, why, known_on)
        _check_second_person(current, by, altered)
        _check_action_fields(current, altered, action)
        current.version += 1
        current.version_known_on = known_on or current.version_known_on
        current.recorded_at = timezone.now()
        current.save(force_update=True)
        _check_together([current])
        append(
            [amended_line(current, before, after, altered, action or f"{model.noun()}.amended", why)],
            by=by,
            at=current.recorded_at,
        )
    return current


def amended_line(
    row: Recorded, before: Mapping[str, Any], after: dict[str, Any], altered: Iterable[str], action: str, why: str
) -> Line:
    """Return the journal line of a changed row: what the altered columns were, and all that it says now."""
    was = {name: before[name] for name in altered}
    return Line(action, row.noun(), row.code, row.version, row.version_known_on, canonical(was), canonical(after), why)


def withdraw(row: Row, *, by: User, why: str, known_on: date | None = None, action: str = "") -> Row:
    """Say that a row no longer stands, with the reason; it stays readable, and stands in the record as known before.

    action: what to call it in the journal; ``noun.withdrawn`` if empty.

    Raises
    ------
    PermissionDenied, ValidationError
        As for `amend`; also if the history that it was a part of is not possible without it.
    """
    model = type(row)
    _check_own_action(row, action)
    return amend(
        row,
        {"withdrawn": why},
        by=by,
        why=why,
        read_version=row.version,
        known_on=known_on or max(timezone.localdate(), row.version_known_on),
        action=action or f"{model.noun()}.withdrawn",
        permission=model.withdraw_permission or model.keep_permission,
    )


def _as_kept(column: models.Field[Any, Any], value: Any) -> Any:
    """A value as its column keeps it; a row becomes its code. What the column cannot keep is refused later."""
    if isinstance(value, models.Model):
        assert isinstance(column, models.ForeignKey), "Only a link is given as a row."  # noqa: S101
        return getattr(value, column.target_field.attname)
    try:
        return column.to_python(_with_plain_line_ends(value))
    except ValidationError:
        return value


def _with_plain_line_ends(value: Any) -> Any:
    """Text with the line ends of files: browsers send others, and a form sent back unchanged must change nothing."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _check(row: Recorded, why: str) -> None:
    """Check one row and the reason: every column, every constraint, every reference."""
    problems: dict[str, list[Any]] = {}
    for field in content_fields(type(row)):
        setattr(row, field.attname, _with_plain_line_ends(getattr(row, field.attname)))
    try:
        row.full_clean(exclude=["recorded_at"])
    except ValidationError as error:
        problems = dict(error.message_dict)
    for field in content_fields(type(row)):
        value = getattr(row, field.attname)
        if isinstance(value, str) and NOT_TEXT.search(value):
            problems[field.name] = [_NOT_TEXT_REFUSED]
    if NOT_TEXT.search(why):
        problems[NON_FIELD_ERRORS] = [*problems.get(NON_FIELD_ERRORS, []), _NOT_TEXT_REFUSED]
    if "known_on" not in problems and row.known_on > _last_day_begun():
        problems["known_on"] = [_NOT_BEGUN]
    if problems:
        raise ValidationError(problems)


def _last_day_begun() -> date:
    """The latest day that it is anywhere on earth; where people keep the record it may be later than here."""
    return (timezone.now() + EARLIEST_DAWN).date()


def _check_own_action(row: Recorded, action: str) -> None:
    """Refuse to enter or withdraw by the way what has actions of its own."""
    if row.by_action_only and not action:
        raise ValidationError(
            f"A {row._meta.verbose_name} is entered and withdrawn by an action of its own. "
            "Use the page of what it concerns."
        )


def _check_action_fields(row: Recorded, altered: Collection[str], action: str) -> None:
    """Refuse to set by the way what has an action of its own."""
    names = row.action_fields & set(altered)
    if names and not action:
        raise ValidationError(dict.fromkeys(names, "This is set by an action of its own, on the page of the row."))


def _has_default(row: Recorded, name: str) -> bool:
    """Whether a column of a new row is as it is when nothing was said of it."""
    field = next(field for field in content_fields(type(row)) if field.name == name)
    return bool(getattr(row, field.attname) == field.get_default())


def _check_seen(row: Recorded, by: User, names: Collection[str] | None = None) -> None:
    """Refuse to point to what the user may not see or what was withdrawn, in the same words as to what is not there.

    Asked before anything is read of the rows that it points to. ``names``: the columns to ask about; all if ``None``.
    """
    problems: dict[str, str] = {}
    for field in content_fields(type(row)):
        value = getattr(row, field.attname)
        if not value or (names is not None and field.name not in names):
            continue
        if field.name in links(type(row)):
            model, code = links(type(row))[field.name], value
        elif isinstance(field, ReferenceField) and value.partition(":")[0] in nouns():
            model, code = nouns()[value.partition(":")[0]], value.partition(":")[2]
        else:
            continue
        if not visible(by, model).filter(pk=code, withdrawn="").exists():
            problems[field.name] = (
                f"There is no {model._meta.verbose_name} {code}. Look it up, or enter it before this."
            )
    if problems:
        raise ValidationError(problems)


def _check_second_person(row: Recorded, by: User, names: Collection[str] | None = None) -> None:
    """Refuse what a second person has to have a part in, where the user is the only one.

    ``names``: the columns to ask about; all if ``None``.
    """
    found = row.problems_with(by)
    problems = {name: what for name, what in found.items() if names is None or name in names}
    if problems:
        raise ValidationError(problems)


def _check_together(rows: Iterable[Recorded]) -> None:
    """Check the histories that rows are a part of, themselves included."""
    touched: dict[type[Recorded], set[str]] = {}
    for row in rows:
        touched.setdefault(type(row), set()).add(row.code)
        for model, code in row.depends_on():
            touched.setdefault(model, set()).add(code)
    found = [problem for model, codes in touched.items() for problem in model.problems_together(sorted(codes))]
    if found:
        raise ValidationError({NON_FIELD_ERRORS: [f"{what} {fix}" for _, what, fix in found]})


def _check_amendment(row: Recorded, altered: set[str], why: str, known_on: date | None) -> None:
    """Refuse an amendment without a reason, of what is fixed, or known before what it amends."""
    if row.withdrawn and "withdrawn" not in altered:
        raise ValidationError("This was withdrawn and cannot be amended. Enter a new row instead.")
    problems: dict[str, str] = dict.fromkeys(
        altered & (row.fixed_fields | {"code", "known_on"}),
        "This cannot be amended, as other rows depend on it. Withdraw the row and enter another.",
    )
    if not why.strip():
        problems[NON_FIELD_ERRORS] = "Say why: what was wrong, or what was learned."
    elif known_on is not None and known_on < row.version_known_on:
        problems[NON_FIELD_ERRORS] = (
            f"The version before is known from {row.version_known_on:%-d %B %Y}; the new one cannot be known earlier."
        )
    elif known_on is not None and known_on > _last_day_begun():
        problems[NON_FIELD_ERRORS] = _NOT_BEGUN
    if problems:
        raise ValidationError(problems)


def _without_lost_updates(current: Recorded, ours: Mapping[str, Any], read_version: int) -> Mapping[str, Any]:
    """The changes that were really made to what was read; stops where another person changed the same column since."""
    if current.version == read_version:
        return ours
    entries = list(
        Entry.objects.filter(noun=current.noun(), code=current.code, version__gt=read_version).order_by("number")
    )
    theirs = {change.name: change for change in changed_since(current, entries)}
    clashing = [
        change for name, change in theirs.items() if name in ours and plain(ours[name]) not in (change.was, change.now)
    ]
    if clashing:
        raise ChangedMeanwhile(current, clashing, entries[-1].by_name)
    return {name: value for name, value in ours.items() if name not in theirs}


def changed_since(current: Recorded, entries: Sequence[Entry]) -> list[FieldChange]:
    """Return what later lines changed in a row, oldest value first."""
    was: dict[str, Any] = {}
    for entry in entries:
        for name, value in json.loads(entry.before or "{}").items():
            was.setdefault(name, value)
    labels = {field.name: str(field.verbose_name) for field in content_fields(type(current))}
    now = snapshot(current)
    return [
        FieldChange(name, labels[name], value, now[name])
        for name, value in was.items()
        if name in labels and now[name] != value
    ]
