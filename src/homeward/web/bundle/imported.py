"""What the journal says of the bundles that were imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from homeward.web.bundle.manifest import SHOWN_DIGITS, Manifest
from homeward.web.journal.chain import Line
from homeward.web.journal.models import Entry
from homeward.web.journal.recorded import canonical

BUNDLE, IMPORTED = "bundle", "bundle.imported"


@dataclass(slots=True)
class Counts:
    """What became of the rows of a noun.

    unchanged: the record says the same. older: the record once said this and was amended since; they were left alone.
    """

    entered: int = 0
    amended: int = 0
    unchanged: int = 0
    older: int = 0


def imported_line(manifest: Manifest, digest: str, counts: Mapping[str, Counts], why: str) -> Line:
    """Return the journal line that ends an import."""
    content = {
        "title": manifest.title,
        "synthetic": manifest.synthetic,
        "digest": digest,
        "counts": {noun: asdict(count) for noun, count in counts.items()},
    }
    return Line(IMPORTED, BUNDLE, digest[:SHOWN_DIGITS], after=canonical(content), why=why)


def was_imported(digest: str) -> bool:
    """Return whether the journal says that a bundle of this digest was imported."""
    lines = Entry.objects.filter(noun=BUNDLE, code=digest[:SHOWN_DIGITS], action=IMPORTED)
    return lines.filter(after__contains=digest).exists()
