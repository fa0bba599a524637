"""Reading case folders; the format is described in docs/case-folder.md."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import chain
from pathlib import Path

from homeward.core.errors import InputError, Problem, ProblemLog
from homeward.core.provenance import InputFile
from homeward.formats.case_panel import draft_loci
from homeward.formats.case_people import (
    FamilyDraft,
    People,
    check_elimination_names,
    family_pedigree,
    family_sexes,
    read_people,
)
from homeward.formats.case_profiles import OwnedProfile, OwnedProfiles, read_profiles
from homeward.formats.case_samples import Individual, join_profiles, owner_names, read_samples
from homeward.formats.case_settings import FILE, CaseSettings, read_settings
from homeward.formats.case_tables import TABLES, Row, read_table
from homeward.formats.frequency_rules import STRICT, FrequencyPolicy
from homeward.formats.genotypes import code_profiles
from homeward.formats.missing_ids import missing_ids
from homeward.formats.panel_draft import build_panel
from homeward.genetics.case import Case, Family, Hypothesis, MissingPerson
from homeward.genetics.panel import Panel
from homeward.genetics.pedigree import Pedigree, Sex
from homeward.genetics.profiles import Profiles

_REQUIRED = ("frequencies.csv", "people.csv", "profiles.csv")


def read_case_folder(folder: Path, *, frequencies: FrequencyPolicy = STRICT) -> Case:
    """Return the case that a folder of CSV files holds.

    Parameters
    ----------
    folder : Path
        A folder with frequencies.csv, people.csv, profiles.csv and, as needed, case.toml, samples.csv, loci.csv
        and mutation_matrices.csv.
    frequencies : FrequencyPolicy
        What to do with alleles without a frequency and with frequencies that do not sum to one.

    Raises
    ------
    InputError
        With every problem found: what, where (file, line, locus, person) and how to mend it.
    """
    _check_is_case_folder(folder)
    log = ProblemLog()
    inputs: list[InputFile] = []
    settings = read_settings(folder, log, inputs)
    notes = list(settings.notes)
    tables = _read_tables(folder, settings, log, inputs)
    drafts = draft_loci(tables["frequencies.csv"], tables["loci.csv"], tables["mutation_matrices.csv"], log)
    people = read_people(tables["people.csv"], log)
    families = people.families
    individuals = read_samples(tables["samples.csv"], log)
    owned = read_profiles(
        tables["profiles.csv"],
        {draft.name: draft for draft in drafts},
        owner_names(individuals),
        {family.name: family.people for family in families.values()},
        people.elimination,
        log,
        notes,
    )
    panel = build_panel(
        drafts,
        chain.from_iterable(
            p.typing.values() for p in chain(owned.samples.values(), owned.people.values(), owned.elimination.values())
        ),
        file="frequencies.csv",
        policy=frequencies,
        theta=settings.theta,
        database=settings.database,
        log=log,
        notes=notes,
    )
    join_profiles(individuals, owned, log, notes)
    pedigrees = {name: family_pedigree(family, log) for name, family in families.items()}
    _check_elimination(people, owned, owner_names(individuals), log)
    is_kinship = settings.kind == "kinship"
    if is_kinship:
        _check_kinship(people, owned, settings, log)
    else:
        _check_families(families, owned, settings, log, notes)
    missing = [(family.name, person) for family in families.values() for person in family.missing()]
    ids = missing_ids(missing, owner_names(individuals), where="people.csv", log=log)
    if not families:
        log.add("The case is empty: there are no families.", where="people.csv", fix="Add the people of each family.")
    log.raise_if_any()
    found = {name: pedigree for name, pedigree in pedigrees.items() if pedigree is not None}
    id_of = dict(zip(missing, ids, strict=True))
    return Case(
        title=settings.title,
        panel=panel,
        samples=_sample_profiles(individuals, panel),
        families=() if is_kinship else tuple(_family(f, found[f.name], owned, id_of, panel) for f in families.values()),
        hypotheses=tuple(_hypothesis(f, found[f.name], owned, settings, panel) for f in families.values())
        if is_kinship
        else (),
        sample_members=tuple(tuple(sample.name for sample in individual.members) for individual in individuals),
        notes=tuple(dict.fromkeys(notes)),
        inputs=tuple(inputs),
        description=settings.description,
        source=settings.source,
        synthetic=settings.synthetic,
        options=tuple(settings.options.items()),
        sites=tuple((s.name, s.site) for individual in individuals for s in individual.members if s.site),
        elimination=_elimination_profiles(people, owned, panel),
    )


def _check_is_case_folder(folder: Path) -> None:
    """Refuse a folder without any file of a case folder, and one with tables that are not known."""
    try:
        names = sorted(path.name for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        fix = "Check that you may read this folder and what is in it."
        raise InputError(Problem(f"The folder cannot be read: {error.strerror}.", str(folder), fix)) from error
    known = (FILE, *TABLES)
    if not any(name in known for name in names):
        raise InputError(
            Problem(
                what="This is not a case folder.",
                where=str(folder),
                fix=f"A case folder holds {', '.join(_REQUIRED)} and others; see docs/case-folder.md.",
            )
        )
    strange = [name for name in names if name.lower().endswith((".csv", ".toml")) and name not in known]
    if strange:
        fix = f"Rename it or move it elsewhere. Known are: {', '.join(known)}."
        raise InputError(*(Problem(f"The file '{name}' is not part of a case folder.", name, fix) for name in strange))


def _read_tables(
    folder: Path, settings: CaseSettings, log: ProblemLog, inputs: list[InputFile]
) -> Mapping[str, Sequence[Row]]:
    """Return the rows of each table; a table that is not there and need not be is empty."""
    is_kinship = settings.kind == "kinship"
    required = _REQUIRED if is_kinship else (*_REQUIRED, "samples.csv")
    tables: dict[str, Sequence[Row]] = {}
    for name in TABLES:
        wanted = name in required or (folder / name).exists()
        tables[name] = read_table(folder, name, log, inputs) if wanted else []
    if is_kinship and tables["samples.csv"]:
        log.add(
            'There are samples, but the kind of the case is "kinship", which compares pedigrees.',
            where="samples.csv",
            fix='Remove samples.csv, or write kind = "resolve" in case.toml.',
        )
    return tables


def _check_families(
    families: Mapping[str, FamilyDraft],
    owned: OwnedProfiles,
    settings: CaseSettings,
    log: ProblemLog,
    notes: list[str],
) -> None:
    """Note missing people with a profile, references without one, and priors that mean nothing here."""
    for family in families.values():
        for person in family.people.values():
            typed = (family.name, person.name) in owned.people
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
    if not owned.samples:
        notes.append("The case holds no samples.")
    if settings.priors:
        log.add(
            'Priors belong to a case of kind "kinship".',
            where=f"{FILE}, priors",
            fix='Remove them, or write kind = "kinship".',
        )


def _check_elimination(people: People, owned: OwnedProfiles, samples: Collection[str], log: ProblemLog) -> None:
    """Note elimination profiles that are empty or have the name of somebody else."""
    lines = people.elimination
    members = {name for family in people.families.values() for name in family.people} if lines else set()
    check_elimination_names({name: line.where for name, line in lines.items()}, samples, members, log)
    for name, line in lines.items():
        if name not in owned.elimination:
            log.add(
                f"'{name}' has the role elimination but is typed on no locus of the panel.",
                where=line.where,
                fix="Add the profile to profiles.csv, or remove the line.",
            )


def _check_kinship(people: People, owned: OwnedProfiles, settings: CaseSettings, log: ProblemLog) -> None:
    """Note typed people who are not in every hypothesis, people of a wrong role, and priors that do not fit."""
    families = people.families
    for name in dict.fromkeys(person for _, person in owned.people):
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


def _sample_profiles(individuals: Sequence[Individual], panel: Panel) -> Profiles:
    """Return one row for each individual."""
    return code_profiles(
        [individual.name for individual in individuals],
        [individual.sex for individual in individuals],
        [individual.profile.typing for individual in individuals],
        panel,
        dropout=[individual.profile.dropout_row(panel.names) for individual in individuals],
    )


def _elimination_profiles(people: People, owned: OwnedProfiles, panel: Panel) -> Profiles:
    """Return one row for each elimination profile."""
    profiles = [owned.elimination[name] for name in people.elimination]
    return code_profiles(
        tuple(people.elimination),
        [line.sex or Sex.UNKNOWN for line in people.elimination.values()],
        [profile.typing for profile in profiles],
        panel,
        dropout=[profile.dropout_row(panel.names) for profile in profiles],
    )


def _people_profiles(family: FamilyDraft, pedigree: Pedigree, owned: OwnedProfiles, panel: Panel) -> Profiles:
    """Return one row for each person of a pedigree."""
    untyped = OwnedProfile()
    profiles = [owned.people.get((family.name, person), untyped) for person in pedigree.ids]
    return code_profiles(
        pedigree.ids,
        family_sexes(family, pedigree),
        [profile.typing for profile in profiles],
        panel,
        dropout=[profile.dropout_row(panel.names) for profile in profiles],
    )


def _family(
    family: FamilyDraft, pedigree: Pedigree, owned: OwnedProfiles, ids: Mapping[tuple[str, str], str], panel: Panel
) -> Family:
    """Return one family."""
    missing = tuple(MissingPerson(ids[family.name, name], pedigree.position(name)) for name in family.missing())
    return Family(family.name, pedigree, _people_profiles(family, pedigree, owned, panel), missing)


def _hypothesis(
    family: FamilyDraft, pedigree: Pedigree, owned: OwnedProfiles, settings: CaseSettings, panel: Panel
) -> Hypothesis:
    """Return one hypothesis."""
    prior = settings.priors.get(family.name, 1.0)
    return Hypothesis(family.name, pedigree, _people_profiles(family, pedigree, owned, panel), prior)
