"""The command that checks families before they are used: check."""

from __future__ import annotations

from typing import Annotated

import typer

from homeward.cli.analyses import (
    CaseArgument,
    JsonOption,
    MinimumFrequencyOption,
    OutOption,
    RescaleOption,
    as_text,
    read_content,
    say_written,
    write_results,
)
from homeward.identification.checking.settings import CheckSettings

DEFAULTS = CheckSettings()
EXIT_SERIOUS = 1

FamilyOption = Annotated[
    list[str] | None,
    typer.Option("--family", metavar="ID", help="Check this family only; may be given several times."),
]
PairsOption = Annotated[bool, typer.Option("--pairs", help="Also list the pairs without a finding.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="End with exit code 1 if a finding is serious.")]
SimulationsOption = Annotated[int, typer.Option(help="Pairs simulated behind each p-value, 99 at least.")]
SeedOption = Annotated[int, typer.Option(help="Seed of the simulations.")]
CheckMinLociOption = Annotated[int, typer.Option(help="Fewest loci at which both of a pair must be typed.")]


def check(
    case: CaseArgument,
    family: FamilyOption = None,
    pairs: PairsOption = False,
    strict: StrictOption = False,
    as_json: JsonOption = False,
    out: OutOption = None,
    min_loci: CheckMinLociOption = DEFAULTS.min_loci,
    simulations: SimulationsOption = DEFAULTS.simulations,
    seed: SeedOption = DEFAULTS.seed,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
) -> None:
    """Check families before use: inheritance, sexes, pairs, duplicates, and what one correction explains.

    Findings are not errors: the exit code is 0 unless --strict is given.
    """
    from homeward.cli.check_tables import print_check
    from homeward.cli.progress import shown_progress
    from homeward.identification.checking.check import check_case
    from homeward.reports.check_document import check_document

    settings = CheckSettings(min_loci=min_loci, simulations=simulations, seed=seed)
    content = read_content(case, minimum_frequency, rescale_frequencies)
    with shown_progress() as progress:
        result = check_case(content, settings, families=family or (), progress=progress)
    document = check_document(result)
    if out is not None:
        from homeward.reports.check_report import check_page

        write_results(out, {"report.html": check_page(result), "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
    else:
        print_check(result, all_pairs=pairs)
        say_written(out)
    if strict and result.is_serious:
        raise typer.Exit(EXIT_SERIOUS)
