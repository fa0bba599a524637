"""The last lines of the journal, of all and about each noun: while these stay the same, so do the rows."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Subquery

from homeward.web.journal.models import Entry, Queue


def latest_lines(nouns: Iterable[str]) -> dict[str, str | None]:
    """Return the digest of the last journal line about each noun; ``None`` where there is none.

    Every change of a row is written down in the transaction of the change, so what was worked out from the rows of
    these nouns holds as long as the digests do; a change that was undone leaves no digest behind that could come again.
    """
    names = list(nouns)
    found = Queue.objects.values_list(*map(_last_about, names)).get(pk=1)
    return dict(zip(names, found, strict=True))


def _last_about(noun: str) -> Subquery:
    """The digest of the last line about a noun.

    The noun is asked for as a range and put in order, which leaves no other way than the index by noun: PostgreSQL
    would rather read the journal from its end, and for a noun that is seldom written about that is nearly all of it.
    """
    lines = Entry.objects.filter(noun__range=(noun, noun)).order_by("-noun", "-number")
    return Subquery(lines.values("digest")[:1])


def last_line() -> str | None:
    """Return the digest of the last line of the journal: while it stays the same, so does the whole record."""
    return Entry.objects.order_by("-number").values_list("digest", flat=True).first()
