"""Made-up rows of the two books, possible in themselves and together. Set Django up before importing this."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from benchmarks import record_rows
from benchmarks.books_names import CYRILLIC, FAMILY, GIVEN, KOREAN, KOREAN_GIVEN, RANKS, UNITS
from benchmarks.record_text import Writer
from homeward.core.dates import day, parse_date
from homeward.web.identity.models import Identifier
from homeward.web.journal.codes import CODE_LENGTH, LETTERS
from homeward.web.journal.recorded import Recorded
from homeward.web.roll.models import (
    Calamity,
    Donor,
    Family,
    FamilyContact,
    Incident,
    MissingName,
    MissingPerson,
    NextOfKin,
    Relative,
    Status,
)

BASE_SEED = 1953
FIRST, LAST = date(1950, 6, 25), date(1953, 7, 27)
KNOWN_FIRST, KNOWN_LAST, TYPED = date(1996, 1, 1), date(2025, 6, 30), date(2017, 7, 1)
"""Between which days rows become known; all bones are in the register before they are typed."""
CALAMITIES = ("calamity-0", "calamity-1")
ARMY, LABORATORY, GIVER, TYPING = "party-2", "party-0", "party-1", "party-3"
"""Codes of parties: whose soldiers are missing, who keeps the register, who gave the remains, who types samples."""
IN_A_FAMILY = 5


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many of what there are to be; the journal is filled up with amendments."""

    missing: int
    relatives: int
    specimens: int
    profiles: int
    lines: int


@dataclass(slots=True)
class Made:
    """What was made so far, as far as later rows need it."""

    sizes: Sizes
    rng: Random
    codes: dict[str, list[str]] = field(default_factory=dict)
    unaccounted: list[tuple[str, date]] = field(default_factory=list)
    individuals: list[tuple[str, date]] = field(default_factory=list)
    early_donors: list[str] = field(default_factory=list)
    writer: Writer = field(init=False)
    series: int = field(init=False)

    def __post_init__(self) -> None:
        self.writer = Writer(self.rng)
        self.series = self.rng.randrange(1_000)

    def known(self, last: date = KNOWN_LAST) -> date:
        """Return a day from which something is known."""
        return KNOWN_FIRST + timedelta(days=self.rng.randrange((last - KNOWN_FIRST).days))

    def some(self, model: type[Recorded]) -> str:
        """Return the code of some row of a noun."""
        return self.rng.choice(self.codes[model.noun()])

    def chance(self, share: float) -> bool:
        """Return whether something is so that is so in a share of all cases."""
        return self.rng.random() < share


def new(made: Made, model: type[Recorded], **columns: Any) -> Any:
    """Return a row with a code drawn by lot."""
    code = "".join(made.rng.choices(LETTERS, k=CODE_LENGTH))
    made.codes.setdefault(model.noun(), []).append(code)
    return model(code=code, made_up=True, **columns)


def ground(made: Made) -> Iterator[Any]:
    """Parties, people, places and calamities: the same whatever else is made."""
    sizes = record_rows.Sizes(documents=0, claims=0, meetings=0, lines=0)
    record = record_rows.Made(sizes, Random(BASE_SEED))
    yield from record_rows.parties_and_people(record)
    yield from record_rows.places(record)
    for number, code in enumerate(CALAMITIES):
        name, happened = f"Calamity {number}", parse_date("1950-06-25/1953-07-27")
        yield Calamity(code=code, name=name, kind="war", happened=happened, known_on=KNOWN_FIRST, made_up=True)


def incidents(made: Made) -> Iterator[Any]:
    """Losses, each on a day or in a month, at a place or near one."""
    for _ in range(max(2, made.sizes.missing // 50)):
        lost = FIRST + timedelta(days=made.rng.randrange((LAST - FIRST).days))
        yield new(
            made,
            Incident,
            known_on=KNOWN_FIRST,
            name=f"{made.writer.words(2).title()}, {lost:%B %Y}",
            calamity_id=CALAMITIES[0],
            kind=made.rng.choice(["ground", "ground", "air", "captivity"]),
            happened=day(lost) if made.chance(0.7) else parse_date(f"{lost:%Y-%m}"),
            place_id=f"place-{made.rng.randrange(record_rows.PLACES)}",
            uncertainty_km=Decimal(made.rng.randrange(1, 200)),
            circumstances=made.writer.sentence(),
        )


def missing(made: Made) -> Iterator[Any]:
    """The missing with their names, service numbers and statuses."""
    for number in range(made.sizes.missing):
        known_on = made.known()
        person, others = _person(made, known_on)
        yield person
        for script, kind, text in others:
            yield new(made, MissingName, known_on=known_on, missing_id=person.code, text=text, script=script, kind=kind)
        if made.chance(0.8):
            value = f"RA {made.series:03d} {number:07d}"
            columns = {"about": person.reference, "kind": "service", "issuer_id": ARMY, "value": value}
            identifier = new(made, Identifier, known_on=known_on, **columns)
            identifier.clean()
            yield identifier
        yield from _statuses(made, person)


def _person(made: Made, known_on: date) -> tuple[Any, list[tuple[str, str, str]]]:
    """A missing person, and how else they are written: script, kind and text."""
    rng = made.rng
    others: list[tuple[str, str, str]] = []
    if made.chance(0.2):
        family, given = rng.choice(KOREAN), rng.choice(KOREAN_GIVEN)
        name, family_name, nationality = f"{family[0]} {given[0]}", family[0], "KR"
        others.append(("Hang", "own", family[1] + given[1]))
        others += [("Hani", "own", family[2] + given[2])] * made.chance(0.5)
    else:
        family_name, given_name = (
            rng.choice(FAMILY.split()),
            f"{rng.choice(GIVEN.split())} {rng.choice('ABCDEFGHJKLMW')}.",
        )
        name, nationality = f"{given_name} {family_name}", "US"
        others += [("Latn", "as-written", f"{family_name.upper()}, {given_name}")] * made.chance(0.4)
        if family_name in CYRILLIC:
            others.append(("Cyrl", "own", f"{CYRILLIC[family_name]} {given_name}"))
    born = date(rng.randrange(1915, 1934), rng.randrange(1, 13), rng.randrange(1, 29))
    lost = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
    columns = {
        "born": day(born) if made.chance(0.6) else parse_date(str(born.year)),
        "incident_id": made.some(Incident) if made.chance(0.8) else None,
        "last_seen": day(lost) if made.chance(0.7) else parse_date(f"{lost:%Y-%m}"),
        "last_seen_place_id": f"place-{rng.randrange(record_rows.PLACES)}" if made.chance(0.3) else None,
        "height_cm": Decimal(rng.randrange(1_580, 1_930)) / 10 if made.chance(0.5) else None,
        "features": made.writer.sentence() if made.chance(0.3) else "",
        "rank": rng.choice(RANKS),
        "unit": rng.choice(UNITS),
        "service_id": ARMY,
    }
    named = {"name": name, "family_name": family_name, "nationality": nationality, "sex": "male"}
    return new(made, MissingPerson, known_on=known_on, calamity_id=CALAMITIES[0], **named, **columns), others


def _statuses(made: Made, person: Any) -> Iterator[Any]:
    """What was decided about a person: unaccounted for, and now and then accounted for by somebody else's authority."""
    first = {"kind": "unaccounted", "happened": day(LAST + timedelta(days=156)), "by_id": ARMY}
    yield new(made, Status, known_on=person.known_on, missing_id=person.code, **first)
    if made.chance(0.05):
        last = {"kind": "accounted", "happened": day(person.known_on), "by_id": ARMY, "order": 1}
        yield new(made, Status, known_on=person.known_on, missing_id=person.code, **last)
    else:
        made.unaccounted.append((person.code, person.known_on))


def families(made: Made) -> Iterator[Any]:
    """Families of three generations around one missing person, who is to be told, and who gave a sample."""
    people = [*made.unaccounted]
    made.rng.shuffle(people)
    for person, known_on in people[: made.sizes.relatives // IN_A_FAMILY]:
        family = new(
            made, Family, known_on=known_on, name=f"{made.rng.choice(FAMILY.split())}, {made.writer.words(1).title()}"
        )
        yield family
        sister, niece = yield from _relatives(made, family, person)
        if made.chance(0.25):
            columns = {"missing_id": person, "relative_id": sister.code, "language": "English"}
            yield new(made, NextOfKin, known_on=known_on, telephone="0123 456", **columns)
        if made.chance(0.35):
            donor = made.rng.choice([sister, niece])
            columns = {"scope": "any-missing", "consented": day(known_on), "collected": day(known_on)}
            given = new(made, Donor, known_on=known_on, relative_id=donor.code, **columns)
            made.early_donors += [given.code] * (known_on < TYPED)
            yield given
        if made.chance(0.2):
            said = {"kind": "call", "spoken_by": "A. Liaison", "note": made.writer.sentence(), "reached": True}
            due = known_on + timedelta(days=365)
            yield new(
                made, FamilyContact, known_on=known_on, family_id=family.code, happened=day(known_on), due=due, **said
            )


def _relatives(made: Made, family: Any, person: str) -> Iterator[Any]:
    """The people of a pedigree: parents, the missing, a sister, and her daughter; the last two are returned."""
    rng, name = made.rng, family.name.partition(",")[0]

    def relative(born: int, sex: str, living: str, **columns: Any) -> Any:
        named = {
            "name": f"{rng.choice(GIVEN.split())} {name}",
            "born": parse_date(str(born)),
            "sex": sex,
            "living": living,
        }
        return new(made, Relative, known_on=family.known_on, family_id=family.code, **named, **columns)

    father = relative(rng.randrange(1880, 1896), "male", "no")
    mother = relative(rng.randrange(1882, 1898), "female", "no")
    parents = {"father_id": father.code, "mother_id": mother.code}
    lost = relative(rng.randrange(1915, 1934), "male", "unknown", missing_id=person, **parents)
    sister = relative(rng.randrange(1915, 1934), "female", "yes", told_relation="sister", **parents)
    niece = relative(rng.randrange(1950, 1960), "female", "yes", told_relation="niece", mother_id=sister.code)
    yield from (father, mother, lost, sister, niece)
    return sister, niece


def register(made: Made) -> Iterator[Any]:
    """The register, the laboratory and the casework."""
    from benchmarks import books_register

    for maker in books_register.MAKERS:
        yield from maker(made)


MAKERS: tuple[Callable[[Made], Iterator[Any]], ...] = (ground, incidents, missing, families, register)
AMENDED = {"missingperson": "note", "specimen": "note", "incident": "circumstances"}
"""The nouns whose rows are amended, and the column that is, until the journal has the lines it should have."""
