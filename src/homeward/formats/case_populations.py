"""Several populations in one case folder: a column in frequencies.csv, and [populations] in case.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from homeward.core.errors import Problem, ProblemLog
from homeward.formats.case_panel import draft_loci
from homeward.formats.case_profiles import OwnedProfiles
from homeward.formats.case_settings import FILE, CaseSettings
from homeward.formats.case_tables import Row, Table
from homeward.formats.frequency_rules import FrequencyPolicy
from homeward.formats.panel_draft import LocusDraft, build_panel
from homeward.genetics.case import Population
from homeward.genetics.panel import Panel


def split_by_population(frequencies: Table, settings: CaseSettings, log: ProblemLog) -> dict[str, Table]:
    """Return the table of each population by name, the reference first; one table under "" if none is named.

    Lines with and without a population, and settings that do not fit the table, are noted in ``log``.
    """
    names = [name.strip() for name in frequencies.column("population")]
    rows_of: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        rows_of.setdefault(name, []).append(row)
    if not any(rows_of):
        _check_no_settings(settings, frequencies.file, log)
        return {"": frequencies}
    if "" in rows_of:
        blank = rows_of.pop("")
        log.add(
            f"{len(blank)} lines name no population, the others do.",
            where=frequencies.where(blank[0]),
            fix="Name the population in every line, or in none.",
        )
    _check_settings(settings, list(rows_of), frequencies.file, log)
    reference = settings.reference_population if settings.reference_population in rows_of else next(iter(rows_of))
    ordered = [reference, *(name for name in rows_of if name != reference)]
    tables = {name: _rows(frequencies, rows_of[name]) for name in ordered}
    _check_loci(tables, log)
    return tables


def _rows(table: Table, rows: Sequence[int]) -> Table:
    """Return some rows of a table."""
    columns = {name: [values[row] for row in rows] for name, values in table.columns.items()}
    return Table(table.file, columns, [table.numbers[row] for row in rows], table.counted_in)


def _check_no_settings(settings: CaseSettings, file: str, log: ProblemLog) -> None:
    """Note settings of populations where the table names none."""
    if settings.reference_population or settings.population_theta or settings.population_size:
        log.add(
            f"There are populations in {FILE}, but {file} has no population in any line.",
            where=f"{FILE}, populations",
            fix=f"Add a column 'population' to {file}, or remove [populations].",
        )


def _check_settings(settings: CaseSettings, names: Sequence[str], file: str, log: ProblemLog) -> None:
    """Note settings of populations that the table does not have."""
    if settings.database:
        log.add(
            f"There is one database ('{settings.database[:60]}') but several populations.",
            where=f"{FILE}, database",
            fix="Remove it: the name of each population stands in its place.",
        )
    named = {
        "reference": [settings.reference_population] if settings.reference_population else [],
        "theta": list(settings.population_theta),
        "database_size": list(settings.population_size),
    }
    for key, of_key in named.items():
        for name in of_key:
            if name not in names:
                log.add(
                    f"There is no population '{name[:60]}' in {file}.",
                    where=f"{FILE}, populations, {key}",
                    fix=f"Correct the name. The populations are: {', '.join(names)}.",
                )


def _check_loci(tables: dict[str, Table], log: ProblemLog) -> None:
    """Note loci that one population has and another has not."""
    loci = {name: dict.fromkeys(table.column("locus")) for name, table in tables.items()}
    every = dict.fromkeys(locus for of_one in loci.values() for locus in of_one if locus)
    for name, of_one in loci.items():
        absent = [locus for locus in every if locus not in of_one]
        if absent:
            log.add(
                f"Population {name} has no frequencies of {', '.join(absent[:10])}"
                f"{' and others' * (len(absent) > 10)}.",
                where=tables[name].file,
                fix="Give every population all loci, or leave the population or the loci out.",
            )


def read_populations(
    tables: dict[str, Table],
    loci: Iterable[Row],
    matrices: Iterable[Row],
    profiles: OwnedProfiles,
    settings: CaseSettings,
    policy: FrequencyPolicy,
    reference: Panel,
    log: ProblemLog,
    notes: list[str],
) -> tuple[Population, ...]:
    """Return the populations, the reference first; empty if the table names none.

    Parameters
    ----------
    tables : mapping of population to Table
        From :func:`split_by_population`.
    loci, matrices : iterables of Row
        Hold for all populations.
    profiles : OwnedProfiles
        Every allele that is seen needs a frequency in every population, or gets the minimum of that population.
    settings, policy
        As for the reference.
    reference : Panel
        Of the first population, which has been read already.
    log, notes
        Get problems and the rules used, with the name of the population.
    """
    names = list(tables)
    if names == [""]:
        return ()
    populations = [Population(names[0], reference)]
    order = {locus: i for i, locus in enumerate(reference.names)}
    for name in names[1:]:
        # What is wrong with loci.csv has been noted with the reference.
        drafts = draft_loci(tables[name], loci, matrices, ProblemLog())
        drafts.sort(key=lambda draft: order.get(draft.name, len(order)))
        for draft in drafts:
            # The numbers in loci.csv are those of the reference.
            draft.database_size = settings.population_size.get(name)
        found, rules = ProblemLog(), list[str]()
        panel = build_panel(
            drafts,
            profiles.alleles_not_in({draft.name: {allele for allele, _, _ in draft.entries} for draft in drafts}),
            file=tables[name].file,
            policy=policy,
            theta=settings.population_theta.get(name, settings.theta),
            database=name,
            log=found,
            notes=rules,
        )
        log.extend(Problem(f"Population {name}: {p.what}", p.where, p.fix) for p in found.problems)
        notes += [f"Population {name}: {rule}" for rule in rules]
        populations.append(Population(name, panel))
    return tuple(populations)


def set_population_size(drafts: Sequence[LocusDraft], name: str, settings: CaseSettings) -> None:
    """Give the loci of the reference the number of alleles that were counted there, if the settings say it."""
    if name in settings.population_size:
        for draft in drafts:
            draft.database_size = settings.population_size[name]


def note_populations(populations: Sequence[Population], notes: list[str]) -> None:
    """Say which populations there are, and which one holds where nothing else is said."""
    if populations:
        thetas = ", ".join(f"{one.name} (theta {one.panel.theta:g})" for one in populations)
        notes.append(
            f"Frequencies of {len(populations)} populations: {thetas}. Results are for {populations[0].name}, the "
            "reference, unless another is named."
        )
