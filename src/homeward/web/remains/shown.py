"""Things as pages show them: what they are in words, who holds them now, and where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party
from homeward.web.remains.accessions import Accession, Effect, TransferCase
from homeward.web.remains.custody import Store
from homeward.web.remains.holders import CustodyLine, custody_lines
from homeward.web.remains.specimens import Sample, Side, Specimen


@dataclass(frozen=True, slots=True)
class ShownThing:
    """A thing of the register with its holder and its store; ``None`` where they are not known."""

    row: Any
    words: str
    line: CustodyLine | None
    holder: Party | None
    store: Store | None

    @property
    def reference(self) -> str:
        """How other rows refer to it."""
        return str(self.row.reference)

    @property
    def custody_address(self) -> str:
        """Where its custody line is."""
        return reverse("remains:custody", args=[self.row.noun(), self.row.code])


def shown_things(rows: Iterable[Any], reader: Reader) -> list[ShownThing]:
    """Return things with who holds them, in few queries however many they are."""
    rows = list(rows)
    load_words(rows, reader)
    lines = custody_lines((row.reference for row in rows), reader.as_of, seen_by=reader.user)
    parties = Party.objects.in_bulk({line.holder for line in lines.values()})
    stores = Store.objects.in_bulk({line.store for line in lines.values()} - {""})
    found = []
    for row in rows:
        line = lines.get(row.reference)
        holder, store = (parties.get(line.holder), stores.get(line.store)) if line else (None, None)
        found.append(ShownThing(row, thing_words(row), line, holder, store))
    return found


def shown_thing(row: Any, reader: Reader) -> ShownThing:
    """Return one thing with who holds it."""
    return shown_things([row], reader)[0]


def shown_by_reference(references: Sequence[str], reader: Reader) -> list[ShownThing]:
    """Return the things of references that the reader may see, in their order."""
    rows = reader.by_reference(references)
    return shown_things([rows[one] for one in dict.fromkeys(references) if one in rows], reader)


def load_words(rows: Sequence[Any], reader: Reader) -> None:
    """Load what the words for things need."""
    fill(rows, reader, "specimen", "accession")
    fill([row.specimen for row in rows if isinstance(row, Sample)], reader, "accession")


def thing_words(row: Any) -> str:
    """Return what a thing is, in words that stand on its label; what it was taken out of is loaded."""
    match row:
        case TransferCase():
            return str(row)
        case Accession():
            return f"accession {row.number}"
        case Specimen():
            return f"{row.accession.number} · {row}: {bone_words(row)}"
        case Effect():
            return f"{row.accession.number} · {row.designator}: {row.get_kind_display()}"
        case Sample():
            return f"sample {row.number} of {thing_words(row.specimen)}"
    return str(row)


def bone_words(row: Specimen) -> str:
    """Return side and element of a bone."""
    if row.side == Side.MIDDLE:
        return row.element
    return f"{row.element}, side not told" if row.side == Side.UNKNOWN else f"{row.side} {row.element}"
