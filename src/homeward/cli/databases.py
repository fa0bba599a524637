"""The commands about frequency databases and kits: database list, show and panel."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.cli.analyses import JsonOption
from homeward.core.errors import InputError, Problem

if TYPE_CHECKING:
    from homeward.genetics.databases.frequencies import FrequencyDatabase

database = typer.Typer(
    help="Frequency databases and kits: what comes with Homeward, what a file holds, and the panel of a new case.",
    no_args_is_help=True,
)

SourceArgument = Annotated[
    str, typer.Argument(metavar="DATABASE", help="Name of a bundled database, or a file (CSV, Excel, Parquet, .fam).")
]
PopulationOption = Annotated[
    str | None, typer.Option(metavar="NAME", help="Population, where the database has several.")
]
KitOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only the autosomal STR loci of this kit.")]
LocusOption = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this locus; may be repeated.")]
MutationOption = Annotated[str, typer.Option(help="Mutation model, with the rates that come with Homeward.")]
OutArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="A new or empty folder: the case folder to begin.")]


@database.command("list")
def list_databases(as_json: JsonOption = False) -> None:
    """List the frequency databases and the kits that come with Homeward."""
    from homeward.cli.database_tables import print_databases
    from homeward.genetics.databases.frequencies import bundled_databases, load_database
    from homeward.genetics.databases.kits import kits

    found = [load_database(name, p) for name, populations in bundled_databases().items() for p in populations]
    if as_json:
        document = {
            "homeward": __version__,
            "databases": [_described(one) for one in found],
            "kits": {name: [marker.name for marker in markers] for name, markers in kits().items()},
        }
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        print_databases(found, kits())


@database.command()
def show(
    source: SourceArgument,
    population: PopulationOption = None,
    locus: LocusOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show where a database comes from, and its frequencies."""
    from homeward.cli.database_tables import print_database

    chosen, notes = _chosen(source, population)
    loci = _only(chosen, locus)
    if as_json:
        frequencies = {
            name: dict(zip(chosen.loci[name].alleles, chosen.loci[name].frequencies.tolist(), strict=True))
            for name in loci
        }
        document = {"homeward": __version__, **_described(chosen), "frequencies": frequencies, "notes": list(notes)}
        typer.echo(json.dumps(document, indent=2, ensure_ascii=False))
    else:
        print_database(chosen, loci, notes)


@database.command()
def panel(
    source: SourceArgument,
    folder: OutArgument,
    population: PopulationOption = None,
    kit: KitOption = None,
    locus: LocusOption = None,
    mutation: MutationOption = "none",
) -> None:
    """Begin a case folder with the frequencies of a population and the mutation rates of its loci.

    Add people.csv and profiles.csv to it (docs/case-folder.md).
    """
    from homeward.formats.case_folder_writer import write_panel
    from homeward.genetics.databases.kits import autosomal_loci
    from homeward.genetics.databases.panels import make_panel
    from homeward.genetics.databases.str_loci import MUTATION_SOURCE
    from homeward.genetics.mutation import MutationKind

    kinds = [kind.value for kind in MutationKind]
    if mutation not in kinds:
        what = f"There is no mutation model '{mutation}'."
        raise InputError(Problem(what, "--mutation", f"Write one of: {', '.join(kinds)}."))
    if kit is not None and locus:
        raise InputError(Problem("A kit and single loci are asked for.", "--kit, --locus", "Give one of the two."))
    chosen, notes = _chosen(source, population)
    loci = list(autosomal_loci(kit)) if kit is not None else _only(chosen, locus)
    made = make_panel(chosen, loci, mutation=MutationKind(mutation))
    from_where = [chosen.source, chosen.licence, *([] if mutation == MutationKind.NONE else [MUTATION_SOURCE])]
    write_panel(made, folder, title=folder.name, source=" ".join(from_where))
    typer.echo(f"Written: {folder} ({len(made)} loci, {made.database}). Add people.csv and profiles.csv to it.")
    for note in notes:
        typer.echo(f"Note: {note}")


def _chosen(source: str, population: str | None) -> tuple[FrequencyDatabase, tuple[str, ...]]:
    """Return one population of a bundled database or of a file, and the notes of the reader."""
    from homeward.formats.frequency_databases import read_frequency_databases
    from homeward.genetics.databases.frequencies import bundled_databases, load_database

    bundled = {name.casefold(): name for name in bundled_databases()}
    name = bundled.get(source.casefold())
    if name is not None:
        populations = bundled_databases()[name]
        return load_database(name, _one_of(populations, population, name)), ()
    path = Path(source)
    if not path.exists():
        fix = f"Name a file, or one of: {', '.join(bundled.values())}."
        raise InputError(Problem(f"There is no database and no file '{source}'.", "database", fix))
    read = read_frequency_databases(path)
    by_name = {one.population: one for one in read.databases}
    return by_name[_one_of(tuple(by_name), population, path.name)], read.notes


def _one_of(populations: tuple[str, ...], wanted: str | None, source: str) -> str:
    """Return the population that is meant; the only one need not be named."""
    if wanted is None and len(populations) == 1:
        return populations[0]
    exact = {name.casefold(): name for name in populations}.get((wanted or "").casefold())
    if exact is None:
        what = f"There is no population '{wanted}'." if wanted else "It has several populations."
        raise InputError(Problem(what, source, f"Write --population with one of: {', '.join(populations)}."))
    return exact


def _only(chosen: FrequencyDatabase, wanted: list[str] | None) -> list[str]:
    """Return the loci asked for, or all; refuse names that are not there."""
    unknown = [name for name in wanted or () if name not in chosen.loci]
    if unknown:
        fix = f"Write some of: {', '.join(chosen.loci)}."
        raise InputError(*(Problem(f"There is no locus '{name}'.", chosen.title, fix) for name in unknown))
    return list(wanted or chosen.loci)


def _described(of: FrequencyDatabase) -> dict[str, Any]:
    """Return what is said of a database; the keys are described in docs/json-results.md."""
    return {
        "name": of.name,
        "population": of.population,
        "people": of.n_people,
        "loci": list(of.loci),
        "source": of.source,
        "licence": of.licence,
    }
