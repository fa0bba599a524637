"""Finding a place by any of its names, however they are spelt, and other places of the same name."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from homeward.web.journal.reader import Reader
from homeward.web.places.models import Place, PlaceName

ACCENTS = range(0x0300, 0x0370)
"""The combining diacritical marks of Unicode; marks of other scripts are letters of the name and stay."""


def fold_name(text: str) -> str:
    """Return a name as it is compared: without case, accents, apostrophes, hyphens and spaces.

    "P'anmunjŏm" and "Panmunjom" are one; "Panmunjeom", a different romanisation, and 판문점 are names of their own.
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if ord(sign) not in ACCENTS)
    folded = unicodedata.normalize("NFKC", bare).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LMN")


def places_called(name: str, reader: Reader) -> list[Place]:
    """Return the places that have a name, as it is compared; several where several places bear it."""
    return _places_of({fold_name(name)}, reader)


def homonyms(place: Place, names: Collection[PlaceName], reader: Reader) -> list[Place]:
    """Return the other places that bear one of the names of a place."""
    own = {fold_name(place.name), *(fold_name(name.text) for name in names)}
    return [found for found in _places_of(own, reader) if found.code != place.code]


def _places_of(folded: Collection[str], reader: Reader) -> list[Place]:
    """The places that have one of these names."""
    names = [
        *reader.rows(Place).values_list("name", "code"),
        *reader.rows(PlaceName).values_list("text", "place"),
    ]
    codes = {code for text, code in names if fold_name(text) in folded}
    return reader.known(reader.rows(Place).filter(pk__in=codes))
