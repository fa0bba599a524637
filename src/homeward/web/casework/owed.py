"""What is owed after a signature: which obligations there are, by when, and who sees to them."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from homeward.web.casework.afterwards import Obligation, ObligationKind
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association
from homeward.web.journal.book import opaque_code
from homeward.web.remains.accessions import Effect
from homeward.web.roll.families import Relative

DAYS = {
    ObligationKind.LETTER: 30,
    ObligationKind.RECORDS: 30,
    ObligationKind.EFFECTS: 90,
    ObligationKind.PORTIONS: 90,
    ObligationKind.ROSETTE: 180,
    ObligationKind.STONE: 365,
}
"""Within how many days each is to be done, unless somebody sets another day."""
OF_THE_FAMILY = {ObligationKind.LETTER, ObligationKind.EFFECTS, ObligationKind.PORTIONS}
"""What the family's liaison officer sees to; the rest is the examiner's who signed."""


def opened_at_signing(identification: Identification, signed_on: date) -> list[Obligation]:
    """Return the obligations that a signature opens: rosette, records, letter; effects if any came with the bones."""
    kinds = [ObligationKind.ROSETTE, ObligationKind.RECORDS, ObligationKind.LETTER]
    accessions = Association.objects.filter(individual=identification.individual_id, withdrawn="").values(
        "specimen__accession"
    )
    if Effect.objects.filter(accession__in=accessions, withdrawn="").exclude(kind="animal").exists():
        kinds.append(ObligationKind.EFFECTS)
    return [new_obligation(identification, kind, due=signed_on + timedelta(days=DAYS[kind])) for kind in kinds]


def new_obligation(
    identification: Identification, kind: ObligationKind, *, due: date, note: str = "", owner: str = ""
) -> Obligation:
    """Return a new obligation, not yet entered, known from the day on which it was opened."""
    return Obligation(
        code=opaque_code(),
        known_on=timezone.localdate(),
        made_up=identification.made_up,
        identification=identification,
        kind=kind,
        owner=owner or owner_of(identification, kind),
        due=due,
        note=note,
    )


def owner_of(identification: Identification, kind: ObligationKind) -> str:
    """Return who sees to an obligation: the liaison of the family where it is theirs and there is one."""
    if kind in OF_THE_FAMILY:
        liaisons = Relative.objects.filter(missing=identification.missing_id, withdrawn="").exclude(family__liaison="")
        liaison = liaisons.order_by("family").values_list("family__liaison", flat=True).first()
        if liaison:
            return str(liaison)
    return identification.signed_by
