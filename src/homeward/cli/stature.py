"""The command that estimates stature from bones: stature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.analyses import JsonOption, OutOption, as_text, say_written, write_results
from homeward.core.errors import ProblemLog
from homeward.osteology.stature_choices import LEVEL, RECORD_ERROR, AgeCorrection, Form, Rounding, age_loss_cm

if TYPE_CHECKING:
    from homeward.core.provenance import InputFile
    from homeward.osteology.populations import Population
    from homeward.osteology.reference import ReferenceSample
    from homeward.osteology.specimens import Specimens
    from homeward.osteology.stature_equations import PublishedLine
    from homeward.osteology.stature_results import Comparison, StatureChoices, StatureResult

INDIVIDUAL_COLUMN = "individual"
SHORTEST_CM, TALLEST_CM = 100.0, 250.0
"""Statures on record outside this are refused: they are typing errors or in inches."""


class SexChoice(StrEnum):
    """Sex of the people that a published equation is for."""

    M = "m"
    F = "f"


@dataclass(frozen=True, slots=True)
class Bench:
    """What lies on the table: bones, whose they are, what stature is estimated from, and what was said on reading."""

    specimens: Specimens
    individuals: tuple[str, ...]
    reference: ReferenceSample | None
    lines: tuple[PublishedLine, ...]
    inputs: tuple[InputFile, ...]
    notes: tuple[str, ...]


def stature(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Measured bones, a line each, as CSV or spreadsheet.")],
    reference: Annotated[
        list[Path] | None,
        typer.Option(metavar="REF", help="Bones of people whose stature is known; may be given several times."),
    ] = None,
    equations: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="Published equations: trotter-gleser-1952, trotter-gleser-1958, trotter-1970, ousley-1995 or "
            "genoves-1967.",
        ),
    ] = None,
    group: Annotated[
        str | None, typer.Option(help="Group that the equations are for, in the words of their authors.")
    ] = None,
    sex: Annotated[SexChoice | None, typer.Option(help="Sex that the equations are for.")] = None,
    measurement: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Measurement to use with a reference, such as Fem_01; several times."),
    ] = None,
    together: Annotated[bool, typer.Option("--together", help="All bones of the file are of one person.")] = False,
    form: Annotated[Form, typer.Option(help="How several bones of one person are used.")] = Form.MULTIPLE,
    level: Annotated[float, typer.Option(help="Probability content of the intervals.")] = LEVEL,
    bootstrap: Annotated[
        bool, typer.Option("--bootstrap", help="Intervals from residual bootstraps where the reference is small.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the bootstrap.")] = 1,
    tibia_without_malleolus: Annotated[
        bool,
        typer.Option("--tibia-without-malleolus", help="The tibiae were measured without it, as Trotter did."),
    ] = False,
    age: Annotated[float | None, typer.Option(metavar="YEARS", help="Age for which stature is wanted.")] = None,
    age_correction: Annotated[
        AgeCorrection, typer.Option(help="What age takes off; nothing unless chosen.")
    ] = AgeCorrection.NONE,
    recorded: Annotated[
        float | None, typer.Option(metavar="CM", help="A stature on record to weigh the bones against.")
    ] = None,
    recorded_sd: Annotated[float, typer.Option(metavar="CM", help="Error of the record, without rounding.")] = 0.0,
    rounding: Annotated[Rounding, typer.Option(help="To what the record was rounded.")] = Rounding.NONE,
    recorded_age: Annotated[float | None, typer.Option(metavar="YEARS", help="Age when it was recorded.")] = None,
    growth: Annotated[
        tuple[float, float], typer.Option(metavar="CM SD", help="Expected growth from then until death, and its sd.")
    ] = (0.0, 0.0),
    population: Annotated[
        tuple[float, float] | None,
        typer.Option(metavar="MEAN SD", help="Statures of those the bones could be of otherwise, in cm."),
    ] = None,
    people: Annotated[
        Path | None,
        typer.Option(
            "--list", metavar="FILE", help="The same as a list: CSV with a column stature_cm, one person a line."
        ),
    ] = None,
    record_error: Annotated[float, typer.Option(help="Chance that the record is wrong altogether.")] = RECORD_ERROR,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Estimate stature from one or several bones, by published equations or by regression on a reference.

    With a column 'individual' in FILE, or with --together, bones of one person are used together.
    """
    from homeward.cli.stature_tables import print_statures
    from homeward.osteology.profile_settings import ProfileSettings
    from homeward.osteology.stature_results import StatureChoices
    from homeward.reports.stature_document import stature_document
    from homeward.reports.stature_report import stature_page

    choices = StatureChoices(
        form=form,
        bootstrap=bootstrap,
        seed=seed,
        tibia_without_malleolus=tibia_without_malleolus,
        age_years=age,
        age_correction=age_correction,
        settings=ProfileSettings(level=level, record_error=record_error),
    )
    log = ProblemLog()
    bench = comparison = None
    with log.collecting():
        _check(choices)
    with log.collecting():
        bench = _read(file, reference or (), equations, group, sex, measurement or ())
    with log.collecting():
        comparison = _comparison(
            recorded, recorded_sd, rounding, recorded_age, growth, age_correction, population, people
        )
    log.raise_if_any()
    assert bench is not None  # noqa: S101
    result = _estimate(bench, choices, comparison, measurement or (), together)
    document = stature_document(result, bench.specimens, bench.reference, bench.inputs, bench.notes)
    if out is not None:
        page = stature_page(result, bench.reference, bench.inputs, bench.notes)
        write_results(out, {"report.html": page, "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
        return
    print_statures(result, bench.notes)
    say_written(out)


def _check(choices: StatureChoices) -> None:
    from homeward.osteology.profile_settings import check_profile_settings
    from homeward.osteology.stature_results import check_choices

    log = ProblemLog()
    with log.collecting():
        check_profile_settings(choices.settings)
    with log.collecting():
        check_choices(choices)
    log.raise_if_any()


def _read(
    file: Path,
    references: Sequence[Path],
    equations: str | None,
    group: str | None,
    sex: SexChoice | None,
    codes: Sequence[str],
) -> Bench:
    """Read bones and reference, or choose equations; InputError lists what is wrong with all of them."""
    from homeward.formats.osteometric import check_any_measured, read_reference, read_specimens
    from homeward.osteology.stature import check_has_statures
    from homeward.osteology.stature_equations import choose_lines

    log = ProblemLog()
    measured = reference = None
    lines: tuple[PublishedLine, ...] = ()
    if bool(references) == bool(equations):
        log.add(
            "Stature is estimated either from a reference or by published equations.",
            where="--reference and --equations",
            fix="Give one of them.",
        )
    if equations and codes:
        fix = "Leave it out; equations say themselves what they are for."
        log.add("Measurements are chosen for a reference only.", where="--measurement", fix=fix)
    with log.collecting():
        measured = read_specimens(file)
        check_any_measured(measured)
    with log.collecting():
        if references:
            reference = read_reference(references)
            check_has_statures(reference)
    with log.collecting():
        if equations:
            lines = choose_lines(equations, group=group and group.lower(), sex=sex and sex.value)
    log.raise_if_any()
    assert measured is not None  # noqa: S101
    notes = [*measured.notes]
    notes += [f"Not taken as measurements: {n} cells ({reason})." for reason, n in measured.not_taken.items() if n]
    named = {name.casefold(): values for name, values in measured.extra.items()}
    return Bench(
        measured.specimens,
        tuple(named.get(INDIVIDUAL_COLUMN, ())),
        reference,
        lines,
        (measured.input,),
        tuple(notes),
    )


def _comparison(
    recorded: float | None,
    recorded_sd: float,
    rounding: Rounding,
    recorded_age: float | None,
    growth: tuple[float, float],
    age_correction: AgeCorrection,
    population: tuple[float, float] | None,
    people: Path | None,
) -> Comparison | None:
    """What the bones are weighed against, None if there is no stature on record."""
    from homeward.osteology.stature_evidence import RecordedStature
    from homeward.osteology.stature_results import Comparison

    log = ProblemLog()
    whom: Population | None = None
    if recorded is None:
        if population is not None or people is not None:
            fix = "Give it with --recorded."
            log.add("Without a stature on record there is no one to weigh.", where="--population and --list", fix=fix)
            log.raise_if_any()
        return None
    if not SHORTEST_CM <= recorded <= TALLEST_CM:
        log.add(
            f"{recorded:g} is no stature of an adult in centimetres.",
            where="--recorded",
            fix=f"Give it in cm, from {SHORTEST_CM:g} to {TALLEST_CM:g}; an inch is 2.54 cm.",
        )
    for option, value in (("--recorded-sd", recorded_sd), ("--growth", growth[1])):
        if not 0.0 <= value <= 100.0:
            log.add(f"An sd of {value:g} cm cannot be.", where=option, fix="Give 0 or more.")
    if (population is None) == (people is None):
        log.add(
            "A likelihood ratio needs the people that the bones could be of otherwise.",
            where="--population and --list",
            fix="Give one of them: mean and sd, or a list.",
        )
    with log.collecting():
        whom = _population(population, people)
    log.raise_if_any()
    assert whom is not None  # noqa: S101
    loss = 0.0 if recorded_age is None else age_loss_cm(recorded_age, age_correction)
    return Comparison(RecordedStature(recorded, recorded_sd, rounding, recorded_age, *growth, loss), whom)


def _population(population: tuple[float, float] | None, people: Path | None) -> Population | None:
    from homeward.formats.listed_values import read_listed_values
    from homeward.osteology.populations import NormalPopulation

    if people is not None:
        return read_listed_values(people, "stature_cm", low=SHORTEST_CM, high=TALLEST_CM).population
    return None if population is None else NormalPopulation(*population)


def _estimate(
    bench: Bench,
    choices: StatureChoices,
    comparison: Comparison | None,
    codes: Sequence[str],
    together: bool,
) -> StatureResult:
    from homeward.osteology.stature import from_published_lines, from_reference, subjects_of
    from homeward.osteology.stature_equations import LENGTHS

    if bench.reference is None:
        subjects = subjects_of(bench.specimens, LENGTHS, individuals=bench.individuals, together=together)
        return from_published_lines(subjects, bench.lines, choices, comparison)
    subjects = subjects_of(bench.specimens, codes or LENGTHS, individuals=bench.individuals, together=together)
    return from_reference(subjects, bench.reference, choices, comparison)
