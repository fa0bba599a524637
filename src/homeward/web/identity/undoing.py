"""Undoing a merge, a split or a renumbering: everything stands as before, unless something rests on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.identity.identifiers import KEEP
from homeward.web.identity.succession_plans import LONGEST_REASON, as_text
from homeward.web.identity.successions import EffectKind, Succession, SuccessionEffect, SuccessionPart
from homeward.web.journal.access import visible
from homeward.web.journal.book import InBook, opaque_code
from homeward.web.journal.chain import queue
from homeward.web.journal.fields import ReferenceField
from homeward.web.journal.keeping import amend, enter, require, withdraw
from homeward.web.journal.recorded import Recorded, content_fields, from_snapshot, links, nouns, snapshot


def undo(succession: Succession, reason: str, *, by: User) -> Succession:
    """Undo a succession: withdraw what it entered, enter again what it withdrew, put back what it amended.

    Raises
    ------
    PermissionDenied
        The user may not.
    ValidationError
        It was undone before, no reason is given, or something later rests on it: names what is to be undone first.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP)
        if not reason.strip():
            raise ValidationError("Say why this is undone.")
        current = visible(by, Succession).filter(pk=succession.pk, withdrawn="").first()
        if current is None:
            raise ValidationError("There is no such event, or it was undone already.")
        effects = list(current.effects.filter(withdrawn="").order_by("order"))
        problems = list(dict.fromkeys(_what_rests_on(current, effects, by)))
        if problems:
            raise ValidationError(problems)
        for about, own in _by_row(reversed(effects)).items():
            _take_back(_row_now(about), own, reason[:LONGEST_REASON], by)
        return withdraw(current, by=by, why=reason[:LONGEST_REASON], action="succession.undone")


def _by_row(effects: Iterable[SuccessionEffect]) -> dict[str, list[SuccessionEffect]]:
    """Effects by the row that they changed, in the order in which the first of each comes."""
    found: dict[str, list[SuccessionEffect]] = {}
    for effect in effects:
        found.setdefault(effect.about, []).append(effect)
    return found


def _take_back(row: InBook, effects: Sequence[SuccessionEffect], why: str, by: User) -> None:
    """Take back what was done to one row: once entered or withdrawn, or amended in some columns."""
    change = effects[0].change
    if change == EffectKind.ENTERED:
        withdraw(row, by=by, why=why, action=f"{row.noun()}.undone")
    elif change == EffectKind.AMENDED:
        was = {effect.column: effect.was for effect in effects}
        amend(row, was, by=by, why=why, read_version=row.version, action=f"{row.noun()}.undone")
    else:
        content = {**snapshot(row), "code": opaque_code(), "known_on": timezone.localdate(), "withdrawn": ""}
        again = enter(from_snapshot(type(row), content), by=by, why=why, action=f"{row.noun()}.restored")
        effect, restored = effects[0], {"restored_as": again.code}
        amend(effect, restored, by=by, why=why, read_version=effect.version, action="successioneffect.restored")


def _row_now(about: str) -> InBook:
    """The row that stands for one that an effect names: itself, or what was entered again for it."""
    noun, _, code = about.partition(":")
    while restored := SuccessionEffect.objects.filter(about=f"{noun}:{code}").exclude(restored_as="").first():
        code = restored.restored_as
    row: InBook = nouns()[noun].objects.get(pk=code)
    return row


def _what_rests_on(succession: Succession, effects: Sequence[SuccessionEffect], by: User) -> Iterator[str]:
    """Why a succession cannot be undone, a sentence for each thing that rests on it."""
    entered = {_row_now(effect.about).reference for effect in effects if effect.change == EffectKind.ENTERED}
    for effect in effects:
        row = _row_now(effect.about)
        if effect.change == EffectKind.ENTERED:
            yield from _rests_on_row(row, succession, entered, by)
        elif effect.change == EffectKind.AMENDED and as_text(getattr(row, effect.column)) != effect.now:
            yield from _later(row, succession, effect.column) or [
                f"{row.title} was amended since. Amend it back first."
            ]


def _rests_on_row(row: InBook, succession: Succession, entered: set[str], by: User) -> Iterator[str]:
    """What rests on a row that a succession entered."""
    later = _later(row, succession)
    if later:
        yield from later
    elif not row.stands:
        yield f"The {row._meta.verbose_name} that came of this ({row.title}) was withdrawn since: {row.withdrawn}"
    else:
        yield from (_first(other, by) for other in _named_by(row) if other.reference not in entered)


def _later(row: InBook, succession: Succession, column: str = "") -> list[str]:
    """The standing successions that changed a row, or made something of it, after another did."""
    standing = {"succession__withdrawn": "", "withdrawn": "", "about": row.reference}
    effects = SuccessionEffect.objects.filter(**standing).exclude(succession=succession)
    if column:
        effects = effects.filter(column=column)
    parts = SuccessionPart.objects.filter(**standing).exclude(succession=succession)
    changed = [effect.succession for effect in effects.select_related("succession")]
    made = [] if column else [part.succession for part in parts.select_related("succession")]
    return [f"“{event}” ({event.code}) rests on this. Undo that first." for event in dict.fromkeys([*changed, *made])]


def _named_by(row: InBook) -> Iterator[Recorded]:
    """The first standing row of each noun that names a row, apart from successions."""
    for model in nouns().values():
        if issubclass(model, Succession | SuccessionPart | SuccessionEffect):
            continue
        for name, value in _ways_to_name(model, row):
            yield from model.objects.filter(withdrawn="", **{name: value}).order_by("code")


def _ways_to_name(model: type[Recorded], row: InBook) -> Iterator[tuple[str, str]]:
    """The columns of a noun that can name a row, with the value that does."""
    for name, target in links(model).items():
        if isinstance(row, target):
            yield name, row.code
    for field in content_fields(model):
        if isinstance(field, ReferenceField):
            yield field.name, row.reference


def _first(other: Recorded, by: User) -> str:
    """The sentence of something that rests on what is to be undone."""
    if not visible(by, type(other)).filter(pk=other.pk).exists():
        return "Something that your roles do not show rests on this."
    return f"The {other._meta.verbose_name} {other.title} ({other.code}) rests on this. Undo or withdraw that first."
