"""The lines of a brief on what was promised and claimed: commitments, contradicting answers, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from django.db.models import Q

from homeward.reports.brief import Answer, CommitmentLine, FigureLine, SaidLine
from homeward.web.engagement.brief_lines import PartyView, SourceNumbers
from homeward.web.engagement.commitments import CommitmentStanding, commitment_standings
from homeward.web.engagement.models import Agreement, Commitment, Handover
from homeward.web.engagement.verdicts import BOOKS_SAY, claim_verdicts
from homeward.web.journal.linked import fill
from homeward.web.sources.book_check import BookAnswer, book_answer
from homeward.web.sources.claims import Claim, claims_of
from homeward.web.sources.current_value import CurrentValue, current_value
from homeward.web.sources.models import Bearing, Conflict, Figure, Position, Series, Statement

RECENT_YEARS = 3
"""Figures counted within this many years before the day of the brief are of use in it."""
MOST_OTHERS = 4


def commitment_lines(view: PartyView, numbers: SourceNumbers) -> list[Callable[[], CommitmentLine]]:
    """Return where each commitment of a party stands, those of the newest agreement first."""
    reader = view.reader
    agreements = {
        row.code: row
        for row in reader.known(reader.rows(Agreement).filter(pk__in=view.involved("agreement")))
        if row.happened.earliest <= view.on
    }
    commitments = reader.known(reader.rows(Commitment).filter(agreement__in=agreements))
    standings = commitment_standings(commitments, reader)
    commitments.sort(key=lambda row: row.number)
    commitments.sort(key=lambda row: agreements[row.agreement_id].happened.earliest, reverse=True)
    return [
        partial(_commitment_line, row, agreements[row.agreement_id], standings[row.code], numbers)
        for row in commitments
    ]


def _commitment_line(
    row: Commitment, agreement: Agreement, standing: CommitmentStanding, numbers: SourceNumbers
) -> CommitmentLine:
    """Where one commitment stands."""
    telling = standing.ground.telling if standing.ground else None
    cited = [agreement.reference, *([telling.change.reference] if telling else [])]
    return CommitmentLine(
        agreement=agreement.name,
        number=row.number,
        name=row.name,
        state=standing.words,
        reason=standing.reason,
        sources=numbers.of_rows(cited),
    )


def said_lines(view: PartyView, numbers: SourceNumbers) -> list[Callable[[], SaidLine]]:
    """Return the questions that concern a party and have two answers or more, the one answered last first."""
    reader = view.reader
    conflicts = {row.code: row for row in reader.known(_conflicts(view))}
    positions = reader.known(reader.rows(Position).filter(conflict__in=conflicts))
    statements = reader.known(
        reader.rows(Statement).filter(
            pk__in={row.statement_id for row in positions if row.statement_id}, said_earliest__lte=view.on
        )
    )
    figures = reader.known(
        reader.rows(Figure).filter(
            pk__in={row.figure_id for row in positions if row.figure_id}, counted_earliest__lte=view.on
        )
    )
    claims = claims_of(statements, figures, reader)
    found: list[tuple[date, Callable[[], SaidLine]]] = []
    for code, conflict in conflicts.items():
        answers = [
            (position, claim)
            for position in positions
            if position.conflict_id == code
            and (
                claim := claims.get(f"statement:{position.statement_id}") or claims.get(f"figure:{position.figure_id}")
            )
        ]
        if len(answers) > 1:
            answers.sort(key=lambda pair: pair[1].when.sort_key)
            last = answers[-1][1].when.latest
            found.append((last, partial(_said_line, conflict, answers, view, numbers)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _conflicts(view: PartyView) -> Sequence[Conflict]:
    """The conflicts that concern a party: about its handovers and meetings, or with answers that do."""
    reader, codes = view.reader, view.codes
    handovers = reader.rows(Handover).filter(Q(giver__in=codes) | Q(receiver__in=codes)).values_list("code", flat=True)
    about = {f"handover:{code}" for code in handovers}
    for noun in ("meeting", "operation", "agreement", "delivery", "event"):
        about |= {f"{noun}:{code}" for code in view.involved(noun)}
    bearing = reader.rows(Bearing).filter(about__in=about).values("statement")
    counting = reader.rows(Figure).filter(about__in=about).values("code")
    answered = reader.rows(Position).filter(Q(statement__in=bearing) | Q(figure__in=counting)).values("conflict")
    concerned = Q(about__in=about) | Q(book_giver__in=codes) | Q(book_receiver__in=codes) | Q(pk__in=answered)
    return list(reader.rows(Conflict).filter(concerned))


def _said_line(
    conflict: Conflict, answers: Sequence[tuple[Position, Claim]], view: PartyView, numbers: SourceNumbers
) -> SaidLine:
    """A question with its answers, in the order in which they were given."""
    books = book_answer(conflict, view.reader)
    verdicts = claim_verdicts((claim.row for _, claim in answers), view.reader)
    return SaidLine(
        question=conflict.question,
        answers=tuple(
            Answer(
                position.answer,
                _who(claim),
                claim.when.local_words,
                BOOKS_SAY.get(verdicts.get(claim.row.reference), ""),
                numbers.of([claim.row.document_id]),
            )
            for position, claim in answers
        ),
        books=_book_words(books) if books else "",
    )


def _who(claim: Claim) -> str:
    """Who gave an answer, with the office held then, and through whom it is known."""
    office = f", {claim.offices[0]}" if claim.offices else ""
    through = " → ".join(link.who for link in claim.passed_on)
    return f"{claim.who}{office}{f', through {through}' if through else ''}"


def _book_words(books: BookAnswer) -> str:
    """What the book of handovers shows, in a sentence."""
    span = f"from {books.first.words} to {books.last.words}" if books.first else f"until {books.last.words}"
    if books.within:
        received = "; ".join(
            f"{receipt.handover.name}, {receipt.happened.local_words}{f', {receipt.boxes}' if receipt.boxes else ''}"
            for receipt in books.within
        )
        return f"received {span}: {received}."
    if books.perhaps:
        return f"nothing was certainly received {span}; {books.perhaps[0].handover.name} may have been."
    words = f"nothing was received {span}."
    if books.after:
        boxes = f", {books.after.boxes}" if books.after.boxes else ""
        words += f" The first after that: {books.after.handover.name}, {books.after.happened.local_words}{boxes}."
    return words


def figure_lines(view: PartyView, numbers: SourceNumbers) -> list[Callable[[], FigureLine]]:
    """Return the series counted in the years before the day of the brief, those with most figures first."""
    reader = view.reader
    since = view.on.replace(year=view.on.year - RECENT_YEARS, day=min(view.on.day, 28))
    recent = reader.rows(Figure).filter(counted_latest__gte=since, counted_earliest__lte=view.on)
    counted = Counter(row.series_id for row in reader.known(recent))
    series = {row.code: row for row in reader.known(reader.rows(Series).filter(pk__in=counted))}
    figures: dict[str, list[Figure]] = {code: [] for code in series}
    for figure in reader.known(reader.rows(Figure).filter(series__in=series)):
        figures[figure.series_id].append(figure)
    fill([figure for found in figures.values() for figure in found], reader, "rule", "asserter")
    found: list[tuple[int, Callable[[], FigureLine]]] = []
    for code, row in series.items():
        if value := current_value(figures[code], view.on, unit=row.unit):
            found.append((counted[code], partial(_figure_line, row, value, since, numbers)))
    return [line for _, line in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _figure_line(series: Series, value: CurrentValue, since: date, numbers: SourceNumbers) -> FigureLine:
    """The value to use, why, and what else was published in those years."""
    figure = value.figure
    others = [
        f"{passed.figure.words} ({passed.figure.counted.words})"
        for passed in value.passed_over
        if passed.figure.unit == series.unit
        and passed.figure.counted.latest >= since
        and passed.figure.counted.earliest <= figure.counted.latest
    ]
    more = f" and {len(others) - MOST_OTHERS} more" if len(others) > MOST_OTHERS else ""
    return FigureLine(
        name=f"{series.name}, {figure.get_unit_display()}",
        value=value.words,
        as_of=figure.counted.words,
        rule=figure.rule.name if figure.rule else "the source does not say",
        others=f"Also published: {'; '.join(others[:MOST_OTHERS])}{more}." if others else "",
        why=value.why,
        sources=numbers.of(one.document_id for one in value.figures),
    )
