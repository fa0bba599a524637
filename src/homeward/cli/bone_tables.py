"""Counted and grouped bones in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import MOST_ROWS, plain
from homeward.osteology.counting import InventoryCount
from homeward.osteology.grouping.individuals import Grouping
from homeward.reports import grouping_report, inventory_report


def print_inventory(count: InventoryCount, notes: Sequence[str]) -> None:
    """Print counts, the MNI with what it rests on, and the numbers from pairs."""
    console = Console()
    for sentence in inventory_report.summary_sentences(count):
        console.print(sentence)
    table = _table("Specimens", "Element", "Left", "Right", "Axial", "Unknown", "All")
    for one in count.elements:
        table.add_row(plain(one.element), *map(str, (one.left, one.right, one.axial, one.unknown, one.total)))
    console.print(table)
    for rests in count.minimum.rests_on:
        whose = "" if rests.age_class is None else f" of {rests.age_class}s"
        zone = inventory_report.zone_words(rests.zone)
        names = ", ".join(count.inventory.ids[i] for i in rests.specimens)
        console.print(plain(f"MNI rests on: {rests.element}{whose}, {zone}: {rests.minimum} ({names})"))
    if count.pairs is not None:
        columns = (
            "L",
            "R",
            "P",
            "Grand minimum",
            "Lincoln",
            "MLNI",
            "Interval",
            "Most probable",
            "95% set",
            "Recovery",
        )
        table = _table("Numbers from pairs", "Element", *columns)
        for row in map(inventory_report.pair_row, count.pairs.elements):
            cells = (row.left, row.right, row.pairs, row.grand_minimum, row.lincoln_index, row.mlni, row.interval)
            table.add_row(plain(row.element), *cells, row.mode, row.highest_set, row.recovery)
        console.print(table)
    for division in count.divisions:
        table = _table(f"By {plain(division.column)}", "Place", "Specimens", "MNI")
        for place in division.places:
            table.add_row(plain(place.place), str(place.specimens), str(place.minimum.value))
        console.print(table)
        console.print(f"MNI if commingled {division.if_commingled}; if nobody lies in two places {division.if_apart}.")
    _print_notes(console, [*notes, *count.notes])


def print_grouping(grouping: Grouping, notes: Sequence[str]) -> None:
    """Print groups and the specimens in doubt."""
    console = Console()
    for sentence in grouping_report.summary_sentences(grouping):
        console.print(sentence)
    table = _table("Groups", "Group", "Specimens")
    groups = [row for row in grouping_report.group_rows(grouping) if len(row.specimens) > 1]
    for row in groups[:MOST_ROWS]:
        table.add_row(str(row.number), plain(", ".join(row.specimens)))
    console.print(table)
    if len(groups) > MOST_ROWS:
        console.print(f"{len(groups) - MOST_ROWS:,} more groups; --json and --out list them.")
    uncertain = [row for row in grouping_report.place_rows(grouping) if row.is_uncertain]
    if uncertain:
        table = _table("Could nearly as well be elsewhere", "Specimen", "Group", "Could be", "Loss (log10)")
        for place in uncertain[:MOST_ROWS]:
            table.add_row(plain(place.specimen), str(place.group), plain(place.elsewhere), place.loss)
        console.print(table)
    _print_notes(console, notes)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for i, column in enumerate(columns):
        words = i == 0 or column in ("Specimens", "Could be")
        table.add_column(column, justify="left" if words else "right")
    return table


def _print_notes(console: Console, notes: Sequence[str]) -> None:
    for note in dict.fromkeys(notes):
        console.print(f"Note: {plain(note)}")
