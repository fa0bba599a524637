"""Reading case folders; the format is described in docs/case-folder.md."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.case_coding import CodedProfiles, code_owned_profiles
from homeward.formats.case_owners import number_owners
from homeward.formats.case_panel import draft_loci
from homeward.formats.case_people import (
    FamilyDraft,
    People,
    check_elimination_names,
    family_pedigree,
    family_sexes,
    read_people,
)
from homeward.formats.case_populations import (
    note_populations,
    read_populations,
    set_population_size,
    split_by_population,
)
from homeward.formats.case_profiles import OwnedProfiles, read_profiles
from homeward.formats.case_samples import join_profiles, owner_names, read_samples
from homeward.formats.case_settings import FILE, CaseSettings, read_settings
from homeward.formats.case_table_files import TABLE_FILES, read_table
from homeward.formats.case_tables import TABLES, Table
from homeward.formats.case_twins import check_twin_profiles
from homeward.formats.case_x_linked import check_x_linked_lines
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy
from homeward.formats.missing_ids import missing_ids
from homeward.formats.panel_draft import build_panel
from homeward.genetics.case import Case, Family, Hypothesis, MissingPerson
from homeward.genetics.pedigree import Pedigree
from homeward.genetics.profiles import Profiles

_REQUIRED = ("frequencies", "people", "profiles")


def read_case_folder(folder: Path, *, frequencies: FrequencyPolicy = STRICT) -> Case:
    """Return the case that a folder of CSV or Parquet files holds.

    Parameters
    ----------
    folder : Path
        A folder with the tables frequencies, people, profiles and, as needed, samples, loci and mutation_matrices,
        each as .csv or as .parquet, and with case.toml.
    frequencies : FrequencyPolicy
        What to do with alleles without a frequency and with frequencies that do not sum to one.

    Raises
    ------
    InputError
        With every problem found: what, where (file, line or row, locus, person) and how to mend it.
    """
    _check_is_case_folder(folder)
    log = ProblemLog()
    inputs: list[InputFile] = []
    settings = read_settings(folder, log, inputs)
    notes = list(settings.notes)
    tables = _read_tables(folder, settings, log, inputs)
    by_population = split_by_population(tables["frequencies"], settings, log)
    population, frequency_table = next(iter(by_population.items()))
    drafts = draft_loci(frequency_table, tables["loci"], tables["mutation_matrices"], log)
    set_population_size(drafts, population, settings)
    people = read_people(tables["people"], log)
    families = people.families
    individuals = read_samples(tables["samples"], log)
    owners = number_owners(
        owner_names(individuals),
        people.elimination,
        {family.name: family.people for family in families.values()},
        samples_file=tables["samples"].file,
        people_file=tables["people"].file,
    )
    profiles = read_profiles(
        tables["profiles"], drafts, owners, frequencies_file=tables["frequencies"].file, log=log, notes=notes
    )
    panel = build_panel(
        drafts,
        profiles.unlisted_alleles(),
        file=tables["frequencies"].file,
        policy=frequencies,
        theta=settings.population_theta.get(population, settings.theta),
        database=population or settings.database,
        log=log,
        notes=notes,
    )
    populations = read_populations(
        by_population, tables["loci"], tables["mutation_matrices"], profiles, settings, frequencies, panel, log, notes
    )
    join_profiles(individuals, profiles, log, notes)
    pedigrees = {name: family_pedigree(family, log) for name, family in families.items()}
    check_x_linked_lines(profiles, panel, individuals, people, pedigrees, log)
    _check_elimination(people, profiles, log)
    is_kinship = settings.kind == "kinship"
    if is_kinship:
        _check_kinship(people, profiles, settings, log)
    else:
        _check_families(families, profiles, settings, log, notes)
    check_twin_profiles(families, profiles, log, notes, is_kinship=is_kinship)
    missing = [(family.name, person) for family in families.values() for person in family.missing()]
    people_file = tables["people"].file
    ids = missing_ids(missing, owners.samples, where=people_file, log=log)
    if not families:
        log.add("The case is empty: there are no families.", where=people_file, fix="Add the people of each family.")
    log.raise_if_any()
    note_populations(populations, notes)
    coded = code_owned_profiles(profiles, panel)
    found = [(families[name], pedigree) for name, pedigree in pedigrees.items() if pedigree is not None]
    typed = [(family, pedigree, _profiles_of(family, pedigree, coded)) for family, pedigree in found]
    id_of = dict(zip(missing, ids, strict=True))
    return Case(
        title=settings.title,
        panel=panel,
        samples=coded.of_individuals(individuals),
        families=() if is_kinship else tuple(_family(*of_family, id_of) for of_family in typed),
        hypotheses=tuple(_hypothesis(*of_family, settings) for of_family in typed) if is_kinship else (),
        sample_members=tuple(tuple(sample.name for sample in individual.members) for individual in individuals),
        notes=tuple(dict.fromkeys(notes)),
        inputs=tuple(inputs),
        description=settings.description,
        source=settings.source,
        synthetic=settings.synthetic,
        options=tuple(settings.options.items()),
        sites=tuple((s.name, s.site) for individual in individuals for s in individual.members if s.site),
        elimination=coded.of_elimination(list(people.elimination.values())),
        populations=populations,
        population=population,
    )


def _check_is_case_folder(folder: Path) -> None:
    """Refuse a folder without any file of a case folder, and one with tables that are not known."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        fix = "Check that you may read this folder and what is in it."
        raise InputError(Problem(f"The folder cannot be read: {error.strerror}.", str(folder), fix)) from error
    known = (FILE, *TABLE_FILES)
    if not any(name in known for name in names):
        raise InputError(
            Problem(
                what="This is not a case folder.",
                where=str(folder),
                fix=f"A case folder holds {', '.join(f'{name}.csv' for name in _REQUIRED)} and others; "
                "see docs/case-folder.md.",
            )
        )
    strange = [name for name in names if name.lower().endswith((".csv", ".parquet", ".toml")) and name not in known]
    if strange:
        tables = ", ".join(f"{name}.csv" for name in TABLES)
        fix = f"Rename it or move it elsewhere. Known are: {FILE}, {tables}, and the same tables as .parquet."
        raise InputError(*(Problem(f"The file '{name}' is not part of a case folder.", name, fix) for name in strange))


def _read_tables(folder: Path, settings: CaseSettings, log: ProblemLog, inputs: list[InputFile]) -> Mapping[str, Table]:
    """Return each table; one that is not there and need not be is empty."""
    is_kinship = settings.kind == "kinship"
    required = _REQUIRED if is_kinship else (*_REQUIRED, "samples")
    tables = {name: read_table(folder, name, log, inputs, required=name in required) for name in TABLES}
    samples = tables["samples"]
    if is_kinship and len(samples):
        log.add(
            'There are samples, but the kind of the case is "kinship", which compares pedigrees.',
            where=samples.file,
            fix=f'Remove {samples.file}, or write kind = "resolve" in case.toml.',
        )
    return tables


def _check_families(
    families: Mapping[str, FamilyDraft],
    profiles: OwnedProfiles,
    settings: CaseSettings,
    log: ProblemLog,
    notes: list[str],
) -> None:
    """Note missing people with a profile, references without one, and priors that mean nothing here."""
    for family in families.values():
        for person in family.people.values():
            typed = profiles.is_typed[profiles.owners.people[family.name, person.name]]
            if person.role == "missing" and typed:
                log.add(
                    f"'{person.name}' is missing but has a profile.",
                    where=person.where,
                    fix="Remove the profile, or list it as a sample if it is of unidentified remains.",
                )
            if person.role == "reference" and not typed:
                notes.append(f"Family {family.name}: '{person.name}' is a reference but has no profile.")
    if families and not any(family.missing() for family in families.values()):
        notes.append("Nobody is missing in any family: no person has the role 'missing'.")
    if not any(profiles.is_typed[row] for row in profiles.owners.samples.values()):
        notes.append("The case holds no samples.")
    if settings.priors:
        log.add(
            'Priors belong to a case of kind "kinship".',
            where=f"{FILE}, priors",
            fix='Remove them, or write kind = "kinship".',
        )


def _check_elimination(people: People, profiles: OwnedProfiles, log: ProblemLog) -> None:
    """Note elimination profiles that are empty or have the name of somebody else."""
    lines = people.elimination
    owners = profiles.owners
    places = {name: line.where for name, line in lines.items()}
    check_elimination_names(places, owners.samples, owners.families_of, log)
    for name, line in lines.items():
        if not profiles.is_typed[owners.elimination[name]]:
            log.add(
                f"'{name}' has the role elimination but is typed on no locus of the panel.",
                where=line.where,
                fix=f"Add the profile to {profiles.table.file}, or remove the line.",
            )


def _check_kinship(people: People, profiles: OwnedProfiles, settings: CaseSettings, log: ProblemLog) -> None:
    """Note typed people who are not in every hypothesis, people of a wrong role, and priors that do not fit."""
    families = people.families
    members = profiles.owners.people.items()
    for name in dict.fromkeys(person for (_, person), row in members if profiles.is_typed[row]):
        for family in families.values():
            if name not in family.people:
                log.add(
                    f"'{name}' has a profile but is not in hypothesis '{family.name}'.",
                    where=family.where,
                    fix="Every hypothesis explains the same profiles: add a line for them, unrelated if need be.",
                )
    for family in families.values():
        for name in family.missing():
            log.add(
                'Nobody is missing in a case of kind "kinship".',
                where=family.people[name].where,
                fix='Leave the role blank, or write kind = "resolve" in case.toml.',
            )
    for line in people.elimination.values():
        log.add(
            'There are no samples to compare with elimination profiles in a case of kind "kinship".',
            where=line.where,
            fix='Remove the line, or write kind = "resolve" in case.toml.',
        )
    for name in settings.priors:
        if name not in families:
            log.add(f"There is no hypothesis '{name}'.", where=f"{FILE}, priors", fix="Correct the name.")
    for name in families:
        if settings.priors and name not in settings.priors:
            log.add(f"Hypothesis '{name}' has no prior.", where=f"{FILE}, priors", fix="Give all of them a weight.")


def _profiles_of(family: FamilyDraft, pedigree: Pedigree, coded: CodedProfiles) -> Profiles:
    """Return one row for each person of a pedigree."""
    return coded.of_family(family.name, pedigree.ids, family_sexes(family, pedigree))


def _family(
    family: FamilyDraft, pedigree: Pedigree, profiles: Profiles, id_of: Mapping[tuple[str, str], str]
) -> Family:
    """Return one family."""
    missing = tuple(MissingPerson(id_of[family.name, name], pedigree.position(name)) for name in family.missing())
    return Family(family.name, pedigree, profiles, missing)


def _hypothesis(family: FamilyDraft, pedigree: Pedigree, profiles: Profiles, settings: CaseSettings) -> Hypothesis:
    """Return one hypothesis."""
    return Hypothesis(family.name, pedigree, profiles, settings.priors.get(family.name, 1.0))
