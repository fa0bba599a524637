"""What the record already has of what a table names: people by number, places, forces and incidents by name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from homeward.web.identity.identifiers import Identifier, compared
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded
from homeward.web.parties.models import Party, PartyName
from homeward.web.places.homonyms import fold_name
from homeward.web.places.models import Place, PlaceName
from homeward.web.roll.incidents import Incident
from homeward.web.roll.people import MissingName, MissingPerson, Status
from homeward.web.roll.roll_mapping import RollMapping


class NotOne(LookupError):  # noqa: N818 - says what happened
    """A name that nothing in the record has, or several have. candidates: their codes with what tells them apart."""

    def __init__(self, candidates: Sequence[str]) -> None:
        self.candidates = candidates
        super().__init__(", ".join(candidates))


class Named:
    """Rows of a noun by any of their names or by their code."""

    def __init__(self, rows: Mapping[str, str], names: Iterable[tuple[str, str]]) -> None:
        self._described = dict(rows)
        self._by_name: dict[str, set[str]] = {}
        for code, name in names:
            self._by_name.setdefault(fold_name(name), set()).add(code)

    def code(self, text: str) -> str:
        """Return the code of the one row that a text names.

        Raises
        ------
        NotOne
            None has this name, or several have: a name alone never decides between them.
        """
        if text in self._described:
            return text
        found = sorted(self._by_name.get(fold_name(text), ()))
        if len(found) != 1:
            raise NotOne([f"{code} ({self._described[code]})" for code in found])
        return found[0]

    def add(self, code: str, name: str) -> None:
        """Note a row that is about to be entered."""
        self._described[code] = name
        self._by_name.setdefault(fold_name(name), set()).add(code)


@dataclass(slots=True)
class Lookup:
    """What the record has.

    numbers: code and value of the number of a person, by the person and how it is compared. names: code and kind by
    person and text. statuses: code and date by person and kind.

    people: codes of people by compared number; several where a number was used again. known_on: of rows, by code.
    """

    places: Named
    parties: Named
    incidents: Named
    people: dict[str, list[str]]
    numbers: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    names: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    statuses: dict[tuple[str, str], tuple[str, str]] = field(default_factory=dict)
    known_on: dict[str, str] = field(default_factory=dict)


def look_up(mapping: RollMapping, reader: Reader) -> Lookup:
    """Return what the record has of what a table with this mapping can name."""
    lookup = Lookup(_places(reader), _parties(reader), _incidents(mapping, reader), {})
    of_kind = reader.rows(Identifier).filter(kind=mapping.kind, issuer=mapping.issuer or None)
    about = of_kind.filter(about__startswith=f"{MissingPerson.noun()}:")
    for code, person, value, known_on in about.values_list("code", "about", "value", "known_on"):
        owner = person.partition(":")[2]
        number = compared(value)
        lookup.numbers[owner, number] = (code, value)
        if owner not in lookup.people.setdefault(number, []):
            lookup.people[number].append(owner)
        lookup.known_on[code] = known_on.isoformat()
    if lookup.people:
        _note_people(lookup, reader)
    return lookup


def _note_people(lookup: Lookup, reader: Reader) -> None:
    """Note the names and statuses of people of the record, so that the same ones are not entered again."""
    owners = {owner for owners in lookup.people.values() for owner in owners}
    for code, known_on in _columns(MissingPerson, reader, "known_on"):
        if code in owners:
            lookup.known_on[code] = known_on.isoformat()
    for code, missing, text, kind, known_on in _columns(MissingName, reader, "missing", "text", "kind", "known_on"):
        lookup.names[missing, text] = (code, kind)
        lookup.known_on[code] = known_on.isoformat()
    for code, missing, kind, happened, known_on in _columns(Status, reader, "missing", "kind", "happened", "known_on"):
        lookup.statuses[missing, kind] = (code, happened.text)
        lookup.known_on[code] = known_on.isoformat()


def _columns(model: type[Recorded], reader: Reader, *names: str) -> Iterable[tuple[Any, ...]]:
    """Code and some columns of the rows of a noun that stand."""
    return reader.rows(model).order_by().values_list("code", *names).iterator()


def _places(reader: Reader) -> Named:
    """The places of the record; what tells two of one name apart is the larger place."""
    rows = reader.rows(Place).values_list("code", "name", "part_of__name")
    described = {code: f"{name}, {whole}" if whole else name for code, name, whole in rows}
    own = [(code, name) for code, name, _ in rows]
    return Named(described, [*own, *reader.rows(PlaceName).values_list("place", "text")])


def _parties(reader: Reader) -> Named:
    """The parties of the record."""
    rows = list(reader.rows(Party).values_list("code", "name", "short_name"))
    own = [(code, text) for code, *both in rows for text in both]
    names = [*own, *reader.rows(PartyName).values_list("party", "text")]
    return Named({code: name for code, name, _ in rows}, names)


def _incidents(mapping: RollMapping, reader: Reader) -> Named:
    """The incidents of the war or disaster."""
    rows = list(reader.rows(Incident).filter(calamity=mapping.calamity).values_list("code", "name", "happened"))
    described = {code: f"{name}, {happened.words}" for code, name, happened in rows}
    return Named(described, [(code, name) for code, name, _ in rows])
