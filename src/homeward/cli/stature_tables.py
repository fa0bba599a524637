"""Estimates of stature as tables in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.identification.numbers import counted, format_count, format_log10
from homeward.osteology.stature_results import StatureEstimate, StatureResult

MOST_ROWS, MOST_NAMED = 200, 10


def print_statures(result: StatureResult, notes: Iterable[str]) -> None:
    """Print estimates, what was set aside, and the notes."""
    console = Console()
    n_estimated = len({one.subject for one in result.estimates})
    console.print(
        f"[bold]Stature of {counted(n_estimated, 'person', 'people')} of {format_count(len(result.subjects))}[/bold]"
    )
    for basis in dict.fromkeys(one.basis for one in result.estimates):
        console.print(f"From {plain(basis)}")
    table = Table(title="Estimates; * is the one to report for each person", title_justify="left")
    level = f"{result.choices.settings.level:.0%} interval, cm"
    for column in ("Person", "", "Measurements"):
        table.add_column(column)
    for column in ("People", "Stature, cm", level, "log10 LR"):
        table.add_column(column, justify="right")
    for one in result.estimates[:MOST_ROWS]:
        table.add_row(*_row(one))
    console.print(table)
    if len(result.estimates) > MOST_ROWS:
        console.print(f"{len(result.estimates) - MOST_ROWS} more are in the files and in the JSON.")
    _print_set_aside(console, result)
    own = [note for one in result.estimates for note in one.notes]
    for note in dict.fromkeys([*notes, *result.notes, *own]):
        console.print(f"Note: {plain(note)}")
    console.print("An interval is for one more person like those of the reference, not for their mean.", style="dim")


def _print_set_aside(console: Console, result: StatureResult) -> None:
    """Print each reason once, with whom it concerns."""
    whom: dict[str, list[str]] = {}
    for one in result.set_aside:
        what = ", ".join(map(str, one.measurements))
        whom.setdefault(one.reason, []).append(f"{one.subject}: {what}" if what else one.subject)
    for reason, names in whom.items():
        more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
        console.print(f"Set aside: {plain(reason)} {plain('; '.join(names[:MOST_NAMED]))}{more}.")


def _row(one: StatureEstimate) -> tuple[str, ...]:
    return (
        plain(one.subject),
        "*" if one.preferred else "",
        ", ".join(f"{m.code} {m.side}" for m in one.measurements),
        "-" if one.n_reference is None else str(one.n_reference),
        f"{one.stature_cm:.1f}",
        f"{one.lower_cm:.1f} to {one.upper_cm:.1f}",
        "-" if one.log10_lr is None else format_log10(one.log10_lr),
    )
