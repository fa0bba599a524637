"""What a scanner types: the code of a thing or a store, or a number written on it, as its label says it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from homeward.web.identity.identifiers import IdentifierStatus
from homeward.web.identity.looking_up import look_up
from homeward.web.journal.reader import Reader
from homeward.web.journal.recorded import Recorded, nouns
from homeward.web.remains.custody import Store
from homeward.web.remains.lineage import THINGS

MOST_SCANNED = 200
"""How many things are scanned before something is done with them."""
SCANNED_NOUNS = (*sorted(THINGS), Store.noun())
_SCANNED = re.compile(r"(?:(?P<noun>[a-z]+)[^a-z0-9])?(?P<code>[a-z0-9.-]+)")


def scanned_text(row: Recorded) -> str:
    """Return what stands in the label of a row."""
    return row.reference


def find_scanned(text: str, reader: Reader) -> Recorded | None:
    """Return the thing or store that a label names; ``None`` if there is none, or it can be several.

    A scanner types as a keyboard does, and another layout has another sign for the colon: any sign will do. A code
    alone is enough where one thing has it. A label from before a renumbering or a merging leads to what the thing is
    found as today.
    """
    found = _by_code(text, reader) or _by_number(text, reader)
    return found[0] if len(found) == 1 else None


def _by_code(text: str, reader: Reader) -> list[Recorded]:
    """The things and stores that have a code."""
    typed = _SCANNED.fullmatch(text.strip().lower())
    if typed is None:
        return []
    wanted = [typed["noun"]] if typed["noun"] else SCANNED_NOUNS
    return [row for noun in wanted if noun in SCANNED_NOUNS and (row := reader.get(nouns()[noun], typed["code"]))]


def _by_number(text: str, reader: Reader) -> list[Recorded]:
    """The things that a number written on a label leads to, present or old; one that was an error leads to none."""
    right = [
        hit
        for hit in look_up(text, reader)
        if hit.identifier is None or hit.identifier.status != IdentifierStatus.ERRONEOUS
    ]
    return list({row.reference: row for hit in right for row in hit.now if row.noun() in THINGS}.values())


def references_scanned(text: str, reader: Reader) -> tuple[list[str], list[str]]:
    """Return the references of the things that lines of scanned text name, and the lines that name none."""
    found: list[str] = []
    unknown: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        row = find_scanned(line, reader)
        if row is None or row.noun() not in THINGS:
            unknown.append(line)
        else:
            found.append(row.reference)
    return list(dict.fromkeys(found)), unknown


def standing_references(references: Sequence[str], reader: Reader) -> list[str]:
    """Return those of the references that name things which the reader may see, at most as many as are scanned."""
    rows = reader.by_reference(list(references)[:MOST_SCANNED])
    return [one for one in dict.fromkeys(references) if one in rows and rows[one].noun() in THINGS]
