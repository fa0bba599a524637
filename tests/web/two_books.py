"""A small pair of books for casework: people of the roll, bones of the register, and the staff who work on them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from homeward.core.dates import PartialDate, day, parse_date
from homeward.web.accounts.actions import add_user
from homeward.web.accounts.models import User
from homeward.web.accounts.roles import Role
from homeward.web.casework.argument import Argument
from homeward.web.casework.identification_actions import add_evidence, conclude, propose, submit
from homeward.web.casework.individuals_actions import associate
from homeward.web.casework.models import Evidence, Identification, Individual
from homeward.web.casework.review_actions import review
from homeward.web.casework.signing import sign
from homeward.web.journal.keeping import enter
from homeward.web.journal.recorded import nouns
from homeward.web.laboratory.profiles import Profile
from homeward.web.parties.models import Party
from homeward.web.remains.custody import Transfer, TransferItem
from homeward.web.remains.specimens import Specimen
from homeward.web.roll.models import MissingPerson, NextOfKin

PASSWORD = "barley-window-thirteen"
KNOWN_ON = date(2018, 8, 1)
OPENED = "2018-08-10"
FEMUR, TIBIA, RIB = "femur-left", "tibia-left", "rib-left"


def today() -> str:
    return timezone.localdate().isoformat()


@dataclass
class Staff:
    """One person for each thing that four eyes tell apart."""

    keeper: User
    preparer: User
    reviewer: User
    examiner: User
    liaison: User


class TwoBooks:
    """Two people of the roll with a next of kin each, and three bones of one accession."""

    def __init__(self, keeper: User) -> None:
        self.staff = Staff(
            keeper,
            add_user("preparer", Role.ANTHROPOLOGIST, PASSWORD),
            add_user("reviewer", Role.DNA_ANALYST, PASSWORD),
            add_user("examiner", Role.EXAMINER, PASSWORD),
            add_user("liaison", Role.FAMILY_LIAISON, PASSWORD),
        )
        self.party("lab")
        self.party("giver")
        self.row("calamity", "war", name="A war", kind="war", happened="1950/1953")
        self.row("family", "family", name="Example, Springfield", liaison="liaison")
        for code, name in (("adam", "Adam Example"), ("ben", "Ben Example")):
            self.row("missingperson", code, name=name, calamity="war", sex="male")
            self.row("status", f"{code}-lost", missing=code, kind="unaccounted", happened="1950-12")
            self.row("relative", f"{code}-sister", family="family", name=f"Sister of {name}", missing=None)
            self.row("relative", f"{code}-himself", family="family", name=name, missing=code)
            self.row("nextofkin", f"{code}-kin", missing=code, relative=f"{code}-sister", language="English")
        self.accession("acc")
        for element in (FEMUR, TIBIA, RIB):
            self.bone(element)
        self.individual = self.row("individual", "ind", number="I-01", laboratory="lab")

    def row(self, noun: str, code: str, *, by: User | None = None, **columns: Any) -> Any:
        """Enter a row of a noun, its links by code."""
        model = nouns()[noun]
        dates = {"happened", "received", "opened", "consented"}
        values = {
            model._meta.get_field(name).attname: parse_date(value) if name in dates else value
            for name, value in columns.items()
        }
        return enter(model(code=code, known_on=KNOWN_ON, **values), by=by or self.staff.keeper)

    def party(self, code: str) -> Party:
        return self.row("party", code, name=code.capitalize(), short_name=code.capitalize(), kind="agency")

    def accession(self, code: str) -> None:
        opened = {"opened": OPENED, "opened_by": "C. Custodian", "witness": "W. Witness", "n_items": 3}
        self.row("accession", code, number=code.upper(), laboratory="lab", **opened)

    def bone(self, code: str, *, accession: str = "acc", completeness: str = "complete", **columns: Any) -> Specimen:
        """Enter a bone, named by element and side, such as ``femur-left`` or ``femur-left-2``."""
        element, side = code.split("-")[:2]
        place = {"accession": accession, "designator": code, "inventoried_by": "A. Anthropologist"}
        return self.row("specimen", code, element=element, side=side, completeness=completeness, **place, **columns)

    def typed(self, bone: str, system: str, alleles: str, **columns: Any) -> Profile:
        """Enter what was typed of a sample of a bone."""
        sample = f"{bone}-{system}"
        self.row("sample", sample, specimen=bone, number=system, purpose="DNA")
        return self.row(
            "profile", f"{sample}-typing", sample=sample, system=system, quality="complete", alleles=alleles, **columns
        )

    def specimen(self, code: str) -> Specimen:
        return Specimen.objects.get(pk=code)

    def person(self, code: str) -> MissingPerson:
        return MissingPerson.objects.get(pk=code)

    @property
    def now(self) -> PartialDate:
        return day(timezone.localdate())

    def kin(self, code: str) -> NextOfKin:
        return NextOfKin.objects.get(pk=f"{code}-kin")

    def together(self, *bones: str, individual: Individual | None = None, **said: Any) -> None:
        """Associate bones with the individual."""
        said = {"basis": "articulation", "reason": "They fit.", **said}
        specimens = [self.specimen(code) for code in bones]
        associate(specimens, individual or self.individual, by=self.staff.preparer, **said)

    def candidate(self, person: str = "adam", individual: Individual | None = None) -> Identification:
        """A candidate with one line of evidence, not yet submitted."""
        missing = self.person(person)
        case = propose(individual or self.individual, missing, by=self.staff.preparer)
        self.evidence(case)
        return conclude(case, "It is he.", by=self.staff.preparer)

    def evidence(self, case: Identification, **columns: Any) -> Evidence:
        said = {"line": "dental", "direction": "for", "statement": "Teeth fit.", "sources": f"specimen:{FEMUR}"}
        return add_evidence(case, by=self.staff.preparer, **{**said, **columns})

    def in_review(self, person: str = "adam", individual: Individual | None = None) -> Identification:
        """A candidate that was submitted, and agreed with line by line."""
        case = submit(self.candidate(person, individual), by=self.staff.preparer)
        for evidence in Evidence.objects.filter(identification=case, withdrawn=""):
            review(evidence, opinion="agree", by=self.staff.reviewer, read_version=evidence.version)
        return case

    def signed(self, person: str = "adam", individual: Individual | None = None) -> Identification:
        """An identification in force, of which nobody was told."""
        case = self.in_review(person, individual)
        return sign(case, by=self.staff.examiner, read_digest=Argument.of(case).digest)

    def released(self, *things: str, code: str = "release") -> Transfer:
        """A release that the family received."""
        parties = {"giver_id": "lab", "receiver_id": "giver", "given_by": "C.", "received_by": "Sister"}
        users = {"sent_by_user": "everybody", "received_by_user": "liaison"}
        dates = {"happened": self.now, "received": self.now, "known_on": KNOWN_ON}
        counted = {"n_things": len(things), "n_received": len(things), "kind": "release"}
        transfer = Transfer(code=code, **parties, **users, **dates, **counted)
        items = [
            TransferItem(code=f"{code}-{number}", transfer=transfer, about=thing, under_way=False, known_on=KNOWN_ON)
            for number, thing in enumerate(things)
        ]
        return enter(transfer, by=self.staff.keeper, action="transfer.released", parts=items)
