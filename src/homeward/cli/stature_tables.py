"""Estimates of stature as tables in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.identification.numbers import counted, format_log10
from homeward.osteology.stature_results import StatureEstimate, StatureResult

MOST_ROWS = 200


def print_statures(result: StatureResult, notes: Iterable[str]) -> None:
    """Print estimates, what was set aside, and the notes."""
    console = Console()
    console.print(f"[bold]Stature of {counted(len(result.subjects), 'person', 'people')}[/bold]")
    table = Table(title="Estimates; * is the one to report for each person", title_justify="left")
    level = f"{result.choices.settings.level:.0%} interval, cm"
    for column in ("Person", "", "Measurements", "From"):
        table.add_column(column)
    for column in ("People", "Stature, cm", level, "log10 LR"):
        table.add_column(column, justify="right")
    for one in result.estimates[:MOST_ROWS]:
        table.add_row(*_row(one))
    console.print(table)
    if len(result.estimates) > MOST_ROWS:
        console.print(f"{len(result.estimates) - MOST_ROWS} more are in the files and in the JSON.")
    for aside in result.set_aside:
        what = ", ".join(map(str, aside.measurements)) or "no measurement"
        console.print(f"Set aside: {plain(aside.subject)}, {plain(what)}. {plain(aside.reason)}")
    own = [note for one in result.estimates for note in one.notes]
    for note in dict.fromkeys([*notes, *result.notes, *own]):
        console.print(f"Note: {plain(note)}")
    console.print("An interval is for one more person like those of the reference, not for their mean.", style="dim")


def _row(one: StatureEstimate) -> tuple[str, ...]:
    return (
        plain(one.subject),
        "*" if one.preferred else "",
        ", ".join(f"{m.code} {m.side}" for m in one.measurements),
        plain(one.basis),
        "-" if one.n_reference is None else str(one.n_reference),
        f"{one.stature_cm:.1f}",
        f"{one.lower_cm:.1f} to {one.upper_cm:.1f}",
        "-" if one.log10_lr is None else format_log10(one.log10_lr),
    )
