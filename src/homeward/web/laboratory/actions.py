"""What changes profiles beside entering and amending them: a consensus, an exchange, a suspicion that is cleared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.journal.access import visible
from homeward.web.journal.chain import Line, append, queue
from homeward.web.journal.codes import opaque_code
from homeward.web.journal.keeping import amend, enter, require
from homeward.web.laboratory.alleles import read_typing, seen_alleles, typing_text
from homeward.web.laboratory.consensus import Consensus, ConsensusRule, consensus_of
from homeward.web.laboratory.looks import note_looks
from homeward.web.laboratory.profiles import (
    KEEP_PROFILES,
    TYPED,
    VIEW_PROFILES,
    ConsensusPart,
    Profile,
    Quality,
    System,
)
from homeward.web.laboratory.suspicions import Suspicion

OWNERS = ("sample", "donor", "staff")


def make_consensus(
    typings: Sequence[Profile], rule: ConsensusRule, *, by: User, known_on: date | None = None
) -> Profile:
    """Enter the consensus of typings of one sample or donor, with a part for each typing; the typings stay as they are.

    Failed, inconclusive, mixed and unassigned typings may be among them: they are listed as parts, and say nothing.

    Raises
    ------
    PermissionDenied
        The user may not keep profiles.
    ValidationError
        There are fewer typings than the rule asks for, or they are of different things or systems.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP_PROFILES)
        rows = list(visible(by, Profile).filter(pk__in=[one.pk for one in typings], withdrawn="").order_by("pk"))
        _check_parts(rows, rule)
        made = consensus_of([read_typing(row.alleles) for row in rows if row.quality in TYPED], rule)
        day = known_on or max(timezone.localdate(), *(row.known_on for row in rows))
        consensus = Profile(
            code=opaque_code(),
            known_on=day,
            system=rows[0].system,
            quality=_quality(made),
            is_consensus=True,
            alleles=typing_text(made.typing),
            note=_note(made, rows, rule),
            made_up=any(row.made_up for row in rows),
            **{f"{name}_id": getattr(rows[0], f"{name}_id") for name in OWNERS},
        )
        parts = [
            ConsensusPart(code=opaque_code(), known_on=day, consensus=consensus, typing=row, made_up=consensus.made_up)
            for row in rows
        ]
        note_looks([row.code for row in rows], by, "consensus")
        return enter(consensus, by=by, why=rule.words, action="profile.consensus", parts=parts)


def _check_parts(rows: Sequence[Profile], rule: ConsensusRule) -> None:
    """Refuse what makes no consensus."""
    problems: list[str] = []
    if sum(row.quality in TYPED for row in rows) < rule.least_typings:
        problems.append(f"The rule needs at least {rule.least_typings} typings in which something was read.")
    if len({row.owner_reference for row in rows}) > 1:
        problems.append("These are typings of different samples or people. Choose those of one.")
    if {row.system for row in rows} - {System.STR, System.Y_STR, System.X_STR}:
        problems.append("A consensus is made of STR typings only.")
    elif len({row.system for row in rows}) > 1:
        problems.append("These typings are of different systems. Choose those of one.")
    if any(row.is_consensus for row in rows):
        problems.append("One of them is a consensus itself. Choose the typings that it was made of.")
    if problems:
        raise ValidationError(problems)


def _quality(made: Consensus) -> str:
    """What to call the result."""
    if not seen_alleles(made.typing):
        return Quality.INCONCLUSIVE
    return Quality.COMPLETE if made.is_complete else Quality.PARTIAL


def _note(made: Consensus, rows: Sequence[Profile], rule: ConsensusRule) -> str:
    """The rule, which loci are open and why, and which typings said nothing."""
    silent = [f"{row.code} ({row.get_quality_display().partition(':')[0]})" for row in rows if row.quality not in TYPED]
    lines = [rule.words, *(f"{locus}: {reason}." for locus, reason in made.open_loci)]
    if silent:
        lines.append(f"Without result: {', '.join(silent)}.")
    return "\n".join(lines)


def exchange_owners(first: Profile, second: Profile, *, by: User, why: str) -> tuple[Profile, Profile]:
    """Correct a swap: each of two profiles is henceforth of what the other was thought to be of.

    Both versions of both stay in the journal. What rests on them is listed by
    `homeward.web.laboratory.resting.what_rests_on`.

    Raises
    ------
    PermissionDenied
        The user may not keep profiles.
    ValidationError
        No reason is given, or the two are of one thing or of different systems, or one is a consensus.
    """
    with transaction.atomic():
        queue()
        require(by, KEEP_PROFILES)
        rows = {row.pk: row for row in visible(by, Profile).filter(pk__in=[first.pk, second.pk], withdrawn="")}
        if len(rows) < 2:
            raise ValidationError("Two profiles are exchanged, and both must stand.")
        first, second = rows[first.pk], rows[second.pk]
        if first.owner_reference == second.owner_reference:
            raise ValidationError("Both are of the same thing, so there is nothing to exchange.")
        if first.system != second.system:
            raise ValidationError("The two are of different systems. Exchange those of one run.")
        for one in (first, second):
            if one.is_consensus:
                raise ValidationError(
                    "A consensus rests on its typings. Withdraw it, exchange the typings, and make a consensus anew."
                )
        owners = [{name: getattr(one, f"{name}_id") for name in OWNERS} for one in (first, second)]
        changed = [
            amend(one, new, by=by, why=why, read_version=one.version, action="profile.exchanged")
            for one, new in ((first, owners[1]), (second, owners[0]))
        ]
        return changed[0], changed[1]


def clear_suspicion(suspicion: Suspicion, *, by: User, why: str) -> Suspicion:
    """Say that something suspicious is in order, and why; the profiles are compared again.

    Raises
    ------
    PermissionDenied
        The user may not keep profiles.
    ValidationError
        No reason is given, or somebody cleared it before.
    """
    with transaction.atomic():
        queue()
        require(by, VIEW_PROFILES)
        require(by, KEEP_PROFILES)
        current = Suspicion.objects.select_for_update().get(pk=suspicion.pk)
        if not why.strip():
            raise ValidationError("Say why this is in order.")
        if current.cleared:
            raise ValidationError("Somebody cleared this before.")
        pair = Suspicion.objects.filter(
            profile=current.other_id, other=current.profile_id, kind=current.kind, cleared=""
        )
        for one in [current, *pair]:
            one.cleared, one.cleared_by = why.strip()[:300], by
            one.save(update_fields=["cleared", "cleared_by"])
        append([Line("profile.cleared", "profile", current.profile_id, why=f"{current.words} {why}"[:500])], by=by)
    return current
