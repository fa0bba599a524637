"""Power as tables in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.genetics.panel import Panel
from homeward.genetics.prediction import PredictedGenotypes
from homeward.genetics.simulation.lr_power import Power
from homeward.identification.numbers import format_count, format_log10, format_posterior
from homeward.identification.power_results import ComparisonPower, MissingPower, PowerResult
from homeward.identification.power_words import (
    comparison_sentences,
    missing_sentences,
    reached_words,
    set_name,
    settings_sentence,
)

COLUMNS = ("log10 LR", "5 to 95 %", "Reached", "By chance", "Excluded", "Loci")
"""What :func:`power_cells` says; the sentence under the tables explains it."""


def print_power(result: PowerResult) -> None:
    """Print how informative each family is, who should be sampled next, or how well two pedigrees can be told apart."""
    console = Console()
    console.print(f"[bold]{plain(result.case.title)}[/bold]")
    for one in result.missing:
        console.print()
        console.print(_missing_table(one, result))
        for sentence in missing_sentences(one, result):
            console.print(plain(sentence))
    if len(result.missing) == 1:
        console.print()
        console.print(_predicted_table(result.missing[0].predicted, result.case.panel, result.missing[0].missing))
    if result.comparison is not None:
        console.print(_comparison_table(result.comparison, result))
        for sentence in comparison_sentences(result.comparison, result):
            console.print(plain(sentence))
    for note in result.notes:
        console.print(f"Note: {plain(note)}")
    console.print(plain(settings_sentence(result)), style="dim")


def power_cells(power: Power, result: PowerResult) -> list[str]:
    """Return the figures of one power as text, in the order of ``COLUMNS``."""
    low, high = power.quantiles_h1[[0, -1]].tolist()
    return [
        format_log10(power.total_expected_log10_lr),
        f"{format_log10(low, decimals=1)} \N{EN DASH} {format_log10(high, decimals=1)}",
        reached_words(power, result),
        format_posterior(power.chance_inclusion(result.settings.log10_threshold)[0]),
        format_posterior(power.total_exclusion_power),
        f"{power.expected_exclusions:.2f}",
    ]


def _missing_table(one: MissingPower, result: PowerResult) -> Table:
    typed = ", ".join(one.typed) or "nobody"
    table = Table(
        title=f"{plain(one.missing)} of family {plain(one.family.id)}; typed: {plain(typed)}", title_justify="left"
    )
    table.add_column("Sampled next", min_width=8)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    for of in one.sets:
        table.add_row(plain(set_name(of)), *power_cells(of.power, result))
    return table


def _comparison_table(one: ComparisonPower, result: PowerResult) -> Table:
    table = Table(title=f"{plain(one.h1)} (H1) against {plain(one.h2)} (H2)", title_justify="left")
    table.add_column("Typed")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    table.add_row(plain(", ".join(one.people)), *power_cells(one.power, result))
    return table


def _predicted_table(predicted: tuple[PredictedGenotypes, ...], panel: Panel, missing: str) -> Table:
    table = Table(title=f"Most probable genotypes of {plain(missing)}", title_justify="left")
    table.add_column("Locus")
    for column in ("Most probable", "Second"):
        table.add_column(column)
        table.add_column("Probability", justify="right")
    table.add_column("Possible", justify="right")
    for locus, of in zip(panel.loci, predicted, strict=True):
        cells = []
        for place in range(2):
            if place < len(of.probability):
                pair = ", ".join(locus.allele_name(int(i)) for i in of.alleles[place])
                cells += [pair, format_posterior(float(of.probability[place]))]
            else:
                cells += ["", ""]
        table.add_row(plain(of.locus), *map(plain, cells), format_count(len(of.probability)))
    return table
