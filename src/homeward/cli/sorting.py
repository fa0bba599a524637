"""The command that sorts bones: sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.analyses import JsonOption, OutOption, as_text, say_written, write_results
from homeward.core.errors import ProblemLog
from homeward.osteology.sorting.choices import ALPHA, DENSITY, TAILS, Density, Keep, Method

if TYPE_CHECKING:
    from homeward.core.provenance import InputFile
    from homeward.osteology.reference import ReferenceSample
    from homeward.osteology.sorting.settings import SortSettings
    from homeward.osteology.specimens import Specimens


class MethodChoice(StrEnum):
    """What is compared; all are pairs, articulations and regressions."""

    PAIR = "pair"
    ARTICULATION = "articulation"
    REGRESSION = "regression"
    MULTIVARIATE = "multivariate"
    Z_TRANSFORM = "z-transform"
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
    alpha: Annotated[float, typer.Option(help="A pair with a p-value of at most this is excluded.")] = ALPHA,
    tails: Annotated[int, typer.Option(help="Of the test of signed differences: 1 or 2.")] = TAILS,
    absolute: Annotated[
        bool, typer.Option("--absolute", help="Sum absolute differences, which do not cancel.")
    ] = False,
    zero_mean: Annotated[
        bool, typer.Option("--zero-mean", help="Take the mean difference of one person's bones as 0.")
    ] = False,
    yeo_johnson: Annotated[
        bool, typer.Option("--yeo-johnson", help="Transform differences with a power fitted to the reference.")
    ] = False,
    density: Annotated[Density, typer.Option(help="Of the likelihood ratio.")] = DENSITY,
    left_out: Annotated[
        list[str] | None,
        typer.Option(metavar="PERSON:ELEMENT:SIDE", help="A bone of the reference to leave out; several times."),
    ] = None,
    keep: Annotated[
        Keep, typer.Option(help="Pairs to list besides the counts; not-excluded or none for large assemblages.")
    ] = Keep.ALL,
    parquet: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write the pairs to Parquet files in this new folder, and list none of them."),
    ] = None,
    pair: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="Explain one pair only; ids, or id:element:side where ids repeat."),
    ] = None,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Say which bones are excluded from being of one person and which cannot be, by their measurements."""
    from homeward.cli.progress import shown_progress
    from homeward.cli.sort_tables import print_sorting
    from homeward.osteology.sorting.explain import explain_pair
    from homeward.osteology.sorting.settings import SortSettings
    from homeward.osteology.sorting.sort import USUAL_METHODS, sort_bones
    from homeward.reports.sort_document import PairsFolder, explanation_document, sort_document
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
            bench.specimens,
            bench.reference,
            methods=methods,
            settings=settings,
            keep=keep,
            receive=None if parquet is None else PairsFolder(parquet, bench.specimens).write,
            progress=progress,
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
    print_sorting(result, bench.specimens, bench.notes, explanation)
    say_written(out)
    if parquet is not None:
        typer.echo(f"Written: {parquet}")


def _read(file: Path, references: Sequence[Path], left_out: Sequence[str], settings: SortSettings) -> Bench:
    """Read bones and reference; InputError lists what is wrong with either and with the settings."""
    from homeward.formats.osteometric import check_any_measured, read_reference, read_specimens
    from homeward.osteology.sorting.left_out import leave_out
    from homeward.osteology.sorting.settings import check_settings

    log = ProblemLog()
    measured = reference = None
    with log.collecting():
        check_settings(settings)
    with log.collecting():
        measured = read_specimens(file)
        check_any_measured(measured)
    with log.collecting():
        reference = leave_out(read_reference(references), left_out)
    log.raise_if_any()
    assert measured is not None  # noqa: S101
    assert reference is not None  # noqa: S101
    notes = [*measured.notes]
    notes += [f"{n} measurements were not taken: {reason}." for reason, n in measured.not_taken.items() if n]
    notes += [f"Left out of the reference: {bone}." for bone in left_out]
    return Bench(measured.specimens, reference, (measured.input,), tuple(notes))
