"""What was read of a page, as a digest in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from homeward.core.dates import parse_date
from homeward.reading.drafts import DateDraft, EventDraft, PartyDraft, PersonDraft, PlaceDraft, QuantityDraft
from homeward.reading.read import Reading

LONGEST_PASSAGE = 220
UNSURE = 0.6
"""Drafts of less confidence are marked."""


def print_reading(reading: Reading) -> None:
    """Print title, publication date with its basis, people and parties, events, statements, figures and notes."""
    console = Console()
    document, when = reading.document, reading.published
    console.print(f"[bold]{escape(document.title or reading.name)}[/bold]")
    about = [
        document.publisher,
        document.by_line,
        reading.language and f"language {reading.language}",
        f"{len(document.text.split()):,} words",
    ]
    console.print(escape(", ".join(one for one in about if one)))
    known = parse_date(when.edtf).words if when.edtf else "not known"
    console.print(f"Published: [bold]{escape(known)}[/bold] (basis: {when.basis})")
    for reason in when.reasons:
        console.print(f"  [dim]{escape(reason)}[/dim]")
    dates = {draft.id: draft for draft in reading.dates}
    names = {one.id: one.name for one in reading.people} | {one.id: one.name for one in reading.parties}
    names |= {one.id: one.name for one in reading.places}
    _print_names(console, reading)
    _print_events(console, reading, dates, names)
    _print_statements(console, reading)
    _print_quantities(console, reading)
    _print_dates(console, reading)
    for note in reading.notes:
        console.print(f"[yellow]Note:[/yellow] {escape(note)}")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print_names(console: Console, reading: Reading) -> None:
    named: tuple[tuple[str, Sequence[PersonDraft | PartyDraft | PlaceDraft]], ...] = (
        ("People", reading.people),
        ("Parties", reading.parties),
        ("Places", reading.places),
    )
    for heading, drafts in named:
        words = []
        for one in drafts:
            office = f" [dim]({escape(one.office)})[/dim]" if isinstance(one, PersonDraft) and one.office else ""
            words.append(f"{escape(one.name)}{office} [dim]×{len(one.mentions)}[/dim]")
        if words:
            console.print(f"[bold]{heading}:[/bold] {', '.join(words)}")


def _print_events(console: Console, reading: Reading, dates: Mapping[str, DateDraft], names: Mapping[str, str]) -> None:
    if not reading.events:
        return
    table = _table("\nEvents", "what", "when", "who and what", "passage", "sure")
    text = reading.document.text
    for event in reading.events:
        polarity = "" if event.polarity == "happened" else f" [yellow]{event.polarity}[/yellow]"
        table.add_row(
            f"{event.kind}{polarity}",
            _when(event.date, dates, text),
            escape(_roles(event, text, names)),
            escape(_passage(text, event.span)),
            _sure(event.confidence),
        )
    console.print(table)


def _roles(event: EventDraft, text: str, names: Mapping[str, str]) -> str:
    words = [f"{name}: {text[role.span[0] : role.span[1]]}" for name, role in event.roles.items()]
    words += [f"point: {text[point.span[0] : point.span[1]]}" for point in event.points]
    if event.place:
        words.append(f"place: {names.get(event.place, event.place)}")
    if event.reason:
        words.append(f"reason: {text[event.reason[0] : event.reason[1]]}")
    return "; ".join(words)


def _print_statements(console: Console, reading: Reading) -> None:
    if not reading.statements:
        return
    table = _table("\nStatements", "speaker", "said", "to", "what", "chain", "hedge", "sure")
    text = reading.document.text
    for one in reading.statements:
        chain = " → ".join(one.chain)
        table.add_row(
            escape(one.speaker or "?"),
            escape(one.verb),
            escape(one.hearer or ""),
            escape(_passage(text, one.content_span)),
            escape(chain),
            escape(one.hedge or ""),
            _sure(one.confidence),
        )
    console.print(table)


def _print_quantities(console: Console, reading: Reading) -> None:
    if not reading.quantities:
        return
    table = _table("\nFigures", "as written", "value", "unit", "scope", "as of", "given by", "sure")
    dates = {draft.id: draft for draft in reading.dates}
    text = reading.document.text
    for one in reading.quantities:
        table.add_row(
            escape(_passage(text, one.span)),
            _value(one),
            one.unit,
            escape(one.scope or ""),
            _when(one.as_of, dates, text),
            escape(one.source or ""),
            _sure(one.confidence),
        )
    console.print(table)


def _print_dates(console: Console, reading: Reading) -> None:
    if not reading.dates:
        return
    table = _table("\nDates", "as written", "means", "basis", "sure")
    text = reading.document.text
    for one in reading.dates:
        table.add_row(
            escape(_passage(text, one.span)),
            parse_date(one.edtf).words if one.edtf else "?",
            one.basis,
            _sure(one.confidence),
        )
    console.print(table)


def _when(id_: str | None, dates: Mapping[str, DateDraft], text: str) -> str:
    draft = dates.get(id_ or "")
    if draft is None:
        return ""
    return parse_date(draft.edtf).words if draft.edtf else f"{escape(text[draft.span[0] : draft.span[1]])} (?)"


def _value(one: QuantityDraft) -> str:
    if one.low is None or one.high is None:
        return "?"
    numbers = f"{one.low:,g}" if one.low == one.high else f"{one.low:,g} to {one.high:,g}"
    numbers = numbers if one.low < 1e6 else f"{one.low:,.0f}"
    return f"{one.qualifier} {numbers}" if one.qualifier and one.qualifier != "between" else numbers


def _sure(confidence: float) -> str:
    percent = f"{confidence * 100:.0f} %"
    return f"[yellow]{percent}[/yellow]" if confidence < UNSURE else percent


def _passage(text: str, span: Iterable[int]) -> str:
    start, end = span
    words = text[start:end].replace("\n", " ")
    return words if len(words) <= LONGEST_PASSAGE else f"{words[: LONGEST_PASSAGE - 1]}…"
