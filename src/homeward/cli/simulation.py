"""The command that makes a synthetic case of known truth: simulate."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.analyses import JsonOption, ParquetOption
from homeward.core.errors import ProblemLog
from homeward.genetics.simulation.options import SimulationOptions

if TYPE_CHECKING:
    from homeward.genetics.simulation.simulated_case import SimulatedCase

DEFAULTS = SimulationOptions(missing=1, samples=1)

OutArgument = Annotated[
    Path, typer.Argument(metavar="OUT", help="A new or empty folder, which becomes the case folder.")
]
TruthOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Where to write whose each sample is.", show_default="OUT-truth.csv, beside OUT"),
]
MissingOption = Annotated[int, typer.Option(help="Number of missing persons.")]
SamplesOption = Annotated[int, typer.Option(help="Number of samples.")]
SeedOption = Annotated[int, typer.Option(help="The same seed and options give the same files.")]
PopulationOption = Annotated[str, typer.Option(help="Population of the NIST 1036 database.")]
MutationOption = Annotated[str, typer.Option(help="How alleles mutate, none or stepwise.")]
MaleOption = Annotated[float, typer.Option(help="Share of men among the missing.")]
PartialDonorsOption = Annotated[float, typer.Option(help="Share of donors typed with an older kit of 15 loci.")]
StrangersOption = Annotated[float, typer.Option(help="Share of samples that come from nobody who is missing.")]
SamplesPerPersonOption = Annotated[
    float, typer.Option(help="Mean number of samples of each person of whom there is one.")
]
DegradedOption = Annotated[float, typer.Option(help="Share of samples that are degraded.")]
DropoutOption = Annotated[float, typer.Option(help="Chance that an allele of a degraded sample is not seen.")]
LeastFailureOption = Annotated[float, typer.Option(help="Least chance that a locus of a degraded sample fails.")]
MostFailureOption = Annotated[float, typer.Option(help="Greatest chance that a locus of a degraded sample fails.")]


def simulate(
    out: OutArgument,
    missing: MissingOption,
    samples: SamplesOption,
    seed: SeedOption = DEFAULTS.seed,
    population: PopulationOption = DEFAULTS.population,
    mutation: MutationOption = DEFAULTS.mutation,
    male: MaleOption = DEFAULTS.male,
    partial_donors: PartialDonorsOption = DEFAULTS.partial_donors,
    strangers: StrangersOption = DEFAULTS.strangers,
    samples_per_person: SamplesPerPersonOption = DEFAULTS.samples_per_person,
    degraded: DegradedOption = DEFAULTS.degraded,
    dropout: DropoutOption = DEFAULTS.dropout,
    least_failure: LeastFailureOption = DEFAULTS.least_failure,
    most_failure: MostFailureOption = DEFAULTS.most_failure,
    truth: TruthOption = None,
    parquet: ParquetOption = False,
    as_json: JsonOption = False,
) -> None:
    """Make a synthetic case in which it is known whose each sample is, to measure searches with.

    The case becomes a case folder; the truth is written beside it. docs/simulation.md says how both are made.
    """
    from homeward.cli.progress import shown_progress
    from homeward.genetics.simulation.option_rules import check_options
    from homeward.genetics.simulation.simulated_case import simulate_case

    options = SimulationOptions(
        missing=missing,
        samples=samples,
        seed=seed,
        population=population,
        mutation=mutation,
        male=male,
        partial_donors=partial_donors,
        strangers=strangers,
        samples_per_person=samples_per_person,
        degraded=degraded,
        dropout=dropout,
        least_failure=least_failure,
        most_failure=most_failure,
    )
    truth = Path(f"{out}-truth.csv") if truth is None else truth
    log = ProblemLog()
    with log.collecting():
        check_options(options)
    _check_places(out, truth, log)
    log.raise_if_any()
    with shown_progress() as progress:
        simulated = simulate_case(options, progress=progress)
        progress("Writing the case", 0, 1)
        _write(simulated, out, truth, parquet)
    if as_json:
        typer.echo(json.dumps(_document(simulated, out, truth), indent=2, ensure_ascii=False))
    else:
        case = simulated.case
        typer.echo(
            f"Written: {out} ({len(case.missing_ids):,} missing persons in {len(case.families):,} families, "
            f"{len(case.samples):,} samples, {len(case.panel)} loci)"
        )
        typer.echo(f"Whose each sample is: {truth}")


def _check_places(out: Path, truth: Path, log: ProblemLog) -> None:
    """Refuse, before anything is computed, places that cannot be written to or hold something."""
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            log.add("There is something here already.", where=str(out), fix="Name a new or an empty folder.")
        if truth.exists():
            log.add("There is something here already.", where=str(truth), fix="Name a new file with --truth.")
        for parent in dict.fromkeys((out.parent, truth.parent)):
            if not parent.is_dir():
                log.add("There is no such folder.", where=str(parent), fix="Make it first, or name another one.")
    except OSError as error:
        log.add(
            f"This place cannot be looked at: {error.strerror}.", where=str(error.filename), fix="Name another one."
        )
    if truth.resolve().is_relative_to(out.resolve()):
        log.add(
            "The truth would stand inside the case folder, where it does not belong.",
            where=str(truth),
            fix="Name a file outside the case folder with --truth.",
        )


def _write(simulated: SimulatedCase, out: Path, truth: Path, parquet: bool) -> None:
    """Write truth and case, or neither."""
    from homeward.formats.atomic import write_file
    from homeward.formats.case_folder_writer import write_case_folder
    from homeward.genetics.simulation.truth import truth_table

    write_file(truth, truth_table(simulated.truth))
    try:
        write_case_folder(simulated.case, out, parquet=parquet)
    except BaseException:
        truth.unlink(missing_ok=True)
        raise


def _document(simulated: SimulatedCase, out: Path, truth: Path) -> dict[str, Any]:
    """Return what --json prints; the keys are described in docs/json-results.md."""
    case = simulated.case
    return {
        "homeward": __version__,
        "written": str(out),
        "truth": str(truth),
        "missing": len(case.missing_ids),
        "families": len(case.families),
        "samples": len(case.samples),
        "loci": len(case.panel),
    }
