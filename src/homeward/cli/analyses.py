"""The commands that work on plain files: resolve, explain, kinship, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from homeward import __version__
from homeward.core.errors import InputError, Problem
from homeward.genetics.linkage.recombination import GeneticMap, Linkage
from homeward.identification.policy import Policy, SexUse, policy_of

if TYPE_CHECKING:
    from homeward.genetics.case import Case

DEFAULTS = Policy()

CaseArgument = Annotated[Path, typer.Argument(metavar="CASE", help="A Familias .fam file or a case folder.")]
ParquetOption = Annotated[bool, typer.Option("--parquet", help="Write the tables of a case folder as Parquet.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else on stdout.")]
MinimumFrequencyOption = Annotated[
    str | None,
    typer.Option(
        metavar="X|5/2N|3/2N|count",
        help="Frequency for alleles that are seen but not in the table; 2N is the number of alleles counted. "
        "Rarer alleles of such a locus are raised to it as well, and the locus is rescaled.",
    ),
]
RaiseRareOption = Annotated[
    bool, typer.Option("--raise-rare", help="Raise rare alleles to the minimum frequency at every locus.")
]
ThetaOption = Annotated[
    float | None,
    typer.Option(
        "--theta",
        metavar="T",
        help="Co-ancestry coefficient in [0, 1), in place of that of the case, in every population.",
    ),
]
PopulationOption = Annotated[
    str | None,
    typer.Option("--population", metavar="NAME", help="Compute in this population of the case, not the reference."),
]
RescaleOption = Annotated[bool, typer.Option(help="Rescale frequencies that do not sum to one.")]
LinkageOption = Annotated[
    Linkage | None,
    typer.Option(
        help="Take loci on one chromosome jointly, with this map function for their positions; none: take all loci as "
        "independent.",
        show_default="as the case says",
    ),
]
MapOption = Annotated[
    GeneticMap | None,
    typer.Option(
        help="Positions of the usual STR loci to use instead of those of the case.",
        show_default="those of the case, or hapmap if it has none",
    ),
]
SexOption = Annotated[
    SexUse | None, typer.Option(help="What recorded sex does to a pairing.", show_default=DEFAULTS.sex)
]
SexErrorOption = Annotated[
    float | None,
    typer.Option(
        help="Chance that a recorded sex is wrong, with --sex evidence.", show_default=str(DEFAULTS.sex_error)
    ),
]
OutOption = Annotated[
    Path | None, typer.Option(metavar="DIR", help="Also write report.html and result.json into this folder.")
]
CandidatesOption = Annotated[
    int | None,
    typer.Option(
        min=1, help="How many people each sample could come from; without it the prior is flat over assignments."
    ),
]
MinLociOption = Annotated[
    int | None,
    typer.Option(help="Fewest loci on which a pairing is concluded.", show_default=str(DEFAULTS.min_loci)),
]
ExplainOption = Annotated[
    bool,
    typer.Option("--explain", help="Explain each LR locus by locus: genotypes, frequencies, closed form, mutations."),
]
HypothesisOption = Annotated[
    str | None, typer.Option("--hypothesis", metavar="NAME", help="Explain the LR of this pedigree only.")
]
SensitivityOption = Annotated[
    bool,
    typer.Option("--sensitivity", help="Show the LRs with other theta and mutation rates, and each locus left out."),
]
DatabasesOption = Annotated[
    bool,
    typer.Option("--databases", help="With --sensitivity: show the LRs in the populations that come with Homeward."),
]
InconsistenciesOption = Annotated[
    int | None,
    typer.Option(
        help="Most loci that may need a mutation before a pairing is excluded.",
        show_default=str(DEFAULTS.max_inconsistencies),
    ),
]


def resolve(
    case: CaseArgument,
    as_json: JsonOption = False,
    out: OutOption = None,
    sex: SexOption = None,
    sex_error: SexErrorOption = None,
    candidates: CandidatesOption = None,
    min_loci: MinLociOption = None,
    max_inconsistencies: InconsistenciesOption = None,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
    raise_rare: RaiseRareOption = False,
) -> None:
    """Say who is who: LR, exclusions, joint posterior, GLR and conclusions.

    Options given here go before those in the case's own case.toml.
    """
    from homeward.cli.progress import shown_progress
    from homeward.cli.tables import print_resolution
    from homeward.identification.resolve import resolve as resolve_case
    from homeward.reports.documents import resolve_document

    content = read_content(case, minimum_frequency, rescale_frequencies, raise_rare)
    policy = policy_of(
        content,
        sex=sex,
        sex_error=sex_error,
        n_candidates=candidates,
        min_loci=min_loci,
        max_inconsistencies=max_inconsistencies,
    )
    with shown_progress() as progress:
        resolution = resolve_case(content, policy, progress=progress)
    document = resolve_document(resolution)
    if out is not None:
        from homeward.reports.case_report import report_page

        write_results(out, {"report.html": report_page(resolution), "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
    else:
        print_resolution(resolution)
        say_written(out)


def explain(
    case: CaseArgument,
    sample: Annotated[str, typer.Argument(help="Id of a sample, as in the case.")],
    missing: Annotated[str, typer.Argument(help="Id of a missing person, as in the case.")],
    as_json: JsonOption = False,
    out: OutOption = None,
    theta: ThetaOption = None,
    population: PopulationOption = None,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
    raise_rare: RaiseRareOption = False,
) -> None:
    """Explain one LR, locus by locus, with the pedigree."""
    from homeward.cli.tables import print_explanation
    from homeward.identification.explain import explain as explain_pairing
    from homeward.reports.documents import explain_document

    content = choose_population(
        read_content(case, minimum_frequency, rescale_frequencies, raise_rare), population, theta
    )
    explanation = explain_pairing(content, sample, missing)
    document = explain_document(explanation)
    if out is not None:
        from homeward.reports.explanation_report import explanation_page

        write_results(out, {"report.html": explanation_page(explanation), "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
    else:
        print_explanation(explanation)
        say_written(out)


def kinship(
    case: CaseArgument,
    as_json: JsonOption = False,
    out: OutOption = None,
    explain: ExplainOption = False,
    hypothesis: HypothesisOption = None,
    sensitivity: SensitivityOption = False,
    databases: DatabasesOption = False,
    theta: ThetaOption = None,
    population: PopulationOption = None,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
    raise_rare: RaiseRareOption = False,
    linkage: LinkageOption = None,
    genetic_map: MapOption = None,
) -> None:
    """Compare competing pedigrees for the same people; the last one is the reference.

    With several populations the LR is worked out in each, and the lowest marked as the most conservative one.
    """
    from homeward.cli.progress import shown_progress
    from homeward.cli.tables import print_kinship
    from homeward.identification.kinship import compare_pedigrees
    from homeward.identification.kinship_explanation import explain_kinship
    from homeward.identification.kinship_sensitivity import kinship_sensitivity
    from homeward.identification.linked_loci import choose_linkage
    from homeward.reports.kinship_documents import explained_kinship_document

    content = choose_population(
        read_content(case, minimum_frequency, rescale_frequencies, raise_rare), population, theta
    )
    if linkage is not None:
        content = choose_linkage(content, linkage, genetic_map)
    elif genetic_map is not None:
        fix = "Choose a map function as well: --linkage haldane or --linkage kosambi."
        raise InputError(Problem("A genetic map is named, but linkage is not asked for.", "--genetic-map", fix))
    result = compare_pedigrees(content)
    chosen = [h.name for h in content.hypotheses[:-1]] if hypothesis is None else [hypothesis]
    explanations = [explain_kinship(result, name) for name in chosen] if explain or hypothesis else []
    varied = None
    if sensitivity or databases:
        with shown_progress() as progress:
            varied = kinship_sensitivity(result, bundled=databases, progress=progress)
    document = explained_kinship_document(result, explanations, varied)
    if out is not None:
        from homeward.reports.kinship_report import kinship_page

        write_results(out, {"report.html": kinship_page(result, varied), "result.json": as_text(document)})
    if as_json:
        typer.echo(as_text(document))
        return
    print_kinship(result)
    if explanations or varied is not None:
        from homeward.cli.kinship_tables import print_kinship_explanation, print_kinship_sensitivity

        for explanation in explanations:
            print_kinship_explanation(explanation)
        if varied is not None:
            print_kinship_sensitivity(varied)
    say_written(out)


def export(
    case: CaseArgument,
    to: Annotated[Path, typer.Argument(help="A file that ends in .fam, or a new case folder.")],
    parquet: ParquetOption = False,
    as_json: JsonOption = False,
    minimum_frequency: MinimumFrequencyOption = None,
    rescale_frequencies: RescaleOption = False,
    raise_rare: RaiseRareOption = False,
) -> None:
    """Write a case as a case folder or as a Familias file."""
    from homeward.formats.case_folder_writer import write_case_folder
    from homeward.formats.familias_writer import write_familias

    is_familias = to.suffix.lower() == ".fam"
    if is_familias and parquet:
        fix = "Name a new folder to write to, or leave out --parquet."
        raise InputError(Problem("A Familias file has no tables that could be Parquet.", "--parquet", fix))
    content = read_content(case, minimum_frequency, rescale_frequencies, raise_rare)
    if is_familias:
        write_familias(content, to)
    else:
        write_case_folder(content, to, parquet=parquet)
    if as_json:
        typer.echo(as_text({"homeward": __version__, "written": str(to)}))
    else:
        typer.echo(f"Written: {to}")


def read_content(
    path: Path, minimum_frequency: str | None, rescale_frequencies: bool, raise_rare: bool = False
) -> Case:
    """Return the case in a file or folder."""
    from homeward.formats.frequency_rules import FrequencyPolicy, parse_minimum
    from homeward.formats.reading import read_case

    minimum = None if minimum_frequency is None else parse_minimum(minimum_frequency)
    return read_case(path, frequencies=FrequencyPolicy(minimum, rescale_frequencies, raise_rare))


def choose_population(case: Case, population: str | None, theta: float | None) -> Case:
    """Return the case in the population and with the theta that were asked for."""
    from homeward.genetics.populations import in_population, with_theta

    case = case if theta is None else with_theta(case, theta)
    return case if population is None else in_population(case, population)


def as_text(document: dict[str, Any]) -> str:
    """Return a result as JSON text."""
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False)


def say_written(folder: Path | None) -> None:
    """Say where the results are, if they were written."""
    if folder is not None:
        typer.echo(f"Written: {folder / 'report.html'} and {folder / 'result.json'}")


def write_results(folder: Path, texts: dict[str, str]) -> None:
    """Write files that are complete already, each in one step."""
    from homeward.formats.atomic import write_file

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fix = "Name a folder that you may write to with --out."
        raise InputError(Problem(f"The folder cannot be made: {error.strerror}.", str(folder), fix)) from error
    for name, text in texts.items():
        write_file(folder / name, text)
