"""Sorted bones in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import MOST_ROWS, plain
from homeward.osteology.sorting.explain import PairExplanation
from homeward.osteology.sorting.results import Sorting
from homeward.osteology.sorting.settings import chosen_version
from homeward.osteology.specimens import Specimens
from homeward.reports.sort_report import explained_sections, pair_rows


def print_sorting(
    result: Sorting, specimens: Specimens, notes: Sequence[str], explanation: PairExplanation | None
) -> None:
    """Print counts, the pairs that cannot be excluded, or one pair explained."""
    console = Console()
    if explanation is None:
        console.print(_comparison_table(result))
        rows = pair_rows(result, specimens, MOST_ROWS)
        table = _pair_table("Pairs that cannot be excluded, largest likelihood ratio first")
    else:
        rows = [section.row for section in explained_sections(explanation)]
        table = _pair_table("One pair explained")
    for row in rows:
        cells = (row.a, row.b, row.method, row.measurements, row.n_reference, row.statistic, row.df, row.p_value)
        table.add_row(*map(plain, cells), row.verdict, row.log10_lr)
    console.print(table)
    hidden = sum(one.n_not_excluded for one in result.comparisons) - len(rows)
    if explanation is None and hidden > 0:
        console.print(f"{hidden:,} more cannot be excluded; --json and --out list them.")
    for note in dict.fromkeys([*notes, *result.notes]):
        console.print(f"Note: {plain(note)}")
    for one in result.set_aside[:MOST_ROWS]:
        who = f"[bold]{plain(one.id)}[/bold]: " if one.id else ""
        console.print(f"Set aside: {who}{plain(one.reason)}")
    settings = result.settings
    console.print(
        f"Excluded: p at most {settings.alpha:g}. What cannot be excluded may still be of two people. "
        f"Settings {chosen_version(settings)}.",
        style="dim",
    )


def _comparison_table(result: Sorting) -> Table:
    table = Table(title="What was compared", title_justify="left")
    for column in ("Method", "First", "Second"):
        table.add_column(column)
    for column in ("Excluded", "Cannot be excluded", "Not compared"):
        table.add_column(column, justify="right")
    for one in result.comparisons:
        counts = (one.n_excluded, one.n_not_excluded, one.n_not_compared)
        names = (one.method.value, str(one.first), str(one.second))
        table.add_row(*map(plain, names), *(f"{count:,}" for count in counts))
    return table


def _pair_table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("First bone", "Second bone", "Method", "Measurements"):
        table.add_column(column)
    for column in ("Reference", "Statistic", "df", "p"):
        table.add_column(column, justify="right")
    table.add_column("Verdict")
    table.add_column("log10 LR", justify="right")
    return table
