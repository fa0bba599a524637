"""The whole argument of an identification as one text, which is what an examiner signs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from homeward.web.casework.evidence import Alternative, Evidence, ReviewItem
from homeward.web.casework.frozen import content_digest
from homeward.web.casework.identifications import Identification
from homeward.web.casework.individuals import Association
from homeward.web.journal.recorded import Recorded, content_fields, plain
from homeward.web.remains.specimens import Specimen

NOT_SIGNED = frozenset(
    {"code", "known_on", "withdrawn", "made_up", "signed_by", "signed_digest", "in_force", "rests_on"}
)
"""Columns that say nothing of the argument, and those that the signature itself sets."""


@dataclass(frozen=True, slots=True)
class Argument:
    """What an identification rests on as it stands: the two sides, the bones, the evidence and its reviews."""

    identification: Identification
    associations: tuple[Association, ...]
    specimens: tuple[Specimen, ...]
    evidence: tuple[Evidence, ...]
    alternatives: tuple[Alternative, ...]
    reviews: tuple[ReviewItem, ...]

    @classmethod
    def of(cls, identification: Identification) -> Argument:
        """Read the argument of an identification."""
        here = Q(identification=identification, withdrawn="")
        members = Association.objects.filter(individual=identification.individual_id, withdrawn="")
        associations = tuple(members.select_related("specimen").order_by("pk"))
        reviews = ReviewItem.objects.filter(
            evidence__identification=identification, evidence__withdrawn="", withdrawn=""
        )
        return cls(
            identification,
            associations,
            tuple(one.specimen for one in associations),
            tuple(Evidence.objects.filter(here).order_by("line", "pk")),
            tuple(Alternative.objects.filter(here).order_by("pk")),
            tuple(reviews.order_by("evidence", "pk")),
        )

    @property
    def text(self) -> str:
        """The argument as one text: same argument, same text."""
        return "\n".join(self._lines()) + "\n"

    @property
    def digest(self) -> str:
        """The SHA-256 of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def _lines(self) -> Iterator[str]:
        """The text, line by line."""
        identification = self.identification
        yield f"Identification {identification.code}"
        yield f"The individual {identification.individual} is {identification.missing}."
        yield from _stated(identification)
        yield from _named("individual", [identification.individual])
        yield from _named("missing person", [identification.missing])
        yield from _named("association", self.associations)
        yield from _named("specimen", self.specimens)
        for kind, rows in (("evidence", self.evidence), ("considered", self.alternatives), ("review", self.reviews)):
            for row in rows:
                yield from _named(kind, [row])
                yield from _stated(row)


def _named(kind: str, rows: Iterable[Recorded]) -> Iterator[str]:
    """Rows as they stand: code, version and SHA-256 of what each says."""
    for row in rows:
        yield f"{kind} {row.code}, version {row.version}, SHA-256 {content_digest(row)}"


def _stated(row: Recorded) -> Iterator[str]:
    """What a row says, a column a line, without what is empty."""
    for field in content_fields(type(row)):
        value = plain(getattr(row, field.attname))
        if field.name not in NOT_SIGNED and value not in (None, ""):
            text = str(value).replace("\n", "\n      ")
            yield f"   {field.verbose_name}: {text}"
