"""Explained LRs of pedigrees and what they hang on, in a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from homeward.cli.tables import plain
from homeward.identification.kinship_explanation import KinshipExplanation
from homeward.identification.kinship_sensitivity import KinshipSensitivity
from homeward.identification.numbers import format_genotype, format_log10, lr_in_words
from homeward.reports.kinship_sensitivity_tables import left_out_sentences, sensitivity_tables
from homeward.reports.kinship_words import counted_words, formula_lines, frequency_words, remarks, summary_sentences


def print_kinship_explanation(explanation: KinshipExplanation) -> None:
    """Print one LR locus by locus: genotypes, frequencies, closed form and what each pedigree needs."""
    console = Console()
    name, reference = map(plain, explanation.names)
    console.print(f"\n[bold]{name} against {reference}[/bold]")
    console.print(
        f"LR {lr_in_words(explanation.log10_lr)} (log10 {format_log10(explanation.log10_lr, decimals=4)}).",
        highlight=False,
    )
    for sentence in summary_sentences(explanation):
        console.print(plain(sentence), highlight=False)
    table = Table(title_justify="left", show_lines=True)
    table.add_column("Locus", no_wrap=True)
    for person in explanation.people:
        table.add_column(plain(person), no_wrap=True)
    table.add_column("Frequencies")
    table.add_column("log10 LR", justify="right", no_wrap=True)
    table.add_column("How")
    for locus in explanation.loci:
        if locus.is_typed:
            frequencies = [frequency_words(locus), counted_words(locus)]
            table.add_row(
                plain(locus.locus),
                *(plain(format_genotype(locus.genotypes.get(person))) for person in explanation.people),
                plain("\n".join(line for line in frequencies if line)),
                format_log10(locus.log10_lr, decimals=4),
                plain("\n".join([*remarks(explanation, locus), *formula_lines(locus)])),
            )
    console.print(table)


def print_kinship_sensitivity(sensitivity: KinshipSensitivity) -> None:
    """Print the LRs with one thing changed at a time."""
    console = Console()
    names = sensitivity.names[:-1]
    for part in sensitivity_tables(sensitivity):
        table = Table(title=f"log10 LR by {part.heading[0].lower()}{part.heading[1:]}", title_justify="left")
        table.add_column(part.heading)
        for name in names:
            table.add_column(plain(name), justify="right")
        table.add_column("")
        for row in part.rows:
            values = row.values or ["\N{EN DASH}"] * len(names)
            remark = f"not computed: {row.problem}" if row.problem else "as in the case" if row.is_own else ""
            table.add_row(plain(row.label), *values, plain(remark))
        console.print(table)
    for sentence in left_out_sentences(sensitivity):
        console.print(plain(sentence), highlight=False)
