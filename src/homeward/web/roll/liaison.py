"""What liaison officers have to do: calls that are owed, and families of whom nobody has given a sample."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from homeward.web.journal.reader import Reader
from homeward.web.roll.families import Donor, Family, FamilyContact, Relative


def calls_due(reader: Reader, liaison: str = "") -> QuerySet[FamilyContact]:
    """Return the contacts after which a call is owed by today, the longest owed first.

    A call is owed if the last contact with a family names a day for it.
    """
    day = reader.as_of.on or timezone.localdate()
    contacts = reader.rows(FamilyContact)
    later = contacts.filter(family=OuterRef("family")).filter(
        Q(happened_earliest__gt=OuterRef("happened_earliest"))
        | Q(happened_earliest=OuterRef("happened_earliest"), code__gt=OuterRef("code"))
    )
    owed = contacts.filter(due__lte=day).exclude(Exists(later)).select_related("family", "relative")
    owed = owed.filter(family__liaison=liaison) if liaison else owed
    return owed.order_by("due", "code").annotate(liaison=F("family__liaison"))


def without_donor(reader: Reader, liaison: str = "") -> QuerySet[Family]:
    """Return the families of somebody missing of whom no relative has given a sample whose consent stands."""
    day = reader.as_of.on or timezone.localdate()
    standing = Q(consent_ended=None) | Q(consent_ended_earliest__gt=day)
    donors = reader.rows(Donor).filter(standing, relative__family=OuterRef("pk"))
    missing = reader.rows(Relative).filter(family=OuterRef("pk"), missing__isnull=False)
    families = reader.rows(Family).filter(Exists(missing)).exclude(Exists(donors))
    return (families.filter(liaison=liaison) if liaison else families).order_by("liaison", "name", "code")


def liaisons(reader: Reader) -> list[str]:
    """Return the user names of those who have families."""
    names = reader.rows(Family).exclude(liaison="").order_by("liaison").values_list("liaison", flat=True)
    return list(names.distinct())
