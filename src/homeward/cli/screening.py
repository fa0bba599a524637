"""The command that compares everyone with everyone: screen."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from homeward.cli.analyses import (
    CaseArgument,
    InconsistenciesOption,
    JsonOption,
    MinimumFrequencyOption,
    RaiseRareOption,
    RescaleOption,
    SexErrorOption,
    SexOption,
    as_text,
    read_content,
)
from homeward.core.errors import ProblemLog
from homeward.identification.policy import policy_of
from homeward.identification.screen_policy import Against, ScreenPolicy

if TYPE_CHECKING:
    from homeward.identification.screen import Means
    from homeward.identification.screen_parts import PartsFolder

DEFAULTS = ScreenPolicy()


class DeviceName(StrEnum):
    """Where scores are summed."""

    CPU = "cpu"
    CUDA = "cuda"


AgainstOption = Annotated[
    Against,
    typer.Option(
        help="What samples are compared with: families; samples, to find two of one person; kin, to find samples "
        "that are siblings or parent and child; staff, to find contamination."
    ),
]
TopOption = Annotated[
    int, typer.Option(min=1, help="Candidates kept for each sample, and for each missing person or other subject.")
]
MinLrOption = Annotated[float, typer.Option(help="Least log10 LR of a candidate; -inf keeps all that --top allows.")]
MinLociOption = Annotated[
    int | None,
    typer.Option(
        help="Fewest loci that a sample must be typed at; others are set aside.",
        show_default=str(DEFAULTS.policy.min_loci),
    ),
]
DeviceOption = Annotated[DeviceName, typer.Option(help="cuda needs an NVIDIA card and PyTorch or CuPy.")]
DaskOption = Annotated[
    str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster to share the work with.")
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Also write the candidates as a Parquet file. Until it is complete, finished work is kept in FILE.parts, "
        "and the same command goes on from there.",
    ),
]
TablesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Keep what was worked out for each family in this file, for the next screen of the case."
    ),
]


def screen(
    case: CaseArgument,
    against: AgainstOption = Against.FAMILIES,
    top: TopOption = DEFAULTS.top,
    min_log10_lr: MinLrOption = DEFAULTS.min_log10_lr,
    as_json: JsonOption = False,
    out: OutOption = None,
    tables: TablesOption = None,
    device: DeviceOption = DeviceName.CPU,
    dask: DaskOption = None,
    sex: SexOption = None,
    sex_error: SexErrorOption = None,
    min_loci: MinLociOption = None,
    max_inconsistencies: InconsistenciesOption = None,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
    raise_rare: RaiseRareOption = False,
) -> None:
    """Compare everyone with everyone and list the candidates, each worked out exactly.

    Concludes nothing: 'homeward resolve' weighs candidates against each other, 'homeward explain' shows one of them
    locus by locus.
    """
    from homeward.cli.progress import shown_progress
    from homeward.cli.screen_tables import print_screen
    from homeward.identification.screen import screen as screen_case
    from homeward.reports.screen_table import screen_document, write_screen

    _check_places(min_log10_lr, out, tables)
    content = read_content(case, minimum_frequency, rescale_frequencies, raise_rare)
    policy = ScreenPolicy(
        top=top,
        min_log10_lr=min_log10_lr,
        policy=policy_of(
            content, sex=sex, sex_error=sex_error, min_loci=min_loci, max_inconsistencies=max_inconsistencies
        ),
    )
    parts = _parts_beside(out)
    means = _means(device, dask, tables, parts)
    with shown_progress() as progress:
        result = screen_case(content, policy, against=against, means=means, progress=progress)
    if out is not None and parts is not None:
        write_screen(result, out)
        parts.discard()
    if as_json:
        typer.echo(as_text(screen_document(result)))
        return
    print_screen(result)
    if out is not None:
        typer.echo(f"Written: {out}")


def _check_places(min_log10_lr: float, out: Path | None, tables: Path | None) -> None:
    """Refuse what cannot work before anything is computed."""
    log = ProblemLog()
    if min_log10_lr != min_log10_lr or min_log10_lr == float("inf"):
        log.add(
            "This is no number that a log10 LR can reach.", where="--min-log10-lr", fix="Give one such as 2 or -inf."
        )
    if out is not None and out.suffix.lower() != ".parquet":
        log.add("The result is a Parquet file.", where=f"--out {out}", fix="Give it a name that ends in .parquet.")
    for option, path in (("--out", out), ("--tables", tables)):
        if path is None:
            continue
        if not path.parent.is_dir():
            log.add("There is no such folder.", where=f"{option} {path}", fix="Make it first, or name another one.")
        elif path.is_dir():
            log.add("There is a folder of this name.", where=f"{option} {path}", fix="Name a file.")
    log.raise_if_any()


def _parts_beside(out: Path | None) -> PartsFolder | None:
    from homeward.identification.screen_parts import PartsFolder

    return None if out is None else PartsFolder(out.with_name(f"{out.name}.parts"))


def _means(device: DeviceName, dask: str | None, tables: Path | None, parts: PartsFolder | None) -> Means:
    """Return what the screen is worked out with; InputError lists what is not to be had."""
    from homeward.genetics.screening.devices import CPU, find_device
    from homeward.genetics.screening.store import TableStore
    from homeward.identification.runners import Runner, Threads, connect_to_dask
    from homeward.identification.screen import Means

    log = ProblemLog()
    place = CPU
    runner: Runner = Threads()
    with log.collecting():
        place = find_device(device)
    with log.collecting():
        if dask is not None:
            runner = connect_to_dask(dask)
    log.raise_if_any()
    # Workers of a cluster stand in folders of their own.
    return Means(place, runner, None if tables is None else TableStore(tables.absolute()), parts)
