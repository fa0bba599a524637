"""What somebody claims, as it is shown beside what others claim: who, in which office, when, and through whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from homeward.core.dates import PartialDate
from homeward.web.journal.linked import fill
from homeward.web.journal.reader import Reader
from homeward.web.parties.models import Party, Person, Tenure
from homeward.web.sources.documents import Document
from homeward.web.sources.figures import Figure
from homeward.web.sources.statements import Attribution, Statement


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement or a figure, with all that is needed to judge it.

    offices: those that the speaker held on the day, as far as the record says.
    passed_on: through whom it reached the document, the one nearest to the speaker first.
    """

    row: Statement | Figure
    offices: tuple[str, ...] = ()
    passed_on: tuple[Attribution, ...] = ()

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure."""
        return isinstance(self.row, Figure)

    @property
    def document(self) -> Document:
        """The document that it stands in."""
        document: Document = self.row.document
        return document

    @property
    def speaker(self) -> Person | None:
        """Who said it, if that is known by name."""
        return self.row.speaker if isinstance(self.row, Statement) else None

    @property
    def party(self) -> Party | None:
        """The party that said it, or for which it was said, or that vouches for the figure."""
        party: Party | None = self.row.party if isinstance(self.row, Statement) else self.row.asserter
        return party

    @property
    def who(self) -> str:
        """Who makes the claim, as well as it is known."""
        if self.speaker is not None:
            return self.speaker.name
        if isinstance(self.row, Statement) and self.row.speaker_described:
            return self.row.speaker_described
        return self.party.name if self.party is not None else self.document.publisher

    @property
    def party_beside(self) -> Party | None:
        """The party, where it is not the one who makes the claim."""
        return self.party if self.party is not None and self.who != self.party.name else None

    @property
    def did(self) -> str:
        """What was done: said, denied, announced; or, for a figure, gave."""
        return self.row.get_act_display() if isinstance(self.row, Statement) else "gave this figure"

    @property
    def words(self) -> str:
        """What is claimed."""
        return f"{self.row} – {self.row.scope}" if isinstance(self.row, Figure) else self.row.claim

    @property
    def when(self) -> PartialDate:
        """When it was said, or the day as of which it was counted."""
        when: PartialDate = self.row.counted if isinstance(self.row, Figure) else self.row.said
        return when

    @property
    def publisher_last(self) -> bool:
        """Whether the publisher of the document is a link of its own at the end of the chain."""
        last = self.passed_on[-1].who if self.passed_on else self.who
        return last != self.document.publisher


def claims_of(statements: Sequence[Statement], figures: Sequence[Figure], reader: Reader) -> Mapping[str, Claim]:
    """Return claims by the reference of their row, with seven questions to the database at most."""
    fill([*statements, *figures], reader, "document", "party", "asserter", "speaker", "rule")
    offices = _offices(statements, reader)
    chains: dict[str, list[Attribution]] = {}
    if statements:
        links = reader.rows(Attribution).filter(statement__in=[row.code for row in statements])
        for link in reader.known(links.order_by("statement", "position")):
            chains.setdefault(link.statement_id, []).append(link)
    said = [Claim(row, offices.get(row.code, ()), tuple(chains.get(row.code, ()))) for row in statements]
    return {claim.row.reference: claim for claim in [*said, *map(Claim, figures)]}


def said_by_then(claims: Iterable[Claim], reader: Reader) -> list[Claim]:
    """Return the claims that can have been made by the day as of which the record is read."""
    on = reader.as_of.on
    return [claim for claim in claims if on is None or claim.when.earliest <= on]


def _offices(statements: Sequence[Statement], reader: Reader) -> dict[str, tuple[str, ...]]:
    """The offices that each speaker can have held when the statement was made, by the code of the statement."""
    speakers = {row.speaker_id for row in statements if row.speaker_id}
    if not speakers:
        return {}
    tenures: dict[str, list[Tenure]] = {}
    found = reader.known(reader.rows(Tenure).filter(person__in=speakers).order_by("held_earliest", "code"))
    fill(found, reader, "office")
    for tenure in found:
        tenures.setdefault(tenure.person_id, []).append(tenure)
    return {
        row.code: tuple(
            dict.fromkeys(tenure.office.name for tenure in tenures[row.speaker_id] if tenure.held.overlaps(row.said))
        )
        for row in statements
        if row.speaker_id in tenures
    }
