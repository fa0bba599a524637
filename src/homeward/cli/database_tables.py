"""Frequency databases and kits as tables in a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.genetics.databases.frequencies import FrequencyDatabase
from homeward.genetics.databases.kits import KitMarker, MarkerType


def print_databases(databases: Sequence[FrequencyDatabase], kits: Mapping[str, Sequence[KitMarker]]) -> None:
    """Print the populations with their size, and the kits with their markers."""
    console = Console()
    table = Table(title="Frequency databases", title_justify="left")
    for column in ("Database", "Population", "People", "Loci"):
        table.add_column(column, justify="right" if column in ("People", "Loci") else "left")
    for i, one in enumerate(databases):
        first = i == 0 or databases[i - 1].name != one.name
        people = "not given" if one.n_people is None else f"{one.n_people:,}"
        table.add_row(plain(one.name) if first else "", plain(one.population), people, str(len(one.loci)))
    console.print(table)
    listed = Table(title="Kits and core sets", title_justify="left")
    for column in ("Kit", "Autosomal", "Y", "Others"):
        listed.add_column(column, justify="left" if column == "Kit" else "right")
    for name, markers in kits.items():
        numbers = {kind: sum(marker.type is kind for marker in markers) for kind in MarkerType}
        others = len(markers) - numbers[MarkerType.AUTOSOMAL] - numbers[MarkerType.Y]
        listed.add_row(plain(name), str(numbers[MarkerType.AUTOSOMAL]), str(numbers[MarkerType.Y]), str(others))
    console.print(listed)
    console.print('Frequencies and source of one: homeward database show "NIST 1036" --population "US Asian"')


def print_database(chosen: FrequencyDatabase, loci: Sequence[str], notes: Sequence[str]) -> None:
    """Print the source of a database and the alleles of its loci."""
    console = Console()
    console.print(f"[bold]{plain(chosen.title)}[/bold]")
    console.print(f"{plain(chosen.source)}\nTerms: {plain(chosen.licence)}")
    table = Table(show_lines=len(loci) > 1)
    for column in ("Locus", "Alleles counted", "Frequencies"):
        table.add_column(column, justify="right" if column == "Alleles counted" else "left")
    for name in loci:
        locus = chosen.loci[name]
        listed = "  ".join(f"{a}={f:.4g}" for a, f in zip(locus.alleles, locus.frequencies, strict=True))
        table.add_row(plain(name), "not given" if locus.n_counted is None else str(locus.n_counted), plain(listed))
    console.print(table)
    for note in notes:
        console.print(f"Note: {plain(note)}")
