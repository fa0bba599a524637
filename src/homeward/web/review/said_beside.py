"""What the same person or party said on the same days, as other documents report it."""

from __future__ import annotations

from homeward.web.review.draft_dates import date_of
from homeward.web.review.meaning import as_written, denies, numbers_in, words_in
from homeward.web.review.models import Draft
from homeward.web.review.proposals import Proposal
from homeward.web.review.relations import AGREES, ALSO, DIFFERS, DISAGREES, Beside, conflict_address
from homeward.web.review.surroundings import Surroundings
from homeward.web.sources.documents import Document
from homeward.web.sources.statements import Act, Statement

ENOUGH_WORDS = 3
ENOUGH_SHARE = 0.6
"""Words that carry meaning, and the part of the shorter claim, that two claims share before they are taken for one."""
MUCH_MORE = 3
MOST_WORDS = 8


def beside_statement(draft: Draft, proposal: Proposal, document: Document, around: Surroundings) -> list[Beside]:
    """Return what the same person, or the same party through nobody named, said on those days; the likest first."""
    when = date_of(draft, document)
    speaker, party = proposal.columns.get("speaker"), proposal.columns.get("party")
    claim = words_in(proposal.columns["claim"])
    near = [
        row
        for row in around.statements
        if row.said.overlaps(when) and (speaker or party)
        if row.speaker_id == (speaker or None) and (speaker or row.party_id == party)
    ]
    near.sort(key=lambda row: -len(claim & words_in(row.claim)))
    # Of a statement that can be of any day of a year, the same speaker alone says nothing.
    near = [row for row in near if row.said.is_day or len(claim & words_in(row.claim)) > 1]
    return [_compared(proposal, row) for row in near]


def _compared(proposal: Proposal, row: Statement) -> Beside:
    """How a drafted statement stands to one of the same speaker and the same days."""
    relation, reasons, adds = _claims(proposal.columns["claim"], proposal.columns["act"], row)
    who = row.speaker or row.speaker_described or row.party
    clashes = relation in (DISAGREES, DIFFERS)
    return Beside(
        relation,
        f"{who}, {row.said.words}: {row.claim}",
        row.get_absolute_url(),
        [*reasons, f"In “{row.document.headline}”, {row.document.publisher}."],
        adds,
        conflict_address(f"What did {who} say, {row.said.words}?", row.reference) if clashes else "",
    )


def _claims(claim: str, act: str, row: Statement) -> tuple[str, list[str], list[str]]:
    """The relation of two claims of one speaker, its reasons, and what the first says that the second does not."""
    if _plain(claim) == _plain(row.claim):
        return AGREES, ["In the same words."], []
    here, there = words_in(claim), words_in(row.claim)
    shared, fewer = here & there, min(len(here), len(there))
    if len(shared) < ENOUGH_WORDS or len(shared) < ENOUGH_SHARE * fewer:
        said = f"The same speaker, on the same days; words in common: {_listed(shared, claim)}." if shared else ""
        return ALSO, [said or "The same speaker, on the same days, in other words."], []
    same = (
        f"The same speaker, on the same days, and {len(shared)} of the {fewer} words that carry the shorter claim: "
        f"{_listed(shared, claim)}."
    )
    if (denies(claim) or act == Act.DENIED) != (denies(row.claim) or row.act == Act.DENIED):
        return DISAGREES, ["One of the two denies what the other says.", same], []
    here_only, there_only = numbers_in(claim) - numbers_in(row.claim), numbers_in(row.claim) - numbers_in(claim)
    if here_only and there_only:
        numbers = f"The numbers are others: {', '.join(sorted(here_only))} here, {', '.join(sorted(there_only))} there."
        return DIFFERS, [numbers, same], []
    more = here - there
    return AGREES, [same], [f"More is said here: {_listed(more, claim)}."] if len(more) >= MUCH_MORE else []


def _listed(words: frozenset[str], claim: str) -> str:
    return ", ".join(as_written(words, claim)[:MOST_WORDS])


def _plain(claim: str) -> str:
    """A claim without its quotation marks and its case."""
    return " ".join(claim.strip("“”\"'. ").casefold().split())
