"""What changes when fragments turn out to be one bone: the association of the bone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from django.core.exceptions import ValidationError

from homeward.web.accounts.models import User
from homeward.web.casework.individuals import Association, Basis
from homeward.web.identity.individual_plans import moved
from homeward.web.identity.succession_plans import Decision, Plan
from homeward.web.identity.successions import SuccessionKind
from homeward.web.journal.book import InBook
from homeward.web.journal.keeping import require
from homeward.web.remains.specimens import Side, Specimen


def plan_of_specimens(rows: Sequence[InBook], into: InBook, decision: Decision, by: User) -> Plan:
    """Plan how fragments become one bone. The bone is in the individual that any of them was in.

    Raises
    ------
    ValidationError
        They are of unlike bones, or of two individuals.
    """
    everything = cast(list[Specimen], [*rows, into])
    require(by, Specimen.keep_permission)
    _check_alike(everything)
    found = Association.objects.filter(specimen__in=[row.code for row in everything], withdrawn="")
    associations = list(found.select_related("specimen", "individual").order_by("code"))
    if len({one.individual_id for one in associations}) > 1:
        raise ValidationError("These fragments are in two individuals. Take the wrong association back first.")
    ended = [one for one in associations if one.specimen_id != into.code]
    entered = []
    if ended and len(ended) == len(associations):
        entered = [moved(ended[0], decision, by, specimen=into)]
        entered[0].basis = Basis.REFIT
    return Plan(SuccessionKind.MERGED, [*rows, into], [into], ended=ended, entered=entered)


def _check_alike(specimens: Sequence[Specimen]) -> None:
    """Refuse fragments of different bones, or of both sides."""
    elements = sorted({one.element for one in specimens})
    if len(elements) > 1:
        raise ValidationError(f"These are fragments of different bones: {', '.join(elements)}. They cannot be one.")
    if {Side.LEFT, Side.RIGHT} <= {one.side for one in specimens}:
        raise ValidationError("One of these is of the left side and one of the right. They cannot be one bone.")
