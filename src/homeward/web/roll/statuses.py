"""How each missing person stands, worked out by the database from the changes that somebody may see."""

from __future__ import annotations

from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr

from homeward.web.journal.reader import Reader
from homeward.web.roll.people import MissingPerson, Status, StatusKind

STATE_OF = {kind: MissingPerson.machine.steps["accounted"].get(kind, kind) for kind in StatusKind.values}
"""The state that each kind of change leads to where it is possible."""
TIME_OF_DAY = Case(When(after_day="T", then=F("happened")), default=Value(""), output_field=CharField())
"""The order among changes of one day that have a time."""
LATEST_FIRST = ("-happened_earliest", "-order", "-time_of_day", "-happened_latest", "-code")


def statuses(reader: Reader) -> QuerySet[Status]:
    """Return the changes that stand and that somebody may see, as far as they had happened, with their time of day."""
    rows = reader.rows(Status).filter(withdrawn="")
    if reader.as_of.on is not None:
        rows = rows.filter(happened_earliest__lte=reader.as_of.on)
    return rows.annotate(after_day=Substr("happened", 11, 1)).annotate(time_of_day=TIME_OF_DAY)


def last_kind(reader: Reader) -> Subquery:
    """Return the kind of the last change of each person of a query; nothing for those without any."""
    of_person = statuses(reader).filter(missing=OuterRef("pk")).order_by(*LATEST_FIRST)
    return Subquery(of_person.values("kind")[:1])


def standing(people: QuerySet[MissingPerson], state: str, reader: Reader) -> QuerySet[MissingPerson]:
    """Return those people of a query who stand in a state; the empty state is that of people without any change."""
    people = people.annotate(last_kind=last_kind(reader))
    if not state:
        return people.filter(last_kind=None)
    kinds = [kind for kind, leads_to in STATE_OF.items() if leads_to == state]
    if StatusKind.UNACCOUNTED not in kinds:  # few stand elsewhere, and are found by their change
        people = people.filter(pk__in=Status.objects.filter(kind__in=kinds, withdrawn="").order_by().values("missing"))
    return people.filter(last_kind__in=kinds)
