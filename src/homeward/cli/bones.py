"""The commands that count bones and put them together: inventory, group."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from homeward.cli.analyses import JsonOption, OutOption, as_text, say_written, write_results
from homeward.core.errors import ProblemLog

InventoryArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="A table with id, element and side of each specimen; zones and age_class if recorded."
    ),
]


class PriorChoice(StrEnum):
    """How the prior 1/(N+1) enters where several elements are multiplied."""

    EACH = "each"
    ONCE = "once"


def inventory(
    file: InventoryArgument,
    pairs: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="A table with the columns left and right: ids of bones that are pairs. Without it the column pair, or "
            "individual, of the inventory is used.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help="Count each box, site, accession ... of this column as well; several times."
        ),
    ] = None,
    prior: Annotated[
        PriorChoice,
        typer.Option(help="Take the prior 1/(N+1) for each element, as published, or once."),
    ] = PriorChoice.EACH,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Say what bones are there and how many people they come from, at least and most probably."""
    from homeward.cli.bone_tables import print_inventory
    from homeward.formats.bone_evidence import PairsFound, pairs_in_columns, read_pairs
    from homeward.formats.inventory_file import read_inventory
    from homeward.osteology.counting import count_inventory
    from homeward.osteology.number_posterior import Prior
    from homeward.reports.inventory_document import inventory_document
    from homeward.reports.inventory_report import inventory_page

    read = read_inventory(file)
    log = ProblemLog()
    found = PairsFound(None, (), ())
    with log.collecting():
        found = pairs_in_columns(read.inventory) if pairs is None else read_pairs(pairs, read.inventory)
    wanted = Prior.EACH_ELEMENT if prior is PriorChoice.EACH else Prior.ONCE
    with log.collecting():
        count = count_inventory(read.inventory, pairs=found.pairs, by=by or (), prior=wanted)
    log.raise_if_any()
    inputs = (read.input, *found.inputs)
    notes = (*read.notes, *found.notes)
    document = inventory_document(count, inputs, notes)
    if out is not None:
        page = inventory_page(count, file.name, inputs, notes)
        write_results(out, {"report.html": page, "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
        return
    print_inventory(count, notes)
    say_written(out)


def group(
    file: InventoryArgument,
    evidence: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="A table with a, b (ids) and log10_lr (a number, must or cannot); kind and reason if wanted; "
            "or the folder of sort --parquet. Several times.",
        ),
    ],
    people: Annotated[
        int | None,
        typer.Option(
            min=2,
            help="How many people there could be: prior odds of a pair 1/(N-1). Without it, even.",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the search in large parts; the same gives the same.")] = 1,
    as_json: JsonOption = False,
    out: OutOption = None,
) -> None:
    """Put bones together into individuals, from evidence about pairs of them."""
    from homeward.cli.bone_tables import print_grouping
    from homeward.cli.progress import shown_progress
    from homeward.formats.bone_evidence import read_evidence
    from homeward.formats.inventory_file import read_inventory
    from homeward.osteology.grouping.individuals import group_specimens
    from homeward.reports.grouping_document import grouping_document
    from homeward.reports.grouping_report import grouping_page

    read = read_inventory(file)
    findings, inputs, said = read_evidence(evidence, read.inventory)
    notes = (*read.notes, *said)
    prior_log10_odds = 0.0 if people is None else -math.log10(people - 1)
    with shown_progress() as progress:
        grouping = group_specimens(
            read.inventory, findings, prior_log10_odds=prior_log10_odds, seed=seed, progress=progress
        )
    inputs = (read.input, *inputs)
    document = grouping_document(grouping, inputs, notes, prior_log10_odds)
    if out is not None:
        page = grouping_page(grouping, file.name, inputs, notes, prior_log10_odds)
        write_results(out, {"report.html": page, "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
        return
    print_grouping(grouping, notes)
    say_written(out)
