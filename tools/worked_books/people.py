"""Made-up people of the roll: the missing and their families, with the pedigrees of a simulated case."""

from __future__ import annotations

from dataclasses import dataclass, field

from tools.worked_books import invented
from tools.worked_books.simulated import Simulated
from tools.worked_books.tables import Tables

KNOWN = "2018-01-15"
SERVICE = "us-dod"


@dataclass(slots=True)
class People:
    """Codes of what was added, by the names that the simulated case has for them."""

    missing: dict[str, str] = field(default_factory=dict)
    donors: dict[str, str] = field(default_factory=dict)


def add_people(tables: Tables, case: Simulated) -> People:
    """Add the missing with names, statuses and incidents, and their families with donors."""
    people = People()
    war = tables.add(
        "calamity",
        KNOWN,
        code="korean-war-made-up",
        name="Korean War (made-up people, for practice)",
        kind="war",
        happened="1950-06-25/1953-07-27",
        description="Nobody on this list has ever lived. The places and the war are real, the losses are invented.",
    )
    incidents = [
        tables.add(
            "incident",
            KNOWN,
            name=f"{name} (made up)",
            calamity=war,
            kind="captivity" if "camp" in name else "ground",
            happened=happened,
            place=place,
            uncertainty_km=within,
        )
        for name, place, happened, within in invented.INCIDENTS
    ]
    for number, (family, members) in enumerate(case.families.items()):
        _add_family(tables, case, people, war, incidents[number % len(incidents)], family, members)
    return people


def _add_family(
    tables: Tables, case: Simulated, people: People, war: str, incident: str, family: str, members: list[dict[str, str]]
) -> None:
    """One family: its missing, then the pedigree with parents before children."""
    lot = tables.lot
    surname, town = lot.choice(invented.FAMILY), lot.choice(invented.TOWNS)
    code = tables.add("family", KNOWN, name=f"{surname}, {town}", liaison="liaison")
    relatives: dict[str, str] = {}
    happened = next(row["happened"] for row in tables.rows["incident"] if row["code"] == incident)
    for person in _parents_first(members):
        sex = person["sex"]
        given = lot.choice(invented.WOMEN if sex == "female" else invented.GIVEN)
        name = f"{given} {surname}"
        missing = ""
        if person["role"] == "missing":
            missing = _add_missing(tables, people, war, incident, person, name, surname, happened)
            name = next(row["name"] for row in tables.rows["missingperson"] if row["code"] == missing)
        relatives[person["person"]] = tables.add(
            "relative",
            KNOWN,
            family=code,
            name=name,
            sex=sex,
            living="unknown" if missing else "yes" if person["role"] == "reference" else "no",
            father=relatives.get(person["father"], ""),
            mother=relatives.get(person["mother"], ""),
            missing=missing,
        )
        if person["role"] == "reference":
            people.donors[person["person"]] = tables.add(
                "donor",
                KNOWN,
                relative=relatives[person["person"]],
                number=f"FRS-{person['person']}",
                collected=f"20{lot.randint(10, 17)}",
                scope="any-missing",
                consented=f"20{lot.randint(10, 17)}",
            )
    donors = [person["person"] for person in members if person["role"] == "reference"]
    for person in members:
        if person["role"] == "missing" and donors:
            tables.add(
                "nextofkin",
                KNOWN,
                missing=people.missing[person["person"]],
                relative=relatives[donors[0]],
                position=1,
                language="English",
                wishes="To be visited, not telephoned.",
            )


def _add_missing(
    tables: Tables,
    people: People,
    war: str,
    incident: str,
    person: dict[str, str],
    name: str,
    surname: str,
    happened: str,
) -> str:
    """One line of the roll, with its status; six of them have Korean names in three forms."""
    lot = tables.lot
    number = len(people.missing)
    korean = invented.KOREAN[number // 18] if number % 18 == 0 and number // 18 < len(invented.KOREAN) else None
    shown = f"{korean[0]} {korean[1]}" if korean else name
    born = lot.randint(1925, 1933)
    code = tables.add(
        "missingperson",
        KNOWN,
        name=shown,
        family_name=korean[0] if korean else surname,
        sex=person["sex"],
        born=f"{born}-{lot.randint(1, 12):02d}" if number % 3 else str(born),
        nationality="KR" if korean else "US",
        calamity=war,
        incident=incident,
        last_seen=happened,
        service=SERVICE,
        rank=lot.choice(invented.RANKS),
        unit=f"{lot.choice('ABCDEFGHIK')} Company, made-up battalion",
        height_cm=f"{lot.gauss(162 if person['sex'] == 'female' else 174, 6):.1f}",
        height_source="Enlistment paper, made up.",
        features=lot.choice(("", "", "Healed fracture of the left forearm.", "Scar on the chin.")),
    )
    people.missing[person["person"]] = code
    if korean:
        tables.add("missingname", KNOWN, missing=code, text=korean[2], script="Hang", kind="own")
        tables.add(
            "missingname", KNOWN, missing=code, text=f"{korean[1]} {korean[0]}", script="Latn", kind="as-written"
        )
    tables.add(
        "identifier",
        KNOWN,
        about=f"missingperson:{code}",
        kind="service",
        issuer=SERVICE,
        value=f"XX {10_000_000 + lot.randint(0, 9_999_999):,}".replace(",", " "),
    )
    tables.add("status", KNOWN, missing=code, kind="unaccounted", happened="1953-12-31", by=SERVICE)
    return code


def _parents_first(members: list[dict[str, str]]) -> list[dict[str, str]]:
    """The people of a pedigree, each after its parents."""
    placed: list[dict[str, str]] = []
    names = {member["person"] for member in members}
    while len(placed) < len(members):
        done = {member["person"] for member in placed}
        placed += [
            member
            for member in members
            if member["person"] not in done and {member["father"], member["mother"]} & names <= done
        ]
    return placed
