"""Whole cases of known truth: families, and samples of which some belong to nobody who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from homeward import __version__
from homeward.core.progress import Progress, no_progress
from homeward.genetics.case import Case
from homeward.genetics.databases.frequencies import FrequencyDatabase, load_database
from homeward.genetics.databases.panels import EXPANDED_24, make_panel
from homeward.genetics.databases.str_loci import MUTATION_SOURCE
from homeward.genetics.mutation import MutationKind
from homeward.genetics.simulation.families import simulate_families
from homeward.genetics.simulation.option_rules import DATABASE, check_options
from homeward.genetics.simulation.options import SimulationOptions, as_command
from homeward.genetics.simulation.samples import simulate_samples
from homeward.genetics.simulation.structures import STRUCTURES, FamilyStructure
from homeward.genetics.simulation.truth import CaseTruth


@dataclass(frozen=True, slots=True, eq=False)
class SimulatedCase:
    """A case, and apart from it the truth about it."""

    case: Case
    truth: CaseTruth


def simulate_case(
    options: SimulationOptions,
    *,
    structures: Sequence[FamilyStructure] = STRUCTURES,
    progress: Progress = no_progress,
) -> SimulatedCase:
    """Return a case in which everybody was made by a computer, and the truth about it.

    Parameters
    ----------
    options : SimulationOptions
        Its size, and the shares of what is in it.
    structures : sequence of FamilyStructure
        The families to draw from, by weight; samples and structures are described in docs/simulation.md.
    progress : callable
        Told how many families are made.

    Raises
    ------
    InputError
        An option cannot be used, or the structures cannot make up the number of missing persons; lists all problems.
    """
    check_options(options)
    database = load_database(DATABASE, options.population)
    panel = make_panel(database, EXPANDED_24, mutation=MutationKind(options.mutation))
    families = simulate_families(options, panel, structures, progress=progress)
    samples, truth = simulate_samples(options, panel, families)
    case = Case(
        title=f"Simulated case (synthetic): {options.missing} missing, {options.samples} samples",
        panel=panel,
        samples=samples,
        families=tuple(of.family for of in families),
        sample_members=tuple((sample,) for sample in samples.ids),
        description=_description(options, structures),
        source=_source(database, options),
        synthetic=True,
    )
    return SimulatedCase(case, CaseTruth(truth, tuple(of.truth for of in families)))


def _description(options: SimulationOptions, structures: Sequence[FamilyStructure]) -> str:
    kinds = "" if structures is STRUCTURES else "\nThe family structures were chosen by a program."
    return (
        "Every person and every profile in this case was made by a computer. Nobody in it has ever lived.\n"
        f"Made by Homeward {__version__} with: {as_command(options)}{kinds}\n"
        "How common each family structure is was made up to measure searches; it is no statistic about real families."
    )


def _source(database: FrequencyDatabase, options: SimulationOptions) -> str:
    source = (
        f"Allele frequencies: {database.population}, {database.n_people} people. {database.source} {database.licence}"
    )
    return f"{source}\n{MUTATION_SOURCE}" if options.mutation != MutationKind.NONE else source
