"""The command that sorts bones: sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from homeward.cli.analyses import JsonOption, OutOption, as_text, say_written, write_results
from homeward.cli.tables import MOST_ROWS, plain
from homeward.core.errors import ProblemLog
from homeward.osteology.sorting.results import Keep
from homeward.osteology.sorting.settings import Density, Method, SortSettings

if TYPE_CHECKING:
    from homeward.core.provenance import InputFile
    from homeward.osteology.reference import ReferenceSample
    from homeward.osteology.sorting.explain import PairExplanation
    from homeward.osteology.sorting.results import Sorting
    from homeward.osteology.specimens import Specimens

DEFAULTS = SortSettings()


class MethodChoice(StrEnum):
    """What is compared; all are pairs, articulations and regressions."""

    PAIR = "pair"
    ARTICULATION = "articulation"
    REGRESSION = "regression"
    MULTIVARIATE = "multivariate"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the table: bones, reference, and what was said while reading."""

    specimens: Specimens
    reference: ReferenceSample
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]


def sort(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Measured bones, a line each, as CSV or spreadsheet.")],
    reference: Annotated[
        list[Path], typer.Option(metavar="REF", help="Bones of people who are known; may be given several times.")
    ],
    method: Annotated[
        MethodChoice, typer.Option(help="What to compare; all: pairs, articulations and regressions.")
    ] = MethodChoice.ALL,
    alpha: Annotated[float, typer.Option(help="A pair with a p-value of at most this is excluded.")] = DEFAULTS.alpha,
    tails: Annotated[int, typer.Option(help="Of the test of signed differences: 1 or 2.")] = DEFAULTS.tails,
    absolute: Annotated[
        bool, typer.Option("--absolute", help="Sum absolute differences, which do not cancel.")
    ] = False,
    zero_mean: Annotated[
        bool, typer.Option("--zero-mean", help="Take the mean difference of one person's bones as 0.")
    ] = False,
    yeo_johnson: Annotated[
        bool, typer.Option("--yeo-johnson", help="Transform differences with a power fitted to the reference.")
    ] = False,
    density: Annotated[Density, typer.Option(help="Of the likelihood ratio.")] = DEFAULTS.density,
    left_out: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON:ELEMENT:SIDE", help="A bone of the reference to leave out; several times."),
    ] = None,
    keep: Annotated[
        Keep, typer.Option(help="Pairs to list besides the counts; not-excluded or none for large assemblages.")
    ] = Keep.ALL,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Explain one pair only; ids, or id:element:side where ids repeat."),
    ] = None,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Say which bones are excluded from being of one person and which cannot be, by their measurements."""
    from homeward.cli.progress import shown_progress
    from homeward.osteology.sorting.explain import explain_pair
    from homeward.osteology.sorting.sort import USUAL_METHODS, sort_bones
    from homeward.reports.sort_document import explanation_document, sort_document
    from homeward.reports.sort_report import sort_page

    settings = SortSettings(
        alpha=alpha, tails=tails, absolute=absolute, zero_mean=zero_mean, yeo_johnson=yeo_johnson, density=density
    )
    bench = _read(file, reference, left_out or (), settings)
    methods = USUAL_METHODS if method is MethodChoice.ALL else (Method(method.value),)
    explanation = None
    if pair is not None:
        explanation = explain_pair(bench.specimens, bench.reference, pair, methods=methods, settings=settings)
        bench = Bench(explanation.bones, bench.reference, bench.inputs, bench.notes)
    with shown_progress() as progress:
        result = sort_bones(
            bench.specimens, bench.reference, methods=methods, settings=settings, keep=keep, progress=progress
        )
    if explanation is None:
        document = sort_document(result, bench.specimens, bench.reference, bench.inputs, bench.notes)
    else:
        document = explanation_document(explanation, bench.reference, bench.inputs, bench.notes)
    if out is not None:
        page = sort_page(result, bench.specimens, bench.reference, bench.inputs, bench.notes, explanation)
        write_results(out, {"report.html": page, "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
        return
    _print(result, bench, explanation)
    say_written(out)


def _read(file: Path, references: Sequence[Path], left_out: Sequence[str], settings: SortSettings) -> Bench:
    """Read bones and reference; InputError lists what is wrong with either and with the settings."""
    from homeward.formats.osteometric import read_reference, read_specimens  # type: ignore[import-untyped]
    from homeward.osteology.sorting.left_out import leave_out
    from homeward.osteology.sorting.settings import check_settings

    log = ProblemLog()
    measured = reference = None
    with log.collecting():
        check_settings(settings)
    with log.collecting():
        measured = read_specimens(file)
    with log.collecting():
        reference = leave_out(read_reference(references), left_out)
    log.raise_if_any()
    assert measured is not None  # noqa: S101
    assert reference is not None  # noqa: S101
    notes = [*measured.notes]
    notes += [f"{n} measurements were not taken: {reason}." for reason, n in measured.not_taken.items() if n]
    notes += [f"Left out of the reference: {bone}." for bone in left_out]
    return Bench(measured.specimens, reference, (measured.input,), tuple(notes))


def _print(result: Sorting, bench: Bench, explanation: PairExplanation | None) -> None:
    """Print counts, the pairs that cannot be excluded, or one pair explained."""
    from homeward.osteology.sorting.settings import chosen_version
    from homeward.reports.sort_report import explained_sections, pair_rows

    console = Console()
    if explanation is None:
        console.print(_comparison_table(result))
        rows = pair_rows(result, bench.specimens, MOST_ROWS)
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
    for note in dict.fromkeys([*bench.notes, *result.notes]):
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
