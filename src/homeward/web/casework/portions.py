"""Further portions of somebody who is identified: each is owed what the family chose, from the day it is found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from homeward.web.accounts.models import User
from homeward.web.casework.afterwards import Disposition, LaterPortions, Obligation, ObligationKind
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Individual
from homeward.web.casework.owed import DAYS, new_obligation
from homeward.web.journal.keeping import enter
from homeward.web.remains.specimens import Specimen

CHOSEN = {
    LaterPortions.TELL: "tell the family, then do as they decide",
    LaterPortions.BURY: "bury it without telling, as the family chose",
    LaterPortions.KEEP: "keep it, as the family chose",
}


def owe_further_portions(individual: Individual, specimens: Sequence[Specimen], *, by: User) -> Obligation | None:
    """Open an obligation for specimens that were added to somebody who is identified; ``None`` if nobody is."""
    identification = Identification.objects.filter(individual=individual, in_force=True, withdrawn="").first()
    if identification is None:
        return None
    chosen = Disposition.objects.filter(identification=identification, withdrawn="").order_by("-happened_earliest")
    choice = chosen.values_list("later_portions", flat=True).first()
    todo = CHOSEN[LaterPortions(choice)] if choice else "ask the family what is to be done with it"
    names = ", ".join(str(specimen) for specimen in specimens)
    due = timezone.localdate() + timedelta(days=DAYS[ObligationKind.PORTIONS])
    obligation = new_obligation(identification, ObligationKind.PORTIONS, due=due, note=f"Found later: {names}; {todo}.")
    return enter(obligation, by=by, action="obligation.opened", permission=individual.keep_permission)
