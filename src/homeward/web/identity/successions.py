"""Successions: the events by which things of one noun became others, and what each changed in other rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from homeward.web.accounts.models import User
from homeward.web.identity.identifiers import KEEP
from homeward.web.journal.book import InBook
from homeward.web.journal.fields import PartialDateField, ReferenceField, earliest, latest, link, text_block, text_line
from homeward.web.journal.recorded import VIEW, Recorded, nouns

Problem = tuple[str, str, str]


class SuccessionKind(models.TextChoices):
    """What happened to the identity of things."""

    MERGED = "merged", "merged: they turned out to be one"
    SPLIT = "split", "split: it turned out to be several"
    RENUMBERED = "renumbered", "renumbered"


class Succession(InBook):
    """Things of one noun became others: merged, split or renumbered. Withdrawn, it is undone."""

    kind = models.CharField(max_length=10, choices=SuccessionKind)
    concerns = text_line("What sort of thing it concerns, such as accession.", longest=40)
    happened = PartialDateField(help_text="When it was decided.")
    happened_earliest = earliest("happened")
    happened_latest = latest("happened")
    decided_by = text_line("Who decided it.")
    reason = text_block("On what grounds.")

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"kind", "concerns"})

    class Meta(InBook.Meta):
        """Found by what it concerns, as some may not see some nouns."""

        indexes = [*Recorded.Meta.indexes, models.Index(fields=["concerns", "code"], name="succession_by_noun")]

    def __str__(self) -> str:
        return f"{self.get_kind_display().partition(':')[0]}, {self.happened.words}"

    @classmethod
    def hidden_from(cls, user: User | AnonymousUser) -> Q | None:
        """Hidden where it concerns a noun of which the user may see nothing."""
        closed = [
            noun
            for noun, model in nouns().items()
            if model.view_permission != VIEW and not user.has_perm(model.view_permission)
        ]
        return Q(concerns__in=closed) if closed else None

    @classmethod
    def problems_together(cls, codes: Iterable[str]) -> list[Problem]:
        """Its parts agree with its kind, nothing was merged away twice, and nothing became itself in the end."""
        asked = list(codes)
        parts = SuccessionPart.objects.filter(succession__in=asked, succession__withdrawn="", withdrawn="")
        of: dict[str, list[SuccessionPart]] = {}
        for part in parts.select_related("succession").order_by("code"):
            of.setdefault(part.succession_id, []).append(part)
        problems = [problem for code, own in of.items() if (problem := _unlike_its_kind(code, own)) is not None]
        return problems + _ended_twice(of)


class SuccessionSide(models.TextChoices):
    """Whether a thing was there before or came out of it."""

    BEFORE = "before", "before"
    AFTER = "after", "after"


class SuccessionPart(InBook):
    """One thing on one side of a succession. What stands on both sides lives on under its own code."""

    succession = link("identity.Succession", related="parts")
    side = models.CharField(max_length=6, choices=SuccessionSide)
    about = ReferenceField(help_text="The row, as noun:code.", db_index=True)

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"succession", "side", "about"})

    class Meta(InBook.Meta):
        """A thing stands once on a side."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["succession", "side", "about"], name="successionpart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}: {self.about}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its succession."""
        return [(Succession, self.succession_id)]


class EffectKind(models.TextChoices):
    """What a succession did to another row."""

    ENTERED = "entered", "entered"
    WITHDRAWN = "withdrawn", "withdrawn"
    AMENDED = "amended", "amended"


class SuccessionEffect(InBook):
    """What a succession changed in another row, so that it can be undone exactly.

    column, was, now: for a row that was amended. restored_as: once it is undone, the code of the row that was entered
    again for one that was withdrawn.
    """

    succession = link("identity.Succession", related="effects")
    change = models.CharField(max_length=9, choices=EffectKind)
    about = ReferenceField(help_text="The row that was changed, as noun:code.", db_index=True)
    column = text_line("The column that was amended.", required=False, longest=60)
    was = text_block("What it said before.", required=False)
    now = text_block("What it says since.", required=False)
    order = models.PositiveSmallIntegerField(default=0, help_text="Order among the effects of one succession.")
    restored_as = text_line("Code of the row that stands for it again.", required=False, longest=100)

    by_action_only = True
    keep_permission = KEEP
    fixed_fields = frozenset({"succession", "change", "about", "column", "was", "now", "order"})
    action_fields = frozenset({"restored_as"})

    class Meta(InBook.Meta):
        """A row is changed once by a succession, or once in a column."""

        constraints = [
            *Recorded.Meta.constraints,
            models.UniqueConstraint(fields=["succession", "about", "column"], name="successioneffect_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_change_display()}: {self.about}"

    def depends_on(self) -> Iterable[tuple[type[Recorded], str]]:
        """It is a part of its succession."""
        return [(Succession, self.succession_id)]


def sides(parts: Iterable[SuccessionPart]) -> tuple[set[str], set[str]]:
    """Return what stands before and what stands after."""
    before: set[str] = set()
    after: set[str] = set()
    for part in parts:
        (before if part.side == SuccessionSide.BEFORE else after).add(part.about)
    return before, after


def _unlike_its_kind(code: str, parts: list[SuccessionPart]) -> Problem | None:
    """The problem of a succession whose sides are not those of its kind."""
    before, after = sides(parts)
    kind, concerns = parts[0].succession.kind, parts[0].succession.concerns
    is_right = {
        SuccessionKind.MERGED: len(before) > 1 and len(after) == 1 and after < before,
        SuccessionKind.SPLIT: len(before) == 1 and bool(after - before),
        SuccessionKind.RENUMBERED: len(before) == 1 and after == before,
    }[SuccessionKind(kind)]
    if is_right and all(about.partition(":")[0] == concerns for about in before | after):
        return None
    return (
        code,
        f"What stands before and after is not that of something {kind}.",
        "Two or more become one of them, or one becomes itself and others; all are of one noun.",
    )


def _ended_twice(of: dict[str, list[SuccessionPart]]) -> list[Problem]:
    """The successions among these by which something ended that had ended, or that lead back to where they began."""
    problems = []
    for code, parts in of.items():
        before, after = sides(parts)
        for about in sorted(before - after):
            if len(_ends_of([about])) > 1:
                problems.append((code, f"{about} had become something else before.", "Undo the other event first."))
            elif about in _all_that_came_of(after):
                problems.append((code, f"{about} would become itself in the end.", "Name the thing that goes on."))
    return problems


def _ends_of(abouts: Iterable[str]) -> list[SuccessionPart]:
    """The standing parts by which things ended: before, and not after."""
    parts = _standing_parts(about__in=list(abouts), side=SuccessionSide.BEFORE)
    going_on = SuccessionPart.objects.filter(
        succession=models.OuterRef("succession"), about=models.OuterRef("about"), side=SuccessionSide.AFTER
    )
    return list(parts.exclude(models.Exists(going_on)).select_related("succession"))


def ended_by(abouts: Iterable[str]) -> dict[str, Succession]:
    """Return, of these things, those that became others, each with the standing succession by which it ended."""
    return {part.about: part.succession for part in _ends_of(abouts)}


def check_go_on(rows: Iterable[InBook]) -> None:
    """Refuse to do anything with what became something else already.

    Raises
    ------
    ValidationError
        One of the rows did.
    """
    titles = {row.reference: row.title for row in rows}
    ended = ended_by(titles)
    if ended:
        raise ValidationError(
            [
                f"{titles[about]} became something else ({event}). Name what it became, or undo that first."
                for about, event in sorted(ended.items())
            ]
        )


def joined(abouts: Iterable[str]) -> dict[str, str]:
    """Return what these things were merged into in the end, by reference, for each that takes part in a merging.

    All that was merged into the same thing is named, whether it was asked for or not; undone events do not count.
    """
    into: dict[str, str] = {}
    waiting, seen = set(abouts), set[str]()
    while waiting:
        seen |= waiting
        parts = _standing_parts(succession__kind=SuccessionKind.MERGED, about__in=waiting)
        together = _standing_parts(succession__in=parts.values("succession"))
        of: dict[str, list[SuccessionPart]] = {}
        for part in together:
            of.setdefault(part.succession_id, []).append(part)
        for own in of.values():
            before, after = sides(own)
            into.update(dict.fromkeys(before - after, next(iter(after))))
        waiting = {part.about for part in together} - seen
    return {one: _end_of(one, into) for one in {*into, *into.values()}}


def _end_of(about: str, into: Mapping[str, str]) -> str:
    """What a thing is in the end."""
    while about in into:
        about = into[about]
    return about


def _standing_parts(**conditions: Any) -> models.QuerySet[SuccessionPart]:
    """The parts of the successions that hold."""
    return SuccessionPart.objects.filter(withdrawn="", succession__withdrawn="", **conditions).order_by("code")


def _all_that_came_of(abouts: Iterable[str]) -> set[str]:
    """Everything that these things became, themselves included."""
    found: set[str] = set()
    waiting = set(abouts)
    while waiting:
        found |= waiting
        ended = [part.succession_id for part in _ends_of(waiting)]
        after = SuccessionPart.objects.filter(succession__in=ended, side=SuccessionSide.AFTER)
        waiting = set(after.values_list("about", flat=True)) - found
    return found
