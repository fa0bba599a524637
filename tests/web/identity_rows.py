"""Things with numbers: two accessions, six bones and one individual that is made of them."""

from datetime import date
from typing import Any

from homeward.core.dates import parse_date
from homeward.web.accounts.models import User
from homeward.web.casework.individuals import Association, Individual
from homeward.web.identity.succession_plans import Decision
from homeward.web.journal.keeping import enter
from homeward.web.remains.models import Accession, Specimen
from homeward.web.roll.models import Calamity, MissingPerson, Status
from tests.web.record_rows import party

KNOWN_ON = date(2018, 7, 20)
ELEMENTS = ("femur", "tibia", "humerus", "radius", "ulna", "fibula")


def decided(day: str = "2018-08-01", reason: str = "Read anew.") -> Decision:
    return Decision(parse_date(day), "Board of three", reason)


def enter_register(by: User) -> list[Specimen]:
    """Enter a laboratory, two accessions and six bones of the first, all of one individual."""
    enter(party("lab"), by=by)
    for number in ("2018-12", "2018-14"):
        enter_accession(number, by=by)
    individual = Individual(code="i1", known_on=KNOWN_ON, number="2018-12-I-01", laboratory_id="lab")
    enter(individual, by=by)
    bones = [enter_bone(f"b{n}", str(n), element, by=by) for n, element in enumerate(ELEMENTS, start=1)]
    for bone in bones:
        associate(bone, individual, by=by)
    return bones


def enter_accession(number: str, *, by: User) -> Accession:
    row = Accession(
        code=f"acc-{number}",
        known_on=KNOWN_ON,
        number=number,
        laboratory_id="lab",
        opened=parse_date("2018-07-18"),
        opened_by="C. Custodian",
    )
    return enter(row, by=by)


def enter_bone(code: str, designator: str, element: str, *, by: User, **columns: Any) -> Specimen:
    row = Specimen(
        **{
            "code": code,
            "known_on": KNOWN_ON,
            "accession_id": "acc-2018-12",
            "designator": designator,
            "element": element,
            "side": "left",
            "completeness": "complete",
            "inventoried_by": "A. Anthropologist",
            **columns,
        }
    )
    return enter(row, by=by)


def associate(bone: Specimen, individual: Individual, *, by: User) -> Association:
    row = Association(
        code=f"{bone.code}-in-{individual.code}",
        known_on=KNOWN_ON,
        specimen=bone,
        individual=individual,
        happened=parse_date("2018-07-20"),
        basis="articulation",
        signed_by=by.get_username(),
        reason="Fits.",
    )
    return enter(row, by=by, action="association.signed")


def enter_war(by: User) -> None:
    war = Calamity(code="war", known_on=KNOWN_ON, name="A war", kind="war", happened=parse_date("1950/1953"))
    enter(war, by=by)


def enter_missing(code: str, name: str, *, by: User, **columns: Any) -> MissingPerson:
    """Enter somebody who was lost in the war and is unaccounted for."""
    row = enter(
        MissingPerson(code=code, known_on=KNOWN_ON, name=name, calamity_id="war", **columns),
        by=by,
    )
    since = Status(
        code=f"{code}-since", known_on=KNOWN_ON, missing=row, kind="unaccounted", happened=parse_date("1950-12")
    )
    enter(since, by=by)
    return row


def made_of() -> dict[str, tuple[str, str, str, str]]:
    """What stands of associations: the individual of each bone, and on what grounds, signed by whom and when."""
    rows = Association.objects.filter(withdrawn="").order_by("specimen")
    return {
        row.specimen_id: (row.individual_id, row.reason, row.signed_by, f"{row.basis} {row.happened}") for row in rows
    }
