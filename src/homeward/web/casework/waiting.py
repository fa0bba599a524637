"""What waits for somebody: lists that apps give, each for the roles that it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.afterwards import Correction, Obligation
from homeward.web.casework.case_list import with_last_step
from homeward.web.casework.evidence import Evidence, ReviewItem
from homeward.web.casework.identifications import (
    ANNOUNCE,
    PREPARE,
    REVIEW,
    SIGN,
    TELL,
    Identification,
    IdentificationChange,
)
from homeward.web.journal.access import visible

MOST = 50
_OF_STANDING = Q(withdrawn="", evidence__withdrawn="")


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that waits: in words, where to see to it, and until when; ``late`` if that day has passed."""

    words: str
    address: str
    due: date | None = None

    @property
    def late(self) -> bool:
        """Whether it should have been done."""
        return self.due is not None and self.due < timezone.localdate()


@dataclass(frozen=True, slots=True)
class WaitingList:
    """What waits for one reason; ``more`` if only the first are shown."""

    title: str
    things: Sequence[Thing]
    more: bool = False


Source = Callable[[User], Iterable[WaitingList]]

_sources: list[Source] = []


def wait_for(source: Source) -> Source:
    """Have a function asked for what waits for a user; for apps of other work too."""
    _sources.append(source)
    return source


def what_waits(user: User) -> list[WaitingList]:
    """Return all that waits for a user, without lists that are empty."""
    return [found for source in _sources for found in source(user) if found.things]


def listed(title: str, things: Sequence[Thing]) -> WaitingList:
    """Return a list of the first things of those given, one more of which may be there."""
    return WaitingList(title, things[:MOST], more=len(things) > MOST)


@wait_for
def cases_to_work_on(user: User) -> Iterable[WaitingList]:
    """Yield the cases to go on with, to review and to sign."""
    name = user.get_username()
    if user.has_perm(PREPARE):
        back = _open(user, "sent-back").filter(prepared_by=name)
        yield _cases("Sent back to you", back)
        comments = ReviewItem.objects.filter(_OF_STANDING, evidence__identification__prepared_by=name, answer="")
        asked = comments.exclude(opinion="agree").values("evidence__identification")
        yield _cases("Comments for you to answer", _open(user, "submitted", "sent-back").filter(pk__in=asked))
    if user.has_perm(REVIEW):
        said = ReviewItem.objects.filter(
            evidence=OuterRef("pk"), reviewer=name, evidence_version=OuterRef("version"), withdrawn=""
        )
        lines = Evidence.objects.filter(~Exists(said), withdrawn="").exclude(entered_by=name)
        unread = _open(user, "submitted").filter(pk__in=lines.values("identification")).exclude(prepared_by=name)
        yield _cases("For you to review", unread)
    if user.has_perm(SIGN):
        agreed = ReviewItem.objects.filter(
            evidence=OuterRef("pk"), opinion="agree", evidence_version=OuterRef("version"), withdrawn=""
        ).exclude(reviewer=OuterRef("identification__prepared_by"))
        unsettled = Evidence.objects.filter(~Exists(agreed), withdrawn="").values("identification")
        still_open = ReviewItem.objects.filter(_OF_STANDING, answer="").exclude(opinion="agree")
        ready = _open(user, "submitted").exclude(pk__in=unsettled).exclude(prepared_by=name)
        yield _cases("Ready to sign", ready.exclude(pk__in=still_open.values("evidence__identification")))


@wait_for
def families_to_tell(user: User) -> Iterable[WaitingList]:
    """Yield the identifications of which the family was not told yet, and those that can be announced."""
    in_force = visible(user, Identification).filter(in_force=True, withdrawn="")
    told, announced = (_step(kind) for kind in ("told", "announced"))
    if user.has_perm(TELL):
        yield _cases("Families to be told", in_force.filter(~Exists(told)))
    if user.has_perm(ANNOUNCE):
        yield _cases("Told, and not announced", in_force.filter(Exists(told), ~Exists(announced)))


@wait_for
def what_is_owed(user: User) -> Iterable[WaitingList]:
    """Yield the obligations and the corrections that somebody sees to."""
    name = user.get_username()
    owed = visible(user, Obligation).filter(owner=name, fulfilled=None, withdrawn="", identification__in_force=True)
    things = [
        Thing(f"{one}: {one.identification.missing}", one.identification.get_absolute_url(), one.due)
        for one in owed.select_related("identification__missing").order_by("due", "code")[: MOST + 1]
    ]
    yield listed("Owed by you", things)
    wrong = visible(user, Correction).filter(owner=name, done=None, withdrawn="").select_related("identification")
    yield listed(
        "To be corrected by you",
        [Thing(f"{one} ({one.about})", one.identification.get_absolute_url()) for one in wrong[: MOST + 1]],
    )


def _open(user: User, *last_steps: str) -> QuerySet[Identification]:
    """Cases that are not signed, by the last step that was taken."""
    unsigned = visible(user, Identification).filter(signed_by="", withdrawn="")
    return with_last_step(unsigned).filter(last_step__in=last_steps)


def _step(kind: str) -> QuerySet[IdentificationChange]:
    """The steps of one kind of an identification of an outer query."""
    return IdentificationChange.objects.filter(identification=OuterRef("pk"), kind=kind, withdrawn="")


def _cases(title: str, rows: QuerySet[Identification]) -> WaitingList:
    """Cases that wait, the oldest first."""
    found = rows.select_related("missing").order_by("recorded_at", "code")[: MOST + 1]
    return listed(title, [Thing(str(row.missing), row.get_absolute_url()) for row in found])
