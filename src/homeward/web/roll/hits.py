"""People as a search lists them: where they stand, and why each was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from homeward.web.engagement.changing_pages import with_states
from homeward.web.identity.identifiers import Identifier, compared
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place, PlaceName
from homeward.web.roll.finding import Question, Term
from homeward.web.roll.people import MissingName, MissingPerson
from homeward.web.roll.spellings import keys_of_name, keys_of_number, keys_of_place, keys_of_unit

FITS = ("", " that begins so", " that sounds like it")
"""What is said of a text by how well it fits."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that is known of a person and that can be searched for. label: what it is."""

    label: str
    text: str
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A person who was found. stands: the status in words. reasons: which texts fit what was asked for, and how."""

    person: MissingPerson
    stands: str
    reasons: Sequence[str]
    numbers: Sequence[str]


def hits(people: Sequence[MissingPerson], question: Question, reader: Reader) -> list[Hit]:
    """Return people as they are listed, as they were known; those of whom nothing that fits was known are left out."""
    known = reader.known(people)
    fill(known, reader, "incident", "last_seen_place", "service")
    fill([person.incident for person in known if person.incident_id], reader, "place")
    states = {one.row.code: one.stands for one in with_states(known, reader)}
    numbers = _numbers(known, reader)
    said = _said(known, numbers, reader) if question.terms or question.together else None
    found = []
    for person in known:
        reasons = [] if said is None else _reasons(question, said[person.code])
        if reasons is not None:
            found.append(Hit(person, states[person.code], reasons, numbers[person.code]))
    return found


def _numbers(people: Sequence[MissingPerson], reader: Reader) -> dict[str, list[str]]:
    """The numbers of people, by their codes."""
    of = reader.about(Identifier, [person.reference for person in people])
    return {person.code: [number.value for number in of.get(person.reference, ())] for person in people}


def _reasons(question: Question, said: Sequence[Said]) -> list[str] | None:
    """Why a person was found; ``None`` if nothing that was known then fits."""
    together = [one for one in said if one.keys & question.together]
    if together:
        return list(dict.fromkeys(f"{one.label}: {one.text}" for one in together))
    best = [_best(term, said) for term in question.terms]
    if any(one is None for one in best):
        return None
    return list(dict.fromkeys(one for one in best if one))


def _best(term: Term, said: Sequence[Said]) -> str | None:
    """The text that fits a word best, and how."""
    rank, one = min(((term.rank(one.keys), one) for one in said), key=lambda pair: pair[0])
    return None if rank >= len(FITS) else f"{one.label}{FITS[rank]}: {one.text}"


def _said(
    people: Sequence[MissingPerson], numbers: Mapping[str, Sequence[str]], reader: Reader
) -> dict[str, list[Said]]:
    """What can be searched for of each person, in the order in which it counts."""
    codes = [person.code for person in people]
    found = {person.code: list(_own(person)) for person in people}
    for name in reader.known(reader.rows(MissingName).filter(missing__in=codes).order_by("code")):
        label = f"{name.get_script_display()} name" if name.script != "Latn" else name.get_kind_display()
        found[name.missing_id].append(Said(label, name.text, keys_of_name(name.text)))
    for code, values in numbers.items():
        found[code] += [Said("number", value, keys_of_number(compared(value))) for value in values]
    names = _names_of_places(people, reader)
    for person in people:
        found[person.code] += _lost_there(person, names)
    return found


def _own(person: MissingPerson) -> Iterator[Said]:
    """What the line of the roll itself says."""
    yield Said("name", person.name, keys_of_name(person.name))
    if person.unit:
        yield Said("unit", person.unit, keys_of_unit(person.unit))


def _lost_there(person: MissingPerson, names: Mapping[str, Sequence[str]]) -> Iterator[Said]:
    """What is said of how and where somebody was lost."""
    incident = person.incident if person.incident_id else None
    if incident is not None:
        keys = keys_of_name(incident.name) | keys_of_name(incident.place_as_written)
        yield Said("incident", incident.name, keys)
    for code in _places_of(person):
        for text in names.get(code, ()):
            yield Said("place", text, keys_of_place(text))


def _places_of(person: MissingPerson) -> list[str]:
    """The places where somebody was lost or last seen."""
    codes = [person.last_seen_place_id, person.incident.place_id if person.incident_id else None]
    return [code for code in dict.fromkeys(codes) if code]


def _names_of_places(people: Iterable[MissingPerson], reader: Reader) -> dict[str, list[str]]:
    """All names of the places where people were lost or last seen."""
    codes = {code for person in people for code in _places_of(person)}
    places = reader.known(reader.rows(Place).filter(pk__in=codes))
    names = {place.code: [place.name] for place in places}
    for name in reader.known(reader.rows(PlaceName).filter(place__in=codes).order_by("code")):
        names.setdefault(name.place_id, []).append(name.text)
    return names
