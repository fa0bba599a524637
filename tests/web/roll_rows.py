"""People, families and what surrounds them, in few words; all of them are made up."""

from datetime import date

from homeward.web.accounts.models import User
from homeward.web.identity.models import Identifier
from homeward.web.journal.book import opaque_code
from homeward.web.journal.keeping import enter
from homeward.web.parties.models import Party
from homeward.web.places.models import Place, PlaceName
from homeward.web.roll.models import Calamity, Family, Incident, MissingName, MissingPerson, Relative, Status

KNOWN = date(1955, 1, 1)


def enter_roll(by: User) -> None:
    """A war, two forces, and a battle at a lake that has three names."""
    ground = [
        Calamity(code="war", name="A war", kind="war", happened="1950/1953", known_on=KNOWN),
        *(
            Party(code=code, name=name, short_name=name, kind="forces", known_on=KNOWN)
            for code, name in (("army", "Army"), ("navy", "Navy"))
        ),
        Place(code="lake", name="Changjin reservoir", kind="water", known_on=KNOWN),
        PlaceName(code="lake-jp", place_id="lake", text="Chosin", kind="reading", known_on=KNOWN),
        Incident(
            code="battle", name="Night of the retreat", calamity_id="war", kind="ground", happened="1950-12",
            place_id="lake", known_on=KNOWN,
        ),
    ]  # fmt: skip
    for row in ground:
        enter(row, by=by)


def lose(
    code: str, name: str, *, by: User, known_on: date = KNOWN, status: str = "1950-12-02", **columns
) -> MissingPerson:
    """A missing person, unaccounted for from a day on; no status if that is empty."""
    person = MissingPerson(code=code, name=name, calamity_id="war", known_on=known_on, **columns)
    parts = []
    if status:
        parts = [
            Status(code=f"{code}-missing", missing_id=code, kind="unaccounted", happened=status, known_on=known_on)
        ]
    return enter(person, by=by, parts=parts)


def name_of(
    missing: str, text: str, *, by: User, kind: str = "as-written", known_on: date = KNOWN, **columns
) -> MissingName:
    """Another name of somebody."""
    code = opaque_code()
    return enter(MissingName(code=code, missing_id=missing, text=text, kind=kind, known_on=known_on, **columns), by=by)


def number_of(missing: str, value: str, *, by: User, issuer: str = "army", **columns) -> Identifier:
    """A service number of somebody."""
    about = f"missingperson:{missing}"
    number = Identifier(
        code=opaque_code(), about=about, kind="service", issuer_id=issuer, value=value, known_on=KNOWN, **columns
    )
    return enter(number, by=by)


def relative(code: str, name: str, *, by: User, family: str = "family", **columns) -> Relative:
    """Somebody in a pedigree."""
    return enter(Relative(code=code, name=name, family_id=family, known_on=KNOWN, **columns), by=by)


def family(code: str = "family", *, by: User, **columns) -> Family:
    """A family."""
    return enter(Family(code=code, name=columns.pop("name", "Example, Springfield"), known_on=KNOWN, **columns), by=by)
