"""The check of families as tables in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.genetics.relatedness.catalogue import STANDARD_RELATIONSHIPS
from homeward.identification.checking.pairs import PairCheck
from homeward.identification.checking.results import CheckResult, Finding
from homeward.identification.checking.settings import Grade
from homeward.identification.numbers import format_log10, format_posterior
from homeward.reports.check_report import pair_row, summary_sentences

GRADE_STYLE = {Grade.SERIOUS: "bold red", Grade.NOTICE: "yellow"}


def print_check(result: CheckResult, *, all_pairs: bool) -> None:
    """Print findings, the best corrections and, if asked for, every pair within a family."""
    console = Console()
    console.print(f"[bold]{plain(result.case.title)}[/bold]")
    for sentence in summary_sentences(result):
        console.print(sentence)
    console.print()
    for finding in result.findings:
        _print_finding(console, finding)
    if any(family.corrections for family in result.families):
        console.print(_corrections(result))
        console.print(
            "Gain: how much better the correction explains the same profiles than the family as stated. By chance: how "
            f"often any of the {result.n_corrections:,} tried would gain as much if nothing were wrong, at most."
        )
    pairs = [pair for pair in result.pairs.pairs if all_pairs or pair.grade is not None]
    if pairs:
        console.print(_pairs(pairs))
        letters = "; ".join(f"{one.short} {one.name}" for one in STANDARD_RELATIONSHIPS)
        console.print(f"Best: the relationship that fits best, and its log10 LR against the stated one. {letters}.")
    for note in dict.fromkeys([*result.case.notes, *result.notes]):
        console.print(f"Note: {plain(note)}")


def _print_finding(console: Console, finding: Finding) -> None:
    style = GRADE_STYLE[finding.grade]
    where = " and ".join(finding.families)
    console.print(f"[{style}]{finding.grade.value.upper()}[/] {plain(where)}, {finding.kind.value}")
    console.print(f"  {plain(finding.text)}\n")


def _corrections(result: CheckResult) -> Table:
    table = Table(title="What a single correction would explain", title_justify="left")
    for column in ("Family", "Rank", "Correction", "log10 gain", "Loci left", "By chance"):
        table.add_column(column, justify="left" if column in ("Family", "Correction") else "right")
    for family in result.families:
        for one in family.corrections:
            table.add_row(
                plain(family.family.id),
                str(one.rank),
                plain(one.words),
                format_log10(one.log10_gain),
                str(one.errors_left),
                format_posterior(one.bound),
            )
    return table


def _pairs(pairs: list[PairCheck]) -> Table:
    table = Table(title="Pairs", title_justify="left")
    table.add_column("Pair")
    table.add_column("Stated")
    table.add_column("κ0   κ1   κ2", no_wrap=True)
    table.add_column("Best", no_wrap=True)
    table.add_column("log10 LR", justify="right")
    table.add_column("p-value", justify="right", no_wrap=True)
    short = {one.name: one.short for one in STANDARD_RELATIONSHIPS}
    for pair in pairs:
        row = pair_row(pair)
        style = None if pair.grade is None else GRADE_STYLE[pair.grade]
        kappa = " ".join(f"{value:.2f}" for value in pair.kappa)
        cells = (f"{row.first}, {row.second}", row.stated, kappa, short[pair.best], row.best_log10_lr, row.p_value)
        table.add_row(*map(plain, cells), style=style)
    return table
